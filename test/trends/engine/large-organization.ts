import type {
  GroupTree,
  MetricInput,
  PeriodInput,
  Population,
  TreeName,
} from '../../../libs/engagement/trends/release/types.js';

export interface Shape {
  readonly people: number;
  /** Between how many and how many report to one manager. */
  readonly span: readonly [number, number];
  /** About how many people a department has. */
  readonly department: number;
  readonly sites: number;
  /** The share of people whose department is not that of their manager, and of those who are not at the site of their team. */
  readonly elsewhere: number;
  readonly otherSite: number;
}

export const LARGE: Shape = {
  people: 300_000,
  span: [8, 24],
  department: 40,
  sites: 600,
  elsewhere: 0.03,
  otherSite: 0.2,
};
export const MIDDLE: Shape = {
  people: 500,
  span: [5, 14],
  department: 25,
  sites: 6,
  elsewhere: 0.03,
  otherSite: 0.2,
};

/** Numbers from 0 to 1 that depend on the seed only (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An organization as real ones are: departments follow reporting lines with exceptions, and teams have a home. */
export function makeTrees(shape: Shape, random: () => number): GroupTree[] {
  const { people } = shape;
  const manager = new Int32Array(people).fill(-1);
  for (let next = 1, of = 0; next < people; of++) {
    const span = shape.span[0] + Math.floor(random() * (shape.span[1] - shape.span[0] + 1));
    for (let report = 0; report < span && next < people; report++) manager[next++] = of;
  }
  const below = new Int32Array(people).fill(1);
  for (let person = people - 1; person > 0; person--) below[manager[person]!]! += below[person]!;

  const team = growing('MANAGER', people);
  const teamLedBy = new Int32Array(people).fill(-1);
  const department = growing('DEPARTMENT', people);
  const departmentOf = new Int32Array(people);
  const home = new Int32Array(people);
  const site = (): number => 1 + Math.floor(shape.sites * random() ** 2);
  for (let person = 0; person < people; person++) {
    const of = manager[person]!;
    if (of >= 0) {
      // The people of the highest manager are the organization.
      if (teamLedBy[of]! < 0) teamLedBy[of] = of === 0 ? 0 : team.add(teamLedBy[manager[of]!]!);
      team.groupOfPerson[person] = teamLedBy[of]!;
      departmentOf[person] = departmentOf[of]!;
      home[person] = random() < 0.8 ? home[of]! : site();
    } else home[person] = site();
    if (person > 0 && below[person]! >= shape.department)
      departmentOf[person] = department.add(departmentOf[person]!);
    department.groupOfPerson[person] = departmentOf[person]!;
  }
  const departments = department.parents.length;
  const location = growing('LOCATION', people);
  for (let index = 0; index < shape.sites; index++) location.add(0);
  for (let person = 0; person < people; person++) {
    if (random() < shape.elsewhere) department.groupOfPerson[person] = Math.floor(random() * departments);
    location.groupOfPerson[person] =
      random() < shape.otherSite ? site() : home[Math.max(0, manager[person]!)]!;
  }
  return [department, team, location].map(({ tree, parents, groupOfPerson }) => ({
    tree,
    keys: parents.map((_, group) => `${tree}-${String(group).padStart(6, '0')}`),
    parents: Int32Array.from(parents),
    groupOfPerson,
  }));
}

function growing(
  tree: TreeName,
  people: number,
): { tree: TreeName; parents: number[]; groupOfPerson: Int32Array; add: (parent: number) => number } {
  const parents = [-1];
  return { tree, parents, groupOfPerson: new Int32Array(people), add: (parent) => parents.push(parent) - 1 };
}

export function quarter(trees: readonly GroupTree[], people: number): PeriodInput {
  return { granularity: 'QUARTER', key: '2026-Q2', minimumGroupSize: 5, people, trees };
}

const PULSE: Omit<MetricInput, 'values'> = {
  metric: 'PULSE_SCORE',
  driver: 'VOICE',
  lowest: 1,
  highest: 5,
  valueStep: 1,
  roundedTo: 0.1,
  cutFromBounds: 0,
};

/** Everybody is asked and three of four answer, most with 3 or 4; teams differ. */
export function answers(
  tree: GroupTree,
  random: () => number,
  share = 0.75,
): Pick<Population, 'people' | 'asked' | 'metrics'> {
  const mood = tree.keys.map(() => random() - 0.5);
  const asked = Int32Array.from(tree.groupOfPerson.keys());
  const people = asked.filter(() => random() < share);
  const values = Float64Array.from(people, (person) => {
    const spread = (random() + random() + random() - 1.5) * 1.6;
    return Math.max(1, Math.min(5, Math.round(3.6 + mood[tree.groupOfPerson[person]!]! + spread)));
  });
  return { people, asked, metrics: [{ ...PULSE, values }] };
}
