import { sql, type Sql } from '#db';

/**
 * Whether a new share of the viewer with this person begins as PENDING: if they are the viewer's primary manager, leaders share first,
 * and they have not shared yet. Decided by app.share_begins_pending (policies/31-pending-shares.sql), which inserting a share uses too.
 */
export function wouldBePending(withId: Sql): Sql {
  return sql`app.own_share_begins_pending(${withId})`;
}
