import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import type { PopulationRelease } from '../../../libs/engagement/trends/release/types.js';
import { answers, makeTrees, MIDDLE, quarter, randomNumbers } from './large-organization.js';
import { NO_LISTS, respondentsIn } from './small-world.js';

const random = randomNumbers(1);
const trees = makeTrees(MIDDLE, random);
const period = quarter(trees, MIDDLE.people);
const population = {
  key: 'VOICE',
  unit: 'RESPONDENT',
  ...answers(trees[1]!, random),
  history: NO_LISTS,
  months: [],
  organizationOnly: false,
} as const;
const month = releasePopulation({ ...period, granularity: 'MONTH', key: '2026-04' }, population);

interface Cell {
  readonly name: string;
  readonly people: number[];
  readonly figure: string;
}

function cellsOf({ metrics }: PopulationRelease): Cell[] {
  return metrics[0]!.trees.flatMap(({ tree, released, value, bound }) => {
    const groups = trees.find((other) => other.tree === tree)!;
    return groups.keys.flatMap((name, group) =>
      released[group] === 1
        ? [
            {
              name,
              people: respondentsIn(groups, group, population.people),
              figure: `${value[group]} ${bound[group]}`,
            },
          ]
        : [],
    );
  });
}

describe('the release of a month', () => {
  it('has groups of 50 people and more, and no rows for the participation history', () => {
    const sizes = cellsOf(month).map(({ people }) => people.length);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(50);
    expect(month.history.groups).toHaveLength(0);
  });

  it('shows what the quarter shows of the same people', () => {
    const released = cellsOf(month);
    const offsets = Int32Array.from([
      0,
      ...released.map((_, row) => released.slice(0, row + 1).flatMap(({ people }) => people).length),
    ]);
    const names = released.map(({ name }) => name.split('-')[0] as 'MANAGER');
    const months = [
      {
        month: '2026-04',
        trees: names,
        rows: { offsets, items: Int32Array.from(released.flatMap(({ people }) => people)) },
      },
    ];
    const quarterly = cellsOf(releasePopulation(period, { ...population, months }));
    expect(quarterly).toEqual(expect.arrayContaining(released));
    expect(quarterly.length).toBeGreaterThan(released.length);
  });

  it('releases nothing of an organization with fewer than 50 people who answered', () => {
    const few = population.people.subarray(0, 49);
    const metrics = population.metrics.map((metric) => ({
      ...metric,
      values: metric.values.subarray(0, 49),
    }));
    expect(
      cellsOf(
        releasePopulation({ ...period, granularity: 'MONTH' }, { ...population, people: few, metrics }),
      ),
    ).toEqual([]);
  });
});

describe('the release of a quarter', () => {
  it('has no figures at all if two people answered in one of two released months only', () => {
    const both = population.people;
    const months = [both, both.subarray(2)].map((people, index) => ({
      month: `2026-0${index + 4}`,
      trees: ['MANAGER' as const],
      rows: { offsets: Int32Array.of(0, people.length), items: people },
    }));
    const release = releasePopulation(period, { ...population, months });
    expect(cellsOf(release)).toEqual([]);
    expect(release.report.every(({ suppressed }) => suppressed.MONTHS_OF_QUARTER > 0)).toBe(true);
  });

  it('has no figures below the organization for a population that belongs to the organization only', () => {
    const cells = cellsOf(releasePopulation(period, { ...population, organizationOnly: true }));
    expect(new Set(cells.map(({ people }) => people.length))).toEqual(new Set([population.people.length]));
  });

  it('has no figures with fewer people than the minimum', () => {
    const few = population.people.subarray(0, 4);
    const metrics = population.metrics.map((metric) => ({ ...metric, values: metric.values.subarray(0, 4) }));
    expect(cellsOf(releasePopulation(period, { ...population, people: few, metrics }))).toEqual([]);
  });

  it('refuses steps that are finer than one of 50 people can move a figure', () => {
    const metrics = population.metrics.map((metric) => ({ ...metric, roundedTo: 0.05 }));
    expect(() => releasePopulation(period, { ...population, metrics })).toThrow('finer than a 50th');
  });
});
