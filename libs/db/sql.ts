import type { EntityManager } from 'typeorm';
import type { QueryResult } from './driver/statement.js';
import { senderOf } from './scoped-entity-manager.js';

/**
 * A fragment of SQL with its values separate from its text. Only instances of this class are inlined into other fragments; every
 * other value becomes a bound parameter, so no value can inject SQL.
 */
export class Sql {
  private built: string | undefined;

  /** @param strings one more than `values`, as in a template literal */
  constructor(
    private readonly strings: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** The statement with `$1`, `$2`, … for the values. */
  get text(): string {
    this.built ??= this.strings.reduce((text, part, index) => `${text}$${String(index)}${part}`);
    return this.built;
  }

  /** Appends this fragment to a larger one. */
  appendTo(strings: string[], values: unknown[]): void {
    const [first = '', ...rest] = this.strings;
    extend(strings, first);
    strings.push(...rest);
    values.push(...this.values);
  }
}

/**
 * Creates a fragment of SQL: nested fragments are inlined, everything else becomes a parameter.
 *
 * ```ts
 * sql`select ${columns(PersonalGoal, 'g')} from personal_goal g where g.owner_id = any(${ids}) and ${filter}`
 * ```
 *
 * An array is one parameter (`= any(${ids})`), so the text and its prepared statement are the same for any length.
 *
 * @throws TypeError for an undefined value, which would silently become NULL
 */
export function sql(template: readonly string[], ...values: readonly unknown[]): Sql {
  const strings: string[] = [template[0] ?? ''];
  const bound: unknown[] = [];
  values.forEach((value, index) => {
    const after = template[index + 1] ?? '';
    if (value instanceof Sql) {
      value.appendTo(strings, bound);
      extend(strings, after);
      return;
    }
    if (value === undefined) {
      throw new TypeError(
        `SQL value ${String(index + 1)} is undefined (near "${(strings.at(-1) ?? '').trim().slice(-40)}")`,
      );
    }
    bound.push(value);
    strings.push(after);
  });
  return new Sql(strings, bound);
}

/** An empty fragment, for a condition that does not apply. */
export const empty = new Sql([''], []);

/** Joins fragments, as in `join(conditions, sql` and `)`; an empty list returns `empty`. */
export function join(parts: readonly Sql[], separator: Sql = new Sql([', '], [])): Sql {
  const strings: string[] = [''];
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (index > 0) separator.appendTo(strings, values);
    part.appendTo(strings, values);
  });
  return new Sql(strings, values);
}

/**
 * A condition that a column has one of these values. For a single ID it is `= $1`: PostgreSQL then knows that a unique index returns at
 * most one row, whereas it plans `= any($1)` for ten, and often reads more through the indexes of the policies than through this one.
 */
export function isOneOf(column: Sql, ids: readonly string[]): Sql {
  return ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = any(${ids}::uuid[])`;
}

/**
 * All rows of a query: names come from the SELECT list, values from the type parsers (driver/type-parsers.ts). `T` is not checked at
 * run time.
 */
export async function rows<T>(em: EntityManager, query: Sql): Promise<T[]> {
  return (await run(em, query)).rows as T[];
}

/** The only row, or undefined, of a query that returns at most one. */
export async function row<T>(em: EntityManager, query: Sql): Promise<T | undefined> {
  return (await run(em, query)).rows[0] as T | undefined;
}

/** The value of a query that returns at most one row, of one column: what a function returns, or a count. Undefined without a row. */
export async function scalar<T>(em: EntityManager, query: Sql): Promise<T | undefined> {
  const [only] = (await run(em, query)).rows as Record<string, T>[];
  return only === undefined ? undefined : Object.values(only)[0];
}

/** How many rows an INSERT, UPDATE or DELETE changed. 0 can also mean that a policy hides the row: see CONTRIBUTING. */
export async function affected(em: EntityManager, query: Sql): Promise<number> {
  return (await run(em, query)).count ?? 0;
}

/** Appends to the text after the last value. */
function extend(strings: string[], text: string): void {
  strings.push(`${strings.pop() ?? ''}${text}`);
}

async function run(em: EntityManager, query: Sql): Promise<QueryResult> {
  try {
    return await senderOf(em)(query);
  } catch (error) {
    // The error's stack starts where the response was read; this one leads to the caller.
    if (error instanceof Error) Error.captureStackTrace(error, run);
    throw error;
  }
}
