import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { World, day, type TestOrganization, type TestRow } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';
import {
  columnsWith,
  dump,
  NO_CONTENT,
  REPLACED,
  STAYING,
  textFields,
  Words,
  writeEverything,
} from './canaries.js';
import { pause } from './mailbox.js';
import { download, everything, exportOf, json, requestExport } from './exports.js';
import { PERSONAL_DATA, type Fate } from '../policies/personal-data.js';
import { production } from './production.js';

const ERASE =
  'mutation ($dryRun: Boolean!) { eraseMyData(input: { dryRun: $dryRun }) { preview erasure { id executesAt preview } } }';
const PENDING = '{ viewer { erasure { id requestedAt executesAt preview } } }';
const CANCEL = 'mutation { cancelErasure { erasure { id } } }';

interface Erased {
  eraseMyData: { preview: string[]; erasure: { id: string; executesAt: string; preview: string[] } | null };
}

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;

async function start(
  environment: Record<string, string> = {},
  logged?: (line: string) => void,
): Promise<void> {
  app = await startApp(environment, logged);
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization({ name: 'Harbour Works', leadersShareFirst: false });
}

/** Lets the time of everything that was asked for come. */
async function carryOut(): Promise<void> {
  await app.database.query('update erasure set executes_at = now() where executed_at is null');
  await app.runTask('erase_people');
}

/** Every row that an erasure could write, in order. Not what comes and goes by itself: jobs, attempts, and changes until they are announced. */
async function rows(): Promise<string[]> {
  const text = await dump(app.database);
  return text
    .split('\n')
    .filter((line) => !/^(graphile_worker|public\.(audit_entry|conversation_change|throttle))/.test(line))
    .sort();
}

/**
 * Repeats a comparison until no other task of the worker ran beside it, such as one that its schedule started or a mail that was
 * still to be sent, and makes the assertion of that one.
 */
async function untilUndisturbed(compare: () => Promise<() => void>): Promise<void> {
  for (;;) {
    const before = await otherTasks();
    const check = await compare();
    const after = await otherTasks();
    if (before.waiting === '0' && before.started === after.started) {
      check();
      return;
    }
  }
}

async function otherTasks(): Promise<{ waiting: string; started: string | null }> {
  const { rows: found } = await app.database.query<{ waiting: string; started: string | null }>(
    `select (select count(*) from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as waiting,
       (select max(last_execution)::text from graphile_worker._private_known_crontabs) as started`,
  );
  return found[0]!;
}

async function hire(): Promise<{ writer: Actor; manager: Actor; report: Actor }> {
  const writer = await cast.join(organization, { name: 'Robin' });
  const manager = await cast.join(organization, { name: 'Lee' });
  const report = await cast.join(organization, { name: 'Rae' });
  for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN']) {
    await world.role(writer, role);
    await world.role(manager, role);
  }
  await world.line(writer, manager, { from: day(-9) });
  await world.line(report, writer);
  return { writer, manager, report };
}

/** The label of an API token belongs to its role. */
const NOT_EXPORTED = ['CreateApiTokenInput.label'];

const ERASED: readonly Fate[] = ['erased', 'removed', 'after leaving'];
/** Columns of ids, hashes, choices and times, of the file that a test downloads below, and of searches that PostgreSQL derives. */
const WITHOUT_WORDS = /_id$|_hash$|^(?:content|sha256|status|visibility|horizon|results|role|time_zone)$/;

describe('everything that somebody wrote, in every text that the API accepts', () => {
  const log: string[] = [];
  beforeAll(() =>
    start({ ...production, COST_PER_MINUTE: '0', LOG_LEVEL: 'debug' }, (line) => log.push(line)),
  );
  afterAll(() => app.close());

  it.each([
    // The account, and the label of a token that the organization uses, stay while the person is employed.
    ['on their request', [...STAYING, 'CreateApiTokenInput.label', 'a recipient']],
    ['90 days after they left', STAYING],
  ])('is found nowhere after an erasure %s, and what others wrote is whole', async (when, staying) => {
    log.length = 0;
    const people = await hire();
    const { writer, manager } = people;
    const own = new Words(`the writer, ${when}`);
    const theirs = new Words(`the others, ${when}`);
    await writeEverything(world, { organization, ...people }, own, theirs);
    const isLeaving = when !== 'on their request';
    if (isLeaving) {
      await app.database.query(
        'update person set name = $2, email = $3, title = $4, external_id = $5, hired_on = $6 where id = $1',
        [
          writer.id,
          own.of('the name'),
          `${own.of('the address')}@example.com`,
          own.of('the title'),
          own.of('the ID'),
          '2020-01-01',
        ],
      );
      await app.database.query('update account set sign_in_address = $2 where person_id = $1', [
        writer.id,
        `${own.of('the sign-in address')}@example.com`,
      ]);
      await app.database.query('update session set label = $2 where person_id = $1', [
        writer.id,
        own.of('the device'),
      ]);
      // A mail to somebody else about this person.
      await world.insert('outbox_mail', {
        organization_id: organization.id,
        kind: 'ONE_TO_ONE_INVITATION',
        recipient: manager.email,
        person_id: manager.id,
        about: JSON.stringify({ name: own.of('the name') }),
      });
      const of = { organization_id: organization.id };
      const about = { ...of, person_id: writer.id };
      const hash = (): Buffer => randomBytes(32);
      await world.insert('invitation', {
        ...about,
        address: `${own.of('an invited address')}@example.com`,
        token_hash: hash(),
      });
      await world.insert('address_change', {
        ...about,
        new_address: `${own.of('a new address')}@example.com`,
        old_token_hash: hash(),
        new_token_hash: hash(),
      });
      const errors = JSON.stringify([
        { line: 2, column: 'email', message: `is the address of ${own.of('the name')}.` },
      ]);
      const report = await world.insert<{ id: string }>('import_report', {
        ...of,
        by_id: manager.id,
        rows: 1,
        dry_run: true,
        error_count: 1,
        errors,
      });
      const counts = ['created', 'changed', 'ended', 'restored', 'managers_changed', 'unchanged'];
      await world.insert('import_outcome', {
        ...of,
        report_id: report.id,
        ...Object.fromEntries(counts.map((name) => [name, 0])),
        error_count: 1,
        errors,
        absent_count: 1,
        absent: JSON.stringify([own.of('the ID')]),
      });
    }

    // Every text of the schema has a word, and the search finds each of them.
    expect(
      [...own.places.filter((place) => place.includes('Input.')), ...Object.keys(NO_CONTENT)].sort(),
    ).toEqual(textFields());
    const before = await dump(app.database);
    expect(own.places.filter((place) => !own.in(before).includes(place))).toEqual(REPLACED);
    expect(theirs.in(before)).toEqual(theirs.places);
    // A word is in every column whose fate is to lose its words, except those that hold no words of people.
    const erasable = Object.entries(PERSONAL_DATA).flatMap(([table, columns]) =>
      Object.entries(columns)
        .filter(([column, fate]) => ERASED.includes(fate) && !WITHOUT_WORDS.test(column))
        .map(([column]) => `${table}.${column}`),
    );
    const written = await columnsWith(app.database, own);
    if (isLeaving) expect(erasable.filter((column) => !written.includes(column))).toEqual([]);
    // Their export has every word of theirs.
    const exported = own.in(everything(await exportOf(app.url, writer)));
    expect(
      own.places.filter(
        (place) => ![...exported, ...REPLACED, ...NOT_EXPORTED].includes(place) && place.includes('Input.'),
      ),
    ).toEqual([]);
    const copy = await requestExport(manager);
    await app.database.query('delete from throttle');

    if (isLeaving) {
      await world.leaves(writer, day(-100));
      await app.runTask('erase_people');
    } else {
      await writer.get(ERASE, { dryRun: false });
      await carryOut();
    }

    const after = await dump(app.database);
    expect(own.in(after)).toEqual([...staying].sort());
    expect(theirs.places.filter((place) => !theirs.in(after).includes(place))).toEqual([]);
    // Exports that others made before are gone, and those that they make now have nothing of it.
    expect((await download(app.url, copy.url, manager.token)).status).toBe(404);
    const export_ = everything(await exportOf(app.url, manager));
    expect(own.in(export_)).toEqual([]);
    expect(theirs.in(export_)).toEqual(
      expect.arrayContaining(['a line', 'a promise', 'a goal', 'a draft', 'feedback', 'private notes']),
    );
    if (!isLeaving) {
      await app.database.query('delete from throttle');
      const files = await exportOf(app.url, writer);
      expect(own.in(everything(files)).filter((place) => !STAYING.includes(place))).toEqual([]);
      expect(json(files, 'goals.json')).toMatchObject({ goals: [] });
    }
    expect(own.in(log.join('\n'))).toEqual([]);
    expect(log.join('\n')).toContain('people erased');

    // The same again changes nothing.
    await untilUndisturbed(async () => {
      const once = await rows();
      await app.runTask('erase_people');
      const twice = await rows();
      return () => {
        expect(twice).toEqual(once);
      };
    });
  });
});

describe('an erasure', () => {
  let robin: Actor;
  let lee: Actor;
  let talk: TestRow;
  beforeAll(() => start());
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ writer: robin, manager: lee } = await hire());
    const pair = await world.oneToOne(robin, lee);
    talk = await world.conversation(pair, { status: 'HELD' });
    await world.goal(robin, { title: 'Sail' });
    await world.talkingPoint(talk, robin, { text: 'What Robin says' });
    await world.talkingPoint(talk, lee, { text: 'What Lee says' });
    await world.actionItem(talk, lee, { text: 'In Robin’s words', createdBy: robin });
    await app.database.query('delete from throttle');
  });

  it('is previewed, requested, announced by mail, and carried out after 7 days', async () => {
    const preview = await robin.get<Erased>(ERASE, { dryRun: true });
    expect(preview.eraseMyData.erasure).toBeNull();
    expect(preview.eraseMyData.preview).toEqual([
      'Erased: 1 personal goal, with milestones, 0 updates, history, shares, alignments and access log.',
      'Erased: 1 talking point, shared ones and drafts.',
      'Erased: The words of 1 action item that you worded last, and your earlier wordings.',
      'Erased: your export files, and the answers that are kept for 24 hours to repeated requests.',
      'Stays: what others wrote, the dates of your one-to-ones, and that you met.',
      'Stays: your account, and your entry in the directory, which is your employer’s.',
    ]);
    expect(await robin.get(PENDING)).toEqual({ viewer: { erasure: null } });

    const { eraseMyData } = await robin.get<Erased>(ERASE, { dryRun: false });
    const executesAt = Date.parse(eraseMyData.erasure!.executesAt);
    expect(Math.round((executesAt - Date.now()) / 3_600_000)).toBe(7 * 24);
    expect(await robin.get(PENDING)).toMatchObject({
      viewer: { erasure: { id: eraseMyData.erasure!.id, preview: preview.eraseMyData.preview } },
    });
    const mail = await app.mailbox.next(robin.email, 'What you wrote in Mutual will be erased');
    expect(mail.text).toContain('Harbour Works');
    expect(mail.text).toContain('cancel it before then');
    // A second request is the same one.
    const again = await robin.get<Erased>(ERASE, { dryRun: false });
    expect(again.eraseMyData.erasure).toEqual(eraseMyData.erasure);
    // Nobody else learns of it.
    expect(await lee.get(PENDING)).toEqual({ viewer: { erasure: null } });

    await app.runTask('erase_people');
    expect(await robin.get(GOALS)).toMatchObject({
      viewer: { person: { personalGoals: { nodes: [{ title: 'Sail' }] } } },
    });
    await carryOut();
    expect(await robin.get(GOALS)).toMatchObject({
      viewer: { person: { name: 'Robin', personalGoals: { nodes: [] } } },
    });
    expect(await robin.get(PENDING)).toEqual({ viewer: { erasure: null } });
    const seen = await lee.get(
      `query ($id: ID!) { conversation(id: $id) { status heldAt talkingPoints { text }
         oneToOne { counterpart { name } actionItems { nodes { text owner { name } author { name } } } } } }`,
      { id: talk.id },
    );
    expect(seen).toMatchObject({
      conversation: {
        status: 'HELD',
        talkingPoints: [{ text: 'What Lee says' }],
        oneToOne: {
          counterpart: { name: 'Robin' },
          actionItems: { nodes: [{ text: '(removed)', owner: { name: 'Lee' }, author: { name: 'Robin' } }] },
        },
      },
    });
    const { rows } = await app.database.query(
      `select action, subject, actor_id from audit_entry where action = 'DATA_ERASED' and organization_id = $1 order by at desc limit 1`,
      [organization.id],
    );
    expect(rows).toEqual([
      { action: 'DATA_ERASED', subject: `Person ${robin.id}: on request`, actor_id: robin.id },
    ]);
    // Finished ones are deleted after a month.
    await app.database.query(
      `update erasure set executed_at = now() - interval '31 days' where person_id = $1`,
      [robin.id],
    );
    await app.runTask('delete_expired_records');
    expect((await app.database.query('select from erasure where person_id = $1', [robin.id])).rows).toEqual(
      [],
    );
  });

  it('is cancelled before it is carried out', async () => {
    await robin.get(ERASE, { dryRun: false });
    expect(await robin.get(CANCEL)).toEqual({ cancelErasure: { erasure: null } });
    expect(await robin.get(CANCEL)).toEqual({ cancelErasure: { erasure: null } });
    expect(await robin.get(PENDING)).toEqual({ viewer: { erasure: null } });
    await carryOut();
    expect(await robin.get(GOALS)).toMatchObject({
      viewer: { person: { personalGoals: { nodes: [{ title: 'Sail' }] } } },
    });
  });

  /** Writes the whole page of the shared notes. */
  const write = async (actor: Actor, version: number, text: string): Promise<void> => {
    await actor.get(
      'mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { ... on SharedNotesPayload { sharedNotes { id } } } }',
      { input: { conversationId: talk.id, version, text } },
    );
  };

  it('replaces lines of the shared notes that the person wrote, in every version, and no other', async () => {
    await write(lee, 0, '# Lee\n\n- [ ] ours');
    await write(robin, 1, '# Lee\n\n- [ ] ours\nRobin one\nRobin two');
    await write(lee, 2, 'Lee above\n# Lee\nRobin two\n\n- [ ] ours\nRobin one');
    await write(robin, 3, '- [ ] ours\n  # Lee\nLee above\n- [x] Robin’s last\n');
    await robin.get(ERASE, { dryRun: false });
    await carryOut();
    const { conversation } = await lee.get<{
      conversation: { sharedNotes: { text: string; version: number; history: { text: string }[] } };
    }>('query ($id: ID!) { conversation(id: $id) { sharedNotes { text version history { text } } } }', {
      id: talk.id,
    });
    expect(conversation.sharedNotes).toEqual({
      text: '- [ ] ours\n  # Lee\nLee above\n(removed)\n',
      version: 5,
      history: [
        { text: '- [ ] ours\n  # Lee\nLee above\n(removed)\n' },
        { text: 'Lee above\n# Lee\n(removed)\n\n- [ ] ours\n(removed)' },
        { text: '# Lee\n\n- [ ] ours\n(removed)' },
        { text: '# Lee\n\n- [ ] ours' },
      ],
    });
    // Somebody who was writing meanwhile sees a conflict, and not their page with the removed lines again.
    const { writeSharedNotes } = await lee.get<{ writeSharedNotes: { __typename: string } }>(
      'mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { __typename } }',
      { input: { conversationId: talk.id, version: 4, text: 'Robin one' } },
    );
    expect(writeSharedNotes.__typename).toBe('EditConflict');
  });

  it('leaves a line to the person who wrote its words, also after the other ticks, quotes or indents it', async () => {
    await write(robin, 0, '- [ ] Robin asks\nRobin thought\n1. Robin counts');
    await write(lee, 1, '- [x] Robin asks\u00a0\n> Robin\u200b  thought\n2) Robin counts\n- [ ] Lee calls');
    await write(robin, 2, '- [x] Robin asks\n> Robin thought\n2) Robin counts\n- [x] Lee\u00a0calls\u2060');
    await robin.get(ERASE, { dryRun: false });
    await carryOut();
    const { conversation } = await lee.get<{
      conversation: { sharedNotes: { history: { text: string }[] } };
    }>('query ($id: ID!) { conversation(id: $id) { sharedNotes { history { text } } } }', { id: talk.id });
    expect(conversation.sharedNotes.history.map(({ text }) => text)).toEqual([
      '(removed)\n- [x] Lee\u00a0calls\u2060',
      '(removed)\n- [ ] Lee calls',
      '(removed)',
    ]);
  });

  it('ends a mandate that the new manager granted again in the words of the person, and no other', async () => {
    const pam = await cast.join(organization, { name: 'Pam' });
    const line = await world.line(pam, robin, { from: day(-60), until: day(-2) });
    const mandates = [
      await world.mandate(robin, pam, { text: 'Up to 200 euros' }),
      await world.mandate(robin, pam, { text: 'Change the route' }),
    ];
    await world.line(pam, lee, { from: day(-2) });
    const pair = await world.oneToOne(pam, lee);
    const { completeHandover } = await pam.get<{
      completeHandover: { handover: { offeredMandates: { id: string; text: string }[] } };
    }>(
      `mutation ($input: CompleteHandoverInput!) {
         completeHandover(input: $input) { handover { offeredMandates { id text } } } }`,
      { input: { id: line.id, toId: lee.id, mandateIds: mandates.map(({ id }) => id) } },
    );
    const [first, second] = completeHandover.handover.offeredMandates;
    const grant = `mutation ($input: GrantMandateInput!) { grantMandate(input: $input) { mandate { id } } }`;
    const input = { oneToOneId: pair.id, text: first!.text };
    await lee.get(grant, { input: { ...input, offeredMandateId: first!.id } });
    await lee.get(grant, { input: { ...input, text: 'In other words' } });
    const { url } = await requestExport(lee);

    await robin.get(ERASE, { dryRun: false });
    await carryOut();
    const { oneToOne } = await pam.get<{
      oneToOne: {
        mandates: { nodes: { text: string; endedAt: string | null; grantedBy: { name: string } }[] };
      };
    }>('query ($id: ID!) { oneToOne(id: $id) { mandates { nodes { text endedAt grantedBy { name } } } } }', {
      id: pair.id,
    });
    expect(oneToOne.mandates.nodes).toEqual([
      { text: 'In other words', endedAt: null, grantedBy: { name: 'Lee' } },
      { text: '(removed)', endedAt: expect.any(String) as string, grantedBy: { name: 'Lee' } },
    ]);
    expect((await download(app.url, url, lee.token)).status).toBe(404);
    const late = await lee.ask(grant, { input: { ...input, offeredMandateId: second!.id } });
    expect(late.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.offeredMandateId' }],
    });
  });

  it('waits for an export in progress, and an export waits for it', async () => {
    const admin = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await admin.connect();
    try {
      const lock = `(hashtextextended('export:' || (select organization_id from person where id = $1), 0))`;
      const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
      const until = async (isWaiting: boolean): Promise<void> => {
        while (((await app.database.query(waiting)).rowCount ?? 0) > 0 !== isWaiting) await pause(10);
      };
      await admin.query('begin');
      await admin.query(`select pg_advisory_xact_lock${lock}`, [robin.id]);
      const exported = robin.get('mutation { exportMyData { dataExport { id } } }');
      await until(true);
      await admin.query('commit');
      await exported;

      await robin.get(ERASE, { dryRun: false });
      await admin.query('begin');
      await admin.query(`select pg_advisory_xact_lock_shared${lock}`, [robin.id]);
      const erased = carryOut();
      await until(true);
      expect(
        (await app.database.query('select from data_export where person_id = $1', [robin.id])).rowCount,
      ).toBe(1);
      await admin.query('commit');
      await erased;
      expect(
        (await app.database.query('select from data_export where person_id = $1', [robin.id])).rowCount,
      ).toBe(0);
    } finally {
      await admin.end();
    }
  });

  it('after leaving turns the person into a former colleague, whose work stays', async () => {
    const cycle = await world.cycle(organization);
    const goal = await world.businessGoal(robin, cycle, { title: 'Sell bread' });
    await world.insert('barrier', {
      organization_id: organization.id,
      raised_by_id: robin.id,
      title: 'No keys',
      hinders_customers: false,
    });
    await world.leaves(robin, day(-1));
    // For 90 days they can sign in, and request it themselves.
    expect((await robin.get<Erased>(ERASE, { dryRun: true })).eraseMyData.preview).toContain(
      'Erased: your account, your sessions, and your entry in the directory.',
    );
    await robin.get(ERASE, { dryRun: false });
    await carryOut();
    expect((await app.graphql('{ viewer { id } }', {}, robin.token)).errors[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    const { rows: left } = await app.database.query(
      `select name, email, title, external_id, department_id, hired_on from person where id = $1`,
      [robin.id],
    );
    expect(left).toEqual([
      {
        name: 'Former colleague',
        email: null,
        title: null,
        external_id: null,
        department_id: null,
        hired_on: null,
      },
    ]);
    expect(
      await lee.get(
        `query ($id: ID!, $person: ID!) { person(id: $person) { name leftOn } barriers { nodes { title raisedBy { name } } }
           conversation(id: $id) { heldAt oneToOne { counterpart { name } } } }`,
        { id: talk.id, person: robin.id },
      ),
    ).toMatchObject({
      person: { name: 'Former colleague', leftOn: day(-1) },
      barriers: {
        nodes: expect.arrayContaining([
          { title: 'No keys', raisedBy: { name: 'Former colleague' } },
        ]) as unknown,
      },
      conversation: { oneToOne: { counterpart: { name: 'Former colleague' } } },
    });
    const { rows } = await app.database.query(`select title from business_goal where id = $1`, [goal.id]);
    expect(rows).toEqual([{ title: 'Sell bread' }]);
  });

  it('comes by itself 90 days after leaving, not before, and not for somebody who has returned', async () => {
    const { writer: early } = await hire();
    const { writer: returned } = await hire();
    for (const person of [robin, early, returned])
      await world.goal(person, { title: `Goal of ${person.id}` });
    await world.leaves(robin, day(-92));
    await world.leaves(early, day(-90));
    await world.leaves(returned, day(-92));
    await app.database.query('delete from employment_end where person_id = $1', [returned.id]);
    await app.runTask('erase_people');
    const { rows } = await app.database.query<{ title: string }>(
      `select title from personal_goal where title like 'Goal of%' order by title`,
    );
    expect(rows.map(({ title }) => title)).toEqual([`Goal of ${early.id}`, `Goal of ${returned.id}`].sort());
    // A correction of the last day does not bring it again; a new leaving does.
    await app.database.query('update employment_end set ended_on = ended_on - 1 where person_id = $1', [
      robin.id,
    ]);
    const due = async (): Promise<unknown[]> =>
      (await app.database.query<object>('select * from app.people_to_erase(10)')).rows;
    expect(await due()).toEqual([]);
    await app.database.query('delete from employment_end where person_id = $1', [robin.id]);
    await world.leaves(robin, day(-92));
    expect(await due()).toEqual([{ people_to_erase: robin.id }]);
  });

  it('is whole or not at all, and one that fails keeps no other back', async () => {
    const { writer: other } = await hire();
    await world.goal(other, { title: 'Another goal' });
    await world.agendaTemplate(robin, ['This stops it']);
    for (const person of [robin, other]) await person.get(ERASE, { dryRun: false });
    await app.database.query('update erasure set executes_at = now() where executed_at is null');
    // Late in the transaction, as if the process had died there.
    await app.database.query(`create function stop_it() returns trigger language plpgsql as $$
      begin raise exception 'stopped'; end $$`);
    await app.database.query(
      `create trigger stop_it before delete on agenda_template for each row execute function stop_it()`,
    );
    await expect(app.runTask('erase_people')).rejects.toThrow('erase_people failed');
    expect(await robin.get(GOALS)).toMatchObject({
      viewer: { person: { personalGoals: { nodes: [{ title: 'Sail' }] } } },
    });
    expect(await other.get(GOALS)).toMatchObject({ viewer: { person: { personalGoals: { nodes: [] } } } });
    await app.database.query('drop function stop_it cascade');
    await app.runTask('erase_people');
    expect(await robin.get(GOALS)).toMatchObject({ viewer: { person: { personalGoals: { nodes: [] } } } });
  });

  it('of somebody for whom it is not due is done by no login', async () => {
    await robin.get(ERASE, { dryRun: false });
    const { testDatabase } = app;
    const answer = async (url: string, text: string): Promise<unknown> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(text)).rows;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.end();
      }
    };
    for (const id of [robin.id, lee.id]) {
      expect(await answer(testDatabase.workerUrl, `select app.erase_person('${id}') as done`)).toEqual([
        { done: false },
      ]);
    }
    for (const call of [`app.erase_content('${robin.id}')`, `app.erase_account('${robin.id}')`]) {
      expect(await answer(testDatabase.workerUrl, `select ${call}`)).toBe('42501');
    }
    for (const call of [
      `app.erase_person('${robin.id}')`,
      'app.people_to_erase(1)',
      `app.erase_content('${robin.id}')`,
    ]) {
      expect(await answer(testDatabase.appUrl, `select ${call}`)).toBe('42501');
    }
    // With the session of another person, an injected statement changes nothing of the request.
    const session = createHash('sha256').update(lee.token).digest('hex');
    for (const text of [
      `delete from erasure where person_id = '${robin.id}'`,
      `update erasure set executes_at = now() where person_id = '${robin.id}'`,
      `insert into erasure (organization_id, person_id) values ('${organization.id}', '${robin.id}')`,
    ]) {
      await answer(testDatabase.appUrl, `select set_config('app.session', '${session}', false); ${text}`);
    }
    const { rows } = await app.database.query(
      `select executes_at > now() + interval '6 days' as waits from erasure where person_id = $1`,
      [robin.id],
    );
    expect(rows).toEqual([{ waits: true }]);
  });
});

const GOALS = '{ viewer { person { name personalGoals { nodes { title } } } } }';
