import { dependOnThree, type RowClass } from './combinations.js';
import type { Lists } from './types.js';

/** No combination of figures with fewer than SMALL people, over 24 months, may depend on fewer people than this. */
const FEWEST = 3;

/** How many people and rows around a new row are looked at, at most. */
const MOST_PEOPLE = 400;
const MOST_ROWS = 120;

/**
 * The figures with fewer than 50 people of the last 24 months and of this period, as rows over people. `allows` answers whether a
 * further row keeps what T4 asks for: against somebody who assumes that answers do not change, no linear combination of all these
 * rows depends on fewer than three people.
 *
 * It looks for three disjoint sets of people, on each of which some weights cancel out in every row there is and do not in the new
 * one. Then a combination with the new row is not zero on any of them. Two people who are in the same rows, one of them in the new
 * row, are such a set; somebody in the new row who is in no other is one alone. Where there are fewer, it looks at the null space of
 * the rows around the new one. Where that shows nothing, it refuses.
 */
export class ParticipationHistory {
  /** People with the same class are in the same rows; class 0 is in none. */
  private readonly classOf: Int32Array;
  private readonly classSizes: number[];
  private readonly rows: Int32Array[] = [];
  private readonly rowsByHash = new Map<number, Int32Array[]>();
  /** The rows of each person as linked lists: the last entry of each person, and for each entry its row and the one before it. */
  private readonly lastEntry: Int32Array;
  private readonly entries: { readonly row: number[]; readonly before: number[] } = { row: [], before: [] };

  constructor(history: Lists, people: number) {
    let columns = people;
    for (const person of history.items) columns = Math.max(columns, person + 1);
    this.classOf = new Int32Array(columns);
    this.classSizes = [columns];
    this.lastEntry = new Int32Array(columns).fill(-1);
    for (let row = 0; row + 1 < history.offsets.length; row++) {
      this.add(history.items.subarray(history.offsets[row], history.offsets[row + 1]));
    }
  }

  allows(row: Int32Array): boolean {
    return this.has(row) || this.countDisjointSets(row) >= FEWEST || this.dependsOnThree(row);
  }

  add(row: Int32Array): void {
    if (this.has(row)) return;
    const hash = hashOf(row);
    this.rowsByHash.set(hash, [...(this.rowsByHash.get(hash) ?? []), row]);
    const number = this.rows.push(row) - 1;
    for (const person of row) {
      this.entries.before.push(this.lastEntry[person]!);
      this.lastEntry[person] = this.entries.row.push(number) - 1;
    }
    const split = new Map<number, number>();
    for (const person of row) {
      const before = this.classOf[person]!;
      const after = split.get(before) ?? this.classSizes.push(0) - 1;
      split.set(before, after);
      this.classOf[person] = after;
      this.classSizes[before]! -= 1;
      this.classSizes[after]! += 1;
    }
  }

  /** The same people again are the same row: it adds nothing to what can be combined. */
  private has(row: Int32Array): boolean {
    const same = this.rowsByHash.get(hashOf(row));
    if (same === undefined) return false;
    const people = new Set(row);
    return same.some((other) => other.length === people.size && other.every((person) => people.has(person)));
  }

  /**
   * The exact answer for the people of a row and of all rows that meet it, with every row that meets any of these. A combination that
   * depends on two people at most does so among them too.
   */
  private dependsOnThree(row: Int32Array): boolean {
    const isInNew = new Set(row);
    const around = new Set(row);
    for (const meeting of this.rowsOf(row)) {
      for (const person of this.rows[meeting]!) around.add(person);
      if (around.size > MOST_PEOPLE) return false;
    }
    const positions = new Map([...this.rowsOf(around)].map((number, position) => [number, position]));
    if (positions.size > MOST_ROWS) return false;
    const classes = new Map<number, RowClass & { people: number }>();
    for (const person of around) {
      const name = this.classOf[person]! * 2 + (isInNew.has(person) ? 1 : 0);
      const known = classes.get(name);
      if (known !== undefined) known.people += 1;
      else {
        const rows = [...this.rowsOf([person])].map((number) => positions.get(number)!);
        classes.set(name, { people: 1, rows, isInNew: isInNew.has(person) });
      }
    }
    return dependOnThree([...classes.values()], positions.size);
  }

  private rowsOf(people: Iterable<number>): Set<number> {
    const found = new Set<number>();
    for (const person of people) {
      for (let entry = this.lastEntry[person]!; entry >= 0; entry = this.entries.before[entry]!) {
        found.add(this.entries.row[entry]!);
      }
    }
    return found;
  }

  private countDisjointSets(row: Int32Array): number {
    const inside = new Map<number, number>();
    for (const person of row) {
      const of = this.classOf[person]!;
      inside.set(of, (inside.get(of) ?? 0) + 1);
    }
    let sets = 0;
    for (const [of, count] of inside)
      sets += of === 0 ? count : Math.min(count, this.classSizes[of]! - count);
    return sets;
  }
}

/** Does not depend on the order of the people. */
function hashOf(row: Int32Array): number {
  let hash = row.length;
  for (const person of row)
    hash = (hash + Math.imul(person + 1, 0x9e3779b1) * (person % 1021)) % 0x1fffffffffffff;
  return hash;
}
