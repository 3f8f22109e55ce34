import { World, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import {
  ADD_ITEM,
  ADD_POINT,
  READ_TALK,
  UPDATE_ITEM,
  UPDATE_POINT,
  WRITE_NOTES,
  WRITE_PRIVATE,
  Writer,
  writer,
  writingPair,
  type NotesNode,
  type WritingPair,
} from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

const MADE_UP = '00000000-0000-4000-8000-000000000000';
const pairOf = (options?: { recurrence?: string }): Promise<WritingPair> =>
  writingPair(app, world, organization, options);

async function nextOf({ id, ana }: WritingPair): Promise<string> {
  const { oneToOne } = await ana.get<{ oneToOne: { next: { id: string } } }>(
    'query ($id: ID!) { oneToOne(id: $id) { next { id } } }',
    { id },
  );
  return oneToOne.next.id;
}

async function save(who: Writer, conversationId: string, version: number, text: string): Promise<NotesNode> {
  const { made } = await who.writeNotes({ conversationId, version, text });
  if (!made) throw new Error('not saved');
  return made;
}

/** As if all that was written were older. */
async function age(notes: NotesNode, seconds: number): Promise<void> {
  await app.database.query(
    `update shared_notes_version set started_at = started_at - make_interval(secs => $2) where notes_id = $1`,
    [notes.id, seconds],
  );
}
const historyOf = (notes: NotesNode): [number, string, string][] =>
  notes.history.map(({ version, text, author }) => [version, text, author.id]);

describe('shared notes', () => {
  it('exist from the start, empty, and can be written by both participants', async () => {
    const { ana, lee, talk } = await pairOf();
    const empty = (await ana.read(talk)).sharedNotes;
    expect(empty).toMatchObject({ text: '', version: 0, updatedAt: null, updatedBy: null, history: [] });
    await save(ana, talk, 0, 'Hello');
    const notes = await save(lee, talk, 1, 'Hello, you');
    expect(notes).toMatchObject({ id: empty.id, text: 'Hello, you', version: 2, updatedBy: { id: lee.id } });
    expect(Math.abs(Date.parse(notes.updatedAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect((await ana.read(talk)).sharedNotes).toEqual(notes);
    expect(historyOf(notes)).toEqual([
      [2, 'Hello, you', lee.id],
      [1, 'Hello', ana.id],
    ]);
    // Emptied again, the history stays.
    expect(historyOf(await save(ana, talk, 2, ''))[0]).toEqual([3, '', ana.id]);
  });

  it('return the current state to an edit of an outdated version', async () => {
    const { ana, lee, talk } = await pairOf();
    await save(ana, talk, 0, 'One');
    for (const version of [0, 2, -1]) {
      const { present } = await lee.writeNotes({ conversationId: talk, version, text: 'Two' });
      expect(present).toMatchObject({ text: 'One', version: 1, updatedBy: { id: ana.id } });
    }
    expect((await lee.read(talk)).sharedNotes).toMatchObject({ text: 'One', version: 1 });
    // Saving what is there changes nothing, not even whose words they are.
    expect(await save(lee, talk, 1, 'One')).toMatchObject({ version: 1, updatedBy: { id: ana.id } });
    expect(await save(lee, talk, 1, 'Two')).toMatchObject({ version: 2 });
  });

  it('merge the versions of one author within 10 minutes, while the version rises with every change', async () => {
    const { ana, lee, talk } = await pairOf();
    await save(ana, talk, 0, 'a1');
    let notes = await save(ana, talk, 1, 'a2');
    expect(historyOf(notes)).toEqual([[2, 'a2', ana.id]]);
    await age(notes, 590);
    notes = await save(ana, talk, 2, 'a3');
    expect(historyOf(notes)).toEqual([[3, 'a3', ana.id]]);
    // Ten minutes from when it was begun, not from the last save.
    await age(notes, 11);
    notes = await save(ana, talk, 3, 'a4');
    expect(historyOf(notes)).toEqual([
      [4, 'a4', ana.id],
      [3, 'a3', ana.id],
    ]);
    // Never across what the other wrote between.
    await save(lee, talk, 4, 'l5');
    notes = await save(ana, talk, 5, 'a6');
    expect(historyOf(notes)).toEqual([
      [6, 'a6', ana.id],
      [5, 'l5', lee.id],
      [4, 'a4', ana.id],
      [3, 'a3', ana.id],
    ]);
  });

  it('can be written before and after the conversation, but not once the one-to-one has ended', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await save(ana, talk, 0, 'Before');
    await ana.hold(talk);
    await save(lee, talk, 1, 'After');
    await ana.end(id);
    expect(await lee.code(WRITE_NOTES, { conversationId: talk, version: 2, text: 'Later' })).toBe('CONFLICT');
    expect((await lee.read(talk)).sharedNotes).toMatchObject({ text: 'After', version: 2 });
  });
});

describe('private notes', () => {
  it('are visible to their author only, through every field', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const asLeeSees = async (): Promise<unknown> => [
      await lee.read(talk),
      await lee.search(id, 'unicorn'),
      await lee.get('query ($id: ID!) { oneToOne(id: $id) { version lastHeldAt next { id version } } }', {
        id,
      }),
    ];
    const before = await asLeeSees();
    const mine = await ana.writePrivate(talk, 'A unicorn');
    expect(mine.privateNotes).toEqual({ text: 'A unicorn', version: 1 });
    expect(await asLeeSees()).toEqual(before);
    expect((await lee.read(talk)).privateNotes).toBeNull();
    await lee.writePrivate(talk, 'Of Lee');
    expect((await ana.read(talk)).privateNotes?.text).toBe('A unicorn');
    expect((await ana.writePrivate(talk, '')).privateNotes).toEqual({ text: '', version: 2 });
    expect((await lee.read(talk)).privateNotes).toEqual({ text: 'Of Lee', version: 1 });
  });

  it('can be written when the one-to-one has ended', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await ana.writePrivate(talk, 'Before');
    await lee.end(id);
    expect((await ana.writePrivate(talk, 'After')).privateNotes).toEqual({ text: 'After', version: 2 });
  });

  it('are not overwritten by an edit of an outdated version', async () => {
    const { ana, talk } = await pairOf();
    const edit = (version: number, text: string) => ana.editPrivate({ conversationId: talk, version, text });
    expect(await ana.code(WRITE_PRIVATE, { conversationId: talk, version: 1, text: 'One' })).toBe(
      'BAD_USER_INPUT',
    );
    expect((await edit(0, 'One')).made?.privateNotes).toEqual({ text: 'One', version: 1 });
    expect((await edit(0, 'Two')).present).toEqual({ text: 'One', version: 1 });
    expect((await edit(1, '')).made?.privateNotes).toEqual({ text: '', version: 2 });
    // Removed and written again: an edit of the first text is still outdated.
    expect((await edit(2, 'Three')).made?.privateNotes).toEqual({ text: 'Three', version: 3 });
    expect((await edit(1, 'Other')).present).toEqual({ text: 'Three', version: 3 });
    // An edit that asks for what is stored succeeds, whatever its version.
    expect((await edit(0, 'Three')).made?.privateNotes).toEqual({ text: 'Three', version: 3 });
  });

  it('are written once by ten windows at the same moment', async () => {
    const { ana, talk } = await pairOf();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        ana.editPrivate({ conversationId: talk, version: 0, text: `Window ${String(index)}` }),
      ),
    );
    expect(answers.filter(({ made }) => made)).toHaveLength(1);
    const winner = answers.findIndex(({ made }) => made);
    const { privateNotes } = await ana.read(talk);
    expect(privateNotes).toEqual({ text: `Window ${String(winner)}`, version: 1 });
    for (const { present } of answers) if (present) expect(present).toEqual(privateNotes);
  });

  it('that reopening a conversation joined can be read and edited at their length', async () => {
    const pair = await pairOf({ recurrence: 'FREQ=WEEKLY' });
    const { ana, lee, talk } = pair;
    await ana.writePrivate(talk, '😀'.repeat(20_000));
    await ana.hold(talk);
    const next = await nextOf(pair);
    await ana.writePrivate(next, 'b'.repeat(20_000));
    await lee.reopen(talk);
    expect(await ana.get(READ_TALK, { id: next })).toEqual({ conversation: null });
    const { text: joined, version } = (await ana.read(talk)).privateNotes!;
    expect(joined).toBe(`${'😀'.repeat(20_000)}\n\n${'b'.repeat(20_000)}`);
    expect(version).toBe(2);
    expect((await ana.writePrivate(talk, joined)).privateNotes).toEqual({ text: joined, version: 2 });
    // An edit of the version from before they were joined does not lose what was joined.
    const outdated = await ana.editPrivate({ conversationId: talk, version: 1, text: 'Short' });
    expect(outdated.present).toEqual({ text: joined, version: 2 });
    const edited = `${joined.slice(0, -7)}changed`;
    expect((await ana.writePrivate(talk, edited)).privateNotes?.text).toBe(edited);
    // As long as they are, and no longer.
    const longer = await ana.refused(WRITE_PRIVATE, { conversationId: talk, version: 3, text: `${edited}!` });
    expect(longer.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.text', message: 'Text must be at most 40,002 characters.' }],
    });
    await ana.writePrivate(talk, 'Short');
    expect(await ana.code(WRITE_PRIVATE, { conversationId: talk, version: 4, text: edited })).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('written while their conversation is deleted are joined or refused, never lost', async () => {
    for (let round = 0; round < 15; round += 1) {
      const pair = await pairOf({ recurrence: 'FREQ=WEEKLY' });
      const { ana, lee, talk } = pair;
      await ana.hold(talk);
      const next = await nextOf(pair);
      const [written] = await Promise.all([
        ana.send(WRITE_PRIVATE, { input: { conversationId: next, version: 0, text: 'Mine' } }),
        lee.reopen(talk),
      ]);
      const [error] = written.errors;
      const { privateNotes } = await ana.read(talk);
      if (!error) expect(privateNotes?.text).toBe('Mine');
      // It had gone before they were written or, once they were joined, before they were read for the answer.
      else expect([error.extensions.code, privateNotes?.text ?? 'Mine']).toEqual(['NOT_FOUND', 'Mine']);
    }
  });
});

describe('texts', () => {
  /** Every text that two people write: how it is saved, and what comes back. */
  const kinds: [string, string, (pair: WritingPair, text: string) => Promise<string | null>][] = [
    [
      'a point',
      ADD_POINT,
      async ({ ana, talk }, text) => {
        const { id } = await ana.add({ target: { conversationId: talk }, text, draft: true });
        return (await ana.read(talk)).talkingPoints.find((point) => point.id === id)?.text ?? null;
      },
    ],
    [
      'a changed point',
      UPDATE_POINT,
      async ({ ana, talk }, text) => {
        const { id } = await ana.add({ target: { conversationId: talk }, text: 'First' });
        return (await ana.update({ id, version: 1, text })).made?.history?.[0]?.text ?? null;
      },
    ],
    [
      'shared notes',
      WRITE_NOTES,
      async ({ ana, lee, talk }, text) => {
        const { version } = (await ana.read(talk)).sharedNotes;
        return (await lee.writeNotes({ conversationId: talk, version, text })).made?.history[0]?.text ?? null;
      },
    ],
    [
      'private notes',
      WRITE_PRIVATE,
      async ({ ana, talk }, text) => (await ana.writePrivate(talk, text)).privateNotes?.text ?? null,
    ],
    [
      'an action item',
      ADD_ITEM,
      async ({ ana, lee, talk }, text) => {
        const { id } = await ana.promise({ target: { conversationId: talk }, text });
        return (await lee.read(talk)).actionItems.find((item) => item.id === id)?.text ?? null;
      },
    ],
    [
      'a changed action item',
      UPDATE_ITEM,
      async ({ ana, lee, talk }, text) => {
        const { id } = await ana.promise({ target: { conversationId: talk } });
        return (await lee.updateItem({ id, version: 1, text })).made?.history[0]?.text ?? null;
      },
    ],
  ];

  it.each(kinds)('%s comes back as it was written', async (_, _query, write) => {
    const pair = await pairOf();
    const LONGEST = 20_000;
    for (const text of [
      '  leading and trailing  \r\n\r\n\t ',
      'line\rline\nline\r\nline\u2028\u2029\u0085\u00a0\ufeff',
      '=HYPERLINK("x"); @SUM(A1) +1 -1',
      "'; drop table talking_point; -- %_\\ $1 ${x} {{y}} <script>",
      'שלום \u202Eעולם\u202C مرحبا, नमस्ते 你好 e\u0301 é',
      '👩‍👩‍👧‍👦🏳️‍🌈',
      '\u0001\u001b[31m\u007f\ufffe',
      '😀'.repeat(LONGEST),
      `${'a'.repeat(LONGEST - 2)}\r\n`,
      `${'é'.repeat(LONGEST - 3)}   `,
    ]) {
      const back = await write(pair, text);
      if (back !== text.normalize('NFC'))
        throw new Error(`${JSON.stringify(text.slice(0, 60))} came back otherwise`);
    }
  });

  it.each(kinds)(
    '%s is refused with its path if it is too long or not valid Unicode',
    async (_, query, write) => {
      const pair = await pairOf();
      const { ana, talk } = pair;
      const point = await ana.add({ target: { conversationId: talk }, text: 'There' });
      const item = await ana.promise({ target: { conversationId: talk } });
      await write(pair, 'Present');
      const inputs: Record<string, object> = {
        [ADD_POINT]: { target: { conversationId: talk } },
        [UPDATE_POINT]: { id: point.id, version: 1 },
        [WRITE_NOTES]: { conversationId: talk, version: 1 },
        [WRITE_PRIVATE]: { conversationId: talk, version: 1 },
        [ADD_ITEM]: { target: { conversationId: talk }, ownerId: ana.id },
        [UPDATE_ITEM]: { id: item.id, version: 1 },
      };
      const before = await ana.read(talk);
      for (const [text, message] of [
        ['a'.repeat(20_001), /at most 20,?000 characters/],
        ['😀'.repeat(20_001), /at most 20,?000 characters/],
        ['before\0after', /NUL/],
        ['half \ud83d', /Unicode/],
      ] as const) {
        const refusal = await ana.refused(query, { ...inputs[query], text });
        expect(refusal.extensions.code).toBe('BAD_USER_INPUT');
        expect(refusal.extensions.fields).toEqual([
          {
            path: 'input.text',
            code: expect.any(String) as string,
            message: expect.stringMatching(message) as string,
          },
        ]);
      }
      expect(await ana.read(talk)).toEqual(before);
    },
  );
});

describe('a person outside of the one-to-one', () => {
  it('cannot read or write notes', async () => {
    const pair = await pairOf();
    const { ana, lee, talk } = pair;
    await save(ana, talk, 0, 'Between the two');
    await ana.writePrivate(talk, 'Mine');
    const { sharedNotes } = await ana.read(talk);
    const admin = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin.person, role);
    const former = await writer(app, world, organization);
    const formerPair = await world.oneToOne(former.person, ana.person, { state: 'ENDED' });
    await world.conversation(formerPair, { status: 'HELD', scheduledAt: hours(-99) });
    const stranger = await writer(app, world, await world.organization());
    for (const outsider of [admin, former, stranger]) {
      for (const [query, input] of [
        [WRITE_NOTES, { version: 1, text: 'Mine now' }],
        [WRITE_NOTES, { version: 9, text: 'Mine now' }],
        [WRITE_PRIVATE, { version: 0, text: 'Mine now' }],
        [WRITE_PRIVATE, { version: 1, text: 'Mine now' }],
        [WRITE_PRIVATE, { version: 0, text: '' }],
      ] as const) {
        const refusal = await outsider.refused(query, { conversationId: talk, ...input });
        expect(refusal.extensions.code).toBe('NOT_FOUND');
        expect(refusal).toEqual(await outsider.refused(query, { conversationId: MADE_UP, ...input }));
      }
      expect(await outsider.get(READ_TALK, { id: talk })).toEqual({ conversation: null });
      expect(await outsider.get('query ($id: ID!) { node(id: $id) { id } }', { id: sharedNotes.id })).toEqual(
        { node: null },
      );
    }
    const robot = new Writer(app, admin.person, await world.apiToken(organization, ['DIRECTORY_WRITE']));
    expect(await robot.code(WRITE_NOTES, { conversationId: talk, version: 1, text: 'x' })).toBe(
      'NOT_PERMITTED',
    );
    expect(await robot.code(WRITE_PRIVATE, { conversationId: talk, version: 1, text: 'x' })).toBe(
      'NOT_PERMITTED',
    );
    // The control.
    expect((await lee.read(talk)).sharedNotes).toEqual(sharedNotes);
    expect((await ana.read(talk)).privateNotes?.text).toBe('Mine');
  });
});
