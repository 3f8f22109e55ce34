import { meanProgress, progressOf } from './key-result.rules.js';

it.each([
  ['at the start', { start: 10, current: 10, target: 20 }, 0],
  ['half way to the target', { start: 10, current: 15, target: 20 }, 0.5],
  ['at the target', { start: 10, current: 20, target: 20 }, 1],
  ['beyond the target', { start: 10, current: 45, target: 20 }, 1],
  ['before the start', { start: 10, current: 5, target: 20 }, 0],
  ['that decreases', { start: 8, current: 5, target: 2 }, 0.5],
  ['that decreases beyond the target', { start: 8, current: 0, target: 2 }, 1],
  ['that starts below zero', { start: -4, current: 0, target: 4 }, 0.5],
])('computes the progress of a key result %s', (_, range, progress) => {
  expect(progressOf(range)).toBe(progress);
});

it('takes the mean progress of key results, and null without any', () => {
  expect(meanProgress([{ progress: 0 }, { progress: 1 }, { progress: 0.5 }])).toBe(0.5);
  expect(meanProgress([])).toBeNull();
});
