import { readFile } from 'node:fs/promises';
import { createTestFixture, type TestFixture } from './fixture.js';
import { PERSONAL_DATA } from './personal-data.js';

/** Every column that can hold words, and every one that refers to a person, by a foreign key or by its name. */
const COLUMNS = `
  select c.relname as "table", coalesce(array_agg(a.attname::text order by a.attname) filter (
    where format_type(a.atttypid, null) in ('text', 'text[]', 'character varying', 'json', 'jsonb', 'bytea')
      or a.atttypid = 'uuid'::regtype and (
        a.attname ~ '^(person|owner|author|reader|viewer|manager|report|leaver|with|first|second|from|to|answerer|deputy)_id$'
        or a.attname ~ '_by(_id)?$'
        or a.attname <> 'organization_id' and exists (
          select from pg_constraint k
          where k.conrelid = c.oid and k.confrelid in ('person'::regclass, 'account'::regclass) and a.attnum = any (k.conkey)
        )
      )
  ), '{}') as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  group by c.relname order by c.relname`;

describe('personal data', () => {
  let fixture: TestFixture;
  beforeAll(async () => {
    fixture = await createTestFixture();
  });
  afterAll(() => fixture.end());

  it('has a fate for every text and every reference to a person, in every table', async () => {
    const { rows } = await fixture.admin.query<{ table: string; columns: string[] }>(COLUMNS);
    const stored = Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
    const listed = Object.fromEntries(
      Object.entries(PERSONAL_DATA).map(([table, columns]) => [table, Object.keys(columns).sort()]),
    );
    expect(listed).toEqual(stored);
  });

  it('is in docs/data-protection.md, table by table', async () => {
    const page = await readFile('docs/data-protection.md', 'utf8');
    const { rows } = await fixture.admin.query<{ table: string; columns: string[] }>(COLUMNS);
    const missing = rows.filter(({ table }) => !page.includes(`\`${table}\``)).map(({ table }) => table);
    expect(missing).toEqual([]);
    // And names none that is not there.
    const named = [...page.matchAll(/^\| (`[^|]*`) *\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => !rows.some(({ table }) => table === name))).toEqual([]);
    expect(named.length).toBeGreaterThan(60);
  });
});
