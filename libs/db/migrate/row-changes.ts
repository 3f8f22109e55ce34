import type { QueryRunner } from 'typeorm';

interface RowCounts {
  readonly name: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** How many entries of the audit trail are listed one by one. */
const LISTED = 20;

/**
 * How many rows of each table were added, changed and deleted so far, by the table's oid. They include those of earlier transactions that
 * PostgreSQL has not published yet, so only the difference of two counts within a transaction has a meaning.
 */
export async function countRows(runner: QueryRunner): Promise<ReadonlyMap<string, RowCounts>> {
  const found = (await runner.query(
    `select relid::text as id, relname as name, n_tup_ins::float8 as added, n_tup_upd::float8 as changed, n_tup_del::float8 as deleted
     from pg_stat_xact_user_tables where schemaname = 'public'`,
  )) as (RowCounts & { id: string })[];
  return new Map(found.map((counts) => [counts.id, counts]));
}

/**
 * The rows that a migration has changed and deleted since `before`, in the current transaction, as lines for the operator: how many of
 * each table, and the entries that it added to the audit trail.
 */
export async function rowChanges(
  runner: QueryRunner,
  before: ReadonlyMap<string, RowCounts>,
): Promise<string[]> {
  const lines: string[] = [];
  let audited = 0;
  for (const [id, { name, added, changed, deleted }] of await countRows(runner)) {
    const earlier = before.get(id) ?? { added: 0, changed: 0, deleted: 0 };
    if (changed > earlier.changed) lines.push(`${name}: ${rows(changed - earlier.changed)} changed`);
    if (deleted > earlier.deleted) lines.push(`${name}: ${rows(deleted - earlier.deleted)} deleted`);
    if (name === 'audit_entry') audited = added - earlier.added;
  }
  lines.sort();
  if (audited === 0) return lines;
  const entries = (await runner.query(
    `select action || ': ' || subject as line from audit_entry where xmin = pg_current_xact_id()::xid order by 1 limit ${String(LISTED)}`,
  )) as { line: string }[];
  lines.push(...entries.map(({ line }) => line));
  if (audited > entries.length) lines.push(`and ${String(audited - entries.length)} more in the audit trail`);
  return lines;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${String(count)} rows`;
}
