import type { DemoRecurrence, Days } from './calendar.js';
import type { PersonKey } from './people.js';

export interface DemoShare {
  readonly with: PersonKey;
  readonly on: Days;
  /** Including the past. */
  readonly past?: true;
  /** Activated by the owner although the manager had not shared first. */
  readonly withoutWaiting?: true;
  readonly expires?: Days;
  readonly withdrawn?: Days;
  /** With the owner’s manager at that time; it ended with that reporting line. */
  readonly formerManager?: true;
  /** The expected state after loading; ACTIVE if left out. */
  readonly comesTo?: 'PENDING' | 'ENDED';
  /** The days on which the other person listed or opened the goal. */
  readonly listed?: readonly Days[];
  readonly opened?: readonly Days[];
}

export interface DemoGoal {
  readonly owner: PersonKey;
  readonly title: string;
  readonly why?: string;
  readonly area?: string;
  readonly horizon?: 'THIS_YEAR' | 'FEW_YEARS' | 'DECADE' | 'LIFE';
  readonly targetOn?: Days;
  readonly status?: 'RESTING' | 'ACHIEVED' | 'SET_ASIDE';
  readonly organizationWide?: true;
  readonly openToProposals?: true;
  readonly measure?: { readonly unit: string; readonly start: number; readonly target: number };
  readonly begun: Days;
  /** Earlier wordings, oldest first, each until the given day. */
  readonly before?: readonly { readonly until: Days; readonly title: string; readonly why?: string }[];
  readonly milestones?: readonly (readonly [title: string, reached?: Days])[];
  readonly updates?: readonly (readonly [on: Days, text: string, value?: number])[];
  readonly shares?: readonly DemoShare[];
}

type Health = 'ON_TRACK' | 'AT_RISK' | 'OFF_TRACK';

export interface DemoBusinessGoal<Key extends string = string> {
  readonly owner: PersonKey;
  /** Whose it was before they left. */
  readonly formerOwner?: PersonKey;
  readonly title: string;
  readonly description?: string;
  readonly parent?: Key;
  readonly state: 'DRAFT' | 'OPEN' | 'ACHIEVED' | 'MISSED' | 'CANCELLED';
  /** The goal of an earlier quarter that it continues. */
  readonly continues?: string;
  readonly progressByHand?: number;
  readonly assignees?: readonly PersonKey[];
  readonly keyResults?: readonly (readonly [
    title: string,
    unit: string,
    start: number,
    current: number,
    target: number,
  ])[];
  readonly checkIns?: readonly (readonly [
    on: Days,
    by: PersonKey,
    health: Health,
    confidence: 1 | 2 | 3 | 4 | 5,
    text?: string,
  ])[];
}

/**
 * The standing one-to-one of two people. Its meetings are counted back from today: 1 is the last one, 2 the one before it, 0
 * the one that is planned.
 */
export interface DemoPair {
  /** The one who started it first. */
  readonly between: readonly [PersonKey, PersonKey];
  readonly recurrence?: DemoRecurrence;
  /** Without a recurrence: the days on which they met or will, the newest first; the hour and zone of the meetings. */
  readonly dates?: { readonly on: readonly Days[]; readonly at: string; readonly zone: string };
  /** How many meetings there have been. */
  readonly past: number;
  readonly minutes?: number;
  readonly state?: 'INVITED' | 'ENDED';
  /** Of an invitation: its day, and whether it was declined. */
  readonly invited?: Days;
  readonly declined?: true;
  /** The last day on which they met by this recurrence: a line closed, somebody left, or they ended it. */
  readonly until?: Days;
  readonly skipped?: readonly number[];
  readonly cancelled?: readonly number[];
  /** Moved away from the hour of the series, by hours. */
  readonly moved?: Readonly<Record<number, number>>;
  /** In which meetings nothing was written, and who marked them so. */
  readonly offTheRecord?: Readonly<Record<number, PersonKey>>;
  readonly points?: readonly DemoPoint[];
  readonly promises?: readonly DemoPromise[];
  readonly notes?: Readonly<Record<number, readonly (readonly [by: PersonKey, text: string])[]>>;
  readonly feedback?: readonly DemoFeedback[];
  readonly privateNotes?: readonly { readonly in: number; readonly by: PersonKey; readonly text: string }[];
}

/** On a meeting that was held: revealed to both where both offered it. */
interface DemoFeedback {
  readonly in: number;
  readonly by: PersonKey;
  readonly better?: string;
  readonly worthIt?: 1 | 2 | 3 | 4 | 5;
  /** Minutes after the meeting; kept if left out. */
  readonly offered?: number;
}

export interface DemoPoint {
  readonly by: PersonKey;
  readonly text: string;
  /** Its earlier words, the first first. */
  readonly before?: readonly string[];
  /** In which meeting it was raised, and in which it was discussed: in between it was carried over each time. */
  readonly raised: number;
  readonly discussed?: number;
  readonly draft?: true;
  /** On every agenda, and discussed at each meeting that was held. */
  readonly standing?: true;
  /** The key of a personal or business goal. */
  readonly about?: { readonly goal: string } | { readonly businessGoal: string };
}

export interface DemoPromise {
  readonly by: PersonKey;
  readonly text: string;
  /** Its earlier words, the first first, and whose they were. */
  readonly before?: readonly (readonly [by: PersonKey, text: string])[];
  /** Who wrote it down, where it was the other. */
  readonly writtenBy?: PersonKey;
  /** In which meeting. */
  readonly made: number;
  /** The day now agreed. */
  readonly due?: Days;
  readonly renegotiated?: number;
  readonly done?: Days;
  readonly dropped?: Days;
}

/** A table of things by their natural keys, which are kept as a type: a reference to one that is not there does not compile. */
export function keyed<Value>() {
  return <Key extends string>(values: Record<Key, Value>): Record<Key, Value> => values;
}
