import type { EntityManager } from 'typeorm';
import type { QueryResult } from './driver/pipeline.js';
import { senderOf } from './scoped-entity-manager.js';

/**
 * A piece of SQL with its values kept apart from its text. Only this class is ever inlined: whatever else stands in a
 * template becomes a bound parameter, so that no value, whatever its shape, can turn into SQL.
 */
export class Sql {
  private built: string | undefined;

  /** `strings` has one element more than `values`, as a template literal has. */
  constructor(
    private readonly strings: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** The statement with `$1`, `$2`, … in place of the values. */
  get text(): string {
    this.built ??= this.strings.reduce((text, part, index) => `${text}$${String(index)}${part}`);
    return this.built;
  }

  /** This fragment's part of a larger one. */
  appendTo(strings: string[], values: unknown[]): void {
    const [first = '', ...rest] = this.strings;
    extend(strings, first);
    strings.push(...rest);
    values.push(...this.values);
  }
}

/**
 * SQL as one reads it: nested fragments are inlined, everything else becomes a parameter.
 *
 * ```ts
 * sql`select ${columns(PersonalGoal, 'g')} from personal_goal g where g.owner_id = any(${ids}) and ${filter}`
 * ```
 *
 * An array is one parameter (`= any(${ids})`), which keeps the text, and so the prepared statement, the same for any length.
 *
 * @throws TypeError for an undefined value: it would silently become NULL.
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

/** Nothing: for a condition that does not apply. */
export const empty = new Sql([''], []);

/** `join(conditions, sql` and `)`; an empty list gives `empty`. */
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
 * Every row of a query, as it is: names come from the SELECT list, values from the type parsers (data-source.ts).
 * Nothing checks `T` at run time; the statement beside it does.
 */
export async function rows<T>(em: EntityManager, query: Sql): Promise<T[]> {
  return (await run(em, query)).rows as T[];
}

/** The first row, or undefined. For queries that give at most one. */
export async function row<T>(em: EntityManager, query: Sql): Promise<T | undefined> {
  return (await run(em, query)).rows[0] as T | undefined;
}

/** How many rows an INSERT, UPDATE or DELETE touched. 0 also means "refused by the law": see errors in CONTRIBUTING. */
export async function affected(em: EntityManager, query: Sql): Promise<number> {
  return (await run(em, query)).count ?? 0;
}

/** Goes on with the text after the last value. */
function extend(strings: string[], text: string): void {
  strings.push(`${strings.pop() ?? ''}${text}`);
}

async function run(em: EntityManager, query: Sql): Promise<QueryResult> {
  try {
    return await senderOf(em)(query);
  } catch (error) {
    // The stack of what Postgres answered begins where the answer was read; this one leads to whoever asked.
    if (error instanceof Error) Error.captureStackTrace(error, run);
    throw error;
  }
}
