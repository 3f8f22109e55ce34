import { World, day as dayIn, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

const day = (offset: number): string => dayIn(offset, 'Europe/Lisbon');

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let admin: Actor;
let colleague: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization({ timeZone: 'Europe/Lisbon' });
  admin = await cast.join(organization, { name: 'Pat Admin' });
  await world.role(admin, 'PEOPLE_ADMIN');
  colleague = await cast.join(organization, { name: 'Curious Colleague' });
});

interface Entry {
  leftOn: string | null;
  manager: { name: string } | null;
  directReports: { nodes: { name: string }[] };
  reportingLines: {
    startsOn: string;
    lastDay: string | null;
    kind: string;
    manager: { name: string };
    report: { name: string };
  }[];
}

const ENTRY = `query ($id: ID!) { person(id: $id) {
  leftOn manager { name } directReports { nodes { name } }
  reportingLines { startsOn lastDay kind manager { name } report { name } }
} }`;

async function entry(of: { id: string }, as: Actor): Promise<Entry> {
  return (await as.get<{ person: Entry }>(ENTRY, { id: of.id })).person;
}

/** A mutation of an input; the first error's code and fields if it is refused. */
async function mutate(as: Actor, name: string, input: Record<string, unknown>, selection = 'person { id }') {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const { data, errors } = await as.ask<Record<string, Record<string, Record<string, unknown>>>>(
    `mutation ($input: ${/^(rename|merge)/.test(name) ? (name.startsWith('rename') ? 'RenameInput' : 'MergeInput') : type}!) { ${name}(input: $input) { ${selection} } }`,
    { input },
  );
  const error = errors[0]?.extensions;
  return {
    done: data?.[name],
    code: error?.code,
    fields: error?.fields,
    ...(error?.conflictingId !== undefined && { conflictingId: error.conflictingId }),
  };
}

async function trail(): Promise<{ action: string; subject: string; actor_id: string }[]> {
  const { rows } = await app.database.query<{ action: string; subject: string; actor_id: string }>(
    'select action, subject, actor_id from audit_entry where organization_id = $1 order by id',
    [organization.id],
  );
  return rows;
}

const DETAILS =
  'person { id name email title hiredOn department { id name } location { name } timeZone leftOn }';

describe('createPerson and updatePerson', () => {
  it('keep the directory, and make a department or location that is new', async () => {
    const known = await world.department(organization, 'Tools');
    const { done } = await mutate(
      admin,
      'createPerson',
      {
        name: ' Ana Ek ',
        email: 'ana@example.com',
        title: 'Designer',
        department: 'Tools',
        location: 'Kyoto',
        externalId: '17',
        hiredOn: '2024-02-29',
      },
      DETAILS,
    );
    expect(done).toEqual({
      person: {
        id: expect.any(String) as unknown,
        name: 'Ana Ek',
        email: 'ana@example.com',
        title: 'Designer',
        hiredOn: '2024-02-29',
        department: { id: known.id, name: 'Tools' },
        location: { name: 'Kyoto' },
        timeZone: 'Europe/Lisbon',
        leftOn: null,
      },
    });
    const id = done?.person?.id as string;
    const changed = await mutate(
      admin,
      'updatePerson',
      { id, title: null, department: 'Sales', location: null, name: '=1+1' },
      DETAILS,
    );
    expect(changed.done).toMatchObject({
      person: {
        name: '=1+1',
        email: 'ana@example.com',
        title: null,
        hiredOn: '2024-02-29',
        department: { name: 'Sales' },
        location: null,
      },
    });
    expect(await trail()).toEqual([
      { action: 'PERSON_CREATED', subject: `Person ${id}`, actor_id: admin.id },
      { action: 'PERSON_CHANGED', subject: `Person ${id}`, actor_id: admin.id },
    ]);
  });

  it('refuse what another has, and what is not there', async () => {
    const other = await world.person(organization, { email: 'ana@example.com', externalId: '17' });
    const elsewhere = await world.department(await world.organization());
    const refused = async (input: Record<string, unknown>): Promise<unknown> => {
      const { code, fields } = await mutate(admin, 'createPerson', { name: 'Ana', ...input });
      return [code, fields?.[0]?.path];
    };
    expect(await refused({ email: 'ANA@example.com' })).toEqual(['BAD_USER_INPUT', 'input.email']);
    expect(await refused({ externalId: '17' })).toEqual(['BAD_USER_INPUT', 'input.externalId']);
    expect(await refused({ departmentId: elsewhere.id })).toEqual(['BAD_USER_INPUT', 'input.departmentId']);
    expect(await refused({ departmentId: elsewhere.id, department: 'Tools' })).toEqual([
      'BAD_USER_INPUT',
      'input.department',
    ]);
    expect(await refused({ name: '  ' })).toEqual(['BAD_USER_INPUT', 'input.name']);
    expect(await refused({ title: 'x'.repeat(201) })).toEqual(['BAD_USER_INPUT', 'input.title']);
    expect(await refused({ title: 'two\nlines' })).toEqual(['BAD_USER_INPUT', 'input.title']);
    expect(await mutate(admin, 'updatePerson', { id: other.id, name: null })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const stranger = await world.person(await world.organization());
    expect(await mutate(admin, 'updatePerson', { id: stranger.id, title: 'X' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    // One's own address again, in other capitals, is no clash.
    expect(await mutate(admin, 'updatePerson', { id: other.id, email: 'Ana@example.com' })).toMatchObject({
      code: undefined,
    });
    expect(await trail()).toHaveLength(1);
  });

  it('createPerson gives the new person a manager from today on', async () => {
    const manager = await world.person(organization, { name: 'Mo' });
    const { done } = await mutate(
      admin,
      'createPerson',
      { name: 'Nia', managerId: manager.id },
      'person { id manager { name } reportingLines { startsOn lastDay kind } }',
    );
    expect(done?.person).toMatchObject({
      manager: { name: 'Mo' },
      reportingLines: [{ startsOn: day(0), lastDay: null, kind: 'PRIMARY' }],
    });
    const gone = await world.person(organization);
    await world.leaves(gone, day(-1));
    const stranger = await world.person(await world.organization());
    for (const { id } of [gone, stranger])
      expect(await mutate(admin, 'createPerson', { name: 'Nia', managerId: id })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.managerId' }],
      });
  });

  it('refuses an external ID that is probably another one written differently, unless that is confirmed', async () => {
    await world.person(organization, { name: 'Forty-two', externalId: '42' });
    const other = await world.person(organization, { externalId: 'B7' });
    const refused = {
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.externalId',
          message:
            'External ID is similar to "42" of Forty-two, probably the same person: correct it, or set allowSimilarIds to true.',
        },
      ],
    };
    expect(await mutate(admin, 'createPerson', { name: 'Twin', externalId: '00042' })).toMatchObject(refused);
    expect(await mutate(admin, 'updatePerson', { id: other.id, externalId: '0 42' })).toMatchObject(refused);
    const confirmed = { id: other.id, externalId: '00042', allowSimilarIds: true };
    expect((await mutate(admin, 'updatePerson', confirmed)).code).toBeUndefined();
    // Later changes need no confirmation of the same ID.
    expect(
      (await mutate(admin, 'updatePerson', { id: other.id, externalId: '00042', title: 'X' })).code,
    ).toBeUndefined();
  });

  it('changes no sign-in address', async () => {
    await mutate(admin, 'updatePerson', { id: colleague.id, email: 'hijacked@example.com' });
    const { rows } = await app.database.query('select sign_in_address from account where person_id = $1', [
      colleague.id,
    ]);
    expect(rows).toEqual([{ sign_in_address: colleague.email }]);
  });
});

describe('externalId and account', () => {
  const FIELDS = 'query ($id: ID!) { person(id: $id) { externalId account } }';

  it('are null to everybody but PEOPLE_ADMIN; a token that reads the directory reads external IDs', async () => {
    const person = await world.person(organization, { externalId: 'E-17' });
    const seen = async (as: Pick<Actor, 'get'>): Promise<unknown> =>
      (await as.get<{ person: unknown }>(FIELDS, { id: person.id })).person;
    expect(await seen(admin)).toEqual({ externalId: 'E-17', account: 'NONE' });
    const organizationAdmin = await cast.join(organization);
    for (const role of ['ORGANIZATION_ADMIN', 'HR_ANALYST', 'AUDITOR'])
      await world.role(organizationAdmin, role);
    for (const as of [colleague, organizationAdmin])
      expect(await seen(as)).toEqual({ externalId: null, account: null });
    expect(await colleague.get(FIELDS, { id: colleague.id })).toEqual({
      person: { externalId: null, account: null },
    });
    const made = await admin.get<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(input: { label: "Intranet", scopes: [DIRECTORY_READ] }) { secret } }',
    );
    const { data } = await app.graphql<{ person: unknown }>(
      FIELDS,
      { id: person.id },
      made.createApiToken.secret,
    );
    expect(data?.person).toEqual({ externalId: 'E-17', account: null });
    const stranger = await world.person(await world.organization(), { externalId: 'E-18' });
    expect(await admin.get(FIELDS, { id: stranger.id })).toEqual({ person: null });
  });

  it('tell an invited, an active and a disabled account apart', async () => {
    const person = await world.person(organization, { email: 'invited@example.com' });
    const stateOf = async ({ id }: { id: string }): Promise<unknown> =>
      (await admin.get<{ person: { account: string } }>(FIELDS, { id })).person.account;
    await admin.get(
      'mutation ($ids: [ID!]!) { invitePeople(input: { personIds: $ids }) { invitations { id } } }',
      {
        ids: [person.id],
      },
    );
    expect(await stateOf(person)).toBe('INVITED');
    await app.database.query('update invitation set expires_at = now() where person_id = $1', [person.id]);
    expect(await stateOf(person)).toBe('NONE');
    expect(await stateOf(colleague)).toBe('ACTIVE');
    await mutate(admin, 'setAccountDisabled', { id: colleague.id, disabled: true });
    expect(await stateOf(colleague)).toBe('DISABLED');
  });
});

describe('what is for a role', () => {
  it('is refused to everybody without it', async () => {
    const other = await world.person(organization);
    const department = await world.department(organization);
    const kept = await world.department(organization);
    const calls: [string, Record<string, unknown>, string, string?][] = [
      ['createPerson', { name: 'X' }, 'PEOPLE_ADMIN'],
      ['updatePerson', { id: other.id, title: 'X' }, 'PEOPLE_ADMIN'],
      ['changeReportingLine', { id: other.id, managerId: admin.id }, 'PEOPLE_ADMIN'],
      ['endEmployment', { id: other.id, leftOn: day(3) }, 'PEOPLE_ADMIN'],
      ['renameDepartment', { id: department.id, name: 'New' }, 'PEOPLE_ADMIN', 'organization { id }'],
      ['updateSettings', { leadersShareFirst: false }, 'ORGANIZATION_ADMIN', 'organization { id }'],
      ['mergeDepartments', { id: department.id, intoId: kept.id }, 'PEOPLE_ADMIN', 'organization { id }'],
      [
        'renameOrganization',
        { id: organization.id, name: 'New' },
        'ORGANIZATION_ADMIN',
        'organization { id }',
      ],
      ['grantRole', { personId: other.id, role: 'AUDITOR' }, 'ORGANIZATION_ADMIN'],
      ['revokeRole', { personId: other.id, role: 'AUDITOR' }, 'ORGANIZATION_ADMIN'],
    ];
    const all = ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'];
    for (const [name, input, role, selection] of calls) {
      const without = await cast.join(organization);
      for (const another of all.filter((one) => one !== role)) await world.role(without, another);
      expect([name, (await mutate(without, name, input, selection)).code]).toEqual([name, 'NOT_PERMITTED']);
      const holder = await cast.join(organization);
      await world.role(holder, role);
      expect([name, (await mutate(holder, name, input, selection)).code]).toEqual([name, undefined]);
    }
  });
});

describe('updateMyProfile', () => {
  it('sets the time zone that everybody sees', async () => {
    const zone = async (): Promise<unknown> =>
      admin.get('query ($id: ID!) { person(id: $id) { timeZone } }', { id: colleague.id });
    expect(await zone()).toEqual({ person: { timeZone: 'Europe/Lisbon' } });
    for (const timeZone of ['Asia/Kyoto', 'Asia/Tokyo', 'Africa/Lagos']) {
      const { code } = await mutate(colleague, 'updateMyProfile', { timeZone });
      expect(code).toBe(timeZone === 'Asia/Kyoto' ? 'BAD_USER_INPUT' : undefined);
    }
    expect(await zone()).toEqual({ person: { timeZone: 'Africa/Lagos' } });
  });
});

describe('changeReportingLine', () => {
  let ana: Actor;
  let ben: Actor;
  let cem: Actor;

  beforeEach(async () => {
    ana = await cast.join(organization, { name: 'Ana' });
    ben = await cast.join(organization, { name: 'Ben' });
    cem = await cast.join(organization, { name: 'Cem' });
  });

  const change = (input: Record<string, unknown>) => mutate(admin, 'changeReportingLine', input);

  it('begins a PRIMARY line today and ends the former one, which stays in the history', async () => {
    await world.line(ana, ben, { from: day(-30) });
    expect((await change({ id: ana.id, managerId: cem.id })).code).toBeUndefined();
    expect(await entry(ana, colleague)).toMatchObject({
      manager: { name: 'Cem' },
      reportingLines: [
        {
          startsOn: day(0),
          lastDay: null,
          kind: 'PRIMARY',
          manager: { name: 'Cem' },
          report: { name: 'Ana' },
        },
        {
          startsOn: day(-30),
          lastDay: day(-1),
          kind: 'PRIMARY',
          manager: { name: 'Ben' },
          report: { name: 'Ana' },
        },
      ],
    });
    expect((await entry(ben, colleague)).directReports.nodes).toEqual([]);
    expect((await entry(cem, colleague)).directReports.nodes).toEqual([{ name: 'Ana' }]);
    expect(await trail()).toEqual([
      { action: 'PERSON_CHANGED', subject: `Person ${ana.id}`, actor_id: admin.id },
    ]);
  });

  it('keeps what lies in the future to the two people of the line and PEOPLE_ADMIN', async () => {
    await world.line(ana, ben, { from: day(-30) });
    await change({ id: ana.id, managerId: cem.id, startsOn: day(7) });
    const before = { startsOn: day(-30), manager: { name: 'Ben' } };
    const after = { startsOn: day(7), lastDay: null, manager: { name: 'Cem' } };
    const lines = async (as: Actor): Promise<unknown> => (await entry(ana, as)).reportingLines;
    expect(await lines(admin)).toMatchObject([after, { ...before, lastDay: day(6) }]);
    expect(await lines(ana)).toMatchObject([after, { ...before, lastDay: day(6) }]);
    // The former manager knows when it ends, and not what follows; the next one what begins.
    expect(await lines(ben)).toMatchObject([{ ...before, lastDay: day(6) }]);
    expect(await lines(cem)).toMatchObject([after, { ...before, lastDay: null }]);
    expect(await lines(colleague)).toMatchObject([{ ...before, lastDay: null }]);
    expect(await lines(colleague)).toHaveLength(1);
    for (const as of [admin, ana, ben, cem, colleague]) {
      expect((await entry(ana, as)).manager).toEqual({ name: 'Ben' });
      expect((await entry(cem, as)).directReports.nodes).toEqual([]);
    }
  });

  it('takes back what was planned for later', async () => {
    await world.line(ana, ben, { from: day(-30) });
    await change({ id: ana.id, managerId: cem.id, startsOn: day(7) });
    await change({ id: ana.id, managerId: ben.id });
    expect((await entry(ana, admin)).reportingLines).toMatchObject([{ startsOn: day(-30), lastDay: null }]);
    await change({ id: ana.id, managerId: null, startsOn: day(3) });
    expect((await entry(ana, admin)).reportingLines).toMatchObject([{ startsOn: day(-30), lastDay: day(2) }]);
    await change({ id: ana.id, managerId: null });
    expect(await entry(ana, admin)).toMatchObject({ manager: null, reportingLines: [{ lastDay: day(-1) }] });
  });

  it('adds and ends DOTTED lines beside the PRIMARY one', async () => {
    await change({ id: ana.id, managerId: ben.id });
    await change({ id: ana.id, managerId: cem.id, kind: 'DOTTED', lastDay: day(19) });
    expect(await entry(ana, admin)).toMatchObject({
      manager: { name: 'Ben' },
      reportingLines: [
        { kind: 'DOTTED', manager: { name: 'Cem' }, startsOn: day(0), lastDay: day(19) },
        { kind: 'PRIMARY', manager: { name: 'Ben' } },
      ],
    });
    await change({ id: ana.id, managerId: cem.id, kind: 'DOTTED' });
    expect((await entry(ana, admin)).reportingLines[0]).toMatchObject({ kind: 'DOTTED', lastDay: null });
    // One that began today and ends today never was.
    await change({ id: ana.id, managerId: cem.id, kind: 'DOTTED', lastDay: day(-1) });
    expect((await entry(ana, admin)).reportingLines).toMatchObject([{ kind: 'PRIMARY' }]);
    // Two may be dotted to each other: it is no hierarchy.
    expect((await change({ id: ben.id, managerId: ana.id, kind: 'DOTTED' })).code).toBeUndefined();
  });

  it('refuses cycles, oneself, the past, strangers, and those who have left by then', async () => {
    await world.line(ben, ana);
    await world.line(cem, ben);
    const stranger = await world.person(await world.organization());
    const gone = await world.person(organization);
    await world.leaves(gone, day(5));
    const refused = async (input: Record<string, unknown>): Promise<unknown> => {
      const { code, fields } = await change({ id: ana.id, ...input });
      return [code, fields?.[0]?.path];
    };
    expect(await refused({ managerId: cem.id })).toEqual(['BAD_USER_INPUT', 'input.managerId']);
    expect(await refused({ managerId: cem.id, startsOn: day(9) })).toEqual([
      'BAD_USER_INPUT',
      'input.managerId',
    ]);
    expect(await refused({ managerId: ana.id })).toEqual(['BAD_USER_INPUT', 'input.managerId']);
    expect(await refused({ managerId: admin.id, startsOn: day(-1) })).toEqual([
      'BAD_USER_INPUT',
      'input.startsOn',
    ]);
    expect(await refused({ managerId: stranger.id })).toEqual(['BAD_USER_INPUT', 'input.managerId']);
    expect(await refused({ managerId: gone.id, startsOn: day(6) })).toEqual([
      'BAD_USER_INPUT',
      'input.managerId',
    ]);
    expect(await refused({ managerId: admin.id, lastDay: day(5) })).toEqual([
      'BAD_USER_INPUT',
      'input.lastDay',
    ]);
    expect(await refused({})).toEqual(['BAD_USER_INPUT', 'input.managerId']);
    expect((await change({ id: stranger.id, managerId: admin.id })).code).toBe('NOT_FOUND');
    expect(await entry(ana, admin)).toMatchObject({ manager: null, reportingLines: [] });
    expect((await change({ id: ana.id, managerId: gone.id, startsOn: day(5) })).code).toBeUndefined();
    expect((await entry(ana, admin)).reportingLines).toMatchObject([{ startsOn: day(5), lastDay: day(5) }]);
  });

  it('refuses a cycle that closes only when a planned line begins', async () => {
    await change({ id: ana.id, managerId: ben.id, startsOn: day(7) });
    const { code } = await change({ id: ben.id, managerId: ana.id });
    expect(code).toBe('BAD_USER_INPUT');
    expect((await change({ id: cem.id, managerId: ana.id })).code).toBeUndefined();
  });
});

describe('endEmployment', () => {
  let manager: Actor;
  let leaver: Actor;
  let report: Actor;

  beforeEach(async () => {
    manager = await cast.join(organization, { name: 'Manager' });
    leaver = await cast.join(organization, { name: 'Leaver', hiredOn: '2020-01-01' });
    report = await cast.join(organization, { name: 'Report' });
    await world.line(leaver, manager);
    await world.line(report, leaver);
  });

  const end = (leftOn: string | null) => mutate(admin, 'endEmployment', { id: leaver.id, leftOn });

  it('shows a future last day only to the person and PEOPLE_ADMIN, in every query', async () => {
    await end(day(10));
    const seen = async (as: Actor): Promise<unknown[]> => {
      const [own, below] = [await entry(leaver, as), await entry(report, as)];
      return [own.leftOn, own.reportingLines[0]?.lastDay, below.reportingLines[0]?.lastDay];
    };
    expect(await seen(admin)).toEqual([day(10), day(10), day(10)]);
    expect(await seen(leaver)).toEqual([day(10), day(10), day(10)]);
    for (const as of [manager, report, colleague]) expect(await seen(as)).toEqual([null, null, null]);
    const auditor = await cast.join(organization);
    await world.role(auditor, 'AUDITOR');
    expect(await seen(auditor)).toEqual([null, null, null]);
    // Nor from the audit trail: it is a change like any other.
    expect(await auditor.get('{ organization { auditTrail { nodes { action subjectLabel } } } }')).toEqual({
      organization: {
        auditTrail: { nodes: [{ action: 'PERSON_CHANGED', subjectLabel: `Person ${leaver.id}` }] },
      },
    });
    // Until then nothing else changes.
    expect(await entry(report, colleague)).toMatchObject({ manager: { name: 'Leaver' } });
  });

  it('shows the last day on that day, and closes the lines the day after', async () => {
    await end(day(0));
    expect(await entry(leaver, colleague)).toMatchObject({ leftOn: day(0), manager: { name: 'Manager' } });
    await end(day(-1));
    expect(await entry(leaver, colleague)).toMatchObject({
      leftOn: day(-1),
      manager: null,
      directReports: { nodes: [] },
      reportingLines: [{ lastDay: day(-1) }],
    });
    expect(await entry(report, colleague)).toMatchObject({
      manager: null,
      reportingLines: [{ lastDay: day(-1) }],
    });
  });

  it('can be moved and taken back: lines go on that nothing else ended', async () => {
    await end(day(-3));
    const [next] = [await cast.join(organization, { name: 'Next' })];
    await mutate(admin, 'changeReportingLine', { id: report.id, managerId: next.id });
    await end(null);
    expect(await entry(leaver, colleague)).toMatchObject({
      leftOn: null,
      manager: { name: 'Manager' },
      directReports: { nodes: [] },
      reportingLines: [{ lastDay: null }],
    });
    // The report has another manager from today on; until then it was the one who stays after all.
    expect((await entry(report, colleague)).reportingLines).toMatchObject([
      { manager: { name: 'Next' }, startsOn: day(0), lastDay: null },
      { manager: { name: 'Leaver' }, lastDay: day(-1) },
    ]);
    await end(day(10));
    await end(day(20));
    expect((await entry(leaver, admin)).reportingLines).toMatchObject([{ lastDay: day(20) }]);
    await end(null);
    expect((await entry(leaver, admin)).reportingLines).toMatchObject([{ lastDay: null }]);
  });

  it('keeps a line from beginning that was planned for afterwards, and lets it begin when taken back', async () => {
    await mutate(admin, 'changeReportingLine', {
      id: leaver.id,
      managerId: colleague.id,
      startsOn: day(30),
    });
    await end(day(10));
    expect((await entry(leaver, admin)).reportingLines).toMatchObject([{ lastDay: day(10) }]);
    expect((await entry(leaver, leaver)).reportingLines).toHaveLength(1);
    // The planned manager must not learn of the leaving from it.
    expect((await entry(leaver, colleague)).reportingLines).toMatchObject([
      { startsOn: day(30), lastDay: null },
      { lastDay: null },
    ]);
    await end(null);
    expect((await entry(leaver, admin)).reportingLines).toMatchObject([
      { startsOn: day(30), lastDay: null },
      { lastDay: day(29) },
    ]);
  });

  it('refuses a last day before the first, and strangers', async () => {
    expect(await end('2019-12-31')).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.leftOn' }],
    });
    const stranger = await world.person(await world.organization());
    expect(await mutate(admin, 'endEmployment', { id: stranger.id, leftOn: day(1) })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await mutate(admin, 'endEmployment', { id: leaver.id })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await end(day(1));
    expect(await mutate(admin, 'updatePerson', { id: leaver.id, hiredOn: day(2) })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('takes from nobody that they have left already, of themselves', async () => {
    const mine = (leftOn: string) => mutate(admin, 'endEmployment', { id: admin.id, leftOn });
    expect(await mine(day(-1))).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.leftOn' }],
    });
    expect((await mine(day(1))).code).toBeUndefined();
    expect((await end(day(-1))).code).toBeUndefined();
  });
});

describe('roles', () => {
  let organizationAdmin: Actor;

  beforeEach(async () => {
    organizationAdmin = await cast.join(organization, { name: 'Olu' });
    await world.role(organizationAdmin, 'ORGANIZATION_ADMIN');
  });

  const ROLES = 'person { id } roles';

  it('are granted to others, shown, and revoked', async () => {
    const grant = { personId: colleague.id, role: 'AUDITOR' };
    expect((await mutate(organizationAdmin, 'grantRole', grant, ROLES)).done).toEqual({
      person: { id: colleague.id },
      roles: ['AUDITOR'],
    });
    await mutate(organizationAdmin, 'grantRole', grant, ROLES);
    expect(await colleague.get('{ viewer { roles } }')).toEqual({ viewer: { roles: ['AUDITOR'] } });
    const holders = '{ organization { roleHolders { role person { name } } } }';
    expect(await organizationAdmin.get(holders)).toEqual({
      organization: {
        roleHolders: [
          { role: 'AUDITOR', person: { name: 'Curious Colleague' } },
          { role: 'ORGANIZATION_ADMIN', person: { name: 'Olu' } },
          { role: 'PEOPLE_ADMIN', person: { name: 'Pat Admin' } },
        ],
      },
    });
    expect(await admin.refusal(holders)).toBe('NOT_PERMITTED');
    expect((await mutate(organizationAdmin, 'revokeRole', grant, ROLES)).done).toMatchObject({ roles: [] });
    await mutate(organizationAdmin, 'revokeRole', grant, ROLES);
    expect((await trail()).map(({ action, subject }) => [action, subject])).toEqual([
      ['ROLE_GRANTED', `Person ${colleague.id}: AUDITOR`],
      ['ROLE_REVOKED', `Person ${colleague.id}: AUDITOR`],
    ]);
  });

  it('are not granted to oneself, to strangers or to those who have left', async () => {
    const grant = (personId: string) =>
      mutate(organizationAdmin, 'grantRole', { personId, role: 'PEOPLE_ADMIN' }, ROLES);
    expect((await grant(organizationAdmin.id)).code).toBe('NOT_PERMITTED');
    const stranger = await world.person(await world.organization());
    expect((await grant(stranger.id)).code).toBe('BAD_USER_INPUT');
    await world.leaves(colleague, day(-1));
    expect((await grant(colleague.id)).code).toBe('BAD_USER_INPUT');
    expect(await trail()).toEqual([]);
  });

  it('always leave an ORGANIZATION_ADMIN, also when two resign at once', async () => {
    const resign = (who: Actor) =>
      mutate(who, 'revokeRole', { personId: who.id, role: 'ORGANIZATION_ADMIN' }, ROLES);
    expect((await resign(organizationAdmin)).code).toBe('CONFLICT');
    // Somebody who has left does not count.
    const gone = await world.person(organization);
    await world.role(gone, 'ORGANIZATION_ADMIN');
    await world.leaves(gone, day(-1));
    expect((await resign(organizationAdmin)).code).toBe('CONFLICT');
    const second = await cast.join(organization);
    await world.role(second, 'ORGANIZATION_ADMIN');
    const codes = await Promise.all([resign(organizationAdmin), resign(second)]);
    expect(codes.map(({ code }) => code).sort()).toEqual(['CONFLICT', undefined]);
  });
});

describe('settings and names', () => {
  it('lets the responsible roles change settings and names, and keeps ids when renaming', async () => {
    await world.role(admin, 'ORGANIZATION_ADMIN');
    const settings = 'organization { settings { timeZone leadersShareFirst purpose } }';
    expect(await colleague.get(`{ ${settings} }`)).toMatchObject({
      organization: { settings: { timeZone: 'Europe/Lisbon', leadersShareFirst: true } },
    });
    const changed = await mutate(
      admin,
      'updateSettings',
      { timeZone: 'Africa/Lagos', leadersShareFirst: false },
      settings,
    );
    expect(changed.done).toMatchObject({
      organization: { settings: { timeZone: 'Africa/Lagos', leadersShareFirst: false } },
    });
    await mutate(admin, 'updateSettings', { leadersShareFirst: false }, settings);

    const [tools, sales] = [
      await world.department(organization, 'Tools'),
      await world.department(organization, 'Sales'),
    ];
    const kyoto = await world.location(organization, 'Kyoto');
    const named = 'organization { departments { id name } locations { id name } }';
    expect((await mutate(admin, 'renameDepartment', { id: tools.id, name: 'Workshop' }, named)).done).toEqual(
      {
        organization: {
          departments: [
            { id: sales.id, name: 'Sales' },
            { id: tools.id, name: 'Workshop' },
          ],
          locations: [{ id: kyoto.id, name: 'Kyoto' }],
        },
      },
    );
    expect(await mutate(admin, 'renameDepartment', { id: tools.id, name: 'SALES' }, named)).toMatchObject({
      code: 'CONFLICT',
      conflictingId: sales.id,
    });
    expect(
      (await mutate(admin, 'renameLocation', { id: kyoto.id, name: 'Kyōto' }, named)).code,
    ).toBeUndefined();
    const elsewhere = await world.location(await world.organization());
    expect((await mutate(admin, 'renameLocation', { id: elsewhere.id, name: 'X' }, named)).code).toBe(
      'NOT_FOUND',
    );
    expect((await trail()).map(({ action, subject }) => [action, subject])).toEqual([
      ['SETTINGS_CHANGED', 'timeZone'],
      ['SETTINGS_CHANGED', 'leadersShareFirst'],
      ['DEPARTMENT_RENAMED', `Department ${tools.id}`],
      ['LOCATION_RENAMED', `Location ${kyoto.id}`],
    ]);
  });

  it('merges a department into another, and removes it', async () => {
    const [tools, workshop] = [
      await world.department(organization, 'Tools'),
      await world.department(organization, 'Workshop'),
    ];
    const person = await world.person(organization, { departmentId: tools.id });
    const departments = 'organization { departments { id } }';
    const merge = (input: Record<string, unknown>) => mutate(admin, 'mergeDepartments', input, departments);
    const elsewhere = await world.department(await world.organization());
    expect((await merge({ id: tools.id, intoId: tools.id })).fields?.[0]?.path).toBe('input.intoId');
    expect((await merge({ id: tools.id, intoId: elsewhere.id })).fields?.[0]?.path).toBe('input.intoId');
    expect((await merge({ id: elsewhere.id, intoId: tools.id })).code).toBe('NOT_FOUND');
    expect((await merge({ id: tools.id, intoId: workshop.id })).done).toEqual({
      organization: { departments: [{ id: workshop.id }] },
    });
    expect(
      await colleague.get('query ($id: ID!) { person(id: $id) { department { id } } }', { id: person.id }),
    ).toEqual({ person: { department: { id: workshop.id } } });
    expect(await colleague.get('query ($id: ID!) { node(id: $id) { id } }', { id: tools.id })).toEqual({
      node: null,
    });
    expect(await trail()).toEqual([
      { action: 'DEPARTMENTS_MERGED', subject: `Department ${workshop.id}: ${tools.id}`, actor_id: admin.id },
    ]);
  });

  it('merges a location into another', async () => {
    const [kyoto, lisbon] = [
      await world.location(organization, 'Kyoto'),
      await world.location(organization, 'Lisbon'),
    ];
    const person = await world.person(organization, { locationId: kyoto.id });
    const merged = await mutate(
      admin,
      'mergeLocations',
      { id: kyoto.id, intoId: lisbon.id },
      'organization { locations { name } }',
    );
    expect(merged.done).toEqual({ organization: { locations: [{ name: 'Lisbon' }] } });
    expect(
      await colleague.get('query ($id: ID!) { person(id: $id) { location { name } } }', { id: person.id }),
    ).toEqual({ person: { location: { name: 'Lisbon' } } });
  });

  it('renames the organization, also to the name of another one, and no other organization', async () => {
    await world.role(admin, 'ORGANIZATION_ADMIN');
    const other = await world.organization();
    const rename = (id: string, name: string) =>
      mutate(admin, 'renameOrganization', { id, name }, 'organization { name }');
    expect((await rename(organization.id, other.name)).done).toEqual({ organization: { name: other.name } });
    expect((await rename(other.id, 'Mine')).code).toBe('NOT_FOUND');
    expect((await rename(organization.id, '\u200b')).code).toBe('BAD_USER_INPUT');
    expect(await trail()).toEqual([
      { action: 'ORGANIZATION_RENAMED', subject: `Organization ${organization.id}`, actor_id: admin.id },
    ]);
  });
});

describe('auditTrail', () => {
  interface Trail {
    organization: { auditTrail: { nodes: { action: string; subjectLabel: string; subject: unknown }[] } };
  }
  const TRAIL = `query ($action: [AuditAction!], $actorId: ID, $from: Date, $to: Date) {
    organization { auditTrail(action: $action, actorId: $actorId, from: $from, to: $to) {
      nodes { action subjectLabel subject { __typename id } } } } }`;

  it('is filtered by action, actor and day, and names what an action was applied to', async () => {
    const auditor = await cast.join(organization);
    await world.role(auditor, 'AUDITOR');
    const second = await cast.join(organization);
    await world.role(second, 'PEOPLE_ADMIN');
    const [tools, sales] = [
      await world.department(organization, 'Tools'),
      await world.department(organization, 'Sales'),
    ];
    await mutate(admin, 'updatePerson', { id: colleague.id, title: 'Editor' });
    await mutate(admin, 'renameDepartment', { id: tools.id, name: 'Workshop' }, 'organization { id }');
    await mutate(second, 'mergeDepartments', { id: tools.id, intoId: sales.id }, 'organization { id }');
    const read = async (filter: Record<string, unknown>): Promise<unknown[]> => {
      const { organization: found } = await auditor.get<Trail>(TRAIL, filter);
      return found.auditTrail.nodes.map(({ action, subject }) => [action, subject]);
    };
    const merged = ['DEPARTMENTS_MERGED', { __typename: 'Department', id: sales.id }];
    const renamed = ['DEPARTMENT_RENAMED', null];
    const changed = ['PERSON_CHANGED', { __typename: 'Person', id: colleague.id }];
    expect(await read({})).toEqual([merged, renamed, changed]);
    expect(await read({ action: ['PERSON_CHANGED', 'DEPARTMENTS_MERGED'] })).toEqual([merged, changed]);
    expect(await read({ actorId: second.id })).toEqual([merged]);
    expect(await read({ from: day(0), to: day(0) })).toHaveLength(3);
    expect(await read({ from: day(1) })).toEqual([]);
    expect(await read({ to: day(-1) })).toEqual([]);
    const { organization: found } = await auditor.get<Trail>(TRAIL, { action: ['DEPARTMENT_RENAMED'] });
    expect(found.auditTrail.nodes).toMatchObject([{ subjectLabel: `Department ${tools.id}` }]);
    expect(await admin.refusal(TRAIL)).toBe('NOT_PERMITTED');
  });
});

describe('Viewer', () => {
  it('is a node that only the viewer can read', async () => {
    const { viewer } = await colleague.get<{ viewer: { id: string } }>('{ viewer { id } }');
    const node = 'query ($id: ID!) { node(id: $id) { __typename id ... on Viewer { person { id } } } }';
    expect(await colleague.get(node, { id: viewer.id })).toEqual({
      node: { __typename: 'Viewer', id: viewer.id, person: { id: colleague.id } },
    });
    expect(await admin.get(node, { id: viewer.id })).toEqual({ node: null });
    expect(viewer.id).not.toBe(colleague.id);
  });
});
