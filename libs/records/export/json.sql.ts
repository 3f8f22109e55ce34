import { sql, type Sql } from '#db';

/** An instant as the API writes it, in UTC with milliseconds. */
export function instant(value: Sql): Sql {
  return sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** A date as the API writes it. */
export function day(value: Sql): Sql {
  return sql`to_char(${value}, 'YYYY-MM-DD')`;
}
