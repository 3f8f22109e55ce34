import { withClient } from './client.js';
import { createTestDatabase, type TestDatabase } from './database.js';

const ask = <Row>(url: string, query: string): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query(query)).rows as Row[]);

describe('a database of a test’s own', () => {
  let one: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });

  it('is migrated, in UTF8, on PostgreSQL 18 or newer', async () => {
    const [facts] = await ask<{ version: number; encoding: string; migrated: string }>(
      one.adminUrl,
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
              (select count(*) from schema_migration) as migrated`,
    );
    expect(facts?.version).toBeGreaterThanOrEqual(180_000);
    expect(facts?.encoding).toBe('UTF8');
    expect(Number(facts?.migrated)).toBeGreaterThan(0);
  });

  it('holds only what its own test wrote', async () => {
    await ask(one.adminUrl, `insert into organization (name) values ('Here only')`);
    expect(await ask(one.adminUrl, 'select name from organization')).toEqual([{ name: 'Here only' }]);
    expect(await ask(other.adminUrl, 'select name from organization')).toEqual([]);
  });

  it('serves under a login that owns nothing and is subject to the policies', async () => {
    await ask(one.adminUrl, `insert into organization (name) values ('As owner')`);
    expect(await ask(one.appUrl, 'select name from organization')).toEqual([]);
    const [login] = await ask<{ name: string; mighty: boolean; owned: string }>(
      one.appUrl,
      `select rolname as name, rolsuper or rolbypassrls as mighty,
              (select count(*) from pg_class where relowner = pg_roles.oid) as owned
       from pg_roles where rolname = session_user`,
    );
    expect(login).toEqual({ name: `${one.rolePrefix}_serving`, mighty: false, owned: '0' });
  });
});
