import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import {
  CalendarDate,
  CanBeOmitted,
  EditOf,
  IsId,
  IsText,
  LONGEST_MARKDOWN,
  Markdown,
  PageArgs,
} from '#graphql';
import { ConversationOrOneToOneInput } from '../agenda/write-target.js';
import { ActionItemStanding } from './action-item.model.js';

/** How an action item is closed. */
export const ActionItemOutcome = { DONE: 'DONE', DROPPED: 'DROPPED' } as const;
export type ActionItemOutcome = keyof typeof ActionItemOutcome;
registerEnumType(ActionItemOutcome, {
  name: 'ActionItemOutcome',
  description: 'How an action item is closed.',
  valuesMap: {
    DONE: { description: 'The owner did it.' },
    DROPPED: { description: 'The owner will not do it, or refuses it.' },
  },
});

/** A side of a one-to-one, as seen by the viewer. */
export const ActionItemOwner = { VIEWER: 'VIEWER', COUNTERPART: 'COUNTERPART' } as const;
export type ActionItemOwner = keyof typeof ActionItemOwner;
registerEnumType(ActionItemOwner, {
  name: 'ActionItemOwner',
  description: 'Which participant of a one-to-one owns an action item.',
  valuesMap: {
    VIEWER: { description: 'The viewer promised it.' },
    COUNTERPART: { description: 'The other participant promised it.' },
  },
});

@ArgsType()
export class ActionItemsArgs extends PageArgs {
  @IsOptional()
  @Field(() => ActionItemOwner, {
    nullable: true,
    description: 'Returns only action items owned by this participant. Both by default.',
  })
  owner?: ActionItemOwner | null;

  @IsOptional()
  @Field(() => [ActionItemStanding], {
    nullable: true,
    description: 'Returns only action items with one of these standings. All by default.',
  })
  standing?: ActionItemStanding[] | null;
}

@InputType({ description: 'A new action item.' })
export class AddActionItemInput {
  @ValidateNested()
  @Type(() => ConversationOrOneToOneInput)
  @Field(() => ConversationOrOneToOneInput, {
    description: 'The conversation in which it was promised, or the one-to-one if outside of one.',
  })
  target!: ConversationOrOneToOneInput;

  @IsId()
  @Field(() => ID, { description: 'The participant who promises it.' })
  ownerId!: string;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'What is promised. At most 20,000 characters, not blank.' })
  text!: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The due date, inclusive, in the owner’s time zone. Must not have passed.',
  })
  dueOn?: string | null;
}

@InputType({ description: 'Changes to an open action item. Fields that are left out stay unchanged.' })
export class UpdateActionItemInput extends EditOf('action item') {
  @CanBeOmitted()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description: 'The new text, by either participant. At most 20,000 characters, not blank.',
  })
  text?: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'A different due date, or null to remove it. Only the owner can change it, before the current one has passed.',
  })
  dueOn?: string | null;
}

@InputType({ description: 'How to close an action item.' })
export class CloseActionItemInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the action item.' })
  id!: string;

  @Field(() => ActionItemOutcome, { description: 'Whether it is done or dropped.' })
  state!: ActionItemOutcome;
}

@InputType({ description: 'The action item to reopen.' })
export class ReopenActionItemInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the action item.' })
  id!: string;
}
