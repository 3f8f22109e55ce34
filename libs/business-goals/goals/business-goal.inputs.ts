import { ArgsType, Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IsId, IsText, IsTitle, LONGEST_MARKDOWN, Markdown, PageArgs } from '#graphql';
import { KeyResultInput, MOST_KEY_RESULTS } from '../key-results/key-result.inputs.js';
import { BusinessGoalStatus } from './business-goal.model.js';

/** The most people that one call assigns or takes off. */
const MOST_PEOPLE = 100;

@ArgsType()
export class BusinessGoalsArgs extends PageArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Only those of this cycle.' })
  cycleId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Only those that this person owns.' })
  ownerId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Only those right below this goal.' })
  parentId?: string | null;

  @Field(() => [BusinessGoalStatus], { nullable: true, description: 'Only those that stand so.' })
  status?: BusinessGoalStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those whose owner has left without a manager to follow them; false: only the others.',
  })
  ownerHasLeft?: boolean | null;
}

@ArgsType()
export class CarriedArgs extends PageArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Only those of this cycle.' })
  cycleId?: string | null;
}

@InputType({ description: 'A new business goal. Whoever makes it owns it.' })
export class CreateBusinessGoalInput {
  @IsTitle()
  @Field({ description: 'In a few words, at most 200 characters.' })
  title!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'In more words.' })
  description?: string | null;

  @IsId()
  @Field(() => ID, { description: 'The cycle that it is set for.' })
  cycleId!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The larger goal that it is a part of.' })
  parentId?: string | null;

  @Field(() => BusinessGoalStatus, {
    nullable: true,
    defaultValue: BusinessGoalStatus.DRAFT,
    description: 'How it stands; a draft unless told.',
  })
  status?: BusinessGoalStatus | null;

  @IsOptional()
  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => KeyResultInput)
  @Field(() => [KeyResultInput], {
    nullable: true,
    description: 'Its key results in their order, without ids.',
  })
  keyResults?: KeyResultInput[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], { nullable: true, description: 'Who it is assigned to.' })
  assigneeIds?: string[] | null;
}

@InputType({
  description:
    'Changes of a business goal by its owner; what is left out stays. Where the owner has left, ORGANIZATION_ADMIN may give ownerId, and nothing else.',
})
export class UpdateBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  id!: string;

  @Field(() => Int, { description: 'The version that this is an edit of.' })
  version!: number;

  @IsOptional()
  @IsTitle()
  @Field(() => String, { nullable: true, description: 'In a few words. Null: stays.' })
  title?: string | null;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'In more words. Null: none.' })
  description?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The cycle that it is set for. Null: stays.' })
  cycleId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The larger goal that it is a part of, any that you can see and that is not below it. Null: none.',
  })
  parentId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Hands it on to this person. Null: stays.' })
  ownerId?: string | null;

  @Field(() => BusinessGoalStatus, {
    nullable: true,
    description: 'How it stands: publishes a draft, cancels, brings back. Null: stays.',
  })
  status?: BusinessGoalStatus | null;

  @IsOptional()
  @Min(0, { message: 'must be at least 0.' })
  @Max(1, { message: 'must be at most 1.' })
  @Field(() => Float, {
    nullable: true,
    description: 'Sets the progress by hand, from 0 to 1. Null: the mean of its key results again.',
  })
  progress?: number | null;
}

@InputType({ description: 'Who a business goal is to be assigned to, and who no longer. For its owner.' })
export class AssignBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  id!: string;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], { nullable: true, description: 'Assigns it to these people too.' })
  addPersonIds?: string[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsId({ each: true })
  @Field(() => [ID], { nullable: true, description: 'Takes it from these people.' })
  removePersonIds?: string[] | null;
}
