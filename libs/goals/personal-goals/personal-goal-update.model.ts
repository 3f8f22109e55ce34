import { Field, Float, ObjectType } from '@nestjs/graphql';
import { Connection, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'What its owner wrote about how it goes with a personal goal.',
})
export class PersonalGoalUpdate extends NodeModel {
  goalId!: string;

  authorId!: string;

  @Field(() => Markdown, { description: "In the owner's words." })
  text!: string;

  @Field(() => Float, { nullable: true, description: "Where the goal's measure was." })
  measuredValue!: number | null;

  @Field(() => Date, { description: 'When it was written.' })
  at!: Date;
}

@ObjectType({ description: 'A page of updates.' })
export class PersonalGoalUpdateConnection extends Connection(PersonalGoalUpdate) {}
