import fc from 'fast-check';
import {
  BOUNDS,
  type GroupTree,
  type MetricInput,
  type PeriodInput,
  type Population,
  type PopulationRelease,
  type TreeName,
} from '../../../libs/engagement/trends/release/types.js';
import type { PublishedRow } from './brute-force.js';

/** An organization of 12 to 26 people in three trees, one population, and a metric. */
export interface SmallWorld {
  readonly period: PeriodInput;
  readonly population: Population;
}

export const NO_LISTS = { offsets: new Int32Array([0]), items: new Int32Array(0) };

const SCALES: readonly Omit<MetricInput, 'values'>[] = [
  {
    metric: 'PULSE_SCORE',
    driver: 'VOICE',
    lowest: 1,
    highest: 5,
    valueStep: 1,
    roundedTo: 0.1,
    cutFromBounds: 0,
  },
  {
    metric: 'ENPS',
    driver: null,
    lowest: -100,
    highest: 100,
    valueStep: 100,
    roundedTo: 5,
    cutFromBounds: 0,
  },
  {
    metric: 'PULSE_PARTICIPATION',
    driver: null,
    lowest: 0,
    highest: 1,
    valueStep: 1,
    roundedTo: 0.1,
    cutFromBounds: 0.1,
  },
];

export function possibleValues({ lowest, highest, valueStep }: MetricInput): number[] {
  const step = valueStep ?? (highest - lowest) / 4;
  return Array.from(
    { length: Math.round((highest - lowest) / step) + 1 },
    (_, index) => lowest + index * step,
  );
}

function tree(name: TreeName, people: number, most: number): fc.Arbitrary<GroupTree> {
  return fc.integer({ min: 1, max: most }).chain((groups) =>
    fc
      .record({
        parents: fc.tuple(
          ...Array.from({ length: groups - 1 }, (_, index) => fc.integer({ min: 0, max: index })),
        ),
        groupOfPerson: fc.array(fc.integer({ min: 0, max: groups - 1 }), {
          minLength: people,
          maxLength: people,
        }),
      })
      .map(({ parents, groupOfPerson }) => ({
        tree: name,
        keys: Array.from({ length: groups }, (_, index) => `${name[0]!}${index}`),
        parents: Int32Array.from([-1, ...parents]),
        groupOfPerson: Int32Array.from(groupOfPerson),
      })),
  );
}

/** Most follow the team that they are in, so that groups of the trees overlap as they do in organizations. */
function aligned(manager: GroupTree, other: GroupTree, follow: readonly boolean[]): GroupTree {
  const groupOfPerson = other.groupOfPerson.map((group, person) =>
    follow[person]! ? manager.groupOfPerson[person]! % other.keys.length : group,
  );
  return { ...other, groupOfPerson };
}

/** Answers of a group that largely agrees: the worst case of what figures give away. */
function values(scale: Omit<MetricInput, 'values'>, people: number): fc.Arbitrary<Float64Array> {
  const possible = possibleValues({ ...scale, values: new Float64Array() });
  return fc
    .record({
      common: fc.constantFrom(possible[0]!, possible.at(-1)!, possible[Math.floor(possible.length / 2)]!),
      own: fc.array(fc.constantFrom(...possible), { minLength: people, maxLength: people }),
      agrees: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: people, maxLength: people }),
      agreement: fc.integer({ min: 0, max: 10 }),
    })
    .map(({ common, own, agrees, agreement }) =>
      Float64Array.from(own, (value, person) => (agrees[person]! < agreement ? common : value)),
    );
}

export function smallWorld(): fc.Arbitrary<SmallWorld> {
  return fc.integer({ min: 12, max: 26 }).chain((people) =>
    fc
      .record({
        manager: tree('MANAGER', people, 6),
        department: tree('DEPARTMENT', people, 5),
        location: tree('LOCATION', people, 3),
        follow: fc.array(
          fc.integer({ min: 0, max: 9 }).map((draw) => draw < 6),
          { minLength: people, maxLength: people },
        ),
        minimumGroupSize: fc.constantFrom(5, 5, 5, 6),
        answered: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: people, maxLength: people }),
        answering: fc.integer({ min: 6, max: 10 }),
        metrics: fc.tuple(
          ...SCALES.map((scale) => values(scale, people).map((values) => ({ ...scale, values }))),
        ),
      })
      .map(({ manager, department, location, follow, minimumGroupSize, answered, answering, metrics }) => {
        const respondents = Int32Array.from(answered.keys()).filter(
          (person) => answered[person]! < answering,
        );
        return {
          period: {
            granularity: 'QUARTER',
            key: '2026-Q2',
            minimumGroupSize,
            people,
            trees: [
              aligned(manager, department, follow),
              manager,
              aligned(manager, location, follow.toReversed()),
            ],
          },
          population: {
            key: 'test',
            unit: 'RESPONDENT',
            people: respondents,
            history: NO_LISTS,
            months: [],
            organizationOnly: false,
            metrics: metrics.map((metric) => ({
              ...metric,
              values: Float64Array.from(respondents, (person) => metric.values[person]!),
            })),
          },
        } satisfies SmallWorld;
      }),
  );
}

/** The respondents in a group or below it. */
export function respondentsIn(
  { parents, groupOfPerson }: GroupTree,
  group: number,
  people: Int32Array,
): number[] {
  return [...people].filter((person) => {
    for (let at = groupOfPerson[person]!; at >= 0; at = parents[at]!) if (at === group) return true;
    return false;
  });
}

export interface ReleasedRow extends PublishedRow {
  readonly name: string;
  readonly value: number;
  readonly bound: string;
}

/** What is released of a metric, as a reader of the API understands it. */
export function releasedRows(
  { period, population }: SmallWorld,
  release: PopulationRelease,
  index: number,
): ReleasedRow[] {
  const { trees, roundedTo } = release.metrics[index]!;
  return trees.flatMap(({ tree, released, value, bound }) => {
    const groups = period.trees.find((other) => other.tree === tree)!;
    return groups.keys.flatMap((key, group) => {
      if (released[group] !== 1) return [];
      const people = respondentsIn(groups, group, population.people);
      const shown = value[group]!;
      const name = BOUNDS[bound[group]!]!;
      const sum = (mean: number): number => mean * people.length;
      const half = roundedTo / 2;
      return {
        name: key,
        people,
        value: shown,
        bound: name,
        least: name === 'ROUNDED' ? sum(shown - half) : name === 'AT_LEAST' ? sum(shown) : -Infinity,
        most: name === 'ROUNDED' ? sum(shown + half) : name === 'AT_MOST' ? sum(shown) : Infinity,
      };
    });
  });
}
