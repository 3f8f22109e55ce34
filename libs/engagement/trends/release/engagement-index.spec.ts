import { engagementIndex } from './engagement-index.js';
import { boundIndex } from './figures.js';
import { BOUNDS, type Bound, type MetricCells } from './types.js';

function driver(value: number, bound: Bound, released = 1, people = 2): MetricCells {
  return {
    metric: 'PULSE_SCORE',
    driver: 'VOICE',
    roundedTo: 0.1,
    trees: [
      {
        tree: 'DEPARTMENT',
        released: Uint8Array.of(released),
        value: Float64Array.of(value),
        bound: Uint8Array.of(boundIndex(bound)),
        people: Uint8Array.of(people),
      },
    ],
  };
}

it.each([
  [[3.4, 'ROUNDED'], [3.7, 'ROUNDED'], 3.6, 'ROUNDED'],
  [[3.4, 'ROUNDED'], [1.6, 'AT_MOST'], 2.6, 'AT_MOST'],
  [[3.4, 'ROUNDED'], [4.6, 'AT_LEAST'], 3.9, 'AT_LEAST'],
  [[1.6, 'AT_MOST'], [4.6, 'AT_LEAST'], 3.1, 'APPROXIMATE'],
  [[1.6, 'AT_MOST'], [3.2, 'APPROXIMATE'], 2.4, 'APPROXIMATE'],
] as const)('the index of %j and %j is %d %s', (first, second, value, bound) => {
  const [cells] = engagementIndex([driver(first[0], first[1]), driver(second[0], second[1], 1, 1)]).trees;
  expect(cells?.value[0]).toBeCloseTo(value, 6);
  expect(BOUNDS[cells!.bound[0]!]).toBe(bound);
  expect(cells?.people[0]).toBe(1);
});

it('is suppressed where a driver is, and shown in steps of 0.1', () => {
  const index = engagementIndex([driver(3.4, 'ROUNDED'), driver(3.7, 'ROUNDED', 0)]);
  expect(index.trees[0]?.released[0]).toBe(0);
  expect(index.roundedTo).toBe(0.1);
});
