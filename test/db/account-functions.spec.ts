import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { hashPassword } from '../../libs/auth/passwords.js';
import { World, day, type TestOrganization, type TestPerson } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

/**
 * The SECURITY DEFINER functions of accounts, sessions and mail, called with plain SQL as the role of the API, like an attacker who can
 * inject SQL. Each denial has a positive control.
 */
let database: TestDatabase;
let admin: pg.Client;
let app: pg.Client;
let world: World;
let organization: TestOrganization;
let owner: TestPerson;
let ownerHash: string;
let peopleAdmin: TestPerson;
let peopleAdminHash: string;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
  world = new World(admin);
  organization = await world.organization();
  owner = await world.person(organization);
  ownerHash = hex(await world.signIn(owner));
  peopleAdmin = await world.person(organization);
  await world.role(peopleAdmin, 'PEOPLE_ADMIN');
  peopleAdminHash = hex(await world.signIn(peopleAdmin));
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await database.drop();
});

function hex(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Runs one statement as the role of the API with a session, and rolls it back. */
async function as<Row extends pg.QueryResultRow>(
  session: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.session', $1, true)`, [session]);
    return (await app.query<Row>(statement, [...values])).rows;
  } finally {
    await app.query('rollback');
  }
}

async function refusal(session: string, statement: string, values: readonly unknown[] = []): Promise<string> {
  try {
    await as(session, statement, values);
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Waits until a statement waits for a lock, at most a second. */
async function waiting(): Promise<void> {
  const until = Date.now() + 1_000;
  while (Date.now() < until) {
    const { rows } = await admin.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const FORBIDDEN = '42501';
const WHO = 'select person_id from app.identity()';

describe('the identity of a caller', () => {
  it('identifies a caller by the hash of a token, and by no public value', async () => {
    expect(await as(ownerHash, WHO)).toEqual([{ person_id: owner.id }]);
    const { rows } = await admin.query<{ id: string }>('select id from session where person_id = $1', [
      owner.id,
    ]);
    const bare = (id: string): string => id.replaceAll('-', '');
    for (const guess of [
      '',
      bare(owner.id),
      bare(rows[0]!.id),
      hex(owner.id),
      randomBytes(32).toString('hex'),
    ]) {
      expect([guess, await as(guess, WHO)]).toEqual([guess, []]);
    }
  });

  it('forgets the caller at the end of the transaction', async () => {
    await as(ownerHash, WHO);
    expect((await app.query(WHO)).rows).toEqual([]);
  });

  it('ignores other settings when identifying the caller', async () => {
    for (const [name, value] of [
      ['app.person', owner.id],
      ['app.viewer', owner.id],
      ['request.jwt.claims', `{"sub":"${owner.id}"}`],
    ]) {
      await app.query('begin');
      await app.query('select set_config($1, $2, true)', [name, value]);
      expect((await app.query(WHO)).rows).toEqual([]);
      await app.query('rollback');
    }
  });
});

describe('stored credentials', () => {
  it.each([
    ['the hashes of passwords', 'select password_hash from account'],
    ['the hashes of session tokens', 'select token_hash from session'],
    ['the hashes of invitations', 'select token_hash from invitation'],
    ['links for passwords', 'select person_id from password_reset'],
    ['changes of address', 'select new_address from address_change'],
    ['mails', 'select about from outbox_mail'],
  ])('%s are nobody’s to read, not even their own person’s or an administrator’s', async (_, statement) => {
    for (const session of [ownerHash, peopleAdminHash, '']) {
      const found = await as(session, statement).catch((error: unknown) => (error as { code: string }).code);
      expect([FORBIDDEN, []]).toContainEqual(found);
    }
  });

  it('shows a sign-in address only to its person', async () => {
    const statement = 'select sign_in_address from account order by 1';
    expect(await as(ownerHash, statement)).toEqual([{ sign_in_address: owner.email }]);
    expect(await as(peopleAdminHash, statement)).toEqual([{ sign_in_address: peopleAdmin.email }]);
    expect(await as('', statement)).toEqual([]);
  });

  it('returns the parameters of a password hash for unknown addresses too', async () => {
    const parameters = async (address: string): Promise<string> => {
      const [row] = await as<{ known: string }>('', 'select app.password_parameters($1) as known', [address]);
      return row!.known;
    };
    const stored = await hashPassword('violet tram nods');
    await admin.query('update account set password_hash = $2 where person_id = $1', [owner.id, stored]);
    const form = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}$/;
    const known = await parameters(owner.email);
    expect(stored.startsWith(known)).toBe(true);
    for (const address of [owner.email, 'nobody@example.com', 'somebody@example.com']) {
      expect(await parameters(address)).toMatch(form);
      // The same each time, in any case of the letters.
      expect(await parameters(address.toUpperCase())).toBe(await parameters(address));
    }
    expect(await parameters('nobody@example.com')).not.toBe(await parameters('somebody@example.com'));
  });

  it('returns no password hash with its parameters', async () => {
    await admin.query(
      `update account set password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA' where person_id = $1`,
      [owner.id],
    );
    expect(await as('', 'select app.password_parameters($1) as known', [owner.email])).toEqual([
      { known: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ' },
    ]);
  });
});

describe('a session in somebody’s name', () => {
  const mine = randomBytes(32);

  it('opens a session only with the proof of the password', async () => {
    const signIn = 'select app.sign_in($1, $2, $3, $4) is not null as opened';
    const proof = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA';
    await admin.query('update account set password_hash = $2 where person_id = $1', [owner.id, proof]);
    expect(await as('', signIn, [owner.email, proof, mine, 'x'])).toEqual([{ opened: true }]);
    expect(await as('', signIn, [owner.email, 'a guess', mine, 'x'])).toEqual([{ opened: false }]);
    expect(await as('', signIn, [owner.email, null, mine, 'x'])).toEqual([{ opened: false }]);
    expect(await as(peopleAdminHash, signIn, [owner.email, 'a guess', mine, 'x'])).toEqual([
      { opened: false },
    ]);
  });

  it.each([
    [
      'set a new password',
      async (client: pg.Client) => {
        const link = randomBytes(32);
        await admin.query(
          'insert into password_reset (organization_id, person_id, token_hash) values ($1, $2, $3)',
          [organization.id, owner.id, link],
        );
        await client.query('begin');
        await client.query('select * from app.reset_password($1, $2, $3, $4)', [
          link,
          'new',
          randomBytes(32),
          'x',
        ]);
      },
    ],
    [
      'disable the account',
      async (client: pg.Client) => {
        await client.query('begin');
        await client.query(`select set_config('app.session', $1, true)`, [peopleAdminHash]);
        await client.query('select app.set_account_disabled($1, true)', [owner.id]);
      },
    ],
  ])('does not slip past those who %s at the same moment', async (_what, takeAway) => {
    const proof = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA';
    await admin.query('update account set password_hash = $2, disabled_at = null where person_id = $1', [
      owner.id,
      proof,
    ]);
    const other = new pg.Client({ connectionString: database.appUrl });
    await other.connect();
    const thiefs = randomBytes(32);
    try {
      await takeAway(other);
      const signIn = app.query<{ opened: boolean }>(
        'select app.sign_in($1, $2, $3, $4) is not null as opened',
        [owner.email, proof, thiefs, 'x'],
      );
      // It waits for the other one, and its result depends on the outcome.
      await waiting();
      await other.query('commit');
      await signIn;
    } finally {
      await other.end();
    }
    const { rows } = await admin.query('select 1 from session where token_hash = $1 and revoked_at is null', [
      thiefs,
    ]);
    expect(rows).toEqual([]);
    await admin.query('update account set disabled_at = null where person_id = $1', [owner.id]);
    ownerHash = hex(await world.signIn(owner));
  });

  it('opens no session with a link that was requested before the password changed and is still queued', async () => {
    const link = randomBytes(32);
    const queued = `insert into outbox_mail (kind, recipient) values ('PASSWORD_RESET', $1)`;
    await admin.query(queued, [owner.email.toUpperCase()]);
    await admin.query(queued, ['somebody.else@example.com']);
    await admin.query(
      'insert into password_reset (organization_id, person_id, token_hash) values ($1, $2, $3)',
      [organization.id, owner.id, link],
    );
    await app.query('select app.reset_password($1, $2, $3, $4)', [link, 'new', randomBytes(32), 'x']);
    const { rows } = await admin.query(`select recipient from outbox_mail where kind = 'PASSWORD_RESET'`);
    expect(rows).toEqual([{ recipient: 'somebody.else@example.com' }]);
    ownerHash = hex(await world.signIn(owner));
  });

  it('refuses the internal functions that SECURITY DEFINER functions use', async () => {
    expect(await refusal(ownerHash, 'select app.open_session($1, $2, $3)', [owner.id, mine, 'x'])).toBe(
      FORBIDDEN,
    );
    expect(await refusal(ownerHash, 'select app.end_sessions($1)', [peopleAdmin.id])).toBe(FORBIDDEN);
    expect(await refusal(ownerHash, 'select app.password_proved(a, $1) from account a', ['x'])).toBe(
      FORBIDDEN,
    );
  });

  it('refuses to insert sessions and accounts', async () => {
    for (const session of [ownerHash, peopleAdminHash]) {
      expect(
        await refusal(
          session,
          `insert into session (organization_id, person_id, label, expires_at, token_hash) values ($1, $2, 'x', now() + interval '1 day', $3)`,
          [organization.id, owner.id, mine],
        ),
      ).toBe(FORBIDDEN);
      expect(await refusal(session, 'update session set token_hash = $1', [mine])).toBe(FORBIDDEN);
      expect(await refusal(session, 'update session set person_id = $1', [owner.id])).toBe(FORBIDDEN);
      expect(await refusal(session, `update account set password_hash = 'x'`)).toBe(FORBIDDEN);
      expect(await refusal(session, `update account set sign_in_address = 'x@example.com'`)).toBe(FORBIDDEN);
    }
  });

  it('does not restore a session that has ended', async () => {
    await admin.query(
      `insert into session (organization_id, person_id, label, expires_at, revoked_at, token_hash)
       values ($1, $2, 'ended', now() + interval '1 day', now(), $3)`,
      [organization.id, owner.id, randomBytes(32)],
    );
    expect(await refusal(ownerHash, `update session set revoked_at = null where label = 'ended'`)).toBe(
      FORBIDDEN,
    );
    expect(await refusal(ownerHash, `update session set revoked_at = now() where label = 'ended'`)).toBe(
      'allowed',
    );
  });

  it.each([
    [
      'whose session ends',
      (client: pg.Client) =>
        client.query(
          `with account as (update account set password_changed_at = now() where person_id = $1)
           update session set revoked_at = now() where person_id = $1`,
          [peopleAdmin.id],
        ),
    ],
    [
      'who loses the role',
      (client: pg.Client) => client.query('delete from role_grant where person_id = $1', [peopleAdmin.id]),
    ],
  ])('of an API token does not slip past a maker %s at the same moment', async (_what, takeAway) => {
    const owning = new pg.Client({ connectionString: database.adminUrl });
    await owning.connect();
    try {
      await owning.query('begin');
      await takeAway(owning);
      const making = refusal(
        peopleAdminHash,
        `insert into session (organization_id, scopes, label, created_by, expires_at, token_hash)
         values ($1, '{DIRECTORY_READ}', 'x', $2, now() + interval '1 day', $3)`,
        [organization.id, peopleAdmin.id, mine],
      );
      await waiting();
      await owning.query('commit');
      expect(await making).toBe(FORBIDDEN);
    } finally {
      await owning.end();
    }
    await admin.query(
      'insert into role_grant (person_id, role, organization_id) values ($1, $2, $3) on conflict do nothing',
      [peopleAdmin.id, 'PEOPLE_ADMIN', organization.id],
    );
    peopleAdminHash = hex(await world.signIn(peopleAdmin));
  });

  it('limits the session of an API token to a year', async () => {
    const insert = `insert into session (organization_id, scopes, label, created_by, expires_at, token_hash)
                    values ($1, '{DIRECTORY_READ}', 'x', $2, now() + $3::interval, $4)`;
    const lasting = (interval: string): Promise<string> =>
      refusal(peopleAdminHash, insert, [organization.id, peopleAdmin.id, interval, mine]);
    expect(await lasting('366 days')).toBe('allowed');
    expect(await lasting('367 days')).toBe(FORBIDDEN);
  });

  it('limits the scopes of an API token to those that the role can grant', async () => {
    const insert = `insert into session (organization_id, scopes, label, created_by, expires_at, token_hash)
                    values ($1, $2, 'x', $3, now() + interval '1 day', $4)`;
    const values = (scopes: string[], by: TestPerson): unknown[] => [organization.id, scopes, by.id, mine];
    expect(await refusal(peopleAdminHash, insert, values(['DIRECTORY_READ'], peopleAdmin))).toBe('allowed');
    expect(await refusal(peopleAdminHash, insert, values(['TRENDS_READ'], peopleAdmin))).toBe(FORBIDDEN);
    expect(await refusal(peopleAdminHash, insert, values(['DIRECTORY_READ'], owner))).toBe(FORBIDDEN);
    expect(await refusal(ownerHash, insert, values(['DIRECTORY_READ'], owner))).toBe(FORBIDDEN);
  });
});

describe('an administrator', () => {
  const invite = 'select person_id from app.invite($1)';

  it('lets an administrator invite only people without an account in their organization', async () => {
    const guest = await world.person(organization);
    const stranger = await world.person(await world.organization());
    const everybody = [guest.id, owner.id, stranger.id];
    expect(await as(peopleAdminHash, invite, [everybody])).toEqual([{ person_id: guest.id }]);
    expect(await as(ownerHash, invite, [everybody])).toEqual([]);
    expect(await as(ownerHash, 'select * from app.invitable($1)', [everybody])).toEqual([]);
  });

  it('takes no lock that delays people of a different organization or without the role', async () => {
    const guest = await world.person(organization);
    const stranger = await world.person(await world.organization());
    for (const [session, person] of [
      [peopleAdminHash, stranger],
      [ownerHash, guest],
      ['', guest],
    ] as const) {
      await app.query('begin');
      await app.query(`select set_config('app.session', $1, true)`, [session]);
      await app.query(invite, [[person.id]]);
      // The row is not locked.
      await admin.query('begin');
      const { rows } = await admin.query('select 1 from person where id = $1 for update nowait', [person.id]);
      await admin.query('rollback');
      await app.query('rollback');
      expect(rows).toHaveLength(1);
    }
  });

  it('lets an administrator create no password reset link for another person', async () => {
    expect(
      await refusal(
        peopleAdminHash,
        'insert into password_reset (organization_id, person_id, token_hash) values ($1, $2, $3)',
        [organization.id, owner.id, randomBytes(32)],
      ),
    ).toBe(FORBIDDEN);
    expect(
      await as(peopleAdminHash, `select app.request_address_change('x', 'mine@example.com') as requested`),
    ).toEqual([{ requested: false }]);
  });

  it('lets an administrator grant no role, least of all to themselves', async () => {
    const grant =
      'insert into role_grant (person_id, role, organization_id, granted_by) values ($1, $2, $3, $4)';
    const chief = await world.person(organization);
    await world.role(chief, 'ORGANIZATION_ADMIN');
    const chiefHash = hex(await world.signIn(chief));
    expect(
      await refusal(peopleAdminHash, grant, [
        peopleAdmin.id,
        'ORGANIZATION_ADMIN',
        organization.id,
        peopleAdmin.id,
      ]),
    ).toBe(FORBIDDEN);
    expect(await refusal(chiefHash, grant, [chief.id, 'AUDITOR', organization.id, chief.id])).toBe(FORBIDDEN);
    expect(await refusal(chiefHash, grant, [chief.id, 'AUDITOR', organization.id, owner.id])).toBe(FORBIDDEN);
    expect(await refusal(chiefHash, grant, [owner.id, 'AUDITOR', organization.id, chief.id])).toBe('allowed');
  });

  it('lets an administrator record only actions of their role, in their own name', async () => {
    const insert =
      'insert into audit_entry (organization_id, actor_id, action, subject) values ($1, $2, $3, $4)';
    const leaver = await world.person(organization);
    await world.role(leaver, 'PEOPLE_ADMIN');
    const leaverHash = hex(await world.signIn(leaver));
    await world.leaves(leaver, day(-3));
    const token = hex(await world.apiToken(organization, ['DIRECTORY_READ'], peopleAdmin));
    const write = (session: string, actor: TestPerson | null, action: string): Promise<string> =>
      refusal(session, insert, [organization.id, actor?.id ?? null, action, 'x']);
    expect(await write(peopleAdminHash, peopleAdmin, 'PERSON_CHANGED')).toBe('allowed');
    for (const [session, actor, action] of [
      [peopleAdminHash, null, 'PERSON_CHANGED'],
      [peopleAdminHash, owner, 'PERSON_CHANGED'],
      [peopleAdminHash, peopleAdmin, 'ROLE_GRANTED'],
      [peopleAdminHash, peopleAdmin, 'PEOPLE_IMPORTED'],
      [peopleAdminHash, peopleAdmin, 'ANYTHING'],
      [ownerHash, owner, 'PERSON_CHANGED'],
      [token, null, 'PERSON_CHANGED'],
      [token, null, 'API_TOKEN_USED'],
      [leaverHash, null, 'PERSON_CHANGED'],
      [leaverHash, leaver, 'PERSON_CHANGED'],
      ['', null, 'PERSON_CHANGED'],
    ] as const) {
      expect([actor?.name, action, await write(session, actor, action)]).toEqual([
        actor?.name,
        action,
        FORBIDDEN,
      ]);
    }
  });

  it('lets an administrator change and delete no entry of the audit trail', async () => {
    for (const session of [ownerHash, peopleAdminHash]) {
      expect(await refusal(session, `update audit_entry set action = 'X'`)).toBe(FORBIDDEN);
      expect(await refusal(session, 'delete from audit_entry')).toBe(FORBIDDEN);
      expect(
        await refusal(
          session,
          `insert into audit_entry (organization_id, actor_id, action, subject) values ($1, $2, 'X', 'x')`,
          [organization.id, (await world.person(organization)).id],
        ),
      ).toBe(FORBIDDEN);
    }
  });
});

it('refuses every function that is not granted to the serving role', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where p.pronamespace = 'app'::regnamespace and a.grantee = 0`,
  );
  expect(rows).toEqual([]);
});
