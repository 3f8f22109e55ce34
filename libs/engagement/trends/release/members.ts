import type { GroupTree } from './types.js';

/** The members of every group of a tree, in one array: a group's members include those of the groups below it. */
export interface Members {
  readonly people: Int32Array;
  /** The slice of each group in `people`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly depth: Int32Array;
}

/** Sorts people by the preorder of their groups, so that everybody in a group and below is in one slice. */
export function membersOf(tree: GroupTree, people: Int32Array): Members {
  const groups = tree.keys.length;
  const { preorder, last, depth } = walk(tree);
  const offsets = new Int32Array(groups + 1);
  for (const person of people) offsets[1 + at(preorder, at(tree.groupOfPerson, person))]! += 1;
  for (let position = 0; position < groups; position++) offsets[position + 1]! += at(offsets, position);
  const next = offsets.slice();
  const sorted = new Int32Array(people.length);
  for (const person of people) {
    const position = at(preorder, at(tree.groupOfPerson, person));
    sorted[next[position]!++] = person;
  }
  const start = new Int32Array(groups);
  const end = new Int32Array(groups);
  for (let group = 0; group < groups; group++) {
    start[group] = at(offsets, at(preorder, group));
    end[group] = at(offsets, at(last, group) + 1);
  }
  return { people: sorted, start, end, depth };
}

export function sliceOf({ people, start, end }: Members, group: number): Int32Array {
  return people.subarray(at(start, group), at(end, group));
}

export function sizeOf({ start, end }: Members, group: number): number {
  return at(end, group) - at(start, group);
}

/** Preorder numbers, the highest preorder number in each subtree, and depths. */
function walk({ tree, parents }: GroupTree): Record<'preorder' | 'last' | 'depth', Int32Array> {
  const groups = parents.length;
  const firstChild = new Int32Array(groups).fill(-1);
  const sibling = new Int32Array(groups).fill(-1);
  for (let group = groups - 1; group > 0; group--) {
    const parent = at(parents, group);
    sibling[group] = at(firstChild, parent);
    firstChild[parent] = group;
  }
  const preorder = new Int32Array(groups).fill(-1);
  const last = new Int32Array(groups);
  const depth = new Int32Array(groups);
  let visited = 0;
  let group = 0;
  for (;;) {
    preorder[group] = visited++;
    const child = at(firstChild, group);
    if (child >= 0) {
      depth[child] = at(depth, group) + 1;
      group = child;
      continue;
    }
    last[group] = visited - 1;
    while (group !== 0 && at(sibling, group) < 0) {
      group = at(parents, group);
      last[group] = visited - 1;
    }
    if (group === 0) break;
    const next = at(sibling, group);
    depth[next] = at(depth, group);
    group = next;
  }
  if (visited !== groups) throw new Error(`The groups of the tree ${tree} are not one tree.`);
  return { preorder, last, depth };
}

function at(array: Int32Array, index: number): number {
  return array[index]!;
}
