import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { CalendarDate, CanBeOmitted, IsId, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';

/** The most shares, mandates or promises in one handover. */
const MOST = 100;

@InputType({ description: 'A personal goal to share with the new manager.' })
export class HandoverShareInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of one of the viewer’s personal goals.' })
  goalId!: string;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the new manager also sees the past of the goal, as in `shareGoal`. False if left out. Cannot be null.',
  })
  includePast?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the share becomes ACTIVE at once, instead of waiting until the new manager has shared a goal. False if left out. Cannot be null.',
  })
  withoutWaiting?: boolean;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day of the share, in the viewer’s time zone. Null for a share without an end.',
  })
  expiresOn?: string | null;
}

@InputType({ description: 'A promise to offer to the new manager.' })
export class OfferPromiseInput {
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    description:
      'What the new manager is asked to promise, in the viewer’s own words. At most 20,000 characters, not blank.',
  })
  text!: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The due date, in the new manager’s time zone. Must not have passed.',
  })
  dueOn?: string | null;
}

@InputType({
  description:
    'What the new manager gets. What is left out stays where it is, and nothing else is passed on.',
})
export class CompleteHandoverInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the handover.' })
  id!: string;

  @IsId()
  @Field(() => ID, {
    description:
      'The ID of the new manager that the viewer has in mind. CONFLICT if it is somebody else by now.',
  })
  toId!: string;

  @IsOptional()
  @ArrayMaxSize(MOST)
  @ValidateNested()
  @Type(() => HandoverShareInput)
  @Field(() => [HandoverShareInput], {
    nullable: true,
    description: 'The personal goals to share with the new manager, at most 100. None if left out.',
  })
  shares?: HandoverShareInput[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST)
  @IsId({ each: true })
  @Field(() => [ID], {
    nullable: true,
    description: 'The IDs of the `formerMandates` to offer, at most 100. None if left out.',
  })
  mandateIds?: string[] | null;

  @IsOptional()
  @ArrayMaxSize(MOST)
  @ValidateNested()
  @Type(() => OfferPromiseInput)
  @Field(() => [OfferPromiseInput], {
    nullable: true,
    description: 'The promises to offer, at most 100. None if left out.',
  })
  promises?: OfferPromiseInput[] | null;
}

@InputType({ description: 'An offered promise to adopt.' })
export class AdoptActionItemInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the offered promise.' })
  id!: string;
}
