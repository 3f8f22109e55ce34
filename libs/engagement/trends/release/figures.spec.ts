import { LOWERED, RAISED } from './bounded-values.js';
import { bandOf, figureOf } from './figures.js';
import { PEOPLE_BANDS } from './types.js';

const SCORE = { lowest: 1, highest: 5, valueStep: 1, roundedTo: 0.1, cutFromBounds: 0 };
const SHARE = { lowest: 0, highest: 1, valueStep: 1, roundedTo: 0.1, cutFromBounds: 0.1 };

it.each([
  [17, 7, 0, 3.4, 'ROUNDED'],
  [4, 7, RAISED, 1.6, 'AT_MOST'],
  [24, 7, LOWERED, 4.4, 'AT_LEAST'],
  [17, 7, RAISED | LOWERED, 3.4, 'APPROXIMATE'],
])('a sum of %d above 1, of %d people, moved %d, is shown as %d %s', (sum, people, moved, value, bound) => {
  expect(figureOf(SCORE, sum, people, moved)).toEqual({ value, bound });
});

it.each([
  [1, 40, 0, 0.1, 'AT_MOST'],
  [1, 40, LOWERED, 0.1, 'APPROXIMATE'],
  [39, 40, 0, 0.9, 'AT_LEAST'],
  [39, 40, LOWERED, 0.9, 'AT_LEAST'],
  [39, 40, RAISED, 0.9, 'APPROXIMATE'],
  [4, 40, 0, 0.1, 'ROUNDED'],
])('%d of %d who take part, moved %d, are shown as %d %s', (sum, people, moved, value, bound) => {
  expect(figureOf(SHARE, sum, people, moved)).toEqual({ value, bound });
});

it.each([
  [5, 'FROM_5_TO_9'],
  [9, 'FROM_5_TO_9'],
  [10, 'FROM_10_TO_19'],
  [19, 'FROM_10_TO_19'],
  [20, 'FROM_20_TO_49'],
  [49, 'FROM_20_TO_49'],
  [50, 'FROM_50'],
  [300_000, 'FROM_50'],
])('%d people are in the band %s', (people, band) => {
  expect(PEOPLE_BANDS[bandOf(people)]).toBe(band);
});
