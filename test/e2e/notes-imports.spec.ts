import { World, day, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { REOPEN } from './pairs.js';
import { statementsOf } from './statements.js';
import { WRITE_PRIVATE, writingPair, type Writer, type WritingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

interface Notes {
  readonly heldOn: string;
  readonly text: string;
}
interface Import {
  readonly id: string;
  readonly proposedBy: { readonly id: string };
  readonly acceptedAt: string | null;
  readonly undoableUntil: string | null;
  readonly proposedNotes: readonly Notes[];
  readonly conversations: readonly {
    readonly id: string;
    readonly status: string;
    readonly heldAt: string;
    readonly sharedNotes: {
      readonly text: string;
      readonly version: number;
      readonly updatedBy: { readonly id: string } | null;
    };
  }[];
}
const IMPORT = `fragment Import on NotesImport {
  id proposedBy { id } acceptedAt undoableUntil proposedNotes { heldOn text }
  conversations { id status heldAt sharedNotes { text version updatedBy { id } } }
}`;
const PREVIEW = `query ($id: ID!, $text: Markdown!, $order: DateOrder) {
  previewConversationNotes(oneToOneId: $id, text: $text, dateOrder: $order) { conversations { heldOn text } leftOut }
}`;
const onPair = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { oneToOne { id notesImports { ...Import } } } } ${IMPORT}`;
const PROPOSE = onPair('importConversationNotes', 'ImportConversationNotesInput');
const ACCEPT = onPair('acceptNotesImport', 'AcceptNotesImportInput');
const UNDO = onPair('undoNotesImport', 'UndoNotesImportInput');
const DELETE = 'mutation ($input: DeleteInput!) { deleteNotesImport(input: $input) { deletedId } }';
const READ = `query ($id: ID!) { oneToOne(id: $id) { lastHeldAt notesImports { ...Import } } } ${IMPORT}`;

const DOCUMENT = [
  '# Ana and Lee',
  '## 2026-03-11: Budget',
  'We need **more**.',
  '',
  '## Wednesday, 4 March 2026',
  'First time.',
  '',
].join('\n');
const READ_DOCUMENT: readonly Notes[] = [
  { heldOn: '2026-03-11', text: 'Budget\n\nWe need **more**.' },
  { heldOn: '2026-03-04', text: 'First time.' },
];

const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

async function change(who: Writer, mutation: string, input: object): Promise<readonly Import[]> {
  const { result } = await who.get<{ result: { oneToOne: { notesImports: readonly Import[] } } }>(mutation, {
    input,
  });
  return result.oneToOne.notesImports;
}
async function importsOf(who: Writer, id: string): Promise<readonly Import[]> {
  return (await who.get<{ oneToOne: { notesImports: readonly Import[] } }>(READ, { id })).oneToOne
    .notesImports;
}
async function propose(who: Writer, id: string, text = DOCUMENT): Promise<Import> {
  return (await change(who, PROPOSE, { oneToOneId: id, text }))[0]!;
}

describe('an import of notes', () => {
  it('is previewed, proposed by one, accepted by the other, and read by both as notes of past conversations', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const preview = await ana.get(PREVIEW, { id, text: DOCUMENT, order: null });
    expect(preview).toEqual({
      previewConversationNotes: { conversations: READ_DOCUMENT, leftOut: '# Ana and Lee' },
    });
    expect(await importsOf(ana, id)).toEqual([]);

    const proposed = await propose(ana, id);
    expect(proposed).toMatchObject({
      proposedBy: { id: ana.id },
      acceptedAt: null,
      proposedNotes: READ_DOCUMENT,
      conversations: [],
    });
    expect(await importsOf(lee, id)).toEqual([proposed]);
    expect(await lee.search(id, 'first time')).toEqual([]);
    expect(await ana.code(ACCEPT, { id: proposed.id })).toBe('NOT_PERMITTED');
    expect(await lee.code(PROPOSE, { oneToOneId: id, text: DOCUMENT })).toBe('CONFLICT');

    const [accepted] = await change(lee, ACCEPT, { id: proposed.id });
    expect(accepted).toMatchObject({
      id: proposed.id,
      proposedNotes: [],
      conversations: READ_DOCUMENT.map(({ heldOn, text }) => ({
        status: 'HELD',
        // Noon in Berlin.
        heldAt: `${heldOn}T11:00:00.000Z`,
        sharedNotes: { text, version: 1, updatedBy: { id: ana.id } },
      })),
    });
    expect(new Date(accepted!.undoableUntil!).getTime() - new Date(accepted!.acceptedAt!).getTime()).toBe(
      7 * 86_400_000,
    );
    expect(await importsOf(ana, id)).toEqual([accepted]);
    const [, oldest] = accepted!.conversations;
    expect(await lee.search(id, 'first time')).toEqual([oldest!.id]);
    expect((await ana.read(oldest!.id)).sharedNotes.history).toMatchObject([
      { version: 1, text: 'First time.', author: { id: ana.id } },
    ]);
    // Nothing else changed: what is planned, and what waits.
    expect((await ana.read(talk)).status).toBe('PLANNED');
    expect(await ana.code(ACCEPT, { id: proposed.id })).toBe('CONFLICT');
    expect(await ana.code(REOPEN, { id: oldest!.id })).toBe('CONFLICT');
  });

  it('asks which of two days a date of numbers is, and names each place that would have to be guessed', async () => {
    const { ana, id } = await pairOf();
    const text = '# 03/04/2026\nOne\n# 2026-02-30\nTwo';
    const { errors } = await ana.send(PREVIEW, { id, text, order: null });
    expect(errors[0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'dateOrder',
          code: 'REQUIRED',
          message: 'Date order is required: "03/04/2026" in line 1 is 3 April 2026 or 4 March 2026.',
        },
        {
          path: 'text',
          code: 'INVALID',
          message: 'Text has "2026-02-30" in line 3, which is not a day of the calendar.',
        },
      ],
    });
    expect((await ana.refused(PROPOSE, { oneToOneId: id, text })).extensions.fields).toMatchObject([
      { path: 'input.dateOrder' },
      { path: 'input.text' },
    ]);
    for (const [order, heldOn] of [
      ['DAY_FIRST', '2026-04-03'],
      ['MONTH_FIRST', '2026-03-04'],
    ] as const) {
      expect(await ana.get(PREVIEW, { id, text: '# 03/04/2026\nOne', order })).toMatchObject({
        previewConversationNotes: { conversations: [{ heldOn, text: 'One' }] },
      });
    }
    // Not yet, and longer ago than the organization keeps conversations.
    for (const outside of [day(2), day(-800)]) {
      const next = await ana.send(PREVIEW, { id, text: `# ${outside}`, order: null });
      expect(next.errors[0]!.extensions).toMatchObject({ fields: [{ path: 'text', code: 'OUT_OF_RANGE' }] });
    }
  });

  it('does not touch a day on which the two have a conversation', async () => {
    const { ana, lee, id } = await pairOf();
    await change(lee, ACCEPT, { id: (await propose(ana, id)).id });
    const again = await lee.refused(PROPOSE, { oneToOneId: id, text: `${DOCUMENT}\n## 2026-03-18\nNew` });
    expect(again.extensions.fields).toMatchObject([
      { path: 'input.text', code: 'TAKEN' },
      { path: 'input.text', code: 'TAKEN' },
    ]);
  });

  it('is declined by the other or withdrawn by its proposer, and then never was', async () => {
    for (const by of ['ana', 'lee'] as const) {
      const pair = await pairOf();
      const { id } = await propose(pair.ana, pair.id);
      await pair[by].get(DELETE, { input: { id } });
      for (const who of [pair.ana, pair.lee]) {
        expect(await importsOf(who, pair.id)).toEqual([]);
        expect(await who.code(ACCEPT, { id })).toBe('NOT_FOUND');
        expect(await who.code(DELETE, { id })).toBe('NOT_FOUND');
      }
      await propose(pair.lee, pair.id);
    }
  });

  it('is undone by either for 7 days, except for what was written since', async () => {
    const { ana, lee, id } = await pairOf();
    const text = [
      '2026-03-04',
      'One',
      '',
      '2026-03-11',
      'Two',
      '',
      '2026-03-18',
      'Three',
      '',
      '2026-03-25',
    ].join('\n');
    const proposed = await propose(ana, id, text);
    expect(await lee.code(UNDO, { id: proposed.id })).toBe('CONFLICT');
    const [accepted] = await change(lee, ACCEPT, { id: proposed.id });
    const [empty, three, two] = accepted!.conversations;
    await ana.writeNotes({ conversationId: two!.id, version: 1, text: 'Two and a half' });
    await ana.promise({ target: { conversationId: three!.id }, text: 'Call them' });
    await lee.writeNotes({ conversationId: empty!.id, version: 0, text: 'Now there is something' });
    // Nothing that only one of them can see may decide what stays.
    expect(await ana.code(WRITE_PRIVATE, { conversationId: two!.id, version: 0, text: 'x' })).toBe(
      'CONFLICT',
    );
    expect(await change(ana, UNDO, { id: proposed.id })).toEqual([]);
    const { oneToOne } = await lee.get<{ oneToOne: { conversations: { nodes: { id: string }[] } } }>(
      'query ($id: ID!) { oneToOne(id: $id) { conversations(status: [HELD]) { nodes { id } } } }',
      { id },
    );
    expect(oneToOne.conversations.nodes.map((one) => one.id)).toEqual([empty!.id, three!.id, two!.id]);
    await ana.writePrivate(two!.id, 'Now it is an ordinary one');

    const late = await pairOf();
    const other = await propose(late.lee, late.id);
    await change(late.ana, ACCEPT, { id: other.id });
    await app.database.query(
      `update notes_import set accepted_at = now() - interval '8 days' where id = $1`,
      [other.id],
    );
    expect(await importsOf(late.lee, late.id)).toEqual([]);
    expect(await late.lee.code(UNDO, { id: other.id })).toBe('CONFLICT');
  });

  it('lapses after 30 days without an answer, and leaves nothing', async () => {
    const { ana, lee, id } = await pairOf();
    const proposed = await propose(ana, id);
    await app.database.query(
      `update notes_import set proposed_at = now() - interval '30 days' where id = $1`,
      [proposed.id],
    );
    for (const who of [ana, lee]) {
      expect(await importsOf(who, id)).toEqual([]);
      expect(await who.code(ACCEPT, { id: proposed.id })).toBe('NOT_FOUND');
      expect(await who.code(DELETE, { id: proposed.id })).toBe('NOT_FOUND');
    }
    const again = await propose(lee, id);
    expect(await importsOf(ana, id)).toEqual([again]);
    await app.database.query(
      `update notes_import set proposed_at = now() - interval '31 days' where id = $1`,
      [again.id],
    );
    await app.runTask('delete_expired_records');
    const { rows } = await app.database.query(
      'select from notes_import where one_to_one_id = $1 union all select from notes_import_section where import_id = $2',
      [id, again.id],
    );
    expect(rows).toEqual([]);
  });

  it('exists for its two participants only, and ends with the one-to-one', async () => {
    const { ana, lee, id } = await pairOf();
    const stranger = await pairOf();
    const proposed = await propose(ana, id);
    for (const mutation of [ACCEPT, UNDO, DELETE]) {
      expect(await stranger.ana.code(mutation, { id: proposed.id })).toBe('NOT_FOUND');
    }
    expect(await stranger.ana.code(PROPOSE, { oneToOneId: id, text: DOCUMENT })).toBe('NOT_FOUND');
    const read = await stranger.ana.send(PREVIEW, { id, text: DOCUMENT, order: null });
    expect(read.errors[0]!.extensions.code).toBe('NOT_FOUND');
    expect(await stranger.lee.get('query ($id: ID!) { node(id: $id) { id } }', { id: proposed.id })).toEqual({
      node: null,
    });
    await lee.end(id);
    expect(await lee.code(ACCEPT, { id: proposed.id })).toBe('CONFLICT');
    await lee.get(DELETE, { input: { id: proposed.id } });
  });

  it('takes the same number of statements for one day and for a hundred', async () => {
    const sent: number[] = [];
    for (const days of [1, 100]) {
      const { ana, lee, id } = await pairOf();
      const text = Array.from({ length: days }, (_, index) => `# ${day(-index - 1)}\nNotes`).join('\n');
      const proposing = await statementsOf(() => propose(ana, id, text));
      const { id: importId } = (await importsOf(lee, id))[0]!;
      const accepting = await statementsOf(() => change(lee, ACCEPT, { id: importId }));
      sent.push(proposing.length + accepting.length);
    }
    expect(sent[1]).toBe(sent[0]);
  });
});
