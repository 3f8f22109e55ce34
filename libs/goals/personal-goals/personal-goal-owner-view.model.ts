import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What only the owner of a personal goal sees of it.' })
export class PersonalGoalOwnerView {
  goalId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The area of life that the goal belongs to, in the owner’s own word.',
  })
  area!: string | null;

  @Field(() => Int, {
    description:
      'Incremented on every change of the goal, its measure, its milestones or its visibility. Pass the version you last read; an outdated one returns `EditConflict`.',
  })
  version!: number;

  @Field(() => Date, { description: 'When the goal was created.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When the version was last incremented.' })
  updatedAt!: Date;
}
