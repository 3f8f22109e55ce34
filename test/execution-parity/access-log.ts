import { jest } from '@jest/globals';
import type pg from 'pg';
import { RecordedAccessCache } from '../../libs/goals/access-log/recorded-access.cache.js';
import { day } from '../factories/world.js';

/** Who was shown whose goal, how, and on which day: one line each. */
export type Log = readonly string[];

/** Has the service write down again what it wrote down before: its rows are taken away here. @returns what takes it back */
export function disableRecordedAccess(): () => void {
  const has = jest.spyOn(RecordedAccessCache.prototype, 'has').mockReturnValue(false);
  return () => {
    has.mockRestore();
  };
}

/** What was logged since the last time, which is gone then. */
export async function takeLog(database: pg.Client): Promise<Log> {
  // The worlds of these tests have nothing younger than two days; an owner's today may be a day off.
  const { rows } = await database.query<{ line: string }>(
    `delete from goal_access where on_day >= $1
     returning concat_ws(' ', reader_id, goal_id, owner_id, kind, on_day) as line`,
    [day(-1)],
  );
  return rows.map(({ line }) => line).sort();
}
