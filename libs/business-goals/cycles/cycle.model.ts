import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate, NodeModel } from '#graphql';

@ObjectType('Cycle', {
  implements: () => [NodeModel],
  description:
    'A period, for example a quarter, that business goals belong to. Visible to the organization; ORGANIZATION_ADMIN manages cycles.',
})
export class Cycle implements NodeModel {
  id!: string;

  @Field({ description: 'The name, unique in the organization.' })
  name!: string;

  @Field(() => CalendarDate, { description: 'The first day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { description: 'The last day, inclusive.' })
  endsOn!: string;
}

@ObjectType({ description: 'The cycle that a mutation created or changed.' })
export class CyclePayload {
  @Field(() => Cycle, { description: 'The cycle after the mutation.' })
  cycle!: Cycle;
}
