import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { CalendarDate, CanBeOmitted, IsText, LONGEST_MARKDOWN, Markdown, TextEditOf } from '#graphql';
import { TrendMetric } from '../trend-metric.js';
import { TrendTree } from '../trend.model.js';
import { TrendResponseState } from './trend-response.model.js';

/** No key of a group or period is longer. */
const LONGEST_KEY = 100;

@InputType({ description: 'What is done about a released quarter.' })
export class RespondToTrendInput {
  @MaxLength(LONGEST_KEY)
  @Field({ description: 'The key of a released quarter, for example 2026-Q2.' })
  period!: string;

  @Field(() => TrendTree, { description: 'The tree of the group.' })
  tree!: TrendTree;

  @MaxLength(LONGEST_KEY)
  @Field({
    description:
      'The key of the group, for example `organization`. Its head needs no role, others HR_ANALYST.',
  })
  group!: string;

  @IsOptional()
  @Field(() => TrendMetric, {
    nullable: true,
    description: 'The metric that it is about. Omit it for the quarter as a whole.',
  })
  metric?: TrendMetric | null;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'What is going to be done. At most 20,000 characters, not blank.' })
  text!: string;

  @Field(() => CalendarDate, {
    description: "By when. Must not be in the past, in the organization's time zone.",
  })
  dueOn!: string;
}

@InputType({
  description:
    'The fields of a response to change, and the version they are based on. Fields that are left out stay as they are.',
})
export class UpdateTrendResponseInput extends TextEditOf('response') {
  @CanBeOmitted()
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      "The new due date. Must not be in the past, in the organization's time zone. Cannot be null.",
  })
  dueOn?: string;

  @CanBeOmitted()
  @Field(() => TrendResponseState, {
    nullable: true,
    description: 'What became of it. NOT_DONE requires an outcome. Cannot be null.',
  })
  state?: TrendResponseState;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'What came of it, or why it was not done. At most 20,000 characters, not blank. Null removes it.',
  })
  outcome?: string | null;
}
