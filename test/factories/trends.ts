import type { Client, Pool } from 'pg';
import type { TestOrganization, TestPerson } from './world.js';

export interface TestGroup {
  readonly tree: 'DEPARTMENT' | 'MANAGER' | 'LOCATION';
  /** Of a manager's group, the manager. */
  readonly head?: TestPerson;
  readonly key?: string;
  readonly label?: string;
  readonly parent?: string;
}

export interface TestFigure {
  readonly tree: TestGroup['tree'];
  readonly group: string;
  readonly metric: string;
  readonly driver?: string;
  /** Left out: suppressed. */
  readonly value?: number;
  readonly bound?: string;
  readonly people?: string;
  readonly roundedTo?: number;
}

const ROOTS = ['DEPARTMENT', 'MANAGER', 'LOCATION'] as const;

/**
 * Writes a release through the functions that the worker calls, with the roots of all trees.
 *
 * @param period 2026-05 or 2026-Q2
 * @returns its id
 */
export async function releaseTrends(
  admin: Client | Pool,
  organization: TestOrganization,
  period: string,
  groups: readonly TestGroup[],
  figures: readonly TestFigure[],
): Promise<string> {
  const all = [
    ...ROOTS.map((tree) => ({
      tree,
      key: 'organization',
      label: organization.name,
      parent: null,
      head: null,
    })),
    ...groups.map(({ tree, head, key = head?.id, label, parent = 'organization' }) => ({
      tree,
      key,
      label: head === undefined ? label : null,
      parent,
      head: head?.id ?? null,
    })),
  ];
  const { rows } = await admin.query<{ done: string }>(
    `with begun as materialized (select app.begin_trend_release($2) as id),
      written as materialized (
        select app.add_trend_groups(id, $2, $3, $4, $5, $6, $7)::text as groups,
          app.add_trend_cells(id, $1, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)::text as cells
        from begun
      )
    select id::text || coalesce(groups || cells, '') || app.complete_trend_release(id, $2)::text as done
    from begun, written`,
    [
      organization.id,
      await settledPeriod(admin, organization, period),
      all.map(({ tree }) => tree),
      all.map(({ key }) => key),
      all.map(({ label }) => label),
      all.map(({ parent }) => parent),
      all.map(({ head }) => head),
      figures.map(({ tree }) => tree),
      figures.map(({ group }) => group),
      figures.map(({ metric }) => metric),
      figures.map(({ driver = null }) => driver),
      figures.map(({ value }) => (value === undefined ? 'SUPPRESSED' : 'RELEASED')),
      figures.map(({ value = null }) => value),
      figures.map(({ value, bound = 'ROUNDED' }) => (value === undefined ? null : bound)),
      figures.map(({ roundedTo = 0.1 }) => roundedTo),
      figures.map(({ value, people = 'FROM_5_TO_9' }) => (value === undefined ? null : people)),
      figures.map(() => 1),
    ],
  );
  return rows[0]?.done ?? '';
}

/** A period that ended ten days ago, whatever its key says. @returns its id */
async function settledPeriod(
  admin: Client | Pool,
  organization: TestOrganization,
  period: string,
  quarter: string | null = null,
): Promise<string> {
  const [year = '', part = ''] = period.split('-');
  const isQuarter = part.startsWith('Q');
  const month = isQuarter ? Number(part.slice(1)) * 3 - 2 : Number(part);
  const dayOf = (date: number): string => new Date(date).toISOString().slice(0, 10);
  const quarterId =
    isQuarter || quarter !== null
      ? quarter
      : await settledPeriod(admin, organization, `${year}-Q${String(Math.ceil(month / 3))}`);
  const { rows } = await admin.query<{ id: string }>(
    `insert into engagement_period (
       organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, minimum_group_size
     )
     values ($1, $2, $3, $4, $5, $6, now() - interval '40 days', now() - interval '10 days', 5)
     on conflict (organization_id, key) do update set key = excluded.key returning id`,
    [
      organization.id,
      isQuarter ? 'QUARTER' : 'MONTH',
      period,
      quarterId,
      dayOf(Date.UTC(Number(year), month - 1, 1)),
      dayOf(Date.UTC(Number(year), month - 1 + (isQuarter ? 3 : 1), 0)),
    ],
  );
  return rows[0]?.id ?? '';
}

/** Moves the times of a release into the past, by days: triggers refuse that otherwise, to the owner of the tables too. */
export async function ageRelease(admin: Client | Pool, id: string, days: number): Promise<void> {
  await admin.query(`set session_replication_role = replica`);
  await admin.query(
    `update trend_release set released_at = released_at - make_interval(days => $2),
       published_at = published_at - make_interval(days => $2) where id = $1`,
    [id, days],
  );
  await admin.query(`set session_replication_role = origin`);
}
