import { World, day, type TestOrganization } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let admin: Actor;
let rosa: Actor; // raises barriers
let ana: Actor; // answers for Travel
let dan: Actor; // is her deputy
let cai: Actor; // a curious colleague
let stranger: Actor; // of another organization
let travelId: string;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization();
  admin = await actors.join(organization, { name: 'Admin' });
  await world.role(admin, 'ORGANIZATION_ADMIN');
  rosa = await actors.join(organization, { name: 'Rosa' });
  ana = await actors.join(organization, { name: 'Ana' });
  dan = await actors.join(organization, { name: 'Dan' });
  cai = await actors.join(organization, { name: 'Cai' });
  stranger = await actors.join(await world.organization(), { name: 'Sam' });
  const { setProcedureArea } = await admin.get<{ setProcedureArea: { organization: Areas } }>(SET_AREA, {
    input: { name: 'Travel', answererId: ana.id, deputyId: dan.id },
  });
  travelId = setProcedureArea.organization.procedureAreas[0]!.id;
});
afterAll(() => app.close());

interface Areas {
  readonly procedureAreas: readonly {
    readonly id: string;
    readonly name: string;
    readonly answerer: { readonly id: string };
    readonly deputy: { readonly id: string } | null;
    readonly currentAnswerer: { readonly id: string } | null;
  }[];
}
interface Barrier {
  readonly id: string;
  readonly status: string;
  readonly awaitsAnswer: boolean;
  readonly answerDueOn: string;
  readonly createdOn: string;
  readonly supporters: number | null;
  readonly [field: string]: unknown;
}

const SET_AREA = `mutation ($input: SetProcedureAreaInput!) { setProcedureArea(input: $input) {
  organization { procedureAreas { id name answerer { id } deputy { id } currentAnswerer { id } } } } }`;
const BARRIER = `{
  id title description proposedRemedy hindersCustomers status awaitsAnswer answerDueOn createdOn supporters viewerSupports viewerCanAnswer
  raisedBy { name } procedureArea { name } answer { status text gotItWrong trialUntil requiredByLaw by { name } }
  answers { nodes { status } } stories { nodes { text author { name } } }
}`;
const RAISE = `mutation ($input: RaiseBarrierInput!) { raiseBarrier(input: $input) { barrier ${BARRIER} } }`;
const ANSWER = `mutation ($input: AnswerBarrierInput!) { answerBarrier(input: $input) { barrier ${BARRIER} } }`;
const ASSIGN = `mutation ($input: AssignBarrierInput!) { assignBarrier(input: $input) { barrier ${BARRIER} } }`;
const SUPPORT = `mutation ($input: SupportBarrierInput!) { supportBarrier(input: $input) { barrier { supporters viewerSupports } } }`;
const UNSUPPORT = `mutation ($input: UnsupportBarrierInput!) { unsupportBarrier(input: $input) { barrier { supporters viewerSupports } } }`;
const STORY = `{ id text createdOn adopters viewerAdopted viewerIsAuthor author { name } barrier { title } }`;
const TELL = `mutation ($input: TellStoryInput!) { tellStory(input: $input) { story ${STORY} } }`;
const NAME = `mutation ($input: NameStoryAuthorInput!) { nameStoryAuthor(input: $input) { story ${STORY} } }`;
const ADOPT = `mutation ($input: AdoptStoryInput!) { adoptStory(input: $input) { story ${STORY} } }`;
const UNADOPT = `mutation ($input: UnadoptStoryInput!) { unadoptStory(input: $input) { story ${STORY} } }`;
const deletion = (name: string): string =>
  `mutation ($id: ID!) { ${name}(input: { id: $id }) { deletedId } }`;
const DELETE = deletion('deleteBarrier');
const DELETE_STORY = deletion('deleteStory');
const DELETE_AREA = deletion('deleteProcedureArea');
const READ = `query ($id: ID!) { node(id: $id) { ... on Barrier ${BARRIER} } }`;

async function raise(by: Actor, input: object = {}): Promise<Barrier> {
  const given = { title: 'Three signatures for a train ticket', hindersCustomers: true, ...input };
  return (await by.get<{ raiseBarrier: { barrier: Barrier } }>(RAISE, { input: given })).raiseBarrier.barrier;
}

async function answer(by: Actor, id: string, input: object): Promise<Barrier> {
  const given = { id, text: 'Words', ...input };
  return (await by.get<{ answerBarrier: { barrier: Barrier } }>(ANSWER, { input: given })).answerBarrier
    .barrier;
}

async function seen(by: Actor, id: string): Promise<Barrier | null> {
  return (await by.get<{ node: Barrier | null }>(READ, { id })).node;
}

/** The refused fields of an input: path and code. */
async function refused(by: Actor, document: string, input: object): Promise<unknown> {
  const { errors } = await by.ask(document, { input });
  const fields = (errors[0]?.extensions.fields ?? []) as unknown as { path: string; code: string }[];
  return Object.fromEntries(fields.map(({ path, code }) => [path, code]));
}

it('a barrier is raised, answered, suspended and removed, and its story is adopted', async () => {
  const raised = await raise(rosa, {
    description: 'My manager, hers, and Travel.',
    proposedRemedy: 'One signature below 200 €.',
    procedureAreaId: travelId,
  });
  expect(raised).toMatchObject({
    status: 'OPEN',
    awaitsAnswer: true,
    createdOn: day(0),
    answerDueOn: day(14),
    raisedBy: { name: 'Rosa' },
    procedureArea: { name: 'Travel' },
    answer: null,
    viewerCanAnswer: false,
  });
  const inbox = `{ barriers(awaitsViewer: true) { nodes { id } } }`;
  const waiting = async (who: Actor): Promise<string[]> =>
    (await who.get<{ barriers: { nodes: Barrier[] } }>(inbox)).barriers.nodes.map(({ id }) => id);
  expect(await waiting(ana)).toContain(raised.id);
  expect(await waiting(cai)).toEqual([]);

  expect(await answer(ana, raised.id, { status: 'INVESTIGATING' })).toMatchObject({
    status: 'INVESTIGATING',
    awaitsAnswer: true,
    answerDueOn: day(14),
  });
  const tried = await answer(dan, raised.id, {
    status: 'TRIAL_WITHOUT',
    text: 'Use your judgement until then.',
    trialUntil: day(30),
  });
  expect(tried).toMatchObject({
    status: 'TRIAL_WITHOUT',
    awaitsAnswer: false,
    answerDueOn: day(44),
    answer: { by: { name: 'Dan' }, trialUntil: day(30) },
  });
  expect(await rosa.refusal(TELL, { input: { barrierId: raised.id, text: 'Too early' } })).toBe('CONFLICT');

  // The trial is over.
  await app.database.query(`update barrier set trial_until = $2, answer_due_on = $3 where id = $1`, [
    raised.id,
    day(-1),
    day(13),
  ]);
  expect(await seen(rosa, raised.id)).toMatchObject({ status: 'TRIAL_WITHOUT', awaitsAnswer: true });
  expect(await waiting(ana)).toContain(raised.id);
  expect(await answer(ana, raised.id, { status: 'REMOVED', text: 'Gone.', gotItWrong: true })).toMatchObject({
    status: 'REMOVED',
    awaitsAnswer: false,
    answer: { gotItWrong: true },
    answers: { nodes: [{ status: 'REMOVED' }, { status: 'TRIAL_WITHOUT' }, { status: 'INVESTIGATING' }] },
  });

  const { tellStory } = await rosa.get<{ tellStory: { story: { id: string } } }>(TELL, {
    input: { barrierId: raised.id, text: 'Nobody misses it.' },
  });
  const { id } = tellStory.story;
  expect(tellStory.story).toMatchObject({ author: null, viewerIsAuthor: true, createdOn: day(0) });
  const STORIES = `{ stories { nodes ${STORY} } }`;
  const colleagues = async (): Promise<unknown> =>
    (await cai.get<{ stories: { nodes: unknown[] } }>(STORIES)).stories.nodes[0];
  expect(await colleagues()).toMatchObject({ id, author: null, viewerIsAuthor: false, adopters: null });
  expect(await cai.refusal(NAME, { input: { id, withName: true } })).toBe('NOT_PERMITTED');
  await rosa.get(NAME, { input: { id, withName: true } });
  expect(await colleagues()).toMatchObject({ author: { name: 'Rosa' } });
  await rosa.get(NAME, { input: { id, withName: false } });
  expect(await colleagues()).toMatchObject({ author: null });

  expect(await rosa.refusal(ADOPT, { input: { id } })).toBe('NOT_PERMITTED');
  for (const adopter of [cai, ana, dan, admin]) {
    const { adoptStory } = await adopter.get<{ adoptStory: { story: object } }>(ADOPT, { input: { id } });
    expect(adoptStory.story).toMatchObject({ adopters: null, viewerAdopted: true });
  }
  const fifth = await actors.join(organization);
  await fifth.get(ADOPT, { input: { id } });
  await fifth.get(ADOPT, { input: { id } });
  expect(await colleagues()).toMatchObject({ adopters: 5, viewerAdopted: true });
  await fifth.get(UNADOPT, { input: { id } });
  expect(await colleagues()).toMatchObject({ adopters: null });
});

it('is deleted by the person who raised it, until it is answered or its supporters are counted', async () => {
  const support = async (id: string, supporters: readonly Actor[]): Promise<void> => {
    for (const supporter of supporters) await supporter.get(SUPPORT, { input: { id } });
  };
  const { id } = await raise(rosa);
  // Four others: a refusal would tell that there are some.
  await support(id, [cai, ana, dan, admin]);
  expect(await cai.refusal(DELETE, { id })).toBe('NOT_PERMITTED');
  expect(await admin.refusal(DELETE, { id })).toBe('NOT_PERMITTED');
  expect(await stranger.refusal(DELETE, { id })).toBe('NOT_FOUND');
  expect(await rosa.get(DELETE, { id })).toEqual({ deleteBarrier: { deletedId: id } });
  expect(await seen(cai, id)).toBeNull();
  expect(await rosa.refusal(DELETE, { id })).toBe('NOT_FOUND');

  const counted = await raise(rosa);
  await support(counted.id, [cai, ana, dan, admin, await actors.join(organization)]);
  expect(await rosa.refusal(DELETE, { id: counted.id })).toBe('CONFLICT');
  const answered = await raise(rosa, { procedureAreaId: travelId });
  await answer(ana, answered.id, { status: 'INVESTIGATING' });
  expect(await rosa.refusal(DELETE, { id: answered.id })).toBe('CONFLICT');
  // Without a name it belongs to nobody.
  const nameless = await world.insert<{ id: string }>('barrier', {
    organization_id: organization.id,
    title: 'Nobody says so',
    hinders_customers: false,
  });
  for (const one of [rosa, cai, admin]) {
    expect(await one.refusal(DELETE, { id: nameless.id })).toBe('NOT_PERMITTED');
  }
  for (const left of [counted, answered, nameless]) expect(await seen(cai, left.id)).not.toBeNull();
});

it('a story is deleted by its author, named or not, and by nobody else', async () => {
  const { id: barrierId } = await raise(rosa, { procedureAreaId: travelId });
  await answer(ana, barrierId, { status: 'REMOVED' });
  for (const withName of [true, false]) {
    const { tellStory } = await dan.get<{ tellStory: { story: { id: string } } }>(TELL, {
      input: { barrierId, text: 'We dropped it', withName },
    });
    const { id } = tellStory.story;
    await cai.get(ADOPT, { input: { id } });
    for (const one of [cai, rosa, ana, admin]) {
      expect(await one.refusal(DELETE_STORY, { id })).toBe('NOT_PERMITTED');
    }
    expect(await stranger.refusal(DELETE_STORY, { id })).toBe('NOT_FOUND');
    expect(await dan.get(DELETE_STORY, { id })).toEqual({ deleteStory: { deletedId: id } });
    expect(await seen(cai, barrierId)).toMatchObject({ stories: { nodes: [] } });
    const { rows } = await app.database.query('select from story_adoption where story_id = $1', [id]);
    expect(rows).toEqual([]);
  }
});

it('an area without barriers is deleted by ORGANIZATION_ADMIN, also where a barrier without a name waits in it', async () => {
  const areaOf = async (name: string): Promise<string> => {
    const { setProcedureArea } = await admin.get<{ setProcedureArea: { organization: Areas } }>(SET_AREA, {
      input: { name, answererId: ana.id },
    });
    return setProcedureArea.organization.procedureAreas.find((area) => area.name === name)!.id;
  };
  const used = await areaOf('Used');
  await raise(rosa, { procedureAreaId: used });
  const unused = await areaOf('Unused');
  const title = 'Waits in an area that goes';
  await app.database.query(
    `insert into nameless_barrier (organization_id, procedure_area_id, title, hinders_customers, staged_on)
     values ($1, $2, $3, true, $4)`,
    [organization.id, unused, title, day(-1)],
  );
  expect(await ana.refusal(DELETE_AREA, { id: unused })).toBe('NOT_PERMITTED');
  expect(await admin.refusal(DELETE_AREA, { id: used })).toBe('CONFLICT');
  expect(await admin.get(DELETE_AREA, { id: unused })).toEqual({
    deleteProcedureArea: { deletedId: unused },
  });
  expect(await admin.refusal(DELETE_AREA, { id: unused })).toBe('NOT_FOUND');
  await app.database.query('select app.publish_nameless_barriers()');
  const { rows } = await app.database.query(
    'select procedure_area_id as area from barrier where title = $1',
    [title],
  );
  expect(rows).toEqual([{ area: null }]);
});

it('supporters are a number from the minimum group up, and nobody’s names', async () => {
  const { id } = await raise(rosa);
  const input = { id };
  expect(await rosa.refusal(SUPPORT, { input })).toBe('NOT_PERMITTED');
  expect(await stranger.refusal(SUPPORT, { input })).toBe('NOT_FOUND');
  const supporters = [cai, ana, dan, admin, await actors.join(organization)];
  for (const supporter of supporters) {
    await supporter.get(SUPPORT, { input });
    await supporter.get(SUPPORT, { input });
  }
  expect(await seen(rosa, id)).toMatchObject({ supporters: 5, viewerSupports: false });
  expect(await seen(cai, id)).toMatchObject({ supporters: 5, viewerSupports: true });
  await cai.get(UNSUPPORT, { input });
  await cai.get(UNSUPPORT, { input });
  expect(await seen(cai, id)).toMatchObject({ supporters: null, viewerSupports: false });

  const SETTINGS = `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { organization { settings { minimumGroupSize } } } }`;
  await cai.get(SUPPORT, { input });
  await admin.get(SETTINGS, { input: { minimumGroupSize: 6 } });
  expect(await seen(cai, id)).toMatchObject({ supporters: null });
  expect(await refused(admin, SETTINGS, { minimumGroupSize: 5 })).toEqual({
    'input.minimumGroupSize': 'OUT_OF_RANGE',
  });
  expect(await refused(admin, SETTINGS, { minimumGroupSize: 4 })).toEqual({
    'input.minimumGroupSize': 'OUT_OF_RANGE',
  });
});

it('a procedure stays for facts or for a legal provision, and every fault of an answer is named', async () => {
  const { id } = await raise(rosa, { procedureAreaId: travelId });
  const fields = (input: object): Promise<unknown> => refused(ana, ANSWER, { id, text: 'Words', ...input });
  expect(await fields({ status: 'STAYS', text: 'Policy.' })).toEqual({
    'input.lossLastHappened': 'REQUIRED',
    'input.lossesAYear': 'REQUIRED',
    'input.costToOthers': 'REQUIRED',
  });
  expect(await fields({ status: 'STAYS', requiredByLaw: 'company policy' })).toEqual({
    'input.requiredByLaw': 'INVALID',
  });
  expect(await fields({ status: 'OPEN', trialUntil: day(3), lossesAYear: 2 })).toEqual({
    'input.status': 'NOT_ALLOWED',
    'input.trialUntil': 'NOT_ALLOWED',
    'input.lossesAYear': 'NOT_ALLOWED',
  });
  expect(await fields({ status: 'TRIAL_WITHOUT' })).toEqual({ 'input.trialUntil': 'REQUIRED' });
  expect(await fields({ status: 'TRIAL_WITHOUT', trialUntil: day(0) })).toEqual({
    'input.trialUntil': 'OUT_OF_RANGE',
  });
  expect(await fields({ status: 'TRIAL_WITHOUT', trialUntil: day(500) })).toEqual({
    'input.trialUntil': 'OUT_OF_RANGE',
  });
  const facts = { lossLastHappened: 'never', lossesAYear: 0, costToOthers: 'Two days for each ticket' };
  expect(await answer(ana, id, { status: 'STAYS', ...facts })).toMatchObject({ status: 'STAYS' });
  const requiredByLaw = 'Travel Expenses Act, § 7';
  expect(await answer(ana, id, { status: 'STAYS', requiredByLaw })).toMatchObject({
    answer: { requiredByLaw },
  });
});

it('only the answerer and the deputy answer, and only ORGANIZATION_ADMIN assigns', async () => {
  const { id } = await raise(rosa);
  const input = { id, status: 'REMOVED', text: 'Gone' };
  for (const person of [rosa, ana, admin])
    expect(await person.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
  expect(await stranger.refusal(ANSWER, { input })).toBe('NOT_FOUND');
  const assign = { id, procedureAreaId: travelId };
  expect(await rosa.refusal(ASSIGN, { input: assign })).toBe('NOT_PERMITTED');
  expect(await refused(admin, ASSIGN, { id, procedureAreaId: cai.id })).toEqual({
    'input.procedureAreaId': 'NOT_FOUND',
  });
  await app.database.query('update barrier set answer_due_on = $2 where id = $1', [id, day(-1)]);
  const { assignBarrier } = await admin.get<{ assignBarrier: { barrier: Barrier } }>(ASSIGN, {
    input: assign,
  });
  expect(assignBarrier.barrier).toMatchObject({ procedureArea: { name: 'Travel' }, answerDueOn: day(14) });
  expect(await cai.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
  await answer(dan, id, { status: 'REMOVED' });
  expect(await admin.refusal(ASSIGN, { input: assign })).toBe('CONFLICT');
  expect(await stranger.get(READ, { id })).toEqual({ node: null });
});

it('the deputy has to answer once the answerer has left, and then ORGANIZATION_ADMIN names another', async () => {
  const [first, second] = [await actors.join(organization), await actors.join(organization)];
  const areas = async (input: object): Promise<Areas['procedureAreas'][number]> => {
    const { setProcedureArea } = await admin.get<{ setProcedureArea: { organization: Areas } }>(SET_AREA, {
      input,
    });
    return setProcedureArea.organization.procedureAreas.find(({ name }) => name === 'Purchasing')!;
  };
  const made = await areas({ name: 'Purchasing', answererId: first.id, deputyId: second.id });
  expect(made.currentAnswerer).toEqual({ id: first.id });
  await world.leaves(first, day(-3));
  const renamed = { id: made.id, name: 'Purchasing' };
  expect((await areas(renamed)).currentAnswerer).toEqual({ id: second.id });
  await world.leaves(second, day(-3));
  expect(await areas(renamed)).toMatchObject({ answerer: { id: first.id }, currentAnswerer: null });
  expect((await areas({ id: made.id, answererId: cai.id })).currentAnswerer).toEqual({ id: cai.id });

  expect(await cai.refusal(SET_AREA, { input: { name: 'Mine', answererId: cai.id } })).toBe('NOT_PERMITTED');
  expect(await refused(admin, SET_AREA, {})).toEqual({
    'input.name': 'REQUIRED',
    'input.answererId': 'REQUIRED',
  });
  expect(await refused(admin, SET_AREA, { name: ' TRAVEL', answererId: ana.id })).toEqual({
    'input.name': 'TAKEN',
  });
  const gone = { name: 'Post', answererId: first.id, deputyId: stranger.id };
  expect(await refused(admin, SET_AREA, gone)).toEqual({
    'input.answererId': 'NOT_FOUND',
    'input.deputyId': 'NOT_FOUND',
  });
  expect(await refused(admin, SET_AREA, { name: 'Post', answererId: ana.id, deputyId: ana.id })).toEqual({
    'input.deputyId': 'DUPLICATE',
  });
});

it('preparation suggests answered barriers to the person who raised or supports them, and to nobody else', async () => {
  const conversation = await world.conversation(await world.oneToOne(rosa, cai));
  const own = await raise(rosa, { title: 'Answered', procedureAreaId: travelId });
  const supported = await raise(dan, { title: 'Supported', procedureAreaId: travelId });
  const open = await raise(rosa, { title: 'Still open', procedureAreaId: travelId });
  await rosa.get(SUPPORT, { input: { id: supported.id } });
  for (const { id } of [own, supported]) await answer(ana, id, { status: 'REMOVED' });
  await answer(ana, open.id, { status: 'INVESTIGATING' });
  const suggested = async (who: Actor): Promise<string[]> => {
    const prepared = await who.get<{
      conversation: {
        preparation: { suggestions: { kind: string; text: string; about: { id: string } | null }[] };
      };
    }>(
      `query ($id: ID!) { conversation(id: $id) { preparation { suggestions { kind text about { id ... on Barrier { title } } } } } }`,
      { id: conversation.id },
    );
    return prepared.conversation.preparation.suggestions
      .filter(
        ({ kind, about }) =>
          kind === 'BARRIER_ANSWERED' && [own.id, supported.id, open.id].includes(about?.id ?? ''),
      )
      .map(({ text }) => text)
      .sort();
  };
  expect(await suggested(rosa)).toEqual([
    'A barrier that you support was answered: Supported',
    'Your barrier was answered: Answered',
  ]);
  expect(await suggested(cai)).toEqual([]);
});

it('reminds the administrator by mail of an area for which nobody answers any more', async () => {
  const gone = await actors.join(organization, { name: 'Gone' });
  await admin.get(SET_AREA, { input: { name: 'Parcels', answererId: gone.id } });
  await world.leaves(gone, day(-2));
  await app.runTask('remind_of_due_barriers');
  const mail = await app.mailbox.next(admin.email, 'Nobody answers for a procedure area');
  expect(mail.text).toContain('Parcels');
  expect(mail.text).not.toContain('Travel');
  await app.runTask('remind_of_due_barriers');
  expect(
    (await app.mailbox.all(admin.email)).filter(({ subject }) => subject.startsWith('Nobody')),
  ).toHaveLength(1);
});

it('reminds the answerer by mail once, without the words of the barrier', async () => {
  const { id } = await raise(rosa, { procedureAreaId: travelId, title: 'Unmistakable words' });
  await app.database.query('update barrier set answer_due_on = $2 where id = $1', [id, day(1)]);
  await app.runTask('remind_of_due_barriers');
  const mail = await app.mailbox.next(ana.email, 'your answer');
  expect(mail.subject).toMatch(/needs? your answer$/);
  expect(JSON.stringify(mail)).not.toContain('Unmistakable');
});
