/** Random organizations of 12 to 26 people over up to 24 months: people join, leave, move and are erased, groups change names. */
import { Random } from '../../fuzz/random.js';
import { ORGANIZATION, TREES, type Tree } from './trees.js';
import {
  ASKED_IN,
  DRIVERS,
  type Departure,
  type Driver,
  FEW_DRIVERS,
  type Group,
  type Membership,
  REFERENCE_DEFINITIONS,
  type World,
  monthsOf,
  quarterOf,
} from './world.js';

const LEAST_PEOPLE = 12;
const MOST_PEOPLE = 26;
/** The share of organizations that ask all drivers, so that there is an index. */
const SHARE_ASKING_ALL = 0.3;
/** The share of leaders who have a value of a metric about them. */
const SHARE_OF_LEADERS = 0.85;

/** How people answer: at random, mostly well, each department nearly unanimous at one end, or always as in the first quarter. */
type AnswerStyle = 'UNIFORM' | 'SATISFIED' | 'POLARIZED' | 'CONSTANT';

interface Person {
  id: string;
  /** Leads this group of the tree MANAGER. */
  leads?: string;
  groups: Record<Tree, string>;
}

/** @param seed the same number is the same world */
export function randomWorld(
  seed: number,
  { months = 24, minimum = 5, definitions = REFERENCE_DEFINITIONS } = {},
): World {
  const world = new Organization(new Random(seed, 'organization'), seed, minimum).live(months);
  return { ...world, definitions };
}

class Organization {
  private readonly groups: Group[] = [];
  private readonly present: Person[] = [];
  private hired = 0;
  private readonly departures: Departure[] = [];
  private readonly memberships = new Map<string, Map<string, Membership>>();
  private readonly answers = new Map<string, Map<string, Map<string, number>>>();
  private readonly leaders = new Map<string, Map<string, string>>();
  private readonly promisesKept = new Map<string, Map<string, number>>();
  private readonly conversationWorth = new Map<string, Map<string, number>>();
  private readonly drivers: readonly Driver[];
  private readonly style: AnswerStyle;
  private readonly responseRate: number;

  constructor(
    private readonly random: Random,
    private readonly seed: number,
    private readonly minimum: number,
  ) {
    this.style = random.pick(['UNIFORM', 'SATISFIED', 'POLARIZED', 'CONSTANT'] as const);
    this.responseRate = random.pick([0.6, 0.8, 0.9, 1]);
    this.drivers = random.chance(SHARE_ASKING_ALL) ? DRIVERS : FEW_DRIVERS;
    for (const driver of this.drivers) this.answers.set(driver, new Map());
  }

  live(count: number): Omit<World, 'definitions'> {
    const months = Array.from({ length: count }, (_, index) => monthName(index));
    this.declareGroups(months[0]!);
    const people = this.random.int(LEAST_PEOPLE, MOST_PEOPLE);
    while (this.present.length < people) this.hire();
    for (const month of months) {
      if (month !== months[0]) this.change(month);
      this.record(month);
    }
    return {
      seed: this.seed,
      minimum: this.minimum,
      drivers: this.drivers,
      months,
      groups: this.groups,
      memberships: this.memberships,
      answers: this.answers,
      leaders: this.leaders,
      promisesKept: this.promisesKept,
      conversationWorth: this.conversationWorth,
      departures: this.departures,
    };
  }

  private declareGroups(month: string): void {
    const declare = (tree: Tree, key: string, parentKey: string) =>
      this.groups.push({ tree, key, parentKey, labels: [{ from: month, label: `${tree} ${key}` }] });
    for (const [tree, letter, most] of [
      ['DEPARTMENT', 'd', 4],
      ['LOCATION', 'l', 3],
      ['MANAGER', 'm', 4],
    ] as const) {
      const top = this.random.int(tree === 'LOCATION' ? 1 : 2, most);
      for (let index = 1; index <= top; index += 1) {
        declare(tree, `${letter}${index}`, ORGANIZATION);
        if (!this.random.chance(0.35)) continue;
        for (let below = 1; below <= this.random.int(1, 2); below += 1)
          declare(tree, `${letter}${index}.${below}`, `${letter}${index}`);
      }
    }
  }

  private groupsOf(tree: Tree): string[] {
    return this.groups.filter((group) => group.tree === tree).map((group) => group.key);
  }

  /** The first person has no manager, the next ones lead a group each, and count in its parent. */
  private hire(): void {
    this.hired += 1;
    const person: Person = { id: `p${this.hired}`, groups: this.place() };
    this.present.push(person);
    const vacant = this.groupsOf('MANAGER').find((key) => !this.present.some(({ leads }) => leads === key));
    if (this.present.length === 1) person.groups.MANAGER = ORGANIZATION;
    else if (vacant !== undefined) this.lead(person, vacant);
  }

  private lead(person: Person, key: string): void {
    person.leads = key;
    person.groups.MANAGER = this.groups.find(
      (group) => group.tree === 'MANAGER' && group.key === key,
    )!.parentKey;
  }

  /** Mostly the team of a department; sometimes across. */
  private place(): Record<Tree, string> {
    const department = this.random.pick(this.groupsOf('DEPARTMENT'));
    const team = department.replace('d', 'm');
    const teams = this.groupsOf('MANAGER');
    return {
      DEPARTMENT: department,
      MANAGER: teams.includes(team) && this.random.chance(0.7) ? team : this.random.pick(teams),
      LOCATION: this.random.pick(this.groupsOf('LOCATION')),
    };
  }

  private change(month: string): void {
    if (this.random.chance(0.3) && this.present.length < MOST_PEOPLE) this.hire();
    if (this.random.chance(0.25) && this.present.length > LEAST_PEOPLE) this.leave(month);
    if (this.random.chance(0.3)) this.move(month);
    if (this.random.chance(0.1)) {
      const group = this.random.pick(this.groups);
      group.labels.push({ from: month, label: `${group.tree} ${group.key} since ${month}` });
    }
    if (this.random.chance(0.05)) {
      const person = this.random.pick(this.present);
      this.departures.push({ month, person: person.id, kind: 'ERASED' });
      for (const of of this.answers.values()) of.get(quarterOf(month))?.delete(person.id);
    }
  }

  private leave(month: string): void {
    const [person] = this.present.splice(this.random.int(1, this.present.length - 1), 1);
    this.departures.push({ month, person: person!.id, kind: 'LEFT' });
    const successor = person!.leads && this.present.slice(1).find(({ leads }) => leads === undefined);
    if (successor) this.lead(successor, person!.leads!);
  }

  private move(month: string): void {
    const person = this.random.pick(this.present.slice(1));
    const tree = this.random.pick(TREES);
    if (tree === 'MANAGER' && person.leads !== undefined) return;
    person.groups[tree] = this.random.pick(this.groupsOf(tree));
    this.departures.push({ month, person: person.id, kind: 'MOVED' });
  }

  private record(month: string): void {
    const quarter = quarterOf(month);
    const leaders = upsert(this.leaders, quarter);
    for (const { id, groups } of this.present) {
      upsert(this.memberships, month).set(id, { ...groups });
      upsert(this.memberships, quarter).set(id, { ...groups });
      const leader = this.present.find((other) => other.leads === groups.MANAGER) ?? this.present[0]!;
      if (leader.id !== id) leaders.set(id, leader.id);
      for (const driver of this.drivers) {
        if (monthsOf(quarter)[ASKED_IN[driver]] !== month || !this.random.chance(this.responseRate)) continue;
        upsert(this.answers.get(driver)!, quarter).set(id, this.answer(id, groups.DEPARTMENT, driver));
      }
    }
    if (month === monthsOf(quarter)[2]) this.recordLeaders(quarter, new Set(leaders.values()));
  }

  private recordLeaders(quarter: string, leaders: ReadonlySet<string>): void {
    for (const [values, least, most] of [
      [this.promisesKept, 0, 4],
      [this.conversationWorth, 4, 20],
    ] as const)
      for (const leader of leaders)
        if (this.random.chance(SHARE_OF_LEADERS))
          upsert(values, quarter).set(
            leader,
            this.style === 'SATISFIED' && this.random.chance(0.75) ? most : this.random.int(least, most),
          );
  }

  private answer(id: string, department: string, driver: Driver): number {
    const [lo, hi] = driver === 'RECOMMEND' ? [0, 10] : [1, 5];
    switch (this.style) {
      case 'UNIFORM':
        return this.random.int(lo, hi);
      case 'SATISFIED':
        return this.random.chance(0.75) ? hi : this.random.int(lo, hi);
      case 'POLARIZED': {
        const end = new Random(this.seed, department).chance(0.5) ? hi : lo;
        return this.random.chance(0.9) ? end : this.random.int(lo, hi);
      }
      case 'CONSTANT':
        return new Random(this.seed, `${id} ${driver}`).int(lo, hi);
    }
  }
}

function upsert<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
}

function monthName(index: number): string {
  return `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
