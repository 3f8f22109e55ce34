import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import type { Lists, TreeReport } from '../../../libs/engagement/trends/release/types.js';
import { rounds } from '../../setup/prove.js';
import { answers, LARGE, makeTrees, MIDDLE, quarter, randomNumbers } from './large-organization.js';
import { concatenated } from './over-time.js';
import { NO_LISTS } from './small-world.js';

/** As many as there are metrics and drivers. */
const METRICS = 16;
const SHAPE = { ...LARGE, people: rounds(20_000, LARGE.people) };
const FEW = {
  key: 'VOICE',
  unit: 'RESPONDENT',
  history: NO_LISTS,
  months: [],
  organizationOnly: false,
} as const;

/** What JavaScript objects and typed arrays take at this moment, in MiB, including what is not yet collected. */
function usedMemory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return Math.round((heapUsed + arrayBuffers) / 2 ** 20);
}

describe('the release of a large organization', () => {
  it(`takes seconds for ${SHAPE.people} people and ${METRICS} metrics, each with different respondents`, () => {
    const random = randomNumbers(1);
    const trees = makeTrees(SHAPE, random);
    const period = quarter(trees, SHAPE.people);
    const before = process.cpuUsage();
    // Not the peak of the process, which other test files have run in before.
    const memoryBefore = usedMemory();
    let memory = 0;
    let steps = 0;
    let report: readonly TreeReport[] = [];
    for (let metric = 0; metric < METRICS; metric++) {
      const population = { ...FEW, ...answers(trees[1]!, random) };
      ({ report } = releasePopulation(period, population, () => {
        steps += 1;
        memory = Math.max(memory, usedMemory() - memoryBefore);
      }));
    }
    const { user, system } = process.cpuUsage(before);
    const groups = trees.reduce((count, { keys }) => count + keys.length, 0);
    say(
      `${SHAPE.people} people, ${groups} groups, ${METRICS} metrics: ${((user + system) / 1e6).toFixed(1)} s of processor time, ` +
        `${memory} MiB at most`,
      report,
    );
    expect(steps).toBe(METRICS * 3);
    expect((user + system) / 1e6).toBeLessThan(180);
    expect(memory).toBeLessThan(1_536);
  });
});

describe('an organization of 500 people', () => {
  const ORGANIZATIONS = rounds(10, 100);

  it('has three of four departments and teams released that are large enough', () => {
    const shares = (withLocations: boolean): TreeReport[] =>
      sumOf(
        seeds(ORGANIZATIONS).map((seed) => {
          const random = randomNumbers(seed);
          const trees = makeTrees(MIDDLE, random);
          const population = { ...FEW, ...answers(trees[1]!, random) };
          const asked = withLocations ? trees : trees.filter(({ tree }) => tree !== 'LOCATION');
          return releasePopulation(quarter(asked, MIDDLE.people), population).report;
        }),
      );
    const two = shares(false);
    say('one quarter, departments and teams', two);
    const total = (of: (report: TreeReport) => number): number =>
      two.reduce((sum, report) => sum + of(report), 0);
    expect(total(({ released }) => released) / total(({ eligible }) => eligible)).toBeGreaterThan(0.75);
    say('one quarter, all trees', shares(true));
  });

  it('has fewer released from quarter to quarter, as the same people answer again', () => {
    const quarters: TreeReport[][][] = [[], [], []];
    for (const seed of seeds(ORGANIZATIONS)) {
      const random = randomNumbers(seed);
      const trees = makeTrees(MIDDLE, random);
      let history: Lists = NO_LISTS;
      for (const quarterly of quarters) {
        const population = { ...FEW, ...answers(trees[1]!, random), history };
        const release = releasePopulation(quarter(trees, MIDDLE.people), population);
        quarterly.push([...release.report]);
        history = concatenated(history, release.history);
      }
    }
    quarters.forEach((reports, index) => {
      say(`quarter ${index + 1} of 3, all trees`, sumOf(reports));
    });
    const released = quarters.map((reports) =>
      sumOf(reports).reduce((sum, report) => sum + report.released, 0),
    );
    expect(released[0]).toBeGreaterThan(released[1]!);
    expect(released[2]).toBeGreaterThan(0);
  });
});

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function sumOf(reports: readonly (readonly TreeReport[])[]): TreeReport[] {
  return reports[0]!.map((first, tree) => {
    const sum = (of: (report: TreeReport) => number): number =>
      reports.reduce((total, report) => total + of(report[tree]!), 0);
    return { ...first, eligible: sum(({ eligible }) => eligible), released: sum(({ released }) => released) };
  });
}

function say(what: string, report: readonly TreeReport[]): void {
  const shares = report.map(
    ({ tree, eligible, released }) =>
      `${tree} ${released} of ${eligible} (${Math.round((100 * released) / eligible)} %)`,
  );
  process.stdout.write(`${what}: ${shares.join(', ')}\n`);
}
