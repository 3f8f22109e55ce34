import { leadersWithReports } from './leaders.js';

function leadersOf(people: number[], ...reports: readonly number[][]): number[] {
  const offsets = Int32Array.from([
    0,
    ...reports.map((_, index) => reports.slice(0, index + 1).flat().length),
  ]);
  return [
    ...leadersWithReports({
      key: 'PROMISES',
      unit: 'LEADER',
      people: Int32Array.from(people),
      reports: { offsets, items: Int32Array.from(reports.flat()) },
      history: { offsets: new Int32Array(1), items: new Int32Array(0) },
      months: [],
      organizationOnly: false,
      metrics: [],
    }),
  ];
}

it('counts leaders who have different reports', () => {
  expect(leadersOf([1, 2, 3], [11], [12, 13], [14])).toEqual([0, 1, 2]);
});

it('counts one of two leaders with the same only report, and no leader without reports', () => {
  expect(leadersOf([2, 1, 3], [11], [11], [])).toEqual([1]);
});

it('counts a second leader for another report', () => {
  expect(leadersOf([1, 2], [11, 12], [11, 12])).toEqual([0, 1]);
});
