import { ArgsType, Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { CanBeOmitted, IsId, IsText, IsTitle, LONGEST_MARKDOWN, Markdown, PageArgs } from '#graphql';
import { KeyResultInput, MOST_KEY_RESULTS } from '../key-results/key-result.inputs.js';
import { BusinessGoalState } from './business-goal.model.js';

/** The most people that one mutation assigns or removes. */
const MOST_PEOPLE = 100;

@ArgsType()
export class BusinessGoalsArgs extends PageArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Returns only goals in this cycle.' })
  cycleId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Returns only goals that this person owns.' })
  ownerId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Returns only goals directly below this goal.' })
  parentId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'If true, returns only goals without a parent that the viewer can see.',
  })
  rootsOnly?: boolean | null;

  @Field(() => [BusinessGoalState], {
    nullable: true,
    description: 'Returns only goals in one of these states.',
  })
  state?: BusinessGoalState[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'If true, returns only goals whose owner has left and that ORGANIZATION_ADMIN has to transfer; if false, only the others.',
  })
  ownerHasLeft?: boolean | null;
}

@ArgsType()
export class PersonBusinessGoalsArgs extends PageArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Returns only goals in this cycle.' })
  cycleId?: string | null;
}

@InputType({ description: 'The business goal to create. The viewer owns it.' })
export class CreateBusinessGoalInput {
  @IsTitle()
  @Field({ description: 'The title, 1 to 200 characters.' })
  title!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'A longer description.' })
  description?: string | null;

  @IsId()
  @Field(() => ID, { description: 'The cycle that the goal belongs to.' })
  cycleId!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The goal that it is part of: any that the viewer can see.',
  })
  parentId?: string | null;

  @Field(() => BusinessGoalState, {
    defaultValue: BusinessGoalState.DRAFT,
    description: 'The initial state. Any state but `DRAFT` publishes the goal.',
  })
  state!: BusinessGoalState;

  @IsOptional()
  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => KeyResultInput)
  @Field(() => [KeyResultInput], {
    nullable: true,
    description: 'The key results in display order, at most 20. Leave out their ids.',
  })
  keyResults?: KeyResultInput[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], { nullable: true, description: 'The people to assign it to, at most 100.' })
  assigneeIds?: string[] | null;
}

@InputType({
  description:
    'The fields to change, and the version they are based on. Fields that are left out stay as they are. ORGANIZATION_ADMIN can transfer a goal whose owner has left by passing `ownerId` alone.',
})
export class UpdateBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The business goal to update.' })
  id!: string;

  @Field(() => Int, { description: 'The version of the goal that the changes are based on.' })
  version!: number;

  @CanBeOmitted()
  @IsTitle()
  @Field(() => String, { nullable: true, description: 'The new title, 1 to 200 characters. Cannot be null.' })
  title?: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'The new description. Null removes it.' })
  description?: string | null;

  @CanBeOmitted()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The cycle to move the goal to. Cannot be null.' })
  cycleId?: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The new parent: a goal that the viewer can see and that is not below this one. Null makes it a goal without a parent.',
  })
  parentId?: string | null;

  @CanBeOmitted()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The employed person to transfer the goal to. Cannot be null.',
  })
  ownerId?: string;

  @CanBeOmitted()
  @Field(() => BusinessGoalState, {
    nullable: true,
    description:
      'The new state: publishes a draft, closes a goal or reopens it. A published goal cannot become a `DRAFT` again. Cannot be null.',
  })
  state?: BusinessGoalState;

  @IsOptional()
  @Min(0, { message: 'must be at least 0.' })
  @Max(1, { message: 'must be at most 1.' })
  @Field(() => Float, {
    nullable: true,
    description: 'Sets the progress by hand, from 0 to 1. Null returns to the mean of the key results.',
  })
  progress?: number | null;
}

@InputType({ description: 'The people to assign a business goal to, and those to remove from it.' })
export class AssignBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The business goal.' })
  id!: string;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], {
    nullable: true,
    description: 'Employed people to add, at most 100. People who are already assigned stay assigned.',
  })
  addPersonIds?: string[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], { nullable: true, description: 'People to remove, at most 100.' })
  removePersonIds?: string[] | null;
}

@InputType({ description: 'The business goal to continue, and the cycle to continue it in.' })
export class ContinueBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The business goal to continue. Its state must be `OPEN` or `MISSED`.' })
  id!: string;

  @IsId()
  @Field(() => ID, { description: 'A cycle that starts after the cycle of the goal.' })
  cycleId!: string;
}
