import { createHash } from 'node:crypto';
import type pg from 'pg';
import { KEYS, TABLES, keyOf, type TableName, type World } from './rows.js';

/** Every text that somebody wrote, or that names something. */
const TEXTS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  organization: ['name'],
  department: ['name'],
  location: ['name'],
  person: ['name', 'title'],
  audit_entry: ['subject'],
  session: ['label'],
  personal_goal: ['title', 'why'],
  personal_goal_own: ['area'],
  personal_goal_version: ['title', 'why'],
  milestone: ['title'],
  goal_update: ['text'],
  cycle: ['name'],
  business_goal: ['title', 'description'],
  key_result: ['title', 'unit'],
  check_in: ['text'],
  alignment: ['how'],
  procedure_area: ['name'],
  barrier: ['title', 'description', 'proposed_remedy'],
  barrier_answer: ['text'],
  nameless_barrier: ['title', 'description', 'proposed_remedy'],
  story: ['text'],
  talking_point: ['text'],
  talking_point_version: ['text'],
  shared_notes: ['text'],
  shared_notes_version: ['text'],
  private_notes: ['text'],
  conversation_feedback: ['better'],
  action_item: ['text'],
  action_item_version: ['text'],
  notes_import_section: ['text'],
  agenda_template: ['name'],
  mandate: ['text'],
  handover_offer: ['text'],
  period_group: ['name'],
  trend_response: ['text'],
};

export const MARKER = /zq[0-9a-f]{32}/g;
export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The text that only this row contains. */
export function markerOf(table: TableName, key: string): string {
  return `zq${createHash('md5').update(`${table}/${key}`).digest('hex')}`;
}

/** Sets every text of every row to a unique word, as the owner of the tables. */
export async function markEverything(admin: pg.Client): Promise<void> {
  for (const [table, columns] of Object.entries(TEXTS) as [TableName, readonly string[]][]) {
    const key = KEYS[table].map((column) => `${column}::text`).join(`, '/', `);
    const set = columns.map((column) => `${column} = 'zq' || md5(concat('${table}/', ${key}))`);
    await admin.query(`update ${table} set ${set.join(', ')}`);
  }
}

/** Rows by what gives them away: their marker, and their id if they have one. */
export interface Traces {
  readonly byMarker: ReadonlyMap<string, { readonly table: TableName; readonly key: string }>;
  /** Several: what is apart from a row bears its id. */
  readonly byId: ReadonlyMap<string, readonly { readonly table: TableName; readonly key: string }[]>;
}

export function tracesOf(world: World): Traces {
  const byMarker = new Map<string, { table: TableName; key: string }>();
  const byId = new Map<string, { table: TableName; key: string }[]>();
  for (const table of TABLES) {
    for (const row of world[table]) {
      const key = keyOf(table, row);
      byMarker.set(markerOf(table, key), { table, key });
      const id = 'id' in row ? row.id : undefined;
      if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), { table, key }]);
    }
  }
  return { byMarker, byId };
}
