import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IsId, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';
import { BusinessGoalStatus } from '../goals/business-goal.model.js';
import { CurrentValueInput, MOST_KEY_RESULTS } from '../key-results/key-result.inputs.js';
import { CHECK_IN_STATUSES, type CheckInStatus } from './check-in.model.js';

@InputType({ description: 'How a business goal stands. For its owner and assignees.' })
export class CheckInBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The goal; not a draft, not cancelled.' })
  businessGoalId!: string;

  @IsIn(CHECK_IN_STATUSES, { message: `must be one of ${CHECK_IN_STATUSES.join(', ')}.` })
  @Field(() => BusinessGoalStatus, {
    description:
      'How it stands; becomes the status of the goal. Not DRAFT or CANCELLED: those are its owner’s to say.',
  })
  status!: CheckInStatus;

  @IsInt()
  @Min(1, { message: 'must be at least 1.' })
  @Max(5, { message: 'must be at most 5.' })
  @Field(() => Int, { description: 'How sure you are that it will be reached: 1, hardly, to 5, surely.' })
  confidence!: number;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'In words.' })
  text?: string | null;

  @IsOptional()
  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => CurrentValueInput)
  @Field(() => [CurrentValueInput], { nullable: true, description: 'Where some of its key results are now.' })
  currentValues?: CurrentValueInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the goal that was seen. Needed with currentValues; a stale one is then a CONFLICT, so that no value that somebody else gave is overwritten unseen.',
  })
  version?: number | null;
}
