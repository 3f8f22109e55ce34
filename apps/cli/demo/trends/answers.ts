import { questionsOfMonth } from '#engagement';
import type { DemoMonth } from '../calendar.js';
import { pick } from '../ids.js';
import type { PersonKey } from '../people.js';
import { PERSON_KEYS, person, personId } from '../rows.js';
import { meanScore, type DemoDriver } from './story.js';

/** Of a hundred people, how many answer a pulse. */
const ANSWER = 93;

export interface DemoAnswer {
  readonly person: string;
  readonly scores: readonly number[];
}

/** The answers to the pulse of a month, in the order of its questions. */
export function answersOf({ startsOn, quarter }: DemoMonth): readonly DemoAnswer[] {
  const drivers = questionsOfMonth(startsOn).map(({ driver }) => driver);
  return PERSON_KEYS.filter((key) => pick(100, 'answers', key, startsOn) < ANSWER).map((key) => ({
    person: personId(key),
    scores: drivers.map((driver) => scoreOf(key, driver, startsOn, quarter)),
  }));
}

/** A score near the mean of the department: some people are happier than others, and days differ. */
function scoreOf(key: PersonKey, driver: DemoDriver, startsOn: string, quarter: number): number {
  const mean = meanScore(driver, person(key).department, quarter);
  const score = mean + around(0.7, 'temper', key) + around(0.9, 'day', key, driver, startsOn);
  return driver === 'RECOMMEND' ? within(Math.round(score * 2), 0, 10) : within(Math.round(score), 1, 5);
}

/** From -most to most. */
function around(most: number, ...seed: readonly (string | number)[]): number {
  return (pick(2_001, ...seed) / 1_000 - 1) * most;
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
