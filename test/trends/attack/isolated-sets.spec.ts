import { describe, expect, it } from '@jest/globals';
import { Random } from '../../fuzz/random.js';
import { exactRank, isolatedSets } from './isolated-sets.js';

/** By the definition: every set of fewer than `minimum` people, smallest first, without those that contain a smaller one. */
function bruteForce(rows: number[][], people: number, minimum: number): string[] {
  const found: number[] = [];
  const sizes = (set: number) => set.toString(2).replaceAll('0', '').length;
  const sets = Array.from({ length: 2 ** people - 1 }, (_, index) => index + 1)
    .filter((set) => sizes(set) < minimum)
    .sort((one, other) => sizes(one) - sizes(other));
  for (const set of sets) {
    if (found.some((smaller) => (smaller & set) === smaller)) continue;
    const rest = rows.map((row) => row.filter((_, column) => (set & (1 << column)) === 0));
    if (exactRank(rest) < exactRank(rows)) found.push(set);
  }
  return found.map((set) => namesOf(set, people)).sort();
}

const namesOf = (set: number, people: number) =>
  Array.from({ length: people }, (_, column) => column)
    .filter((column) => (set & (1 << column)) !== 0)
    .map((column) => `p${column}`)
    .join();

describe('isolated sets', () => {
  it('are those of the definition by ranks', () => {
    const random = new Random(11, 'matrices');
    for (let round = 0; round < 60; round += 1) {
      const people = random.int(4, 9);
      const rows = Array.from({ length: random.int(1, 6) }, () =>
        Array.from({ length: people }, () => Number(random.chance(0.6))),
      );
      const owners = Array.from({ length: people }, (_, column) => `p${column}`);
      const found = isolatedSets({ rows, owners }, 5).map((set) =>
        [...set].sort((one, other) => Number(one.slice(1)) - Number(other.slice(1))).join(),
      );
      expect(found.sort()).toEqual(bruteForce(rows, people, 5));
    }
  });

  it('include the difference of a group and its part', () => {
    const owners = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const rows = [
      [1, 1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 0, 0],
    ];
    expect(isolatedSets({ rows, owners }, 5)).toEqual([['f', 'g']]);
  });

  it('take all values of a person together', () => {
    const owners = ['a', 'a', 'b', 'b'];
    const rows = [
      [1, 0, 1, 0],
      [1, 2, 1, 0],
    ];
    expect(isolatedSets({ rows, owners }, 2)).toEqual([['a']]);
  });
});
