import { ArgsType, Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CalendarDate, IsId, IsText, LONGEST_MARKDOWN, Markdown, PageArgs } from '#graphql';
import { ActionItemState } from './action-item.model.js';

/** How a promise is closed. */
export const ActionItemOutcome = { DONE: 'DONE', DROPPED: 'DROPPED' } as const;
export type ActionItemOutcome = keyof typeof ActionItemOutcome;
registerEnumType(ActionItemOutcome, {
  name: 'ActionItemOutcome',
  description: 'How a promise is closed.',
  valuesMap: { DONE: { description: 'It is done.' }, DROPPED: { description: 'It will not be done.' } },
});

@ArgsType()
export class ActionItemsArgs extends PageArgs {
  @IsOptional()
  @Field(() => [ActionItemState], {
    nullable: true,
    description: 'Only those of which this became; all by default.',
  })
  state?: ActionItemState[] | null;
}

@InputType({ description: 'A promise of one of the two, written down by either.' })
export class AddActionItemInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The conversation in which it was made.' })
  conversationId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'Instead of `conversationId`: the one-to-one, for one made between.',
  })
  oneToOneId?: string | null;

  @IsId()
  @Field(() => ID, { description: 'Who promises: one of the two.' })
  ownerId!: string;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'What is promised.' })
  text!: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day for it, by the owner’s calendar; not one that is over.',
  })
  dueOn?: string | null;
}

@InputType({ description: 'An edit of an open promise. What is left out stays.' })
export class UpdateActionItemInput {
  @IsId()
  @Field(() => ID, { description: 'The promise.' })
  id!: string;

  @Field(() => Int, { description: 'The version that this is an edit of.' })
  version!: number;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'Other words, by either.' })
  text?: string | null;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'A different due date, or null to remove it. Only the owner can change it, before the current one has passed.',
  })
  dueOn?: string | null;
}

@InputType({ description: 'The promise that its owner closes.' })
export class CloseActionItemInput {
  @IsId()
  @Field(() => ID, { description: 'The promise.' })
  id!: string;

  @Field(() => ActionItemOutcome, { description: 'What became of it.' })
  state!: ActionItemOutcome;
}
