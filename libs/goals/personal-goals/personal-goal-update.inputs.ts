import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId, IsMeasuredNumber, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';
import { PersonalGoalUpdate } from './personal-goal-update.model.js';
import { PersonalGoal } from './personal-goal.model.js';

@InputType({ description: 'A new update of a personal goal, by its owner.' })
export class AddPersonalGoalUpdateInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  goalId!: string;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: "In the owner's words." })
  text!: string;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description: 'Where the measure is now; it becomes the current value of the goal, if that is measured.',
  })
  measuredValue?: number | null;
}

@ObjectType({ description: 'An update was added.' })
export class PersonalGoalUpdatePayload {
  @Field(() => PersonalGoalUpdate, { description: 'The update.' })
  personalGoalUpdate!: PersonalGoalUpdate;

  @Field(() => PersonalGoal, { description: 'Its goal as it is now.' })
  personalGoal!: PersonalGoal;
}
