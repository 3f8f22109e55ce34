import { readFile } from 'node:fs/promises';
import { nextOccurrence, recurrenceProblem } from '../../libs/conversations/pairs/recurrence.js';

/** As test/recurrence/record-answers.py writes them. */
type RecordedAnswer = readonly [rule: string, timeZone: string, start: number, after: number, next: number[]];

/** As many as one answer holds. */
const RECORDED_DATES = 4;

it('plans the dates that python-dateutil gives for 1,500 random rules', async () => {
  const answers = JSON.parse(
    await readFile('test/recurrence/answers.json', 'utf8'),
  ) as readonly RecordedAnswer[];
  const different: object[] = [];
  const refused = new Map<string, number>();
  const compared = new Map<string, number>();
  for (const [rule, timeZone, start, after, next] of answers) {
    const recurrence = { rule, timeZone, startsAt: new Date(start * 1_000) };
    const reason = recurrenceProblem(recurrence);
    if (reason !== undefined) {
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
      continue;
    }
    const found: number[] = [];
    for (
      let date = nextOccurrence(recurrence, new Date(after * 1_000));
      date !== null;
      date = found.length < RECORDED_DATES ? nextOccurrence(recurrence, date) : null
    ) {
      found.push(date.getTime() / 1_000);
    }
    if (JSON.stringify(found) !== JSON.stringify(next))
      different.push({ rule, timeZone, start, after, next, found });
    const frequency = /FREQ=(\w+)/.exec(rule)?.[1] ?? '';
    compared.set(frequency, (compared.get(frequency) ?? 0) + 1);
  }
  expect(different).toEqual([]);
  // What is refused says too little: rules that nobody could follow, not parts of rules.
  expect([...refused.keys()].sort()).toEqual([
    'gives no date within two years of its beginning.',
    'must give a date at least every two years.',
  ]);
  expect(answers).toHaveLength(1_500);
  for (const [frequency, least] of [
    ['DAILY', 230],
    ['WEEKLY', 480],
    ['MONTHLY', 400],
    ['YEARLY', 200],
  ] as const) {
    expect(compared.get(frequency)).toBeGreaterThan(least);
  }
});
