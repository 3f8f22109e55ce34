import { startApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World, type TestPerson, type TestRow } from '../factories/world.js';
import { ATTACKS, GRAPHIQL, INTROSPECTION, type Attack } from './attacks.js';
import { SocketTarget } from './socket-target.js';
import { SUBSCRIPTION_ATTACKS } from './subscription-attacks.js';
import { startVulnerableServer } from './vulnerable-server.js';
import { dataOf, errorsOf, Target } from './target.js';

/** In development GraphiQL is served, and those who are signed in can read the schema. */
const inDevelopment = { anonymous: [...ATTACKS, INTROSPECTION], signedIn: ATTACKS };
const everything = [...ATTACKS, GRAPHIQL, INTROSPECTION];
const inProduction = { anonymous: everything, signedIn: everything };
const operations = everything.filter(({ isOperation }) => isOperation);

describe.each([
  ['development', { NODE_ENV: 'development' }, inDevelopment],
  ['production', production, inProduction],
])('in %s settings', (_name, settings, attacks) => {
  let app: TestApp;
  let person: TestPerson;
  let world: World;
  beforeAll(async () => {
    app = await startApp({ ...settings });
    world = new World(app.database);
    person = await world.person(await world.organization());
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(person, role);
  });
  afterAll(() => app.close());

  const names = (some: readonly Attack[]) => some.map((attack) => [attack.name, attack] as const);

  it.each(names(attacks.anonymous))('nobody gets anything from: %s', async (_attack, { find, honest }) => {
    const target = new Target(app.url);
    expect(await find(target)).toBeNull();
    if (honest === undefined) return;
    // What needs a sign-in is answered so, once it is executed.
    const reply = await target.ask(honest);
    const codes = errorsOf(reply).map(({ extensions }) => extensions?.code);
    expect([reply.status, codes.filter((code) => code !== 'UNAUTHENTICATED')]).toEqual([200, []]);
  });

  it.each(names(attacks.signedIn))(
    'nor does somebody signed in, with every role, from: %s',
    async (_attack, { find, honest }) => {
      const target = new Target(app.url, await world.signIn(person));
      expect(await find(target)).toBeNull();
      const reply = await target.ask(honest ?? '{ viewer { person { id } } }');
      expect([reply.status, errorsOf(reply)]).toEqual([200, []]);
      expect(Object.keys(dataOf(reply))).not.toEqual([]);
      // No attack ended the session.
      expect(dataOf(await target.ask('{ viewer { person { id } } }'))).toEqual({
        viewer: { person: { id: person.id } },
      });
    },
  );
});

describe('over a WebSocket', () => {
  let app: TestApp;
  let token: string;
  let stranger: string;
  let talk: TestRow;
  beforeAll(async () => {
    app = await startApp({ ...production });
    const world = new World(app.database);
    const organization = await world.organization();
    const person = await world.person(organization);
    talk = await world.conversation(await world.oneToOne(person, await world.person(organization)));
    token = await world.signIn(person);
    stranger = await world.signIn(await world.person(organization));
  });
  afterAll(() => app.close());

  it.each(operations.map((attack) => [attack.name, attack] as const))(
    'a participant gets nothing from an operation that is no subscription: %s',
    async (_name, { find }) => {
      expect(await find(new SocketTarget(app.url, token, { id: talk.id }))).toBeNull();
    },
  );

  it.each(SUBSCRIPTION_ATTACKS.map((attack) => [attack.name, attack] as const))(
    'a participant gets nothing from: %s',
    async (_name, { find, honest }) => {
      const target = new SocketTarget(app.url, token, { id: talk.id });
      expect(await find(target)).toBeNull();
      const reply = await target.ask(honest ?? '');
      expect(errorsOf(reply)).toEqual([]);
      expect(dataOf(reply)).toMatchObject({ conversationChanged: { __typename: 'Conversation' } });
      // Nobody else gets an answer, and nobody at all without a session.
      const reasons = await Promise.all(
        [stranger, undefined].map(async (other) => {
          const answer = await new SocketTarget(app.url, other, { id: talk.id }).ask(honest ?? '');
          return [answer.status, ...errorsOf(answer).map(({ extensions }) => extensions?.code)];
        }),
      );
      expect(reasons).toEqual([[200, 'NOT_FOUND'], [400]]);
    },
  );
});

describe('a server with the same schema and no guards', () => {
  let app: TestApp;
  let vulnerable: Awaited<ReturnType<typeof startVulnerableServer>>;
  let world: World;
  let person: TestPerson;
  beforeAll(async () => {
    app = await startApp();
    world = new World(app.database);
    person = await world.person(await world.organization());
    vulnerable = await startVulnerableServer(app.testDatabase);
  });
  afterAll(async () => {
    await vulnerable.close();
    await app.close();
  });

  it.each(everything.map((attack) => [attack.name, attack] as const))(
    'is found out by: %s',
    async (_name, { find }) => {
      expect(await find(new Target(vulnerable.url))).not.toBeNull();
      expect(await find(new Target(vulnerable.url, await world.signIn(person)))).not.toBeNull();
    },
  );

  it.each([...operations, ...SUBSCRIPTION_ATTACKS].map((attack) => [attack.name, attack] as const))(
    'is found out over a WebSocket by: %s',
    async (_name, { find }) => {
      expect(await find(new SocketTarget(vulnerable.url, undefined, { id: person.id }))).not.toBeNull();
    },
  );
});
