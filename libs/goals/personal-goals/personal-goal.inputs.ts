import { ArgsType, createUnionType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDefined, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import { CalendarDate, EditConflict, IsId, IsMeasuredNumber, IsTitle, Markdown, PageArgs } from '#graphql';
import { GoalVisibility, Horizon, PersonalGoal, PersonalGoalStatus } from './personal-goal.model.js';

/** The most characters of an area of life. */
const LONGEST_AREA = 100;
/** The most characters of a unit. */
const LONGEST_UNIT = 50;
/** The most milestones of a goal. */
const MOST_MILESTONES = 100;
/** The most people that can be supposed at once. */
const MOST_PEOPLE = 100;

/** For what an edit may leave out, but not set to null. */
function IfGiven(): PropertyDecorator {
  return (target, key) => {
    ValidateIf((_object: object, value: unknown) => value !== undefined)(target, key);
    IsDefined({ message: 'must not be null.' })(target, key);
  };
}

@ArgsType()
export class PersonalGoalsArgs extends PageArgs {
  @Field(() => [PersonalGoalStatus], { nullable: true, description: 'Only those with one of these states.' })
  @IsOptional()
  status?: PersonalGoalStatus[] | null;
}

@InputType({ description: 'How a goal is to be measured.' })
export class PersonalGoalMeasureInput {
  @IsTitle(LONGEST_UNIT)
  @Field(() => String, { description: 'What is counted.' })
  unit!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'Where it began.' })
  start!: number;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description: 'Where it is; left out: where it was, or where it began.',
  })
  current?: number | null;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'Where it is to be.' })
  target!: number;
}

@InputType({ description: 'A new personal goal, of the viewer.' })
export class CreatePersonalGoalInput {
  @IsTitle()
  @Field(() => String, { description: "In the owner's words, at most 200 characters." })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'Why it matters.' })
  why?: string | null;

  @IsOptional()
  @IsTitle(LONGEST_AREA)
  @Field(() => String, {
    nullable: true,
    description: 'The area of life that it belongs to, in a word of one’s own; shown to the owner only.',
  })
  area?: string | null;

  @Field(() => Horizon, { nullable: true, description: 'How far it reaches.' })
  horizon?: Horizon | null;

  @Field(() => CalendarDate, { nullable: true, description: 'A day for it, if wanted.' })
  targetOn?: string | null;

  @Field(() => PersonalGoalStatus, { defaultValue: 'ACTIVE', description: 'How it stands with it.' })
  status!: PersonalGoalStatus;

  @Field(() => GoalVisibility, { defaultValue: 'PRIVATE', description: 'Who may read it.' })
  visibility!: GoalVisibility;

  @IsOptional()
  @Type(() => PersonalGoalMeasureInput)
  @ValidateNested()
  @Field(() => PersonalGoalMeasureInput, { nullable: true, description: 'How it is measured, if wanted.' })
  measure?: PersonalGoalMeasureInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether people who can see it may propose business goals to be part of it.',
  })
  openToProposals!: boolean;
}

@InputType({ description: 'An edit of a personal goal: what is left out stays, null clears.' })
export class UpdatePersonalGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the edit saw.' })
  version!: number;

  @IfGiven()
  @IsTitle()
  @Field(() => String, { nullable: true, description: "In the owner's words, at most 200 characters." })
  title?: string;

  @Field(() => Markdown, { nullable: true, description: 'Why it matters.' })
  why?: string | null;

  @IsOptional()
  @IsTitle(LONGEST_AREA)
  @Field(() => String, { nullable: true, description: 'The area of life, in a word of one’s own.' })
  area?: string | null;

  @Field(() => Horizon, { nullable: true, description: 'How far it reaches.' })
  horizon?: Horizon | null;

  @Field(() => CalendarDate, { nullable: true, description: 'A day for it, if wanted.' })
  targetOn?: string | null;

  @IfGiven()
  @Field(() => PersonalGoalStatus, { nullable: true, description: 'How it stands with it.' })
  status?: PersonalGoalStatus;

  @IfGiven()
  @Field(() => GoalVisibility, {
    nullable: true,
    description:
      'Who may read it. PRIVATE ends all its shares for good; ORGANIZATION leaves them as they are.',
  })
  visibility?: GoalVisibility;

  @IsOptional()
  @Type(() => PersonalGoalMeasureInput)
  @ValidateNested()
  @Field(() => PersonalGoalMeasureInput, { nullable: true, description: 'How it is measured, if wanted.' })
  measure?: PersonalGoalMeasureInput | null;

  @IfGiven()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether people who can see it may propose business goals to be part of it.',
  })
  openToProposals?: boolean;
}

@InputType({ description: 'A milestone as it is to be.' })
export class MilestoneInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'One that the goal has, and keeps; left out: a new one.' })
  id?: string | null;

  @IsTitle()
  @Field(() => String, { description: "In the owner's words, at most 200 characters." })
  title!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day on which it was reached; left out: as it was, null: not reached.',
  })
  reachedOn?: string | null;
}

@InputType({
  description: 'All milestones of a goal, in their order: those that it had and are not listed go.',
})
export class SetMilestonesInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  goalId!: string;

  @Field(() => Int, { description: 'The version of the goal that was seen; a stale one is a CONFLICT.' })
  version!: number;

  @ArrayMaxSize(MOST_MILESTONES, { message: `must be at most ${String(MOST_MILESTONES)}.` })
  @Type(() => MilestoneInput)
  @ValidateNested({ each: true })
  @Field(() => [MilestoneInput], { description: 'The milestones.' })
  milestones!: MilestoneInput[];
}

@ArgsType()
export class WhoWouldSeeArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'A goal of the viewer; left out: one to be.' })
  goalId?: string | null;

  @Field(() => GoalVisibility, { description: 'The visibility that it would have.' })
  visibility!: GoalVisibility;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE, { message: `must be at most ${String(MOST_PEOPLE)}.` })
  @IsId({ each: true })
  @Field(() => [ID], {
    nullable: true,
    description: 'The people whom it would be shared with beside the present ones.',
  })
  personIds?: string[] | null;
}

@ObjectType({ description: 'A personal goal was changed.' })
export class PersonalGoalPayload {
  readonly __typename?: 'PersonalGoalPayload';

  @Field(() => PersonalGoal, { description: 'The goal as it is now.' })
  personalGoal!: PersonalGoal;
}

/** What comes of editing a goal. */
export const UpdatePersonalGoalResult = createUnionType({
  name: 'UpdatePersonalGoalResult',
  description: 'The goal as it is now, or what stood in the way of the edit.',
  types: () => [PersonalGoalPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
