import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'A department of the organization. Renaming it keeps its ID and the people in it.',
})
export class Department extends NodeModel {
  @Field({
    description: 'The name, unique within the organization regardless of case. 1 to 200 characters.',
  })
  name!: string;
}

@ObjectType({
  implements: () => [NodeModel],
  description: 'A place where people work. Renaming it keeps its ID and the people assigned to it.',
})
export class Location extends NodeModel {
  @Field({
    description: 'The name, unique within the organization regardless of case. 1 to 200 characters.',
  })
  name!: string;
}
