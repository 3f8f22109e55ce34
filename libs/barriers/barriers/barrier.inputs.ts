import { ArgsType, Field, Float, ID, InputType } from '@nestjs/graphql';
import { ArrayMinSize, IsOptional, Max, Min } from 'class-validator';
import {
  CalendarDate,
  IsId,
  IsMeasuredNumber,
  IsText,
  IsTitle,
  LONGEST_MARKDOWN,
  Markdown,
  PageArgs,
} from '#graphql';
import { BarrierStatus } from './barrier.model.js';

/** The most characters of a fact, and of a legal provision. */
const LONGEST_FACT = 200;
const LONGEST_LAW = 300;
const LONGEST_COST = 2_000;
/** The most losses a year that an answer may name. */
const MOST_LOSSES = 1e9;

@ArgsType()
export class BarriersArgs extends PageArgs {
  @IsOptional()
  @ArrayMinSize(1, { message: 'must hold at least one status.' })
  @Field(() => [BarrierStatus], {
    nullable: true,
    description: 'Returns only barriers with one of these statuses.',
  })
  status?: BarrierStatus[] | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'Returns only barriers of this procedure area.' })
  procedureAreaId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'If true, returns only barriers that need an answer and that the viewer can answer; if false, only the others.',
  })
  awaitsViewer?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'If true, returns only barriers that customers run into; if false, only those of colleagues.',
  })
  hindersCustomers?: boolean | null;
}

@InputType({ isAbstract: true })
abstract class BarrierWords {
  @IsTitle()
  @Field({ description: 'What gets in the way, 1 to 200 characters.' })
  title!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'A longer description.' })
  description?: string | null;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'What to do instead.' })
  proposedRemedy?: string | null;

  @Field({ description: 'Whether customers run into it, rather than colleagues only.' })
  hindersCustomers!: boolean;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The procedure area that it belongs to, if known. ORGANIZATION_ADMIN can assign it later.',
  })
  procedureAreaId?: string | null;
}

@InputType({ description: "The barrier to raise, in the viewer's name." })
export class RaiseBarrierInput extends BarrierWords {}

@InputType({
  description:
    'The barrier to raise without a name. Its words are stored as written: they should not give the author away.',
})
export class RaiseNamelessBarrierInput extends BarrierWords {}

@InputType({ description: 'The barrier to assign, and the procedure area.' })
export class AssignBarrierInput {
  @IsId()
  @Field(() => ID, { description: 'The barrier. It must be `OPEN` or `INVESTIGATING`.' })
  id!: string;

  @IsId()
  @Field(() => ID, { description: 'The procedure area that it belongs to.' })
  procedureAreaId!: string;
}

@InputType({ description: 'The barrier to support.' })
export class SupportBarrierInput {
  @IsId()
  @Field(() => ID, { description: 'The barrier.' })
  id!: string;
}

@InputType({ description: 'The barrier to support no longer.' })
export class UnsupportBarrierInput {
  @IsId()
  @Field(() => ID, { description: 'The barrier.' })
  id!: string;
}

@InputType({
  description:
    'The answer to a barrier. `STAYS` needs `lossLastHappened`, `lossesAYear` and `costToOthers`, or `requiredByLaw`; `TRIAL_WITHOUT` needs `trialUntil`. These fields are not allowed with another status.',
})
export class AnswerBarrierInput {
  @IsId()
  @Field(() => ID, { description: 'The barrier to answer.' })
  id!: string;

  @Field(() => BarrierStatus, { description: 'What the answer decides. Not `OPEN`.' })
  status!: BarrierStatus;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'The answer in words.' })
  text!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to say: we got this wrong.',
  })
  gotItWrong!: boolean;

  @IsOptional()
  @IsTitle(LONGEST_FACT)
  @Field(() => String, {
    nullable: true,
    description:
      'When the loss that the procedure prevents last happened, for example "March 2024" or "never", 1 to 200 characters.',
  })
  lossLastHappened?: string | null;

  @IsOptional()
  @IsMeasuredNumber()
  @Min(0, { message: 'must be at least 0.' })
  @Max(MOST_LOSSES, { message: 'must be at most 1,000,000,000.' })
  @Field(() => Float, { nullable: true, description: 'How often in a year that loss happens, 0 or more.' })
  lossesAYear?: number | null;

  @IsOptional()
  @IsText(LONGEST_COST)
  @Field(() => String, {
    nullable: true,
    description: 'What the procedure costs customers and colleagues, 1 to 2,000 characters.',
  })
  costToOthers?: string | null;

  @IsOptional()
  @IsTitle(LONGEST_LAW)
  @Field(() => String, {
    nullable: true,
    description:
      'The legal provision that requires the procedure, with its number, for example "GDPR, Article 30", 1 to 300 characters. A policy of the company is not one.',
  })
  requiredByLaw?: string | null;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      "The last day of the trial, in the organization's time zone: a future day, at most a year ahead.",
  })
  trialUntil?: string | null;
}
