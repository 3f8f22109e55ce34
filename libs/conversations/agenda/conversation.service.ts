import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import {
  badInput,
  compareEdit,
  conflict,
  notFound,
  notPermitted,
  type EditConflict,
  type Page,
  type PageArguments,
} from '#graphql';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.rules.js';
import { RecurrenceService } from '../pairs/recurrence.service.js';
import { CarryOverService } from './carry-over.service.js';
import type { ConversationRow } from './conversation.entity.js';
import type {
  HoldConversationInput,
  MoveConversationInput,
  SetOffTheRecordInput,
} from './conversation.inputs.js';
import type { ConversationPayload, ConversationStatus } from './conversation.model.js';
import { ConversationRepository } from './conversation.repository.js';

const DAY_MS = 86_400_000;
/** How far from now a conversation can be planned or logged. */
const FARTHEST_MS = 731 * DAY_MS;
/** Allows for a client’s clock that is behind, and for a form that was open for a while. */
const TOLERANCE_MS = 5 * 60_000;
/** For how long a closed conversation can be reopened (docs/domain.md, Conversation). */
const REOPEN_MS = 7 * DAY_MS;

/**
 * The status and time of conversations. Every change locks the one-to-one first and reads afterwards, so that of two concurrent changes
 * the second one sees the result of the first.
 */
@Injectable()
export class ConversationService {
  constructor(
    private readonly database: Database,
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverService,
    private readonly recurrence: RecurrenceService,
  ) {}

  /** The viewer's planned conversations in all one-to-ones, earliest first. */
  plannedPage(ctx: PersonContext, page: PageArguments): Promise<Page<ConversationRow>> {
    return this.database.read(ctx, (em) => this.conversations.findPlannedPage(em, ctx.viewer.personId, page));
  }

  /** @throws BAD_USER_INPUT, also within a pause; NOT_FOUND; CONFLICT where the one-to-one is not open, or has a conversation at that time */
  schedule(ctx: PersonContext, oneToOneId: string, scheduledAt: Date): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      assertAhead(scheduledAt);
      const oneToOne = await this.lockPair(em, oneToOneId);
      assertNotPaused(oneToOne, scheduledAt);
      await this.assertFree(em, oneToOne, scheduledAt);
      const id = await this.conversations.insertPlanned(em, oneToOne, scheduledAt, null);
      await this.carryOver.admitWaiting(em, oneToOne.id);
      return this.read(em, id);
    });
  }

  /**
   * Moves one conversation; the recurrence does not change. Moving it to the time that it has changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where it is not planned, or the one-to-one has a conversation at that time
   */
  move(
    ctx: PersonContext,
    { id, version, scheduledAt }: MoveConversationInput,
  ): Promise<ConversationPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      assertAhead(scheduledAt);
      const { oneToOne, conversation } = await this.lockPlanned(em, id);
      const comparison = compareEdit(conversation, version, { scheduledAt });
      if (comparison === 'UNCHANGED') return { __typename: 'ConversationPayload', conversation };
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: conversation };
      assertNotPaused(oneToOne, scheduledAt);
      await this.assertFree(em, oneToOne, scheduledAt, conversation);
      await this.conversations.update(em, conversation, { scheduledAt });
      await this.carryOver.admitWaiting(em, oneToOne.id);
      return { __typename: 'ConversationPayload', conversation: await this.read(em, id) };
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
   * Logs that the participants met: a planned conversation or, with the ID of the one-to-one, one that was not planned.
   *
   * @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where it is not planned, or logged already
   */
  hold(ctx: PersonContext, { target, heldAt }: HoldConversationInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      if (heldAt) assertPast(heldAt);
      return target.conversationId === undefined
        ? this.log(em, target.oneToOneId ?? '', heldAt ?? new Date())
        : this.close(em, target.conversationId, 'HELD', heldAt ?? undefined);
    });
  }

  /**
   * Makes a closed conversation PLANNED again, within 7 days of closing.
   *
   * @throws NOT_FOUND; CONFLICT where it is planned, after 7 days, or where another conversation has its time by now
   */
  reopen(ctx: PersonContext, id: string): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const { oneToOne, conversation } = await this.lock(em, id);
      if (conversation.notesImportId !== null) {
        throw conflict('This conversation was imported and cannot be reopened. Undo the import instead.');
      }
      if (conversation.closedAt === null)
        throw conflict('This conversation is planned and cannot be reopened.');
      if (conversation.closedAt.getTime() <= Date.now() - REOPEN_MS) {
        throw conflict('This conversation was closed more than 7 days ago and can no longer be reopened.');
      }
      if (await this.conversations.isTaken(em, oneToOne.id, conversation.scheduledAt, id)) {
        throw conflict(
          'Another conversation of this one-to-one has the same time. Move that one, then try again.',
        );
      }
      if (isPausedAt(oneToOne, conversation.scheduledAt)) {
        throw conflict(
          `This one-to-one is paused until ${String(oneToOne.pausedUntil)}. End the pause first.`,
        );
      }
      await this.conversations.update(em, conversation, { status: 'PLANNED', heldAt: null });
      await this.carryOver.takeBack(em, conversation);
      return this.read(em, id);
    });
  }

  /**
   * Marks a planned conversation as off the record, or takes that back. Does nothing where that is so already.
   *
   * @throws NOT_FOUND; NOT_PERMITTED to take back what the other marked; CONFLICT where it is not planned, or something was written in it
   */
  setOffTheRecord(ctx: PersonContext, { id, offTheRecord }: SetOffTheRecordInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const { oneToOne, conversation } = await this.lockPlanned(em, id);
      if (conversation.offTheRecord === offTheRecord) return conversation;
      if (!offTheRecord && conversation.offTheRecordById !== ctx.viewer.personId) {
        throw notPermitted(
          'Only the participant who marked a conversation as off the record can take that back.',
        );
      }
      if (offTheRecord && (await this.conversations.hasSharedContent(em, id))) {
        throw conflict(
          'Something that both of you can see was written in this conversation. Schedule a different one to talk off the record.',
        );
      }
      const offTheRecordById = offTheRecord ? ctx.viewer.personId : null;
      await this.conversations.update(em, conversation, { offTheRecordById });
      await this.carryOver.admitWaiting(em, oneToOne.id);
      return this.read(em, id);
    });
  }

  private async close(
    em: EntityManager,
    id: string,
    status: Exclude<ConversationStatus, 'PLANNED'>,
    heldAt?: Date,
  ): Promise<ConversationRow> {
    const { oneToOne, conversation } = await this.lockPlanned(em, id);
    // Without a given time: as planned, unless that is still to come.
    const met = heldAt ?? new Date(Math.min(conversation.scheduledAt.getTime(), Date.now()));
    await this.conversations.update(em, conversation, { status, heldAt: status === 'HELD' ? met : null });
    await this.recurrence.planNext(em, oneToOne, id);
    await this.carryOver.carryToNext(em, conversation);
    return this.read(em, id);
  }

  private async log(em: EntityManager, oneToOneId: string, heldAt: Date): Promise<ConversationRow> {
    const oneToOne = await this.lockPair(em, oneToOneId);
    // Both participants may log the same conversation.
    if (await this.conversations.heldAround(em, oneToOne.id, heldAt, oneToOne.durationMinutes)) {
      throw conflict('A conversation at that time is already logged.');
    }
    return this.read(em, await this.conversations.insertHeld(em, oneToOne, heldAt));
  }

  private async lockPair(em: EntityManager, oneToOneId: string): Promise<OneToOneRow> {
    const oneToOne = await this.oneToOnes.lockById(em, oneToOneId);
    if (!oneToOne) throw notFound();
    assertOpen(oneToOne);
    return oneToOne;
  }

  /** Locks the one-to-one, and then reads the conversation again. */
  private async lock(
    em: EntityManager,
    id: string,
  ): Promise<{ oneToOne: OneToOneRow; conversation: ConversationRow }> {
    const seen = await this.read(em, id);
    const oneToOne = await this.lockPair(em, seen.oneToOneId);
    return { oneToOne, conversation: await this.read(em, id) };
  }

  private async lockPlanned(
    em: EntityManager,
    id: string,
  ): Promise<{ oneToOne: OneToOneRow; conversation: ConversationRow }> {
    const locked = await this.lock(em, id);
    if (locked.conversation.status !== 'PLANNED') {
      throw conflict(`This conversation is no longer planned. Its status is ${locked.conversation.status}.`);
    }
    return locked;
  }

  private async assertFree(
    em: EntityManager,
    oneToOne: OneToOneRow,
    scheduledAt: Date,
    moving?: ConversationRow,
  ): Promise<void> {
    if (await this.conversations.isTaken(em, oneToOne.id, scheduledAt, moving?.id ?? null)) {
      throw conflict('This one-to-one already has a conversation at that time. Choose a different time.');
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
  if (ahead < -TOLERANCE_MS) throw badInput('input.scheduledAt', 'must not be in the past.', 'OUT_OF_RANGE');
  if (ahead > FARTHEST_MS) throw badInput('input.scheduledAt', 'must be within two years.', 'OUT_OF_RANGE');
}

/** Whether a time still to come lies within the pause of the one-to-one. */
function isPausedAt({ pauseEndsAt }: OneToOneRow, at: Date): boolean {
  return pauseEndsAt !== null && at < pauseEndsAt && at.getTime() > Date.now();
}

function assertNotPaused({ pauseEndsAt, pausedUntil }: OneToOneRow, scheduledAt: Date): void {
  if (pauseEndsAt !== null && scheduledAt < pauseEndsAt) {
    throw badInput(
      'input.scheduledAt',
      `must be after the pause of the one-to-one, which lasts until ${String(pausedUntil)}.`,
      'NOT_ALLOWED',
    );
  }
}

function assertPast(heldAt: Date): void {
  const ago = Date.now() - heldAt.getTime();
  if (ago < -TOLERANCE_MS) throw badInput('input.heldAt', 'must not be in the future.', 'OUT_OF_RANGE');
  if (ago > FARTHEST_MS) throw badInput('input.heldAt', 'must be at most two years ago.', 'OUT_OF_RANGE');
}
