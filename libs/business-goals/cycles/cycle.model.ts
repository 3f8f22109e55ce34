import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate, NodeModel } from '#graphql';

@ObjectType('Cycle', {
  implements: () => [NodeModel],
  description:
    'A stretch of time, a quarter perhaps, that business goals are set for. Kept by ORGANIZATION_ADMIN.',
})
export class Cycle implements NodeModel {
  id!: string;

  @Field({ description: 'Its name, used once in the organization.' })
  name!: string;

  @Field(() => CalendarDate, { description: 'Its first day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { description: 'Its last day.' })
  endsOn!: string;
}

@ObjectType({ description: 'The cycle that was made or changed.' })
export class CyclePayload {
  @Field(() => Cycle, { description: 'The cycle as it is now.' })
  cycle!: Cycle;
}
