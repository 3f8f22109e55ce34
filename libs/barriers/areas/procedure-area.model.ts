import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A function of the organization that procedures belong to, for example Purchasing, with the person who answers for them. Visible to the organization; ORGANIZATION_ADMIN manages procedure areas.',
})
export class ProcedureArea implements NodeModel {
  id!: string;

  @Field({ description: 'The name, unique in the organization.' })
  name!: string;
}
