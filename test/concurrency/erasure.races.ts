import type { Pool } from 'pg';
import { ADD_ITEM, ADD_POINT, WRITE_NOTES } from '../e2e/writing.js';
import { unzip } from '../e2e/unzip.js';
import { day, type TestPerson, type TestRow } from '../factories/world.js';
import type { Answer } from '../e2e/app.js';
import { count, expected, succeeded, type Race, type RaceContext } from './race.js';

const GIVE_FEEDBACK = `mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { conversation { id } } }`;
const ADOPT_OFFER = `mutation ($input: AdoptActionItemInput!) { adoptActionItem(input: $input) { actionItem { id } } }`;
const EXPORT = 'mutation { exportMyData { dataExport { id } } }';

/** What the worker does, with the answer of an operation. */
async function erase(owner: Pool, { id }: TestPerson): Promise<Answer> {
  const answer = { status: 200, headers: new Headers() };
  try {
    const { rows } = await owner.query<{ done: boolean }>('select app.erase_person($1) as done', [id]);
    return { ...answer, data: { erased: rows[0] ?? null }, errors: [] };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return {
      ...answer,
      data: null,
      errors: [{ message, extensions: { code: code === '40P01' ? 'UNAVAILABLE' : 'INTERNAL_SERVER_ERROR' } }],
    };
  }
}

interface Pair {
  readonly person: TestPerson;
  readonly other: TestPerson;
  readonly tokens: { readonly person: string; readonly other: string };
  readonly talk: TestRow;
  readonly held: TestRow;
  readonly offerId: string;
}

/** A person whose erasure is due, who has written in every place, with the manager to whom they offered a promise. */
async function pairOf({ world, ask }: RaceContext): Promise<Pair> {
  const organization = await world.organization({ leadersShareFirst: false });
  const [person, other, former] = [
    await world.person(organization),
    await world.person(organization),
    await world.person(organization),
  ];
  const words = `Words of ${person.id}`;
  const line = await world.line(person, former, { from: day(-60), until: day(-2) });
  await world.line(person, other, { from: day(-2) });
  const pair = await world.oneToOne(person, other);
  const talk = await world.conversation(pair);
  const held = await world.conversation(pair, { status: 'HELD' });
  const tokens = { person: await world.signIn(person), other: await world.signIn(other) };
  await world.goal(person, { title: words });
  await world.talkingPoint(talk, person, { text: words });
  await world.privateNotes(talk, person, words);
  await world.actionItem(talk, other, { text: words, createdBy: person });
  await world.feedback(held, person, { better: words, offered: true });
  await ask(tokens.person, WRITE_NOTES, { input: { conversationId: talk.id, version: 0, text: words } });
  const of = { organization_id: organization.id, line_id: line.id };
  const people = { person_id: person.id, from_id: former.id, to_id: other.id };
  await world.insert('handover', { ...of, ...people, opened_on: day(-2) });
  const offer = await world.insert<{ id: string }>('handover_offer', {
    ...of,
    kind: 'PROMISE',
    position: 0,
    text: words,
  });
  const due = { organization_id: organization.id, person_id: person.id, executes_at: new Date() };
  await world.insert('erasure', due);
  return { person, other, tokens, talk, held, offerId: offer.id };
}

/** How often words of the person are found in tables, and in files that were exported and can be downloaded. */
async function leftOf(context: RaceContext, { person, other }: Pair): Promise<number> {
  const stored = await count(
    context,
    `select title from personal_goal where owner_id = $1
     union all select text from talking_point where author_id = $1
     union all select text from private_notes where author_id = $1
     union all select better from conversation_feedback where author_id = $1
     union all select text from (
       select text from action_item union all select text from action_item_version union all select text from shared_notes
       union all select text from shared_notes_version union all select text from handover_offer
     ) words where words.text like '%' || $1 || '%'`,
    [person.id],
  );
  const { rows } = await context.owner.query<{ content: Buffer }>(
    'select content from data_export where person_id in ($1, $2)',
    [person.id, other.id],
  );
  const files = rows.flatMap(({ content }) => [...unzip(content).values()]);
  return stored + files.filter((file) => file.includes(`Words of ${person.id}`)).length;
}

const erasing: Race = {
  name: 'a person is erased while the other participant writes and both export',
  async round(context) {
    const pair = await pairOf(context);
    const { person, other, tokens, talk, held } = pair;
    const input = (values: Record<string, unknown>): Record<string, unknown> => ({ input: values });
    const target = { conversationId: talk.id };
    const words = `Theirs ${other.id}`;
    const writes: readonly (readonly [
      what: string,
      mutation: string,
      values: Record<string, unknown>,
      stored: string,
    ])[] = [
      [
        'a talking point',
        ADD_POINT,
        { target, text: words, draft: false },
        'select from talking_point where author_id = $1 and text = $2',
      ],
      [
        'a line of shared notes',
        WRITE_NOTES,
        { ...target, version: 1, text: `Words of ${person.id}\n${words}` },
        `select from shared_notes where updated_by_id = $1 and text like '%' || $2`,
      ],
      [
        'an action item',
        ADD_ITEM,
        { target, ownerId: person.id, text: words },
        'select from action_item where created_by_id = $1 and text = $2',
      ],
      [
        'feedback',
        GIVE_FEEDBACK,
        { conversationId: held.id, better: words, offered: true },
        'select from conversation_feedback where author_id = $1 and better = $2',
      ],
      [
        'an adopted promise',
        ADOPT_OFFER,
        { id: pair.offerId },
        `select from action_item where created_by_id = $1 and owner_id = $1 and text = '(removed)' and $2 <> ''`,
      ],
    ];
    return {
      clients: [
        () => erase(context.owner, person),
        ...writes.map(
          ([, mutation, values]) =>
            () =>
              context.ask(tokens.other, mutation, input(values)),
        ),
        () => context.ask(tokens.other, EXPORT),
        () => context.ask(tokens.person, EXPORT),
      ],
      judge: async (answers) => {
        const [erased, ...written] = answers;
        const losses = await Promise.all(
          writes.map(async ([what, , , stored], index) => {
            const answer = written[index];
            if (!answer || !succeeded(answer)) return [];
            return expected(
              `${what} that was acknowledged`,
              await count(context, stored, [other.id, words]),
              1,
            );
          }),
        );
        return [
          ...expected('erased', (erased?.data as { erased?: { done?: boolean } } | null)?.erased?.done, true),
          ...losses.flat(),
          ...expected('what is left of the person', await leftOf(context, pair), 0),
        ];
      },
    };
  },
};

export const erasureRaces = [erasing];
