/**
 * Engagement trends of an organization: releases of 24 months and 8 quarters, with the rows that the worker would have written, and a quarter that
 * has ended and is not released. Written in bulk as the owner of the tables.
 */
import pg from 'pg';
import type { Progress, Shape } from './data.ts';

/** How many months have releases, and how many quarters are these. */
export const MONTHS = 24;
const QUARTERS = MONTHS / 3;
/** Of each four people three answer. */
const ANSWER = 75;
/** Of a hundred groups so many have a figure. */
const RELEASED = 70;

const DRIVERS = ['MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE', 'GROWTH', 'RECOGNITION', 'WELLBEING', 'VOICE'];
/** Those that each group has in a quarter; 'driver' is null for all. */
const QUARTERLY = [
  'ENGAGEMENT_INDEX',
  'ENPS',
  'PULSE_PARTICIPATION',
  'MET_RATE',
  'CONVERSATION_WORTH',
  'AGENDA_FROM_REPORTS',
  'PROMISES_KEPT_BY_MANAGERS',
];

/** People with their one-to-ones; goals play no part. */
export function shapeOf(people: number): Shape {
  const parts = ['people', 'reporting lines', 'accounts', 'one-to-ones', 'conversations', 'action items'];
  return { people, conversations: 4, parts };
}

/** The keys of the periods that have a release, and of the quarter that has none. */
export interface TrendPeriods {
  readonly firstMonth: string;
  readonly lastMonth: string;
  readonly firstQuarter: string;
  readonly lastQuarter: string;
  readonly due: string;
}

/** The quarter that is to be released is the one before the present; releases end before it. */
export function periodsAt(now: Date): TrendPeriods {
  const due = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3 - 3, 1));
  const at = (months: number): Date =>
    new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + months, 1));
  const month = (date: Date): string => date.toISOString().slice(0, 7);
  const quarter = (date: Date): string =>
    `${String(date.getUTCFullYear())}-Q${String(date.getUTCMonth() / 3 + 1)}`;
  return {
    firstMonth: month(at(-MONTHS)),
    lastMonth: month(at(-1)),
    firstQuarter: quarter(at(-MONTHS)),
    lastQuarter: quarter(at(-3)),
    due: quarter(due),
  };
}

/** Adds the releases and the ended quarter, unless they are there. */
export async function addTrends(ownerUrl: string, periods: TrendPeriods, progress: Progress): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from trend_release limit 1');
    if (rowCount !== 0) return;
    // Foreign keys and the triggers of single rows are off on this connection.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB';
      set maintenance_work_mem = '512MB'; set timezone = 'UTC'`);
    await client.query(DIRECTORY);
    for (let quarter = 0; quarter < QUARTERS; quarter++) {
      for (let month = 0; month < 3; month++) {
        progress((quarter + month / 4) / (QUARTERS + 2), 'releases');
        await release(client, 'MONTH', monthsAfter(periods.firstMonth, quarter * 3 + month), periods);
      }
      await release(client, 'QUARTER', monthsAfter(periods.firstMonth, quarter * 3), periods);
    }
    progress(QUARTERS / (QUARTERS + 2), 'the quarter to release');
    await client.query('set session_replication_role = origin');
    await client.query(TALKS);
    await addDueQuarter(client, periods.due);
    progress((QUARTERS + 1) / (QUARTERS + 2), 'statistics');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
    progress(1, 'done');
  } finally {
    await client.end();
  }
}

/** The first day of a month, so many months after another. */
function monthsAfter(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 10);
}

/** The groups of the three trees, as the worker names them. */
const DIRECTORY = `
  create temporary table directory as
  select g.*, o.id as organization_id from organization o cross join lateral (
    select t.tree, 'organization' as key, o.name as label, null::text as parent_key, null::uuid as head_id
    from unnest(array['DEPARTMENT', 'MANAGER', 'LOCATION']) t (tree)
    union all
    select 'DEPARTMENT', d.id::text, d.name, 'organization', null from department d
    union all
    select 'LOCATION', l.id::text, l.name, 'organization', null from location l
    union all
    select 'MANAGER', m.manager_id::text, null, coalesce(own.manager_id::text, 'organization'), m.manager_id
    from (select distinct l.manager_id from reporting_line l) m
    left join reporting_line own on own.report_id = m.manager_id
  ) g;
  analyze directory`;

/** One release: every group has a row for every metric, in random order. */
async function release(
  client: pg.Client,
  granularity: 'MONTH' | 'QUARTER',
  startsOn: string,
  { firstMonth }: TrendPeriods,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `insert into trend_release (
       organization_id, period_key, granularity, starts_on, ends_on, minimum_group_size, released_at, published_at, row_hash
     )
     select id, to_char($2::date, case $1 when 'MONTH' then 'YYYY-MM' else 'YYYY-"Q"Q' end), $1, $2::date,
       ($2::date + case $1 when 'MONTH' then interval '1 month' else interval '3 months' end)::date - 1, 5,
       $2::date + interval '100 days', $2::date + interval '107 days', encode(sha256($2::text::bytea), 'hex')
     from organization
     returning id`,
    [granularity, startsOn],
  );
  const id = rows[0]?.id;
  await client.query(
    `insert into trend_group (release_id, organization_id, tree, key, label, parent_key, head_id, valid_from)
     select $1, organization_id, tree, key, label, parent_key, head_id, $2 from directory order by random()`,
    [id, `${firstMonth}-01`],
  );
  const metrics = [
    ...DRIVERS.map((driver) => ({ metric: 'PULSE_SCORE', driver })),
    ...(granularity === 'QUARTER' ? QUARTERLY.map((metric) => ({ metric, driver: null })) : []),
  ];
  for (const { metric, driver } of metrics) {
    await client.query(
      `insert into trend_cell (
         release_id, organization_id, tree, group_key, metric, driver, status, value, bound, rounded_to, people_band, definition_version
       )
       select $1, organization_id, tree, key, $2, $3, case when shown then 'RELEASED' else 'SUPPRESSED' end,
         case when shown then round((2 + 2 * random())::numeric, 1)::double precision end, case when shown then 'ROUNDED' end, 0.1,
         case when shown then 'FROM_5_TO_9' end, 1
       from directory cross join lateral (select key = 'organization' or random() * 100 < ${String(RELEASED)} as shown) chance
       order by random()`,
      [id, metric, driver],
    );
  }
}

/** Of five pairs one did not meet; each conversation that was held has a point, by the report or by the manager. */
const TALKS = `
  alter table conversation disable trigger user;
  update conversation set status = 'SKIPPED', held_at = null where status = 'HELD' and hashtext(one_to_one_id::text) % 5 = 0;
  alter table conversation enable trigger user;
  alter table talking_point disable trigger user;
  insert into talking_point (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft, position, discussed)
  select c.organization_id, c.one_to_one_id, c.id, c.id, case when hashtext(c.id::text) % 3 = 0 then o.first_id else o.second_id end,
    'A point', false, 1, true
  from conversation c join one_to_one o on o.id = c.one_to_one_id where c.status = 'HELD';
  alter table talking_point enable trigger user;
  insert into conversation_feedback (organization_id, conversation_id, author_id, worth_it, offered, offered_at, written_at)
  select c.organization_id, c.id, person, 1 + abs(hashtext(c.id::text || person)) % 5, true, c.held_at, c.held_at
  from conversation c join one_to_one o on o.id = c.one_to_one_id, unnest(array[o.first_id, o.second_id]) person
  where c.status = 'HELD' and hashtext(c.id::text) % 2 = 0`;

/** A quarter of the last weeks, whatever its key says, with a pulse of one question for each driver. */
async function addDueQuarter(client: pg.Client, key: string): Promise<void> {
  const [year = '', quarter = ''] = key.split('-Q');
  const startsOn = monthsAfter(`${year}-01`, Number(quarter) * 3 - 3);
  const { rows } = await client.query<{ id: string }>(
    `insert into engagement_period (
       organization_id, granularity, key, starts_on, ends_on, starts_at, ends_at, opened_at, minimum_group_size
     )
     select id, 'QUARTER', $1, $2::date, ($2::date + interval '3 months')::date - 1, now() - interval '85 days', now() - interval '8 days',
       now() - interval '85 days', 5
     from organization returning id`,
    [key, startsOn],
  );
  const period = rows[0]?.id;
  await client.query(
    `insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
     select $1, p.id, p.organization_id, p.department_id, p.location_id, l.manager_id
     from person p left join reporting_line l on l.report_id = p.id`,
    [period],
  );
  await client.query(
    `insert into period_group (period_id, tree, group_id, organization_id, name)
     select $1::uuid, 'DEPARTMENT', id, organization_id, name from department
     union all select $1::uuid, 'LOCATION', id, organization_id, name from location`,
    [period],
  );
  await client.query('analyze period_member');
  const questions = [...DRIVERS, 'RECOMMEND'].map((driver) => ({
    id: driver.toLowerCase(),
    driver,
    scale: driver === 'RECOMMEND' ? 'ZERO_TO_TEN' : 'ONE_TO_FIVE',
  }));
  await client.query('select app.open_pulse(e, $2) from engagement_period e where e.id = $1', [
    period,
    JSON.stringify(questions),
  ]);
  await client.query(
    `insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
     select p.id, t.pseudonym, t.organization_id,
       array(select (1 + floor(random() * 5))::smallint from generate_series(1, ${String(DRIVERS.length)}) where t.person_id is not null)
         || floor(random() * 11)::smallint,
       m.department_id, m.location_id, m.manager_id
     from pulse p
     join pulse_pseudonym t on t.quarter_id = p.quarter_id
     join period_member m on m.period_id = p.period_id and m.person_id = t.person_id
     where p.period_id = $1 and random() * 100 < ${String(ANSWER)}`,
    [period],
  );
}
