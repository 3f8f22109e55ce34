import { World, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';

/** What somebody who got into an account has prepared there must not outlive the moment in which its person takes it back. */
const PASSWORD = 'violet tram nods';
const NEW_PASSWORD = 'seven quiet pears';

const ACCEPT = `mutation ($token: String!, $password: String!) {
  acceptInvitation(input: { token: $token, password: $password }) { token }
}`;
const INVITE = 'mutation ($ids: [ID!]!) { invitePeople(input: { personIds: $ids }) { invitations { id } } }';
const SIGN_IN = `mutation ($email: EmailAddress!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { token }
}`;
const REQUEST_RESET = `mutation ($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { email } }`;
const RESET = `mutation ($token: String!, $password: String!) {
  resetPassword(input: { token: $token, password: $password }) { token }
}`;
const CHANGE_PASSWORD = `mutation ($current: String!, $next: String!) {
  changePassword(input: { currentPassword: $current, newPassword: $next }) { token }
}`;
const CHANGE_EMAIL = `mutation ($email: EmailAddress!, $password: String!) {
  changeEmail(input: { email: $email, password: $password }) { changed }
}`;
const CONFIRM_EMAIL = `mutation ($token: String!) { confirmEmailChange(input: { token: $token }) { changed } }`;
const CANCEL_EMAIL = `mutation ($token: String!) { cancelEmailChange(input: { token: $token }) { changed } }`;
const DISABLE = `mutation ($id: ID!, $disabled: Boolean!) {
  setAccountDisabled(input: { id: $id, disabled: $disabled }) { person { id } }
}`;
const CREATE_TOKEN = `mutation ($label: String!) {
  createApiToken(input: { label: $label, scopes: [DIRECTORY_READ] }) { secret }
}`;
const PEOPLE = '{ people(first: 1) { nodes { id } } }';
const WHO = '{ viewer { person { id } } }';

let app: TestApp;
let world: World;
let organization: TestOrganization;
let adminToken: string;
beforeAll(async () => {
  const started = await startApp({ TRUST_PROXY: '1' });
  let network = 0;
  // Each request comes from a different network, because invalid links are throttled by network.
  app = {
    ...started,
    graphql: (query, variables, token) => {
      network += 1;
      const address = `198.51.${String(100 + Math.floor(network / 250))}.${String(network % 250)}`;
      return started.graphql(query, variables, token, { 'x-forwarded-for': address });
    },
  };
  world = new World(app.database);
  organization = await world.organization({ name: 'Harbour Tools' });
  const admin = await world.person(organization);
  await world.role(admin, 'PEOPLE_ADMIN');
  adminToken = await world.signIn(admin);
});
afterAll(() => app.close());

interface Member {
  readonly person: TestPerson;
  readonly token: string;
}

async function member(options: Parameters<World['person']>[1] = {}): Promise<Member> {
  const person = await world.person(organization, options);
  await app.graphql(INVITE, { ids: [person.id] }, adminToken);
  const { token: link } = await app.mailbox.next(person.email, 'invitation');
  const { data } = await app.graphql<{ acceptInvitation: { token: string } }>(ACCEPT, {
    token: link,
    password: PASSWORD,
  });
  return { person, token: data!.acceptInvitation.token };
}

function code(answer: Answer<unknown>): string {
  return answer.errors[0]?.extensions.code ?? 'done';
}

function fieldsOf(answer: Answer<unknown>): readonly string[] {
  return (answer.errors[0]?.extensions.fields ?? []).map(({ path }) => path);
}

async function resetLink({ email }: TestPerson, count = 1): Promise<string> {
  await app.graphql(REQUEST_RESET, { email });
  return (await app.mailbox.next(email, 'A new password', count)).token;
}

/** The two ways to a new password. */
const RECOVERIES: readonly (readonly [string, (owner: Member) => Promise<Answer<unknown>>])[] = [
  [
    'a password reset',
    async ({ person }) => app.graphql(RESET, { token: await resetLink(person), password: NEW_PASSWORD }),
  ],
  [
    'a password change',
    ({ token }) => app.graphql(CHANGE_PASSWORD, { current: PASSWORD, next: NEW_PASSWORD }, token),
  ],
];

describe.each(RECOVERIES)('%s', (_name, recover) => {
  it.each([
    ['unconfirmed', [] as ('old' | 'new')[]],
    ['confirmed by the new address', ['new'] as const],
    ['confirmed by the old address', ['old'] as const],
  ])('cancels a pending change of the address, %s, and tells the old address', async (_state, confirmed) => {
    const owner = await member();
    const { email } = owner.person;
    const thiefs = `thief.of.${email}`;
    await app.graphql(CHANGE_EMAIL, { email: thiefs, password: PASSWORD }, owner.token);
    const links = {
      new: (await app.mailbox.next(thiefs, 'Sign in to Mutual')).token,
      old: (await app.mailbox.next(email, 'about to change')).token,
    };
    for (const side of confirmed) {
      expect(code(await app.graphql(CONFIRM_EMAIL, { token: links[side] }))).toBe('done');
    }

    expect(code(await recover(owner))).toBe('done');
    const notice = await app.mailbox.next(email, 'was not changed');
    expect(notice.text).toContain(thiefs);
    await app.database.query(
      `update address_change set effective_at = now(), requested_at = now() - interval '7 days' where person_id = $1`,
      [owner.person.id],
    );
    // None of its links works any longer, for either address.
    for (const query of [CONFIRM_EMAIL, CANCEL_EMAIL]) {
      for (const token of Object.values(links)) {
        expect(code(await app.graphql(query, { token }))).toBe('NOT_FOUND');
      }
    }
    expect(code(await app.graphql(SIGN_IN, { email: thiefs, password: NEW_PASSWORD }))).toBe(
      'INVALID_CREDENTIALS',
    );
    expect(code(await app.graphql(SIGN_IN, { email, password: NEW_PASSWORD }))).toBe('done');
  });

  it('says nothing of a change where none was pending', async () => {
    const owner = await member();
    expect(code(await recover(owner))).toBe('done');
    await app.mailbox.next(owner.person.email, 'was changed');
    expect((await app.mailbox.all(owner.person.email)).map(({ subject }) => subject)).not.toContainEqual(
      expect.stringContaining('not changed'),
    );
  });

  it('leaves no other link for a new password alive', async () => {
    const owner = await member();
    const other = await resetLink(owner.person);
    const recovered =
      _name === 'a password reset'
        ? await app.graphql(RESET, { token: await resetLink(owner.person, 2), password: NEW_PASSWORD })
        : await recover(owner);
    expect(code(recovered)).toBe('done');
    expect(code(await app.graphql(RESET, { token: other, password: PASSWORD }))).toBe('NOT_FOUND');
    expect(code(await app.graphql(SIGN_IN, { email: owner.person.email, password: NEW_PASSWORD }))).toBe(
      'done',
    );
  });

  it('revokes the API tokens that were made in the account, and names them to its person', async () => {
    const owner = await member();
    await world.role(owner.person, 'PEOPLE_ADMIN');
    const secretOf = async (token: string, label: string): Promise<string> => {
      const { data } = await app.graphql<{ createApiToken: { secret: string } }>(
        CREATE_TOKEN,
        { label },
        token,
      );
      return data!.createApiToken.secret;
    };
    const thiefs = await secretOf(owner.token, 'Nightly copy');
    const colleagues = await secretOf(adminToken, 'Payroll');
    expect(code(await recover(owner))).toBe('done');
    expect(code(await app.graphql(PEOPLE, {}, thiefs))).toBe('UNAUTHENTICATED');
    expect(code(await app.graphql(PEOPLE, {}, colleagues))).toBe('done');
    expect((await app.mailbox.next(owner.person.email, 'was changed')).text).toContain('- Nightly copy');
  });
});

describe('disabling an account', () => {
  it('cancels a pending change of its address, of which only its person hears', async () => {
    const owner = await member();
    const { email } = owner.person;
    const thiefs = `thief.of.${email}`;
    await app.graphql(CHANGE_EMAIL, { email: thiefs, password: PASSWORD }, owner.token);
    const { token } = await app.mailbox.next(thiefs, 'Sign in to Mutual');
    await app.graphql(CONFIRM_EMAIL, { token });
    const disabled = await app.graphql(DISABLE, { id: owner.person.id, disabled: true }, adminToken);
    expect(JSON.stringify(disabled)).not.toContain('thief');
    await app.graphql(DISABLE, { id: owner.person.id, disabled: false }, adminToken);
    expect((await app.mailbox.next(email, 'was not changed')).text).toContain(thiefs);
    await app.database.query('update address_change set effective_at = now() where person_id = $1', [
      owner.person.id,
    ]);
    expect(code(await app.graphql(SIGN_IN, { email: thiefs, password: PASSWORD }))).toBe(
      'INVALID_CREDENTIALS',
    );
    expect(code(await app.graphql(SIGN_IN, { email, password: PASSWORD }))).toBe('done');
  });

  it('stops a change that would be confirmed or fall due meanwhile', async () => {
    const { person, token } = await member();
    const fresh = `fresh.${person.email}`;
    await app.graphql(CHANGE_EMAIL, { email: fresh, password: PASSWORD }, token);
    const link = await app.mailbox.next(fresh, 'Sign in to Mutual');
    // Closed past the function that also cancels: what confirms and applies asks by itself.
    const close = (closed: boolean): Promise<unknown> =>
      app.database.query(
        'update account set disabled_at = case when $2 then now() end where person_id = $1',
        [person.id, closed],
      );
    await close(true);
    expect(code(await app.graphql(CONFIRM_EMAIL, { token: link.token }))).toBe('NOT_FOUND');
    await close(false);
    expect(code(await app.graphql(CONFIRM_EMAIL, { token: link.token }))).toBe('done');
    await close(true);
    await app.database.query('update address_change set effective_at = now() where person_id = $1', [
      person.id,
    ]);
    await app.graphql(SIGN_IN, { email: fresh, password: PASSWORD });
    const { rows } = await app.database.query('select sign_in_address from account where person_id = $1', [
      person.id,
    ]);
    expect(rows).toEqual([{ sign_in_address: person.email }]);
  });

  it('revokes the API tokens that its person made', async () => {
    const owner = await member();
    await world.role(owner.person, 'PEOPLE_ADMIN');
    const { data } = await app.graphql<{ createApiToken: { secret: string } }>(
      CREATE_TOKEN,
      { label: 'Copy' },
      owner.token,
    );
    const { secret } = data!.createApiToken;
    expect(code(await app.graphql(PEOPLE, {}, secret))).toBe('done');
    for (const disabled of [true, false]) {
      await app.graphql(DISABLE, { id: owner.person.id, disabled }, adminToken);
      expect(code(await app.graphql(PEOPLE, {}, secret))).toBe('UNAUTHENTICATED');
    }
  });
});

describe('a wrong password and a session that has ended', () => {
  it('are told apart by the code, and the password by its field', async () => {
    const { person, token } = await member();
    const change = { current: NEW_PASSWORD, next: 'nine calm otters' };
    const email = { email: `other.${person.email}`, password: NEW_PASSWORD };
    const wrong = [
      await app.graphql(CHANGE_PASSWORD, change, token),
      await app.graphql(CHANGE_EMAIL, email, token),
      await app.graphql(SIGN_IN, { email: person.email, password: NEW_PASSWORD }, token),
    ];
    expect(wrong.map(code)).toEqual(Array(3).fill('INVALID_CREDENTIALS'));
    expect(wrong.map(fieldsOf)).toEqual([['input.currentPassword'], ['input.password'], []]);
    expect(wrong.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(code(await app.graphql(WHO, {}, token))).toBe('done');
    await app.graphql('mutation { signOut { revokedId } }', {}, token);
    const ended = [
      await app.graphql(CHANGE_PASSWORD, change, token),
      await app.graphql(CHANGE_EMAIL, email, token),
      await app.graphql(WHO, {}, token),
    ];
    expect(ended.map(code)).toEqual(Array(3).fill('UNAUTHENTICATED'));
  });
});

describe('a password', () => {
  /** Words of the person and of the organization, each with digits so that it is long enough. */
  const CONTEXT: readonly (readonly [string, (person: TestPerson) => string])[] = [
    ['the sign-in address', ({ email }) => email],
    ['what stands before the @', ({ email }) => `${email.split('@')[0] ?? ''}2026`],
    ['the name', () => 'Wilhelmina-Oyelaran!'],
    ['the organization', () => 'HarbourTools2026'],
    ['the organization and a part of the name', () => 'Oyelaran.Harbour.1'],
  ];
  const named = { name: 'Wilhelmina Oyelaran' };
  let count = 0;
  const address = (): string => `w.oyelaran.${String(++count)}@mail.example`;

  it.each(CONTEXT)('is not made of %s, wherever it is set', async (_what, of) => {
    const person = await world.person(organization, { ...named, email: address() });
    await app.graphql(INVITE, { ids: [person.id] }, adminToken);
    const { token } = await app.mailbox.next(person.email, 'invitation');
    const refused = await app.graphql(ACCEPT, { token, password: of(person) });
    expect([code(refused), fieldsOf(refused)]).toEqual(['BAD_USER_INPUT', ['input.password']]);
    const accepted = await app.graphql<{ acceptInvitation: { token: string } }>(ACCEPT, {
      token,
      password: PASSWORD,
    });
    const session = accepted.data!.acceptInvitation.token;
    const changed = await app.graphql(CHANGE_PASSWORD, { current: PASSWORD, next: of(person) }, session);
    expect([code(changed), fieldsOf(changed)]).toEqual(['BAD_USER_INPUT', ['input.newPassword']]);
    const reset = await app.graphql(RESET, { token: await resetLink(person), password: of(person) });
    expect([code(reset), fieldsOf(reset)]).toEqual(['BAD_USER_INPUT', ['input.password']]);
  });

  it.each([
    ['the directory’s address after the sign-in address has changed', 'directory' as const],
    ['an address that the sign-in address is about to change to', 'pending' as const],
  ])('is not %s either', async (_what, which) => {
    const { person, token } = await member({ ...named, email: address() });
    const words = {
      directory: `wilma.the.gardener@mail.example`,
      pending: `castle.rosebush.${person.id.slice(0, 6)}@example.org`,
    };
    await app.database.query('update person set email = $2 where id = $1', [
      person.id,
      which === 'directory' ? words.directory : person.email,
    ]);
    await app.graphql(CHANGE_EMAIL, { email: words.pending, password: PASSWORD }, token);
    const link = await resetLink(person);
    for (const password of [words[which], (words[which].split('@')[0] ?? '').replaceAll('.', ' ')]) {
      const changed = await app.graphql(CHANGE_PASSWORD, { current: PASSWORD, next: password }, token);
      expect([code(changed), fieldsOf(changed)]).toEqual(['BAD_USER_INPUT', ['input.newPassword']]);
      const reset = await app.graphql(RESET, { token: link, password });
      expect([code(reset), fieldsOf(reset)]).toEqual(['BAD_USER_INPUT', ['input.password']]);
    }
    await app.database.query('update person set email = null where id = $1', [person.id]);
  });

  it('does not become the sign-in address', async () => {
    const { token } = await member();
    const answer = await app.graphql(
      CHANGE_EMAIL,
      { email: 'violet.tram.nods@example.org', password: PASSWORD },
      token,
    );
    expect([code(answer), fieldsOf(answer)]).toEqual(['BAD_USER_INPUT', ['input.email']]);
  });
});

describe('links', () => {
  it('of an invitation stop working once the directory has another address', async () => {
    const person = await world.person(organization);
    await app.graphql(INVITE, { ids: [person.id] }, adminToken);
    const { token } = await app.mailbox.next(person.email, 'invitation');
    const setEmail = (email: string | null): Promise<unknown> =>
      app.database.query('update person set email = $2 where id = $1', [person.id, email]);
    for (const email of [`right.${person.email}`, null]) {
      await setEmail(email);
      expect(code(await app.graphql(ACCEPT, { token, password: PASSWORD }))).toBe('NOT_FOUND');
    }
    await setEmail(person.email.toUpperCase());
    expect(code(await app.graphql(ACCEPT, { token, password: PASSWORD }))).toBe('done');
  });

  it('work for 72 hours to the minute', async () => {
    const { person, token: session } = await member();
    const invited = await world.person(organization);
    await app.graphql(INVITE, { ids: [invited.id] }, adminToken);
    const reset = await resetLink(person);
    const fresh = `late.${person.email}`;
    await app.graphql(CHANGE_EMAIL, { email: fresh, password: PASSWORD }, session);
    const links: readonly (readonly [string, string, string, Record<string, unknown>])[] = [
      [
        'password_reset',
        `update password_reset set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval where person_id = $1`,
        RESET,
        { token: reset, password: NEW_PASSWORD },
      ],
      [
        'invitation',
        `update invitation set sent_at = sent_at - $2::interval, expires_at = expires_at - $2::interval where person_id = $1`,
        ACCEPT,
        { token: (await app.mailbox.next(invited.email, 'invitation')).token, password: PASSWORD },
      ],
      [
        'address_change',
        'update address_change set requested_at = requested_at - $2::interval where person_id = $1',
        CONFIRM_EMAIL,
        { token: (await app.mailbox.next(fresh, 'Sign in to Mutual')).token },
      ],
    ];
    // The address first: a new password cancels it.
    for (const [table, age, query, variables] of links.toReversed()) {
      const id = table === 'invitation' ? invited.id : person.id;
      await app.database.query(age, [id, '72 hours 1 minute']);
      expect([table, code(await app.graphql(query, variables))]).toEqual([table, 'NOT_FOUND']);
      await app.database.query(age, [id, '-2 minutes']);
      expect([table, code(await app.graphql(query, variables))]).toEqual([table, 'done']);
    }
  });
});

describe('a session', () => {
  it('lives through sixteen days without use, and through ninety with it, and not a minute longer', async () => {
    const { token } = await member();
    const age = (column: string, interval: string): Promise<unknown> =>
      app.database.query(
        `update session set ${column} = $2::timestamptz - $3::interval where token_hash = sha256($1)`,
        [token, new Date(), interval],
      );
    await age('last_seen_at', '16 days -1 minute');
    expect(code(await app.graphql(WHO, {}, token))).toBe('done');
    await age('last_seen_at', '16 days 1 minute');
    expect(code(await app.graphql(WHO, {}, token))).toBe('UNAUTHENTICATED');
    await age('last_seen_at', '0 days');
    const moveBack = (interval: string): Promise<unknown> =>
      app.database.query(
        'update session set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval where token_hash = sha256($1)',
        [token, interval],
      );
    await moveBack('90 days -1 minute');
    expect(code(await app.graphql(WHO, {}, token))).toBe('done');
    await moveBack('1 minute');
    expect(code(await app.graphql(WHO, {}, token))).toBe('UNAUTHENTICATED');
  });
});

describe('an address that the directory gives to somebody else', () => {
  it('opens the account of the one who had it before by no link, only by their password', async () => {
    const owner = await member();
    const { email, id } = owner.person;
    const before = await resetLink(owner.person);
    const successor = await world.person(organization);
    await app.database.query('update person set email = null where id = $1', [id]);
    // Nobody else has it yet: it may still be theirs.
    const unused = await resetLink(owner.person, 2);
    await app.database.query('update person set email = $2 where id = $1', [
      successor.id,
      email.toUpperCase(),
    ]);

    for (const token of [before, unused]) {
      expect(code(await app.graphql(RESET, { token, password: NEW_PASSWORD }))).toBe('NOT_FOUND');
    }
    const sent = (await app.mailbox.all(email)).length;
    expect(await app.graphql(REQUEST_RESET, { email })).toMatchObject({
      data: { requestPasswordReset: { email } },
      errors: [],
    });
    expect(await app.mailbox.all(email)).toHaveLength(sent);
    expect(code(await app.graphql(SIGN_IN, { email, password: PASSWORD }))).toBe('done');

    // Given back, it is theirs again.
    await app.database.query('update person set email = null where id = $1', [successor.id]);
    const after = await resetLink(owner.person, 3);
    expect(code(await app.graphql(RESET, { token: after, password: NEW_PASSWORD }))).toBe('done');
  });
});

describe('a mailbox that somebody else reads for a moment', () => {
  it('moves no account away for good: after a password reset only the seven days count', async () => {
    const { person } = await member();
    const { email } = person;
    const thiefs = `thief.of.${email}`;
    const { data } = await app.graphql<{ resetPassword: { token: string } }>(RESET, {
      token: await resetLink(person),
      password: NEW_PASSWORD,
    });
    await app.graphql(CHANGE_EMAIL, { email: thiefs, password: NEW_PASSWORD }, data!.resetPassword.token);
    for (const [to, subject] of [
      [thiefs, 'Sign in to Mutual'],
      [email, 'about to change'],
    ] as const) {
      const { token } = await app.mailbox.next(to, subject);
      const confirmed = await app.graphql(CONFIRM_EMAIL, { token });
      expect(confirmed.data).toEqual({ confirmEmailChange: { changed: false } });
    }
    // The owner has the mailbox back and resets the password: the change is gone, and the thief with it.
    const taken = await app.graphql(RESET, { token: await resetLink(person, 2), password: PASSWORD });
    expect(code(taken)).toBe('done');
    await app.database.query(`select app.apply_address_changes(null)`);
    expect(code(await app.graphql(SIGN_IN, { email: thiefs, password: NEW_PASSWORD }))).toBe(
      'INVALID_CREDENTIALS',
    );
    expect(code(await app.graphql(SIGN_IN, { email, password: PASSWORD }))).toBe('done');

    // A week after the reset, both confirmations are enough again.
    await app.database.query(
      `update password_reset set used_at = now() - interval '8 days' where person_id = $1`,
      [person.id],
    );
    const own = await app.graphql<{ signIn: { token: string } }>(SIGN_IN, { email, password: PASSWORD });
    await app.graphql(CHANGE_EMAIL, { email: `new.${email}`, password: PASSWORD }, own.data!.signIn.token);
    const links = [
      await app.mailbox.next(`new.${email}`, 'Sign in to Mutual'),
      await app.mailbox.next(email, 'about to change', 2),
    ];
    const changed: unknown[] = [];
    for (const { token } of links) changed.push((await app.graphql(CONFIRM_EMAIL, { token })).data);
    expect(changed).toEqual([
      { confirmEmailChange: { changed: false } },
      { confirmEmailChange: { changed: true } },
    ]);
  });
});
