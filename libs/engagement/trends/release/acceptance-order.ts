import { sizeOf, type Members } from './members.js';
import type { GroupTree, TreeName } from './types.js';

export interface Candidate {
  /** The position of the tree. */
  readonly tree: number;
  readonly group: number;
  readonly size: number;
}

/** Locations come after the others: where both cannot be released, departments and teams can act on a figure. */
const RANK: Readonly<Record<TreeName, number>> = { DEPARTMENT: 0, MANAGER: 0, LOCATION: 1 };
const NAMES: readonly TreeName[] = ['DEPARTMENT', 'MANAGER', 'LOCATION'];

/**
 * The groups below the organization with the minimum of people, in the order in which they are accepted. It depends on membership
 * only: departments and teams before locations, then top-down, larger first, by tree and by key.
 */
export function acceptanceOrder(
  trees: readonly GroupTree[],
  members: readonly Members[],
  minimum: number,
): Candidate[] {
  const candidates: (Candidate & { rank: number; depth: number; name: number; key: string })[] = [];
  trees.forEach(({ tree, keys }, index) => {
    const of = members[index]!;
    for (let group = 1; group < keys.length; group++) {
      const size = sizeOf(of, group);
      if (size < minimum) continue;
      candidates.push({
        tree: index,
        group,
        size,
        rank: RANK[tree],
        depth: of.depth[group]!,
        name: NAMES.indexOf(tree),
        key: keys[group]!,
      });
    }
  });
  return candidates.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.depth - b.depth ||
      b.size - a.size ||
      a.name - b.name ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}
