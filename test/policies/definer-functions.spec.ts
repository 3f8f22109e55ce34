import { callableFunctions, literalOf, type CallableFunction } from './function-calls.js';
import { createTestFixture, type TestFixture } from './fixture.js';
import { TABLES, type World } from './rows.js';
import { fingerprint, tryAll } from './session-queries.js';

/*
 * SECURITY DEFINER functions that the serving role may call run as their owner, without policies. Callers without any relation to the
 * rows call each of them with every id, get nothing, and change nothing.
 */

/** Functions that return or do something for every caller, and why that is right. */
const FOR_EVERY_CALLER: Readonly<Record<string, string>> = {
  today: 'returns the date',
  holds_demo_organization: 'returns whether the demo is loaded, which is public',
  password_parameters: 'returns the same for every address, with an account or without',
  admit_attempts: 'counts attempts without a session',
  forgive_attempts: 'reverts such counts',
  count_daily: 'counts attempts without a session',
  import_goals: 'adds goals to those of the caller',
  raise_nameless_barrier:
    'takes a barrier of anybody who is employed, and returns the day on which it appears',
  charge_cost: 'counts the cost of the caller’s operations',
  claim_idempotency_key: 'stores the caller’s operations, separately from those of others',
  store_idempotency_result: 'stores the caller’s operations, separately from those of others',
  own_share_state: 'returns the state of a share to its owner and its reader',
  ended_sessions:
    'returns those of its arguments that are the hash of no session; hashes of sessions cannot be guessed',
  touch_session: 'records when the caller was last seen, and two of these callers have a session elsewhere',
  request_password_reset: 'queues a mail to the address, and returns nothing',
  import_add: 'an administrator of another organization imports there',
  import_finish: 'an administrator of another organization imports there',
  trend_head_names: 'returns names of managers, which colleagues see in the directory',
  apply_address_changes: 'for the service, without a session: does what is due by the calendar',
};

/** Colleagues who have no part in what the others do. */
const COLLEAGUES = ['AUDITOR', 'shared with, past included'];

/** People and programs that are nothing to anybody here. */
const STRANGERS = [
  'nobody',
  'a token that never was',
  'left 91 days ago',
  'disabled account',
  "the owner's revoked session",
  'API token SCHEMA_READ',
  'an administrator of another organization',
];

const SOMEBODIES = [...COLLEAGUES, 'API token SCHEMA_READ', 'an administrator of another organization'];

describe('SECURITY DEFINER functions', () => {
  let fixture: TestFixture;
  let functions: readonly CallableFunction[];
  beforeAll(async () => {
    fixture = await createTestFixture();
    const callable = await callableFunctions(fixture.admin, `${fixture.prefix}_app`);
    functions = callable.filter(
      ({ name, isSecurityDefiner }) => isSecurityDefiner && name.startsWith('app.'),
    );
  });
  afterAll(() => fixture.end());

  it('returns and changes nothing in SECURITY DEFINER functions for callers unrelated to the rows', async () => {
    const { world, admin, app, actors } = fixture;
    const problems = new Set<string>();
    let calls = 0;
    let before = await fingerprint(admin);
    for (const callable of functions.filter(
      ({ name }) => FOR_EVERY_CALLER[name.slice('app.'.length)] === undefined,
    )) {
      const statements = callsOf(callable, world);
      for (const actor of actors.filter(({ name }) => [...STRANGERS, ...COLLEAGUES].includes(name))) {
        const outcomes = await tryAll(app, actor.hash, statements);
        calls += outcomes.length;
        outcomes.forEach((outcome, index) => {
          const wrong = 'code' in outcome && !/^(42501|MU|P0001|22|23)/.test(outcome.code);
          // Without arguments a function returns something about the caller, and some of these have a session.
          const aboutCaller = callable.types.length === 0 && SOMEBODIES.includes(actor.name);
          if ((outcome.rows > 0 && !aboutCaller) || wrong) {
            problems.add(
              `${callable.name} for ${actor.name}: ${statements[index] ?? ''} ${JSON.stringify(outcome)}`,
            );
          }
        });
      }
      const after = await fingerprint(admin);
      if (after !== before) problems.add(`${callable.name} changed something`);
      before = after;
    }
    process.stdout.write(
      `definer functions: ${functions.length} functions, ${calls} calls, ${problems.size} problems\n`,
    );
    expect(functions.length).toBeGreaterThan(30);
    expect([...problems].slice(0, 20)).toEqual([]);
  });
});

/** Calls of a function with all ids of the first organization, one after the other, and the rest made up. */
function callsOf({ name, types }: CallableFunction, world: World): readonly string[] {
  const home = world.organization[0]?.id;
  const ids = TABLES.flatMap((table) =>
    world[table].flatMap((row) =>
      'id' in row && (!('organization_id' in row) || row.organization_id === home) ? [row.id] : [],
    ),
  );
  const people = world.person.filter((p) => p.organization_id === home).map(({ id }) => id);
  const conversations = world.conversation.map(({ id }) => id);
  const places = types.flatMap((type, place) => (type.startsWith('uuid') ? [place] : []));
  const fills: readonly (readonly string[])[] =
    places.length === 0
      ? [[]]
      : places.length === 1
        ? ids.map((id) => [id])
        : [people.slice(0, 12), conversations.slice(0, 8)].flatMap((of) =>
            of.flatMap((one) => of.map((other) => [one, other])),
          );
  return fills.map((fill) => {
    const values = types.map((type, place) => {
      const id = fill[places.indexOf(place)] ?? fill[0] ?? '';
      return literalOf(type, id, { text: 'owner@example.com', boolean: true });
    });
    // Null, false, zero and empty values reveal nothing.
    return `select 1 from (select ${name}(${values.join(', ')}) as value) result
            where value is not null and value::text !~ '^(false|0|\\{\\}|\\(,*\\)|)$'`;
  });
}
