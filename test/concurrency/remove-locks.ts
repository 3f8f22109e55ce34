import pg from 'pg';

const ROW_LOCK = /\s+for (?:no key update|update|share)(?: of [a-z]+(?:, [a-z]+)*)?(?: skip locked)?/g;

/** How the second of two who start a one-to-one with each other finds that there is one. */
const ONE_A_PAIR = /\s+on conflict \(first_id, second_id\) where state <> 'ENDED' do nothing/g;
const ADVISORY_LOCK = /pg_advisory_xact_lock(?:_shared)?\(/g;

/** The part of pg's connection that statements go through: prepared, or as text. */
interface Wire {
  parse: (this: Wire, statement: { readonly text: string }, ...rest: unknown[]) => unknown;
  query: (this: Wire, text: string) => unknown;
}

/**
 * Has every connection that is made from now on send its statements without row locks and advisory locks: what the service
 * would be had nobody thought of them. Nothing of the service itself is changed, only its way to the database.
 *
 * @returns what takes it back
 */
export function dropLocksOfStatements(): () => void {
  const prototype = pg.Connection.prototype as unknown as Wire;
  const { parse, query } = prototype;
  prototype.parse = function (statement, ...rest) {
    return parse.call(this, { ...statement, text: unlocked(statement.text) }, ...rest);
  };
  prototype.query = function (text) {
    return query.call(this, unlocked(text));
  };
  return () => {
    Object.assign(prototype, { parse, query });
  };
}

/** Replaces the functions of a database by versions without locks. @returns how many took locks */
export async function dropLocksOfFunctions(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ definition: string }>(
    `select pg_get_functiondef(p.oid) as definition from pg_proc p
     join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
     where n.nspname in ('public', 'app') and l.lanname in ('plpgsql', 'sql') and p.prokind = 'f' and p.prosqlbody is null`,
  );
  let changed = 0;
  for (const { definition } of rows) {
    const without = unlocked(definition);
    if (without === definition) continue;
    await owner.query(without);
    changed += 1;
  }
  return changed;
}

function unlocked(text: string): string {
  // What remains of an advisory lock is a look at its number.
  return text.replaceAll(ROW_LOCK, '').replaceAll(ONE_A_PAIR, '').replaceAll(ADVISORY_LOCK, '(0 <> ');
}
