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
  type ApiError,
  type Page,
  type PageArguments,
} from '#graphql';
import { CarryOverRepository } from '../agenda/carry-over.repository.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import type { RescheduleOneToOneInput, StartOneToOneInput } from './one-to-one.inputs.js';
import type { OneToOneExists, OneToOnePayload } from './one-to-one.payloads.js';
import { OneToOneRepository, type Counterpart, type Settlement } from './one-to-one.repository.js';
import { nextOccurrence, rhythmRefused, sameHourElsewhere, withUntilInUtc } from './recurrence.js';
import { RecurrenceService } from './recurrence.service.js';

const DEFAULT_MINUTES = 30;
/** How many people somebody may ask in a day; within a reporting line nobody is asked. */
const INVITATIONS_A_DAY = 20;
const YEAR_MS = 366 * 86_400_000;

type Started = Required<OneToOnePayload> | Required<OneToOneExists>;

/** Starting, inviting, rescheduling and ending one-to-ones (domain.md, "One-to-ones"). */
@Injectable()
export class OneToOneService {
  constructor(
    private readonly database: Database,
    private readonly oneToOnes: OneToOneRepository,
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverRepository,
    private readonly recurrence: RecurrenceService,
    private readonly throttle: Throttle,
  ) {}

  /** The viewer's, newest first. */
  page(ctx: PersonContext, page: PageArguments): Promise<Page<OneToOneRow>> {
    return this.database.read(ctx, (em) => this.oneToOnes.findPageByPerson(em, ctx.viewer.personId, page));
  }

  /**
   * Within an open reporting line either opens it; otherwise the other is asked, by mail. Whoever has been asked by the very
   * same person opens it by starting one, also after they declined: so nothing tells the sender that they had.
   *
   * @throws BAD_USER_INPUT, NOT_FOUND for nobody that the viewer can see; RATE_LIMITED after many invitations
   */
  start(ctx: PersonContext, input: StartOneToOneInput): Promise<Started> {
    return this.database.write(ctx, async (em) => {
      if (input.personId === ctx.viewer.personId) throw badInput('input.personId', 'must be somebody else.');
      const other = await this.oneToOnes.findCounterpart(em, ctx.viewer.personId, input.personId);
      if (!other) throw notFound();
      if (other.gone) throw badInput('input.personId', 'must be somebody who works here.');
      await this.oneToOnes.takeBackDecline(em, other.id);
      const settled = settlement(input, {
        rhythm: null,
        timeZone: usableTimeZone(other.viewerTimeZone),
        durationMinutes: DEFAULT_MINUTES,
      });

      const found = await this.oneToOnes.lockByPair(em, ctx.viewer.personId, other.id);
      if (found) return this.startAgain(em, ctx, other, found, input);
      const state = other.lineId === null ? 'INVITED' : 'OPEN';
      const pair = {
        organizationId: ctx.viewer.organizationId,
        starterId: ctx.viewer.personId,
        otherId: other.id,
        lineId: other.lineId,
      };
      const id = await this.oneToOnes.insert(em, pair, state, settled);
      if (id === undefined) {
        // The other started one at the same moment.
        const theirs = await this.oneToOnes.lockByPair(em, ctx.viewer.personId, other.id);
        if (!theirs) throw conflict('Somebody changed this at the same moment. Try again.');
        return this.startAgain(em, ctx, other, theirs, input);
      }
      if (state === 'INVITED') {
        // The database has queued the mail (policies/90-mail.sql).
        await this.throttle.daily(em, 'one-to-one', [''], INVITATIONS_A_DAY);
      }
      return { __typename: 'OneToOnePayload', oneToOne: await this.opened(em, id) };
    });
  }

  /**
   * The invited person says yes.
   *
   * @throws NOT_FOUND, NOT_PERMITTED for the sender, CONFLICT once answered
   */
  accept(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const invitation = await this.invitation(em, ctx, id);
      await this.oneToOnes.open(em, id, present(invitation));
      return this.opened(em, id);
    });
  }

  /**
   * The invited person says no: for them it is gone; to its sender it stays INVITED, for as long as an unanswered one does.
   *
   * @throws NOT_FOUND, NOT_PERMITTED for the sender, CONFLICT once answered
   */
  decline(ctx: PersonContext, id: string): Promise<void> {
    return this.database.write(ctx, async (em) => {
      const invitation = await this.invitation(em, ctx, id);
      await this.oneToOnes.decline(em, invitation, ctx.viewer.personId);
    });
  }

  /**
   * Another rhythm, zone or duration. In another zone the hour on the wall stays the same, unless a beginning is given. What is
   * there already changes nothing, the version included.
   *
   * @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT where it is not open or not of that version
   */
  reschedule(ctx: PersonContext, input: RescheduleOneToOneInput): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const pair = await this.lockOpen(em, input.id);
      const comparison = compareEdit(pair, input.version, {
        recurrence: input.recurrence,
        startsAt: input.startsAt ? wholeSecond(input.startsAt) : undefined,
        timeZone: input.timeZone ?? undefined,
        durationMinutes: input.durationMinutes ?? undefined,
      });
      if (comparison === 'UNCHANGED') return pair;
      if (comparison === 'OUTDATED') {
        throw conflict(
          'Somebody changed this one-to-one meanwhile. Read it again and look before changing it.',
        );
      }
      const settled = settlement(input, present(pair));
      const { recurrence, startsAt, timeZone } = input;
      if (!(await this.oneToOnes.reschedule(em, pair.id, settled, recurrence != null))) return pair;
      const changed = await this.read(em, pair.id);
      if (recurrence != null || startsAt || timeZone != null) await this.recurrence.follow(em, changed);
      return changed;
    });
  }

  /**
   * Either side ends it; what was planned is cancelled, and what was to be talked about waits at the pair.
   *
   * @throws NOT_FOUND, CONFLICT where it is not open
   */
  end(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const pair = await this.lockOpen(em, id);
      for (const planned of await this.conversations.findPlanned(em, pair.id)) {
        await this.conversations.close(em, planned.id, 'CANCELLED', null);
        await this.carryOver.carry(em, planned.id, null);
      }
      await this.oneToOnes.end(em, pair.id);
      return this.read(em, pair.id);
    });
  }

  /** There is one of these two that was not ended; both work here. */
  private async startAgain(
    em: EntityManager,
    ctx: PersonContext,
    other: Counterpart,
    found: OneToOneRow,
    input: StartOneToOneInput,
  ): Promise<Started> {
    const invitedByViewer = found.state === 'INVITED' && found.startedById === ctx.viewer.personId;
    if (found.state === 'OPEN' || (invitedByViewer && other.lineId === null)) {
      return { __typename: 'OneToOneExists', oneToOne: found };
    }
    await this.oneToOnes.open(em, found.id, settlement(input, present(found)));
    return { __typename: 'OneToOnePayload', oneToOne: await this.opened(em, found.id) };
  }

  private async invitation(em: EntityManager, ctx: PersonContext, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.lockById(em, id);
    if (!found) throw notFound();
    if (found.state === 'ENDED') throw conflict('This one-to-one has ended.');
    if (found.state === 'OPEN') throw conflict('This invitation has been accepted already.');
    if (found.startedById === ctx.viewer.personId)
      throw notPermitted('Only the invited person answers an invitation.');
    return found;
  }

  private async lockOpen(em: EntityManager, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.lockById(em, id);
    if (!found) throw notFound();
    assertOpen(found);
    return found;
  }

  /** The pair as it is, its first conversation planned if it is open and has a rhythm. */
  private async opened(em: EntityManager, id: string): Promise<OneToOneRow> {
    const pair = await this.read(em, id);
    if (pair.state === 'OPEN') await this.recurrence.keepOneAhead(em, pair, null);
    return pair;
  }

  private async read(em: EntityManager, id: string): Promise<OneToOneRow> {
    const found = await this.oneToOnes.findById(em, id);
    if (!found) throw notFound();
    return found;
  }
}

/** @throws CONFLICT unless the two meet */
export function assertOpen({ state }: OneToOneRow): void {
  if (state === 'INVITED') throw conflict('This one-to-one has not been accepted yet.');
  if (state === 'ENDED') throw conflict('This one-to-one has ended.');
}

function present({ recurrence, startsAt, timeZone, durationMinutes }: OneToOneRow): Settlement {
  const rhythm = recurrence === null || startsAt === null ? null : { rule: recurrence, startsAt };
  return { rhythm, timeZone, durationMinutes };
}

/** What is asked for, on top of what was settled before. @throws BAD_USER_INPUT */
function settlement(
  input: Pick<RescheduleOneToOneInput, 'recurrence' | 'startsAt' | 'timeZone' | 'durationMinutes'>,
  before: Settlement,
): Settlement {
  const timeZone = input.timeZone ?? before.timeZone;
  const durationMinutes = input.durationMinutes ?? before.durationMinutes;
  const rule = input.recurrence === undefined ? before.rhythm?.rule : asked(input.recurrence, timeZone);
  if (rule == null) {
    if (input.startsAt)
      throw badInput('input.startsAt', 'is the beginning of a rhythm: give a recurrence too.');
    return { rhythm: null, timeZone, durationMinutes };
  }
  const startsAt = beginning(input.startsAt ?? undefined, before, timeZone);
  const rhythm = { rule, startsAt, timeZone };
  if (input.recurrence != null || input.startsAt || input.timeZone != null) {
    const reason = rhythmRefused(rhythm);
    if (reason !== undefined) throw recurrenceRefused(input, reason);
  }
  if ((input.recurrence != null || input.startsAt) && nextOccurrence(rhythm, new Date()) === null) {
    throw recurrenceRefused(input, 'gives no date in the future.');
  }
  return { rhythm: { rule, startsAt }, timeZone, durationMinutes };
}

/** Names the field that was given: where the recurrence stays as it was, it is the new beginning or zone that does not fit. */
function recurrenceRefused(
  input: Pick<RescheduleOneToOneInput, 'recurrence' | 'startsAt'>,
  reason: string,
): ApiError {
  if (input.recurrence != null) return badInput('input.recurrence', reason);
  const path = input.startsAt ? 'input.startsAt' : 'input.timeZone';
  return badInput(path, `does not fit the recurrence, which ${reason}`);
}

function asked(recurrence: string | null, timeZone: string): string | null {
  return recurrence === null ? null : withUntilInUtc(recurrence, timeZone);
}

function beginning(given: Date | undefined, before: Settlement, timeZone: string): Date {
  if (given === undefined) {
    if (!before.rhythm) throw badInput('input.startsAt', 'is needed with a recurrence.');
    return sameHourElsewhere(before.rhythm.startsAt, before.timeZone, timeZone);
  }
  if (Math.abs(given.getTime() - Date.now()) > YEAR_MS) {
    throw badInput('input.startsAt', 'must be within a year from now.');
  }
  return wholeSecond(given);
}

function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1_000) * 1_000);
}
