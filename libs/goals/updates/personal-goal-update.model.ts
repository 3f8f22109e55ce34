import { Field, Float, ObjectType } from '@nestjs/graphql';
import { Connection, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A note by the owner of a personal goal on how it is going. People with whom the goal is shared without its past see the updates that were written since the share became active, whatever date they carry.',
})
export class PersonalGoalUpdate extends NodeModel {
  goalId!: string;

  authorId!: string;

  @Field(() => Markdown, { description: 'The update in the owner’s words.' })
  text!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'The value of the goal’s measure at that time. Null if the owner gave none.',
  })
  measuredValue!: number | null;

  @Field(() => Date, {
    description:
      'The time that the update is about: when it was written, unless the owner gave it an earlier date.',
  })
  at!: Date;
}

@ObjectType()
export class PersonalGoalUpdateConnection extends Connection(PersonalGoalUpdate) {}
