import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { badInput } from '#graphql';
import { CarryOverService } from '../agenda/carry-over.service.js';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import type { PreviewRecurrenceArgs } from './one-to-one.inputs.js';
import { wholeSecond } from './one-to-one.rules.js';
import { nextFreeOccurrence, nextOccurrence, recurrenceProblem, withUntilInUtc } from './recurrence.js';

/** How many dates a preview shows. */
const PREVIEWED_DATES = 3;

/**
 * Keeps one conversation of a recurrence planned ahead, in the transaction that changes the one-to-one or one of its conversations. The
 * caller holds the lock of the one-to-one.
 */
@Injectable()
export class RecurrenceService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverService,
  ) {}

  /** The next dates of a recurrence, fewer if it ends before. @throws BAD_USER_INPUT */
  preview({ recurrence, startsAt, timeZone }: PreviewRecurrenceArgs): Date[] {
    const previewed = {
      rule: withUntilInUtc(recurrence, timeZone),
      startsAt: wholeSecond(startsAt),
      timeZone,
    };
    const problem = recurrenceProblem(previewed);
    if (problem !== undefined) throw badInput('recurrence', problem);
    const dates: Date[] = [];
    for (let at: Date | null = new Date(); dates.length < PREVIEWED_DATES; dates.push(at)) {
      at = nextOccurrence(previewed, at);
      if (at === null) break;
    }
    if (dates.length === 0) throw badInput('recurrence', 'gives no date in the future.', 'OUT_OF_RANGE');
    return dates;
  }

  /**
   * Plans the next date of the recurrence, after a pause, unless one that it planned is still ahead.
   *
   * @param plannedAfterId the conversation whose closing is the reason, if any
   */
  async planNext(em: EntityManager, oneToOne: OneToOneRow, plannedAfterId: string | null): Promise<void> {
    const now = new Date();
    const planned = await this.conversations.findPlanned(em, oneToOne.id);
    if (planned.some((one) => one.seriesAt !== null && one.scheduledAt > now)) return;
    const at = await this.nextFree(em, oneToOne);
    if (at === null) return;
    await this.conversations.insertPlanned(em, oneToOne, at, { plannedAfterId });
    await this.carryOver.admitWaiting(em, oneToOne.id);
  }

  /**
   * After a change of the recurrence: moves the conversation that the previous one planned to the first new date, unless it was moved by
   * hand or is past. Without a recurrence it stays.
   */
  async replan(em: EntityManager, oneToOne: OneToOneRow): Promise<void> {
    const now = new Date();
    const planned = await this.conversations.findPlanned(em, oneToOne.id);
    const [following] = planned.filter(
      ({ seriesAt, scheduledAt }) => scheduledAt > now && seriesAt?.getTime() === scheduledAt.getTime(),
    );
    if (!following) {
      await this.planNext(em, oneToOne, null);
      return;
    }
    const at = await this.nextFree(em, oneToOne, following);
    if (at !== null && at.getTime() !== following.scheduledAt.getTime()) {
      await this.conversations.update(em, following, { scheduledAt: at, seriesAt: at });
      await this.carryOver.admitWaiting(em, oneToOne.id);
    }
  }

  /**
   * After a pause was set, changed or ended: cancels planned conversations within it, except for the one of the recurrence, which moves to
   * the first date after it, or after now.
   */
  async replanAroundPause(em: EntityManager, oneToOne: OneToOneRow): Promise<void> {
    const now = new Date();
    const { pauseEndsAt } = oneToOne;
    await this.replan(em, oneToOne);
    if (pauseEndsAt === null) return;
    const planned = await this.conversations.findPlanned(em, oneToOne.id);
    const within = planned.filter(({ scheduledAt }) => scheduledAt > now && scheduledAt < pauseEndsAt);
    for (const conversation of within) {
      await this.conversations.update(em, conversation, { status: 'CANCELLED' });
    }
    await this.planNext(em, oneToOne, null);
    for (const conversation of within) await this.carryOver.carryToNext(em, conversation);
  }

  /** The first date of the recurrence after now and after a pause that has no conversation other than `moving`. */
  private async nextFree(
    em: EntityManager,
    oneToOne: OneToOneRow,
    moving?: ConversationRow,
  ): Promise<Date | null> {
    // The end of a pause is the first moment after it.
    const { pauseEndsAt } = oneToOne;
    const after = pauseEndsAt === null ? new Date() : new Date(pauseEndsAt.getTime() - 1);
    if (oneToOne.recurrence === null || oneToOne.startsAt === null) return null;
    const recurrence = {
      rule: oneToOne.recurrence,
      startsAt: oneToOne.startsAt,
      timeZone: oneToOne.timeZone,
    };
    const taken = await this.conversations.findTaken(em, oneToOne.id, after, moving?.id ?? null);
    return nextFreeOccurrence(recurrence, after, taken);
  }
}
