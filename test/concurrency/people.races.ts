import { PEOPLE_COLUMNS } from '../factories/people-csv.js';
import type { TestOrganization, TestPerson } from '../factories/world.js';
import { count, done, expected, type Race, type RaceContext } from './race.js';

const GRANT = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roles } }`;
const REVOKE = `mutation ($input: RevokeRoleInput!) { revokeRole(input: $input) { roles } }`;
const LINE = `mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }`;
const INVITE = `mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { invitations { id } } }`;
const CREATE = `mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }`;
const UPDATE = `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { person { id } } }`;
const END = `mutation ($input: EndEmploymentInput!) { endEmployment(input: $input) { person { id } } }`;
const IMPORT = `mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { errorCount } } }`;
const DISABLE = `mutation ($input: SetAccountDisabledInput!) { setAccountDisabled(input: $input) { person { id } } }`;
const SETTINGS = `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { organization { id } } }`;

/** Signed-in people who hold a role, in an organization of the round's own. */
async function staff(
  { world }: RaceContext,
  ...roles: readonly string[]
): Promise<{ organization: TestOrganization; people: TestPerson[]; tokens: string[] }> {
  const organization = await world.organization();
  const people: TestPerson[] = [];
  const tokens: string[] = [];
  for (const role of roles) {
    const person = await world.person(organization);
    await world.role(person, role);
    people.push(person);
    tokens.push(await world.signIn(person));
  }
  return { organization, people, tokens };
}

const lastAdministrator: Race = {
  name: 'two administrators revoke each other',
  async round(context) {
    const { organization, people, tokens } = await staff(context, 'ORGANIZATION_ADMIN', 'ORGANIZATION_ADMIN');
    return {
      clients: tokens.map((token, index) => () => {
        const input = { personId: people[1 - index]!.id, role: 'ORGANIZATION_ADMIN' };
        return context.ask(token, REVOKE, { input });
      }),
      judge: async (answers) => [
        ...expected('revocations', done(answers), 1),
        ...expected(
          'administrators left',
          await count(context, `select from role_grant where organization_id = $1`, [organization.id]),
          1,
        ),
      ],
    };
  },
};

/** Two administrators remove each other in different ways: the second is refused, because no administrator would be left. */
const lastAdministratorByAnyWay: Race = {
  name: 'two administrators remove each other by a role, an account and an employment',
  async round(context) {
    const { organization, people, tokens } = await staff(context, 'ORGANIZATION_ADMIN', 'ORGANIZATION_ADMIN');
    for (const person of people) await context.world.role(person, 'PEOPLE_ADMIN');
    const ways = [
      (personId: string) => [REVOKE, { input: { personId, role: 'ORGANIZATION_ADMIN' } }] as const,
      (id: string) => [DISABLE, { input: { id, disabled: true } }] as const,
      (id: string) => [END, { input: { id, leftOn: '2020-01-01' } }] as const,
    ];
    const chosen = [ways[Math.floor(Math.random() * 3)]!, ways[Math.floor(Math.random() * 3)]!];
    return {
      clients: tokens.map((token, index) => () => {
        const [query, variables] = chosen[index]!(people[1 - index]!.id);
        return context.ask(token, query, variables);
      }),
      judge: async (answers) => [
        ...expected('removals', done(answers), 1),
        ...expected(
          'administrators who can act',
          await count(
            context,
            `select from role_grant r join account a using (person_id)
             where r.organization_id = $1 and r.role = 'ORGANIZATION_ADMIN' and a.disabled_at is null
               and not exists (select from employment_end e where e.person_id = r.person_id)`,
            [organization.id],
          ),
          1,
        ),
      ],
    };
  },
};

const sameRole: Race = {
  name: 'one role is granted twice',
  guard: 'alter table role_grant drop constraint role_grant_pkey',
  async round(context) {
    const { organization, tokens } = await staff(context, 'ORGANIZATION_ADMIN', 'ORGANIZATION_ADMIN');
    const person = await context.world.person(organization);
    return {
      clients: tokens.map((token) => () => {
        return context.ask(token, GRANT, { input: { personId: person.id, role: 'AUDITOR' } });
      }),
      judge: async (answers) => [
        ...expected('answers', done(answers), 2),
        ...expected(
          'grants',
          await count(context, `select from role_grant where person_id = $1`, [person.id]),
          1,
        ),
        ...expected(
          'entries in the audit trail',
          await count(context, `select from audit_entry where organization_id = $1`, [organization.id]),
          1,
        ),
      ],
    };
  },
};

const circles: Race = {
  name: 'reporting lines form a cycle',
  async round(context) {
    const { organization, tokens } = await staff(context, 'PEOPLE_ADMIN', 'PEOPLE_ADMIN', 'PEOPLE_ADMIN');
    const ring: TestPerson[] = [];
    for (let index = 0; index < 3; index += 1) ring.push(await context.world.person(organization));
    return {
      clients: tokens.map((token, index) => () => {
        const input = { id: ring[index]!.id, managerId: ring[(index + 1) % 3]!.id };
        return context.ask(token, LINE, { input });
      }),
      judge: (answers) => Promise.resolve(expected('lines', done(answers), 2)),
    };
  },
};

const twoManagers: Race = {
  name: 'one person is given two managers',
  async round(context) {
    const { organization, people, tokens } = await staff(context, 'PEOPLE_ADMIN', 'PEOPLE_ADMIN');
    const person = await context.world.person(organization);
    await context.world.line(person, await context.world.person(organization));
    return {
      clients: tokens.map((token, index) => () => {
        return context.ask(token, LINE, { input: { id: person.id, managerId: people[index]!.id } });
      }),
      judge: async (answers) => [
        ...expected('changes', done(answers), 2),
        ...expected(
          'managers',
          await count(context, `select from reporting_line where report_id = $1 and ends_on is null`, [
            person.id,
          ]),
          1,
        ),
      ],
    };
  },
};

const invitations: Race = {
  name: 'one person is invited twice',
  async round(context) {
    const { organization, tokens } = await staff(context, 'PEOPLE_ADMIN', 'PEOPLE_ADMIN');
    const some = [await context.world.person(organization), await context.world.person(organization)];
    return {
      // In opposite orders: nobody waits for anybody who waits for them.
      clients: tokens.map((token, index) => () => {
        const ids = some.map(({ id }) => id);
        return context.ask(token, INVITE, { input: { personIds: index === 0 ? ids : ids.reverse() } });
      }),
      judge: async (answers) => [
        ...expected('answers', done(answers), 2),
        ...expected(
          'invitations that work',
          await count(context, `select from invitation where organization_id = $1`, [organization.id]),
          2,
        ),
      ],
    };
  },
};

const sameAddress: Race = {
  name: 'two people are given one e-mail address',
  guard: 'drop index person_email_key',
  async round(context) {
    const { organization, tokens } = await staff(context, 'PEOPLE_ADMIN', 'PEOPLE_ADMIN');
    const email = `twin@example.com`;
    return {
      clients: tokens.map((token) => () => context.ask(token, CREATE, { input: { name: 'Twin', email } })),
      judge: async (answers) => [
        ...expected('created', done(answers), 1),
        ...expected(
          'people with the address',
          await count(context, `select from person where organization_id = $1 and email = $2`, [
            organization.id,
            email,
          ]),
          1,
        ),
      ],
    };
  },
};

const settings: Race = {
  name: 'two settings are changed',
  async round(context) {
    const { organization, tokens } = await staff(context, 'ORGANIZATION_ADMIN', 'ORGANIZATION_ADMIN');
    const inputs = [{ timeZone: 'Asia/Tokyo' }, { leadersShareFirst: false }];
    return {
      clients: tokens.map((token, index) => () => context.ask(token, SETTINGS, { input: inputs[index] })),
      judge: async (answers) => {
        const row = await context.world.find('organization', organization.id);
        return [
          ...expected('changes', done(answers), 2),
          ...expected('time zone', row.time_zone, 'Asia/Tokyo'),
          ...expected('leaders share first', row.leaders_share_first, false),
        ];
      },
    };
  },
};

/** Eight people; the file renames them all and turns the lines round while everything about them is edited by hand. */
const importing: Race = {
  name: 'people are imported while they are edited',
  guard: 'drop index department_name_key; create index department_name_key on department (organization_id)',
  async round(context) {
    const { organization, people, tokens } = await staff(
      context,
      ...Array.from({ length: 7 }, () => 'PEOPLE_ADMIN'),
    );
    const some: TestPerson[] = [];
    for (let index = 0; index < 8; index += 1) {
      some.push(
        await context.world.person(organization, {
          name: `Before ${index}`,
          title: 'Before',
          externalId: `E${index}`,
          email: `e${index}@example.com`,
        }),
      );
    }
    for (let index = 1; index < 8; index += 1) await context.world.line(some[index]!, some[index - 1]!);
    const lines = some.map((_, index) => {
      const manager = index === 7 ? '' : `E${index + 1}`;
      return `E${index},e${index}@example.com,After ${index},After,Moved,There,${manager},,`;
    });
    const csv = [PEOPLE_COLUMNS.join(','), ...lines, ''].join('\n');
    const [importer = '', editor = '', mover = '', inviter = '', leaver = '', creator = '', renamer = ''] =
      tokens;
    const ask = context.ask;
    return {
      clients: [
        () => ask(importer, IMPORT, { input: { csv, dryRun: false } }),
        () => ask(editor, UPDATE, { input: { id: some[6]!.id, title: 'By hand' } }),
        () => ask(mover, LINE, { input: { id: some[5]!.id, managerId: people[0]!.id } }),
        () => ask(inviter, INVITE, { input: { personIds: some.map(({ id }) => id) } }),
        () => ask(leaver, END, { input: { id: some[3]!.id, leftOn: '2035-12-31' } }),
        () => ask(creator, CREATE, { input: { name: 'New', department: 'Moved', location: 'There' } }),
        () =>
          ask(renamer, UPDATE, { input: { id: some[1]!.id, department: 'Moved', email: 'e1@example.org' } }),
      ],
      judge: async (answers) => {
        const problems: string[] = [];
        if (answers[0]!.errors.length > 0) return problems;
        const edited = await context.world.find('person', some[6]!.id);
        problems.push(...expected('the name in the file', edited.name, 'After 6'));
        const renamed = await context.world.find('person', some[1]!.id);
        problems.push(...expected('the other name in the file', renamed.name, 'After 1'));
        problems.push(
          ...expected(
            'departments that the file and an edit create',
            await count(context, `select from department where organization_id = $1 and name = 'Moved'`, [
              organization.id,
            ]),
            1,
          ),
        );
        return problems;
      },
    };
  },
};

export const peopleRaces = [
  lastAdministrator,
  lastAdministratorByAnyWay,
  sameRole,
  circles,
  twoManagers,
  invitations,
  sameAddress,
  settings,
  importing,
];
