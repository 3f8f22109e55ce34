import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, scalar, sql, updateOf, type Values } from '#db';
import type { TrendTree } from '../trend.model.js';
import { TrendResponseEntity, type TrendResponseRow } from './trend-response.entity.js';

/** The most responses of a release that are returned. */
const MOST_OF_RELEASE = 500;

const response = sql`${columns(TrendResponseEntity, 's')}, 'TrendResponse' as "__typename",
  coalesce(g.label, head.name, '') as label, g.parent_key as "parentKey", g.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  r.period_key as "periodKey", r.starts_on as "startsOn", r.ends_on as "endsOn"`;
const from = sql`trend_response s
  join trend_release r on r.id = s.release_id
  join trend_group g on g.release_id = s.release_id and g.tree = s.tree and g.key = s.group_key
  left join lateral app.trend_head_names(array[g.head_id]) head on true
  cross join lateral (
    select max(same.ends_on) as last_day from trend_group h join trend_release same on same.id = h.release_id
    where h.organization_id = g.organization_id and h.tree = g.tree and h.key = g.key and h.valid_from = g.valid_from
      and same.granularity = r.granularity
  ) span
  cross join lateral (
    select max(n.ends_on) as last_day from trend_release n
    where n.organization_id = r.organization_id and n.granularity = r.granularity
  ) newest`;

@Injectable()
export class TrendResponseRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<TrendResponseRow[]> {
    return rows<TrendResponseRow>(em, sql`select ${response} from ${from} where s.id = any(${ids}::uuid[])`);
  }

  async findById(em: EntityManager, id: string): Promise<TrendResponseRow | undefined> {
    return (await this.findByIds(em, [id]))[0];
  }

  /** The responses to each release, by due date. */
  async findByReleases(
    em: EntityManager,
    releaseIds: readonly string[],
  ): Promise<Map<string, TrendResponseRow[]>> {
    const found = await rows<TrendResponseRow>(
      em,
      sql`select ${response} from ${from}
          where s.id in (
            select first.id from unnest(${releaseIds}::uuid[]) parent (id)
            cross join lateral (
              select t.id from trend_response t where t.release_id = parent.id order by t.due_on, t.id limit ${MOST_OF_RELEASE}
            ) first
          )
          order by s.due_on, s.id`,
    );
    const byRelease = new Map<string, TrendResponseRow[]>(releaseIds.map((id) => [id, []]));
    for (const one of found) byRelease.get(one.releaseId)?.push(one);
    return byRelease;
  }

  /** Locks the response where the viewer may change it. @returns whether they may */
  async lock(em: EntityManager, id: string): Promise<boolean> {
    return (
      (await row(em, sql`select 1 from trend_response where id = ${id}::uuid for no key update`)) !==
      undefined
    );
  }

  /** A released quarter, and whether it has this group. @returns undefined where the viewer cannot read one with this key */
  findQuarter(
    em: EntityManager,
    organizationId: string,
    { period, tree, group }: { readonly period: string; readonly tree: TrendTree; readonly group: string },
  ): Promise<
    { readonly id: string; readonly headId: string | null; readonly hasGroup: boolean } | undefined
  > {
    return row(
      em,
      sql`select r.id, g.head_id as "headId", g.key is not null as "hasGroup"
          from trend_release r
          left join trend_group g on g.release_id = r.id and g.tree = ${tree} and g.key = ${group}
          where r.organization_id = ${organizationId} and r.period_key = ${period} and r.granularity = 'QUARTER'`,
    );
  }

  /** Whether this day of the organization has not passed. */
  async isAhead(em: EntityManager, organizationId: string, day: string): Promise<boolean> {
    return (
      (await scalar<boolean>(em, sql`select ${day}::date >= app.today_in(${organizationId}) as "isAhead"`)) ??
      false
    );
  }

  async insert(em: EntityManager, values: Omit<Values<TrendResponseEntity>, 'id'>): Promise<string> {
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(TrendResponseEntity, values)} returning id`,
    );
    if (!inserted) throw new Error('The response was not written.');
    return inserted.id;
  }

  /** A trigger increments the version. */
  async update(
    em: EntityManager,
    id: string,
    changes: Pick<TrendResponseEntity, 'text' | 'dueOn' | 'state' | 'outcome'>,
  ): Promise<void> {
    await affected(em, updateOf(TrendResponseEntity, id, changes));
  }
}
