import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CarryOverRepository } from '../agenda/carry-over.repository.js';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import { nextOccurrence } from './recurrence.js';

/** Dates of the series that may be taken before looking further is given up. */
const MOST_TAKEN = 100;

/**
 * The rhythm keeps one conversation planned. Until there is a worker, that is seen to whenever a pair's state changes, in that
 * very transaction; the caller holds the pair's row.
 */
@Injectable()
export class RecurrenceService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverRepository,
  ) {}

  /**
   * Plans the next date of the rhythm unless one that it planned still lies ahead.
   *
   * @param plannedAfterId the conversation that has just closed, if that is why
   */
  async keepOneAhead(em: EntityManager, pair: OneToOneRow, plannedAfterId: string | null): Promise<void> {
    const now = new Date();
    const planned = await this.conversations.findPlanned(em, pair.id);
    if (planned.some((one) => one.seriesAt !== null && one.scheduledAt > now)) return;
    const at = await this.nextFree(em, pair, now);
    if (at === null) return;
    await this.conversations.insertPlanned(em, pair, at, { plannedAfterId });
    await this.admitWaiting(em, pair);
  }

  /**
   * After the rhythm has changed: what the old one planned, unless it was moved by hand or its hour has passed, moves to the
   * first date of the new one. Without a rhythm it stays.
   */
  async follow(em: EntityManager, pair: OneToOneRow): Promise<void> {
    const now = new Date();
    const planned = await this.conversations.findPlanned(em, pair.id);
    const [following] = planned.filter(
      ({ seriesAt, scheduledAt }) => scheduledAt > now && seriesAt?.getTime() === scheduledAt.getTime(),
    );
    if (!following) {
      await this.keepOneAhead(em, pair, null);
      return;
    }
    const at = await this.nextFree(em, pair, now, following);
    if (at !== null && at.getTime() !== following.scheduledAt.getTime()) {
      await this.conversations.moveInSeries(em, following.id, at);
    }
  }

  /** What waits at the pair moves into the next planned conversation, once there is one. */
  async admitWaiting(em: EntityManager, pair: OneToOneRow): Promise<void> {
    const [next] = await this.conversations.findPlanned(em, pair.id);
    if (next) await this.carryOver.admit(em, next.id);
  }

  /** The first date of the rhythm after a moment for which there never was a conversation, but for `moving`. */
  private async nextFree(
    em: EntityManager,
    pair: OneToOneRow,
    after: Date,
    moving?: ConversationRow,
  ): Promise<Date | null> {
    if (pair.recurrence === null || pair.startsAt === null) return null;
    const rhythm = { rule: pair.recurrence, startsAt: pair.startsAt, timeZone: pair.timeZone };
    const taken = await this.conversations.findTaken(em, pair.id, after, moving?.id ?? null);
    let at: Date | null = after;
    for (let tries = 0; tries < MOST_TAKEN && at !== null; tries += 1) {
      at = nextOccurrence(rhythm, at);
      if (at !== null && !taken.has(at.getTime())) return at;
    }
    return null;
  }
}
