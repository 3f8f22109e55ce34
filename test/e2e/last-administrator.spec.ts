import { PEOPLE_COLUMNS } from '../factories/people-csv.js';
import { World, day, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';

/** An organization always keeps somebody who can hand out roles, whichever way the others go. */
const GRANT = `mutation ($id: ID!, $role: Role!) { grantRole(input: { personId: $id, role: $role }) { roles } }`;
const REVOKE = `mutation ($id: ID!) { revokeRole(input: { personId: $id, role: ORGANIZATION_ADMIN }) { roles } }`;
const DISABLE = `mutation ($id: ID!) { setAccountDisabled(input: { id: $id, disabled: true }) { person { id } } }`;
const END = `mutation ($id: ID!, $day: Date) { endEmployment(input: { id: $id, leftOn: $day }) { person { id } } }`;

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());

function code(answer: Answer<unknown>): string {
  return answer.errors[0]?.extensions.code ?? 'done';
}

interface Company {
  readonly organization: TestOrganization;
  /** The only ORGANIZATION_ADMIN with an account, until a test makes another. */
  readonly chief: TestPerson;
  readonly chiefToken: string;
  /** A PEOPLE_ADMIN. */
  readonly clerkToken: string;
}

async function company(): Promise<Company> {
  const organization = await world.organization();
  const [chief, clerk] = [
    await world.person(organization, { externalId: 'CHIEF' }),
    await world.person(organization),
  ];
  await world.role(chief, 'ORGANIZATION_ADMIN');
  await world.role(clerk, 'PEOPLE_ADMIN');
  return {
    organization,
    chief,
    chiefToken: await world.signIn(chief),
    clerkToken: await world.signIn(clerk),
  };
}

/** Each way by which an organization could lose the chief. */
const WAYS: readonly (readonly [string, (company: Company) => Promise<string>])[] = [
  [
    'revokeRole',
    async ({ chief, chiefToken }) => code(await app.graphql(REVOKE, { id: chief.id }, chiefToken)),
  ],
  [
    'setAccountDisabled',
    async ({ chief, clerkToken }) => code(await app.graphql(DISABLE, { id: chief.id }, clerkToken)),
  ],
  [
    'endEmployment on a day that was',
    async ({ chief, clerkToken }) => code(await app.graphql(END, { id: chief.id, day: day(-1) }, clerkToken)),
  ],
  [
    'endEmployment on a day to come',
    async ({ chief, clerkToken }) => code(await app.graphql(END, { id: chief.id, day: day(40) }, clerkToken)),
  ],
];

/** Holders of the role who do not count, since they cannot use it or do not stay. */
const OTHERS: readonly (readonly [string, (company: Company) => Promise<unknown>])[] = [
  ['nobody else', () => Promise.resolve()],
  ['somebody without an account', async ({ organization }) => holder(organization)],
  [
    'somebody disabled',
    async ({ organization }) => {
      const { id } = await signedIn(organization);
      await app.database.query('update account set disabled_at = now() where person_id = $1', [id]);
    },
  ],
  ['somebody who has left', async ({ organization }) => world.leaves(await signedIn(organization), day(-3))],
  ['somebody who leaves', async ({ organization }) => world.leaves(await signedIn(organization), day(30))],
  ['a holder elsewhere', async () => signedIn(await world.organization())],
];

async function holder(organization: TestOrganization): Promise<TestPerson> {
  const person = await world.person(organization);
  await world.role(person, 'ORGANIZATION_ADMIN');
  return person;
}

async function signedIn(organization: TestOrganization): Promise<TestPerson> {
  const person = await holder(organization);
  await world.signIn(person);
  return person;
}

describe.each(WAYS)('%s', (_way, go) => {
  it.each(OTHERS)('is refused for the last ORGANIZATION_ADMIN beside %s', async (_name, other) => {
    const here = await company();
    await other(here);
    expect(await go(here)).toBe('CONFLICT');
    // Nothing of it has happened.
    const { rows } = await app.database.query(
      `select 1 from role_grant r join account a using (person_id)
       where r.person_id = $1 and a.disabled_at is null
         and not exists (select 1 from employment_end e where e.person_id = r.person_id)`,
      [here.chief.id],
    );
    expect(rows).toHaveLength(1);
    expect(code(await app.graphql('{ organization { roleHolders { role } } }', {}, here.chiefToken))).toBe(
      'done',
    );
  });

  it('is possible once somebody else has the role, an account and no last day', async () => {
    const here = await company();
    await signedIn(here.organization);
    expect(await go(here)).toBe('done');
  });
});

it('a last day may be taken back or put off, and not be brought forward', async () => {
  const here = await company();
  const other = await signedIn(here.organization);
  const end = async (lastDay: string | null): Promise<string> =>
    code(await app.graphql(END, { id: here.chief.id, day: lastDay }, here.clerkToken));
  expect(await end(day(20))).toBe('done');
  expect(code(await app.graphql(END, { id: other.id, day: day(30) }, here.clerkToken))).toBe('CONFLICT');
  // As an older version of the service let it happen.
  await app.database.query('alter table role_grant disable trigger role_grant_removed');
  await app.database.query('delete from role_grant where person_id = $1', [other.id]);
  await app.database.query('alter table role_grant enable trigger role_grant_removed');
  expect(await end(day(10))).toBe('CONFLICT');
  expect(await end(day(30))).toBe('done');
  expect(await end(null)).toBe('done');
});

it('other roles, and people without the role, go as they like', async () => {
  const here = await company();
  const auditor = await world.person(here.organization);
  await world.signIn(auditor);
  expect(code(await app.graphql(GRANT, { id: auditor.id, role: 'AUDITOR' }, here.chiefToken))).toBe('done');
  const REVOKE_AUDITOR = REVOKE.replace('ORGANIZATION_ADMIN', 'AUDITOR');
  expect(code(await app.graphql(REVOKE_AUDITOR, { id: auditor.id }, here.chiefToken))).toBe('done');
  expect(code(await app.graphql(DISABLE, { id: auditor.id }, here.clerkToken))).toBe('done');
  expect(code(await app.graphql(END, { id: auditor.id, day: day(-1) }, here.clerkToken))).toBe('done');
  // A holder without an account, or who has left, can be cleared away.
  const idle = await holder(here.organization);
  expect(code(await app.graphql(REVOKE, { id: idle.id }, here.chiefToken))).toBe('done');
});

it('the statements of an operator are refused as well', async () => {
  const { chief } = await company();
  for (const statement of [
    'delete from role_grant where person_id = $1',
    `update role_grant set role = 'AUDITOR' where person_id = $1`,
    'update account set disabled_at = now() where person_id = $1',
    `insert into employment_end (person_id, organization_id, ended_on) select id, organization_id, '2020-01-01' from person where id = $1`,
  ]) {
    await expect(app.database.query(statement, [chief.id])).rejects.toMatchObject({ code: 'MU060' });
  }
});

it('nobody grants a role to themselves, by no statement', async () => {
  const { chief, chiefToken } = await company();
  expect(code(await app.graphql(GRANT, { id: chief.id, role: 'AUDITOR' }, chiefToken))).toBe('NOT_PERMITTED');
});

it('an administrator may end their own role, and that is recorded', async () => {
  const { organization, chief, chiefToken } = await company();
  await signedIn(organization);
  expect(code(await app.graphql(REVOKE, { id: chief.id }, chiefToken))).toBe('done');
  expect(code(await app.graphql(REVOKE, { id: chief.id }, chiefToken))).toBe('NOT_PERMITTED');
  const { rows } = await app.database.query('select action, subject from audit_entry where actor_id = $1', [
    chief.id,
  ]);
  expect(rows).toEqual([{ action: 'ROLE_REVOKED', subject: `Person ${chief.id}: ORGANIZATION_ADMIN` }]);
});

describe('a file of people', () => {
  const IMPORT = `mutation ($csv: String!, $dryRun: Boolean!) {
    importPeople(input: { csv: $csv, dryRun: $dryRun }) {
      importReport { errorCount errors { line column message } ended }
    }
  }`;
  interface Imported {
    importPeople: {
      importReport: {
        errorCount: number;
        ended: number;
        errors: { line: number; column: string; message: string }[];
      };
    };
  }
  const rowOf = (id: string, leftOn: string): string => `${id},,${id},,,,,,${leftOn}`;
  const importing = async (
    { clerkToken }: Company,
    lines: readonly string[],
    dryRun: boolean,
  ): Promise<Imported['importPeople']['importReport']> => {
    const csv = [PEOPLE_COLUMNS.join(','), ...lines, ''].join('\n');
    const { data, errors } = await app.graphql<Imported>(IMPORT, { csv, dryRun }, clerkToken);
    expect(errors).toEqual([]);
    return data!.importPeople.importReport;
  };

  it.each([true, false])(
    'names the row that would end the last one’s employment (dry run: %s)',
    async (dryRun) => {
      const here = await company();
      for (const leftOn of [day(-1), day(40)]) {
        const report = await importing(here, [rowOf('OTHER', ''), rowOf('CHIEF', leftOn)], dryRun);
        expect(report).toMatchObject({ errorCount: 1, ended: 0, errors: [{ line: 3, column: 'left_on' }] });
        expect(report.errors[0]?.message).toContain('ORGANIZATION_ADMIN');
      }
      const { rows } = await app.database.query('select 1 from employment_end where person_id = $1', [
        here.chief.id,
      ]);
      expect(rows).toEqual([]);
    },
  );

  it('may end all but one of them', async () => {
    const here = await company();
    const second = await world.person(here.organization, { externalId: 'SECOND' });
    await world.role(second, 'ORGANIZATION_ADMIN');
    await world.signIn(second);
    const both = [rowOf('CHIEF', day(20)), rowOf('SECOND', day(30))];
    const refused = await importing(here, both, true);
    expect(refused.errors.map(({ line }) => line)).toEqual([2, 3]);
    expect(await importing(here, [rowOf('CHIEF', day(20)), rowOf('SECOND', '')], false)).toMatchObject({
      errorCount: 0,
      ended: 1,
    });
    // What the directory says already is no change.
    expect(await importing(here, [rowOf('CHIEF', day(20)), rowOf('SECOND', '')], false)).toMatchObject({
      errorCount: 0,
      ended: 0,
    });
  });
});
