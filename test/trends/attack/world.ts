/**
 * The seeded truth about a random organization: what the attacker's strongest adversary knows (who is where, who leads whom, who took
 * part in what), and the answers, which nobody may be able to work out.
 */
import { ORGANIZATION, type Tree } from './trees.js';

export interface Group {
  tree: Tree;
  key: string;
  parentKey: string;
  /** By the month from which each applies. */
  labels: { from: string; label: string }[];
}

export type Membership = Readonly<Record<Tree, string>>;

/** A person who left, moved or was erased, which must change no figure of a period that was released before. */
export interface Departure {
  month: string;
  person: string;
  kind: 'LEFT' | 'MOVED' | 'ERASED';
}

/** Documented definitions, where those of releasers differ: by which groups people count, and how figures are rounded. */
export interface Definitions {
  /** A score of a quarter has the groups of the quarter, or those of the month that asked the driver. */
  scores: 'BY_QUARTER' | 'BY_MONTH_ASKED';
  /** Leaders count in the groups of those whom they lead, or in their own. */
  leaders: 'BY_THEIR_REPORTS' | 'BY_THEMSELVES';
  /** Bounds are rounded to the nearest step, or outwards, so that they are true as they are shown. */
  bounds: 'NEAREST' | 'OUTWARDS';
}

export const REFERENCE_DEFINITIONS: Definitions = {
  scores: 'BY_QUARTER',
  leaders: 'BY_THEIR_REPORTS',
  bounds: 'NEAREST',
};

export interface World {
  seed: number;
  definitions: Definitions;
  /** The minimum group size, k in privacy.md. */
  minimum: number;
  months: readonly string[];
  /** All groups but the organization itself, parents before children. */
  groups: readonly Group[];
  /**
   * By period (month or quarter) and person: the deepest group in each tree. Nobody else was asked in that period. A manager counts in
   * the parent of the group that they lead. In a quarter it is the group of the last month in which the person was employed.
   */
  memberships: ReadonlyMap<string, ReadonlyMap<string, Membership>>;
  /** The drivers that are asked, each once a quarter. */
  drivers: readonly Driver[];
  /** By driver, quarter and person. */
  answers: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;
  /** By quarter and person: who leads them. */
  leaders: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By quarter and leader who had promises: quarters of them that they kept, 0 to 4. */
  promisesKept: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** By quarter and leader whose reports gave feedback: how worthwhile conversations were, in quarters, 4 to 20. */
  conversationWorth: ReadonlyMap<string, ReadonlyMap<string, number>>;
  departures: readonly Departure[];
}

/** In which month of each quarter (0 to 2) a driver is asked. */
export const ASKED_IN = {
  GROWTH: 0,
  VOICE: 1,
  RECOMMEND: 2,
  MUTUAL_TRUST: 0,
  AUTONOMY: 1,
  PURPOSE: 2,
  RECOGNITION: 0,
  WELLBEING: 1,
} as const;
export type Driver = keyof typeof ASKED_IN;
export const DRIVERS = Object.keys(ASKED_IN) as Driver[];
/** What most organizations ask; the index needs all. */
export const FEW_DRIVERS: readonly Driver[] = ['GROWTH', 'VOICE', 'RECOMMEND'];

/** The quarter of a month; of a quarter, itself. */
export function quarterOf(period: string): string {
  if (isQuarter(period)) return period;
  const [year, number] = period.split('-');
  return `${year ?? ''}-Q${Math.ceil(Number(number) / 3)}`;
}

export function monthsOf(quarter: string): string[] {
  const [year, number] = quarter.split('-Q');
  return [2, 1, 0].map((back) => `${year ?? ''}-${String(Number(number) * 3 - back).padStart(2, '0')}`);
}

export const isQuarter = (period: string) => period.includes('Q');
export const lastMonthOf = (period: string) => (isQuarter(period) ? monthsOf(period)[2]! : period);

export const quartersOf = (world: World) => [...new Set(world.months.map(quarterOf))];

/** The key of a group and those of everything above it. */
export function pathToRoot(world: World, tree: Tree, key: string): string[] {
  const path = [key];
  for (let at = key; at !== ORGANIZATION; path.push(at)) {
    const group = world.groups.find((candidate) => candidate.tree === tree && candidate.key === at);
    if (group === undefined) throw new Error(`no group ${key} in ${tree}`);
    at = group.parentKey;
  }
  return path;
}
