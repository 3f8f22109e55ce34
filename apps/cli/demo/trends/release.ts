import type pg from 'pg';
import { entityManagerOn } from '#db';
import { TrendReleaser, TrendWorkerRepository } from '#engagement';
import type { Calendar } from '../calendar.js';
import { demoId } from '../ids.js';
import { ORGANIZATION_ID, personId } from '../rows.js';
import { TREND_RESPONSES } from './story.js';

/**
 * Releases what has settled as the worker does, and sets the times at which the worker would have done it. All of it is published. The trigger that keeps releases unchanged
 * is off meanwhile, in this transaction alone.
 */
export async function releaseTrends(client: pg.Client): Promise<void> {
  const repository = new TrendWorkerRepository();
  const releaser = new TrendReleaser(repository, { log: () => undefined });
  const em = entityManagerOn(client);
  for (const period of await repository.due(em)) {
    if (period.organizationId === ORGANIZATION_ID) await releaser.release(em, period);
  }
  await client.query(`
    set constraints all immediate;
    alter table trend_release disable trigger trend_release_frozen`);
  await client.query(
    `update trend_release r
     set released_at = e.ends_at + interval '7 days 35 minutes',
       published_at = least(now(), e.ends_at + interval '7 days 35 minutes' + make_interval(days => o.trends_published_after_days))
     from engagement_period e join organization o on o.id = e.organization_id
     where r.organization_id = $1 and e.organization_id = r.organization_id and e.key = r.period_key`,
    [ORGANIZATION_ID],
  );
  await client.query('alter table trend_release enable trigger trend_release_frozen');
}

/** What was done about two of the three quarters. */
export async function respondToTrends(client: pg.Client, calendar: Calendar): Promise<void> {
  const { rows: quarters } = await client.query<{ id: string; endsOn: string }>(
    `select id, to_char(ends_on, 'YYYY-MM-DD') as "endsOn" from trend_release
     where organization_id = $1 and granularity = 'QUARTER' order by ends_on`,
    [ORGANIZATION_ID],
  );
  for (const [index, response] of TREND_RESPONSES.entries()) {
    const { department, metric, text, by, dueAfter, state, outcome = null } = response;
    const quarter = quarters[response.quarter];
    if (quarter === undefined)
      throw new Error(`There is no quarter ${String(response.quarter)} with trends.`);
    await client.query(
      `insert into trend_response (id, organization_id, release_id, tree, group_key, metric, text, by_id, due_on, state, outcome, version)
       values ($1, $2, $3, 'DEPARTMENT', $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        demoId('trend-response', index),
        ORGANIZATION_ID,
        quarter.id,
        department === undefined ? 'organization' : demoId('department', department),
        metric,
        text,
        personId(by),
        calendar.day(calendar.offset(new Date(quarter.endsOn)) + dueAfter),
        state,
        outcome,
        state === 'OPEN' ? 1 : 2,
      ],
    );
  }
}
