import { sql, type Sql } from '#db';
import { ownerToday } from '../owner-time-zone.js';
import type { VisibilityBasis } from '../personal-goals/personal-goal.model.js';

/** Why the viewer can see a goal, and the day that a read of it is logged under. */
export interface GoalAccess {
  readonly basis: VisibilityBasis;
  /** The owner's day at the time of the read; null if the read is not logged. */
  readonly accessDay: string | null;
}

/**
 * The columns of {@link GoalAccess} from `personal_goal g`, of which the policies return only goals that the viewer can see. A goal
 * that is both published and shared by name is ORGANIZATION_WIDE. The day is computed only for reads that are logged.
 *
 * @param today the owner's current day: for a query that reads the goals of one owner, a subquery that depends on the owner only, which
 * PostgreSQL evaluates once instead of for each goal
 */
export function accessColumns(
  viewerId: string | null,
  today: Sql = ownerToday(sql`g.owner_id`, sql`g.organization_id`),
): Sql {
  return sql`case when g.owner_id = ${viewerId}::uuid then 'OWNER'
      when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> ${viewerId}::uuid and g.visibility <> 'ORGANIZATION' then ${today} end as "accessDay"`;
}
