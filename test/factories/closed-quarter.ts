import type { Client, Pool } from 'pg';
import type { TestOrganization } from './world.js';

const DAY = 86_400_000;

export interface ClosedQuarter {
  readonly id: string;
  readonly months: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface ClosedQuarterOptions {
  /** For example 2025-Q1: that of its first month follows. */
  readonly key?: string;
  /** How many days ago it ended: seven later it can be released. */
  readonly endedAgo?: number;
  readonly minimumGroupSize?: number;
  /** Whether first and last days are those of the key, as the API expects them, rather than those of the instants. */
  readonly hasDaysOfKey?: boolean;
}

/**
 * A quarter of 90 days with three months, which ended at midnight UTC, as app.open_period would have opened it: with everybody who is in the
 * directory now as its members.
 */
export async function closedQuarter(
  admin: Client | Pool,
  organization: TestOrganization,
  { key = '2025-Q1', endedAgo = 10, minimumGroupSize = 5, hasDaysOfKey = false }: ClosedQuarterOptions = {},
): Promise<ClosedQuarter> {
  const end = Math.floor(Date.now() / DAY) * DAY - endedAgo * DAY;
  const [year = '', quarter = ''] = key.split('-Q');
  const open = async (
    name: string,
    quarterId: string | null,
    from: number,
    to: number,
    [firstMonth, months]: readonly [number, number],
  ): Promise<string> => {
    const { rows } = await admin.query<{ id: string }>(
      `insert into engagement_period (
         organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, opened_at, minimum_group_size
       )
       values ($1, $2, $3, $4, $8, $9, $5, $6, $5, $7)
       returning id`,
      [
        organization.id,
        quarterId === null ? 'QUARTER' : 'MONTH',
        name,
        quarterId,
        new Date(from),
        new Date(to),
        minimumGroupSize,
        dayOf(hasDaysOfKey ? Date.UTC(Number(year), firstMonth, 1) : from),
        dayOf(hasDaysOfKey ? Date.UTC(Number(year), firstMonth + months, 0) : to - DAY),
      ],
    );
    const id = rows[0]?.id ?? '';
    await admin.query(
      `insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
       select $1, p.id, p.organization_id, p.department_id, p.location_id,
         (select l.manager_id from reporting_line l where l.report_id = p.id and l.kind = 'PRIMARY' and l.ends_at is null)
       from person p where p.organization_id = $2`,
      [id, organization.id],
    );
    await admin.query(
      `insert into period_group (period_id, tree, group_id, organization_id, name)
       select $1::uuid, 'DEPARTMENT', d.id, d.organization_id, d.name from department d where d.organization_id = $2
       union all
       select $1, 'LOCATION', l.id, l.organization_id, l.name from location l where l.organization_id = $2`,
      [id, organization.id],
    );
    return id;
  };
  const start = end - 90 * DAY;
  const first = Number(quarter) * 3 - 3;
  const id = await open(key, null, start, end, [first, 3]);
  const months: string[] = [];
  for (let month = 0; month < 3; month++) {
    const name = `${year}-${String(first + month + 1).padStart(2, '0')}`;
    const from = start + month * 30 * DAY;
    months.push(await open(name, id, from, from + 30 * DAY, [first + month, 1]));
  }
  return { id, months, startsAt: new Date(start), endsAt: new Date(end) };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The drivers that the monthly rhythm asks, by month. */
const ASKED = [
  ['MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE'],
  ['GROWTH', 'RECOGNITION', 'RECOMMEND'],
  ['WELLBEING', 'VOICE'],
];

/** The pulses of the months of a quarter, with pseudonyms for all members, and the answers of these people. */
export async function answeredPulses(
  admin: Client | Pool,
  { organizationId, quarter }: { readonly organizationId: string; readonly quarter: ClosedQuarter },
  people: readonly string[],
): Promise<void> {
  await admin.query(
    `insert into pulse_respondent (organization_id, person_id)
     select distinct m.organization_id, m.person_id from period_member m
     where m.period_id = $1 and not exists (select from pulse_respondent r where r.person_id = m.person_id)`,
    [quarter.id],
  );
  await admin.query(
    `insert into pulse_pseudonym (organization_id, quarter_id, person_id, respondent)
     select m.organization_id, $1, m.person_id, r.respondent
     from period_member m join pulse_respondent r on r.person_id = m.person_id where m.period_id = $1`,
    [quarter.id],
  );
  for (const [month, drivers] of ASKED.entries()) {
    const periodId = quarter.months[month];
    const { rows } = await admin.query<{ id: string }>(
      `insert into pulse (organization_id, period_id, quarter_id, closes_at)
       select organization_id, id, quarter_id, ends_at from engagement_period where id = $1 returning id`,
      [periodId],
    );
    const pulseId = rows[0]?.id;
    await admin.query(
      `insert into pulse_question (pulse_id, position, organization_id, question_id, driver, scale)
       select $1, d.position, $2, lower(d.driver), d.driver, case d.driver when 'RECOMMEND' then 'ZERO_TO_TEN' else 'ONE_TO_FIVE' end
       from unnest($3::text[]) with ordinality d (driver, position)`,
      [pulseId, organizationId, drivers],
    );
    await admin.query(
      `insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
       select $1, t.pseudonym, t.organization_id,
         array(select (1 + (p.place * 7 + d.position * 3) % 5)::smallint from generate_series(1, $5::integer) d (position)),
         m.department_id, m.location_id, m.manager_id
       from unnest($4::uuid[]) with ordinality p (id, place)
       join pulse_pseudonym t on t.quarter_id = $2 and t.person_id = p.id
       join period_member m on m.period_id = $3 and m.person_id = p.id`,
      [pulseId, quarter.id, periodId, people, drivers.length],
    );
  }
}
