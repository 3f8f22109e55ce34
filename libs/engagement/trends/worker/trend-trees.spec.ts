import { buildTrees, type DirectoryGroup, type PeriodPerson } from './trend-trees.js';

const group = (
  tree: DirectoryGroup['tree'],
  groupId: string,
  name: string,
  parentId: string | null = null,
): DirectoryGroup => ({ tree, groupId, name, parentId });
const person = (participant: number, of: Partial<PeriodPerson>): PeriodPerson => ({
  participant,
  departmentId: null,
  locationId: null,
  managerId: null,
  ...of,
});

describe('the trees of a period', () => {
  it('makes one group of departments whose names differ only in spelling', () => {
    const directory = [
      group('DEPARTMENT', 'b', 'R & D'),
      group('DEPARTMENT', 'a', 'r&d'),
      group('DEPARTMENT', 'c', 'Sales'),
    ];
    const people = [
      person(1, { departmentId: 'a' }),
      person(2, { departmentId: 'b' }),
      person(3, { departmentId: 'c' }),
      person(4, {}),
      person(5, { departmentId: 'closed since' }),
    ];
    const { trees, groups } = buildTrees('Acme', directory, people);
    const [departments] = trees;
    expect(departments?.keys).toEqual(['organization', 'a', 'c']);
    expect([...(departments?.groupOfPerson ?? [])]).toEqual([1, 1, 2, 0, 0]);
    expect(groups.filter(({ tree }) => tree === 'DEPARTMENT').map(({ label }) => label)).toEqual([
      'Acme',
      'r&d',
      'Sales',
    ]);
  });

  it('puts a manager below their manager, and a circle of lines of different months below the organization', () => {
    const directory = [
      group('MANAGER', 'a', 'Ada', 'b'),
      group('MANAGER', 'b', 'Bo', 'a'),
      group('MANAGER', 'c', 'Cai', 'b'),
    ];
    const { trees, groups } = buildTrees('Acme', directory, [person(1, { managerId: 'c' })]);
    const managers = trees.find(({ tree }) => tree === 'MANAGER');
    expect(managers?.keys).toEqual(['organization', 'a', 'b', 'c']);
    expect([...(managers?.parents ?? [])]).toEqual([-1, 2, 0, 2]);
    expect(groups.find(({ key }) => key === 'c')).toEqual({
      tree: 'MANAGER',
      key: 'c',
      label: null,
      parentKey: 'b',
      headId: 'c',
    });
  });

  it('replaces the groups of people who answered in others', () => {
    const directory = [group('LOCATION', 'a', 'Lyon'), group('LOCATION', 'b', 'Porto')];
    const { withGroups } = buildTrees('Acme', directory, [
      person(7, { locationId: 'a' }),
      person(9, { locationId: 'a' }),
    ]);
    const positions = new Map([
      [7, 0],
      [9, 1],
    ]);
    const [, , locations] = withGroups([person(9, { locationId: 'b' })], (number) => positions.get(number));
    expect([...(locations?.groupOfPerson ?? [])]).toEqual([1, 2]);
  });
});
