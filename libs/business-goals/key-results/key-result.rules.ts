import { assertNoFaults, notFound, type InputFault } from '#graphql';
import type { KeyResultRow } from './key-result.entity.js';
import type { KeyResultInput } from './key-result.inputs.js';

/** The three values of a key result, in its unit. */
export interface MeasuredValues {
  readonly start: number;
  readonly current: number;
  readonly target: number;
}

/** How far `current` is from start to target: 0 before the start, 1 beyond the target. */
export function progressOf({ start, current, target }: MeasuredValues): number {
  const share = (current - start) / (target - start);
  // NaN only where start and target are equal, or differ by more than a number can hold; inputs allow neither.
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}

/** The mean of these progresses; null without any. */
export function meanProgress(keyResults: readonly { readonly progress: number }[]): number | null {
  if (keyResults.length === 0) return null;
  return keyResults.reduce((sum, { progress }) => sum + progress, 0) / keyResults.length;
}

/** What the owner writes of a key result, in the order of the list. */
export interface KeyResultFields extends MeasuredValues {
  /** Null for a new one. */
  readonly id: string | null;
  readonly title: string;
  readonly unit: string;
}

/** A key result to write. */
export type KeyResultValues = KeyResultFields & { readonly position: number };

/**
 * Key results to write, in the order given.
 *
 * @param stored those that the goal has
 * @throws NOT_FOUND for an id that is not among `stored`; BAD_USER_INPUT
 */
export function keyResultValues(
  inputs: readonly KeyResultInput[],
  stored: readonly KeyResultRow[] = [],
): KeyResultValues[] {
  const used = new Set<string>();
  const faults: InputFault[] = [];
  const values = inputs.map((input, position) => {
    const path = `input.keyResults.${String(position)}`;
    if (input.start === input.target)
      faults.push({ path: `${path}.target`, message: 'must differ from the start value.' });
    const id = input.id ?? null;
    if (id !== null) {
      if (!stored.some((one) => one.id === id)) throw notFound('This goal has no key result with this ID.');
      if (used.has(id))
        faults.push({ path: `${path}.id`, message: 'must not be listed twice.', code: 'DUPLICATE' });
      used.add(id);
    }
    return { ...fieldsOf(input, id, stored), position };
  });
  assertNoFaults(faults);
  return values;
}

/** The key results that a list asks for, to compare with those that are stored. One without an id is new, or the one in its place. */
export function requestedKeyResults(
  inputs: readonly KeyResultInput[],
  stored: readonly KeyResultRow[],
): KeyResultFields[] {
  return inputs.map((input, position) => ({
    ...fieldsOf(input, input.id ?? null, stored),
    id: input.id ?? stored[position]?.id ?? null,
  }));
}

/** What the owner wrote of a stored key result. */
export function storedFields({ id, title, unit, start, current, target }: KeyResultRow): KeyResultFields {
  return { id, title, unit, start, current, target };
}

function fieldsOf(
  { title, unit, start, current, target }: KeyResultInput,
  id: string | null,
  stored: readonly KeyResultRow[],
): KeyResultFields {
  const before = stored.find((one) => one.id === id);
  return { id, title, unit, start, current: current ?? before?.current ?? start, target };
}
