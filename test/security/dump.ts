import type pg from 'pg';

/** Every row of every table, by its table and place, with the transactions that wrote and locked it last. */
export async function dumpTables(database: pg.Client): Promise<Map<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const rows = new Map<string, string>();
  for (const { name } of tables.rows) {
    const found = await database.query<{ at: string; text: string }>(
      `select t.ctid::text as at, t.xmin || ' ' || t.xmax || ' ' || t::text as text from "${name}" t`,
    );
    for (const { at, text } of found.rows) rows.set(`${name} ${at}`, text);
  }
  return rows;
}

/** What was written between two dumps: the tables and rows. */
export function written(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const places = [...new Set([...before.keys(), ...after.keys()])];
  return places
    .filter((place) => before.get(place) !== after.get(place))
    .map((place) => `${place.split(' ')[0] ?? ''}: ${after.get(place) ?? ''}`);
}

export function tablesOf(changes: readonly string[]): string[] {
  return [...new Set(changes.map((change) => change.split(':')[0] ?? ''))].sort();
}
