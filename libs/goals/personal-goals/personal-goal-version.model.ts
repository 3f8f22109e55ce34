import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Connection, Markdown } from '#graphql';

@ObjectType({ description: 'A wording that a personal goal has or had. Visible to its owner only.' })
export class PersonalGoalVersion {
  @Field(() => Int, {
    description:
      'The version of the goal that introduced this wording. Changes of other fields have no entry.',
  })
  version!: number;

  @Field(() => String, { description: 'The title of the goal in this version.' })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'The reason for the goal in this version.' })
  why!: string | null;

  @Field(() => Date, { description: 'When this wording was saved.' })
  at!: Date;
}

@ObjectType()
export class PersonalGoalVersionConnection extends Connection(PersonalGoalVersion) {}
