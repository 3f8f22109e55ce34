import pg from 'pg';
import { startApp, type TestApp } from '../e2e/app.js';
import { writingPair, type WritingPair } from '../e2e/writing.js';
import { World, type TestOrganization } from '../factories/world.js';
import { hashOf } from '../policies/session-queries.js';

/*
 * One of two participants holds the login of the API, as injected SQL would, and wants to know whether the other has offered feedback,
 * without offering theirs for good. Every attack runs against two one-to-ones: in one the other has offered, in the other they have written
 * nothing. The two must not differ. The same attacks find the difference in a database without one of the protections.
 */

let app: TestApp;
let world: World;
let organization: TestOrganization;
let login: pg.Client;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
  login = await connect();
});
afterAll(async () => {
  await login.end();
  await app.close();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: app.testDatabase.appUrl });
  await client.connect();
  return client;
}

interface Target extends WritingPair {
  /** Not yet closed conversations of the pair: one that the recurrence planned because of `talk`. */
  readonly next: string;
}

/** A held conversation of Ana, who attacks, and Lee; and the next one, which was held and is planned again. */
async function target(): Promise<Target> {
  const pair = await writingPair(app, world, organization, { recurrence: 'FREQ=DAILY' });
  await pair.lee.hold(pair.talk);
  const { oneToOne } = await pair.ana.get<{ oneToOne: { next: { id: string } } }>(
    'query ($id: ID!) { oneToOne(id: $id) { next { id } } }',
    { id: pair.id },
  );
  return { ...pair, next: oneToOne.next.id };
}

const GIVE = `mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { conversation { feedback { better } } } }`;
async function give(who: WritingPair['ana'], conversationId: string): Promise<readonly { better: string }[]> {
  const input = { conversationId, better: 'Zq secret', offered: true };
  const { giveFeedback } = await who.get<{
    giveFeedback: { conversation: { feedback: readonly { better: string }[] } };
  }>(GIVE, { input });
  return giveFeedback.conversation.feedback;
}

/** Sends statements in one transaction as Ana, each in a savepoint. @returns what each answered, without ids and times */
async function inTransaction(
  { ana, lee, talk, next, id }: Target,
  statements: readonly string[],
  end: 'commit' | 'rollback' = 'rollback',
  client = login,
): Promise<readonly string[]> {
  const names: readonly (readonly [string, string])[] = [
    [ana.id, 'ANA'],
    [lee.id, 'LEE'],
    [talk, 'TALK'],
    [next, 'NEXT'],
    [id, 'PAIR'],
    [organization.id, 'HOME'],
  ];
  const answers: string[] = [];
  await client.query('begin');
  await client.query(`select set_config('app.session', $1, true)`, [hashOf(ana.token)]);
  for (const statement of statements) {
    const text = names.reduce((words, [real, name]) => words.replaceAll(`:${name}`, `'${real}'`), statement);
    await client.query('savepoint attempt');
    try {
      const { rows, rowCount } = await client.query<object>(text);
      answers.push(`${statement} → ${String(rowCount)} ${plain(JSON.stringify(rows))}`);
    } catch (error) {
      const { code, message, detail } = error as pg.DatabaseError;
      answers.push(`${statement} → ${String(code)} ${plain(`${message} ${detail ?? ''}`)}`);
      await client.query('rollback to attempt');
    }
  }
  await client.query(end);
  return answers;
}

function plain(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');
}

const LOOK = [
  'select better, worth_it, offered, author_id = :ANA as own from conversation_feedback where conversation_id = :TALK',
  'select count(*) from conversation_feedback',
  'select version, status from conversation where id in (:TALK, :NEXT) order by scheduled_at',
  'select version from one_to_one where id = :PAIR',
  'select cardinality(app.revealed_feedback_ids())',
  "select count(app.feedback_at(id)), count(*) filter (where app.feedback_at(id) > now() - interval '1 minute') from conversation_feedback",
  'select app.has_shared_content(:TALK), app.has_shared_content(:NEXT)',
  `select conversation_id = :TALK as here from shared_notes where conversation_id = :TALK`,
];
const OFFER = `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered)
  values (:HOME, :TALK, :ANA, 'x', true)`;

/** Whatever Ana can do in a transaction, and read afterwards. */
const ATTACK = [
  ...LOOK,
  // In the name of the other, in another place, with an id of a hidden row.
  `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered) values (:HOME, :TALK, :LEE, 'x', true)`,
  `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered) values (:HOME, :TALK, :LEE, 'x', true)
   on conflict do nothing`,
  `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered) values (:HOME, :TALK, :LEE, 'x', true)
   on conflict (organization_id, conversation_id, author_id) do update set offered = false`,
  `update conversation_feedback set offered = false where author_id <> :ANA`,
  `delete from conversation_feedback where conversation_id = :TALK`,
  'set constraints all immediate',
  OFFER,
  'set constraints all immediate',
  ...LOOK,
  `update conversation_feedback set better = 'other words' where author_id = :ANA`,
  'update conversation_feedback set offered = false where author_id = :ANA',
  ...LOOK,
  'update conversation_feedback set offered = true where author_id = :ANA',
  'delete from conversation_feedback where author_id = :ANA',
  OFFER,
  `update conversation set status = 'PLANNED', held_at = null where id = :TALK`,
  'update conversation set off_the_record_by_id = :ANA where id = :TALK',
  ...LOOK,
  'update conversation set off_the_record_by_id = null where id = :TALK',
  'select app.withdraw_conversation(:NEXT, :TALK)',
  ...LOOK,
  'select app.announce_revealed_feedback(:TALK)',
  'select count(*) from graphile_worker._private_jobs',
  'select offered_at, offered_in, written_at, announced from conversation_feedback',
];

/** Both targets, of which Lee has offered in the first, also about the next conversation, which was held for a while. */
async function targets(): Promise<readonly [Target, Target]> {
  const [offering, silent] = [await target(), await target()];
  for (const each of [offering, silent]) {
    await each.ana.hold(each.next);
    if (each === offering) for (const id of [each.talk, each.next]) await give(each.lee, id);
    await each.lee.reopen(each.next);
  }
  return [offering, silent];
}

describe('somebody with the login of the API', () => {
  it('learns in no transaction that is rolled back whether the other has offered', async () => {
    const [offering, silent] = await targets();
    const answers = await inTransaction(offering, ATTACK);
    expect(answers).toEqual(await inTransaction(silent, ATTACK));
    // The attacks do what they are meant to do.
    expect(answers.filter((answer) => answer.startsWith(`${OFFER} → 1 `))).toHaveLength(2);
    expect(answers.filter((answer) => answer.includes('withdraw_conversation')).join()).toContain('true');
    expect(answers.join()).not.toContain('Zq secret');
    // Lee's feedback is still there, and is revealed to a person who offers for good.
    expect(await give(offering.ana, offering.talk)).toHaveLength(2);
  });

  it('learns nothing by keeping, withdrawing and deleting for good', async () => {
    const [offering, silent] = await targets();
    const keep = OFFER.replace('true', 'false');
    const rounds = [
      [...LOOK, keep, ...LOOK],
      [`update conversation_feedback set better = 'other words' where author_id = :ANA`, ...LOOK],
      [
        'update conversation_feedback set offered = true where author_id = :ANA',
        ...LOOK,
        'update conversation_feedback set offered = false where author_id = :ANA',
        ...LOOK,
      ],
      ['delete from conversation_feedback where author_id = :ANA', ...LOOK],
    ];
    for (const statements of rounds) {
      const answers = await inTransaction(offering, statements, 'commit');
      expect(answers).toEqual(await inTransaction(silent, statements, 'commit'));
    }
  });

  it('finds both at once where an offer is committed, and takes it back by no older transaction', async () => {
    const [offering] = await targets();
    const older = await connect();
    try {
      await older.query('begin');
      await older.query(`select set_config('app.session', $1, true)`, [hashOf(offering.ana.token)]);
      await inTransaction(offering, [OFFER], 'commit');
      const read = ['select better from conversation_feedback where conversation_id = :TALK order by better'];
      expect(await inTransaction(offering, read)).toEqual([expect.stringContaining('Zq secret')]);
      for (const change of [
        'update conversation_feedback set offered = false where author_id = $1',
        `update conversation_feedback set better = 'other words' where author_id = $1`,
        'delete from conversation_feedback where author_id = $1',
      ]) {
        await older.query('savepoint attempt');
        await expect(older.query(change, [offering.ana.id])).rejects.toMatchObject({ code: 'MU150' });
        await older.query('rollback to attempt');
      }
    } finally {
      await older.end();
    }
  });

  it('withdraws an offer by no transaction that does not see the other’s', async () => {
    const [, silent] = await targets();
    const client = await connect();
    try {
      await inTransaction(silent, [OFFER], 'commit');
      await client.query('begin isolation level repeatable read');
      await client.query(`select set_config('app.session', $1, true)`, [hashOf(silent.ana.token)]);
      await client.query('select count(*) from conversation_feedback');
      expect(await give(silent.lee, silent.talk)).toHaveLength(2);
      await expect(client.query('update conversation_feedback set offered = false')).rejects.toMatchObject({
        code: 'MU152',
      });
    } finally {
      await client.end();
    }
  });

  it('counts as many rows written for an offer as for what is kept', async () => {
    const pairs = [await target(), await target()];
    const author = await connect();
    const written = async (): Promise<readonly number[]> => {
      const { rows } = await author.query<{ count: string }>(
        `select n_tup_ins + n_tup_upd + n_tup_del as count from pg_stat_user_tables
         where relname in ('conversation_feedback', '_private_jobs') order by relname`,
      );
      return rows.map(({ count }) => Number(count));
    };
    try {
      const counts: (readonly number[])[] = [];
      for (const [index, { lee, talk }] of pairs.entries()) {
        const before = await written();
        await author.query('begin');
        await author.query(`select set_config('app.session', $1, true)`, [hashOf(lee.token)]);
        await author.query(
          `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered) values ($1, $2, $3, 'x', $4)`,
          [organization.id, talk, lee.id, index === 1],
        );
        await author.query('commit');
        await author.query('select pg_stat_force_next_flush()');
        const after = await written();
        counts.push(after.map((count, place) => count - before[place]!));
      }
      expect(counts).toEqual([
        [1, 1],
        [1, 1],
      ]);
    } finally {
      await author.end();
    }
  });

  it('makes no job wait that could tell an offer', async () => {
    const { ana, lee, talk, id } = await target();
    await give(lee, talk);
    const holder = await connect();
    try {
      await holder.query('begin');
      await holder.query(`select set_config('app.session', $1, true)`, [hashOf(ana.token)]);
      expect((await holder.query('select 1 from one_to_one where id = $1 for update', [id])).rowCount).toBe(
        1,
      );
      const { rows } = await app.database.query<{ done: boolean }>(
        `select app.announce_revealed_feedback($1) as done from set_config('lock_timeout', '1s', true)`,
        [talk],
      );
      expect(rows).toEqual([{ done: false }]);
    } finally {
      await holder.end();
    }
  });

  it('would learn it if an offer revealed anything within its transaction', async () => {
    const define = (condition: string): Promise<unknown> =>
      app.database.query(
        `create or replace function app.is_feedback_offered(offered boolean, offered_in xid8) returns boolean
         language sql stable return ${condition}`,
      );
    const [offering, silent] = await targets();
    await define('offered');
    try {
      const answers = await inTransaction(offering, ATTACK);
      expect(answers.join()).toContain('Zq secret');
      expect(answers).not.toEqual(await inTransaction(silent, ATTACK));
    } finally {
      await define('offered and coalesce(offered_in <> pg_current_xact_id_if_assigned(), true)');
    }
  });
});
