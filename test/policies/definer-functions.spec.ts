import { createTestFixture, type TestFixture } from './fixture.js';
import { TABLES, type World } from './rows.js';
import { fingerprint, tryAll } from './session-queries.js';

/**
 * Functions of the law that a serving role may call run as their owner, past every policy. Whoever has no part in it calls each of
 * them with everything that could be known, and gets and does nothing.
 */
interface Door {
  readonly name: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/** Doors that answer or work for whoever calls them, and why. */
const OPEN: Readonly<Record<string, string>> = {
  today: 'says which day it is',
  holds_demo_organization: 'says whether the demo is loaded, which is published',
  password_parameters: 'answers for any address in the same way, whether anybody signs in with it or not',
  announce_token_ends: 'for the service, which is nobody: it is refused to whoever is signed in',
  transfer_goals_of_leavers: 'a job: does what is due by the calendar, whoever starts it',
  delete_lapsed_proposals: 'a job: does what is due by the calendar, whoever starts it',
  delete_expired_keys_and_throttles: 'a job: does what is due by the calendar, whoever starts it',
  admit_attempts: 'counts what nobody in particular tries',
  forgive_attempts: 'takes such counts back',
  count_daily: 'counts what nobody in particular tries',
  charge_cost: 'counts what operations cost whoever sends them',
  claim_idempotency_key: 'keeps operations of whoever sends them, apart from everybody else’s',
  store_idempotency_result: 'keeps operations of whoever sends them, apart from everybody else’s',
  own_share_state: 'says what a share is to its owner, and to whoever reads a goal by it',
  touch_session: 'notes that whoever asks was seen, and two of these are somebody elsewhere',
  request_password_reset: 'queues a mail for whoever signs in with the address, and tells nothing',
  import_add: 'an administrator of another organization imports there',
  import_finish: 'an administrator of another organization imports there',
  apply_address_changes: 'for the service, which is nobody: it does what is due by the calendar',
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

describe('the doors of the law', () => {
  let fixture: TestFixture;
  let doors: readonly Door[];
  beforeAll(async () => {
    fixture = await createTestFixture();
    const { rows } = await fixture.admin.query<Door>(
      `select proname as name,
              array(select format_type(t, null) from unnest(p.proargtypes) with ordinality a(t, place) order by place) as types,
              coalesce(p.proargnames, '{}')::text[] as names
       from pg_proc p
       where pronamespace = 'app'::regnamespace and prosecdef and has_function_privilege($1, p.oid, 'EXECUTE')
       order by 1, 2`,
      [`${fixture.prefix}_app`],
    );
    doors = rows;
  });
  afterAll(() => fixture.end());

  it('give nothing to whoever has no part in what is behind them, and do nothing', async () => {
    const { world, admin, app, actors } = fixture;
    const told = new Set<string>();
    let calls = 0;
    let before = await fingerprint(admin);
    for (const door of doors.filter(({ name }) => OPEN[name] === undefined)) {
      const statements = callsOf(door, world);
      for (const actor of actors.filter(({ name }) => [...STRANGERS, ...COLLEAGUES].includes(name))) {
        const outcomes = await tryAll(app, actor.hash, statements);
        calls += outcomes.length;
        outcomes.forEach((outcome, index) => {
          const wrong = 'code' in outcome && !/^(42501|MU|P0001|22|23)/.test(outcome.code);
          // Without arguments a function speaks of whoever asks, and some of these are somebody.
          const ofOneself = door.types.length === 0 && SOMEBODIES.includes(actor.name);
          if ((outcome.rows > 0 && !ofOneself) || wrong) {
            told.add(`${door.name} for ${actor.name}: ${statements[index] ?? ''} ${JSON.stringify(outcome)}`);
          }
        });
      }
      const after = await fingerprint(admin);
      if (after !== before) told.add(`${door.name} did something for nobody`);
      before = after;
    }
    process.stdout.write(`doors: ${doors.length} functions, ${calls} calls, ${told.size} answered\n`);
    expect([...told].slice(0, 20)).toEqual([]);
  }, 120_000);
});

/** Calls of a function with all ids of the first organization, one after the other, and the rest made up. */
function callsOf({ name, types }: Door, world: World): readonly string[] {
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
      return valueOf(type, id);
    });
    // No answer, no and nothing are the same here.
    return `select 1 from (select app.${name}(${values.join(', ')}) as told) answer
            where told is not null and told::text !~ '^(false|0|\\{\\}|\\(,*\\)|)$'`;
  });
}

function valueOf(type: string, id: string): string {
  if (type.endsWith('[]')) return `array[${valueOf(type.slice(0, -2), id)}]::${type}`;
  switch (type) {
    case 'uuid':
      return `'${id}'::uuid`;
    case 'bytea':
      return `sha256('guessed')`;
    case 'integer':
    case 'double precision':
      return '1';
    case 'boolean':
      return 'true';
    case 'date':
      return `'2030-01-01'::date`;
    case 'jsonb':
      return `'[]'::jsonb`;
    case 'text':
      return `'owner@example.com'`;
    default:
      return `null::${type}`;
  }
}
