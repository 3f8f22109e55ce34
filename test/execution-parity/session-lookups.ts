import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type pg from 'pg';
import { ReadBatcher } from '../../libs/db/driver/read-batcher.js';

/*
 * Looking a session up is one call of app.authenticate(). It is replaced by a slow or failing version.
 */

const SECONDS = 0.6;
/** How long a slow look-up takes at least, in milliseconds. */
export const SLOW_MS = SECONDS * 1_000;

const HOW = {
  // Volatile, so that it finds what was committed while it slept.
  slow: `perform pg_sleep(${String(SECONDS)});`,
  failing: `raise exception 'the look-up failed';`,
  'cut off': `perform pg_terminate_backend(pg_backend_pid());`,
} as const;

/** Does `work` while every look-up of a session is like this. */
export async function withLookups<T>(
  database: pg.Client,
  how: keyof typeof HOW,
  work: () => Promise<T>,
): Promise<T> {
  const { rows } = await database.query<{ definition: string }>(
    `select pg_get_functiondef('app.authenticate'::regproc) as definition`,
  );
  const definition = rows[0]?.definition ?? '';
  const [head = '', body = ''] = definition.split(/AS \$function\$/);
  const changed = head.replace(/LANGUAGE sql\s+STABLE/, 'LANGUAGE plpgsql VOLATILE');
  if (changed === head) throw new Error(`not the function that was expected: ${head}`);
  await database.query(`${changed} AS $function$
    #variable_conflict use_column
    begin
      ${HOW[how]}
      return query ${body.replace(/\$function\$\s*$/, '')};
    end $function$`);
  try {
    return await work();
  } finally {
    await database.query(definition);
  }
}

/**
 * As a rule a look-up and the first rows of its operation travel together, and it is the first to be answered. From now on it comes
 * after them, so that rows are there before it is known whose they are. @returns what takes it back
 */
export function delayLookups(): () => void {
  const { query } = ReadBatcher.prototype as unknown as {
    query: (this: ReadBatcher, ...args: Parameters<ReadBatcher['query']>) => ReturnType<ReadBatcher['query']>;
  };
  const spy = jest.spyOn(ReadBatcher.prototype, 'query').mockImplementation(async function (
    this: ReadBatcher,
    reader,
    statement,
  ) {
    if (statement.text.includes('app.authenticate()')) {
      // At the end of this turn what was asked in it leaves, and what is asked until then.
      await nextTurn();
      await nextTurn();
    }
    return query.call(this, reader, statement);
  });
  return () => {
    spy.mockRestore();
  };
}
