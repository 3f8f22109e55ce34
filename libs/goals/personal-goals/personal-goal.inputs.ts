import { ArgsType, createUnionType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import {
  CalendarDate,
  CanBeOmitted,
  EditConflict,
  IsId,
  IsMeasuredNumber,
  IsTitle,
  Markdown,
  PageArgs,
} from '#graphql';
import { GoalVisibility, Horizon, PersonalGoal, PersonalGoalStatus } from './personal-goal.model.js';

const MAX_AREA_LENGTH = 100;
const MAX_UNIT_LENGTH = 50;

@ArgsType()
export class PersonalGoalsArgs extends PageArgs {
  @Field(() => [PersonalGoalStatus], {
    nullable: true,
    description: 'Only goals with one of these statuses. All goals, if left out.',
  })
  @IsOptional()
  status?: PersonalGoalStatus[] | null;
}

@InputType({ description: 'How a personal goal is measured. Numbers are 0, or 1e-15 to 1e15 in size.' })
export class PersonalGoalMeasureInput {
  @IsTitle(MAX_UNIT_LENGTH)
  @Field(() => String, { description: 'What is counted, at most 50 characters.' })
  unit!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'The value at the beginning.' })
  start!: number;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description: 'The current value. If left out, it stays as it is; a new measure begins at `start`.',
  })
  current?: number | null;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'The value to reach.' })
  target!: number;
}

@InputType({ isAbstract: true })
abstract class PersonalGoalDetailsInput {
  @Field(() => Markdown, { nullable: true, description: 'Why the goal matters to the owner.' })
  why?: string | null;

  @IsOptional()
  @IsTitle(MAX_AREA_LENGTH)
  @Field(() => String, {
    nullable: true,
    description:
      'The area of life that the goal belongs to, in the owner’s own word, at most 100 characters. Only the owner sees it.',
  })
  area?: string | null;

  @Field(() => Horizon, { nullable: true, description: 'How far ahead the goal looks.' })
  horizon?: Horizon | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A day that the owner has in mind. It is not a deadline.',
  })
  targetOn?: string | null;

  @IsOptional()
  @Type(() => PersonalGoalMeasureInput)
  @ValidateNested()
  @Field(() => PersonalGoalMeasureInput, { nullable: true, description: 'How the goal is measured.' })
  measure?: PersonalGoalMeasureInput | null;
}

@InputType({ description: 'A new personal goal of the viewer.' })
export class CreatePersonalGoalInput extends PersonalGoalDetailsInput {
  @IsTitle()
  @Field(() => String, { description: 'The goal in the owner’s words, at most 200 characters.' })
  title!: string;

  @Field(() => PersonalGoalStatus, {
    defaultValue: 'ACTIVE',
    description: 'Whether the owner pursues the goal.',
  })
  status!: PersonalGoalStatus;

  @Field(() => GoalVisibility, { defaultValue: 'PRIVATE', description: 'Who can read the goal.' })
  visibility!: GoalVisibility;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether people who can see the goal may propose business goals to be part of it.',
  })
  openToProposals!: boolean;
}

@InputType({
  description:
    'The fields of a personal goal to change, and the version that the changes are based on. Fields that are left out stay as they are; null clears a field.',
})
export class UpdatePersonalGoalInput extends PersonalGoalDetailsInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the personal goal.' })
  id!: string;

  @Field(() => Int, {
    description: 'The version of the goal that you last read. An outdated one returns `EditConflict`.',
  })
  version!: number;

  @IsTitle()
  @CanBeOmitted()
  @Field(() => String, {
    nullable: true,
    description: 'The goal in the owner’s words, at most 200 characters. Cannot be null.',
  })
  title?: string;

  @CanBeOmitted()
  @Field(() => PersonalGoalStatus, {
    nullable: true,
    description: 'Whether the owner pursues the goal. Cannot be null.',
  })
  status?: PersonalGoalStatus;

  @CanBeOmitted()
  @Field(() => GoalVisibility, {
    nullable: true,
    description:
      'Who can read the goal. PRIVATE ends all of its shares for good; ORGANIZATION leaves them as they are. Cannot be null.',
  })
  visibility?: GoalVisibility;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether people who can see the goal may propose business goals to be part of it. Cannot be null.',
  })
  openToProposals?: boolean;
}

@ObjectType({ description: 'The personal goal that was created or changed.' })
export class PersonalGoalPayload {
  readonly __typename?: 'PersonalGoalPayload';

  @Field(() => PersonalGoal, { description: 'The goal after the change.' })
  personalGoal!: PersonalGoal;
}

export const UpdatePersonalGoalResult = createUnionType({
  name: 'UpdatePersonalGoalResult',
  description: 'The changed goal, or its current state if the version in the input is outdated.',
  types: () => [PersonalGoalPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
