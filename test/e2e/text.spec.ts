import { hours, World, type TestOrganization } from '../factories/world.js';
import { PEOPLE_COLUMNS, peopleCsv, type PeopleCsvRow } from '../factories/people-csv.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

const PASSWORD = 'violet tram nods';
const FAMILY = '👨‍👩‍👧‍👦';

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let admin: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization({ name: 'Café\u0301'.normalize('NFC') });
  admin = await cast.join(organization, { name: 'Pat Admin' });
  await world.role(admin, 'PEOPLE_ADMIN');
  await world.role(admin, 'ORGANIZATION_ADMIN');
});
afterAll(() => app.close());

const PERSON = 'person { id name title email department { id name } location { id name } }';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly department: { readonly id: string; readonly name: string } | null;
  readonly location: { readonly id: string; readonly name: string } | null;
}

async function create(input: Record<string, unknown>): Promise<Person> {
  const { createPerson } = await admin.get<{ createPerson: { person: Person } }>(
    `mutation ($input: CreatePersonInput!) { createPerson(input: $input) { ${PERSON} } }`,
    { input },
  );
  return createPerson.person;
}

async function update(input: Record<string, unknown>): Promise<Person> {
  const { updatePerson } = await admin.get<{ updatePerson: { person: Person } }>(
    `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { ${PERSON} } }`,
    { input },
  );
  return updatePerson.person;
}

/** It is in no answer: it is the organization's people system that knows somebody by it. */
async function externalIdOf({ id }: Person): Promise<string | undefined> {
  const { rows } = await app.database.query<{ external_id: string }>(
    'select external_id from person where id = $1',
    [id],
  );
  return rows[0]?.external_id;
}

/** The fields that an operation is refused for. */
async function refused(who: Actor, query: string, input: Record<string, unknown>): Promise<unknown> {
  const { errors } = await who.ask(query, { input });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  return errors[0]?.extensions.fields;
}

const CREATE_PERSON =
  'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }';
const CREATE_GOAL = `mutation ($input: CreatePersonalGoalInput!) {
  createPersonalGoal(input: $input) { personalGoal { id title why ownerView { area } } } }`;

describe('names, titles and ids', () => {
  it('stores names, titles and IDs in NFC, without invisible characters', async () => {
    const person = await create({
      name: '\u200bA\u001b[1mda\u202e Zu\u0308rich\u00ad ',
      title: 'Tech\u2066nician\tIII',
      externalId: ' E\ufeff-17 ',
    });
    expect(person).toMatchObject({ name: 'A[1mda Zürich', title: 'Technician III' });
    expect(await externalIdOf(person)).toBe('E-17');
    const goal = await admin.get<{ createPersonalGoal: { personalGoal: object } }>(CREATE_GOAL, {
      input: { title: `Cafe\u0301 ${FAMILY}\u200b`, area: 'Fami\u00adly' },
    });
    expect(goal.createPersonalGoal.personalGoal).toMatchObject({
      title: `Café ${FAMILY}`,
      ownerView: { area: 'Family' },
    });
  });

  it.each(['\u200b', '\u00ad\u2060 ', '\u202e', '\u001b', '\u3164'])(
    'refuses names and titles without visible characters: %j',
    async (name) => {
      expect(await refused(admin, CREATE_PERSON, { name })).toEqual([
        { path: 'input.name', code: 'REQUIRED', message: 'Name must not be blank.' },
      ]);
      expect(await refused(admin, CREATE_GOAL, { title: name })).toEqual([
        { path: 'input.title', code: 'REQUIRED', message: 'Title must not be blank.' },
      ]);
    },
  );

  it('keeps the joiners of words and emoji in titles', async () => {
    const name = 'می\u200cخواهم 👩🏽‍🚀';
    expect((await create({ name })).name).toBe(name);
  });

  it('counts the characters of titles and names as a reader does, in every field', async () => {
    const title = FAMILY.repeat(200);
    const { createPersonalGoal } = await admin.get<{ createPersonalGoal: { personalGoal: { id: string } } }>(
      CREATE_GOAL,
      {
        input: { title, area: FAMILY.repeat(100), measure: { unit: FAMILY.repeat(50), start: 0, target: 1 } },
      },
    );
    expect(createPersonalGoal.personalGoal).toMatchObject({ title });
    expect(await refused(admin, CREATE_GOAL, { title: `${title}${FAMILY}` })).toEqual([
      { path: 'input.title', code: 'TOO_LONG', message: 'Title must be at most 200 characters.' },
    ]);
    const milestones = await admin.get<{ setMilestones: { personalGoal: { milestones: unknown } } }>(
      'mutation ($input: SetMilestonesInput!) { setMilestones(input: $input) { ... on PersonalGoalPayload { personalGoal { milestones { title } } } } }',
      { input: { id: createPersonalGoal.personalGoal.id, version: 1, milestones: [{ title }] } },
    );
    expect(milestones.setMilestones.personalGoal.milestones).toEqual([{ title }]);
    const cycle = await admin.get<{ createCycle: { cycle: { id: string } } }>(
      'mutation ($input: CreateCycleInput!) { createCycle(input: $input) { cycle { id } } }',
      { input: { name: 'क्षि'.repeat(100), startsOn: '2026-01-01', endsOn: '2026-03-31' } },
    );
    const business = await admin.get<{ createBusinessGoal: { businessGoal: unknown } }>(
      `mutation ($input: CreateBusinessGoalInput!) { createBusinessGoal(input: $input) {
        businessGoal { title keyResults { title unit } } } }`,
      {
        input: {
          title,
          cycleId: cycle.createCycle.cycle.id,
          keyResults: [{ title, unit: FAMILY.repeat(50), start: 0, target: 1 }],
        },
      },
    );
    expect(business.createBusinessGoal.businessGoal).toEqual({
      title,
      keyResults: [{ title, unit: FAMILY.repeat(50) }],
    });
    const person = await create({ name: 'ไ'.repeat(200), externalId: '한'.repeat(200), title });
    expect(person).toMatchObject({ name: 'ไ'.repeat(200), title });
    expect(await externalIdOf(person)).toBe('한'.repeat(200));
  });

  it.each(['name', 'department', 'location', 'externalId'])(
    'refuses a %s that is too large for an index',
    async (field) => {
      const input = { name: 'Ann', [field]: '\ufdfa'.repeat(200) };
      expect(await refused(admin, CREATE_PERSON, input)).toEqual([
        {
          path: `input.${field}`,
          code: 'TOO_LONG',
          message: expect.stringMatching(/^[A-Z].* must be at most 2,400 bytes in UTF-8\.$/) as unknown,
        },
      ]);
      // One byte less than an index may hold.
      const fits = { name: 'Ann', [field]: `${'\ufdfa'.repeat(72)}${'x'.repeat(12)}` };
      expect((await admin.ask(CREATE_PERSON, { input: fits })).errors).toEqual([]);
    },
  );
});

describe('Markdown', () => {
  it('stores Markdown in NFC and otherwise as written', async () => {
    const why = `Zu\u0308rich\r\n\n\t- \u202bשלום\u202c  \u200b${FAMILY}`;
    const { createPersonalGoal } = await admin.get<{ createPersonalGoal: { personalGoal: { why: string } } }>(
      CREATE_GOAL,
      { input: { title: 'Why', why } },
    );
    expect(createPersonalGoal.personalGoal.why).toBe(why.normalize('NFC'));
    expect(createPersonalGoal.personalGoal.why).not.toBe(why);
  });

  it.each([
    ['\0', 'Reason why it matters must not contain the character NUL.'],
    ['\ud83d', 'Reason why it matters must be well-formed Unicode.'],
  ])('refuses Markdown with %j, naming the field', async (character, message) => {
    const [field] = (await refused(admin, CREATE_GOAL, { title: 'Why', why: `a${character}b` })) as [unknown];
    expect(field).toEqual({ path: 'input.why', code: 'INVALID', message });
  });

  it('limits the length of Markdown after normalization, like the database', async () => {
    // U+0958 is two code points in NFC.
    const why = '\u0958'.repeat(10_000);
    const made = await admin.get<{ createPersonalGoal: { personalGoal: { why: string } } }>(CREATE_GOAL, {
      input: { title: 'Why', why },
    });
    expect(Array.from(made.createPersonalGoal.personalGoal.why)).toHaveLength(20_000);
    expect(await refused(admin, CREATE_GOAL, { title: 'Why', why: `${why}\u0958` })).toEqual([
      {
        path: 'input.why',
        code: 'TOO_LONG',
        message: expect.stringMatching(/at most 20,?000 characters/) as unknown,
      },
    ]);
  });
});

describe('departments and locations that look alike', () => {
  const ALIKE = [
    'Café Support',
    'Cafe\u0301 Support',
    'CAFÉ\u00a0SUPPORT',
    'ｃafé  support',
    'Café Sup\u200bport',
  ];

  it.each(['department', 'location'] as const)(
    'treats spellings that look alike as one %s',
    async (field) => {
      const [first, ...others] = ALIKE;
      const { [field]: place } = await create({ name: 'Ann', [field]: first });
      for (const [index, name] of others.entries()) {
        const person = await create({ name: `Ann ${String(index)}`, [field]: name });
        expect(person[field]).toEqual(place);
        expect((await update({ id: person.id, [field]: name }))[field]).toEqual(place);
      }
      // An accent makes another name.
      expect((await create({ name: 'Ann', [field]: 'Cafe Support' }))[field]?.id).not.toBe(place?.id);
    },
  );

  it('refuses to rename a department to a name that looks like another, except its own', async () => {
    const sales = (await create({ name: 'Ann', department: 'Sales' })).department;
    const tools = (await create({ name: 'Ben', department: 'Tools' })).department;
    const rename =
      'mutation ($input: RenameInput!) { renameDepartment(input: $input) { organization { id } } }';
    const { errors } = await admin.ask(rename, { input: { id: tools?.id, name: 'SALES\u200b' } });
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'CONFLICT', conflictingId: sales?.id },
    ]);
    expect((await admin.ask(rename, { input: { id: sales?.id, name: 'SALES' } })).errors).toEqual([]);
  });

  it('treats names that look alike as one in an imported file and the directory', async () => {
    const before = await create({ name: 'Cem', externalId: 'cem', department: 'Übersee', location: 'Köln' });
    const row = (values: Partial<PeopleCsvRow>): PeopleCsvRow => ({
      ...(Object.fromEntries(PEOPLE_COLUMNS.map((column) => [column, ''])) as PeopleCsvRow),
      ...values,
    });
    const csv = peopleCsv([
      row({ external_id: 'i1', name: 'I One', department: 'U\u0308BERSEE', location: 'Ko\u0308ln' }),
      row({ external_id: 'i2', name: 'I Two', department: 'New Team', location: 'KÖLN\u200b' }),
      row({ external_id: 'i3', name: 'I Three', department: 'new  team', location: 'Köln' }),
    ]);
    const { importPeople } = await admin.get<{ importPeople: { importReport: { errors: unknown[] } } }>(
      `mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { errors { line message } } } }`,
      { input: { csv, dryRun: false } },
    );
    expect(importPeople.importReport.errors).toEqual([]);
    const { rows } = await app.database.query<{
      external_id: string;
      department_id: string;
      location_id: string;
    }>(
      `select external_id, department_id, location_id from person
       where organization_id = $1 and external_id in ('i1', 'i2', 'i3') order by external_id`,
      [organization.id],
    );
    expect(rows.map(({ location_id }) => location_id)).toEqual(Array(3).fill(before.location?.id));
    expect(rows[0]?.department_id).toBe(before.department?.id);
    expect(rows[1]?.department_id).toEqual(expect.any(String));
    expect(rows[2]?.department_id).toBe(rows[1]?.department_id);
  });
});

describe('external ids that look alike', () => {
  it('treats external IDs that look alike as one', async () => {
    await create({ name: 'Dora', externalId: 'A17' });
    for (const externalId of ['a17', 'A17\u200b', 'Ａ１７', ' a17 ']) {
      expect(await refused(admin, CREATE_PERSON, { name: 'Twin', externalId })).toEqual([
        {
          path: 'input.externalId',
          code: expect.any(String) as string,
          message: 'External ID belongs to another person.',
        },
      ]);
    }
    // Another ID, and probably the same person: it must be confirmed.
    const other = { name: 'Other', externalId: 'A 17', allowSimilarIds: true };
    expect(await externalIdOf(await create(other))).toBe('A 17');
  });
});

describe('e-mail addresses', () => {
  const FORMS = [
    ' josé@bücher.example\n',
    'JOSE\u0301@xn--bcher-kva.example',
    'ｊosé＠bu\u0308cher。example',
  ];

  it('treats all spellings of an e-mail address as one in the directory', async () => {
    const person = await create({ name: 'José', email: FORMS[0] });
    expect(person.email).toBe('josé@bücher.example');
    for (const email of FORMS) {
      expect(await refused(admin, CREATE_PERSON, { name: 'Twin', email })).toEqual([
        {
          path: 'input.email',
          code: expect.any(String) as string,
          message: 'E-mail address belongs to another person in the directory.',
        },
      ]);
      expect((await update({ id: person.id, email })).email).not.toBeNull();
    }
    // An accent makes another address.
    expect((await create({ name: 'Jose', email: 'jose@bücher.example' })).email).toBe('jose@bücher.example');
  });

  it('accepts every spelling of an e-mail address for signing in, and sends one link for one account', async () => {
    const person = await create({ name: 'Zoë', email: 'zoë@ünder.example' });
    const invited = await admin.ask(
      'mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { invitations { id } } }',
      { input: { personIds: [person.id] } },
    );
    expect(invited.errors).toEqual([]);
    const { token } = await app.mailbox.next('zoë@ünder.example', 'invitation');
    const accepted = await app.graphql(
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }',
      { input: { token, password: PASSWORD } },
    );
    expect(accepted.errors).toEqual([]);
    for (const email of [
      ' zoë@ünder.example ',
      'ZOE\u0308@xn--nder-zra.example',
      'zoë＠ünder.example',
      'Zoë@U\u0308NDER.example',
    ]) {
      const signedIn = await app.graphql<{ signIn: { viewer: { person: { id: string } } } }>(
        'mutation ($input: SignInInput!) { signIn(input: $input) { viewer { person { id } } } }',
        { input: { email, password: PASSWORD } },
      );
      expect([email, signedIn.errors]).toEqual([email, []]);
      expect(signedIn.data?.signIn.viewer.person.id).toBe(person.id);
    }
  });

  it('treats different spellings of an address as one when signing in, requesting a link and changing the address', async () => {
    const email = 'νίκος@bücher.test';
    const person = await world.person(organization, { name: 'Nikos', email });
    const token = await world.signIn(person);
    // σ and ς: one address here, though a mail server may have two mailboxes. The link goes to the one that signs in.
    const spelling = 'ΝΊΚΟΣ@xn--bcher-kva.test';
    const reset = await app.graphql(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { email } }',
      { input: { email: spelling } },
    );
    expect(reset.errors).toEqual([]);
    expect((await app.mailbox.next(email, 'password')).to).toBe(email);
    const change = await app.graphql(
      'mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { changed } }',
      { input: { email: spelling, password: PASSWORD } },
      token,
    );
    expect(change.errors[0]?.extensions.fields).toEqual([
      {
        path: 'input.email',
        code: expect.any(String) as string,
        message: 'E-mail address is already your sign-in address.',
      },
    ]);
    const codes: unknown[] = [];
    for (const tried of [email, spelling, email, spelling, email, spelling]) {
      const { errors } = await app.graphql(
        'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
        {
          input: { email: tried, password: 'not the password' },
        },
      );
      codes.push(errors[0]?.extensions.code);
    }
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    expect(codes.slice(0, -1)).not.toContain('RATE_LIMITED');
  });
});

describe('search', () => {
  const NAMES: [string, ...string[]][] = [
    ['Øyvind Hansen', 'oyvind', 'ØYVIND', 'øyv'],
    ['Łukasz Dąbrowski', 'lukasz', 'dabrowski'],
    ['Jürgen Weiß', 'weiss', 'jurgen', 'WEISS', 'weiß'],
    ['Ayşe IŞIK', 'isik', 'ayse', 'ışık', 'işik'],
    ['Łódź Office', 'lodz'],
    ['Ægir Þórsson', 'aegir', 'thorsson'],
    ['Đorđe Ħal', 'dorde', 'hal'],
    ['Plön Person', 'plo\u0308n', 'plon', 'PLÖN'],
    ['Siobhán O’Brien', "o'brien", 'siobhan'],
  ];

  it.each(NAMES)('finds %s', async (name, ...searches) => {
    const { id } = await create({ name });
    for (const search of searches) {
      const { people } = await admin.get<{ people: { nodes: { id: string }[] } }>(
        'query ($search: String) { people(search: $search) { nodes { id } } }',
        { search },
      );
      expect([search, people.nodes.map((one) => one.id)]).toEqual([search, [id]]);
    }
  });

  it('finds texts of conversations with the same folding as names', async () => {
    const other = await cast.join(organization);
    const pair = await world.oneToOne(admin, other);
    const talk = await world.conversation(pair, { scheduledAt: hours(5) });
    const add =
      'mutation ($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint { id } } }';
    const written = await admin.ask(add, {
      input: {
        target: { conversationId: talk.id },
        text: 'Visit Zu\u0308rich\nand Łódź, ask Øyvind about Straße',
        draft: false,
      },
    });
    expect(written.errors).toEqual([]);
    for (const text of ['Zürich', 'zurich', 'zu\u0308rich AND lodz', 'oyvind', 'strasse', 'STRASSE']) {
      const { oneToOne } = await admin.get<{ oneToOne: { search: { nodes: { id: string }[] } } }>(
        'query ($id: ID!, $text: String!) { oneToOne(id: $id) { search(text: $text) { nodes { id } } } }',
        { id: pair.id, text },
      );
      expect([text, oneToOne.search.nodes]).toEqual([text, [{ id: talk.id }]]);
    }
  });
});
