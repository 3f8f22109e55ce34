import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';
import type { Granularity } from './granularity.model.js';
import type { TrendMetric } from './trend-metric.js';
import type { PeopleBand, TrendBound, TrendStatus, TrendTree } from './trend.model.js';
import type { TrendGroupRow } from './trend-group.entity.js';

/** Which figures: every argument is one of few values, so that no other slice can be asked for. */
export interface TrendQuestion {
  readonly organizationId: string;
  readonly metric: TrendMetric;
  readonly driver: string | null;
  readonly tree: TrendTree;
  readonly group: string;
  readonly granularity: Granularity;
  /** The first days of the first and of the last period. */
  readonly from: string;
  readonly to: string;
}

/** A figure with its group and its period. */
export interface TrendFigureRow extends TrendGroupRow {
  readonly periodKey: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly minimumGroupSize: number;
  readonly status: TrendStatus;
  readonly value: number | null;
  readonly bound: TrendBound | null;
  readonly people: PeopleBand | null;
  readonly roundedTo: number;
  readonly definitionVersion: number;
}

@Injectable()
export class TrendRepository {
  /**
   * The figures of a group and of the groups directly below it, each span in the order of its periods; at most `limit`.
   *
   * Groups and figures are looked up one by one. With plain joins, a plan that does not know the group expects thousands below it, and reads all figures of
   * each release instead. UNION ALL and LIMIT in LATERAL keep the planner from turning the lookups into joins.
   */
  findFigures(em: EntityManager, question: TrendQuestion, limit: number): Promise<TrendFigureRow[]> {
    const { organizationId, metric, driver, tree, group, granularity, from, to } = question;
    return rows<TrendFigureRow>(
      em,
      sql`
        with period as (
          select r.id, r.period_key, r.starts_on, r.ends_on, r.minimum_group_size from trend_release r
          where r.organization_id = ${organizationId} and r.granularity = ${granularity}
            and r.starts_on between ${from}::date and ${to}::date
        ), figure as (
          select g.key, g.label, g.parent_key, g.head_id, g.valid_from, p.*, c.status, c.value, c.bound, c.people_band, c.rounded_to,
            c.definition_version
          from period p
          cross join lateral (
            select own.key, own.label, own.parent_key, own.head_id, own.valid_from from trend_group own
            where own.release_id = p.id and own.tree = ${tree} and own.key = ${group}
            union all
            select below.key, below.label, below.parent_key, below.head_id, below.valid_from from trend_group below
            where below.release_id = p.id and below.tree = ${tree} and below.parent_key = ${group}
          ) g
          cross join lateral (
            select c.status, c.value, c.bound, c.people_band, c.rounded_to, c.definition_version from trend_cell c
            where c.release_id = p.id and c.tree = ${tree} and c.group_key = g.key and c.metric = ${metric}
              and ${driver === null ? sql`c.driver is null` : sql`c.driver = ${driver}`}
            limit 1
          ) c
          order by g.key, g.valid_from, p.starts_on
          limit ${limit}
        ), span as materialized (
          select shown.key, shown.valid_from, until.last_day
          from (select distinct key, valid_from from figure) shown
          cross join lateral (
            select max(r.ends_on) as last_day from trend_group g join trend_release r on r.id = g.release_id
            where g.organization_id = ${organizationId} and g.tree = ${tree} and g.key = shown.key and g.valid_from = shown.valid_from
              and r.granularity = ${granularity}
          ) until
        ), newest as materialized (
          select max(r.ends_on) as last_day from trend_release r
          where r.organization_id = ${organizationId} and r.granularity = ${granularity}
        )
        select f.key, coalesce(f.label, head.name, '') as label, f.parent_key as "parentKey", f.valid_from as "validFrom",
          case when span.last_day < newest.last_day then span.last_day end as "validUntil",
          f.period_key as "periodKey", f.starts_on as "startsOn", f.ends_on as "endsOn", f.minimum_group_size as "minimumGroupSize",
          f.status, f.value, f.bound, f.people_band as people, f.rounded_to as "roundedTo", f.definition_version as "definitionVersion"
        from figure f
        join span on span.key = f.key and span.valid_from = f.valid_from
        cross join newest
        left join app.trend_head_names(array(select distinct head_id from figure where head_id is not null)) head
          on head.head_id = f.head_id
        order by f.key = ${group} desc, f.key, f.valid_from, f.starts_on`,
    );
  }
}
