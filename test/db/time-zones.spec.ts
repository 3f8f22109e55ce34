import { readFile } from 'node:fs/promises';
import { Temporal } from '@js-temporal/polyfill';
import pg from 'pg';
import { TIME_ZONE_NAMES, findTimeZone } from '#common';
import { World, type TestPerson } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

const WEEK_MS = 7 * 86_400_000;
/** Instants for which both time zone databases agree; newer rules arrive with separate updates of Node and PostgreSQL. */
const COMPARED_FROM = Date.UTC(2010, 0, 1, 12);
const COMPARED_UNTIL = Date.UTC(2025, 0, 1);

let database: TestDatabase;
let admin: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await database.drop();
});

function localTime(timeZone: string): (moment: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (moment) => format.format(moment);
}

describe('the accepted time zones', () => {
  it('accepts time zones that are the same for Intl, Temporal and PostgreSQL', async () => {
    const moments: number[] = [];
    for (let moment = COMPARED_FROM; moment < COMPARED_UNTIL; moment += WEEK_MS) moments.push(moment);
    const different: string[] = [];
    for (const name of TIME_ZONE_NAMES) {
      const { rows } = await admin.query<{ local: string }>(
        `select to_char(to_timestamp(m / 1000.0) at time zone $1, 'YYYY-MM-DD HH24:MI:SS') as local
         from unnest($2::float8[]) with ordinality moment(m, n) order by n`,
        [name, moments],
      );
      const byIntl = localTime(name);
      if (rows.some(({ local }, index) => local !== byIntl(moments[index]!))) different.push(`${name}: Intl`);
      // Temporal uses the same data as Intl: a few instants show that it uses the same zone for the name.
      for (const index of [0, 26, 400, 700]) {
        const local = Temporal.Instant.fromEpochMilliseconds(moments[index]!)
          .toZonedDateTimeISO(name)
          .toPlainDateTime();
        if (local.toString({ smallestUnit: 'second' }).replace('T', ' ') !== rows[index]?.local)
          different.push(`${name}: Temporal`);
      }
    }
    expect(different).toEqual([]);
    expect(TIME_ZONE_NAMES.length).toBeGreaterThan(500);
  });

  it('accepts every time zone that Intl lists, listed once and in order', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((name) => findTimeZone(name) !== name)).toEqual([]);
    expect(TIME_ZONE_NAMES).toEqual([...new Set(TIME_ZONE_NAMES)].sort());
  });

  it.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['europe/BERLIN', 'Europe/Berlin'],
    ['Europe/Kiev', 'Europe/Kiev'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['utc', 'UTC'],
    ['Japan', 'Japan'],
    ['etc/gmt+5', 'Etc/GMT+5'],
  ])('accept %s as %s', (given, kept) => {
    expect(findTimeZone(given)).toBe(kept);
  });

  it.each([
    'US/Pacific-New',
    'ECT',
    'MIT',
    'IST',
    'EST',
    'CET',
    'PST8PDT',
    'SystemV/PST8PDT',
    'posix/Europe/Berlin',
    'Factory',
    'localtime',
    '+02:00',
    'Europe/Atlantis',
    ' Europe/Berlin',
    '',
  ])('do not include "%s"', (name) => {
    expect(findTimeZone(name)).toBeUndefined();
  });

  it('accepts the time zones that the migration keeps', async () => {
    const migration = await readFile('migrations/0023-time-zones.sql', 'utf8');
    const [, names = ''] = /\$names\$([^$]*)\$names\$/.exec(migration) ?? [];
    expect(names.split(/\s+/).filter((name) => !TIME_ZONE_NAMES.includes(name))).toEqual([]);
  });
});

describe('a stored time zone that is not accepted', () => {
  it('repairs stored time zones that are not accepted: a person’s, an organization’s and a one-to-one’s', async () => {
    const world = new World(admin);
    const [known, unknown] = [
      await world.organization({ timeZone: 'europe/lisbon' }),
      await world.organization({ timeZone: 'MIT' }),
    ];
    const zones = ['US/Pacific-New', 'IST', 'asia/tokyo', 'Europe/Kiev'];
    const people: TestPerson[] = [];
    for (const zone of zones) {
      const person = await world.person(known);
      people.push(person);
      await world.insert('person_time_zone', {
        person_id: person.id,
        organization_id: known.id,
        time_zone: zone,
      });
    }
    const pairs = [
      await world.oneToOne(people[0]!, people[1]!),
      await world.oneToOne(people[2]!, people[3]!),
      await world.oneToOne(people[1]!, people[2]!),
    ];
    await admin.query(`update one_to_one set time_zone = 'ECT'`);
    await admin.query(`update one_to_one set time_zone = 'EUROPE/Madrid' where id = $1`, [pairs[2]!.id]);
    await admin.query('begin');
    await admin.query(await readFile('migrations/0023-time-zones.sql', 'utf8'));
    await admin.query('commit');
    const zoneOf = async (table: string, key: string, id: string): Promise<string | undefined> =>
      (await admin.query<{ zone: string }>(`select time_zone as zone from ${table} where ${key} = $1`, [id]))
        .rows[0]?.zone;
    expect(await zoneOf('organization', 'id', known.id)).toBe('Europe/Lisbon');
    expect(await zoneOf('organization', 'id', unknown.id)).toBe('UTC');
    for (const [index, kept] of [undefined, undefined, 'Asia/Tokyo', 'Europe/Kiev'].entries()) {
      expect(await zoneOf('person_time_zone', 'person_id', people[index]!.id)).toBe(kept);
    }
    for (const [index, kept] of ['Europe/Lisbon', 'Asia/Tokyo', 'Europe/Madrid'].entries()) {
      expect(await zoneOf('one_to_one', 'id', pairs[index]!.id)).toBe(kept);
    }
  });

  it.each([
    [['Asia/Tokyo', 'Europe/Berlin'], 'Asia/Tokyo'],
    [['Europe/Atlantis', 'Europe/Berlin'], 'Europe/Berlin'],
    [[null, 'Europe/Berlin'], 'Europe/Berlin'],
    [['Europe/Atlantis', 'Mars/Olympus'], 'UTC'],
    [['', null], 'UTC'],
    [[], 'UTC'],
  ])('gives way in SQL: %j is %s', async (candidates, used) => {
    const { rows } = await app.query<{ zone: string }>(
      'select app.usable_time_zone(variadic $1::text[]) as zone',
      [candidates],
    );
    expect(rows[0]?.zone).toBe(used);
  });
});

describe('the end of a day', () => {
  it.each([
    // Clocks go back over midnight: the first occurrence.
    ['2026-10-31', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['2027-10-30', 'Atlantic/Azores', '2027-10-31T00:00:00.000Z'],
    // Clocks go forward at midnight: the moment at which they do.
    ['2026-03-07', 'America/Havana', '2026-03-08T05:00:00.000Z'],
    ['2026-03-28', 'Atlantic/Azores', '2026-03-29T01:00:00.000Z'],
    ['2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // Clocks go back at midnight to the day before, whose end comes an hour later.
    ['2026-10-29', 'Africa/Cairo', '2026-10-29T22:00:00.000Z'],
    ['2026-10-24', 'America/Nuuk', '2026-10-25T02:00:00.000Z'],
    // A day that was skipped.
    ['2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2026-07-01', 'Asia/Kolkata', '2026-07-01T18:30:00.000Z'],
    ['2026-07-01', 'Europe/Atlantis', '2026-07-02T00:00:00.000Z'],
  ])('%s in %s is %s', async (day, zone, end) => {
    const { rows } = await app.query<{ at: Date }>('select app.end_of_day($1::date, $2) as at', [day, zone]);
    expect(rows[0]?.at.toISOString()).toBe(end);
  });

  it('ends each day of a year at the first instant of the next by Intl, in every accepted zone', async () => {
    const wrong: string[] = [];
    for (const name of TIME_ZONE_NAMES) {
      const { rows } = await admin.query<{ day: string; at: Date }>(
        `select d::date::text as day, app.end_of_day(d::date, $1) as at
         from generate_series(date '2024-01-01', date '2024-12-31', interval '1 day') d`,
        [name],
      );
      const local = localTime(name);
      for (const { day, at } of rows) {
        const [before, after] = [local(at.getTime() - 1_000).slice(0, 10), local(at.getTime()).slice(0, 10)];
        if (before > day || after <= day) wrong.push(`${name} ${day} ${at.toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
