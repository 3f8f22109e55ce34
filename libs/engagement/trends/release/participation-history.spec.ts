import { ParticipationHistory } from './participation-history.js';

function rowsOf(...lists: readonly number[][]): ParticipationHistory {
  const offsets = Int32Array.from([0, ...lists.map((_, index) => lists.slice(0, index + 1).flat().length)]);
  return new ParticipationHistory({ offsets, items: Int32Array.from(lists.flat()) }, 30);
}

const row = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from + 1 }, (_, index) => from + index);

it('allows the same people again, in any order', () => {
  expect(rowsOf([...row(1, 6)]).allows(row(1, 6).reverse())).toBe(true);
});

it.each([1, 2])('refuses a row that lacks %d of the people of an earlier one', (fewer) => {
  expect(rowsOf([...row(1, 9)]).allows(row(1, 9 - fewer))).toBe(false);
});

it.each([1, 2])('refuses a row with %d people more than an earlier one', (more) => {
  expect(rowsOf([...row(1, 9)]).allows(row(1, 9 + more))).toBe(false);
});

it('allows a row that differs by three people', () => {
  expect(rowsOf([...row(1, 9)]).allows(row(1, 6))).toBe(true);
  expect(rowsOf([...row(1, 9)]).allows(row(1, 12))).toBe(true);
});

it('refuses a row that two others, one less the other, leave two people of', () => {
  expect(rowsOf([...row(1, 12)], [...row(1, 6)]).allows(row(9, 12))).toBe(false);
});

it('counts people who have left', () => {
  expect(rowsOf([...row(1, 6), 40, 41]).allows(row(1, 6))).toBe(false);
  expect(rowsOf([...row(1, 6), 40, 41, 42]).allows(row(1, 6))).toBe(true);
});
