import { jest } from '@jest/globals';
import type pg from 'pg';
import { RecordedAccessCache } from '../../libs/goals/access-log/recorded-access.cache.js';
import { day } from '../factories/world.js';

/** Who was shown whose goal, how, and on which day: one line each. */
export type Log = readonly string[];

/** Makes the service insert access log rows that it remembers as inserted, since takeLog deletes them. @returns what restores it */
export function disableRecordedAccess(): () => void {
  const has = jest.spyOn(RecordedAccessCache.prototype, 'has').mockReturnValue(false);
  return () => {
    has.mockRestore();
  };
}

/** Removes and returns what was logged since the last call, for one reader or for all. */
export async function takeLog(database: pg.Client | pg.Pool, readerId: string | null = null): Promise<Log> {
  // The worlds of these tests have nothing younger than two days; an owner's today may be a day off.
  const { rows } = await database.query<{ line: string }>(
    `delete from goal_access where on_day >= $1 and ($2::uuid is null or reader_id = $2)
     returning concat_ws(' ', reader_id, goal_id, owner_id, kind, on_day) as line`,
    [day(-1), readerId],
  );
  return rows.map(({ line }) => line).sort();
}
