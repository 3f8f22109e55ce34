import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, ValidateNested } from 'class-validator';
import { IsId, PageArgs } from '#graphql';
import { ConversationStatus } from './conversation.model.js';
import { ConversationOrOneToOneInput } from './write-target.js';

@ArgsType()
export class ConversationsArgs extends PageArgs {
  @IsOptional()
  @Field(() => [ConversationStatus], {
    nullable: true,
    description: 'Returns only conversations with one of these statuses. All by default.',
  })
  status?: ConversationStatus[] | null;
}

@InputType({ description: 'A conversation to schedule in addition to those that the recurrence plans.' })
export class ScheduleConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  oneToOneId!: string;

  @Field(() => Date, { description: 'When it begins. Not in the past, and within two years.' })
  scheduledAt!: Date;
}

@InputType({ description: 'A different time for one planned conversation.' })
export class MoveConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  id!: string;

  @IsInt()
  @Field(() => Int, { description: 'The version that the change is based on.' })
  version!: number;

  @Field(() => Date, { description: 'When it begins. Not in the past, and within two years.' })
  scheduledAt!: Date;
}

@InputType({ description: 'The planned conversation to cancel.' })
export class CancelConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  id!: string;
}

@InputType({ description: 'The planned conversation to skip.' })
export class SkipConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  id!: string;
}

@InputType({ description: 'A conversation that took place.' })
export class HoldConversationInput {
  @ValidateNested()
  @Type(() => ConversationOrOneToOneInput)
  @Field(() => ConversationOrOneToOneInput, {
    description: 'The planned conversation or, to log one that was not planned, the one-to-one.',
  })
  target!: ConversationOrOneToOneInput;

  @IsOptional()
  @Field(() => Date, {
    nullable: true,
    description:
      'When the participants met. Not in the future, and at most two years ago. Defaults to the scheduled time, or to now if that is still to come.',
  })
  heldAt?: Date | null;
}

@InputType({ description: 'The conversation to reopen.' })
export class ReopenConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  id!: string;
}

@InputType({ description: 'Whether a planned conversation is off the record.' })
export class SetOffTheRecordInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  id!: string;

  @Field({ description: 'Pass true to mark it as off the record, false to take that back.' })
  offTheRecord!: boolean;
}
