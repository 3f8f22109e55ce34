/**
 * Creates an organization of a given size, in bulk as the owner of the tables. The data is the same in every run, relative to
 * today's date.
 *
 * Its shape: everybody but one has a manager, who has eight reports; each line has its one-to-one with ten conversations (one of
 * them ahead) of three points and one or two promises; everybody has five goals, most of them shared with their manager; some
 * goals hold a business goal. Some people are set apart for the questions of the benchmark (callersOf).
 *
 * What the triggers of the schema would do row by row is done here in bulk, and its foreign keys are off while the rows come
 * and checked as a whole at the end.
 */
import { argon2, createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Caller, Question } from './contestant.ts';
import { commonNames, firstNames, syllables, titles, words } from './names.ts';

/** How many direct reports a manager has. */
const SPAN = 8;
/** People a statement is about at most, so that progress shows. */
const PEOPLE_A_STATEMENT = 10_000;
/** The password of everybody, for signing in. */
export const password = 'a password for the benchmark only';
/** One name that one person has. */
export const rareName = 'Zephyrine Quackenbush';

export interface Shape {
  readonly people: number;
  /** Of each one-to-one, the last of them ahead; 10 by default. */
  readonly conversations?: number;
  /** The kinds of data (`what` of its steps) that there are; all by default. */
  readonly parts?: readonly string[];
  /** Lists as long as few have: one person has so many goals more, and with somebody so many conversations more. */
  readonly longLists?: { readonly goals: number; readonly conversations: number };
}

/** Reports progress from 0 to 1, and the current step. */
export type Progress = (share: number, what: string) => void;

/** How many people are set apart for each question. */
export function callerCount(people: number): number {
  return Math.min(400, Math.floor(people / 4));
}

/** One of this many people is a caller. */
function strideOf(people: number): number {
  return Math.floor(people / callerCount(people));
}

/** The numbers of people who are not like the others: by their remainder after division by the stride. */
const SET_APART = { twelveGoals: 2, twentyGoals: 3, adding: 4 } as const;

/** The token of the person with this number. */
export function tokenOf(person: number): string {
  return createHash('sha256')
    .update(`bench token ${String(person)}`)
    .digest('base64url');
}

/** The sign-in address of the person with this number. */
export function addressOf(person: number): string {
  return `p${String(person)}@sign-in.example.com`;
}

/** Whose numbers have the long lists. */
export function longListOwner(people: number): number {
  return people;
}

interface Step {
  readonly what: string;
  /** About how much of the time it takes. */
  readonly weight: number;
  /** `$1` is the organization, `$2` and `$3` the first and last person whose part this is. */
  readonly sql: string;
  /** Done once, not by ranges of people; the two numbers are not given then. */
  readonly once?: boolean;
}

/** Fills the organization with people and what they write. Needs the tables' owner, and a database without other people. */
export async function generate(
  ownerUrl: string,
  organizationId: string,
  shape: Shape,
  progress: Progress,
): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: Math.min(4, availableParallelism()) }, () => writer(ownerUrl, shape)),
  );
  const [client] = clients;
  if (client === undefined) return;
  try {
    const foreignKeys = await ownedForeignKeys(client);
    const steps = [...stepsOf(shape)].filter(({ what }) => shape.parts?.includes(what) ?? true);
    const whole = steps.reduce((sum, { weight }) => sum + weight, 0) * 1.25;
    const most = Math.min(PEOPLE_A_STATEMENT, Math.ceil(shape.people / clients.length));
    let done = 0;
    await enforce(client, foreignKeys, false);
    await triggers(client, 'disable');
    for (const { what, weight, sql, once } of steps) {
      progress(done / whole, what);
      if (once) {
        await client.query(sql, [organizationId]);
        done += weight;
        continue;
      }
      let next = 1;
      const takeRanges = async (own: pg.Client): Promise<void> => {
        while (next <= shape.people) {
          const [from, to] = [next, Math.min(shape.people, next + most - 1)];
          next = to + 1;
          await own.query(sql, [organizationId, from, to]);
          done += (weight * (to - from + 1)) / shape.people;
          progress(done / whole, what);
        }
      };
      await Promise.all(clients.map(takeRanges));
    }
    progress(done / whole, 'checking foreign keys');
    await triggers(client, 'enable');
    await enforce(client, foreignKeys, true);
    progress((1 + done / whole) / 2, 'statistics');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
    progress(1, 'done');
  } finally {
    await Promise.all(clients.map((one) => one.end()));
  }
}

/** A connection on which the helpers are. */
async function writer(ownerUrl: string, shape: Shape): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '64MB';
    set timezone = 'UTC'; set client_min_messages = warning`);
  await client.query(helpers(shape, await passwordHash()));
  return client;
}

/** The callers for a question: hundreds of different people, shuffled. */
export async function callersOf(ownerUrl: string, question: Question): Promise<Caller[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: counted } = await client.query<{ people: number }>(
      `select count(*)::integer as people from person where external_id is not null`,
    );
    const people = counted[0]?.people ?? 0;
    const count = callerCount(people);
    const numbers = Array.from({ length: count }, (_, i) => i * strideOf(people));
    const { rows } = await client.query<{ caller: number; variables: Caller['variables'] }>(
      CALLERS[question],
      [numbers],
    );
    if (rows.length !== count)
      throw new Error(`${String(count)} callers expected for ${question}, ${String(rows.length)} found`);
    return rows.map(({ caller, variables }) => ({ token: tokenOf(caller), variables }));
  } finally {
    await client.end();
  }
}

/** A person's number is in their external id. */
const numberOf = (person: string): string => `substr(${person}.external_id, 2)::integer`;

/** What Q3 writes. */
const added = (number: string): string => `How do we get the ${number} boxes up the stairs?`;

/** With `$1` the multiples of the stride. `caller` is the number of who asks. */
const CALLERS: Readonly<Record<Question, string>> = {
  Q1: `select ${numberOf('m')} as caller, json_build_object('id', o.id) as variables
       from unnest($1::integer[]) n
       join person r on r.external_id = 'E' || (n + ${String(SET_APART.twelveGoals)})
       join reporting_line l on l.report_id = r.id and l.kind = 'PRIMARY'
       join person m on m.id = l.manager_id
       join one_to_one o on o.line_id = l.id
       order by md5(o.id::text)`,
  Q2: `select ${numberOf('p')} as caller, '{}'::json as variables
       from unnest($1::integer[]) n
       join person p on p.external_id = 'E' || (n + ${String(SET_APART.twentyGoals)})
       order by md5(p.id::text)`,
  // The report and the manager by turns.
  Q3: `select case when n % 2 = 0 then ${numberOf('r')} else ${numberOf('m')} end as caller,
         json_build_object('input', json_build_object(
           'conversationId', c.id, 'text', '${added("' || n || '")}', 'draft', false
         )) as variables
       from unnest($1::integer[]) n
       join person r on r.external_id = 'E' || (n + ${String(SET_APART.adding)})
       join reporting_line l on l.report_id = r.id and l.kind = 'PRIMARY'
       join person m on m.id = l.manager_id
       join one_to_one o on o.line_id = l.id
       join conversation c on c.one_to_one_id = o.id and c.status = 'PLANNED'
       order by md5(c.id::text)`,
  // The manager of somebody with twelve goals.
  Q4: `select ${numberOf('m')} as caller, json_build_object('id', c.id) as variables
       from unnest($1::integer[]) n
       join person r on r.external_id = 'E' || (n + ${String(SET_APART.twelveGoals)})
       join reporting_line l on l.report_id = r.id and l.kind = 'PRIMARY'
       join person m on m.id = l.manager_id
       join one_to_one o on o.line_id = l.id
       join conversation c on c.one_to_one_id = o.id and c.status = 'PLANNED'
       order by md5(c.id::text)`,
};

/**
 * Removes what Q3 added, so that every round has the same data. Q3 adds to planned conversations only, which finds its points
 * without a full scan.
 */
export async function forgetAdded(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `delete from talking_point t using conversation c
     where c.id = t.conversation_id and c.status = 'PLANNED'
       and t.created_at > now() - interval '1 day' and t.text like '${added('%')}'`,
  );
  if (rowCount !== 0) await client.query('vacuum talking_point, talking_point_version');
}

// --- data --------------------------------------------------------------------------------------------------------

/** Functions of this connection: numbers to ids, to chance, to names. All depend on nothing but their arguments. */
function helpers({ people }: Shape, hash: string): string {
  const stride = strideOf(people);
  const list = (texts: readonly string[]): string => `array[${texts.map(pg.escapeLiteral).join(',')}]`;
  return `
    -- Ids that grow with their number, as uuidv7() would make them from the beginning of 2025 on.
    create function pg_temp.id(kind text, n bigint) returns uuid immutable language sql return (
      lpad(to_hex(1735689600000 + n / 8), 12, '0') || '7' || lpad(to_hex(n % 8 * 512), 3, '0')
      || '8' || substr(md5(kind || n), 1, 15))::uuid;
    -- Ids without an order.
    create function pg_temp.random_id(kind text, n bigint) returns uuid immutable language sql return (
      overlay(overlay(md5(kind || n) placing '4' from 13) placing '8' from 17))::uuid;
    -- A number from 0 to most - 1.
    create function pg_temp.chance(n bigint, salt integer, most integer) returns integer immutable language sql return (
      (hashint8extended(n, salt) & 9223372036854775807) % most)::integer;
    create function pg_temp.one_of(choices text[], n bigint, salt integer) returns text immutable language sql return
      choices[1 + pg_temp.chance(n, salt, cardinality(choices))];
    -- The small numbers far more often than the large ones, as with names.
    create function pg_temp.often_first(choices text[], n bigint, salt integer) returns text immutable language sql return
      choices[1 + floor(power(pg_temp.chance(n, salt, 1000000) / 1000000.0, 1.2) * cardinality(choices))::integer];

    create function pg_temp.name(n integer) returns text immutable language sql return
      case when n = 77 then ${pg.escapeLiteral(rareName)} else
        pg_temp.often_first(${list(firstNames)}, n, 1) || ' ' ||
        case when pg_temp.chance(n, 2, 10) < 4 then pg_temp.often_first(${list(commonNames)}, n, 3)
        else initcap(pg_temp.one_of(${list(syllables)}, n, 4) || pg_temp.one_of(${list(syllables)}, n, 5)
          || pg_temp.one_of(${list(syllables)}, n, 6)) end
      end;
    -- About so many words that mean nothing.
    create function pg_temp.words(n bigint, salt integer, how_many integer) returns text immutable language sql return
      case when how_many <= 1 then pg_temp.one_of(${list(words)}, n, salt)
        ${[5, 10, 20, 40].map((most) => `when how_many <= ${String(most)} then pg_temp.one_of(${list(sentences(most))}, n, salt)`).join(' ')}
        else pg_temp.one_of(${list(sentences(50))}, n, salt) end;

    create function pg_temp.sentence(n bigint, salt integer, how_many integer) returns text immutable language sql return
      overlay(pg_temp.words(n, salt, how_many) placing upper(left(pg_temp.words(n, salt, how_many), 1)) from 1 for 1);

    create function pg_temp.person(n integer) returns uuid immutable language sql return pg_temp.id('person', n);
    create function pg_temp.manager(n integer) returns integer immutable language sql return (n - 2) / ${String(SPAN)} + 1;
    create function pg_temp.has_reports(n integer) returns boolean immutable language sql return
      ${String(SPAN)} * (n - 1) + 2 <= ${String(people)};
    create function pg_temp.set_apart(n integer) returns integer immutable language sql return
      case when n <= ${String(stride * callerCount(people))} + 1 then n % ${String(stride)} else -1 end;
    create function pg_temp.goals(n integer) returns integer immutable language sql return
      case pg_temp.set_apart(n)
        when ${String(SET_APART.twelveGoals)} then 12 when ${String(SET_APART.twentyGoals)} then 20 else 5 end;
    create function pg_temp.password_hash() returns text immutable language sql return ${pg.escapeLiteral(hash)};
  `;
}

/** Goals of the people in the range: n, k (from 1), count, v (who sees it), g (a unique number). */
const GOALS = `(
  select n, k, count, n * 100::bigint + k as g,
    case
      when k = count and (pg_temp.has_reports(n) or n % 10 = 0) then 'ORGANIZATION'
      when n > 1 and k <= case count when 5 then 3 when 12 then 11 else 8 end then 'SHARED'
      else 'PRIVATE'
    end as v
  from generate_series($2::integer, $3::integer) n, pg_temp.goals(n) count, generate_series(1, count) k
)`;

/** Conversations of the pairs of the people in the range with their managers: n, j (from 1), c (a unique number), at, ahead. */
const conversationsOf = (count: number): string => `(
  select n, j, c, j = ${String(count)} as ahead,
    date_trunc('day', now()) + make_interval(
      days => 7 * (j - ${String(count)}) + 1 + pg_temp.chance(n, 10, 6), hours => 8 + pg_temp.chance(n, 11, 9)
    ) as at
  from generate_series(greatest($2::integer, 2), $3::integer) n, generate_series(1, ${String(count)}) j,
    lateral (select n * 100::bigint + j as c) number
)`;

/** A choice of sentences of up to so many words. */
function sentences(most: number): string[] {
  const digits = (text: string): Buffer => createHash('sha256').update(text).digest();
  return Array.from({ length: 100 }, (_, i) => {
    const length = most - (i % Math.ceil(most / 3));
    return Array.from({ length }, (_, j) => {
      return words[digits(`${String(most)} ${String(i)} ${String(j)}`).readUInt16LE() % words.length];
    }).join(' ');
  });
}

/** How many business goals there are. */
const businessGoals = (people: number): number => Math.max(20, Math.floor(people / 20));

function* stepsOf({ people, conversations = 10, longLists }: Shape): Iterable<Step> {
  const departments = Math.min(400, Math.max(10, Math.floor(people / 50)));
  const locations = Math.min(100, Math.max(5, Math.floor(people / 200)));
  const CONVERSATIONS = conversationsOf(conversations);
  const business = businessGoals(people);

  yield {
    what: 'people',
    weight: 1,
    once: true,
    sql: `with named as (
        insert into department (id, organization_id, name)
        select pg_temp.id('department', d), $1, 'Department ' || d from generate_series(1, ${String(departments)}) d
      )
      insert into location (id, organization_id, name)
      select pg_temp.id('location', l), $1, 'Location ' || l from generate_series(1, ${String(locations)}) l`,
  };
  yield {
    what: 'people',
    weight: 10,
    sql: `insert into person (id, organization_id, external_id, name, email, title, department_id, location_id, hired_on)
      select pg_temp.person(n), $1, 'E' || n, name,
        lower(regexp_replace(normalize(name, nfd), '[^a-zA-Z]+', '.', 'g')) || '.' || n || '@example.com',
        pg_temp.often_first(array[${titles.map(pg.escapeLiteral).join(',')}], n, 7),
        pg_temp.id('department', 1 + n % ${String(departments)}), pg_temp.id('location', 1 + pg_temp.chance(n, 8, ${String(locations)})),
        current_date - 100 - pg_temp.chance(n, 9, 5000)
      from generate_series($2::integer, $3::integer) n, pg_temp.name(n) name`,
  };
  yield {
    what: 'reporting lines',
    weight: 6,
    once: true,
    sql: `insert into reporting_line (id, organization_id, report_id, manager_id, starts_on)
      select pg_temp.id('line', n), $1, pg_temp.person(n), pg_temp.person(pg_temp.manager(n)), current_date - 90
      from generate_series(2, ${String(people)}) n`,
  };
  yield {
    what: 'accounts',
    weight: 4,
    sql: `with opened as (
        insert into account (person_id, organization_id, sign_in_address, password_hash)
        select pg_temp.person(n), $1, 'p' || n || '@sign-in.example.com', pg_temp.password_hash()
        from generate_series($2::integer, $3::integer) n
      )
      insert into session (id, organization_id, person_id, label, expires_at, token_hash)
      select pg_temp.id('session', n), $1, pg_temp.person(n), 'Benchmark', now() + interval '90 days',
        sha256(translate(encode(sha256(('bench token ' || n)::bytea), 'base64'), '+/=', '-_')::bytea)
      from generate_series($2::integer, $3::integer) n`,
  };

  yield {
    what: 'goals',
    weight: 16,
    sql: `insert into personal_goal (id, organization_id, owner_id, title, why, horizon, target_on, status, visibility,
        open_to_proposals, measure_unit, measure_start, measure_current, measure_target)
      select pg_temp.random_id('goal', g), $1, pg_temp.person(n), pg_temp.sentence(g, 20, 1) || ' ' || pg_temp.words(g, 21, 4),
        case when k % 6 <> 5 then pg_temp.words(g, 22, 20 + pg_temp.chance(g, 23, 30)) end,
        (array['THIS_YEAR', 'FEW_YEARS', 'DECADE', 'LIFE', null])[1 + g % 5],
        case when g % 2 = 0 then current_date + 30 + pg_temp.chance(g, 24, 1000) end,
        case when k % 7 = 6 then 'ACHIEVED' when k % 9 = 4 then 'RESTING' else 'ACTIVE' end, v, g % 4 = 0,
        case when k % 3 = 0 then 'kilometres' end, case when k % 3 = 0 then 0 end,
        case when k % 3 = 0 then pg_temp.chance(g, 25, 400) / 10.0 end, case when k % 3 = 0 then 42.2 end
      from ${GOALS} goal`,
  };
  yield {
    what: 'goals',
    weight: 16,
    sql: `with own as (
        insert into personal_goal_own (goal_id, organization_id, owner_id, area, created_at, updated_at)
        select pg_temp.random_id('goal', g), $1, pg_temp.person(n),
          case when k % 4 <> 3 then pg_temp.one_of(array['Health', 'Family', 'Learning', 'Money', 'Friends', 'Craft'], g, 26) end,
          at, at
        from ${GOALS} goal, lateral (select now() - make_interval(days => 1 + n % 80, hours => k, secs => n % 977 + 0.123456) as at) made
      ), updates as (
        insert into goal_update (id, organization_id, goal_id, author_id, text, at, created_at)
        select pg_temp.id('update', g), $1, pg_temp.random_id('goal', g), pg_temp.person(n),
          pg_temp.sentence(g, 27, 12), now() - make_interval(days => n % 70), now() - make_interval(days => n % 70)
        from ${GOALS} goal where k % 2 = 1
      ), reached as (
        insert into milestone (id, organization_id, goal_id, owner_id, title, position)
        select pg_temp.random_id('milestone', g * 10 + m), $1, pg_temp.random_id('goal', g), pg_temp.person(n),
          pg_temp.words(g, 28 + m, 3), m
        from ${GOALS} goal, generate_series(1, 2) m where k % 3 = 1
      ), shared as (
        insert into goal_share (id, organization_id, goal_id, owner_id, with_id, includes_past, line_id, became_active_at)
        select pg_temp.random_id('share', g), $1, pg_temp.random_id('goal', g), pg_temp.person(n),
          pg_temp.person(pg_temp.manager(n)), n % 3 = 0, pg_temp.id('line', n), now() - make_interval(days => 1 + n % 60)
        from ${GOALS} goal where v = 'SHARED'
        returning id, owner_id, became_active_at
      )
      insert into goal_share_own (share_id, organization_id, owner_id, created_at)
      select id, $1, owner_id, became_active_at from shared`,
  };
  yield {
    what: 'the access log of a day last week',
    weight: 5,
    sql: `insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
      select pg_temp.person(pg_temp.manager(n)), pg_temp.random_id('goal', g), current_date - 7, 'LISTED', pg_temp.person(n), $1
      from ${GOALS} goal where v = 'SHARED'`,
  };

  yield {
    what: 'one-to-ones',
    weight: 3,
    sql: `insert into one_to_one (id, organization_id, first_id, second_id, started_by_id, state, recurrence,
        recurrence_starts_at, time_zone, duration_minutes, line_id, invited_at)
      select pg_temp.id('pair', n), $1, least(one, other), greatest(one, other), other, 'OPEN', 'FREQ=WEEKLY', at,
        'Europe/Berlin', (array[30, 45, 60])[1 + n % 3], pg_temp.id('line', n), now() - interval '85 days'
      from ${CONVERSATIONS} planned,
        lateral (select pg_temp.person(n) as one, pg_temp.person(pg_temp.manager(n)) as other) two
      where ahead`,
  };
  yield {
    what: 'conversations',
    weight: 16,
    sql: `with held as (
        insert into conversation (id, organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, series_at, created_at)
        select pg_temp.id('conversation', c), $1, pg_temp.id('pair', n), case when ahead then 'PLANNED' else 'HELD' end, at,
          case when not ahead then at end, case when not ahead then at + interval '1 hour' end, at, least(at - interval '7 days', now())
        from ${CONVERSATIONS} conversation
      )
      insert into shared_notes (id, organization_id, conversation_id, text, version, updated_at, updated_by_id)
      select pg_temp.id('notes', c), $1, pg_temp.id('conversation', c),
        case when ahead then '' else pg_temp.sentence(c, 30, 25) end,
        case when ahead then 0 else 1 end, case when not ahead then at end,
        case when not ahead then pg_temp.person(n) end
      from ${CONVERSATIONS} conversation`,
  };
  // Of each conversation three, by turns; the report has a draft beside them in the one to come.
  yield {
    what: 'talking points',
    weight: 60,
    sql: `with point as (
        select pg_temp.random_id('point', c * 5 + t) as id, n, c, t, at, ahead,
          case when t in (1, 3, 4) then pg_temp.person(n) else pg_temp.person(pg_temp.manager(n)) end as author,
          pg_temp.sentence(c * 5 + t, 40, 6 + pg_temp.chance(c, 41, 10)) as text
        from ${CONVERSATIONS} conversation, generate_series(1, case when ahead then 4 else 3 end) t where ahead or t < 4
      ), added as (
        insert into talking_point (id, organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft,
          position, discussed, times_carried, created_at)
        select id, $1, pg_temp.id('pair', n), pg_temp.id('conversation', c), pg_temp.id('conversation', c), author, text,
          t = 4, t, not ahead, pg_temp.chance(c + t, 42, 3), least(at - interval '1 day', now())
        from point
      )
      insert into talking_point_version (point_id, version, organization_id, author_id, text, started_at, at)
      select id, 1, $1, author, text, least(at - interval '1 day', now()), least(at - interval '1 day', now()) from point`,
  };
  yield {
    what: 'action items',
    weight: 28,
    sql: `insert into action_item (id, organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text, due_on,
        state, closed_at, kept, created_at)
      select pg_temp.id('item', c * 3 + i), $1, pg_temp.id('pair', n), pg_temp.id('conversation', c), owner, owner,
        pg_temp.sentence(c * 3 + i, 50, 7), at::date + 14,
        case when j >= ${String(conversations - 2)} then 'OPEN' when (j + i) % 6 = 5 then 'DROPPED' else 'DONE' end,
        case when j < ${String(conversations - 2)} then at + interval '10 days' end,
        case when j < ${String(conversations - 2)} then (c + i) % 4 <> 0 end, least(at, now())
      from ${CONVERSATIONS} conversation, generate_series(1, 1 + (n + j) % 2) i,
        lateral (select case when (i + j) % 2 = 0 then pg_temp.person(n) else pg_temp.person(pg_temp.manager(n)) end as owner) by`,
  };

  yield {
    what: 'business goals',
    weight: 4,
    once: true,
    sql: `with cycles as (
        insert into cycle (id, organization_id, name, starts_on, ends_on)
        select pg_temp.id('cycle', q), $1, 'Quarter ' || q, current_date - 90 * q + 60, current_date - 90 * q + 149
        from generate_series(1, 4) q
      ), goals as (
        insert into business_goal (id, organization_id, owner_id, cycle_id, parent_id, title, state, health, listed_at)
        select pg_temp.random_id('business', b), $1, pg_temp.person(b), pg_temp.id('cycle', 1 + b % 4),
          case when b > 4 then pg_temp.random_id('business', b / 5 * 4 / 5 + 1) end, pg_temp.sentence(b, 60, 5),
          case when b % 5 = 4 then 'ACHIEVED' else 'OPEN' end, (array['ON_TRACK', 'AT_RISK', 'OFF_TRACK'])[1 + b % 3],
          now() - make_interval(days => 60, mins => b)
        from generate_series(1, ${String(business)}) b
      ), results as (
        insert into key_result (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position)
        select $1, pg_temp.random_id('business', b), pg_temp.sentence(b * 2 + r, 61, 4), 'percent', 0,
          pg_temp.chance(b, 62, 100), 100, r
        from generate_series(1, ${String(business)}) b, generate_series(1, 2) r
      )
      insert into business_goal_assignee (business_goal_id, person_id, organization_id)
      select distinct pg_temp.random_id('business', b), pg_temp.person(1 + pg_temp.chance(b * 10 + a, 63, ${String(people)})), $1
      from generate_series(1, ${String(business)}) b, generate_series(1, 5) a`,
  };
  yield {
    what: 'alignments',
    weight: 3,
    sql: `with placed as (
        insert into alignment (id, organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state)
        select pg_temp.random_id('alignment', g), $1, pg_temp.random_id('goal', g), pg_temp.person(n),
        pg_temp.random_id('business', 1 + pg_temp.chance(g, 70, ${String(business)})), pg_temp.words(g, 71, 8), pg_temp.person(n), 'PLACED'
        from ${GOALS} goal where n % 3 = 0 and k <= 2
        returning id, owner_id
      )
      insert into alignment_own (alignment_id, organization_id, owner_id, proposed_by_id)
      select id, $1, owner_id, owner_id from placed`,
  };

  if (longLists !== undefined) {
    const [goals, more] = [String(longLists.goals), String(longLists.conversations)];
    const owner = String(longListOwner(people));
    const far = '1000000000000::bigint';
    yield {
      what: 'long lists',
      weight: 2,
      once: true,
      sql: `with goals as (
          insert into personal_goal (id, organization_id, owner_id, title, visibility)
          select pg_temp.random_id('goal', ${far} + k), $1, pg_temp.person(${owner}), pg_temp.words(k, 80, 4), 'PRIVATE'
          from generate_series(1, ${goals}) k
        ), own as (
          insert into personal_goal_own (goal_id, organization_id, owner_id, created_at)
          select pg_temp.random_id('goal', ${far} + k), $1, pg_temp.person(${owner}), now() - make_interval(days => 100, mins => k)
          from generate_series(1, ${goals}) k
        ), met as (
          insert into conversation (id, organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, created_at)
          select pg_temp.id('conversation', ${far} + k), $1, pg_temp.id('pair', ${owner}), 'HELD', at, at, at, at
          from generate_series(1, ${more}) k,
            lateral (select now() - make_interval(days => 100, hours => k) as at) moment
        )
        insert into shared_notes (organization_id, conversation_id)
        select $1, pg_temp.id('conversation', ${far} + k) from generate_series(1, ${more}) k`,
    };
  }
}

// --- while rows come in bulk ---------------------------------------------------------------------------------------------

interface ForeignKey {
  readonly table: string;
  readonly name: string;
}

async function ownedForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by 1, 2`,
  );
  return rows;
}

/** A foreign key that is enforced again is checked for all rows at once. */
async function enforce(client: pg.Client, keys: readonly ForeignKey[], enforced: boolean): Promise<void> {
  for (const { table, name } of keys) {
    await client.query(`alter table ${table} alter constraint ${name} ${enforced ? '' : 'not'} enforced`);
  }
}

/** Those that work row by row, whose work is done here in bulk. The one that rejects cycles of reporting lines stays. */
async function triggers(client: pg.Client, change: 'enable' | 'disable'): Promise<void> {
  for (const table of [
    'personal_goal',
    'goal_share',
    'conversation',
    'one_to_one',
    'business_goal',
    'alignment',
  ]) {
    await client.query(`alter table ${table} ${change} trigger user`);
  }
}

/** As libs/auth stores it. */
async function passwordHash(): Promise<string> {
  const nonce = Buffer.alloc(16, 'benchmark');
  const settings = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  const hash = await promisify(argon2)('argon2id', { message: password, nonce, ...settings });
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=19456,t=2,p=1$${text(nonce)}$${text(hash)}`;
}
