import { Injectable } from '@nestjs/common';
import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { badInput, conflict, IsId, notFound } from '#graphql';
import { OneToOneRepository, type LockedOneToOne } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.rules.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';

@InputType({
  isOneOf: true,
  description: 'A conversation, or a one-to-one without a particular conversation. Exactly one is required.',
})
export class ConversationOrOneToOneInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The ID of a conversation.' })
  conversationId?: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The ID of a one-to-one.' })
  oneToOneId?: string;
}

/** @throws BAD_USER_INPUT unless the conversation is planned */
export function assertPlanned({ status }: ConversationRow, path: string): void {
  if (status !== 'PLANNED') throw badInput(path, 'must have the status PLANNED.');
}

/** @throws CONFLICT for a conversation off the record */
export function assertOnTheRecord({ offTheRecord }: ConversationRow): void {
  if (offTheRecord) throw conflict('This conversation is off the record. Nothing can be written to it.');
}

/** What something is written to: a one-to-one, and perhaps one of its conversations. */
export interface WriteTarget {
  readonly oneToOne: LockedOneToOne;
  readonly conversation: ConversationRow | null;
}

/**
 * Finds and locks what something is written to. The lock is shared, unless it is taken exclusively: both participants can write at once,
 * and neither the state of the one-to-one nor the status of its conversations changes until the transaction ends.
 */
@Injectable()
export class WriteTargets {
  constructor(
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
  ) {}

  /** @throws NOT_FOUND; CONFLICT where the one-to-one is not open, or the conversation is off the record */
  async lock(
    em: EntityManager,
    { conversationId, oneToOneId }: ConversationOrOneToOneInput,
  ): Promise<WriteTarget> {
    return conversationId === undefined
      ? { oneToOne: await this.lockOneToOne(em, oneToOneId ?? ''), conversation: null }
      : this.lockConversation(em, conversationId);
  }

  /** @throws NOT_FOUND; CONFLICT where the one-to-one is not open, or the conversation is off the record */
  async lockConversation(
    em: EntityManager,
    conversationId: string,
    { exclusively = false } = {},
  ): Promise<WriteTarget & { readonly conversation: ConversationRow }> {
    const { oneToOne, conversation } = await this.find(em, conversationId, exclusively);
    assertOpen(oneToOne);
    assertOnTheRecord(conversation);
    return { oneToOne, conversation };
  }

  /** Exclusively, also where nothing more can be written to the conversation. @throws NOT_FOUND */
  async lockAnyConversation(em: EntityManager, conversationId: string): Promise<ConversationRow> {
    return (await this.find(em, conversationId, true)).conversation;
  }

  /** @throws NOT_FOUND; CONFLICT where the one-to-one is not open */
  async lockOneToOne(
    em: EntityManager,
    oneToOneId: string,
    { exclusively = false } = {},
  ): Promise<LockedOneToOne> {
    const oneToOne = exclusively
      ? await this.oneToOnes.lockById(em, oneToOneId)
      : await this.oneToOnes.lockSharedById(em, oneToOneId);
    if (!oneToOne) throw notFound();
    assertOpen(oneToOne);
    return oneToOne;
  }

  private async find(
    em: EntityManager,
    conversationId: string,
    exclusively: boolean,
  ): Promise<{ oneToOne: LockedOneToOne; conversation: ConversationRow }> {
    // Sent together: the second statement reads what was committed while the first waited for the lock.
    const [oneToOne, conversation] = await Promise.all([
      exclusively
        ? this.oneToOnes.lockByConversation(em, conversationId)
        : this.oneToOnes.lockSharedByConversation(em, conversationId),
      this.conversations.findById(em, conversationId),
    ]);
    if (!oneToOne || !conversation) throw notFound();
    return { oneToOne, conversation };
  }
}
