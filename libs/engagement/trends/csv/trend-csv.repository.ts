import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';

/** A line of the file. */
export interface TrendLineRow {
  readonly tree: string;
  readonly groupKey: string;
  readonly label: string;
  readonly parentKey: string | null;
  readonly metric: string;
  readonly driver: string | null;
  readonly status: string;
  readonly value: number | null;
  readonly bound: string | null;
  readonly roundedTo: number;
  readonly people: string | null;
  readonly definitionVersion: number;
}

/** Where a page of lines begins: after this line. */
export type TrendLinePlace = Pick<TrendLineRow, 'tree' | 'metric' | 'driver' | 'groupKey'>;

@Injectable()
export class TrendCsvRepository {
  /** The figures of a release, in the order of tree, metric, driver and group, after a line; at most `limit`. */
  findLines(
    em: EntityManager,
    releaseId: string,
    after: TrendLinePlace | undefined,
    limit: number,
  ): Promise<TrendLineRow[]> {
    const rest =
      after === undefined
        ? sql`true`
        : sql`(c.tree, c.metric, coalesce(c.driver, ''), c.group_key)
            > (${after.tree}, ${after.metric}, ${after.driver ?? ''}, ${after.groupKey})`;
    return rows<TrendLineRow>(
      em,
      sql`
        with line as (
          select c.* from trend_cell c where c.release_id = ${releaseId}::uuid and ${rest}
          order by c.tree, c.metric, coalesce(c.driver, ''), c.group_key
          limit ${limit}
        ), labelled as (
          select l.*, g.label, g.parent_key, g.head_id from line l
          join trend_group g on g.release_id = ${releaseId}::uuid and g.tree = l.tree and g.key = l.group_key
        )
        select l.tree, l.group_key as "groupKey", coalesce(l.label, head.name, '') as label, l.parent_key as "parentKey", l.metric,
          l.driver, l.status, l.value, l.bound, l.rounded_to as "roundedTo", l.people_band as people,
          l.definition_version as "definitionVersion"
        from labelled l
        left join app.trend_head_names(array(select distinct head_id from labelled where head_id is not null)) head
          on head.head_id = l.head_id
        order by l.tree, l.metric, coalesce(l.driver, ''), l.group_key`,
    );
  }
}
