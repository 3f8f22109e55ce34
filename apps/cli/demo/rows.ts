import type { Calendar } from './calendar.js';
import { demoId } from './ids.js';
import { COMPANY, LOCATIONS, PEOPLE, type DemoPerson, type PersonKey } from './people.js';

/** A row as it goes into its table: columns in snake_case. All rows of a table name the same columns. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of some tables, in the order in which they can be inserted. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

export const ORGANIZATION_ID = demoId('organization');

/** Thrown before anything is written if the demo's data is inconsistent. */
export class DemoContradiction extends Error {
  override readonly name = 'DemoContradiction';
}

export function check(holds: boolean, complaint: string): void {
  if (!holds) throw new DemoContradiction(complaint);
}

export const PERSON_KEYS = Object.keys(PEOPLE) as readonly PersonKey[];

export function person(key: PersonKey): DemoPerson {
  return PEOPLE[key];
}

export function personId(key: PersonKey): string {
  return demoId('person', key);
}

export function addressOf(key: PersonKey): string {
  return `${key}@${COMPANY.domain}`;
}

export function zoneOf(key: PersonKey): string {
  const { timeZone, location } = person(key);
  return timeZone ?? LOCATIONS[location].timeZone;
}

/** Limits a time to now, because recorded events are in the past. */
export function atMost(moment: Date, { now }: Calendar): Date {
  return moment > now ? now : moment;
}

/** Some minutes later. */
export function later(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * 60_000);
}
