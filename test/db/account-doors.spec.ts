import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { World, type TestOrganization, type TestPerson } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

/**
 * What somebody reaches who can make the serving role run SQL of theirs: the doors of accounts, sessions and mail hold
 * without any code of the service. Beside each denial stands what is allowed.
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

/** Runs one statement as the serving role in the name of a session, and takes it back. */
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

const FORBIDDEN = '42501';
const WHO = 'select person_id from law.identity()';

describe('who one is', () => {
  test('the hash of a token says, and nothing that others may know', async () => {
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

  test('outlives no transaction', async () => {
    await as(ownerHash, WHO);
    expect((await app.query(WHO)).rows).toEqual([]);
  });

  test('is not given by other settings', async () => {
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

describe('what is kept of credentials', () => {
  test.each([
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

  test('an address for signing in is its person’s only', async () => {
    const statement = 'select sign_in_address from account order by 1';
    expect(await as(ownerHash, statement)).toEqual([{ sign_in_address: owner.email }]);
    expect(await as(peopleAdminHash, statement)).toEqual([{ sign_in_address: peopleAdmin.email }]);
    expect(await as('', statement)).toEqual([]);
  });

  test('whether an address has an account tells no hash', async () => {
    await admin.query(
      `update account set password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA' where person_id = $1`,
      [owner.id],
    );
    expect(await as('', 'select law.password_parameters($1) as known', [owner.email])).toEqual([
      { known: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ' },
    ]);
  });
});

describe('a session in somebody’s name', () => {
  const mine = randomBytes(32);

  test('is opened by the proof of their password only', async () => {
    const signIn = 'select law.sign_in($1, $2, $3, $4) is not null as opened';
    const proof = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA';
    await admin.query('update account set password_hash = $2 where person_id = $1', [owner.id, proof]);
    expect(await as('', signIn, [owner.email, proof, mine, 'x'])).toEqual([{ opened: true }]);
    expect(await as('', signIn, [owner.email, 'a guess', mine, 'x'])).toEqual([{ opened: false }]);
    expect(await as('', signIn, [owner.email, null, mine, 'x'])).toEqual([{ opened: false }]);
    expect(await as(peopleAdminHash, signIn, [owner.email, 'a guess', mine, 'x'])).toEqual([
      { opened: false },
    ]);
  });

  test('is not opened by the rooms behind the doors', async () => {
    expect(await refusal(ownerHash, 'select law.open_session($1, $2, $3)', [owner.id, mine, 'x'])).toBe(
      FORBIDDEN,
    );
    expect(await refusal(ownerHash, 'select law.end_sessions($1)', [peopleAdmin.id])).toBe(FORBIDDEN);
    expect(await refusal(ownerHash, 'select law.password_proved(a, $1) from account a', ['x'])).toBe(
      FORBIDDEN,
    );
  });

  test('is not opened by writing one, nor is an account', async () => {
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

  test('that has ended does not come back', async () => {
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

  test('of an API token has the scopes that a role gives', async () => {
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
  const invite = 'select person_id from law.invite($1)';

  test('invites whoever has no account, in their own organization', async () => {
    const guest = await world.person(organization);
    const stranger = await world.person(await world.organization());
    const everybody = [guest.id, owner.id, stranger.id];
    expect(await as(peopleAdminHash, invite, [everybody])).toEqual([{ person_id: guest.id }]);
    expect(await as(ownerHash, invite, [everybody])).toEqual([]);
    expect(await as(ownerHash, 'select * from law.invitable($1)', [everybody])).toEqual([]);
  });

  test('makes no link for a new password of somebody else’s', async () => {
    expect(
      await refusal(
        peopleAdminHash,
        'insert into password_reset (organization_id, person_id, token_hash) values ($1, $2, $3)',
        [organization.id, owner.id, randomBytes(32)],
      ),
    ).toBe(FORBIDDEN);
    expect(
      await as(peopleAdminHash, `select law.request_address_change('x', 'mine@example.com') as requested`),
    ).toEqual([{ requested: false }]);
  });

  test('gives nobody a role, least of all themselves', async () => {
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

  test('changes and removes nothing of the audit trail', async () => {
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

test('nothing of the law is everybody’s to run: what is not granted to the serving role is refused', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where p.pronamespace = 'law'::regnamespace and a.grantee = 0`,
  );
  expect(rows).toEqual([]);
});
