import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, notFound, type Page, type PageArguments } from '#graphql';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.service.js';
import { RecurrenceService } from '../pairs/recurrence.service.js';
import { CarryOverRepository } from './carry-over.repository.js';
import type { ConversationRow } from './conversation.entity.js';
import type { HoldConversationInput, MoveConversationInput } from './conversation.inputs.js';
import type { ConversationStatus } from './conversation.model.js';
import { ConversationRepository } from './conversation.repository.js';

const DAY_MS = 86_400_000;
/** A conversation is planned, or logged, at most so far from now. */
const FARTHEST_MS = 731 * DAY_MS;
/** A clock that is a little behind, or a form that was open a little long. */
const TOLERANCE_MS = 5 * 60_000;
/** How long a status may be taken back (domain.md, Conversation). */
const REOPEN_MS = 7 * DAY_MS;

/**
 * PLANNED, HELD, SKIPPED, CANCELLED, and back. Every change holds the row of the pair first, so of two changes at the same
 * moment the second finds what the first left.
 */
@Injectable()
export class ConversationService {
  constructor(
    private readonly database: Database,
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverRepository,
    private readonly recurrence: RecurrenceService,
  ) {}

  /** What the viewer has planned, with whomever, soonest first. */
  plannedPage(ctx: PersonContext, page: PageArguments): Promise<Page<ConversationRow>> {
    return this.database.read(ctx, (em) => this.conversations.findPlannedPage(em, ctx.viewer.personId, page));
  }

  /** One more by hand. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT where it is not open or the hour is taken */
  schedule(ctx: PersonContext, oneToOneId: string, scheduledAt: Date): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      assertAhead(scheduledAt);
      const pair = await this.lockPair(em, oneToOneId);
      await this.assertFree(em, pair, scheduledAt);
      const id = await this.conversations.insertPlanned(em, pair, scheduledAt, null);
      await this.recurrence.admitWaiting(em, pair);
      return this.read(em, id);
    });
  }

  /** Another time for this one; the series stays. To the time that it has, nothing changes. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT */
  move(ctx: PersonContext, { id, version, scheduledAt }: MoveConversationInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      assertAhead(scheduledAt);
      const { pair, conversation } = await this.lockPlanned(em, id);
      const comparison = compareEdit(conversation, version, { scheduledAt });
      if (comparison === 'UNCHANGED') return conversation;
      if (comparison === 'OUTDATED') {
        throw conflict(
          'Somebody changed this conversation meanwhile. Read it again and look before changing it.',
        );
      }
      await this.assertFree(em, pair, scheduledAt, conversation);
      await this.conversations.move(em, id, scheduledAt);
      return this.read(em, id);
    });
  }

  /** @throws NOT_FOUND, CONFLICT unless it is planned */
  cancel(ctx: PersonContext, id: string): Promise<ConversationRow> {
    return this.database.write(ctx, (em) => this.close(em, id, 'CANCELLED'));
  }

  /** @throws NOT_FOUND, CONFLICT unless it is planned */
  skip(ctx: PersonContext, id: string): Promise<ConversationRow> {
    return this.database.write(ctx, (em) => this.close(em, id, 'SKIPPED'));
  }

  /**
   * The two met: as planned or, with the id of the one-to-one, without a plan.
   *
   * @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT unless it is planned, or where it is logged already
   */
  hold(ctx: PersonContext, { id, oneToOneId, heldAt }: HoldConversationInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      if (heldAt) assertPast(heldAt);
      if (id != null && oneToOneId == null) return this.close(em, id, 'HELD', heldAt ?? undefined);
      if (oneToOneId != null && id == null) return this.log(em, oneToOneId, heldAt ?? new Date());
      throw badInput('input.id', 'give either the conversation or the one-to-one.');
    });
  }

  /**
   * Takes HELD, SKIPPED or CANCELLED back, within 7 days. What it had carried on returns; what the rhythm planned because of
   * it goes again if nothing was written in it.
   *
   * @throws NOT_FOUND, CONFLICT where it is planned, after 7 days, or where another is planned at its moment by now
   */
  reopen(ctx: PersonContext, id: string): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const { pair, conversation } = await this.lock(em, id);
      if (conversation.closedAt === null)
        throw conflict('This conversation is planned: there is nothing to take back.');
      if (conversation.closedAt.getTime() <= Date.now() - REOPEN_MS) {
        throw conflict('This was settled more than 7 days ago and stays as it is.');
      }
      if (await this.conversations.isTaken(em, pair.id, conversation.scheduledAt, id)) {
        throw conflict(
          'These two have another conversation at that moment by now, so this one stays as it is.',
        );
      }
      await this.conversations.reopen(em, id);
      await this.carryOver.returnTo(em, id);
      for (const planned of await this.conversations.findPlannedAfter(em, conversation)) {
        await this.carryOver.withdraw(em, planned.id, id);
      }
      await this.recurrence.admitWaiting(em, pair);
      return this.read(em, id);
    });
  }

  private async close(
    em: EntityManager,
    id: string,
    status: Exclude<ConversationStatus, 'PLANNED'>,
    heldAt?: Date,
  ): Promise<ConversationRow> {
    const { pair, conversation } = await this.lockPlanned(em, id);
    // Nobody said when: then as planned, unless that is still to come.
    const met = heldAt ?? new Date(Math.min(conversation.scheduledAt.getTime(), Date.now()));
    await this.conversations.close(em, id, status, status === 'HELD' ? met : null);
    await this.recurrence.keepOneAhead(em, pair, id);
    const [next] = await this.conversations.findPlanned(em, pair.id);
    await this.carryOver.carry(em, id, next?.id ?? null);
    return this.read(em, id);
  }

  private async log(em: EntityManager, oneToOneId: string, heldAt: Date): Promise<ConversationRow> {
    const pair = await this.lockPair(em, oneToOneId);
    // Both sides may log it; two people have one conversation at a time.
    if (await this.conversations.heldAround(em, pair.id, heldAt, pair.durationMinutes)) {
      throw conflict('A conversation of that time is logged already.');
    }
    return this.read(em, await this.conversations.insertHeld(em, pair, heldAt));
  }

  private async lockPair(em: EntityManager, oneToOneId: string): Promise<OneToOneRow> {
    const pair = await this.oneToOnes.lockById(em, oneToOneId);
    if (!pair) throw notFound();
    assertOpen(pair);
    return pair;
  }

  /** The pair first, then what its conversation is by then. */
  private async lock(
    em: EntityManager,
    id: string,
  ): Promise<{ pair: OneToOneRow; conversation: ConversationRow }> {
    const seen = await this.read(em, id);
    const pair = await this.lockPair(em, seen.oneToOneId);
    return { pair, conversation: await this.read(em, id) };
  }

  private async lockPlanned(
    em: EntityManager,
    id: string,
  ): Promise<{ pair: OneToOneRow; conversation: ConversationRow }> {
    const locked = await this.lock(em, id);
    if (locked.conversation.status !== 'PLANNED') {
      throw conflict(`This conversation is not planned any more: it is ${locked.conversation.status}.`);
    }
    return locked;
  }

  private async assertFree(
    em: EntityManager,
    pair: OneToOneRow,
    scheduledAt: Date,
    moving?: ConversationRow,
  ): Promise<void> {
    if (await this.conversations.isTaken(em, pair.id, scheduledAt, moving?.id ?? null)) {
      throw conflict('These two already have a conversation at that moment. Choose another time.');
    }
  }

  private async read(em: EntityManager, id: string): Promise<ConversationRow> {
    const found = await this.conversations.findById(em, id);
    if (!found) throw notFound();
    return found;
  }
}

function assertAhead(scheduledAt: Date): void {
  const ahead = scheduledAt.getTime() - Date.now();
  if (ahead < -TOLERANCE_MS) throw badInput('input.scheduledAt', 'must not be in the past.');
  if (ahead > FARTHEST_MS) throw badInput('input.scheduledAt', 'must be within two years.');
}

function assertPast(heldAt: Date): void {
  const ago = Date.now() - heldAt.getTime();
  if (ago < -TOLERANCE_MS) throw badInput('input.heldAt', 'must not be in the future.');
  if (ago > FARTHEST_MS) throw badInput('input.heldAt', 'must be at most two years ago.');
}
