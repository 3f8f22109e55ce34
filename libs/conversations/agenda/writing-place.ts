import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { badInput, notFound } from '#graphql';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.service.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';

/** Where something is written: in a conversation, or at the pair. */
export interface WritingPlace {
  readonly pair: OneToOneRow;
  readonly conversation: ConversationRow | null;
}

/** Finds the place for something that one of the two writes, and keeps the pair's state as it is until it is written. */
@Injectable()
export class WritingPlaces {
  constructor(
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
  ) {}

  /**
   * The conversation, or the pair by itself. Nothing new is written in a pair that is not open.
   *
   * @throws BAD_USER_INPUT unless exactly one of the two is given; NOT_FOUND; CONFLICT where the pair is not open
   */
  async open(
    em: EntityManager,
    { conversationId, oneToOneId }: { conversationId?: string | null; oneToOneId?: string | null },
  ): Promise<WritingPlace> {
    if ((conversationId ?? null) === null && (oneToOneId ?? null) !== null) {
      return { pair: await this.holdOpen(em, oneToOneId ?? ''), conversation: null };
    }
    if ((oneToOneId ?? null) !== null || (conversationId ?? null) === null) {
      throw badInput('input.conversationId', 'give either the conversation or the one-to-one.');
    }
    return this.inConversation(em, conversationId ?? '');
  }

  /** @throws NOT_FOUND; CONFLICT where the pair is not open */
  async inConversation(
    em: EntityManager,
    conversationId: string,
  ): Promise<WritingPlace & { readonly conversation: ConversationRow }> {
    // The pair is held before it is looked at, as the conversation is: nobody changes them meanwhile.
    const [pair, conversation] = await Promise.all([
      this.oneToOnes.holdByConversation(em, conversationId),
      this.conversations.findById(em, conversationId),
    ]);
    if (!pair || !conversation) throw notFound();
    assertOpen(pair);
    return { pair, conversation };
  }

  /** @throws NOT_FOUND; CONFLICT where the pair is not open */
  async holdOpen(em: EntityManager, oneToOneId: string): Promise<OneToOneRow> {
    const pair = await this.oneToOnes.holdById(em, oneToOneId);
    if (!pair) throw notFound();
    assertOpen(pair);
    return pair;
  }
}
