import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CarryOverRepository } from './carry-over.repository.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';
import type { TalkingPointRow } from './talking-point.entity.js';

/**
 * Decides where talking points go when a conversation closes or reopens, or when one is put off (docs/domain.md, Talking point): to a later
 * planned conversation or, without one, to wait at the one-to-one. The caller holds the lock of the one-to-one.
 */
@Injectable()
export class CarryOverService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverRepository,
  ) {}

  /** The conversation is closed: its undiscussed and standing points go on. */
  async carryToNext(
    em: EntityManager,
    { id, oneToOneId }: Pick<ConversationRow, 'id' | 'oneToOneId'>,
  ): Promise<void> {
    await this.carryOver.carry(em, id);
    await this.carryOver.admit(em, oneToOneId);
  }

  /** The one-to-one is about to end: undiscussed and standing points of this closed conversation wait at it. */
  carryToOneToOne(em: EntityManager, conversationId: string): Promise<void> {
    return this.carryOver.carry(em, conversationId);
  }

  /** The planned conversations or the standing points changed: points that wait, and standing points, move into the first one. */
  admitWaiting(em: EntityManager, oneToOneId: string): Promise<void> {
    return this.carryOver.admit(em, oneToOneId);
  }

  /** Puts an undiscussed point of a planned conversation off to a later one. */
  async postpone(
    em: EntityManager,
    { id, oneToOneId }: Pick<TalkingPointRow, 'id' | 'oneToOneId'>,
  ): Promise<void> {
    await this.carryOver.postpone(em, id);
    await this.carryOver.admit(em, oneToOneId);
  }

  /** @returns false where the point was not put off from this conversation, or was discussed or moved on since */
  returnPostponed(em: EntityManager, pointId: string, conversationId: string): Promise<boolean> {
    return this.carryOver.returnPostponed(em, pointId, conversationId);
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
    await this.carryOver.admit(em, reopened.oneToOneId);
  }
}
