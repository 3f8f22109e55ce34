/** The service's releaser with one deliberate mistake each: in its sources, or in what the database answers where the rule is in SQL. */
import type { FindingKind } from '../attack/finding.js';
import type { Outcome } from '../attack/campaign.js';
import type { Mutant } from '../attack/target.js';
import type { Definitions } from '../attack/world.js';
import { type Replacement, TIMED_OUT, runMutant } from '../mutants/run-mutant.js';
import type { DatabaseMistakes } from './world-repository.js';

interface ServiceMutant {
  readonly name: string;
  /** The attack that must find it. */
  readonly expects: FindingKind;
  readonly replacements?: readonly Replacement[];
  readonly mistakes?: DatabaseMistakes;
  readonly definitions?: Partial<Definitions>;
}

/** Of all worlds of a mutant. One that exceeds it is not caught. */
const TIME_LIMIT_MS = 1_200_000;

const MUTANTS: readonly ServiceMutant[] = [
  {
    name: 'threshold only',
    expects: 'RANK',
    replacements: [
      {
        file: 'release/closure.ts',
        text: '!graph.accept(side, slice)',
        by: 'false',
      },
      {
        file: 'release/closure.ts',
        text: '!askedGraph.accept(side, sliceOf(asked![tree]!, group))',
        by: 'false',
      },
    ],
  },
  {
    name: 'trees checked apart',
    expects: 'RANK',
    replacements: [
      {
        file: 'release/participant-graph.ts',
        text: 'return flow === 0 || flow >= this.minimum;',
        by: 'return true;',
      },
      // Cuts of fewer people than the minimum cannot be given enough room, so that the search for it would not end.
      { file: 'release/bounded-values.ts', text: 'while (!bounding.round()) continue;', by: '' },
    ],
  },
  {
    name: 'recomputed after a leaver',
    expects: 'RANK',
    mistakes: { releasedAgain: true },
  },
  {
    name: 'threshold lowered later',
    expects: 'RANK',
    mistakes: { laterMinimum: 3 },
  },
  {
    name: 'exact counts',
    expects: 'PARTICIPATION',
    replacements: [
      {
        file: 'release/release-population.ts',
        text: 'cells.people[group] = bandOf(sizeOf(this.counted[tree]!, group));',
        by: 'cells.people[group] = size;',
      },
      {
        file: 'worker/trend-release-writer.ts',
        text: '(PEOPLE_BANDS[people[group] ?? 0] ?? null)',
        by: 'String(people[group])',
      },
    ],
  },
  {
    name: 'manager counted in their own group',
    expects: 'RANK',
    mistakes: { managersInOwnGroup: true },
  },
  {
    name: 'a figure that one manager moves',
    expects: 'RANK',
    mistakes: { managersByReports: true },
    replacements: [
      {
        file: 'worker/trend-population-reader.ts',
        text: "const isLeader = unit === 'MANAGER';",
        by: 'const isLeader = false;',
      },
    ],
  },
  {
    name: 'APPROXIMATE shown as a bound',
    expects: 'FALSE',
    replacements: [
      {
        file: 'release/figures.ts',
        text: "moved === LOWERED ? 'AT_LEAST' : 'APPROXIMATE'",
        by: "'AT_LEAST'",
      },
    ],
  },
  {
    name: 'values not clipped',
    expects: 'ANSWER',
    replacements: [
      { file: 'release/bounded-values.ts', text: 'while (!bounding.round()) continue;', by: '' },
    ],
  },
  {
    name: 'marked only beyond the limit',
    expects: 'ANSWER',
    replacements: [
      {
        file: 'release/bounded-values.ts',
        text: 'this.unflagged = width + (step ?? 2 * TOLERANCE) - TOLERANCE;',
        by: 'this.unflagged = width - TOLERANCE;',
      },
    ],
  },
  {
    name: 'clipped at one end only',
    expects: 'ANSWER',
    replacements: [
      {
        file: 'release/bounded-values.ts',
        text: 'for (const isForth of [true, false])',
        by: 'for (const isForth of [true])',
      },
    ],
  },
  {
    name: 'bounds rounded to the nearest step',
    expects: 'FALSE',
    replacements: [
      {
        file: 'release/figures.ts',
        text: "bound === 'AT_LEAST' ? roundDown : bound === 'AT_MOST' ? roundUp : Math.round",
        by: 'Math.round',
      },
    ],
  },
  {
    name: 'no argument over time',
    expects: 'STATIC',
    replacements: [
      {
        file: 'release/release-population.ts',
        text: "period.granularity === 'MONTH' ? [] : closure.smallRows",
        by: '[]',
      },
    ],
  },
  {
    name: 'two people over time are enough',
    expects: 'STATIC',
    replacements: [
      { file: 'release/participation-history.ts', text: 'const FEWEST = 3;', by: 'const FEWEST = 1;' },
    ],
  },
  {
    // Months of small groups are shown, and a quarter has other groups than the month that asked.
    name: 'months and quarters checked apart',
    expects: 'RANK',
    mistakes: { groupsOfQuarter: true },
    definitions: { scores: 'BY_QUARTER' },
    replacements: [
      {
        file: 'release/release-population.ts',
        text: 'Math.max(SMALL, period.minimumGroupSize)',
        by: 'period.minimumGroupSize',
      },
      {
        file: 'release/month-labels.ts',
        text: 'for (const month of months) {',
        by: 'for (const month of []) {',
      },
    ],
  },
  {
    name: 'participation of small groups',
    expects: 'COUNT',
    replacements: [
      {
        file: 'release/release-population.ts',
        text: 'return valueStep === width ? Math.ceil((2 * width) / roundedTo - 1e-9) : 0;',
        by: 'return 0;',
      },
    ],
  },
  {
    name: 'exactly the minimum asked',
    expects: 'PARTICIPATION',
    replacements: [
      {
        file: 'release/closure.ts',
        text: 'new ParticipantGraph(population.asked, noLabels(people), minimum + 1)',
        by: 'new ParticipantGraph(population.asked, noLabels(people), minimum)',
      },
    ],
  },
  {
    name: 'closure over respondents only',
    expects: 'PARTICIPATION',
    replacements: [
      {
        file: 'release/closure.ts',
        text: '!askedGraph.accept(side, sliceOf(asked![tree]!, group))',
        by: 'sizeOf(asked![tree]!, group) <= minimum',
      },
    ],
  },
  {
    name: 'closure over managers with a value only',
    expects: 'PARTICIPATION',
    replacements: [
      { file: 'worker/trend-population-reader.ts', text: "if (unit === 'MANAGER')", by: 'if (false)' },
    ],
  },
  {
    name: 'index of values',
    expects: 'FALSE',
    replacements: [
      // Keeps the exact mean of each group beside its figure.
      {
        file: 'release/release-population.ts',
        text: 'cells.value[group] = value;',
        by: '(cells.exact ??= [])[group] = metric.lowest + exact[group] / size; cells.value[group] = value;',
      },
      {
        file: 'release/release-population.ts',
        text: 'this.fill(cells, tree, metric, bounded, moved);',
        by: 'this.fill(cells, tree, metric, bounded, moved, sums);',
      },
      {
        file: 'release/release-population.ts',
        text: 'moved: Uint8Array,\n  ): void {',
        by: 'moved: Uint8Array, values: Float64Array): void { const exact = new Float64Array(this.trees[tree].parents.length);',
      },
      {
        file: 'release/release-population.ts',
        text: 'sums[group]! += bounded[index]!;',
        by: 'sums[group]! += bounded[index]!; exact[group] += values[index];',
      },
      {
        file: 'release/release-population.ts',
        text: 'sums[parents[group]!]! += sums[group]!;',
        by: 'sums[parents[group]!]! += sums[group]!; exact[parents[group]] += exact[group];',
      },
      {
        file: 'release/engagement-index.ts',
        text: 'total + driver.value[group]!',
        by: 'total + driver.exact[group]',
      },
    ],
  },
  {
    name: 'bands of respondents',
    expects: 'PARTICIPATION',
    replacements: [{ file: 'release/release-population.ts', text: 'membersAsked ?? members', by: 'members' }],
  },
  {
    name: 'suppressed figures with a value',
    expects: 'SHAPE',
    replacements: [
      {
        file: 'worker/trend-release-writer.ts',
        text: 'value: isReleased ? (value[group] ?? 0) + 0 : null',
        by: 'value: value[group]',
      },
    ],
  },
  {
    name: 'unanimous groups withheld',
    expects: 'SHAPE',
    replacements: [
      {
        file: 'release/release-population.ts',
        text: 'if (cells.released[group] !== 1) continue;',
        by: 'if (flags[group] !== 0) cells.released[group] = 0; if (cells.released[group] !== 1) continue;',
      },
    ],
  },
];

export function serviceMutants(definitions: Definitions): Mutant[] {
  return MUTANTS.map(({ name, expects, replacements = [], mistakes = {}, definitions: other }) => ({
    name: `the service: ${name}`,
    expects,
    attack: async ({ progress: _, ...campaign }) => {
      const outcome = await runMutant<Outcome>({
        replacements,
        module: new URL('./attack-mutant.ts', import.meta.url),
        call: 'attackMutant',
        argument: {
          mistakes,
          campaign: { ...campaign, definitions: { ...definitions, ...other }, kind: expects },
        },
        timeLimitMs: TIME_LIMIT_MS,
      });
      return outcome === TIMED_OUT ? undefined : outcome;
    },
  }));
}
