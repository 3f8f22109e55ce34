/** The sentences about two figures, by the rules of docs/hr.md. Needs no browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { movementOf, type Point } from '../src/pages/trends/movement.ts';

const QUARTERS = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];

function points(
  ...figures: readonly (number | null | { readonly value: number; readonly bound: Point['bound'] })[]
): Point[] {
  return figures.map((figure, at) => ({
    period: QUARTERS[at] ?? '',
    definitionVersion: 1,
    people: figure === null ? null : 'FROM_50',
    bound: figure === null ? null : 'ROUNDED',
    ...(typeof figure === 'object' && figure !== null ? figure : { value: figure }),
  }));
}

const atLeast = (value: number) => ({ value, bound: 'AT_LEAST' }) as const;
const atMost = (value: number) => ({ value, bound: 'AT_MOST' }) as const;
const approximate = (value: number) => ({ value, bound: 'APPROXIMATE' }) as const;

describe('what moved', () => {
  it('is nothing without two figures', () => {
    assert.equal(movementOf(points(null, null), 0.1).kind, 'none');
    assert.equal(movementOf(points(null, 3.5), 0.1).kind, 'single');
  });

  it('is no more than rounding up to one step', () => {
    assert.equal(movementOf(points(3.5, 3.6), 0.1).kind, 'within');
    assert.equal(movementOf(points(0.7, 0.65), 0.05).kind, 'within');
    assert.equal(movementOf(points(3.5, 3.7), 0.1).kind, 'rose');
    assert.equal(movementOf(points(20, 10), 5).kind, 'fell');
  });

  it('takes a bound for everything that it can stand for', () => {
    assert.equal(movementOf(points(3.5, atLeast(3.9)), 0.1).kind, 'rose');
    assert.equal(movementOf(points(3.9, atLeast(3.5)), 0.1).kind, 'unclear');
    assert.equal(movementOf(points(atLeast(3.9), 3.5), 0.1).kind, 'fell');
    assert.equal(movementOf(points(atLeast(3.3), atLeast(3.9)), 0.1).kind, 'unclear');
    assert.equal(movementOf(points(3.9, atMost(3.5)), 0.1).kind, 'fell');
    assert.equal(movementOf(points(atMost(2), 3), 0.1).kind, 'rose');
    assert.equal(movementOf(points(approximate(2), 4), 0.1).kind, 'unclear');
  });

  it('compares the last two figures, across a gap', () => {
    const movement = movementOf(points(3.5, null, 3.9, null), 0.1);
    assert.ok('first' in movement);
    assert.equal(movement.first.period, '2026-Q1');
    assert.equal(movement.last.period, '2026-Q3');
    assert.equal(movement.run, 1);
  });

  it('counts periods that move the same way, until one is missing', () => {
    const rising = movementOf(points(3.1, 3.5, 3.7, 3.9), 0.1);
    assert.ok('run' in rising);
    assert.equal(rising.run, 3);
    assert.equal(rising.first.period, '2026-Q1');
    const interrupted = movementOf(points(3.1, null, 3.7, 3.9), 0.1);
    assert.ok('run' in interrupted);
    assert.equal(interrupted.run, 1);
  });

  it('compares nothing across two definitions', () => {
    const changed = points(3.1, 3.9).map((point, at) => ({ ...point, definitionVersion: at }));
    assert.equal(movementOf(changed, 0.1).kind, 'incomparable');
  });

  it('knows when there are so few people that two make the difference', () => {
    const few = points(3.1, 3.9).map((point) => ({ ...point, people: 'FROM_5_TO_9' as const }));
    const movement = movementOf(few, 0.1);
    assert.ok('isSmall' in movement && movement.isSmall);
  });
});
