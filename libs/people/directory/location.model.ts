import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'A place of work. Renaming it keeps its id, and with it its history.',
})
export class Location extends NodeModel {
  @Field({ description: 'Its name, unique within the organization.' })
  name!: string;
}
