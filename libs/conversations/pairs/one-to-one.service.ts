import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Throttle } from '#auth';
import { usableTimeZone } from '#common';
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
import { CarryOverService } from '../agenda/carry-over.service.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import type { PauseOneToOneInput, RescheduleOneToOneInput, StartOneToOneInput } from './one-to-one.inputs.js';
import type { OneToOneExists, OneToOnePayload } from './one-to-one.payloads.js';
import { OneToOneRepository, type Counterpart } from './one-to-one.repository.js';
import { assertOpen, changeSchedule, scheduleOf, wholeSecond } from './one-to-one.rules.js';
import { RecurrenceService } from './recurrence.service.js';

const DEFAULT_MINUTES = 30;
/** How many people a person can invite in a day. Within a reporting line nobody is invited. */
const INVITATIONS_A_DAY = 20;

type StartResult = Required<OneToOnePayload> | Required<OneToOneExists>;

/** Starts, accepts, reschedules and ends one-to-ones (docs/domain.md, One-to-ones). */
@Injectable()
export class OneToOneService {
  constructor(
    private readonly database: Database,
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverService,
    private readonly recurrence: RecurrenceService,
    private readonly throttle: Throttle,
  ) {}

  /** The viewer's one-to-ones, newest first. */
  page(ctx: PersonContext, page: PageArguments): Promise<Page<OneToOneRow>> {
    return this.database.read(ctx, (em) => this.oneToOnes.findPageByPerson(em, ctx.viewer.personId, page));
  }

  /**
   * Opens a one-to-one within an open reporting line, and invites the other person by mail otherwise. Starting one with a person who has
   * invited the viewer accepts the invitation, also after the viewer declined it, so that the sender cannot find out that they did.
   *
   * @throws BAD_USER_INPUT; NOT_FOUND where the viewer can see no such person; RATE_LIMITED after many invitations
   */
  start(ctx: PersonContext, input: StartOneToOneInput): Promise<StartResult> {
    return this.database.write(ctx, async (em) => {
      if (input.personId === ctx.viewer.personId)
        throw badInput('input.personId', 'Choose somebody other than yourself.', 'NOT_ALLOWED');
      const other = await this.oneToOnes.findCounterpart(em, ctx.viewer.personId, input.personId);
      if (!other) throw notFound();
      if (other.hasLeft)
        throw badInput('input.personId', 'Choose somebody who has not left the organization.');
      await this.oneToOnes.undoDecline(em, other.id);
      const schedule = changeSchedule(input, {
        recurrence: null,
        timeZone: usableTimeZone(other.viewerTimeZone),
        durationMinutes: DEFAULT_MINUTES,
      });

      const found = await this.oneToOnes.lockByPeople(em, ctx.viewer.personId, other.id);
      if (found) return this.openExisting(em, ctx, other, found, input);
      const state = other.lineId === null ? 'INVITED' : 'OPEN';
      const oneToOne = {
        organizationId: ctx.viewer.organizationId,
        starterId: ctx.viewer.personId,
        otherId: other.id,
        lineId: other.lineId,
      };
      const id = await this.oneToOnes.insert(em, oneToOne, state, schedule);
      if (id === undefined) {
        // The other person started one in a concurrent transaction.
        const theirs = await this.oneToOnes.lockByPeople(em, ctx.viewer.personId, other.id);
        if (!theirs) throw conflict('This one-to-one was changed at the same time. Try again.');
        return this.openExisting(em, ctx, other, theirs, input);
      }
      if (state === 'INVITED') {
        // A trigger has queued the mail (policies/90-mail.sql).
        await this.throttle.daily(em, 'one-to-one', [''], INVITATIONS_A_DAY);
      }
      return { __typename: 'OneToOnePayload', oneToOne: await this.opened(em, id) };
    });
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for the sender; CONFLICT if it is no longer an invitation */
  accept(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const invitation = await this.lockInvitation(em, ctx, id);
      await this.oneToOnes.open(em, id, scheduleOf(invitation));
      return this.opened(em, id);
    });
  }

  /**
   * The invitation disappears for the viewer. For its sender it stays INVITED for as long as an unanswered one.
   *
   * @throws NOT_FOUND; NOT_PERMITTED for the sender; CONFLICT if it is no longer an invitation
   */
  decline(ctx: PersonContext, id: string): Promise<void> {
    return this.database.write(ctx, async (em) => {
      const invitation = await this.lockInvitation(em, ctx, id);
      await this.oneToOnes.decline(em, invitation, ctx.viewer.personId);
    });
  }

  /**
   * In another time zone the local time stays the same, unless a start is given. An edit that asks for what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where it is not open
   */
  reschedule(ctx: PersonContext, input: RescheduleOneToOneInput): Promise<OneToOnePayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const oneToOne = await this.lockOpen(em, input.id);
      const { recurrence, startsAt, timeZone, durationMinutes } = input;
      const comparison = compareEdit(oneToOne, input.version, {
        recurrence,
        startsAt: startsAt && wholeSecond(startsAt),
        timeZone,
        durationMinutes,
      });
      if (comparison === 'UNCHANGED') return { __typename: 'OneToOnePayload', oneToOne };
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: oneToOne };
      const schedule = changeSchedule(input, scheduleOf(oneToOne));
      if (!(await this.oneToOnes.reschedule(em, oneToOne.id, schedule, recurrence != null))) {
        return { __typename: 'OneToOnePayload', oneToOne };
      }
      const rescheduled = await this.read(em, oneToOne.id);
      if (recurrence != null || startsAt || timeZone !== undefined) {
        await this.recurrence.replan(em, rescheduled);
      }
      return { __typename: 'OneToOnePayload', oneToOne: rescheduled };
    });
  }

  /**
   * Planned conversations are cancelled; their undiscussed points wait at the one-to-one.
   *
   * @throws NOT_FOUND; CONFLICT where it is not open
   */
  end(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const oneToOne = await this.lockOpen(em, id);
      for (const planned of await this.conversations.findPlanned(em, oneToOne.id)) {
        await this.conversations.update(em, planned, { status: 'CANCELLED' });
        await this.carryOver.carryToOneToOne(em, planned.id);
      }
      await this.oneToOnes.end(em, oneToOne.id);
      return this.read(em, oneToOne.id);
    });
  }

  /**
   * Pauses a one-to-one until a day, changes that day, or ends the pause. Does nothing where that is so already. A trigger extends open
   * action items (policies/60-conversations.sql).
   *
   * @throws NOT_FOUND, BAD_USER_INPUT; CONFLICT where it is not open
   */
  pause(ctx: PersonContext, { id, until = null }: PauseOneToOneInput): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const pair = await this.lockOpen(em, id);
      if (until === pair.pausedUntil) return pair;
      if (until !== null) {
        const end = await this.oneToOnes.findPauseEnd(em, pair, until);
        if (end === 'PAST') throw badInput('input.until', 'must not be in the past.', 'OUT_OF_RANGE');
        if (end === 'FAR') throw badInput('input.until', 'must be within a year.', 'OUT_OF_RANGE');
      }
      await this.oneToOnes.pause(em, id, until);
      const paused = await this.read(em, id);
      await this.recurrence.replanAroundPause(em, paused);
      return paused;
    });
  }

  /** The two people have a one-to-one that has not ended, and both are employed. */
  private async openExisting(
    em: EntityManager,
    ctx: PersonContext,
    other: Counterpart,
    found: OneToOneRow,
    input: StartOneToOneInput,
  ): Promise<StartResult> {
    const isInvitedByViewer = found.state === 'INVITED' && found.startedById === ctx.viewer.personId;
    if (found.state === 'OPEN' || (isInvitedByViewer && other.lineId === null)) {
      return { __typename: 'OneToOneExists', oneToOne: found };
    }
    await this.oneToOnes.open(em, found.id, changeSchedule(input, scheduleOf(found)));
    return { __typename: 'OneToOnePayload', oneToOne: await this.opened(em, found.id) };
  }

  private async lockInvitation(em: EntityManager, ctx: PersonContext, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.lockById(em, id);
    if (!found) throw notFound();
    if (found.state === 'ENDED') throw conflict('This one-to-one has ended.');
    if (found.state === 'OPEN') throw conflict('This invitation has already been accepted.');
    if (found.startedById === ctx.viewer.personId)
      throw notPermitted('Only the invited person can answer an invitation.');
    return found;
  }

  private async lockOpen(em: EntityManager, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.lockById(em, id);
    if (!found) throw notFound();
    assertOpen(found);
    return found;
  }

  /** Plans the first conversation of an open one-to-one with a recurrence. */
  private async opened(em: EntityManager, id: string): Promise<OneToOneRow> {
    const oneToOne = await this.read(em, id);
    if (oneToOne.state === 'OPEN') await this.recurrence.planNext(em, oneToOne, null);
    return oneToOne;
  }

  private async read(em: EntityManager, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.findById(em, id);
    if (!found) throw notFound();
    return found;
  }
}
