import type { Calendar, Days, DemoMonth, DemoRecurrence } from '../calendar.js';
import { pick } from '../ids.js';
import { COMPANY, LOCATIONS, REPORTS, TEAM_LEADS, type PersonKey } from '../people.js';
import { person } from '../rows.js';
import { lineBetween } from '../rows-people.js';
import type { DemoPair } from '../shapes.js';
import { habitsOf, LAUNCH_QUARTER } from '../trends/story.js';

const WEEKS = 4;
/** A little more than a year. */
const MOST_MEETINGS = 14;

const POINTS = [
  'The jig for the rear triangle is worn. We shim it every morning.',
  'Who decides when both lines want the same lift?',
  'Two of us want to learn the new fixture. Who teaches us?',
  'I would like to swap the late week in turns, not by whoever asks first.',
  'The parts list changed again without anybody telling us.',
  'What do customers say about the last batch?',
  'I would like to go to the training in the autumn.',
  'We tidy for an hour on Fridays. It helps. Can it stay?',
] as const;

const LAUNCH_POINTS = [
  'Fourth Saturday in a row.',
  'We skip the second check when the board is red. I do not want that.',
  'Nobody can say when the Fours stop coming on top.',
] as const;

const PROMISES = [
  'Ask for the second lift.',
  'Put the rota up a month ahead.',
  'Clear the training days with planning.',
  'Get the fixture repaired.',
  'Bring back what the shops say.',
] as const;

/** The one-to-ones of the teams, which meet every four weeks by the habits of their department in each quarter (trends/story.ts). */
export function teamTalks(calendar: Calendar): Readonly<Record<string, DemoPair>> {
  const months = calendar.months(COMPANY.timeZone);
  const pairs = TEAM_LEADS.flatMap((lead) => [
    ...(REPORTS[lead] ?? []).map((report) => [lead, report] as const),
    ...managersOf(lead).map((manager) => [manager, lead] as const),
  ]);
  return Object.fromEntries(
    pairs.map((pair): [string, DemoPair] => [pair.join('-'), talk(calendar, months, pair)]),
  );
}

function managersOf(lead: PersonKey): PersonKey[] {
  return (Object.keys(REPORTS) as PersonKey[]).filter((manager) => REPORTS[manager]?.includes(lead));
}

function talk(
  calendar: Calendar,
  months: readonly DemoMonth[],
  [manager, report]: readonly [PersonKey, PersonKey],
): DemoPair {
  const key = `${manager}-${report}`;
  const recurrence = recurrenceOf(key, report);
  const begun = lineBetween(manager, report)?.from ?? 0;
  const past = Math.min(MOST_MEETINGS, Math.floor(-begun / (7 * WEEKS)) - 1);
  const days = calendar.series(recurrence, past).past.map((date) => calendar.offset(date));
  const happened = days.map((day, index) => ({ ago: index + 1, day, quarter: quarterOf(months, day) }));
  const { department } = person(report);
  const isSkipped = (quarter: number): boolean =>
    pick(100, 'met', key, quarter) >= habitsOf(department, quarter).met;
  const held = happened.filter(({ quarter }) => !isSkipped(quarter));
  // The first of each quarter: something was brought, something was promised, and both said whether it was worth it.
  const firsts = held.filter(
    ({ quarter, ago, day }) =>
      day < 0 && quarter >= 0 && !held.some((other) => other.quarter === quarter && other.ago > ago),
  );
  return {
    between: [manager, report],
    recurrence,
    past,
    skipped: happened.filter(({ quarter }) => isSkipped(quarter)).map(({ ago }) => ago),
    points: firsts.map(({ ago, quarter }) => {
      const fromReport = pick(100, 'agenda', key, quarter) < habitsOf(department, quarter).agendaFromReport;
      const texts = quarter === LAUNCH_QUARTER && department === 'production' ? LAUNCH_POINTS : POINTS;
      return {
        by: fromReport ? report : manager,
        text: texts[pick(texts.length, 'point', key, quarter)] ?? '',
        raised: ago,
        discussed: ago,
      };
    }),
    promises: firsts
      .filter(({ day, quarter }) => day < -28 && pick(100, 'promise', key, quarter) < 70)
      .map(({ ago, day, quarter }) => {
        const isKept = pick(100, 'kept', key, quarter) < habitsOf(department, quarter).promiseKept;
        return {
          by: manager,
          text: PROMISES[pick(PROMISES.length, 'promised', key, quarter)] ?? '',
          made: ago,
          due: day + 14,
          done: day + (isKept ? 9 : 23),
        };
      }),
    feedback: firsts
      .filter(({ day, quarter }) => day < -2 && pick(100, 'feedback', key, quarter) < 60)
      .flatMap(({ ago, quarter }) => [
        { in: ago, by: report, worthIt: worth(key, 'report', department, quarter), offered: 50 },
        { in: ago, by: manager, worthIt: worth(key, 'manager', department, quarter), offered: 70 },
      ]),
  };
}

function recurrenceOf(key: string, report: PersonKey): DemoRecurrence {
  return {
    weeks: WEEKS,
    on: (['MO', 'TU', 'WE', 'TH', 'FR'] as const)[pick(5, 'weekday', key)] ?? 'MO',
    at: (['09:00', '10:30', '13:30', '15:00'] as const)[pick(4, 'hour', key)] ?? '09:00',
    zone: LOCATIONS[person(report).location].timeZone,
  };
}

/** -1 before the first quarter with trends; after its months, that of the last. */
function quarterOf(months: readonly DemoMonth[], day: Days): number {
  if (day < (months[0]?.from ?? 0)) return -1;
  return (months.find(({ to }) => day <= to) ?? months.at(-1))?.quarter ?? -1;
}

function worth(
  key: string,
  who: string,
  department: Parameters<typeof habitsOf>[0],
  quarter: number,
): 1 | 2 | 3 | 4 | 5 {
  const near = habitsOf(department, quarter).worth + pick(3, 'worth', key, who, quarter) - 1;
  return ([1, 2, 3, 4, 5] as const)[near - 1] ?? 5;
}
