import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, rows, sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { TrendReleaseEntity, type TrendReleaseRow } from './trend-release.entity.js';

/** How long a quarter may be without a response. */
const DAYS_TO_RESPOND = 30;

const release = sql`${columns(TrendReleaseEntity, 'r')},
  (select string_agg(e.text, E'\n\n' order by e.at, e.id) from trend_erratum e where e.release_id = r.id) as erratum,
  (
    r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => ${DAYS_TO_RESPOND}::integer)
    and not exists (select 1 from trend_response s where s.release_id = r.id)
  ) as "isResponseOverdue"`;

const newestFirst = keyset(
  'trendReleases',
  { expression: sql`r.ends_on`, type: 'date', direction: 'desc' },
  { expression: sql`r.granularity`, type: 'text', direction: 'desc' },
  { expression: sql`r.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class TrendReleaseRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<TrendReleaseRow[]> {
    return rows<TrendReleaseRow>(
      em,
      sql`select ${release} from trend_release r where r.id = any(${ids}::uuid[])`,
    );
  }

  async findByKey(
    em: EntityManager,
    organizationId: string,
    periodKey: string,
  ): Promise<TrendReleaseRow | undefined> {
    const found = await rows<TrendReleaseRow>(
      em,
      sql`select ${release} from trend_release r
          where r.organization_id = ${organizationId} and r.period_key = ${periodKey}`,
    );
    return found[0];
  }

  /** A page, the latest period first, a quarter before the month that ends on the same day. */
  async findPage(
    em: EntityManager,
    organizationId: string,
    page: PageArguments,
  ): Promise<Page<TrendReleaseRow>> {
    const found = await rows<TrendReleaseRow & Keyed>(
      em,
      sql`select ${release}, ${newestFirst.key} from trend_release r
          where r.organization_id = ${organizationId} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /**
   * The releases of the months from the one that begins on `from` to the one that begins on `to`, and of quarters within them: the earliest
   * first, months before their quarter.
   */
  findWithin(
    em: EntityManager,
    organizationId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<TrendReleaseRow[]> {
    return rows<TrendReleaseRow>(
      em,
      sql`select ${release} from trend_release r
          where r.organization_id = ${organizationId} and r.starts_on >= ${from}::date
            and r.ends_on < ${to}::date + interval '1 month'
          order by r.ends_on, r.granularity`,
    );
  }
}
