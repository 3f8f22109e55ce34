import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from './company.js';
import type { Fixture } from './matrix.js';
import { UUID } from './markers.js';
import type { Id } from './rows.js';
import { hiddenIds, selfOf } from './sqlstates.js';

/**
 * What somebody who can send any SQL learns from the functions that the API's login may call. They run as their owner, past every
 * policy: a call that names a hidden row must be answered like the same call with an id of nothing, and must wait for nobody.
 */

/** A function that a role may call. */
export interface CallableFunction {
  /** With its schema, where the search path does not find it. */
  readonly name: string;
  readonly isSecurityDefiner: boolean;
  readonly types: readonly string[];
  /** Of a composite type: the table whose row it is. */
  readonly tables: readonly (string | null)[];
}

/** Functions of ours that a role may call, those of extensions left out. */
export async function callableFunctions(
  admin: pg.Client,
  role: string,
): Promise<readonly CallableFunction[]> {
  const { rows } = await admin.query<CallableFunction>(
    `select p.oid::regproc::text as name, p.prosecdef as "isSecurityDefiner",
       array(select format_type(t, null) from unnest(p.proargtypes) with ordinality a(t, place) order by place) as types,
       array(
         select c.relname::text from unnest(p.proargtypes) with ordinality a(t, place)
         join pg_type y on y.oid = a.t left join pg_class c on c.oid = y.typrelid order by place
       ) as tables
     from pg_proc p
     where pronamespace in ('app'::regnamespace, 'public'::regnamespace) and has_function_privilege($1, p.oid, 'EXECUTE')
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
       and p.prorettype not in ('trigger'::regtype)
     order by 1`,
    [role],
  );
  return rows;
}

interface Pair {
  readonly hidden: string;
  readonly nothing: string;
}

/** Where an actor is answered differently about a hidden row and about nothing. */
export async function checkCalls(
  fixture: Fixture,
  role: string,
  actors: readonly string[],
): Promise<{ readonly calls: number; readonly differences: readonly string[] }> {
  const differences: string[] = [];
  let calls = 0;
  const functions = await callableFunctions(fixture.admin, role);
  const known = new Set(JSON.stringify(fixture.world).match(UUID));
  for (const actor of fixture.actors.filter(({ name }) => actors.includes(name))) {
    const ids = await hiddenIds(fixture, actor, 4);
    const pairs = functions.flatMap((one) => pairsOf(one, ids, selfOf(fixture, actor)));
    const answers = await answersOf(
      fixture.app,
      actor,
      pairs.flatMap(({ hidden, nothing }) => [hidden, nothing]),
    );
    calls += answers.length;
    pairs.forEach(({ hidden, nothing }, index) => {
      const [one, other] = [2 * index, 2 * index + 1].map((at) => withoutNewIds(answers[at] ?? '', known));
      if (one !== other)
        differences.push(`${actor.name}: ${hidden} → ${String(one)}, but ${nothing} → ${String(other)}`);
    });
  }
  return { calls, differences };
}

/** An answer without the ids of what the call itself has made. */
function withoutNewIds(answer: string, known: ReadonlySet<string>): string {
  return answer.replace(UUID, (id) => (known.has(id) ? id : 'new'));
}

function pairsOf(of: CallableFunction, ids: readonly Id[], self: Id | null): readonly Pair[] {
  const places = of.types.flatMap((type, place) => (isAboutRows(type, of.tables[place]) ? [place] : []));
  const others = [randomUUID(), ...(self === null ? [] : [self])];
  return places.flatMap((place) =>
    ids.flatMap((id) =>
      others.map((other) => {
        const nothing = randomUUID();
        return {
          hidden: call(of, place, id, other),
          nothing: call(of, place, nothing, other),
        };
      }),
    ),
  );
}

function isAboutRows(type: string, table: string | null | undefined): boolean {
  return type.startsWith('uuid') || table != null;
}

/** With an id at this place, another at the other places for ids, and something of its type everywhere else. */
function call({ name, types, tables }: CallableFunction, place: number, id: Id, other: Id): string {
  const values = types.map((type, at) => valueOf(type, tables[at] ?? null, at === place ? id : other, other));
  // What an answer repeats of the question does not count.
  return `select replace((${name}(${values.join(', ')}))::text, '${id}', 'id')`;
}

function valueOf(type: string, table: string | null, id: Id, other: Id): string {
  if (table !== null) {
    const row = {
      id,
      owner_id: id,
      with_id: other,
      goal_id: id,
      person_id: id,
      organization_id: id,
      waiting: false,
    };
    return `jsonb_populate_record(null::${table}, '${JSON.stringify(row)}')`;
  }
  return literalOf(type, id);
}

/** A literal of an SQL type: this id for a uuid, a made-up value for every other type. */
export function literalOf(
  type: string,
  id: Id,
  { text = 'x', boolean = false }: { text?: string; boolean?: boolean } = {},
): string {
  if (type.endsWith('[]')) return `array[${literalOf(type.slice(0, -2), id, { text, boolean })}]::${type}`;
  switch (type) {
    case 'uuid':
      return `'${id}'::uuid`;
    case 'bytea':
      return `sha256('guessed')`;
    case 'integer':
    case 'double precision':
      return '1';
    case 'boolean':
      return String(boolean);
    case 'date':
      return `'2030-01-01'::date`;
    case 'jsonb':
      return `'[]'::jsonb`;
    case 'text':
      return `'${text}'`;
    default:
      return `null::${type}`;
  }
}

/** Each call by itself, taken back whatever it did; its answer as text, or the SQLSTATE. */
const CALL_ALL = `do $call$
declare
  statement text;
  answer text;
  answers text[] := '{}';
begin
  for statement in select jsonb_array_elements_text(current_setting('probe.statements')::jsonb) loop
    begin
      execute statement into answer;
      raise exception '%', coalesce(answer, 'null') using errcode = 'PR0BE';
    exception
      when sqlstate 'PR0BE' then answers := answers || sqlerrm;
      when others then answers := answers || sqlstate::text;
    end;
  end loop;
  perform set_config('probe.outcomes', array_to_json(answers)::text, true);
end $call$`;

async function answersOf(
  app: pg.Client,
  actor: Actor,
  statements: readonly string[],
): Promise<readonly string[]> {
  await app.query('begin');
  try {
    await app.query(
      `select set_config('app.session', $1, true), set_config('probe.statements', $2, true), set_config('lock_timeout', '100ms', true)`,
      [actor.hash ?? '', JSON.stringify(statements)],
    );
    await app.query(CALL_ALL);
    const { rows } = await app.query<{ answers: string }>(
      `select current_setting('probe.outcomes') as answers`,
    );
    return JSON.parse(rows[0]?.answers ?? '[]') as string[];
  } finally {
    await app.query('rollback');
  }
}
