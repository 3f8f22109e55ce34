import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { IsId, IsMeasuredNumber, IsTitle } from '#graphql';

/** The most key results of a goal: with more, nobody knows what matters. */
export const MOST_KEY_RESULTS = 20;
const LONGEST_UNIT = 50;

@InputType({ description: 'A key result: one of the goal as it is to be, or a new one.' })
export class KeyResultInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The key result that this is; a new one without.' })
  id?: string | null;

  @IsTitle()
  @Field({ description: 'What is measured, at most 200 characters.' })
  title!: string;

  @IsTitle(LONGEST_UNIT)
  @Field({ description: 'What is counted, at most 50 characters.' })
  unit!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'Where it began.' })
  start!: number;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description: 'Where it is. Left out or null: as it was; where it began, for a new one.',
  })
  current?: number | null;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'Where it is to be; other than the start.' })
  target!: number;
}

@InputType({ description: 'The key results that a goal is to have.' })
export class SetKeyResultsInput {
  @IsId()
  @Field(() => ID, { description: 'The goal.' })
  businessGoalId!: string;

  @Field(() => Int, {
    description: 'The version of the goal that this is an edit of; a stale one is a CONFLICT.',
  })
  version!: number;

  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => KeyResultInput)
  @Field(() => [KeyResultInput], {
    description: 'All of them in their order, at most 20. Those that are not among them go.',
  })
  keyResults!: KeyResultInput[];
}

@InputType({ description: 'Where a key result is now.' })
export class CurrentValueInput {
  @IsId()
  @Field(() => ID, { description: 'The key result, one of the goal.' })
  keyResultId!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'Where it is.' })
  current!: number;
}
