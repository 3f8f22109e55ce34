import {
  getNullableType,
  isIntrospectionType,
  isListType,
  type GraphQLCompositeType,
  type GraphQLField,
} from 'graphql';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../pagination/connection.js';

/*
 * What an operation costs. Before it runs, the most that it can return is estimated: a field that returns objects costs ownCost, as
 * often as the objects around it can be returned (timesReturned). Afterwards it is charged for what it returned (countReturned).
 * measure-operation.ts applies this to an operation, and libs/auth/cost-budget.ts keeps what each caller has used.
 */

/** What an operation was charged, as clients see it in `extensions.cost`. */
export interface CostReport {
  readonly charged: number;
  /** What is left of the caller's budget; null without a session. */
  readonly remaining: number | null;
  /** When all of the budget is available again, if nothing else is charged; null without a session. */
  readonly reset: string | null;
}

/** The most that an operation can cost, set aside until it has run. */
export interface CostReservation {
  /** @param actual the actual cost; undefined: all that was reserved. Never rejects. */
  settle(actual: number | undefined): Promise<CostReport>;
}

export type Variables = Readonly<Record<string, unknown>>;

/** An object counts 1, unless `@Field({ complexity })` sets a different cost for an expensive field. */
export function ownCost(field: GraphQLField<unknown, unknown>, isObject: boolean): number {
  const { complexity } = field.extensions;
  if (typeof complexity === 'number') return complexity;
  return isObject ? 1 : 0;
}

/** The items counted for a list of unknown length. */
const LIST_ESTIMATE = 10;
/** The same inside introspection, which needs no database; the query that tools send must be accepted. */
const INTROSPECTION_LIST_ESTIMATE = 4;

/** How often the selection of a field is resolved: the size of its page, the length of its list, or once. */
export function timesReturned(
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLCompositeType,
  argument: (name: string, variables: Variables) => unknown,
): (variables: Variables) => number {
  if (field.args.some(({ name }) => name === 'first')) {
    return (variables) => {
      const asked = argument('first', variables) ?? argument('last', variables) ?? DEFAULT_PAGE;
      return typeof asked === 'number' ? Math.min(Math.max(asked, 1), LARGEST_PAGE) : LARGEST_PAGE;
    };
  }
  if (!isListType(getNullableType(field.type))) return () => 1;
  // Inside a connection the page size is already counted.
  if (parent.name.endsWith('Connection')) return () => 1;
  if (isIntrospectionType(parent)) return () => INTROSPECTION_LIST_ESTIMATE;
  const lists = field.args.filter(({ type }) => isListType(getNullableType(type))).map(({ name }) => name);
  return (variables) => {
    const lengths = lists
      .map((name) => argument(name, variables))
      .map((value) => (Array.isArray(value) ? value.length : 0));
    return Math.max(...lengths, 0) || LIST_ESTIMATE;
  };
}

/** A field that returns objects. */
export interface CountedField {
  /** Its name in the response. */
  readonly key: string;
  readonly own: number;
  /** Whether it is one of the lists of a connection, whose items count as their list does. */
  readonly isPage: boolean;
  readonly children: () => readonly CountedField[];
}

/**
 * The cost of what was returned: each field that returns objects counts once for every object that was returned around it, whether or not it has a value.
 * It is a function of the operation and its result alone, so a caller learns nothing from it that the result does not show: a hidden row
 * costs what a missing one does.
 */
export function countReturned(fields: readonly CountedField[], object: object): number {
  let cost = 0;
  for (const { key, own, isPage, children } of fields) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    // Left out by a fragment for another type, or by @skip.
    if (value === undefined) continue;
    cost += own * (isPage && Array.isArray(value) ? value.length : 1);
    const inner = children();
    if (inner.length > 0) cost += countValue(inner, value);
  }
  return cost;
}

function countValue(fields: readonly CountedField[], value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (!Array.isArray(value)) return countReturned(fields, value);
  let cost = 0;
  for (const item of value) cost += countValue(fields, item);
  return cost;
}

/** Fields of one name in the response are one field in it. */
export function mergeCounted(fields: readonly CountedField[]): readonly CountedField[] {
  const byKey = new Map<string, CountedField[]>();
  for (const field of fields) byKey.set(field.key, [...(byKey.get(field.key) ?? []), field]);
  return Array.from(byKey.values(), (same) => {
    const [first, ...others] = same as [CountedField, ...CountedField[]];
    if (others.length === 0) return first;
    return {
      ...first,
      own: Math.max(...same.map(({ own }) => own)),
      children: once(() => mergeCounted(same.flatMap(({ children }) => children()))),
    };
  });
}

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
