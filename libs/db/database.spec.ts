import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import DataLoader from 'dataloader';
import pg from 'pg';
import { Column, Entity, PrimaryColumn, type DataSource, type EntityManager } from 'typeorm';
import type { Viewer } from '#identity';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.js';
import { rounds } from '../../test/setup/prove.js';
import { columns } from './columns.js';
import type { RunIdempotently } from './database-context.js';
import { servingDataSource } from './data-source.js';
import { PipeliningClient } from './driver/pipelining-client.js';
import { Database } from './database.js';
import {
  DatabaseBusy,
  DatabaseMisuse,
  DatabaseUnavailable,
  NotCommitted,
  StatementTimeout,
  constraintOf,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  raisedCode,
  sqlState,
} from './errors.js';
import { LastStatement } from './last-statement.js';
import { affected, row, rows, sql, type Sql } from './sql.js';

@Entity('note')
class Note {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'text' })
  writtenBy!: string;

  @Column({ type: 'date', nullable: true })
  writtenOn!: string | null;
}

const viewer: Viewer = {
  sessionHash: 'ab'.repeat(32),
  sessionId: '0199f3f0-0000-7000-8000-000000000001',
  organizationId: '0199f3f0-0000-7000-8000-000000000002',
  personId: '0199f3f0-0000-7000-8000-000000000003',
  employed: true,
  roles: [],
  scopes: [],
};
const other: Viewer = { ...viewer, sessionHash: 'cd'.repeat(32) };

let test: TestDatabase;
let admin: pg.Client;
const open: DataSource[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
  await admin.query(`
    create table note (
      id int primary key, written_by text not null check (written_by <> ''), written_on date,
      about int constraint note_about references note deferrable initially deferred
    );
    grant select, insert, update, delete on note to ${pg.escapeIdentifier(`${test.rolePrefix}_app`)};
    create function refuse_note() returns void language plpgsql as
      $$ begin raise exception 'no notes today' using errcode = 'MU042'; end $$;
    grant execute on function refuse_note() to ${pg.escapeIdentifier(`${test.rolePrefix}_app`)};
  `);
});

beforeEach(() => admin.query('truncate note'));

afterEach(async () => {
  for (const dataSource of open.splice(0)) if (dataSource.isInitialized) await dataSource.destroy();
});

afterAll(async () => {
  await admin.end();
  await test.drop();
});

interface Settings {
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  readonly url?: string;
  readonly queueSize?: number;
}

async function openDatabase(settings: Settings = {}): Promise<Database> {
  const statementTimeoutMs = settings.statementTimeoutMs ?? 5_000;
  const dataSource = servingDataSource({ url: test.appUrl, poolSize: 4, ...settings, statementTimeoutMs });
  open.push(dataSource);
  return new Database(await dataSource.initialize(), statementTimeoutMs, true, settings.queueSize);
}

/** Waits until it holds: as long as a busy machine may need, and no longer. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It has not come to hold.');
    await pause(5);
  }
}

const insertNote = (em: EntityManager, id: number, by = 'somebody'): Promise<number> =>
  affected(em, sql`insert into note (id, written_by) values (${id}, ${by})`);

const countNotes = async (): Promise<number> =>
  Number((await admin.query<{ count: string }>('select count(*) from note')).rows[0]?.count);

const identity = (em: EntityManager): Promise<{ session: string | null; connection: number } | undefined> =>
  row(em, sql`select current_setting('app.session', true) as session, pg_backend_pid() as connection`);

describe('a read', () => {
  it('gives rows by property names, in JavaScript’s types', async () => {
    await admin.query(`insert into note values (1, 'Ada', '2026-03-01')`);
    const db = await openDatabase();
    const note = await db.read({ viewer }, (em) =>
      row<Note>(em, sql`select ${columns(Note, 'n')} from note n`),
    );
    expect(note).toEqual({ id: 1, writtenBy: 'Ada', writtenOn: '2026-03-01' });
    const values = await db.read({ viewer }, (em) =>
      row(
        em,
        sql`select 5::int8 as "big", 1.25::numeric as "exact", '2026-03-01T10:00:00Z'::timestamptz as "time",
                   array[1, null]::int8[] as "bigs", array['2026-03-01']::date[] as "days", null::date as "never"`,
      ),
    );
    expect(values).toEqual({
      big: 5,
      exact: 1.25,
      time: new Date('2026-03-01T10:00:00Z'),
      bigs: [1, null],
      days: ['2026-03-01'],
      never: null,
    });
  });

  it('refuses an integer that JavaScript would round', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const ask = (text: string): Promise<unknown> =>
      db.read({ viewer }, (em) => row(em, sql`select ${text}::int8 as big`));
    await expect(ask('9007199254740993')).rejects.toThrow('does not fit');
    await expect(ask('9007199254740991')).resolves.toEqual({ big: 9007199254740991 });
  });

  it('cannot write by any means, while a write can', async () => {
    const db = await openDatabase();
    await expect(db.read({ viewer }, (em) => insertNote(em, 1))).rejects.toThrow('read-only transaction');
    await expect(db.read({ viewer }, (em) => em.insert(Note, { id: 2, writtenBy: 'x' }))).rejects.toThrow(
      'read-only',
    );
    await expect(
      db.read({ viewer }, async (em) => {
        await rows(em, sql`select set_config('transaction_read_only', 'off', true)`);
        await insertNote(em, 3);
      }),
    ).rejects.toThrow('read-write mode must be set before any query');
    expect(await countNotes()).toBe(0);
    await db.write({ viewer }, (em) => insertNote(em, 4));
    expect(await countNotes()).toBe(1);
  });
});

describe('reads of one viewer at the same time', () => {
  const transaction = sql`select txid_current_snapshot()::text as snapshot, now()::text as began, pg_backend_pid() as connection`;
  const where = (em: EntityManager): Promise<object | undefined> => row<object>(em, transaction);

  it('share a transaction; those of others, and later ones, do not', async () => {
    const db = await openDatabase();
    const [first, second, ofOther] = await Promise.all([
      db.read({ viewer }, where),
      db.read({ viewer }, where),
      db.read({ viewer: other }, where),
    ]);
    expect(second).toEqual(first);
    expect(ofOther).not.toEqual(first);
    expect(await db.read({ viewer }, where)).not.toEqual(first);
  });

  it('fail alone: those before are answered, and those after asked again', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const results = await Promise.allSettled([
      db.read({ viewer }, where),
      db.read({ viewer }, (em) => row(em, sql`select 1/0`)),
      db.read({ viewer }, (em) => row(em, sql`select ${'9007199254740993'}::int8 as big`)),
      db.read({ viewer }, (em) => row(em, sql`select ${() => 'x'}::int as never`)),
      db.read({ viewer }, identity),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : ''))).toEqual([
      '',
      expect.stringContaining('division by zero'),
      expect.stringContaining('does not fit'),
      expect.stringContaining('invalid input syntax'),
      '',
    ]);
    expect(results[4]).toMatchObject({ value: { session: viewer.sessionHash } });
    // The connection is as good as new.
    expect(await db.read({ viewer }, identity)).toMatchObject({ session: viewer.sessionHash });
  });

  it('may fail where one cannot even be sent: then it alone, too', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const [good, bad] = await Promise.allSettled([
      db.read({ viewer }, identity),
      db.read({ viewer }, (em) => row(em, sql`select ${circle}::jsonb as never`)),
    ]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('circular') as unknown },
    });
    expect(good).toMatchObject({ status: 'fulfilled', value: { session: viewer.sessionHash } });
  });
});

describe('the session of a transaction', () => {
  it('is set for the transaction and reset after it, on the same connection', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const mine = await db.read({ viewer }, identity);
    const theirs = await db.write({ viewer: other }, identity);
    const nobody = await db.read(null, identity);
    expect(mine?.session).toBe(viewer.sessionHash);
    expect(theirs?.session).toBe(other.sessionHash);
    expect(nobody?.session).toBe('');
    expect(new Set([mine?.connection, theirs?.connection, nobody?.connection]).size).toBe(1);
    const [dataSource] = open;
    const raw = (await dataSource?.query(
      `select current_setting('app.session', true) as session`,
    )) as unknown;
    expect(raw).toEqual([{ session: '' }]);
  });

  it('is reset after a failure too', async () => {
    const db = await openDatabase({ poolSize: 1 });
    await expect(db.write({ viewer }, (em) => rows(em, sql`select 1/0`))).rejects.toThrow('division by zero');
    const [dataSource] = open;
    expect(await dataSource?.query(`select current_setting('app.session', true) as session`)).toEqual([
      { session: '' },
    ]);
  });

  it('never mixes among many at once', async () => {
    const db = await openDatabase({ poolSize: 5 });
    const viewers = Array.from({ length: 200 }, (_, n): Viewer => ({
      ...viewer,
      sessionHash: String(n).padStart(64, '0'),
    }));
    const seen = await Promise.all(
      viewers.map((someone) =>
        db.read({ viewer: someone }, async (em) => {
          const first = await identity(em);
          const [second, third] = await Promise.all([identity(em), identity(em)]);
          return [first, second, third].map((found) => found?.session);
        }),
      ),
    );
    expect(seen).toEqual(viewers.map((someone) => Array<string>(3).fill(someone.sessionHash)));
  });
});

describe('a write', () => {
  it('commits what the work did, through TypeORM as through SQL', async () => {
    const db = await openDatabase();
    const answer = await db.write({ viewer }, async (em) => {
      await em.insert(Note, { id: 1, writtenBy: 'Ada', writtenOn: '2026-03-01' });
      await em.update(Note, { id: 1 }, { writtenBy: 'Grace' });
      await insertNote(em, 2);
      return affected(em, sql`update note set written_by = ${'all'}`);
    });
    expect(answer).toBe(2);
    expect((await admin.query('select id, written_by from note order by id')).rows).toEqual([
      { id: 1, written_by: 'all' },
      { id: 2, written_by: 'all' },
    ]);
  });

  it('gives the rows of RETURNING, also of UPDATE and DELETE', async () => {
    const db = await openDatabase();
    await db.write({ viewer }, (em) => insertNote(em, 1));
    await db.write({ viewer }, async (em) => {
      expect(await rows(em, sql`update note set written_by = 'b' returning id`)).toEqual([{ id: 1 }]);
      expect(await row(em, sql`delete from note returning written_by as "by"`)).toEqual({ by: 'b' });
      expect(await affected(em, sql`delete from note`)).toBe(0);
    });
  });

  it('leaves nothing behind when the work throws', async () => {
    const db = await openDatabase();
    class Refusal extends Error {}
    const refused = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      throw new Refusal('changed my mind');
    });
    await expect(refused).rejects.toBeInstanceOf(Refusal);
    expect(await countNotes()).toBe(0);
  });

  it('fails when a failed statement’s error was swallowed, and says which', async () => {
    const db = await openDatabase();
    const swallowed = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      await rows(em, sql`select 1/0`).catch(() => undefined);
      return 'done';
    });
    await expect(swallowed).rejects.toThrow(NotCommitted);
    await expect(swallowed).rejects.toMatchObject({ cause: { message: 'division by zero' } });
    expect(await countNotes()).toBe(0);
  });

  it('fails when COMMIT itself finds a constraint broken', async () => {
    const db = await openDatabase();
    const dangling = db.write({ viewer }, (em) =>
      affected(em, sql`insert into note (id, written_by, about) values (1, 'x', 99)`),
    );
    await expect(dangling).rejects.toThrow('foreign key');
    expect(isForeignKeyViolation(await dangling.catch((error: unknown) => error), 'note_about')).toBe(true);
    expect(await countNotes()).toBe(0);
  });

  it('reports the first failure of several statements at once, and leaves a healthy connection', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const failing = db.write({ viewer }, (em) =>
      Promise.allSettled([insertNote(em, 1), rows(em, sql`select 1/0`), insertNote(em, 2)]).then(
        (results) => {
          for (const result of results.toReversed()) if (result.status === 'rejected') throw result.reason;
        },
      ),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(await db.write({ viewer }, (em) => insertNote(em, 3))).toBe(1);
    expect(await countNotes()).toBe(1);
  });
});

it('a write runs its work through runIdempotently, in the same transaction', async () => {
  const db = await openDatabase();
  const runIdempotently: RunIdempotently = async (em, work) => {
    const result = await work();
    await insertNote(em, 2);
    return result;
  };
  expect(await db.write({ viewer, runIdempotently }, (em) => insertNote(em, 1))).toBe(1);
  expect(await countNotes()).toBe(2);
  const failed = db.write({ viewer, runIdempotently }, (em) => insertNote(em, 2));
  await expect(failed).rejects.toThrow('duplicate key');
  expect(await countNotes()).toBe(2);
});

describe('the last statement of a write', () => {
  const lastNote = (id: number): LastStatement<{ id: number; by: string }> =>
    new LastStatement(sql`insert into note (id, written_by) values (${id}, 'somebody') returning id`, {
      by: 'us',
    });
  const last = (query: Sql): LastStatement<object> => new LastStatement(query, {});

  it('is committed, and gives its row with what was known, also as the only statement', async () => {
    const db = await openDatabase({ poolSize: 1 });
    expect(await db.write({ viewer }, () => Promise.resolve(lastNote(1)))).toEqual({ id: 1, by: 'us' });
    const second = db.write({ viewer }, async (em) => {
      await insertNote(em, 2);
      return lastNote(3);
    });
    expect(await second).toEqual({ id: 3, by: 'us' });
    expect(await countNotes()).toBe(3);
    // The connection is free, without anything of the transaction.
    expect((await db.read({ viewer: other }, identity))?.session).toBe(other.sessionHash);
  });

  it('fails with the whole transaction, whether PostgreSQL rejects it or its COMMIT', async () => {
    const db = await openDatabase({ poolSize: 1 });
    await db.write({ viewer }, (em) => insertNote(em, 1));
    const duplicate = db.write({ viewer }, async (em) => {
      await insertNote(em, 2);
      return lastNote(1);
    });
    await expect(duplicate).rejects.toThrow('duplicate key');
    const dangling = db.write({ viewer }, () =>
      Promise.resolve(last(sql`insert into note (id, written_by, about) values (3, 'x', 99)`)),
    );
    await expect(dangling).rejects.toThrow('foreign key');
    expect(await countNotes()).toBe(1);
    expect(await db.write({ viewer }, (em) => insertNote(em, 4))).toBe(1);
  });

  it('reports the failure of an earlier statement that was swallowed', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const swallowed = db.write({ viewer }, async (em) => {
      await rows(em, sql`select 1/0`).catch(() => undefined);
      return lastNote(1);
    });
    await expect(swallowed).rejects.toThrow('division by zero');
    expect(await countNotes()).toBe(0);
  });

  it('lets nothing be sent after it', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const late: Promise<unknown>[] = [];
    await db.write({ viewer }, (em) => {
      setImmediate(() => {
        late.push(insertNote(em, 2).catch((error: unknown) => error));
      });
      return Promise.resolve(lastNote(1));
    });
    await until(() => late.length > 0);
    expect(await late[0]).toBeInstanceOf(DatabaseMisuse);
    expect(await countNotes()).toBe(1);
  });

  it('is sent before the result is stored for an Idempotency-Key', async () => {
    const db = await openDatabase();
    const runIdempotently: RunIdempotently = async (em, work) => {
      const result = await work();
      expect(result).toEqual({ id: 1, by: 'us' });
      await insertNote(em, 2);
      return result;
    };
    const written = await db.write({ viewer, runIdempotently }, () => Promise.resolve(lastNote(1)));
    expect(written).toEqual({ id: 1, by: 'us' });
    expect(await countNotes()).toBe(2);
  });

  it('leaves the outcome unknown where the connection is lost before COMMIT is answered', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const lost = db.write({ viewer }, () =>
      Promise.resolve(
        last(sql`insert into note (id, written_by) select 1, pg_terminate_backend(pg_backend_pid())::text`),
      ),
    );
    await expect(lost).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'unknown' });
    expect(await countNotes()).toBe(0);
  });
});

describe('misuse is found', () => {
  it('one call inside another', async () => {
    const db = await openDatabase({ poolSize: 1 });
    for (const outer of ['read', 'write'] as const) {
      for (const inner of ['read', 'write'] as const) {
        const nested = db[outer]({ viewer }, () => db[inner]({ viewer }, () => Promise.resolve(1)));
        await expect(nested).rejects.toThrow('cannot be nested');
      }
    }
    expect(await db.read({ viewer }, () => Promise.resolve(1))).toBe(1);
  });

  it('but calls beside and after one another are fine, and so is what outlives its transaction', async () => {
    const db = await openDatabase();
    const later = await db.read({ viewer }, (em) => {
      const outlives = pause(50).then(() => db.read({ viewer }, identity));
      return identity(em).then(() => ({ outlives }));
    });
    expect((await later.outlives)?.session).toBe(viewer.sessionHash);
  });

  it('a loader is asked outside of the work, and may not be asked inside', async () => {
    const db = await openDatabase();
    const loader = (): DataLoader<number, number> =>
      new DataLoader((keys) =>
        db.read({ viewer }, (em) =>
          rows<{ key: number }>(em, sql`select unnest(${keys as number[]}::int[]) as key`).then((found) =>
            found.map(({ key }) => key),
          ),
        ),
      );
    const outside = loader();
    const service = (): Promise<number> => db.read({ viewer }, () => Promise.resolve(7));
    const [first, second, third] = await Promise.all([outside.load(1), service(), outside.load(2)]);
    expect([first, second, third]).toEqual([1, 7, 2]);
    await expect(db.read({ viewer }, () => loader().load(1))).rejects.toThrow(DatabaseMisuse);
  });

  it('a statement that nobody awaited takes nothing with it', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const forgetful = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      void insertNote(em, 2);
    });
    await expect(forgetful).rejects.toThrow('not awaited');
    expect(await countNotes()).toBe(0);
  });

  it('an EntityManager kept for later, and a transaction of TypeORM’s own', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const kept = await db.read({ viewer }, (em) => Promise.resolve(em));
    await expect(identity(kept)).rejects.toThrow(DatabaseMisuse);
    await expect(
      db.write({ viewer }, (em) => em.transaction((inner) => insertNote(inner, 1))),
    ).rejects.toThrow(DatabaseMisuse);
    // save() is never used; this shows that TypeORM opens no nested transaction.
    await expect(
      db.write({ viewer }, (em) => em.save(Note, { id: 5, writtenBy: 'x', writtenOn: null })),
    ).resolves.toBeDefined();
    expect(await countNotes()).toBe(1);
  });
});

describe('statements', () => {
  it('are prepared once a connection under a name, with values or without', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const ask = (id: number): Promise<unknown> =>
      db.read({ viewer }, (em) => row(em, sql`select ${id}::int as asked`));
    for (const id of [1, 2, 3, 4]) expect(await ask(id)).toEqual({ asked: id });
    const counted = sql`
      select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements order by statement`;
    await db.read({ viewer }, (em) => rows(em, counted));
    const prepared = await db.read({ viewer }, (em) =>
      rows<{ statement: string; runs: number }>(em, counted),
    );
    const runs = Object.fromEntries(prepared.map(({ statement, runs }) => [statement, runs]));
    expect(runs['select $1::int as asked']).toBe(4);
    expect(runs[counted.text]).toBe(2);
  });

  it('are prepared up to a number, and run unnamed beyond', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const answers = await db.read({ viewer }, async (em) => {
      const asked: unknown[] = [];
      for (let n = 0; n < 400; n++) asked.push(await row(em, sql([`select ${String(n)}::int as n`])));
      return asked;
    });
    expect(answers).toEqual(Array.from({ length: 400 }, (_, n) => ({ n })));
    const count = await db.read({ viewer }, (em) =>
      row(em, sql`select count(*) as count from pg_prepared_statements`),
    );
    expect(count).toEqual({ count: 300 });
  });

  it('heal after a migration changed what they give', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const ask = (): Promise<unknown[]> => db.read({ viewer }, (em) => rows(em, sql`select * from note`));
    expect(await ask()).toEqual([]);
    await admin.query('alter table note add column mood text');
    await expect(ask()).rejects.toThrow('cached plan must not change result type');
    expect(await ask()).toEqual([]);
    await admin.query('alter table note drop column mood');
  });

  it('end in time', async () => {
    const db = await openDatabase({ poolSize: 1, statementTimeoutMs: 100 });
    const slow = sql`select 1 from pg_sleep(0.3)`;
    await expect(db.read({ viewer }, (em) => rows(em, slow))).rejects.toThrow(StatementTimeout);
    expect(await db.read({ viewer }, (em) => rows(em, slow), { statementTimeoutMs: 2_000 })).toHaveLength(1);
  });

  it('that wait for a lock are distinguished from slow ones, reading and writing', async () => {
    const db = await openDatabase({ poolSize: 1, statementTimeoutMs: 500 });
    await admin.query('begin');
    try {
      await admin.query('lock table note in access exclusive mode');
      const waiting = sql`select 1 from note`;
      const whyNot = async (work: Promise<unknown>): Promise<unknown> => work.catch(sqlState);
      expect(await whyNot(db.read({ viewer }, (em) => rows(em, waiting)))).toBe('55P03');
      expect(await whyNot(db.write({ viewer }, (em) => rows(em, waiting)))).toBe('55P03');
    } finally {
      await admin.query('rollback');
    }
    // Without a limit for statements there is none for locks.
    const setting = sql`select current_setting('lock_timeout') as at_most`;
    expect(await db.read(null, (em) => rows(em, setting), { statementTimeoutMs: 0 })).toEqual([
      { at_most: '0' },
    ]);
  });

  it('may be as far apart as one may take, and half a minute in any case, before their transaction is ended', async () => {
    const db = await openDatabase({ poolSize: 1, statementTimeoutMs: 500 });
    const setting = sql`select current_setting('idle_in_transaction_session_timeout') as apart`;
    const apart = (statementTimeoutMs?: number): Promise<unknown> =>
      db.write(
        null,
        (em) => row(em, setting),
        statementTimeoutMs === undefined ? {} : { statementTimeoutMs },
      );
    expect(await apart()).toEqual({ apart: '30s' });
    expect(await apart(300_000)).toEqual({ apart: '5min' });
  });

  it('of an operator may take as long as they take', async () => {
    const db = await openDatabase({ poolSize: 1, statementTimeoutMs: 0 });
    expect(await db.read({ viewer }, (em) => rows(em, sql`select 1 from pg_sleep(2.5)`))).toHaveLength(1);
  });

  it('pass notices to the listener of their transaction only', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const heard: unknown[] = [];
    const notice = sql`do $$ begin raise notice 'half way' using errcode = 'MU042'; end $$`;
    await db.write({ viewer }, (em) => rows(em, notice), {
      onNotice: ({ code, message }) => heard.push([code, message]),
    });
    await db.write({ viewer }, (em) => rows(em, notice));
    expect(heard).toEqual([['MU042', 'half way']]);
  });
});

describe('a connection that is lost', () => {
  it('during a statement fails the call, and the pool is healthy at once', async () => {
    const db = await openDatabase({ poolSize: 2 });
    const killed = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      await rows(em, sql`select pg_terminate_backend(pg_backend_pid())`);
    });
    await expect(killed).rejects.toThrow(DatabaseUnavailable);
    await expect(killed).rejects.toMatchObject({ outcome: 'nothing' });
    expect(await Promise.all([1, 2, 3].map(() => db.read({ viewer }, identity)))).toHaveLength(3);
    expect(await countNotes()).toBe(0);
  });

  it('between two statements, too', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const killed = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      const found = await identity(em);
      await admin.query('select pg_terminate_backend($1, 2000)', [found?.connection]);
      await pause(50);
      await insertNote(em, 2);
    });
    await expect(killed).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'nothing' });
    expect(await db.write({ viewer }, (em) => insertNote(em, 3))).toBe(1);
    expect(await countNotes()).toBe(1);
  });

  it('after the last statement and before COMMIT is known to have done nothing', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const killed = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      await admin.query('select pg_terminate_backend($1, 2000)', [(await identity(em))?.connection]);
      await pause(50);
    });
    await expect(killed).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'nothing' });
    expect(await countNotes()).toBe(0);
  });

  it('while idle is replaced without anybody noticing', async () => {
    const db = await openDatabase({ poolSize: 1 });
    const before = await db.read({ viewer }, identity);
    await admin.query('select pg_terminate_backend($1, 2000)', [before?.connection]);
    await pause(50);
    const after = await db.read({ viewer }, identity);
    expect(after?.connection).not.toBe(before?.connection);
  });

  it('during COMMIT leaves the outcome unknown; a server that is away is unavailable, and back when it is back', async () => {
    const { port } = new URL(test.appUrl);
    const relay = new Relay(Number(port));
    const url = new URL(test.appUrl);
    url.port = String(await relay.listen());
    const db = await openDatabase({ url: url.href, poolSize: 2, connectTimeoutMs: 1_000 });

    relay.swallowCommit = true;
    const lost = db.write({ viewer }, (em) => insertNote(em, 1));
    await expect(lost).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'unknown' });
    relay.swallowCommit = false;

    await relay.close();
    await expect(db.read({ viewer }, identity)).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      outcome: 'nothing',
    });
    await relay.listen(Number(url.port));
    expect((await db.read({ viewer }, identity))?.session).toBe(viewer.sessionHash);
    await relay.close();
  });
});

describe('a PostgreSQL that hangs', () => {
  let relay: Relay;
  let url: URL;
  beforeEach(async () => {
    url = new URL(test.appUrl);
    relay = new Relay(Number(url.port));
    url.port = String(await relay.listen());
  });
  afterEach(() => relay.close());
  const hanging = (): Promise<Database> =>
    openDatabase({ url: url.href, poolSize: 1, statementTimeoutMs: 100 });

  it('fails a read, and is asked again on another connection once it answers', async () => {
    const db = await hanging();
    const before = await db.read({ viewer }, identity);
    relay.silent = true;
    await expect(db.read({ viewer }, identity)).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      outcome: 'nothing',
    });
    relay.silent = false;
    const after = await db.read({ viewer }, identity);
    expect(after?.connection).not.toBe(before?.connection);
  });

  it('fails a write that has not come to COMMIT as one that did nothing', async () => {
    const db = await hanging();
    const failed = db.write({ viewer }, async (em) => {
      await insertNote(em, 1);
      relay.silent = true;
      await insertNote(em, 2);
    });
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'nothing' });
    relay.silent = false;
    await relay.cut();
    expect(await countNotes()).toBe(0);
  });

  it('leaves the outcome of COMMIT unknown', async () => {
    const db = await hanging();
    relay.silentFromCommit = true;
    await expect(db.write({ viewer }, (em) => insertNote(em, 1))).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      outcome: 'unknown',
    });
  });

  it('is not taken for one that answered while this process was busy with something else', async () => {
    const db = await openDatabase({ poolSize: 1, statementTimeoutMs: 500 });
    await db.read({ viewer }, identity);
    const answer = db.read({ viewer }, (em) => rows(em, sql`select 1 from pg_sleep(0.05)`));
    // The statement is sent.
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    const until = performance.now() + 2_800;
    while (performance.now() < until);
    expect(await answer).toHaveLength(1);
  });

  it('is one that is silent: the end of each statement gives the next its time', () => {
    jest.useFakeTimers();
    try {
      const client = new PipeliningClient();
      const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
      stream.on('error', () => undefined);
      client.setStatementTimeout(1_000);
      client.responseTimeout.messageSent();
      jest.advanceTimersByTime(2_900);
      client.responseTimeout.statementEnded();
      jest.advanceTimersByTime(2_900);
      expect([client.lost, stream.destroyed]).toEqual([undefined, false]);
      jest.advanceTimersByTime(200);
      expect([client.lost?.message, stream.destroyed]).toEqual(['PostgreSQL did not respond in time.', true]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('the queue for connections', () => {
  it('rejects the caller beyond it immediately, and no other', async () => {
    const db = await openDatabase({ poolSize: 1, queueSize: 2 });
    await db.read({ viewer }, identity);
    let finish: () => void = () => undefined;
    const held = db.write({ viewer }, async (em) => {
      await identity(em);
      await new Promise<void>((done) => (finish = done));
      return 'held';
    });
    await until(() => db.poolUse.used === 1);
    const waiting = [db.write({ viewer }, identity), db.read({ viewer: other }, identity)];
    await until(() => db.poolUse.waiting === 2);
    await expect(db.write({ viewer: other }, identity)).rejects.toThrow(DatabaseBusy);
    await expect(db.read({ viewer }, identity)).rejects.toThrow(DatabaseBusy);
    finish();
    expect(await held).toBe('held');
    expect(await Promise.all(waiting)).toHaveLength(2);
    expect(await db.read({ viewer }, identity)).toBeDefined();
  });

  it('counts nobody who is about to get an idle connection', async () => {
    const db = await openDatabase({ poolSize: 3, queueSize: 0 });
    const three = (): Promise<unknown[]> => Promise.all([1, 2, 3].map(() => db.write({ viewer }, identity)));
    expect(await three()).toHaveLength(3);
    expect(await three()).toHaveLength(3);
  });
});

it('keeps its word while connections are cut and statements cancelled at random', async () => {
  const seconds = rounds(1.5, 20);
  const db = await openDatabase({ poolSize: 6 });
  const written = new Set<number>();
  const refused = new Set<number>();
  const kinds = new Set<string>();
  const until = Date.now() + seconds * 1_000;
  let next = 0;
  // As long as it takes to be put to the test, however busy the machine.
  const goesOn = (): boolean => Date.now() < until || written.size <= 50 || kinds.size < 2;
  const writer = async (): Promise<void> => {
    while (goesOn()) {
      const id = ++next;
      const as: Viewer = { ...viewer, sessionHash: String(id).padStart(64, '0') };
      try {
        const seen = await db.write({ viewer: as }, async (em) => {
          await insertNote(em, id);
          if (id % 4 === 0) await rows(em, sql`select 1 from pg_sleep(0.01)`);
          const [found] = await Promise.all([
            identity(em),
            affected(em, sql`update note set written_by = 'x' where id = ${id}`),
          ]);
          return found?.session;
        });
        expect(seen).toBe(as.sessionHash);
        written.add(id);
      } catch (error) {
        expect(error).toMatchObject({
          name: expect.stringMatching(/^(DatabaseUnavailable|StatementTimeout)$/) as unknown,
        });
        kinds.add((error as Error).name);
        if (!(error instanceof DatabaseUnavailable && error.outcome === 'unknown')) refused.add(id);
      }
    }
  };
  const wrecker = async (): Promise<void> => {
    while (goesOn()) {
      const act = Math.random() < 0.5 ? 'pg_cancel_backend' : 'pg_terminate_backend';
      await admin.query(
        `select ${act}(pid) from pg_stat_activity where application_name = 'mutual' and datname = current_database()
         order by random() limit 1`,
      );
      await pause(5);
    }
  };
  await Promise.all([wrecker(), ...Array.from({ length: 8 }, writer)]);
  const { rows: kept } = await admin.query<{ id: number }>('select id from note');
  const found = new Set(kept.map(({ id }) => id));
  expect([...written].filter((id) => !found.has(id))).toEqual([]);
  expect([...refused].filter((id) => found.has(id))).toEqual([]);
  // It was put to the test at all.
  expect(written.size).toBeGreaterThan(50);
  expect([...kinds].sort()).toEqual(['DatabaseUnavailable', 'StatementTimeout']);
});

it('waits for a free connection no longer than it may', async () => {
  const db = await openDatabase({ poolSize: 1, connectTimeoutMs: 2_000 });
  let finish: () => void = () => undefined;
  const held = db.write({ viewer }, async (em) => {
    await identity(em);
    await new Promise<void>((done) => (finish = done));
    return 'held';
  });
  await expect(db.read({ viewer: other }, identity)).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  finish();
  expect(await held).toBe('held');
});

describe('what Postgres refused', () => {
  async function failure(work: (em: EntityManager) => Promise<unknown>): Promise<unknown> {
    const db = await openDatabase();
    return db.write({ viewer }, work).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  it('is identified by kind and constraint', async () => {
    const unique = await failure(async (em) => [await insertNote(em, 1), await insertNote(em, 1)]);
    expect(isUniqueViolation(unique)).toBe(true);
    expect(isUniqueViolation(unique, 'note_pkey')).toBe(true);
    expect(isUniqueViolation(unique, 'another')).toBe(false);
    expect(constraintOf(unique)).toBe('note_pkey');
    expect(isCheckViolation(unique)).toBe(false);

    const check = await failure((em) => insertNote(em, 1, ''));
    expect(isCheckViolation(check, 'note_written_by_check')).toBe(true);
    expect(isUniqueViolation(check)).toBe(false);
  });

  it('returns the code that a function of the project raised', async () => {
    const raised = await failure((em) => rows(em, sql`select refuse_note()`));
    expect(raisedCode(raised)).toBe('MU042');
    expect(raisedCode(await failure((em) => rows(em, sql`select 1/0`)))).toBeUndefined();
  });

  it('is undefined for an error that is not PostgreSQL’s', () => {
    expect(sqlState(new Error('x'))).toBeUndefined();
    expect(sqlState(Object.assign(new Error('x'), { code: 'EPIPE' }))).toBeUndefined();
    expect(sqlState(undefined)).toBeUndefined();
    expect(raisedCode('MU001')).toBeUndefined();
  });
});

/** A proxy between Database and PostgreSQL that drops connections at the worst moment. */
class Relay {
  swallowCommit = false;
  /** Nothing gets through, and neither side notices. */
  silent = false;
  silentFromCommit = false;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly target: number) {}

  async listen(port = 0): Promise<number> {
    const server = createServer((client) => {
      const postgres = connect(this.target, '127.0.0.1');
      for (const socket of [client, postgres]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
      }
      client.on('close', () => postgres.destroy());
      postgres.on('close', () => client.destroy());
      client.on('data', (data) => {
        if (this.silentFromCommit && data.includes('COMMIT\0')) this.silent = true;
        if (this.silent) return;
        if (this.swallowCommit && data.includes('COMMIT\0')) client.destroy();
        else postgres.write(data);
      });
      postgres.on('data', (data) => {
        if (!this.silent) client.write(data);
      });
    });
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    this.server = server;
    return (server.address() as AddressInfo).port;
  }

  /** Ends the connections, and waits until PostgreSQL has ended what ran on them. */
  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await until(async () => {
      const { rows: left } = await admin.query(
        `select 1 from pg_stat_activity where application_name = 'mutual' and datname = current_database()`,
      );
      return left.length === 0;
    });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await new Promise((done) => this.server?.close(done));
  }
}
