import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { createOldDatabase, type OldDatabase } from './old-database.js';

/** The installation in before-0010.sql is migrated to the newest version. */
let database: OldDatabase;
let app: pg.Client;
let before: Record<string, number>;
let printed: string[];

beforeAll(async () => {
  database = await createOldDatabase('0010');
  await database.admin.query(await readFile('test/db/before-0010.sql', 'utf8'));
  before = await rowCounts();
  printed = await database.migrateTo();
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

const id = (number: number): string => `00000000-0000-7000-8000-0000000000${String(number)}`;

/** The number of rows of each table. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await database.admin.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rows: counted } = await database.admin.query<{ count: number }>(
      `select count(*)::integer as count from ${name}`,
    );
    counts[name] = counted[0]!.count;
  }
  return counts;
}

/** The values of a query's only column, as the owner. */
async function values(query: string): Promise<unknown[]> {
  const { rows } = await database.admin.query<{ value: unknown }>(query);
  return rows.map(({ value }) => value);
}

/** The same as the API, with the session of somebody. */
async function seenBy(name: string, query: string): Promise<unknown[]> {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.session', $1, true)`, [
      createHash('sha256').update(name).digest('hex'),
    ]);
    const { rows } = await app.query<{ value: unknown }>(query);
    return rows.map(({ value }) => value);
  } finally {
    await app.query('rollback');
  }
}

/** What migrate printed about a migration. */
function about(migration: string): string[] {
  const from = printed.indexOf(`Migrated: ${migration}`) + 1;
  const length = printed.slice(from).findIndex((line) => !line.startsWith('  '));
  return printed.slice(from, length < 0 ? undefined : from + length).map((line) => line.trim());
}

describe('an installation from before days had instants, migrated to the newest version', () => {
  it('has every row that it had, but for those that are merged', async () => {
    const after = await rowCounts();
    const different = Object.keys(before)
      .filter((table) => table in after && !table.includes('migration') && after[table] !== before[table])
      .sort()
      .map((table) => [table, after[table]! - before[table]!]);
    expect(different).toEqual([
      // Of a person whose address changed, and of a disabled account.
      ['audit_entry', 2],
      // One of two that were planned at the same moment and empty.
      ['conversation', -1],
      ['department', -1],
      ['location', -1],
      // A time zone that is not accepted.
      ['person_time_zone', -1],
    ]);
    expect(before.personal_goal).toBe(4);
  });

  it('merges departments and locations that look alike, within an organization', async () => {
    expect(await values('select name as value from department order by id')).toEqual([
      'Boats',
      'Sails',
      'BOATS',
    ]);
    expect(await values('select name as value from location')).toEqual(['Kiel']);
    expect(
      await values(
        `select p.name as value from person p join department d on d.id = p.department_id where d.name = 'Boats' order by p.id`,
      ),
    ).toEqual(['Olga Brandt', 'Rui Costa', 'Ruben Costa', 'Lea Vogt']);
  });

  it('disables the younger of two accounts with one address, and has both changes in the audit trail', async () => {
    expect(await values(`select person_id as value from account where disabled_at is not null`)).toEqual([
      id(24),
    ]);
    expect(await values(`select action || ' ' || subject as value from audit_entry order by 1`)).toEqual([
      `ACCOUNT_DISABLED Person ${id(24)}`,
      `PERSON_CHANGED Person ${id(24)}`,
      `ROLE_GRANTED PEOPLE_ADMIN: Person ${id(21)}`,
    ]);
    expect(await seenBy('ruben', 'select name as value from person')).toEqual([]);
  });

  it('is reported by migrate: the rows that each migration changed or deleted, and its entries in the audit trail', () => {
    expect(about('text')).toEqual([
      'account: 1 row changed',
      'department: 1 row deleted',
      'location: 1 row deleted',
      'person: 4 rows changed',
      'session: 1 row changed',
      `ACCOUNT_DISABLED: Person ${id(24)}`,
      `PERSON_CHANGED: Person ${id(24)}`,
    ]);
    expect(about('one-conversation-a-moment')).toContain('conversation: 1 row deleted');
    expect(about('folded-text')).toEqual([]);
  });

  it('keeps a pending mail with its words', async () => {
    expect(
      await values(
        `select kind || ': ' || (about ->> 'subject') || ', ' || (about ->> 'text') as value from outbox_mail`,
      ),
    ).toEqual(['TEXT: Welcome, Good morning, Cem.']);
  });

  it('shows personal goals to their owner and the people they are shared with, and to nobody else', async () => {
    const goals = 'select title as value from personal_goal order by title';
    expect(await seenBy('rui', goals)).toEqual([
      'Lead a small yard',
      'Learn Portuguese',
      'Sail to Norway',
      'Teach sewing',
    ]);
    expect(await seenBy('olga', goals)).toEqual(['Lead a small yard', 'Learn Portuguese', 'Teach sewing']);
    expect(await seenBy('cem', goals)).toEqual(['Teach sewing']);
    for (const name of ['lea', 'nora', 'nobody']) expect(await seenBy(name, goals)).toEqual([]);
    expect(await seenBy('rui', 'select text as value from goal_update')).toEqual(['Three days out']);
    expect(await seenBy('olga', 'select text as value from goal_update')).toEqual([]);
  });

  it('shows one-to-ones to their participants only, and drafts and private notes to their author', async () => {
    const seen = async (name: string): Promise<unknown[]> => [
      ...(await seenBy(name, 'select text as value from talking_point order by position')),
      ...(await seenBy(name, 'select text as value from shared_notes where version > 0')),
      ...(await seenBy(name, 'select text as value from private_notes')),
      ...(await seenBy(name, 'select text as value from action_item')),
    ];
    const shared = ['We talked about the crane.', 'Order the crane'];
    expect(await seen('rui')).toEqual(
      expect.arrayContaining(['The new crane', 'My pay, perhaps', 'Ask again.', ...shared]),
    );
    expect(await seen('olga')).toEqual(['The new crane', ...shared]);
    for (const name of ['cem', 'ruben', 'lea', 'nora']) expect(await seen(name)).toEqual([]);
  });

  it('is not changed by another migrate', async () => {
    expect(await database.migrateTo()).toEqual([]);
  });
});
