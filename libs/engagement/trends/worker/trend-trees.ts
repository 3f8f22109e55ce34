import { foldSpelling } from '#common';
import type { GroupTree, TreeName } from '../release/types.js';
import { ROOT_KEY } from '../trend.rules.js';

/** A group as the directory had it in a period. */
export interface DirectoryGroup {
  readonly tree: TreeName;
  readonly groupId: string;
  readonly parentId: string | null;
  readonly name: string;
}

/** A person of a period by their number, with the IDs of their groups. */
export interface PeriodPerson {
  readonly participant: number;
  readonly departmentId: string | null;
  readonly locationId: string | null;
  readonly managerId: string | null;
}

/** A group of a release. */
export interface ReleaseGroup {
  readonly tree: TreeName;
  readonly key: string;
  /** Null for a manager's group, whose name is read from the directory. */
  readonly label: string | null;
  readonly parentKey: string | null;
  readonly headId: string | null;
}

export interface PeriodTrees {
  readonly trees: readonly GroupTree[];
  readonly groups: readonly ReleaseGroup[];
  /** The trees with the groups of these people in place of those that they have. `positionOf` gives the position of a person. */
  readonly withGroups: (
    people: readonly PeriodPerson[],
    positionOf: (participant: number) => number | undefined,
  ) => GroupTree[];
}

const TREES: readonly { readonly name: TreeName; readonly of: (person: PeriodPerson) => string | null }[] = [
  { name: 'DEPARTMENT', of: ({ departmentId }) => departmentId },
  { name: 'MANAGER', of: ({ managerId }) => managerId },
  { name: 'LOCATION', of: ({ locationId }) => locationId },
];

/** The trees of a period, with the organization as their root. Person `i` of the result is `people[i]`. */
export function buildTrees(
  organizationName: string,
  directory: readonly DirectoryGroup[],
  people: readonly PeriodPerson[],
): PeriodTrees {
  const groups: ReleaseGroup[] = [];
  const places: ((person: PeriodPerson) => number)[] = [];
  const trees = TREES.map(({ name, of }) => {
    const found = directory.filter(({ tree }) => tree === name).sort(byId);
    const keyOf =
      name === 'MANAGER' ? new Map(found.map(({ groupId }) => [groupId, groupId])) : keysBySpelling(found);
    const parentOf = withoutCycles(found, keyOf);
    const keys = [ROOT_KEY, ...new Set(keyOf.values())];
    const indexOf = new Map(keys.map((key, index) => [key, index]));
    const parents = Int32Array.from(keys, (key) =>
      key === ROOT_KEY ? -1 : (indexOf.get(parentOf.get(key) ?? '') ?? 0),
    );
    const nameOf = new Map(found.map(({ groupId, name: called }) => [groupId, called]));
    keys.forEach((key, index) => {
      const isManager = name === 'MANAGER' && index > 0;
      groups.push({
        tree: name,
        key,
        label: isManager ? null : index === 0 ? organizationName : (nameOf.get(key) ?? key),
        parentKey: index === 0 ? null : (keys[parents[index] ?? 0] ?? ROOT_KEY),
        headId: isManager ? key : null,
      });
    });
    const place = (person: PeriodPerson): number => {
      const id = of(person);
      return id === null ? 0 : (indexOf.get(keyOf.get(id) ?? '') ?? 0);
    };
    places.push(place);
    return { tree: name, keys, parents, groupOfPerson: Int32Array.from(people, place) };
  });
  return {
    trees,
    groups,
    withGroups: (others, positionOf) =>
      trees.map((tree, index) => {
        const groupOfPerson = Int32Array.from(tree.groupOfPerson);
        for (const person of others) {
          const position = positionOf(person.participant);
          if (position !== undefined) groupOfPerson[position] = places[index]?.(person) ?? 0;
        }
        return { ...tree, groupOfPerson };
      }),
  };
}

function byId(one: DirectoryGroup, other: DirectoryGroup): number {
  return one.groupId < other.groupId ? -1 : 1;
}

/** Groups whose names differ only in spelling are one, with the key and the name of the first. */
function keysBySpelling(groups: readonly DirectoryGroup[]): Map<string, string> {
  const first = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const { groupId, name } of groups) {
    const spelling = foldSpelling(name);
    const key = first.get(spelling) ?? groupId;
    first.set(spelling, key);
    keys.set(groupId, key);
  }
  return keys;
}

/** The parent of each key. Lines of different months can form a circle: then the group at which it closes belongs to the organization. */
function withoutCycles(
  groups: readonly DirectoryGroup[],
  keyOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const { groupId, parentId } of groups) {
    const [key = '', parent] = [keyOf.get(groupId), parentId === null ? undefined : keyOf.get(parentId)];
    if (parent === undefined || parents.has(key)) continue;
    let above: string | undefined = parent;
    while (above !== undefined && above !== key) above = parents.get(above);
    if (above === undefined) parents.set(key, parent);
  }
  return parents;
}
