/**
 * Releasers that are not ours, to try the attacker on: one that publishes figures of the organization alone, one that publishes one tree
 * by Rule T, and one for each mistake that is known from products and from the literature on disclosure control.
 */
import { type Metric, membersOf, metricsOf, unitsOf } from './metrics.js';
import type { FindingKind } from './finding.js';
import { type PublishedRow, type Releaser, cellOf } from './published-rows.js';
import { ORGANIZATION, TREES } from './trees.js';
import { type Figure, type FigureOptions, figuresOf } from './reference-figures.js';
import {
  type GroupRef,
  type Selection,
  closure,
  organizationOnly,
  thresholdOnly,
  treesApart,
} from './reference-selection.js';
import { type World, isQuarter, lastMonthOf, monthsOf, quarterOf, quartersOf } from './world.js';

interface Choices extends FigureOptions {
  select: Selection;
  /** Below this many members a participation is not published. */
  participationFrom: number;
  months: boolean;
}

const ORGANIZATION_ONLY: Choices = {
  select: organizationOnly,
  clipped: true,
  marksAtLimit: true,
  exactCounts: false,
  onBothSides: 'APPROXIMATE',
  units: unitsOf,
  partsOverTrees: false,
  participationFrom: 50,
  months: false,
};

function releaser(changes: Partial<Choices> = {}): Releaser {
  const choices = { ...ORGANIZATION_ONLY, ...changes };
  return (world, quarters) => {
    const histories = new Map<string, string[][]>();
    return quarters.flatMap((quarter) =>
      (choices.months ? [...monthsOf(quarter), quarter] : [quarter]).flatMap((period) =>
        metricsOf(world)
          .filter((metric) => isQuarter(period) || !metric.quarterlyOnly)
          .flatMap((metric) => {
            const key = `${metric.metric} ${metric.driver ?? ''} ${isQuarter(period) ? 'Q' : 'M'}`;
            const history = histories.get(key) ?? [];
            const selected = choices
              .select(world, period, metric, history)
              .filter(
                (ref) =>
                  metric.metric !== 'PULSE_PARTICIPATION' ||
                  membersOf(world, period, ref.tree, ref.key).length >= choices.participationFrom,
              );
            const sets = selected.map((ref) => unitsOf(world, period, metric, ref.tree, ref.key));
            histories.set(key, [...history, ...sets]);
            return rowsOf(
              world,
              period,
              quarter,
              metric,
              selected,
              figuresOf(world, period, metric, selected, choices),
            );
          }),
      ),
    );
  };
}

/** One row for each declared group, in the order of their declaration; the organization's is the same in every tree. */
function rowsOf(
  world: World,
  period: string,
  quarter: string,
  metric: Metric,
  selected: readonly GroupRef[],
  figures: readonly Figure[],
): PublishedRow[] {
  return TREES.flatMap((tree) => {
    const groups = world.groups.filter((group) => group.tree === tree);
    const root = {
      key: ORGANIZATION,
      parentKey: null,
      labels: [{ from: world.months[0]!, label: 'Organization' }],
    };
    return [root, ...groups].map(({ key, parentKey, labels }): PublishedRow => {
      const index = selected.findIndex(
        (ref) => ref.key === key && (ref.tree === tree || key === ORGANIZATION),
      );
      const figure = figures[index];
      return {
        period,
        tree,
        group_key: key,
        label: labels.findLast(({ from }) => from <= lastMonthOf(period))?.label ?? key,
        parent_key: parentKey,
        metric: metric.metric,
        driver: metric.driver,
        status: figure === undefined ? 'SUPPRESSED' : 'RELEASED',
        value: figure?.value ?? null,
        bound: figure?.bound ?? null,
        rounded_to: metric.step,
        people_band: figure?.people_band ?? null,
        definition_version: 1,
        released_at: `${monthAfter(quarter)}-08T03:00:00Z`,
      };
    });
  });
}

function monthAfter(quarter: string): string {
  const [year, month] = lastMonthOf(quarter).split('-').map(Number);
  return month === 12 ? `${year! + 1}-01` : `${year!}-${String(month! + 1).padStart(2, '0')}`;
}

export const organizationReleaser = releaser();
/** Rule T over one tree: the closure, answers over time, clipping by parts. */
export const oneTreeReleaser = releaser({ select: closure(['DEPARTMENT']) });
/** Rule T over three trees, where groups of all trees are nested or disjoint, so that parts exist over all trees. */
export const nestedReleaser = releaser({ select: closure(TREES, { nested: true }), partsOverTrees: true });

export interface ReferenceMutant {
  name: string;
  release: Releaser;
  /** The attack that must find it. */
  expects: FindingKind;
}

export const REFERENCE_MUTANTS: readonly ReferenceMutant[] = [
  { name: 'threshold only', expects: 'RANK', release: releaser({ select: thresholdOnly() }) },
  { name: 'trees checked apart', expects: 'RANK', release: releaser({ select: treesApart }) },
  {
    name: 'exact counts',
    expects: 'PARTICIPATION',
    release: releaser({ select: closure(['DEPARTMENT']), exactCounts: true }),
  },
  { name: 'recomputed after a leaver', expects: 'RANK', release: recomputing(oneTreeReleaser) },
  {
    name: 'threshold lowered later',
    expects: 'RANK',
    release: releaser({
      select: closure(['DEPARTMENT'], {
        minimum: (world, period) => (period < quarterOf(world.months[12] ?? '9999-01') ? world.minimum : 3),
      }),
    }),
  },
  {
    name: 'manager counted in their own group',
    expects: 'RANK',
    release: releaser({ select: closure(['MANAGER'], { units: withOwnManager }), units: withOwnManager }),
  },
  {
    name: 'a figure that one manager moves',
    expects: 'RANK',
    release: releaser({ select: closure(['MANAGER'], { reportsOnly: true }) }),
  },
  {
    name: 'APPROXIMATE shown as a bound',
    expects: 'FALSE',
    release: releaser({ select: closure(['DEPARTMENT']), onBothSides: 'AT_LEAST' }),
  },
  {
    name: 'values not clipped',
    expects: 'ANSWER',
    release: releaser({ select: closure(['DEPARTMENT']), clipped: false }),
  },
  {
    name: 'marked only beyond the limit',
    expects: 'ANSWER',
    release: releaser({ select: closure(['DEPARTMENT']), marksAtLimit: false }),
  },
  {
    // The closure over all trees, with sums clipped in each tree by itself: where groups of two trees differ by few more people than
    // the minimum, their difference is clipped nowhere.
    name: 'parts clipped in each tree apart',
    expects: 'ANSWER',
    release: releaser({ select: closure(TREES) }),
  },
  {
    name: 'no argument over time',
    expects: 'STATIC',
    release: releaser({ select: closure(['DEPARTMENT'], { overTime: false }) }),
  },
  {
    name: 'months and quarters checked apart',
    expects: 'RANK',
    release: releaser({ select: closure(['DEPARTMENT']), months: true }),
  },
  {
    name: 'participation of small groups',
    expects: 'COUNT',
    release: releaser({ select: closure(['DEPARTMENT']), participationFrom: 0 }),
  },
  {
    name: 'closure over respondents only',
    expects: 'PARTICIPATION',
    release: releaser({ select: closure(['DEPARTMENT'], { overAsked: false }) }),
  },
  { name: 'reasons for suppression', expects: 'SHAPE', release: withReasons(oneTreeReleaser) },
  { name: 'ordered by value', expects: 'SHAPE', release: orderedByValue(oneTreeReleaser) },
  { name: 'unanimous groups withheld', expects: 'SHAPE', release: withoutUnanimous(oneTreeReleaser) },
];

/** The leader of a group counts in it too. */
function withOwnManager(...[world, period, metric, tree, key]: Parameters<typeof unitsOf>): string[] {
  const units = unitsOf(world, period, metric, tree, key);
  const leaders = world.leaders.get(period);
  if (tree !== 'MANAGER' || key === ORGANIZATION || metric.units === 'LEADERS') return units;
  const all = unitsOf(world, period, metric, tree, ORGANIZATION);
  const own = membersOf(world, period, tree, key).map((id) => leaders?.get(id));
  return [...new Set([...units, ...all.filter((id) => own.includes(id))])];
}

/** At each release, figures of the quarter before are computed again without those who have left since. */
function recomputing(release: Releaser): Releaser {
  return async (world, quarters) => {
    const rows = await release(world, quarters);
    return quarters.flatMap((quarter, index) => {
      const own = rows.filter(({ period }) => period === quarter);
      const before = quarters[index - 1];
      const at = own[0]?.released_at;
      if (before === undefined || at === undefined) return own;
      const left = world.departures.filter(
        ({ month, kind }) => kind !== 'MOVED' && month > lastMonthOf(before) && month <= at.slice(0, 7),
      );
      const gone = new Set(left.map(({ person }) => person));
      const again = releaseOf(withoutPeople(world, before, gone), before, rows, at);
      return [...again, ...own];
    });
  };
}

/** The groups that were released before, with the figures of those who are left. */
function releaseOf(world: World, period: string, rows: readonly PublishedRow[], at: string): PublishedRow[] {
  const published = new Map(rows.filter((row) => row.period === period).map((row) => [cellOf(row), row]));
  return metricsOf(world)
    .flatMap((metric) => {
      const selected = closure(['DEPARTMENT'], { overTime: false })(world, period, metric, []).filter(
        ({ tree, key }) =>
          published.get([period, tree, key, metric.metric, metric.driver ?? ''].join('|'))?.status ===
          'RELEASED',
      );
      return rowsOf(
        world,
        period,
        period,
        metric,
        selected,
        figuresOf(world, period, metric, selected, ORGANIZATION_ONLY),
      );
    })
    .map((row) => ({ ...row, released_at: at }))
    .filter((row) => {
      const before = published.get(cellOf(row));
      return row.status === 'RELEASED' && before !== undefined && before.value !== row.value;
    });
}

export function withoutPeople(world: World, period: string, gone: ReadonlySet<string>): World {
  const left = [...world.memberships.get(period)!].filter(([id]) => !gone.has(id));
  return { ...world, memberships: new Map([...world.memberships, [period, new Map(left)]]) };
}

function withReasons(release: Releaser): Releaser {
  return async (world, quarters) =>
    (await release(world, quarters)).map((row) => {
      const count = membersOf(world, row.period, row.tree, row.group_key).length;
      return row.status === 'SUPPRESSED' && count === 0 ? { ...row, status: 'NOBODY' } : row;
    });
}

function orderedByValue(release: Releaser): Releaser {
  return async (world, quarters) => {
    const rows = await release(world, quarters);
    return quartersOf(world).flatMap((quarter) =>
      rows
        .filter(({ period }) => period === quarter)
        .sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity)),
    );
  };
}

/** A decision that depends on answers: what is withheld tells what was answered. */
function withoutUnanimous(release: Releaser): Releaser {
  return async (world, quarters) =>
    (await release(world, quarters)).map((row) =>
      row.bound === 'ROUNDED' || row.status === 'SUPPRESSED'
        ? row
        : { ...row, status: 'SUPPRESSED', value: null, bound: null, people_band: null },
    );
}
