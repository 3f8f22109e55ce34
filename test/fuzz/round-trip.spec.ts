import { cleanLine } from '#common';
import { PEOPLE_COLUMNS, peopleCsv, peopleCsvRows } from '../factories/people-csv.js';
import { World, type TestPerson } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from '../e2e/app.js';
import { HOSTILE_TEXTS } from './hostile-values.js';

/*
 * Texts at their limits, wherever there are words: what was taken comes back as it is to be stored (docs/decisions/0044-text-normalization.md), and what is not taken is refused by an
 * error that names the field.
 */

interface Written {
  readonly id: string;
}

/** Somewhere to write words, and to read them again. */
interface Place {
  readonly what: string;
  /** The most characters; a text of several lines where there is room for more than a title. */
  readonly longest: number;
  readonly field: string;
  readonly write: (text: string) => Promise<Answer<{ result?: Written }>>;
  readonly read: (id: string) => Promise<unknown>;
}

let app: TestApp;
let world: World;
let token: string;
let me: TestPerson;
let goalId: string;
let conversationId: string;
let businessGoalId: string;
let cycleId: string;

beforeAll(async () => {
  app = await startApp({ COST_PER_MINUTE: '0' });
  world = new World(app.database);
  const organization = await world.organization();
  me = await world.person(organization, { name: 'Mina' });
  const other = await world.person(organization, { name: 'Otto' });
  await world.role(me, 'PEOPLE_ADMIN');
  await world.role(me, 'ORGANIZATION_ADMIN');
  token = await world.signIn(me);
  goalId = (await world.goal(me)).id;
  conversationId = (await world.conversation(await world.oneToOne(me, other))).id;
  const cycle = await world.cycle(organization);
  cycleId = cycle.id;
  businessGoalId = (await world.businessGoal(me, cycle)).id;
});
afterAll(() => app.close());

const ask = <Data>(query: string, variables: Record<string, unknown>): Promise<Answer<Data>> =>
  app.graphql<Data>(query, variables, token);

/** Runs a mutation whose field is called `result`; its payload holds what was written as `of`. */
async function mutate(
  mutation: string,
  inputType: string,
  of: string,
  input: Record<string, unknown>,
  /** The member of a union result that holds `of`. */
  payload?: string,
): Promise<Answer<{ result?: Written }>> {
  const selection = payload === undefined ? `${of} { id }` : `... on ${payload} { ${of} { id } }`;
  const query = `mutation ($input: ${inputType}!) { result: ${mutation}(input: $input) { ${selection} } }`;
  const answer = await ask<{ result?: Record<string, Written> }>(query, { input });
  const written = answer.data?.result?.[of];
  return { ...answer, data: written === undefined ? null : { result: written } };
}

/** Reads fields of a node: `title` or `sharedNotes.text`. */
async function read(type: string, id: string, path: string): Promise<unknown> {
  const names = path.split('.');
  const selection = names.reduceRight((inner, name) => (inner === '' ? name : `${name} { ${inner} }`), '');
  const { data } = await ask<{ node: unknown }>(
    `query ($id: ID!) { node(id: $id) { ... on ${type} { ${selection} } } }`,
    { id },
  );
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | null)?.[name],
    data?.node,
  );
}

const goal = (field: string, longest: number): Place => ({
  what: `the ${field} of a personal goal`,
  longest,
  field,
  write: (text) =>
    mutate('createPersonalGoal', 'CreatePersonalGoalInput', 'personalGoal', { title: 'Goal', [field]: text }),
  read: (id) => read('PersonalGoal', id, field === 'area' ? 'ownerView.area' : field),
});

const businessGoal = (field: string, longest: number): Place => ({
  what: `the ${field} of a business goal`,
  longest,
  field,
  write: (text) =>
    mutate('createBusinessGoal', 'CreateBusinessGoalInput', 'businessGoal', {
      title: 'Goal',
      cycleId,
      [field]: text,
    }),
  read: (id) => read('BusinessGoal', id, field),
});

const person = (field: string): Place => ({
  what: `the ${field} of a person`,
  longest: 200,
  field,
  write: (text) => mutate('createPerson', 'CreatePersonInput', 'person', { name: 'Somebody', [field]: text }),
  read: (id) => read('Person', id, ['department', 'location'].includes(field) ? `${field}.name` : field),
});

const barrier = (field: string, longest: number): Place => ({
  what: `the ${field} of a barrier`,
  longest,
  field,
  write: (text) =>
    mutate('raiseBarrier', 'RaiseBarrierInput', 'barrier', {
      title: 'Barrier',
      hindersCustomers: false,
      [field]: text,
    }),
  read: (id) => read('Barrier', id, field),
});

let notesVersion = 0;
let privateVersion = 0;

const PLACES: readonly Place[] = [
  goal('title', 200),
  goal('area', 100),
  goal('why', 20_000),
  businessGoal('title', 200),
  businessGoal('description', 20_000),
  barrier('title', 200),
  barrier('description', 20_000),
  barrier('proposedRemedy', 20_000),
  person('name'),
  person('title'),
  person('department'),
  person('location'),
  {
    what: 'an update',
    longest: 20_000,
    field: 'text',
    write: (text) =>
      mutate('addPersonalGoalUpdate', 'AddPersonalGoalUpdateInput', 'personalGoalUpdate', { goalId, text }),
    read: (id) => read('PersonalGoalUpdate', id, 'text'),
  },
  {
    what: 'a check-in',
    longest: 20_000,
    field: 'text',
    write: (text) =>
      mutate(
        'checkInBusinessGoal',
        'CheckInBusinessGoalInput',
        'checkIn',
        { id: businessGoalId, confidence: 3, health: 'ON_TRACK', text },
        'CheckInPayload',
      ),
    read: (id) => read('CheckIn', id, 'text'),
  },
  {
    what: 'a point',
    longest: 20_000,
    field: 'text',
    write: (text) =>
      mutate('addTalkingPoint', 'AddTalkingPointInput', 'talkingPoint', { target: { conversationId }, text }),
    read: (id) => read('TalkingPoint', id, 'text'),
  },
  {
    what: 'a promise',
    longest: 20_000,
    field: 'text',
    write: (text) =>
      mutate('addActionItem', 'AddActionItemInput', 'actionItem', {
        target: { conversationId },
        ownerId: me.id,
        text,
      }),
    read: (id) => read('ActionItem', id, 'text'),
  },
  {
    what: 'shared notes',
    longest: 20_000,
    field: 'text',
    write: async (text) => {
      const input = { conversationId, version: notesVersion, text };
      const query = `mutation ($input: WriteSharedNotesInput!) {
        result: writeSharedNotes(input: $input) { ... on SharedNotesPayload { sharedNotes { id version } } }
      }`;
      type Notes = Written & { readonly version: number };
      const answer = await ask<{ result?: { sharedNotes?: Notes } }>(query, { input });
      const notes = answer.data?.result?.sharedNotes;
      notesVersion = notes?.version ?? notesVersion;
      return { ...answer, data: notes === undefined ? null : { result: notes } };
    },
    read: () => read('Conversation', conversationId, 'sharedNotes.text'),
  },
  {
    what: 'private notes',
    longest: 20_000,
    field: 'text',
    write: async (text) => {
      const input = { conversationId, version: privateVersion, text };
      const query = `mutation ($input: WritePrivateNotesInput!) {
        result: writePrivateNotes(input: $input) {
          ... on ConversationPayload { conversation { id privateNotes { version } } }
        }
      }`;
      type Conversation = Written & { readonly privateNotes: { readonly version: number } | null };
      const answer = await ask<{ result?: { conversation?: Conversation } }>(query, { input });
      const conversation = answer.data?.result?.conversation;
      privateVersion = conversation?.privateNotes?.version ?? privateVersion;
      return { ...answer, data: conversation === undefined ? null : { result: conversation } };
    },
    // Null until there are some.
    read: async () => (await read('Conversation', conversationId, 'privateNotes.text')) ?? '',
  },
];

/** Whether everybody would expect this text to be taken here. */
function isOrdinary(text: string, longest: number): boolean {
  return (
    text.trim() !== '' &&
    Array.from(text).length <= longest &&
    text.isWellFormed() &&
    !text.includes('\0') &&
    (longest > LONGEST_LINE ? !/[^\P{Cc}\t\n\r]/u.test(text) : !/[\n\r\u2028\u2029]/.test(text))
  );
}

/** The most characters of what is stored on one line, and cleaned; everything else is Markdown. */
const LONGEST_LINE = 200;

const shown = (text: string): string =>
  text.length > 80 ? `${JSON.stringify(text.slice(0, 10))} × ${String(text.length)}` : JSON.stringify(text);

describe.each(PLACES)('$what', ({ longest, field, write, read: readAgain }) => {
  it('comes back as it is to be stored, or is refused by name', async () => {
    const wrong: string[] = [];
    let taken = 0;
    for (const text of HOSTILE_TEXTS) {
      const { data, errors, status } = await write(text);
      const written = data?.result?.id;
      if (errors.length === 0 && written !== undefined) {
        taken += 1;
        const found = await readAgain(written);
        // No words and none at all are one.
        const expected = longest <= LONGEST_LINE ? cleanLine(text) : text.normalize('NFC');
        if (found !== expected && !(text === '' && (found === null || found === ''))) {
          wrong.push(`${shown(text)} came back as ${shown(String(found))}`);
        }
      } else {
        const { code, fields } = errors[0]?.extensions ?? {};
        if (
          status !== 200 ||
          code !== 'BAD_USER_INPUT' ||
          !fields?.some(({ path }) => path.endsWith(`.${field}`))
        ) {
          wrong.push(`${shown(text)} was refused by ${JSON.stringify(errors)}`);
        }
        if (isOrdinary(text, longest)) wrong.push(`${shown(text)} was refused: ${errors[0]?.message ?? ''}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(HOSTILE_TEXTS.length / 2);
  });
});

describe('an import', () => {
  interface Report {
    readonly created: number;
    readonly rows: number;
    readonly errorCount: number;
    readonly errors: readonly {
      readonly line: number;
      readonly column: string | null;
      readonly message: string;
    }[];
  }

  async function send(
    csv: string,
    dryRun = false,
  ): Promise<Answer<{ importPeople: { importReport: Report } }>> {
    return ask(
      `mutation ($csv: String!, $dryRun: Boolean!) { importPeople(input: { csv: $csv, dryRun: $dryRun }) {
        importReport { created rows errorCount errors { line column message } } } }`,
      { csv, dryRun },
    );
  }

  async function report(csv: string, dryRun = true): Promise<Report> {
    const { data, errors } = await send(csv, dryRun);
    if (!data) throw new Error(JSON.stringify(errors));
    return data.importPeople.importReport;
  }

  it('brings names as every name is stored, or names line and column', async () => {
    const [base] = peopleCsvRows(1);
    if (base === undefined) throw new Error('no row');
    const wrong: string[] = [];
    let count = 0;
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const externalId = `text-${String(index)}`;
      const row = { ...base, external_id: externalId, email: `${externalId}@example.com`, name: text };
      const { created, errors } = await report(peopleCsv([row]), false);
      if (created === 1) {
        count += 1;
        const { rows } = await app.database.query<{ name: string }>(
          'select name from person where external_id = $1',
          [externalId],
        );
        const expected = cleanLine(text);
        if (rows[0]?.name !== expected) wrong.push(`${shown(text)} became ${shown(String(rows[0]?.name))}`);
      } else if (!errors.some(({ line, column }) => line === 2 && (column === 'name' || text.length > 200))) {
        wrong.push(`${shown(text)} was refused by ${JSON.stringify(errors)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(HOSTILE_TEXTS.length / 2);
  });

  const header = `${PEOPLE_COLUMNS.join(',')}\n`;
  const file = peopleCsv(peopleCsvRows(3));

  it.each([
    ['a byte order mark', `\ufeff${file}`, 3],
    ['lines that end as on Windows', file.replaceAll('\n', '\r\n'), 3],
    ['lines that end as they once did on a Mac', file.replaceAll('\n', '\r'), 3],
    ['no end of the last line', file.trimEnd(), 3],
    ['empty lines', `${file}\n\n,,,,,,,,\n`, 3],
    ['semicolons, also where a cell holds one', file.replaceAll(',', ';'), 3],
    ['the header alone', header, 0],
    ['the header without an end', header.trimEnd(), 0],
  ])('is read with %s', async (_what, csv, rows) => {
    expect(await report(csv)).toMatchObject({ rows, errorCount: 0, errors: [] });
  });

  it.each([
    ['nothing', '', 1, null],
    ['nothing but line ends', '\n\n\n', 1, null],
    ['a header twice in one', header.replace('name', 'email'), 1, 'email'],
    ['no header', file.slice(header.length), 1, null],
    ['a quotation mark that is never closed', `${file}"`, 5, null],
    ['a quotation mark that is never closed in a long file', `${header}"${'x\n'.repeat(50_000)}`, 2, null],
    ['a quotation mark inside a cell', `${header}1,a"b,,,,,,,\n`, 2, null],
    ['too few cells', `${header}1,2\n`, 2, null],
    ['too many cells', `${header}${','.repeat(1_000)}x\n`, 2, null],
    ['NUL', file.replace('Ana', 'A\0na'), 2, 'name'],
    ['UTF-16 read as if it were UTF-8', Buffer.from(file, 'utf16le').toString('utf8'), 1, null],
    ['Latin-1 read as if it were UTF-8', Buffer.from(file, 'latin1').toString('utf8'), 2, null],
    ['a spreadsheet', 'PK\u0003\u0004\u0014\0\u0006\0', 1, null],
  ])('refuses %s by its line', async (_what, csv, line, column) => {
    const { errors, errorCount } = await report(csv);
    expect(errorCount).toBeGreaterThan(0);
    if (column === null) expect(errors.map((error) => error.line)).toContain(line);
    else expect(errors).toContainEqual(expect.objectContaining({ line, column }));
  });

  it('of eight megabytes is answered, and a larger one refused', async () => {
    const cell = 'x'.repeat(150);
    const row = (index: number): string => `${String(index)},,${cell},${cell},${cell.slice(0, 40)},,,,\n`;
    const lines = Array.from({ length: 19_900 }, (_, index) => row(index)).join('');
    const large = await report(header + lines);
    expect(large).toMatchObject({ rows: 19_900, errorCount: 0 });

    const more = await send(header + row(1).repeat(20_001));
    expect(JSON.stringify(more.errors)).toMatch(/20,000/);
    const { errors, status } = await send('x'.repeat(9 * 1024 * 1024));
    expect([status, errors[0]?.extensions.code]).toEqual([413, 'TOO_COMPLEX']);
  });
});
