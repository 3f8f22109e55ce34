import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, ValidateNested } from 'class-validator';
import { CanBeOmitted, EditOf, IsId, IsPossiblyEmptyText, LONGEST_MARKDOWN, Markdown } from '#graphql';
import { ConversationOrOneToOneInput } from './write-target.js';

/** How many drafts can be shared at once. */
const MOST_SHARED = 100;

@InputType({ description: 'A new talking point.' })
export class AddTalkingPointInput {
  @ValidateNested()
  @Type(() => ConversationOrOneToOneInput)
  @Field(() => ConversationOrOneToOneInput, {
    description:
      'The planned conversation that it is for, or the one-to-one for its next conversation. It waits at the one-to-one while none is planned.',
  })
  target!: ConversationOrOneToOneInput;

  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    description: 'The text. At most 20,000 characters. Can be empty only in a draft that is about a goal.',
  })
  text!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The ID of the personal or business goal that it is about. A participant who cannot see that goal does not learn that the point is about one.',
  })
  aboutId?: string | null;

  @IsOptional()
  @Field(() => ID, {
    nullable: true,
    description:
      'The ID of the question of the question bank that it takes up. `questions` then does not offer that question for the next 10 conversations.',
  })
  questionId?: string | null;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether it is a draft, which only its author can see. Pass false to share it immediately.',
  })
  draft?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether to mark it as coming from a customer. A mark only: it refers to no customer.',
  })
  fromCustomer?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether it is on every agenda until it is taken off. A standing point goes to the first planned conversation, also if a later one is given.',
  })
  standing?: boolean;
}

@InputType({ description: 'The draft to share.' })
export class ShareTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the talking point.' })
  id!: string;
}

@InputType({ description: 'Drafts of one conversation to share at once.' })
export class ShareTalkingPointsInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation that the drafts belong to.' })
  conversationId!: string;

  @ArrayMinSize(1, { message: 'must name at least one talking point.' })
  @ArrayMaxSize(MOST_SHARED, { message: `must name at most ${String(MOST_SHARED)} talking points.` })
  @ArrayUnique({ message: 'must name each talking point once.' })
  @IsId({ each: true })
  @Field(() => [ID], {
    description: 'The IDs of 1 to 100 talking points. Those that are already shared stay as they are.',
  })
  talkingPointIds!: string[];
}

@InputType({ description: 'Changes to a talking point. Fields that are left out stay unchanged.' })
export class UpdateTalkingPointInput extends EditOf('talking point') {
  @CanBeOmitted()
  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'The new text. Only its author can change it. At most 20,000 characters; empty only in a draft that is about a goal.',
  })
  text?: string;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it was discussed. Either participant can change this.',
  })
  discussed?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is marked as coming from a customer. Only its author can change it.',
  })
  fromCustomer?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is on every agenda until it is taken off. Either participant can change this. A standing point of a closed conversation moves to the next one.',
  })
  standing?: boolean;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of the goal that it is about, or null for none. Only its author can change it.',
  })
  aboutId?: string | null;
}

@InputType({ description: 'A new place for a talking point in the agenda of its conversation.' })
export class MoveTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the talking point.' })
  id!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of the talking point to place it before. Null or left out places it last.',
  })
  beforeId?: string | null;
}

@InputType({ description: 'A talking point to put off to a later conversation.' })
export class PostponeTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the talking point.' })
  id!: string;

  @IsId()
  @Field(() => ID, {
    description:
      'The ID of the planned conversation to put it off from. If the talking point is in a different one by now, for example because this one was held at the same time, the mutation is a CONFLICT.',
  })
  conversationId!: string;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      'Pass false to take it back into the conversation that it was put off from, while that one is planned.',
  })
  postponed?: boolean;
}
