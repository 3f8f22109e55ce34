/** What the attacker learns of the releaser's method from a separate organization, as somebody who installs the service can. */
import { type Releaser } from './published-rows.js';
import { ORGANIZATION } from './trees.js';
import type { Method } from './value-attack.js';
import { FEW_DRIVERS, type Membership, REFERENCE_DEFINITIONS, type World } from './world.js';

const PEOPLE = 12;
/** Who answer the second question, in another band than all. */
const RESPONDENTS = 8;
/** The highest possible sum but one whole range of an answer: exactly where sums are clipped. */
const SUM_AT_LIMIT = PEOPLE * 5 - 4;

/**
 * One group, in which everybody answers one question so that the sum is exactly the limit: is the figure marked as clipped? Eight of
 * twelve answer another: which band is shown?
 */
export async function calibrate(release: Releaser): Promise<Method> {
  const rows = await release(worldAtLimit(), ['2024-Q1']);
  const figureOf = (asked: string) =>
    rows.find(
      ({ group_key, driver, status }) =>
        group_key === ORGANIZATION && driver === asked && status === 'RELEASED',
    );
  const row = figureOf('GROWTH');
  const voice = figureOf('VOICE');
  return {
    marksAtLimit: row === undefined ? undefined : row.bound === 'AT_LEAST',
    bandOf: voice?.people_band === 'FROM_10_TO_19' ? 'ASKED' : 'RESPONDENTS',
  };
}

function worldAtLimit(): World {
  const months = ['2024-01', '2024-02', '2024-03'];
  const people = Array.from({ length: PEOPLE }, (_, index) => `p${index + 1}`);
  const everybody: Membership = { DEPARTMENT: 'd1', MANAGER: 'm1', LOCATION: 'l1' };
  const groups = (['DEPARTMENT', 'MANAGER', 'LOCATION'] as const).map((tree) => ({
    tree,
    key: everybody[tree],
    parentKey: ORGANIZATION,
    labels: [{ from: months[0]!, label: everybody[tree] }],
  }));
  const answers = new Map(people.map((id, index) => [id, index < PEOPLE * 5 - SUM_AT_LIMIT ? 4 : 5]));
  return {
    seed: 0,
    definitions: REFERENCE_DEFINITIONS,
    minimum: 5,
    drivers: FEW_DRIVERS,
    months,
    groups,
    memberships: new Map(
      [...months, '2024-Q1'].map((period) => [period, new Map(people.map((id) => [id, everybody]))]),
    ),
    answers: new Map([
      ['GROWTH', new Map([['2024-Q1', answers]])],
      ['VOICE', new Map([['2024-Q1', new Map([...answers].slice(0, RESPONDENTS))]])],
      ['RECOMMEND', new Map([['2024-Q1', answers]])],
    ]),
    leaders: new Map(),
    promisesKept: new Map(),
    conversationWorth: new Map(),
    departures: [],
  };
}
