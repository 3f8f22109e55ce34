import type pg from 'pg';
import { questionsOfMonth } from '#engagement';
import type { Calendar, DemoMonth } from '../calendar.js';
import { COMPANY } from '../people.js';
import { ORGANIZATION_ID } from '../rows.js';
import { answersOf } from './answers.js';

/** A month or a quarter with its members and groups, as the worker would have added it when it began (app.add_period). */
const ADD_PERIOD = `
  with period as (
    insert into engagement_period (
      organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, opened_at, minimum_group_size
    )
    select o.id, $2, to_char($3::date, case $2 when 'MONTH' then 'YYYY-MM' else 'YYYY-"Q"Q' end), $4::uuid, $3::date, last_day.on,
      app.start_of_day($3::date, o.time_zone), app.end_of_day(last_day.on, o.time_zone), app.start_of_day($3::date, o.time_zone),
      o.minimum_group_size
    from organization o
    cross join lateral (
      select ($3::date + case $2 when 'MONTH' then interval '1 month' else interval '3 months' end)::date - 1
    ) last_day ("on")
    where o.id = $1
    returning *
  ), member as (
    insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
    select e.id, p.id, e.organization_id, p.department_id, p.location_id, (
      select l.manager_id from reporting_line l
      where l.report_id = p.id and l.kind = 'PRIMARY' and l.starts_at <= e.starts_at and (l.ends_at is null or l.ends_at > e.starts_at)
      order by l.starts_at desc limit 1
    )
    from period e
    join person p on p.organization_id = e.organization_id
    where (p.hired_on is null or p.hired_on <= e.starts_on)
      and not exists (select from employment_end x where x.person_id = p.id and x.ended_at <= e.starts_at)
    returning *
  ), named as (
    insert into period_group (period_id, tree, group_id, organization_id, name)
    select distinct m.period_id, 'DEPARTMENT', d.id, d.organization_id, d.name from member m join department d on d.id = m.department_id
    union all
    select distinct m.period_id, 'LOCATION', l.id, l.organization_id, l.name from member m join location l on l.id = m.location_id
  )
  select id from period`;

/** Adds the months before the present one, their quarters, pulses and answers, also those that have not settled. */
export async function addPeriods(client: pg.Client, calendar: Calendar): Promise<void> {
  const quarters = new Map<string, string>();
  for (const month of calendar.months(COMPANY.timeZone)) {
    const { quarterStartsOn, startsOn } = month;
    const quarter =
      quarters.get(quarterStartsOn) ?? (await addPeriod(client, 'QUARTER', quarterStartsOn, null));
    quarters.set(quarterStartsOn, quarter);
    await answerPulse(client, await addPeriod(client, 'MONTH', startsOn, quarter), month);
  }
}

async function addPeriod(
  client: pg.Client,
  granularity: 'MONTH' | 'QUARTER',
  startsOn: string,
  quarter: string | null,
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(ADD_PERIOD, [
    ORGANIZATION_ID,
    granularity,
    startsOn,
    quarter,
  ]);
  const [added] = rows;
  if (added === undefined) throw new Error(`The period from ${startsOn} on was not added.`);
  return added.id;
}

/** Opens the pulse of a month as it would have been, and answers it for those who were its members. */
async function answerPulse(client: pg.Client, period: string, month: DemoMonth): Promise<void> {
  const questions = questionsOfMonth(month.startsOn).map(({ id, driver, scale }) => ({ id, driver, scale }));
  const { rows } = await client.query<{ id: string }>(
    'select app.open_pulse(e, $2) as id from engagement_period e where e.id = $1',
    [period, JSON.stringify(questions)],
  );
  await client.query(
    `insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
     select p.id, t.pseudonym, p.organization_id, given.scores, m.department_id, m.location_id, m.manager_id
     from jsonb_to_recordset($2::jsonb) as given (person uuid, scores smallint[])
     join pulse p on p.id = $1
     join period_member m on m.period_id = p.period_id and m.person_id = given.person
     join pulse_pseudonym t on t.quarter_id = p.quarter_id and t.person_id = m.person_id
     order by random()`,
    [rows[0]?.id, JSON.stringify(answersOf(month))],
  );
}
