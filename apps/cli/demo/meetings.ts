import type { Calendar } from './calendar.js';
import { demoId, orderedId, pick } from './ids.js';
import { PEOPLE } from './people.js';
import { atMost, check, later } from './rows.js';
import { lineBetween } from './rows-people.js';
import type { DemoPair } from './shapes.js';
import { PAIRS } from './talks/index.js';

/** A conversation on the calendar. */
export interface Meeting {
  readonly id: string;
  /** 0 for the planned one, 1 for the last before it, and so on. */
  readonly ago: number;
  readonly status: 'PLANNED' | 'HELD' | 'SKIPPED' | 'CANCELLED';
  readonly scheduledAt: Date;
  readonly seriesAt: Date | null;
  readonly heldAt: Date | null;
  readonly closedAt: Date | null;
  /** When it was scheduled. */
  readonly plannedAt: Date;
}

/** A one-to-one with its meetings, newest first. */
export interface Pair {
  readonly key: string;
  readonly demo: DemoPair;
  readonly recurrence: string | null;
  readonly startsAt: Date | null;
  readonly meetings: readonly Meeting[];
  readonly planned: Meeting | undefined;
  /** The meeting this many meetings ago. @throws if there is none */
  readonly at: (ago: number, said: string) => Meeting;
}

const ORDER = new Map(Object.keys(PAIRS).map((key, index) => [key, index]));

/** The service lists one-to-ones by id, the newest first. */
export function pairId(key: string): string {
  return orderedId('one-to-one', ORDER.get(key) ?? 0, key);
}

/** Computes the day and time of each meeting of a one-to-one. */
export function settle(calendar: Calendar, key: string, demo: DemoPair): Pair {
  const { next, past } = dates(calendar, demo);
  check(past.length === demo.past, `${key}: ${past.length} meetings instead of ${demo.past}.`);
  checkPair(key, demo);
  const meetings = past.map((date, index) => closed(calendar, key, demo, index + 1, date, past[index + 1]));
  const planned = next && plan(calendar, key, demo, next, past[0]);
  const all = planned ? [planned, ...meetings] : meetings;
  const startsAt = demo.recurrence ? (past.at(-1) ?? next ?? null) : null;
  return {
    key,
    demo,
    recurrence: demo.recurrence && startsAt ? ruleOf(demo.recurrence) : null,
    startsAt,
    meetings: all,
    planned,
    at: (ago, said) => {
      const found = all.find((meeting) => meeting.ago === ago);
      if (!found) throw new Error(`${said}: there was no meeting ${ago}.`);
      return found;
    },
  };
}

function dates(
  calendar: Calendar,
  { recurrence, dates: days, past, until }: DemoPair,
): { next?: Date; past: readonly Date[] } {
  if (recurrence) {
    if (until === undefined) return calendar.series(recurrence, past);
    const last = calendar.day(until);
    const all = calendar.series(recurrence, past + Math.ceil(-until / 7) + 2).past;
    return { past: all.filter((date) => calendar.dayIn('UTC', date) <= last).slice(0, past) };
  }
  const { on = [], at = '09:00', zone = 'UTC' } = days ?? {};
  const [next] = on.filter((day) => day > 0);
  return {
    ...(next !== undefined && { next: calendar.hour(next, at, zone) }),
    past: on.filter((day) => day < 0).map((day) => calendar.hour(day, at, zone)),
  };
}

function ruleOf({ weeks, on }: NonNullable<DemoPair['recurrence']>): string {
  return `FREQ=WEEKLY${weeks === 1 ? '' : `;INTERVAL=${weeks}`};BYDAY=${on}`;
}

function plan(
  calendar: Calendar,
  key: string,
  { recurrence }: DemoPair,
  next: Date,
  last: Date | undefined,
): Meeting {
  return {
    id: demoId('conversation', key, 0),
    ago: 0,
    status: 'PLANNED',
    scheduledAt: next,
    seriesAt: recurrence ? next : null,
    heldAt: null,
    closedAt: null,
    plannedAt: atMost(last ? later(last, 40) : later(calendar.now, -24 * 60), calendar),
  };
}

function closed(
  calendar: Calendar,
  key: string,
  demo: DemoPair,
  ago: number,
  date: Date,
  before: Date | undefined,
): Meeting {
  const hours = demo.moved?.[ago] ?? 0;
  const scheduledAt = later(date, hours * 60);
  const common = {
    id: demoId('conversation', key, ago),
    ago,
    scheduledAt,
    seriesAt: demo.recurrence ? date : null,
    plannedAt: later(before ?? date, before ? 40 : -7 * 24 * 60),
  };
  if (demo.skipped?.includes(ago)) {
    return { ...common, status: 'SKIPPED', heldAt: null, closedAt: atMost(later(scheduledAt, 90), calendar) };
  }
  if (demo.cancelled?.includes(ago)) {
    return { ...common, status: 'CANCELLED', heldAt: null, closedAt: later(scheduledAt, -20 * 60) };
  }
  const heldAt = atMost(later(scheduledAt, pick(7, key, ago)), calendar);
  return { ...common, status: 'HELD', heldAt, closedAt: atMost(later(heldAt, demo.minutes ?? 30), calendar) };
}

function checkPair(key: string, demo: DemoPair): void {
  const [one, other] = demo.between;
  const line = lineBetween(one, other);
  check(one !== other, `${key}: with oneself.`);
  check(
    line !== undefined || demo.state !== undefined || demo.past > 0,
    `${key}: neither invited nor begun.`,
  );
  check(
    demo.until === undefined || line?.until !== undefined || demo.state === 'ENDED',
    `${key}: why is it over?`,
  );
  const gone = [one, other].some((who) => (PEOPLE[who].leaves ?? 0) < 0);
  check(!gone || demo.until !== undefined, `${key}: somebody has left.`);
  const begun = Math.max(PEOPLE[one].joined, PEOPLE[other].joined);
  const weeks = demo.recurrence ? demo.recurrence.weeks * demo.past : 0;
  check(-weeks * 7 + (demo.until ?? 0) >= begun, `${key}: they met before both were here.`);
}
