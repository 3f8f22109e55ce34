import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CarryOverRepository } from './carry-over.repository.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';

/**
 * Decides where undiscussed talking points go when a conversation closes or reopens (docs/domain.md, TalkingPoint): to the next planned
 * conversation or, without one, to wait at the one-to-one. The caller holds the lock of the one-to-one.
 */
@Injectable()
export class CarryOverService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverRepository,
  ) {}

  /** The conversation is closed: its undiscussed points go on. */
  async carryToNext(
    em: EntityManager,
    { id, oneToOneId }: Pick<ConversationRow, 'id' | 'oneToOneId'>,
  ): Promise<void> {
    const [next] = await this.conversations.findPlanned(em, oneToOneId);
    await this.carryOver.carry(em, id, next?.id ?? null);
  }

  /** The one-to-one is about to end: undiscussed points of this closed conversation wait at it. */
  carryToOneToOne(em: EntityManager, conversationId: string): Promise<void> {
    return this.carryOver.carry(em, conversationId, null);
  }

  /** A conversation is planned: the points that wait at the one-to-one move into the next planned one. */
  async admitWaiting(em: EntityManager, oneToOneId: string): Promise<void> {
    const [next] = await this.conversations.findPlanned(em, oneToOneId);
    if (next) await this.carryOver.admit(em, next.id);
  }

  /**
   * The conversation was reopened: its carried points return to it, and a conversation that the recurrence planned because it had closed
   * is deleted if nothing was written in it.
   */
  async takeBack(em: EntityManager, reopened: ConversationRow): Promise<void> {
    await this.carryOver.return(em, reopened.id);
    for (const planned of await this.conversations.findPlannedAfter(em, reopened)) {
      await this.carryOver.withdraw(em, planned.id, reopened.id);
    }
    await this.admitWaiting(em, reopened.oneToOneId);
  }
}
