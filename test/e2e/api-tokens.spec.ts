import {
  World,
  day,
  hours,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
} from '../factories/world.js';
import { startApp, withApp, type Answer, type TestApp } from './app.js';
import { production } from './production.js';

const CREATE = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { secret apiToken { id label scopes createdBy { id } lastUsedOn expiresAt } }
}`;
const REVOKE = 'mutation ($id: ID!) { revokeApiToken(input: { id: $id }) { secret apiToken { id } } }';
const LIST = '{ viewer { apiTokens { id label scopes lastUsedOn } } }';
const PEOPLE = '{ people(first: 1) { nodes { id } } }';

let app: TestApp;
let world: World;
let organization: TestOrganization;
const holders = new Map<string, { person: TestPerson; token: string }>();
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR', 'NONE']) {
    const person = await world.person(organization);
    if (role !== 'NONE') await world.role(person, role);
    holders.set(role, { person, token: await world.signIn(person) });
  }
});
afterAll(() => app.close());

function as(role: string): { person: TestPerson; token: string } {
  return holders.get(role)!;
}

function code(answer: Answer): string | undefined {
  return answer.errors[0]?.extensions.code;
}

interface Created {
  createApiToken: { secret: string; apiToken: { id: string } };
}

async function create(role: string, scopes: readonly string[]): Promise<{ id: string; secret: string }> {
  const { data, errors } = await app.graphql<Created>(
    CREATE,
    { input: { label: 'Payroll', scopes } },
    as(role).token,
  );
  expect(errors).toEqual([]);
  return { id: data!.createApiToken.apiToken.id, secret: data!.createApiToken.secret };
}

it.each([
  ['TRENDS_READ', 'HR_ANALYST'],
  ['DIRECTORY_READ', 'PEOPLE_ADMIN'],
  ['DIRECTORY_WRITE', 'PEOPLE_ADMIN'],
  ['SCHEMA_READ', 'ORGANIZATION_ADMIN'],
])('%s is given by %s, and by nobody else', async (scope, giver) => {
  for (const role of holders.keys()) {
    const answer = await app.graphql(
      CREATE,
      { input: { label: 'Payroll', scopes: [scope] } },
      as(role).token,
    );
    expect([role, code(answer)]).toEqual([role, role === giver ? undefined : 'NOT_PERMITTED']);
  }
});

it('a scope of one’s own does not bring along another', async () => {
  const scopes = ['DIRECTORY_READ', 'TRENDS_READ'];
  expect(
    code(await app.graphql(CREATE, { input: { label: 'ServerPair', scopes } }, as('PEOPLE_ADMIN').token)),
  ).toBe('NOT_PERMITTED');
});

it('a secret is shown once, opens what it says, and is listed with the day of its use', async () => {
  const { id, secret } = await create('PEOPLE_ADMIN', ['DIRECTORY_READ']);
  expect(secret).toMatch(/^mutual_[\w-]{43}$/);
  const listed = async (): Promise<unknown> => {
    const { data } = await app.graphql<{ viewer: { apiTokens: { id: string }[] } }>(
      LIST,
      {},
      as('PEOPLE_ADMIN').token,
    );
    return data!.viewer.apiTokens.find((token) => token.id === id);
  };
  expect(await listed()).toEqual({ id, label: 'Payroll', scopes: ['DIRECTORY_READ'], lastUsedOn: null });
  expect((await app.graphql(PEOPLE, {}, secret)).errors).toEqual([]);
  expect(await listed()).toMatchObject({ lastUsedOn: day(0) });
  expect(JSON.stringify(await app.graphql(LIST, {}, as('PEOPLE_ADMIN').token))).not.toContain(secret);
});

it('a revoked, an expired and an unlike secret open nothing', async () => {
  const { id, secret } = await create('PEOPLE_ADMIN', ['DIRECTORY_READ']);
  expect((await app.graphql(REVOKE, { id }, as('PEOPLE_ADMIN').token)).data).toEqual({
    revokeApiToken: { secret: null, apiToken: { id } },
  });
  expect(code(await app.graphql(PEOPLE, {}, secret))).toBe('UNAUTHENTICATED');
  expect(code(await app.graphql(REVOKE, { id }, as('PEOPLE_ADMIN').token))).toBe('NOT_FOUND');

  const other = await create('PEOPLE_ADMIN', ['DIRECTORY_READ']);
  expect(code(await app.graphql(PEOPLE, {}, other.secret.replace('mutual_', '')))).toBe('UNAUTHENTICATED');
  await app.database.query('update session set expires_at = now() where id = $1', [other.id]);
  expect(code(await app.graphql(PEOPLE, {}, other.secret))).toBe('UNAUTHENTICATED');
});

it('tokens of other roles and of other organizations cannot be seen or revoked', async () => {
  const { id, secret } = await create('PEOPLE_ADMIN', ['DIRECTORY_READ']);
  const elsewhere = await world.person(await world.organization());
  await world.role(elsewhere, 'PEOPLE_ADMIN');
  for (const token of [
    as('HR_ANALYST').token,
    as('AUDITOR').token,
    as('NONE').token,
    await world.signIn(elsewhere),
  ]) {
    expect(JSON.stringify((await app.graphql(LIST, {}, token)).data)).not.toContain(id);
    expect(code(await app.graphql(REVOKE, { id }, token))).toBe('NOT_FOUND');
  }
  expect((await app.graphql(PEOPLE, {}, secret)).errors).toEqual([]);
  // This mutation does not revoke sessions of people, not even the caller's own.
  const { rows } = await app.database.query<{ id: string }>('select id from session where person_id = $1', [
    as('PEOPLE_ADMIN').person.id,
  ]);
  expect(code(await app.graphql(REVOKE, { id: rows[0]!.id }, as('PEOPLE_ADMIN').token))).toBe('NOT_FOUND');
});

it('an end lies within the next year', async () => {
  const input = { label: 'Payroll', scopes: ['DIRECTORY_READ'] };
  const ask = (expiresAt: Date): Promise<Answer> =>
    app.graphql(
      CREATE,
      { input: { ...input, expiresAt: expiresAt.toISOString() } },
      as('PEOPLE_ADMIN').token,
    );
  expect(code(await ask(hours(-1)))).toBe('BAD_USER_INPUT');
  expect(code(await ask(hours(24 * 400)))).toBe('BAD_USER_INPUT');
  expect(code(await ask(hours(24 * 365)))).toBeUndefined();
  expect(code(await app.graphql(CREATE, { input: { ...input, scopes: [] } }, as('PEOPLE_ADMIN').token))).toBe(
    'BAD_USER_INPUT',
  );
});

it('making and revoking are entries of the audit trail, without the secret', async () => {
  const { id, secret } = await create('PEOPLE_ADMIN', ['DIRECTORY_READ', 'DIRECTORY_WRITE']);
  await app.graphql(REVOKE, { id }, as('PEOPLE_ADMIN').token);
  const { data } = await app.graphql(
    '{ organization { auditTrail(first: 2) { nodes { action subjectLabel actor { id } } } } }',
    {},
    as('AUDITOR').token,
  );
  const actor = { id: as('PEOPLE_ADMIN').person.id };
  expect(data).toEqual({
    organization: {
      auditTrail: {
        nodes: [
          { action: 'API_TOKEN_REVOKED', subjectLabel: `API token ${id}`, actor },
          {
            action: 'API_TOKEN_CREATED',
            subjectLabel: `API token ${id}: DIRECTORY_READ, DIRECTORY_WRITE`,
            actor,
          },
        ],
      },
    },
  });
  expect(JSON.stringify(data)).not.toContain(secret);
});

describe('whatever its scopes, a token', () => {
  let all: string;
  let goal: TestGoal;
  let owner: TestPerson;
  let ownerToken: string;
  beforeAll(async () => {
    all = await world.apiToken(
      organization,
      ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'],
      as('PEOPLE_ADMIN').person,
    );
    owner = await world.person(organization);
    ownerToken = await world.signIn(owner);
    goal = await world.goal(owner, { title: 'Learn to dance', visibility: 'ORGANIZATION' });
  });

  it('reaches no goals through any field or query, while people do', async () => {
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
    const GOALS = 'query ($id: ID!) { person(id: $id) { personalGoals { nodes { title } } } }';
    const colleague = as('NONE').token;
    expect((await app.graphql(NODE, { id: goal.id }, colleague)).data).toEqual({ node: { id: goal.id } });
    expect((await app.graphql(NODE, { id: goal.id }, all)).data).toEqual({ node: null });
    expect(JSON.stringify((await app.graphql(GOALS, { id: owner.id }, colleague)).data)).toContain(
      'Learn to dance',
    );
    expect(JSON.stringify(await app.graphql(GOALS, { id: owner.id }, all))).not.toContain('Learn to dance');
    expect((await app.graphql(NODE, { id: owner.id }, all)).data).toEqual({ node: { id: owner.id } });
  });

  it('is nobody: it has no sessions, makes no tokens, and invites nobody', async () => {
    expect((await app.graphql('{ viewer { sessions { id } } }', {}, all)).data).toEqual({ viewer: null });
    const guest = await world.person(organization);
    const attempts: [string, Record<string, unknown>][] = [
      [CREATE, { input: { label: 'More', scopes: ['DIRECTORY_READ'] } }],
      [
        'mutation ($ids: [ID!]!) { invitePeople(input: { personIds: $ids }) { invitations { id } } }',
        { ids: [guest.id] },
      ],
      [
        `mutation ($id: ID!) { setAccountDisabled(input: { id: $id, disabled: true }) { person { id } } }`,
        { id: owner.id },
      ],
      [
        `mutation ($id: ID!) { grantRole(input: { personId: $id, role: PEOPLE_ADMIN }) { person { id } } }`,
        { id: owner.id },
      ],
      ['mutation { signOut { revokedId } }', {}],
    ];
    for (const [operation, variables] of attempts) {
      expect([operation, code(await app.graphql(operation, variables, all))]).toEqual([
        operation,
        'NOT_PERMITTED',
      ]);
    }
    expect((await app.graphql('{ viewer { sessions { id } } }', {}, ownerToken)).errors).toEqual([]);
  });

  it('asks for the schema in production only with the scope', async () => {
    await withApp(production, async (served) => {
      const there = new World(served.database);
      const home = await there.organization();
      const person = await there.person(home);
      const SCHEMA = '{ __schema { queryType { name } } }';
      const withScope = await there.apiToken(home, ['SCHEMA_READ'], person);
      expect((await served.graphql(SCHEMA, {}, withScope)).errors).toEqual([]);
      for (const token of [
        await there.apiToken(home, ['DIRECTORY_READ'], person),
        await there.signIn(person),
        undefined,
      ]) {
        expect((await served.graphql(SCHEMA, {}, token)).data ?? null).toBeNull();
      }
    });
  });
});

describe('a token of somebody', () => {
  const GRANT_ROLE = `mutation ($id: ID!, $role: Role!) { grantRole(input: { personId: $id, role: $role }) { roles } }`;
  const REVOKE_ROLE = `mutation ($id: ID!, $role: Role!) { revokeRole(input: { personId: $id, role: $role }) { roles } }`;
  const END = `mutation ($id: ID!, $day: Date) { endEmployment(input: { id: $id, leftOn: $day }) { person { id } } }`;
  const chief = (): string => as('ORGANIZATION_ADMIN').token;

  interface Maker {
    readonly person: TestPerson;
    readonly token: string;
    readonly id: string;
    readonly secret: string;
  }

  /** Somebody with roles who has made a token with these scopes. */
  async function maker(roles: readonly string[], scopes: readonly string[]): Promise<Maker> {
    const person = await world.person(organization);
    for (const role of roles) await world.role(person, role);
    const token = await world.signIn(person);
    const { data } = await app.graphql<Created>(
      CREATE,
      { input: { label: `Of ${person.name}`, scopes } },
      token,
    );
    const { secret, apiToken } = data!.createApiToken;
    return { person, token, id: apiToken.id, secret };
  }

  async function works({ secret }: Maker): Promise<boolean> {
    const answer = await app.graphql(PEOPLE, {}, secret);
    expect([undefined, 'UNAUTHENTICATED']).toContain(code(answer));
    return code(answer) === undefined;
  }

  async function isListed({ id }: Maker): Promise<boolean> {
    const { data } = await app.graphql<{ viewer: { apiTokens: { id: string }[] } }>(
      LIST,
      {},
      as('PEOPLE_ADMIN').token,
    );
    return data!.viewer.apiTokens.some((token) => token.id === id);
  }

  const end = ({ person }: Maker, lastDay: string | null): Promise<Answer> =>
    app.graphql(END, { id: person.id, day: lastDay }, as('PEOPLE_ADMIN').token);

  it('ends with the role that gives its scope, for good, and the audit trail tells who ended it', async () => {
    const made = await maker(['PEOPLE_ADMIN', 'HR_ANALYST'], ['DIRECTORY_READ']);
    const both = await maker(['PEOPLE_ADMIN', 'HR_ANALYST'], ['DIRECTORY_READ', 'TRENDS_READ']);
    const revoke = (one: Maker, role: string): Promise<Answer> =>
      app.graphql(REVOKE_ROLE, { id: one.person.id, role }, chief());
    await revoke(made, 'HR_ANALYST');
    await revoke(both, 'HR_ANALYST');
    expect([await works(made), await works(both)]).toEqual([true, false]);
    await revoke(made, 'PEOPLE_ADMIN');
    expect([await works(made), await isListed(made)]).toEqual([false, false]);
    for (const one of [made, both]) {
      for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST']) {
        await app.graphql(GRANT_ROLE, { id: one.person.id, role }, chief());
      }
      expect(await works(one)).toBe(false);
    }
    const { rows } = await app.database.query(
      `select actor_id from audit_entry where action = 'API_TOKEN_REVOKED' and subject = 'API token ' || $1`,
      [made.id],
    );
    expect(rows).toEqual([{ actor_id: as('ORGANIZATION_ADMIN').person.id }]);
  });

  it('works through the last day of its maker, and ends with it for good', async () => {
    const made = await maker(['PEOPLE_ADMIN'], ['DIRECTORY_READ']);
    await end(made, day(0));
    expect([await works(made), await isListed(made)]).toEqual([true, true]);
    // The day after, nothing but time has passed.
    await app.database.query('alter table employment_end disable trigger user');
    await app.database.query(
      `update employment_end
       set ended_on = ended_on - 1, last_day_at = last_day_at - interval '1 day', ended_at = ended_at - interval '1 day'
       where person_id = $1`,
      [made.person.id],
    );
    await app.database.query('alter table employment_end enable trigger user');
    expect([await works(made), await isListed(made)]).toEqual([false, false]);
    await end(made, null);
    expect([await works(made), await isListed(made)]).toEqual([false, false]);
  });

  it.each([null, day(20)])(
    'that was over since its maker had left stays so when the day becomes %s',
    async (corrected) => {
      const made = await maker(['PEOPLE_ADMIN'], ['DIRECTORY_READ']);
      await end(made, day(-1));
      expect(await works(made)).toBe(false);
      await end(made, corrected);
      expect(await works(made)).toBe(false);
    },
  );

  it('is announced once to those who can make another, 14 days before its maker leaves, without a name', async () => {
    const made = await maker(['HR_ANALYST'], ['TRENDS_READ']);
    await end(made, day(14));
    const late = await maker(['HR_ANALYST'], ['TRENDS_READ']);
    await end(late, day(15));
    const short = await maker(['HR_ANALYST'], ['TRENDS_READ']);
    await app.database.query(`update session set expires_at = now() + interval '1 day' where id = $1`, [
      short.id,
    ]);
    await end(short, day(5));
    const announce = async (): Promise<void> => {
      await app.database.query('select app.announce_token_ends()');
    };
    await announce();
    await announce();
    const { email } = as('HR_ANALYST').person;
    const mail = await app.mailbox.next(email, 'stops working soon');
    expect(mail.text).toContain(`“Of ${made.person.name}” stops working after`);
    const on = new Date(`${day(14)}T00:00:00Z`).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    expect(mail.text).toContain(on);
    const subjects = async (to: string): Promise<number> =>
      (await app.mailbox.all(to)).filter(({ subject }) => subject.includes('stops working')).length;
    expect(await subjects(email)).toBe(1);
    // Not to who leaves, nor to holders of other roles.
    for (const { person } of [made, as('PEOPLE_ADMIN'), as('ORGANIZATION_ADMIN')]) {
      expect(await subjects(person.email)).toBe(0);
    }
    // Another day is news.
    await end(made, day(10));
    await announce();
    await app.mailbox.next(email, 'stops working soon', 2);
  });

  it('is announced by the worker', async () => {
    await withApp({}, async (fresh) => {
      const there = new World(fresh.database);
      const home = await there.organization();
      const [leaver, colleague] = [await there.person(home), await there.person(home)];
      for (const person of [leaver, colleague]) await there.role(person, 'PEOPLE_ADMIN');
      await there.signIn(colleague);
      await there.apiToken(home, ['DIRECTORY_READ'], leaver);
      await there.leaves(leaver, day(0));
      await fresh.runTask('announce_token_ends');
      const { rows } = await fresh.database.query<{ announced: boolean }>(
        'select announced_end is not null as announced from session where created_by = $1',
        [leaver.id],
      );
      expect(rows).toEqual([{ announced: true }]);
    });
  });
});
