import { badInput, conflict, type ApiError } from '#graphql';
import type { OneToOneRow } from './one-to-one.entity.js';
import type { RescheduleOneToOneInput } from './one-to-one.inputs.js';
import {
  nextOccurrence,
  recurrenceProblem,
  sameHourElsewhere,
  withUntilInUtc,
  type Recurrence,
} from './recurrence.js';

/** When and for how long two people meet. */
export interface Schedule {
  /** Null without a recurrence. */
  readonly recurrence: Pick<Recurrence, 'rule' | 'startsAt'> | null;
  readonly timeZone: string;
  readonly durationMinutes: number;
}

type ScheduleInput = Pick<
  RescheduleOneToOneInput,
  'recurrence' | 'startsAt' | 'timeZone' | 'durationMinutes'
>;

const YEAR_MS = 366 * 86_400_000;

/** @throws CONFLICT unless the one-to-one is open */
export function assertOpen({ state }: Pick<OneToOneRow, 'state'>): void {
  if (state === 'INVITED') throw conflict('This one-to-one has not been accepted yet.');
  if (state === 'ENDED') throw conflict('This one-to-one has ended.');
}

export function scheduleOf({ recurrence, startsAt, timeZone, durationMinutes }: OneToOneRow): Schedule {
  return {
    recurrence: recurrence === null || startsAt === null ? null : { rule: recurrence, startsAt },
    timeZone,
    durationMinutes,
  };
}

/** The schedule with the changes of an input. @throws BAD_USER_INPUT */
export function changeSchedule(input: ScheduleInput, before: Schedule): Schedule {
  const timeZone = input.timeZone ?? before.timeZone;
  const durationMinutes = input.durationMinutes ?? before.durationMinutes;
  const rule =
    input.recurrence == null
      ? input.recurrence === null
        ? null
        : before.recurrence?.rule
      : withUntilInUtc(input.recurrence, timeZone);
  if (rule == null) {
    if (input.startsAt) throw badInput('input.startsAt', 'requires a recurrence.');
    return { recurrence: null, timeZone, durationMinutes };
  }
  const startsAt = startOf(input.startsAt, before, timeZone);
  const recurrence = { rule, startsAt, timeZone };
  const isNew = input.recurrence != null || input.startsAt !== undefined;
  if (isNew || input.timeZone !== undefined) {
    const problem = recurrenceProblem(recurrence);
    if (problem !== undefined) throw refuseRecurrence(input, problem);
  }
  if (isNew && nextOccurrence(recurrence, new Date()) === null) {
    throw refuseRecurrence(input, 'gives no date in the future.');
  }
  return { recurrence: { rule, startsAt }, timeZone, durationMinutes };
}

/** Cuts off milliseconds, which a recurrence does not have. */
export function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1_000) * 1_000);
}

/** Names the input field that was given: without a new rule, it is the new start or time zone that does not fit. */
function refuseRecurrence(input: ScheduleInput, problem: string): ApiError {
  if (input.recurrence != null) return badInput('input.recurrence', problem);
  const path = input.startsAt ? 'input.startsAt' : 'input.timeZone';
  return badInput(path, `does not fit the recurrence, which ${problem}`);
}

function startOf(given: Date | undefined, before: Schedule, timeZone: string): Date {
  if (given === undefined) {
    if (!before.recurrence) throw badInput('input.startsAt', 'is required with a recurrence.', 'REQUIRED');
    return sameHourElsewhere(before.recurrence.startsAt, before.timeZone, timeZone);
  }
  if (Math.abs(given.getTime() - Date.now()) > YEAR_MS) {
    throw badInput('input.startsAt', 'must be within a year from now.', 'OUT_OF_RANGE');
  }
  return wholeSecond(given);
}
