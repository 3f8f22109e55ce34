import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, ValidateBy } from 'class-validator';
import {
  CanBeOmitted,
  FIRST_DAY,
  IsId,
  IsMeasuredNumber,
  IsText,
  LONGEST_MARKDOWN,
  Markdown,
} from '#graphql';
import { PersonalGoal } from '../personal-goals/personal-goal.model.js';
import { PersonalGoalUpdate } from './personal-goal-update.model.js';

/** A time from 1900 on that is not in the future. */
function IsPast(): PropertyDecorator {
  return ValidateBy({
    name: 'isPast',
    validator: {
      validate: (value) =>
        value instanceof Date && value >= new Date(FIRST_DAY) && value.getTime() <= Date.now(),
      defaultMessage: () => `must be from ${FIRST_DAY} on and not in the future.`,
    },
  });
}

@InputType({ description: 'A new update of a personal goal of the viewer.' })
export class AddPersonalGoalUpdateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the personal goal.' })
  goalId!: string;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'The update in the owner’s words.' })
  text!: string;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description:
      'The value of the goal’s measure. It becomes the current value of the measure if no update with a value has a later date.',
  })
  measuredValue?: number | null;

  @IsPast()
  @CanBeOmitted()
  @Field(() => Date, {
    nullable: true,
    description:
      'The time that the update is about, from 1900 on and not in the future. Now, if left out. It does not change which shares include the update; that depends on when it is added.',
  })
  at?: Date;
}

@InputType({ description: 'The fields of an update to change. Fields that are left out stay as they are.' })
export class UpdatePersonalGoalUpdateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the update.' })
  id!: string;

  @IsText(LONGEST_MARKDOWN)
  @CanBeOmitted()
  @Field(() => Markdown, { nullable: true, description: 'The update in the owner’s words. Cannot be null.' })
  text?: string;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description:
      'The value of the goal’s measure; null removes it. It becomes the current value of the measure if no update with a value has a later date.',
  })
  measuredValue?: number | null;

  @IsPast()
  @CanBeOmitted()
  @Field(() => Date, {
    nullable: true,
    description:
      'The time that the update is about, from 1900 on and not in the future. It changes nothing about who can see the update. Cannot be null.',
  })
  at?: Date;
}

@ObjectType({ description: 'The update that was added or changed, and its goal.' })
export class PersonalGoalUpdatePayload {
  @Field(() => PersonalGoalUpdate, { description: 'The update.' })
  personalGoalUpdate!: PersonalGoalUpdate;

  @Field(() => PersonalGoal, { description: 'The goal that the update belongs to.' })
  personalGoal!: PersonalGoal;
}
