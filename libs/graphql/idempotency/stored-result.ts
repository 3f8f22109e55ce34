import { readTypename } from '../node.js';
import { isId } from '../validation.js';

/** Represents a row in a stored result. */
export class RowReference {
  constructor(
    readonly id: string,
    readonly __typename?: string,
  ) {}
}

/** A constant of the code, such as DONE, as the whole result of a write; never text that somebody wrote. */
const CONSTANT = /^[A-Z_]{1,40}$/;

/**
 * What is stored of the result of a write: the ID and type of each row, and the IDs, booleans and property names around rows. Texts,
 * numbers and times are not stored; they are read again.
 */
export function toStoredResult(result: unknown): unknown {
  return typeof result === 'string' && CONSTANT.test(result) ? result : withoutText(result);
}

function withoutText(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return isId(value) ? value : null;
  if (Array.isArray(value)) return value.map(withoutText);
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  const typename = readTypename(value);
  const type = typename === undefined ? {} : { __typename: typename };
  if ('id' in value && isId(value.id)) return { id: value.id, ...type };
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutText(inner)])),
    ...type,
  };
}

/** A result that a resolver can continue with: a {@link RowReference} in place of each row. */
export function fromStoredResult(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(fromStoredResult);
  if (typeof stored !== 'object' || stored === null) return stored ?? undefined;
  if ('id' in stored && isId(stored.id)) return new RowReference(stored.id, readTypename(stored));
  return Object.fromEntries(Object.entries(stored).map(([name, inner]) => [name, fromStoredResult(inner)]));
}
