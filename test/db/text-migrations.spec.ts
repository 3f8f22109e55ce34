import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { createOldDatabase, type OldDatabase } from './old-database.js';

/** Migrates a database from before 0015-folded-text.sql, with values that could be stored then. */
let database: OldDatabase;
let client: pg.Client;

const ORGANIZATION = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';
const id = (number: number): string => `00000000-0000-7000-8000-0000000000${String(number)}`;

beforeAll(async () => {
  database = await createOldDatabase('0015');
  client = database.admin;
  await client.query(await readFile('test/db/text-before-migrations.sql', 'utf8'));
  await database.migrateTo('0018');
});
afterAll(() => database.drop());

async function rowsOf(query: string, values: unknown[] = []): Promise<unknown[]> {
  return (await client.query<Record<string, unknown>>(query, values)).rows.map((row) =>
    Object.keys(row).length === 1 ? Object.values(row)[0] : row,
  );
}

it('merges departments and locations that look alike, and keeps their people', async () => {
  expect(
    await rowsOf('select name from department where organization_id = $1 order by id', [ORGANIZATION]),
  ).toEqual(['Café', 'Sales', 'Cafe']);
  expect(
    await rowsOf('select name from location where organization_id = $1 order by id', [ORGANIZATION]),
  ).toEqual(['Zürich']);
  expect(
    await rowsOf(
      `select p.external_id, d.name as department, l.name as location from person p
       left join department d on d.id = p.department_id left join location l on l.id = p.location_id
       where p.organization_id = $1 and p.external_id ~ '^[1-4]$' order by p.external_id`,
      [ORGANIZATION],
    ),
  ).toEqual([
    { external_id: '1', department: 'Café', location: 'Zürich' },
    { external_id: '2', department: 'Café', location: 'Zürich' },
    { external_id: '3', department: 'Sales', location: null },
    { external_id: '4', department: 'Cafe', location: null },
  ]);
  // A different organization has separate departments.
  expect(await rowsOf('select name from department where organization_id = $1', [OTHER])).toEqual(['Sales']);
});

it('keeps people separate whose ids or addresses look alike, and records whose entries it changed', async () => {
  expect(
    await rowsOf(`select external_id from person where id in ($1, $2) order by id`, [id(21), id(22)]),
  ).toEqual(['A17', `a17 (000022)`]);
  expect(
    await rowsOf(`select email from person where id in ($1, $2, $3) order by id`, [id(23), id(24), id(25)]),
  ).toEqual(['josé@bücher.example', null, 'jose@bücher.example']);
  expect(
    await rowsOf(
      `select folded_address(sign_in_address) as address, disabled_at is not null as disabled from account
       where person_id in ($1, $2) order by person_id`,
      [id(23), id(24)],
    ),
  ).toEqual([
    { address: 'josé@xn--bcher-kva.example', disabled: false },
    { address: `${id(24)}@duplicate.invalid`, disabled: true },
  ]);
  expect(await rowsOf('select revoked_at is not null from session order by person_id')).toEqual([
    false,
    true,
  ]);
  expect(await rowsOf(`select action || ' ' || subject from audit_entry order by 1`)).toEqual([
    `ACCOUNT_DISABLED Person ${id(24)}`,
    `PERSON_CHANGED Person ${id(22)}`,
    `PERSON_CHANGED Person ${id(24)}`,
  ]);
});

it('cleans names and titles, and keeps texts unchanged except for NFC', async () => {
  expect(await rowsOf('select name, title from person where id = $1', [id(26)])).toEqual([
    { name: 'Ada[1m Zürich', title: null },
  ]);
  expect(await rowsOf('select name from person where id = $1', [id(27)])).toEqual(['Untitled']);
  expect(await rowsOf('select title, why from personal_goal where id = $1', [id(31)])).toEqual([
    { title: 'Über می\u200cخواهم', why: 'Zürich\n\tTe\u001bxt' },
  ]);
  expect(await rowsOf('select text from goal_update order by id')).toEqual(['\u001b', 'Plain']);
});

it('finds existing texts after the migration', async () => {
  expect(
    await rowsOf(`select id from person where search_text like '%' || searchable('oyvind') || '%'`),
  ).toEqual([id(28)]);
});

it('replaces infinite numbers with finite ones', async () => {
  expect(
    await rowsOf('select measure_start, measure_current, measure_target from personal_goal where id = $1', [
      id(31),
    ]),
  ).toEqual([{ measure_start: 0, measure_current: 0, measure_target: 1e15 }]);
  expect(await rowsOf('select measured_value from goal_update order by id')).toEqual([-1e15, null]);
  expect(
    await rowsOf('select start_value, current_value, target_value from key_result order by position'),
  ).toEqual([
    { start_value: 0, current_value: 1e15, target_value: 10 },
    { start_value: 1e15, current_value: 0, target_value: 1e15 - 1 },
  ]);
});

it('refuses such values after the migration', async () => {
  const refused = async (query: string, reason: string): Promise<void> => {
    await expect(client.query(query)).rejects.toThrow(reason);
  };
  await refused(
    `insert into department (organization_id, name) values ('${ORGANIZATION}', 'SALES\u200b')`,
    'department_name_key',
  );
  await refused(
    `insert into location (organization_id, name) values ('${ORGANIZATION}', 'Zu\u0308rich')`,
    'location_name_nfc',
  );
  await refused(`update person set external_id = 'ａ17' where id = '${id(26)}'`, 'person_external_id_key');
  await refused(
    `update person set email = 'JOSÉ@xn--bcher-kva.example' where id = '${id(26)}'`,
    'person_email_key',
  );
  await refused(
    `update account set sign_in_address = 'JOSÉ@xn--bcher-kva.example' where person_id = '${id(24)}'`,
    'account_sign_in_address_key',
  );
  await refused(`update personal_goal set why = 'Zu\u0308rich'`, 'personal_goal_why_nfc');
});
