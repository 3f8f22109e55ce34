import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'A department. Renaming it keeps its id, and with it its history.',
})
export class Department extends NodeModel {
  @Field({ description: 'Its name, unique within the organization.' })
  name!: string;
}
