import { meanProgress, progressOf } from './key-result.progress.js';

it.each([
  ['at the start', { start: 10, current: 10, target: 20 }, 0],
  ['half way', { start: 10, current: 15, target: 20 }, 0.5],
  ['there', { start: 10, current: 20, target: 20 }, 1],
  ['beyond', { start: 10, current: 45, target: 20 }, 1],
  ['back', { start: 10, current: 5, target: 20 }, 0],
  ['downwards', { start: 8, current: 5, target: 2 }, 0.5],
  ['downwards and beyond', { start: 8, current: 0, target: 2 }, 1],
  ['from below zero', { start: -4, current: 0, target: 4 }, 0.5],
])('a key result %s', (_, way, progress) => {
  expect(progressOf(way)).toBe(progress);
});

it('a goal is as far as its key results in the mean, and nowhere without any', () => {
  expect(meanProgress([{ progress: 0 }, { progress: 1 }, { progress: 0.5 }])).toBe(0.5);
  expect(meanProgress([])).toBeNull();
});
