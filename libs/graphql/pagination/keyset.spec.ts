import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import pg from 'pg';
import { Database, DbModule, rows, sql, type Sql } from '#db';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { Page, type Edge, type PageArguments } from './connection.js';
import { ApiError } from '../errors/errors.js';
import { eachParent, keyset, type Keyed, type Keyset, type OfParent, type SortKey } from './keyset.js';

interface Thing extends Keyed {
  readonly id: string;
  readonly name: string;
}

let testDatabase: TestDatabase;
let module: TestingModule;
let db: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const admin = new pg.Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  await admin.query(`
    create table thing (
      id uuid primary key default gen_random_uuid(),
      parent_id uuid not null,
      name text not null,
      at timestamptz not null,
      due_on date,
      weight float8,
      rank bigint not null
    );
    create index on thing (name, id);
    grant select on thing to public;
    -- Ties in every column, NULLs, times within one millisecond, days and words that need care.
    insert into thing (parent_id, name, at, due_on, weight, rank)
    select ('00000000-0000-0000-0000-00000000000' || n % 4)::uuid,
           (array['Ann', 'ann', 'Ärmel', 'a "quoted" \\ name', '日本語', '👩‍👧 family', E'two\\nlines', ''])[1 + n % 8],
           timestamptz '2026-05-04 09:30:00.000001+00' + (n % 7) * interval '1 microsecond' - (n % 2) * interval '40 years',
           (array[null, date '2026-02-28', date '2026-03-01', 'infinity'])[1 + n % 4],
           (array[null, 0.1, -1e300, 3])[1 + n % 4],
           9223372036854775807 - n % 5
    from generate_series(1, 60) n;`);
  await admin.end();
  module = await Test.createTestingModule({
    imports: [DbModule.forRoot({ url: testDatabase.appUrl, poolSize: 2, statementTimeoutMs: 5_000 })],
  }).compile();
  db = module.get(Database);
});
afterAll(async () => {
  await module.close();
  await testDatabase.drop();
});

function read<Row>(query: Sql): Promise<Row[]> {
  return db.read(null, (em) => rows<Row>(em, query));
}

async function pageOf(order: Keyset, page: PageArguments, things: Sql = sql`thing`): Promise<Page<Thing>> {
  const found = await read<Thing>(
    sql`select t.id, t.name, ${order.key} from ${things} t where ${order.where(page)} order by ${order.orderBy(page)} limit ${order.limit(page)}`,
  );
  return order.page(found, page);
}

/** Every edge, page by page from the start. */
async function walkForward(order: Keyset, first: number, things?: Sql): Promise<Edge<Thing>[]> {
  const edges: Edge<Thing>[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<Thing> = await pageOf(order, { first, after }, things);
    edges.push(...page.edges);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    if (!page.hasNextPage) return edges;
    expect(page.rows).toHaveLength(first);
    after = page.pageInfo.endCursor;
  }
}

/** Every edge, page by page from the end, in the order of the list. */
async function walkBackward(order: Keyset, last: number, things?: Sql): Promise<Edge<Thing>[]> {
  const edges: Edge<Thing>[] = [];
  let before: string | null = null;
  for (;;) {
    const page: Page<Thing> = await pageOf(order, { last, before }, things);
    edges.unshift(...page.edges);
    expect(page.pageInfo.hasNextPage).toBe(before !== null);
    if (!page.hasPreviousPage) return edges;
    expect(page.rows).toHaveLength(last);
    before = page.pageInfo.startCursor;
  }
}

function idsOf(edges: readonly Edge<Thing>[]): string[] {
  return edges.map(({ node }) => node.id);
}

const id = { expression: sql`t.id`, type: 'uuid' } as const;
const orders: readonly [string, [SortKey, ...SortKey[]]][] = [
  ['id', [id]],
  ['name, id', [{ expression: sql`t.name`, type: 'text' }, id]],
  [
    'at desc, id desc',
    [
      { expression: sql`t.at`, type: 'timestamptz', direction: 'desc' },
      { ...id, direction: 'desc' },
    ],
  ],
  ['at desc, id', [{ expression: sql`t.at`, type: 'timestamptz', direction: 'desc' }, id]],
  ['rank, id', [{ expression: sql`t.rank`, type: 'bigint' }, id]],
  [
    'rank::numeric desc, name, id',
    [
      { expression: sql`t.rank / 7.0`, type: 'numeric', direction: 'desc' },
      { expression: sql`t.name`, type: 'text' },
      id,
    ],
  ],
  ...(['asc', 'desc'] as const).flatMap((direction) =>
    (['first', 'last'] as const).flatMap((nulls): [string, [SortKey, ...SortKey[]]][] => [
      [
        `due_on ${direction} nulls ${nulls}, id`,
        [{ expression: sql`t.due_on`, type: 'date', direction, nulls }, id],
      ],
      [
        `weight ${direction} nulls ${nulls}, due_on nulls ${nulls}, has due_on, name, id desc`,
        [
          { expression: sql`t.weight`, type: 'float8', direction, nulls },
          { expression: sql`t.due_on`, type: 'date', nulls },
          { expression: sql`t.due_on is null`, type: 'boolean' },
          { expression: sql`t.name`, type: 'text' },
          { ...id, direction: 'desc' },
        ],
      ],
    ]),
  ),
];

it.each(orders)('walks every row once, in order and in both directions, by %s', async (_name, keys) => {
  const order = keyset('things', ...keys);
  const all = (await read<Thing>(sql`select t.id from thing t order by ${order.order}`)).map((row) => row.id);
  expect(all).toHaveLength(60);
  for (const size of [1, 7, 59, 60, 100]) {
    expect(idsOf(await walkForward(order, size))).toEqual(all);
    expect(idsOf(await walkBackward(order, size))).toEqual(all);
  }
});

const directions = fc.constantFrom('asc' as const, 'desc' as const);
const anyOrder = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('name', 'due_on', 'weight'), { maxLength: 3 }),
    fc.array(fc.tuple(directions, fc.constantFrom('first' as const, 'last' as const)), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([columns, ways]) =>
    keyset(
      'things',
      ...([...columns, 'id'].map((column, index): SortKey => {
        const [direction, nulls] = ways[index]!;
        const expression = { name: sql`t.name`, due_on: sql`t.due_on`, weight: sql`t.weight`, id: sql`t.id` }[
          column
        ]!;
        const type = ({ name: 'text', due_on: 'date', weight: 'float8', id: 'uuid' } as const)[column]!;
        const mayBeNull = column === 'due_on' || column === 'weight';
        return { expression, type, direction, ...(mayBeNull && { nulls }) };
      }) as [SortKey, ...SortKey[]]),
    ),
  );
const anyThings = fc.array(
  fc.record({
    id: fc.uuid(),
    parent: fc.integer({ min: 0, max: 2 }),
    name: fc.constantFrom('', 'a', 'A', 'é', 'z"\\'),
    due_on: fc.constantFrom(null, '2026-02-28', '2026-03-01', 'infinity'),
    weight: fc.constantFrom(null, 0.1, -1e300, 3),
  }),
  { maxLength: 25 },
);

it('gives the same edges forwards and backwards, whatever the rows, their order and the size of a page', async () => {
  await fc.assert(
    fc.asyncProperty(anyThings, anyOrder, fc.integer({ min: 1, max: 9 }), async (drawn, order, size) => {
      const things = sql`(select * from jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb)
        as t(id uuid, parent integer, name text, due_on date, weight float8))`;
      const forward = await walkForward(order, size, things);
      expect(forward).toHaveLength(drawn.length);
      expect(await walkBackward(order, size, things)).toEqual(forward);

      // A page of each parent: what the walk through that parent alone begins and ends with.
      const parentIds = [0, 1, 2].map(parentIdOf);
      for (const page of [{ first: size }, { last: size }]) {
        const found = await read<Thing & OfParent>(
          eachParent(
            parentIds,
            sql`select t.id, t.name, ${order.key} from ${things} t
              where ('00000000-0000-0000-0000-00000000000' || t.parent)::uuid = parent.id and ${order.where(page)}
              order by ${order.orderBy(page)} limit ${order.limit(page)}`,
          ),
        );
        const pages = order.pages(found, page);
        for (const [parent, parentId] of parentIds.entries()) {
          const ids = drawn.filter((thing) => thing.parent === parent).map((thing) => thing.id);
          const siblings = idsOf(forward).filter((thing) => ids.includes(thing));
          const expected = 'first' in page ? siblings.slice(0, size) : siblings.slice(-size);
          const got = pages.get(parentId) ?? Page.empty<Thing>();
          expect(got.rows.map((row) => row.id)).toEqual(expected);
          const more = siblings.length > size;
          expect([got.hasPreviousPage, got.hasNextPage]).toEqual(
            'first' in page ? [false, more] : [more, false],
          );
        }
      }
    }),
    { numRuns: 40 },
  );
});

function parentIdOf(number: number): string {
  return `00000000-0000-0000-0000-00000000000${String(number)}`;
}

it('returns a page as a connection', async () => {
  const order = keyset('things', { expression: sql`t.name`, type: 'text' }, id);
  const page = await pageOf(order, { first: 2 });
  expect(page.nodes.map(({ name }) => name)).toEqual(['', '']);
  expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
  expect(page.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: page.edges[0]?.cursor,
    endCursor: page.edges[1]?.cursor,
  });
  const mapped = page.map(({ id: one }) => ({ one }));
  expect(mapped.edges[1]).toEqual({ cursor: page.pageInfo.endCursor, node: { one: page.nodes[1]?.id } });
  const next = await pageOf(order, { first: 100, after: page.pageInfo.endCursor });
  expect(next.rows).toHaveLength(58);
  const last = next.pageInfo.endCursor;
  expect((await pageOf(order, { first: 2, after: last })).pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: null,
  });
});

it.each(['forwards', 'backwards'])('begins a page deep in a list in the index, %s', async (direction) => {
  const order = keyset('things', { expression: sql`t.name`, type: 'text' }, id);
  const { pageInfo } = await pageOf(order, { first: 50 });
  const page =
    direction === 'forwards'
      ? { first: 2, after: pageInfo.endCursor }
      : { last: 2, before: pageInfo.endCursor };
  // One transaction, for which the setting holds: reads may each have their own.
  const plan = await db.write(null, async (em) => {
    await rows(em, sql`select set_config('enable_seqscan', 'off', true)`);
    return rows<{ 'QUERY PLAN': string }>(
      em,
      sql`explain (costs off) select t.id from thing t where ${order.where(page)} order by ${order.orderBy(page)} limit ${order.limit(page)}`,
    );
  });
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Index.*using thing_name_id_idx/);
  expect(text).toMatch(
    direction === 'forwards'
      ? /Index Cond: \(ROW\(name, id\) > ROW/
      : /Backward[^]*Index Cond: \(ROW\(name, id\) < ROW/,
  );
  expect(text).not.toMatch(/Sort/);
});

it('reads a page for each of many parents in one statement', async () => {
  const order = keyset(
    'things',
    { expression: sql`t.name`, type: 'text', direction: 'desc' },
    { ...id, direction: 'desc' },
  );
  const parentIds = [0, 1, 2, 3, 9].map(parentIdOf);
  const page = { first: 4 };
  const found = await read<Thing & OfParent>(
    eachParent(
      parentIds,
      sql`select t.id, t.name, ${order.key} from thing t where t.parent_id = parent.id and ${order.where(page)} order by ${order.orderBy(page)} limit ${order.limit(page)}`,
    ),
  );
  const pages = order.pages(found, page);
  expect([...pages.keys()].sort()).toEqual(parentIds.slice(0, 4));
  for (const parentId of parentIds.slice(0, 4)) {
    const alone = await read<Thing>(
      sql`select t.id from thing t where t.parent_id = ${parentId} order by ${order.order} limit 4`,
    );
    expect(pages.get(parentId)?.rows.map((row) => row.id)).toEqual(alone.map((row) => row.id));
    expect(pages.get(parentId)?.hasNextPage).toBe(true);
  }
});

describe('a cursor that this list did not return', () => {
  const of = (...values: unknown[]) =>
    Buffer.from(JSON.stringify(['things', ...values])).toString('base64url');
  const uuid = '0197b3c8-6d1e-7c3a-9f00-000000000001';
  const time: [SortKey, ...SortKey[]] = [{ expression: sql`t.at`, type: 'timestamptz' }, id];

  it.each<[string, [SortKey, ...SortKey[]], string]>([
    ['empty', time, ''],
    ['not base64url', time, 'a+b='],
    ['not JSON', time, Buffer.from('[').toString('base64url')],
    ['not a list', time, Buffer.from('{"length":2}').toString('base64url')],
    [
      'of another list',
      time,
      Buffer.from(`["others","2026-05-04 09:30:00+00","${uuid}"]`).toString('base64url'),
    ],
    ['of no list', time, Buffer.from(`["2026-05-04 09:30:00+00","${uuid}"]`).toString('base64url')],
    ['too short', time, of('2026-05-04 09:30:00+00')],
    ['too long', time, of('2026-05-04 09:30:00+00', uuid, uuid)],
    ['a number for text', time, of(1, uuid)],
    ['null where nothing is null', time, of(null, uuid)],
    ['no such day', time, of('2026-02-30 09:30:00+00', uuid)],
    ['no such hour', time, of('2026-02-28 24:30:00+00', uuid)],
    ['no such offset', time, of('2026-02-28 23:30:00+15:59', uuid)],
    ['the year nought', time, of('0000-02-28 23:30:00+00', uuid)],
    ['an id with a quote', time, of('2026-05-04 09:30:00+00', `${uuid}'`)],
    ['NUL in a name', [{ expression: sql`t.name`, type: 'text' }, id], of('a\0', uuid)],
    ['half a character', [{ expression: sql`t.name`, type: 'text' }, id], of('\ud800', uuid)],
    [
      'a number too large',
      [{ expression: sql`t.rank`, type: 'bigint' }, id],
      of('9223372036854775808', uuid),
    ],
    ['an integer too large', [{ expression: sql`t.rank`, type: 'integer' }, id], of('2147483648', uuid)],
    ['no number', [{ expression: sql`t.weight`, type: 'float8', nulls: 'last' }, id], of('1e999', uuid)],
    ['no boolean', [{ expression: sql`true`, type: 'boolean' }, id], of('maybe', uuid)],
    ['no day', [{ expression: sql`t.due_on`, type: 'date', nulls: 'last' }, id], of('2026-13-01', uuid)],
  ])('refuses an invalid cursor before any query: %s', (_name, keys, after) => {
    const error = (() => {
      try {
        return keyset('things', ...keys).where({ after });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'after', code: 'INVALID', message: '"after" is not a cursor of this list.' }],
    });
  });

  it('accepts a forged cursor with valid values', async () => {
    const order = keyset('things', ...time);
    const page = { first: 1, after: of('2026-02-28 09:30:00.000001+05:30', uuid) };
    expect((await pageOf(order, page)).rows).toHaveLength(1);
  });
});
