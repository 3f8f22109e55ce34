import { createHash } from 'node:crypto';
import { World, day, type TestOrganization, type TestRow } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, withApp, type TestApp } from './app.js';
import { download, everything, exportOf, json, requestExport } from './exports.js';
import { unzip } from './unzip.js';

const LIST = '{ viewer { exports { id url sha256 } } }';

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let robin: Actor;
let lee: Actor;
let peer: Actor;
let pair: TestRow;
let talk: TestRow;

/** Robin, whose manager is Lee, after a year with goals and one-to-ones. */
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization({ name: 'Harbour Works' });
  robin = await cast.join(organization, { name: 'Robin Hale' });
  lee = await cast.join(organization, { name: 'Lee Ortiz' });
  peer = await cast.join(organization, { name: 'Peer' });
  const line = await world.line(robin, lee);
  pair = await world.oneToOne(robin, lee, { lineId: line.id });
  talk = await world.conversation(pair);
});
afterAll(() => app.close());

/** Nobody in these tests is slowed down by what another test exported. */
beforeEach(async () => {
  await app.database.query('delete from throttle');
});

async function createGoal(
  actor: Actor,
  input: Record<string, unknown>,
): Promise<{ id: string; version: number }> {
  const { createPersonalGoal: made } = await actor.get<{
    createPersonalGoal: { personalGoal: { id: string; ownerView: { version: number } } };
  }>(
    'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id ownerView { version } } } }',
    { input },
  );
  return { id: made.personalGoal.id, version: made.personalGoal.ownerView.version };
}

async function writeNotes(actor: Actor, text: string): Promise<void> {
  const { conversation } = await actor.get<{
    conversation: { sharedNotes: { version: number } };
  }>('query ($id: ID!) { conversation(id: $id) { sharedNotes { version } } }', { id: talk.id });
  await actor.get(
    'mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { __typename } }',
    { input: { conversationId: talk.id, version: conversation.sharedNotes.version, text } },
  );
}

describe('an export', () => {
  it('contains a person’s own goals with everything that belongs to them', async () => {
    const { id, version } = await createGoal(robin, {
      title: 'Sail around the world',
      why: 'Because of the *sea*.',
      area: 'Sea',
      horizon: 'DECADE',
      targetOn: '2034-05-01',
      measure: { unit: 'miles', start: 0, current: 120.5, target: 24901 },
    });
    await robin.get(
      `mutation ($id: ID!, $version: Int!) {
         updatePersonalGoal(input: { id: $id, version: $version, title: "Sail around the whole world" }) { __typename }
         addPersonalGoalUpdate(input: { goalId: $id, text: "The boat floats.", measuredValue: 300, at: "2026-01-02T03:04:05.678Z" }) {
           personalGoal { id } }
         shareGoal(input: { goalId: $id, personId: "${lee.id}", withoutWaiting: true }) { goalShare: personalGoalShare { id } } }`,
      { id, version },
    );
    await robin.get(
      `mutation ($id: ID!) { setMilestones(input: { id: $id, version: 4, milestones: [
         { title: "A boat", reachedOn: "2025-06-07" }, { title: "A crew" }] }) { __typename } }`,
      { id },
    );
    await lee.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id });
    const files = await exportOf(app.url, robin);
    expect(json(files, 'goals.json')).toMatchObject({
      format: 'mutual-goals',
      formatVersion: 1,
      purpose:
        "For people's own lives and for trust between them. Never used for pay, rating, promotion or dismissal.",
      goals: [
        {
          id,
          title: 'Sail around the whole world',
          why: 'Because of the *sea*.',
          area: 'Sea',
          horizon: 'DECADE',
          targetOn: '2034-05-01',
          status: 'ACTIVE',
          measure: { unit: 'miles', start: 0, current: 300, target: 24901 },
          milestones: [
            { title: 'A boat', reachedOn: '2025-06-07' },
            { title: 'A crew', reachedOn: null },
          ],
          updates: [{ at: '2026-01-02T03:04:05.678Z', text: 'The boat floats.', measuredValue: 300 }],
          history: [{ version: 1, title: 'Sail around the world' }, { title: 'Sail around the whole world' }],
        },
      ],
    });
    expect(json(files, 'sharing.json')).toMatchObject({
      goals: [{ goalId: id, visibility: 'SHARED', shares: [{ with: 'Lee Ortiz', state: 'ACTIVE' }] }],
    });
    expect(json(files, 'access-log.json')).toMatchObject({
      readsOfMyGoals: [{ reader: 'Lee Ortiz', kind: 'OPENED', goal: 'Sail around the whole world' }],
    });
    expect(files.get('goals.md')?.toString()).toContain('## Sail around the whole world');
    expect(files.get('goals.md')?.toString()).toContain('- [x] A boat (2025-06-07)');
  });

  it('contains a person’s own words, and none of anybody else', async () => {
    const add = (actor: Actor, text: string, draft: boolean): Promise<unknown> =>
      actor.get(
        'mutation ($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint { id } } }',
        { input: { target: { conversationId: talk.id }, text, draft } },
      );
    await add(robin, 'Robin shares a point', false);
    await add(robin, 'Robin drafts a point', true);
    await add(lee, 'Lee shares a point', false);
    await add(lee, 'Lee drafts a point', true);
    await writeNotes(robin, '# Robin begins\nRobin agrees\nRobin likes tea');
    await writeNotes(lee, '# Robin begins\nLee answers\nRobin agrees\nRobin likes coffee, says Lee');
    await robin.get(
      'mutation ($input: WritePrivateNotesInput!) { writePrivateNotes(input: $input) { __typename } }',
      { input: { conversationId: talk.id, text: 'Robin keeps this private', version: 0 } },
    );
    await lee.get(
      'mutation ($input: WritePrivateNotesInput!) { writePrivateNotes(input: $input) { __typename } }',
      { input: { conversationId: talk.id, text: 'Lee keeps this private', version: 0 } },
    );
    const held = await world.conversation(pair, { status: 'HELD' });
    await world.feedback(held, robin, { better: 'Robin would talk less', worthIt: 4, offered: true });
    await world.feedback(held, lee, { better: 'Lee would listen', offered: true });
    await world.actionItem(talk, robin, { text: 'Robin promises' });
    await world.actionItem(talk, lee, { text: 'Lee promises what Robin wrote', createdBy: robin });
    await world.actionItem(talk, lee, { text: 'Lee promises alone' });
    await world.agendaTemplate(robin, ['What does Robin ask?']);
    await world.mandate(lee, robin, { text: 'Up to 200 without asking' });
    await robin.get('mutation ($input: RaiseBarrierInput!) { raiseBarrier(input: $input) { __typename } }', {
      input: { title: 'Robin waits for keys', hindersCustomers: false },
    });
    await world.goal(lee, { title: 'Lee learns to dance', visibility: 'ORGANIZATION' });
    const theirs = await world.goal(lee, { title: 'Lee plants a forest' });
    await world.share(theirs, robin, { waits: false });
    await robin.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: theirs.id });

    const files = await exportOf(app.url, robin);
    expect(json(files, 'conversations.json')).toMatchObject({
      oneToOnes: [
        {
          with: 'Lee Ortiz',
          conversations: [
            { feedback: { better: 'Robin would talk less', worthIt: 4, offered: true } },
            {
              feedback: null,
              points: [
                { text: 'Robin shares a point', draft: false },
                { text: 'Robin drafts a point', draft: true },
              ],
              ownLinesOfSharedNotes: ['# Robin begins', 'Robin agrees'],
              privateNotes: 'Robin keeps this private',
            },
          ],
          actionItems: [
            { text: 'Robin promises', mine: true },
            { text: 'Lee promises what Robin wrote', mine: false, writtenByMe: true },
          ],
        },
      ],
    });
    expect(json(files, 'work.json')).toMatchObject({
      agendaTemplates: [{ points: ['What does Robin ask?'] }],
      mandatesGrantedToMe: [{ with: 'Lee Ortiz', text: 'Up to 200 without asking' }],
      barriers: [{ title: 'Robin waits for keys' }],
    });
    expect(json(files, 'access-log.json')).toMatchObject({
      myReads: [{ owner: 'Lee Ortiz', kind: 'OPENED' }],
    });
    expect(json(files, 'account.json')).toMatchObject({
      account: { name: 'Robin Hale', signInAddress: robin.email, sessions: [{ revokedAt: null }] },
    });
    const text = everything(files);
    for (const others of [
      'Lee shares a point',
      'Lee drafts a point',
      'Lee answers',
      'says Lee',
      'Lee keeps this private',
      'Lee would listen',
      'Lee promises alone',
      'Lee learns to dance',
      'Lee plants a forest',
    ]) {
      expect([others, text.includes(others)]).toEqual([others, false]);
    }
    expect(files.get('conversations.md')?.toString()).toContain('Robin drafts a point (draft)');
  });

  it('says what each file is, with its SHA-256 and the purpose of the records', async () => {
    const node = await requestExport(robin);
    const response = await download(app.url, node.url, robin.token);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="mutual-\d{4}-\d\d-\d\d\.zip"$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    const archive = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(archive).digest('hex')).toBe(node.sha256);
    const files = unzip(archive);
    const manifest = json(files, 'manifest.json') as {
      purpose: string;
      files: { path: string; bytes: number; sha256: string }[];
    };
    expect(manifest.purpose).toContain('Never used for pay, rating, promotion or dismissal.');
    expect(manifest.files.map(({ path }) => path).sort()).toEqual(
      [...files.keys()].filter((path) => path !== 'manifest.json').sort(),
    );
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = files.get(path)!;
      expect([path, bytes, sha256]).toEqual([
        path,
        content.length,
        createHash('sha256').update(content).digest('hex'),
      ]);
      expect([path, content.includes('Never used for pay')]).toEqual([path, true]);
    }
  });

  it('is listed for, and downloaded by, the person alone', async () => {
    const node = await requestExport(robin);
    const admin = await cast.join(organization, { name: 'Admin' });
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin, role);
    const scopes = ['DIRECTORY_READ', 'TRENDS_READ'];
    const token = await world.apiToken(organization, scopes);
    for (const other of [lee.token, peer.token, admin.token, token]) {
      expect((await download(app.url, node.url, other)).status).toBe(404);
    }
    for (const nobody of [undefined, 'unknown', '']) {
      const response = await download(app.url, node.url, nobody);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await response.json()).toEqual({
        errors: [{ message: 'Sign in to do this.', extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
    expect((await download(app.url, '/exports/1', robin.token)).status).toBe(404);
    expect((await download(app.url, `/exports/${robin.id}`, robin.token)).status).toBe(404);
    expect((await download(app.url, node.url, robin.token)).status).toBe(200);
    expect(await lee.get(LIST)).toEqual({ viewer: { exports: [] } });
    const { viewer } = await robin.get<{ viewer: { exports: object[] } }>(LIST);
    expect(viewer.exports).toContainEqual({ id: node.id, url: `/exports/${node.id}`, sha256: node.sha256 });
  });

  it('can be made three times a day', async () => {
    for (let n = 0; n < 3; n += 1) await requestExport(robin);
    const { data, errors } = await robin.ask('mutation { exportMyData { dataExport { id } } }');
    expect([data, errors[0]?.extensions.code]).toEqual([{ exportMyData: null }, 'RATE_LIMITED']);
    await requestExport(lee);
  });

  it('ends after 7 days, at that moment, and is deleted', async () => {
    const node = await requestExport(peer);
    expect(Date.parse(node.expiresAt) - Date.parse(node.requestedAt)).toBe(7 * 86_400_000);
    await app.database.query(`update data_export set expires_at = now() where id = $1`, [node.id]);
    expect(await peer.get(LIST)).toEqual({ viewer: { exports: [] } });
    expect((await download(app.url, node.url, peer.token)).status).toBe(404);
    const kept = await requestExport(peer);
    await app.runTask('delete_expired_exports');
    const { rows } = await app.database.query('select id from data_export where person_id = $1', [peer.id]);
    expect(rows).toEqual([{ id: kept.id }]);
  });

  it('does not contain what was deleted before', async () => {
    const { id } = await createGoal(peer, { title: 'Forget this' });
    expect(everything(await exportOf(app.url, peer))).toContain('Forget this');
    await peer.get('mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }', { id });
    expect(everything(await exportOf(app.url, peer))).not.toContain('Forget this');
  });

  it('is repeated with the same idempotency key as the same export', async () => {
    const send = (): ReturnType<TestApp['graphql']> =>
      app.graphql('mutation { exportMyData { dataExport { id sha256 url } } }', {}, lee.token, {
        'idempotency-key': 'export-of-lee',
      });
    const first = await send();
    expect(first.errors).toEqual([]);
    expect(await send()).toMatchObject({ data: first.data, errors: [] });
  });

  it('contains the goals of a person who has left, and nothing else', async () => {
    const leaver = await cast.join(organization, { name: 'Leaver' });
    const line = await world.line(leaver, lee, { from: '2020-01-01' });
    const goal = await world.goal(leaver, { title: 'Live by the sea' });
    await world.share(goal, lee, { waits: false });
    await lee.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: goal.id });
    const conversation = await world.conversation(await world.oneToOne(leaver, lee, { lineId: line.id }));
    await world.talkingPoint(conversation, leaver, { text: 'A point of somebody who leaves' });
    await world.privateNotes(conversation, leaver, 'Notes of somebody who leaves');
    await world.agendaTemplate(leaver, ['A template of somebody who leaves']);
    await world.leaves(leaver, day(-1));
    const files = await exportOf(app.url, leaver);
    expect([...files.keys()].sort()).toEqual([
      'README.md',
      'access-log.json',
      'account.json',
      'goals.json',
      'goals.md',
      'manifest.json',
      'sharing.json',
    ]);
    expect(json(files, 'goals.json')).toMatchObject({ goals: [{ title: 'Live by the sea' }] });
    expect(json(files, 'access-log.json')).toMatchObject({
      readsOfMyGoals: [{ reader: 'Lee Ortiz' }],
      myReads: [],
    });
    expect(everything(files)).not.toContain('of somebody who leaves');
    // After 90 days the session is not valid any more.
    const node = await requestExport(leaver);
    await app.database.query(
      "update employment_end set ended_on = ended_on - 91, recorded_at = recorded_at - interval '91 days' where person_id = $1",
      [leaver.id],
    );
    await app.database.query('update employment_end set access_until = now() where person_id = $1', [
      leaver.id,
    ]);
    expect((await download(app.url, node.url, leaver.token)).status).toBe(401);
  });

  it('costs a part of the caller’s budget to download', async () => {
    await withApp({ COST_PER_MINUTE: '2000' }, async (other) => {
      const there = new World(other.database);
      const [mia] = [await new Actors(other, there).join(await there.organization())];
      const { url } = await requestExport(mia);
      const statuses: number[] = [];
      for (let n = 0; n < 25; n += 1) statuses.push((await download(other.url, url, mia.token)).status);
      expect(statuses[0]).toBe(200);
      const last = await download(other.url, url, mia.token);
      expect([statuses.at(-1), Number(last.headers.get('retry-after')) > 0]).toEqual([429, true]);
    });
  });
});
