import { isCalendarDate } from '#common';
import { join, sql, Sql } from '#db';
import { isBackward, NOT_A_CURSOR, Page, pageSize, type PageArguments } from './connection.js';
import { badInput } from '../errors/errors.js';

/** The SQL types that a list may be sorted by. */
type KeyType = keyof typeof TYPES;

/** One key that a list is sorted by. */
export interface SortKey {
  /** The SQL expression, as in the index. */
  readonly expression: Sql;
  readonly type: KeyType;
  /** The default is `asc`. */
  readonly direction?: 'asc' | 'desc';
  /** Where NULL is sorted. Required if the expression can be NULL, and not allowed otherwise. */
  readonly nulls?: 'first' | 'last';
}

/** The columns that {@link Keyset.key} adds to a row: one for each key, from 1. */
export type Keyed = Readonly<Record<`cursorKey${number}`, string | null>>;

/** The column that {@link eachParent} adds to a row. */
export interface OfParent {
  readonly parentId: string;
}

/**
 * The order of a list, and positions in it.
 *
 * ```ts
 * const byName = keyset('people', { expression: sql`p.name`, type: 'text' }, { expression: sql`p.id`, type: 'uuid' });
 *
 * const found = await rows<PersonRow & Keyed>(em, sql`
 *   select ${columns(Person, 'p')}, ${byName.key}
 *   from person p
 *   where p.ended_on is null and ${byName.where(page)}
 *   order by ${byName.orderBy(page)}
 *   limit ${byName.limit(page)}`);
 * return byName.page(found, page);
 * ```
 *
 * The last key must be unique, for example an id. Otherwise rows that are equal in all keys are skipped at the end of a page.
 *
 * Everybody who decodes a cursor learns the keys of its row, and an order reveals which of two rows has the larger key.
 * **So sort only by values that everybody who reads the list may read.**
 *
 * A cursor carries the name of its list, and is refused by every other.
 *
 * The keys come from the same statement as text: a JavaScript Date would drop the microseconds of a timestamptz, and
 * rows of one millisecond would be skipped or repeated. Deep pages are as fast as the first if all keys have one direction
 * and none can be NULL: then the position is one row comparison that uses an index. An indexed expression such as
 * `coalesce(due_on, 'infinity')` avoids NULL.
 */
export class Keyset {
  /** For the SELECT list: the row's keys, as "cursorKey1", "cursorKey2", … */
  readonly key: Sql;
  /** For ORDER BY of a query without pages. */
  readonly order: Sql;
  private readonly reversed: readonly [SortKey, ...SortKey[]];
  private readonly reversedOrder: Sql;

  constructor(
    private readonly list: string,
    private readonly keys: readonly [SortKey, ...SortKey[]],
  ) {
    this.key = join(
      keys.map(
        ({ expression }, index) => sql`(${expression})::text as ${new Sql([`"${columnOf(index)}"`], [])}`,
      ),
    );
    this.order = orderOf(keys);
    this.reversed = keys.map(reverse) as [SortKey, ...SortKey[]];
    this.reversedOrder = orderOf(this.reversed);
  }

  /** For ORDER BY of a page, reversed for `last`. {@link page} puts its rows into the order of the list. */
  orderBy(page: PageArguments): Sql {
    return isBackward(page) ? this.reversedOrder : this.order;
  }

  /** For WHERE: what lies beyond the cursor; true without one. @throws BAD_USER_INPUT naming `after` or `before` */
  where(page: PageArguments): Sql {
    const place = this.cursorKeys(page);
    if (place === undefined) return sql`true`;
    const keys = isBackward(page) ? this.reversed : this.keys;
    const sameDirection = keys.every(({ direction = 'asc' }) => direction === (keys[0].direction ?? 'asc'));
    if (sameDirection && keys.every(({ nulls }) => nulls === undefined)) {
      const left = join(keys.map(({ expression }) => expression));
      const right = join(keys.map((key, index) => typed(key, place[index])));
      return keys[0].direction === 'desc' ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`;
    }
    // (a beyond x) or (a is x and ((b beyond y) or (b is y and …)))
    return keys.reduceRight<Sql>(
      (rest, key, index) => {
        const value = place[index] ?? null;
        return sql`(${follows(key, value)} or (${equals(key, value)} and ${rest}))`;
      },
      sql`false`,
    );
  }

  /**
   * The keys in the cursor of a page, undefined without one: for a list whose page a function of the database chooses.
   *
   * @throws BAD_USER_INPUT naming `after` or `before`
   */
  cursorKeys(page: PageArguments): (string | null)[] | undefined {
    const [name, cursor] = isBackward(page) ? ['before', page.before] : ['after', page.after];
    return cursor == null ? undefined : this.keysOf(cursor, name);
  }

  /** For LIMIT: one more than the page, which tells whether another follows. */
  limit(page: PageArguments): number {
    return pageSize(page) + 1;
  }

  /** Cuts a page from rows read with `key`, `where`, `orderBy` and `limit`. */
  page<Row extends Keyed>(rows: readonly Row[], page: PageArguments): Page<Row> {
    const size = pageSize(page);
    const backward = isBackward(page);
    const kept = rows.slice(0, size);
    if (backward) kept.reverse();
    const hasMore = rows.length > size;
    const hasCursor = (backward ? page.before : page.after) != null;
    return new Page(kept, backward ? hasCursor : hasMore, backward ? hasMore : hasCursor, (index) =>
      encode(
        this.list,
        this.keys.map((_, key) => kept[index]?.[columnOf(key)] ?? null),
      ),
    );
  }

  /** The same for the rows of many parents, read through {@link eachParent}. */
  pages<Row extends Keyed & OfParent>(rows: readonly Row[], page: PageArguments): Map<string, Page<Row>> {
    const byParent = new Map<string, Row[]>();
    for (const row of rows) {
      const siblings = byParent.get(row.parentId);
      if (siblings) siblings.push(row);
      else byParent.set(row.parentId, [row]);
    }
    return new Map(Array.from(byParent, ([parentId, siblings]) => [parentId, this.page(siblings, page)]));
  }

  /** @throws BAD_USER_INPUT naming the argument, for every cursor that this list never returned */
  private keysOf(cursor: string, argument: string): (string | null)[] {
    const [list, ...values] = decode(cursor) ?? [];
    if (list === this.list && values.length === this.keys.length) {
      const keys = this.keys.map((key, index) => fitting(key, values[index]));
      if (!keys.includes(undefined)) return keys as (string | null)[];
    }
    throw badInput(argument, NOT_A_CURSOR);
  }
}

function orderOf(keys: readonly SortKey[]): Sql {
  return join(
    keys.map(({ expression, direction, nulls }) => {
      const ordered = direction === 'desc' ? sql`${expression} desc` : sql`${expression} asc`;
      // Without the clause if nothing is NULL, because an index must have exactly the same order to be used.
      if (nulls === undefined) return ordered;
      return nulls === 'first' ? sql`${ordered} nulls first` : sql`${ordered} nulls last`;
    }),
  );
}

function reverse({ direction, nulls, ...key }: SortKey): SortKey {
  return {
    ...key,
    direction: direction === 'desc' ? 'asc' : 'desc',
    ...(nulls !== undefined && { nulls: nulls === 'first' ? 'last' : 'first' }),
  };
}

/**
 * The order of a list; see {@link Keyset}.
 *
 * @param list names the list; lists of the same rows in the same order may share a name
 */
export function keyset(list: string, ...keys: [SortKey, ...SortKey[]]): Keyset {
  return new Keyset(list, keys);
}

/**
 * A page for each of many parents in one statement. `query` is that of one parent, whose id is `parent.id`, with
 * order and limit; each of its rows gets "parentId". Rows of one parent come in their order.
 *
 * ```ts
 * eachParent(ownerIds, sql`
 *   select ${columns(Goal, 'g')}, ${byTitle.key} from goal g
 *   where g.owner_id = parent.id and ${byTitle.where(page)} order by ${byTitle.orderBy(page)} limit ${byTitle.limit(page)}`)
 * ```
 */
export function eachParent(parentIds: readonly string[], query: Sql): Sql {
  // LATERAL is a nested loop: PostgreSQL runs the inner query for each parent and keeps its order.
  return sql`select parent.id as "parentId", page.* from unnest(${parentIds}::uuid[]) as parent(id) cross join lateral (${query}) as page`;
}

function follows({ expression, direction, nulls, type }: SortKey, value: string | null): Sql {
  if (value === null) return nulls === 'first' ? sql`${expression} is not null` : sql`false`;
  const bound = typed({ type }, value);
  const beyond = direction === 'desc' ? sql`${expression} < ${bound}` : sql`${expression} > ${bound}`;
  return nulls === 'last' ? sql`(${beyond} or ${expression} is null)` : beyond;
}

function equals({ expression, type }: SortKey, value: string | null): Sql {
  return value === null ? sql`${expression} is null` : sql`${expression} = ${typed({ type }, value)}`;
}

function typed({ type }: Pick<SortKey, 'type'>, value: string | null | undefined): Sql {
  return TYPES[type].cast(value ?? null);
}

/** The value if it is valid for this key, undefined if the cursor was forged. */
function fitting({ type, nulls }: SortKey, value: unknown): string | null | undefined {
  if (value === null) return nulls === undefined ? undefined : null;
  return typeof value === 'string' && TYPES[type].fits(value) ? value : undefined;
}

function columnOf(keyIndex: number): `cursorKey${number}` {
  return `cursorKey${keyIndex + 1}`;
}

function encode(list: string, keys: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...keys]), 'utf8').toString('base64url');
}

function decode(cursor: string): unknown[] | undefined {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? (value as unknown[]) : undefined;
  } catch {
    return undefined;
  }
}

function isTimestamp(text: string): boolean {
  if (text === 'infinity' || text === '-infinity') return true;
  const [date = '', time = ''] = text.split(' ', 2);
  return isCalendarDate(date) && text === `${date} ${time}` && TIME_WITH_OFFSET.test(time);
}

const TIME_WITH_OFFSET = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/;

function isDate(text: string): boolean {
  return text === 'infinity' || text === '-infinity' || isCalendarDate(text);
}

function isInteger(text: string, bits: 32 | 64): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false;
  return BigInt.asIntN(bits, BigInt(text)) === BigInt(text);
}

/**
 * How each type is bound, and which texts PostgreSQL can have written. Forged values are refused here and not by a failing cast.
 */
const TYPES = {
  uuid: {
    cast: (value: string | null) => sql`${value}::uuid`,
    fits: (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text),
  },
  text: {
    cast: (value: string | null) => sql`${value}::text`,
    fits: (text: string) => text.isWellFormed() && !text.includes('\0'),
  },
  timestamptz: { cast: (value: string | null) => sql`${value}::timestamptz`, fits: isTimestamp },
  date: { cast: (value: string | null) => sql`${value}::date`, fits: isDate },
  integer: {
    cast: (value: string | null) => sql`${value}::integer`,
    fits: (text: string) => isInteger(text, 32),
  },
  bigint: {
    cast: (value: string | null) => sql`${value}::bigint`,
    fits: (text: string) => isInteger(text, 64),
  },
  numeric: {
    cast: (value: string | null) => sql`${value}::numeric`,
    fits: (text: string) => /^-?\d{1,100}(?:\.\d{1,100})?$/.test(text),
  },
  float8: {
    cast: (value: string | null) => sql`${value}::float8`,
    fits: (text: string) => /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(text) && Number.isFinite(Number(text)),
  },
  boolean: {
    cast: (value: string | null) => sql`${value}::boolean`,
    fits: (text: string) => text === 'true' || text === 'false',
  },
} as const;
