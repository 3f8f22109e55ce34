import { Temporal } from '@js-temporal/polyfill';
import { derivedId } from '#graphql';
import { nextOccurrence } from '../pairs/recurrence.js';
import type { Suggestion, SuggestionKind, SuggestionSubject } from './preparation.model.js';
import type { Fact, PreparationRow } from './preparation.repository.js';

/** The most suggestions of one kind about one participant. */
const MOST_OF_A_KIND = 5;
/** How many days from a conversation an anniversary may be. */
const ANNIVERSARY_DAYS = 7;
/** From how many rhythms on two people have not met lately. One that was put off by a few days is not worth mentioning. */
const RHYTHMS = 1.5;
/** From how many points on an agenda can be one-sided: the first point is always of one participant. */
const POINTS_OF_AN_AGENDA = 2;
/** How many characters of a text a suggestion quotes. */
const QUOTED = 80;
const DAY_MS = 86_400_000;

/**
 * The order of suggestions: what the viewer owes comes first, then what both wanted to talk about, then what is new with the other
 * participant, then how the two meet, then the viewer's own goals. Within a kind the repository's order stays: the most overdue, the
 * most often carried over and the newest first.
 */
const ORDER: readonly (readonly [SuggestionKind, isOwn?: boolean])[] = [
  ['ACTION_ITEM_LATE', true],
  ['SHARE_FIRST'],
  ['CARRIED_POINT'],
  ['ACTION_ITEM_DUE', true],
  ['ACTION_ITEM_LATE', false],
  ['ACTION_ITEM_DUE', false],
  ['MILESTONE_REACHED', false],
  ['GOAL_UPDATED', false],
  ['NOT_MET_LATELY'],
  ['AGENDA_ONE_SIDED'],
  ['BARRIER_ANSWERED'],
  ['BUSINESS_GOAL_OFF_TRACK', true],
  ['BUSINESS_GOAL_OFF_TRACK', false],
  ['MILESTONE_REACHED', true],
  ['GOAL_UPDATED', true],
  ['ANNIVERSARY'],
  ['BUSINESS_GOAL_UNPLACED', true],
  ['GOAL_QUIET', true],
];

const SUBJECTS: Readonly<Record<SuggestionKind, SuggestionSubject | null>> = {
  CARRIED_POINT: 'TalkingPoint',
  ACTION_ITEM_DUE: 'ActionItem',
  ACTION_ITEM_LATE: 'ActionItem',
  GOAL_UPDATED: 'PersonalGoal',
  GOAL_QUIET: 'PersonalGoal',
  MILESTONE_REACHED: 'PersonalGoal',
  BUSINESS_GOAL_UNPLACED: 'BusinessGoal',
  BUSINESS_GOAL_OFF_TRACK: 'BusinessGoal',
  BARRIER_ANSWERED: 'Barrier',
  SHARE_FIRST: 'Person',
  AGENDA_ONE_SIDED: null,
  NOT_MET_LATELY: null,
  ANNIVERSARY: 'Person',
};

/** @param goalFacts the facts from personal goals, once their reads are registered */
export function suggestionsFrom(
  row: PreparationRow,
  goalFacts: readonly Fact[],
  now: Date = new Date(),
): Suggestion[] {
  const facts = [...row.facts, ...goalFacts, ...factsAboutOneToOne(row, now)];
  return ORDER.flatMap(([kind, isOwn]) =>
    facts
      .filter((fact) => fact.kind === kind && (isOwn === undefined || fact.isOwn === isOwn))
      .slice(0, MOST_OF_A_KIND),
  ).map((fact) => ({
    get id() {
      return derivedId('Suggestion', row.conversationId, fact.kind, fact.id);
    },
    kind: fact.kind,
    text: textOf(fact, row),
    aboutType: SUBJECTS[fact.kind],
    aboutId: SUBJECTS[fact.kind] === null ? null : fact.aboutId,
    days: fact.days,
    count: fact.count,
    on: fact.on,
  }));
}

/** The facts that follow from the one-to-one and its schedule rather than from a list. */
function factsAboutOneToOne(row: PreparationRow, now: Date): Fact[] {
  const facts: Fact[] = [];
  const add = (kind: SuggestionKind, values: Partial<Fact> = {}): void => {
    facts.push({
      kind,
      isOwn: false,
      id: row.counterpartId,
      aboutId: row.counterpartId,
      words: '',
      within: null,
      days: null,
      count: null,
      on: null,
      ...values,
    });
  };
  if (row.hasToShareFirst) add('SHARE_FIRST');
  const { ownPoints, counterpartPoints } = row;
  const all = ownPoints + counterpartPoints;
  if (all >= POINTS_OF_AN_AGENDA && (ownPoints === 0 || counterpartPoints === 0)) {
    add('AGENDA_ONE_SIDED', { isOwn: ownPoints > 0, count: all });
  }
  if (hasNotMetLately(row, now)) add('NOT_MET_LATELY', { days: row.daysSince });
  const anniversary = anniversaryNear(row);
  if (anniversary) add('ANNIVERSARY', anniversary);
  return facts;
}

/** Whether the time since the last meeting is longer than the recurrence plans. Without a recurrence there is nothing to compare with. */
function hasNotMetLately({ since, recurrence, startsAt, timeZone }: PreparationRow, now: Date): boolean {
  if (since === null || recurrence === null || startsAt === null) return false;
  const elapsed = now.getTime() - since.getTime();
  // At most one date a day.
  if (elapsed <= RHYTHMS * DAY_MS) return false;
  const rule = { rule: recurrence, startsAt, timeZone };
  const first = nextOccurrence(rule, since);
  const second = first && nextOccurrence(rule, first);
  return first !== null && second !== null && elapsed > RHYTHMS * (second.getTime() - first.getTime());
}

/** The day near a conversation on which the other participant was hired a whole number of years before. */
function anniversaryNear({
  counterpartHiredOn,
  scheduledAt,
  timeZone,
}: PreparationRow): { count: number; on: string } | undefined {
  if (counterpartHiredOn === null) return undefined;
  const hiredOn = Temporal.PlainDate.from(counterpartHiredOn);
  const day = Temporal.Instant.fromEpochMilliseconds(scheduledAt.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  for (const years of [-1, 0, 1].map((add) => day.year - hiredOn.year + add)) {
    if (years < 1) continue;
    const on = hiredOn.add({ years });
    if (Math.abs(on.until(day, { largestUnit: 'days' }).days) <= ANNIVERSARY_DAYS)
      return { count: years, on: on.toString() };
  }
  return undefined;
}

function textOf(fact: Fact, { counterpartName }: PreparationRow): string {
  const { kind, isOwn, count, days } = fact;
  const words = quoted(fact.words);
  const promise = isOwn ? 'Your promise' : `The promise of ${counterpartName}`;
  switch (kind) {
    case 'ACTION_ITEM_LATE':
      return `${promise} is ${number(days, 'day')} late: ${words}`;
    case 'ACTION_ITEM_DUE':
      return `${promise} is due ${whenDue(days)}: ${words}`;
    case 'CARRIED_POINT':
      return `Carried over ${times(count)}: ${words}`;
    case 'GOAL_UPDATED':
      return `${number(count, 'update')} since you last met: ${words}`;
    case 'MILESTONE_REACHED':
      return `Milestone reached: ${words} (${quoted(fact.within ?? '')})`;
    case 'GOAL_QUIET':
      return `Unchanged for ${number(days, 'day')}: ${words}`;
    case 'BUSINESS_GOAL_UNPLACED':
      return `Part of none of your goals: ${words}`;
    case 'BUSINESS_GOAL_OFF_TRACK':
      return `Off track: ${words}`;
    case 'BARRIER_ANSWERED':
      return `${isOwn ? 'Your barrier' : 'A barrier that you support'} was answered: ${words}`;
    case 'SHARE_FIRST':
      return `${counterpartName} can read none of your goals. Leaders share first.`;
    case 'AGENDA_ONE_SIDED':
      return `All ${String(count)} points are ${isOwn ? 'yours' : `of ${counterpartName}`}`;
    case 'NOT_MET_LATELY':
      return `Last met ${number(days, 'day')} ago`;
    case 'ANNIVERSARY':
      return `${counterpartName}: ${number(count, 'year')} in the organization on ${fact.on ?? ''}`;
  }
}

/** A text on one line, without line breaks and shortened. */
function quoted(text: string): string {
  const characters = Array.from(text.trim().replaceAll(/\s+/g, ' '));
  if (characters.length === 0) return '(no text yet)';
  return characters.length <= QUOTED
    ? characters.join('')
    : `${characters.slice(0, QUOTED).join('').trim()}…`;
}

function number(count: number | null, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

function times(count: number | null): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : number(count, 'time');
}

function whenDue(days: number | null): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${number(days, 'day')}`;
}
