import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IsId, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';
import { GoalHealth } from '../goals/business-goal.model.js';
import { CurrentValueInput, MOST_KEY_RESULTS } from '../key-results/key-result.inputs.js';

@InputType({ description: 'The check-in to add to a business goal.' })
export class CheckInBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The business goal. It must be `OPEN`.' })
  id!: string;

  @Field(() => GoalHealth, { description: 'The health to report. It becomes the health of the goal.' })
  health!: GoalHealth;

  @IsInt()
  @Min(1, { message: 'must be at least 1.' })
  @Max(5, { message: 'must be at most 5.' })
  @Field(() => Int, {
    description: 'How confident the author is that the goal will be reached, from 1 to 5.',
  })
  confidence!: number;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'What happened since the last check-in.' })
  text?: string | null;

  @IsOptional()
  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => CurrentValueInput)
  @Field(() => [CurrentValueInput], {
    nullable: true,
    description: 'New current values of key results of the goal. Requires `version`.',
  })
  currentValues?: CurrentValueInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the goal that `currentValues` are based on; an outdated one returns `EditConflict`. Ignored without `currentValues`.',
  })
  version?: number | null;
}
