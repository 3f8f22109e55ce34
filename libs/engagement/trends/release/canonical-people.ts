import type { GroupTree } from './types.js';

/**
 * Positions of people in an order that depends on the keys of their groups and not on how people and groups were numbered. People
 * of the same groups are interchangeable.
 */
export function inCanonicalOrder(people: Int32Array, trees: readonly GroupTree[]): Int32Array {
  let positions = Int32Array.from(people.keys());
  for (const tree of trees) positions = sortByGroup(positions, people, tree);
  return positions;
}

/** A counting sort, which keeps the order of those in the same group. */
function sortByGroup(
  positions: Int32Array,
  people: Int32Array,
  { keys, groupOfPerson }: GroupTree,
): Int32Array<ArrayBuffer> {
  const ranks = new Int32Array(keys.length);
  const byKey = Array.from(keys.keys()).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
  byKey.forEach((group, rank) => (ranks[group] = rank));
  const offsets = new Int32Array(keys.length + 1);
  const rankOf = (position: number): number => ranks[groupOfPerson[people[position]!]!]!;
  for (const position of positions) offsets[rankOf(position) + 1]! += 1;
  for (let rank = 0; rank < keys.length; rank++) offsets[rank + 1]! += offsets[rank]!;
  const sorted = new Int32Array(positions.length);
  for (const position of positions) sorted[offsets[rankOf(position)]!++] = position;
  return sorted;
}
