import { request } from 'node:http';
import { World, type TestPerson } from '../factories/world.js';
import { long, rounds, seed } from '../setup/prove.js';
import { startApp, type TestApp } from './app.js';

/*
 * Mutations with an Idempotency-Key, sent one to five times over connections that break in the middle of the request, while it
 * runs or in the middle of the answer; eight clients at once. Each has exactly one effect, and every answer names that one.
 */

const MUTATIONS = rounds(300, 10_000);
const CLIENTS = 8;
const TIME = long ? 1_800_000 : 120_000;

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp({ DATABASE_POOL_SIZE: '8' });
  world = new World(app.database);
});
afterAll(() => app.close());

/** Equal seeds give equal numbers from 0 to 1 (mulberry32). */
function random(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one client is signed in as, and writes to. */
interface Client {
  readonly person: TestPerson;
  readonly token: string;
  readonly goalId: string;
  readonly conversationId: string;
}

interface Mutation {
  readonly table: 'personal_goal' | 'goal_update' | 'talking_point';
  readonly column: 'title' | 'text';
  readonly document: string;
  readonly input: (client: Client, words: string) => object;
}

const KINDS: readonly Mutation[] = [
  {
    table: 'personal_goal',
    column: 'title',
    document: `mutation ($input: CreatePersonalGoalInput!) { done: createPersonalGoal(input: $input) { made: personalGoal { id } } }`,
    input: (_client, title) => ({ title }),
  },
  {
    table: 'goal_update',
    column: 'text',
    document: `mutation ($input: AddPersonalGoalUpdateInput!) { done: addPersonalGoalUpdate(input: $input) { made: personalGoalUpdate { id } } }`,
    input: ({ goalId }, text) => ({ goalId, text }),
  },
  {
    table: 'talking_point',
    column: 'text',
    document: `mutation ($input: AddTalkingPointInput!) { done: addTalkingPoint(input: $input) { made: talkingPoint { id } } }`,
    input: ({ conversationId }, text) => ({ target: { conversationId }, text }),
  },
];

type Break = 'request' | 'running' | 'answer' | 'never';

/** Sends it once. @returns the id in the answer, or null where the connection broke or somebody was in the way */
function send(client: Client, key: string, body: string, at: Break, afterMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const sent = request(
      `${app.url}/graphql`,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${client.token}`,
          'idempotency-key': key,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          if (at === 'answer') sent.destroy();
          text += chunk.toString();
        });
        response.on('error', () => {
          resolve(null);
        });
        response.on('end', () => {
          const { data, errors } = JSON.parse(text) as {
            data?: { done: { made: { id: string } } } | null;
            errors?: { message: string; extensions: { code: string } }[];
          };
          // It still runs for somebody whose connection broke.
          if (errors?.[0]?.extensions.code === 'IDEMPOTENCY_KEY_IN_USE') resolve(null);
          else if (errors || !data) throw new Error(JSON.stringify(errors));
          else resolve(data.done.made.id);
        });
      },
    );
    sent.on('error', () => {
      resolve(null);
    });
    if (at === 'request') {
      sent.write(body.slice(0, body.length / 2), () => {
        sent.destroy();
        resolve(null);
      });
      return;
    }
    sent.end(body);
    if (at === 'running') setTimeout(() => sent.destroy(), afterMs);
  });
}

async function join(): Promise<Client> {
  const organization = await world.organization();
  const person = await world.person(organization);
  const pair = await world.oneToOne(person, await world.person(organization));
  return {
    person,
    token: await world.signIn(person),
    goalId: (await world.goal(person)).id,
    conversationId: (await world.conversation(pair)).id,
  };
}

/** What became of many mutations. */
interface Outcome {
  readonly sent: number;
  readonly broken: number;
  /** Mutations without exactly one effect: their words, and how many effects. */
  readonly wrong: readonly [string, number][];
  /** Answers that named something else than the effect. */
  readonly strays: readonly string[];
}

async function run(count: number, from: number): Promise<Outcome> {
  const clients: Client[] = [];
  while (clients.length < CLIENTS) clients.push(await join());
  const answers = new Map<string, Set<string>>();
  let sent = 0;
  let broken = 0;
  let next = 0;
  await Promise.all(
    clients.map(async (client, index) => {
      const dice = random(from + index);
      while (next < count) {
        const words = `${String(from)} number ${String(next)}`;
        const kind = KINDS[next % KINDS.length]!;
        next += 1;
        const body = JSON.stringify({
          query: kind.document,
          variables: { input: kind.input(client, words) },
        });
        const ids = new Set<string>();
        answers.set(words, ids);
        const times = 1 + Math.floor(dice() * 5);
        const pending: Promise<string | null>[] = [];
        for (let time = 1; time < times; time += 1) {
          const at = (['request', 'running', 'answer', 'never'] as const)[Math.floor(dice() * 4)]!;
          const one = send(client, words.replaceAll(' ', '-'), body, at, dice() * 30);
          pending.push(one);
          sent += 1;
          // Half of them are sent again without waiting, as a client does whose own patience is over.
          if (dice() < 0.5) await one;
        }
        // A client goes on until it has an answer.
        for (let id: string | null = null; id === null; sent += 1) {
          id = await send(client, words.replaceAll(' ', '-'), body, 'never', 0);
          if (id !== null) ids.add(id);
        }
        for (const id of await Promise.all(pending)) {
          if (id === null) broken += 1;
          else ids.add(id);
        }
      }
    }),
  );
  // What was cut off may still run for a moment.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const effects = new Map<string, string[]>();
  for (const { table, column } of KINDS) {
    const { rows } = await app.database.query<{ id: string; words: string }>(
      `select id, ${column} as words from ${table} where ${column} like $1`,
      [`${String(from)} number %`],
    );
    for (const { id, words } of rows) effects.set(words, [...(effects.get(words) ?? []), id]);
  }
  return {
    sent,
    broken,
    wrong: Array.from(answers.keys(), (words): [string, number] => [
      words,
      effects.get(words)?.length ?? 0,
    ]).filter(([, found]) => found !== 1),
    strays: Array.from(answers).flatMap(([words, ids]) =>
      Array.from(ids).filter((id) => !effects.get(words)?.includes(id)),
    ),
  };
}

it(
  `${String(MUTATIONS)} mutations, sent again and again over breaking connections, have as many effects`,
  async () => {
    const outcome = await run(MUTATIONS, seed('idempotency'));
    expect(outcome).toMatchObject({ wrong: [], strays: [] });
    expect(outcome.sent).toBeGreaterThan(MUTATIONS * 2);
    expect(outcome.broken).toBeGreaterThan(MUTATIONS / 2);
    if (long) {
      process.stdout.write(
        `idempotency: ${String(MUTATIONS)} mutations sent ${String(outcome.sent)} times, ${String(outcome.broken)} cut off, one effect each\n`,
      );
    }
  },
  TIME,
);

it(
  'and without the key being looked at, many more: so this test can fail',
  async () => {
    const { rows } = await app.database.query<{ source: string }>(
      `select pg_get_functiondef('app.claim_idempotency_key(text, text, bytea)'::regprocedure) as source`,
    );
    const blind = rows[0]!.source.replace(`outcome := 'DONE'`, `outcome := 'NEW'`);
    expect(blind).not.toBe(rows[0]!.source);
    await app.database.query(blind);
    try {
      const { wrong } = await run(100, seed('idempotency, blind'));
      expect(wrong.length).toBeGreaterThan(20);
    } finally {
      await app.database.query(rows[0]!.source);
    }
  },
  TIME,
);
