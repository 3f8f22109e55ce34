import { hours, World } from '../factories/world.js';
import { peopleCsv } from '../factories/people-csv.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

let app: TestApp;
let ada: Actor;
let ids: Record<string, string>;

/** Every kind of list in the API, by the path to it. */
const LISTS: Record<string, readonly [string, string]> = {
  people: ['', 'people'],
  auditTrail: ['organization', 'auditTrail'],
  importReports: ['organization', 'importReports'],
  invitations: ['organization', 'invitations'],
  businessGoals: ['', 'businessGoals'],
  checkIns: ['businessGoal(id: $businessGoal)', 'checkIns'],
  assignees: ['businessGoal(id: $businessGoal)', 'assignees'],
  barriers: ['', 'barriers'],
  answers: ['node(id: $barrier) { ... on Barrier', 'answers'],
  stories: ['', 'stories'],
  storiesOfBarrier: ['node(id: $barrier) { ... on Barrier', 'stories'],
  personalGoals: ['person(id: $ada)', 'personalGoals'],
  updates: ['personalGoal(id: $goal)', 'updates'],
  goalShares: ['personalGoal(id: $goal) { ownerView', 'shares'],
  goalAccessLog: ['personalGoal(id: $goal) { ownerView', 'accessLog'],
  history: ['personalGoal(id: $goal) { ownerView', 'history'],
  sharedWithMe: ['viewer', 'sharedWithMe'],
  shares: ['viewer', 'shares'],
  accessLog: ['viewer', 'accessLog'],
  ownReads: ['viewer', 'ownReads'],
  oneToOnes: ['viewer', 'oneToOnes'],
  nextConversations: ['viewer', 'nextConversations'],
  openActionItems: ['viewer', 'openActionItems'],
  conversations: ['oneToOne(id: $pair)', 'conversations'],
  actionItems: ['oneToOne(id: $pair)', 'actionItems'],
  mandates: ['oneToOne(id: $pair)', 'mandates'],
  publishedMandates: ['person(id: $ada)', 'mandates'],
};
const NAMES = Object.keys(LISTS);

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
}

/** The list's page; what it is refused for, if it is. */
async function ask(
  name: string,
  page: {
    readonly first?: number;
    readonly after?: string;
    readonly last?: number;
    readonly before?: string;
  } = {},
): Promise<{ page: Page | undefined; refused: unknown }> {
  const [parent, field] = LISTS[name]!;
  const args = Object.entries(page).map(([arg, value]) => `${arg}: ${JSON.stringify(value)}`);
  const list = `${field}${args.length === 0 ? '' : `(${args.join(', ')})`} { edges { cursor } pageInfo { endCursor hasNextPage hasPreviousPage } }`;
  const used = Object.keys(ids).filter((id) => parent.includes(`$${id}`));
  const variables = used.length > 0 ? `(${used.map((id) => `$${id}: ID!`).join(', ')})` : '';
  const { data, errors } = await ada.ask<Record<string, never>>(
    `query ${variables} { ${parent === '' ? list : `${parent} { ${list} }`} ${'}'.repeat(parent.split('{').length)}`,
    Object.fromEntries(used.map((id) => [id, ids[id]])),
  );
  const found = parent
    .split(' { ')
    .map((step) => step.split('(')[0] ?? '')
    .concat(field)
    .filter((step) => step !== '' && !step.startsWith('...'))
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], data) as
    Page | null | undefined;
  const error = errors[0]?.extensions;
  return { page: found ?? undefined, refused: error && { code: error.code, fields: error.fields } };
}

beforeAll(async () => {
  app = await startApp();
  const world = new World(app.database);
  const cast = new Actors(app, world);
  const organization = await world.organization({ leadersShareFirst: false });
  ada = await cast.join(organization, { name: 'Ada' });
  const ben = await cast.join(organization, { name: 'Ben' });
  for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN', 'AUDITOR']) await world.role(ada, role);
  const guest = await world.person(organization);
  const goal = await world.goal(ada);
  await world.goalUpdate(goal);
  await world.share(goal, ben);
  const bens = await world.goal(ben);
  await world.share(bens, ada);
  const businessGoal = await world.businessGoal(ada, await world.cycle(organization));
  await world.assign(businessGoal, ben);
  const pair = await world.oneToOne(ada, ben);
  const talk = await world.conversation(pair, { scheduledAt: hours(5) });
  await world.actionItem(talk, ada);
  await world.line(ada, ben);
  await world.mandate(ben, ada, { published: true, askedBy: ada });
  const of = { organization_id: organization.id };
  const barrier = await world.insert<{ id: string }>('barrier', {
    ...of,
    title: 'Forms',
    hinders_customers: true,
  });
  const about = { ...of, barrier_id: barrier.id, text: 'Gone' };
  await world.insert('barrier_answer', { ...about, status: 'REMOVED', by_id: ben.id });
  await world.insert('story', about);
  ids = { ada: ada.id, barrier: barrier.id, goal: goal.id, businessGoal: businessGoal.id, pair: pair.id };
  await ada.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: bens.id });
  await ben.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: goal.id });
  await ada.get(
    'mutation ($input: UpdatePersonalGoalInput!) { updatePersonalGoal(input: $input) { __typename } }',
    {
      input: { id: goal.id, version: 1, title: 'Reworded' },
    },
  );
  await ada.get(
    'mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { invitations { id } } }',
    {
      input: { personIds: [guest.id] },
    },
  );
  await ada.get(
    'mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { id } } }',
    {
      input: { csv: peopleCsv([]), dryRun: true },
    },
  );
  await ada.get(
    'mutation ($input: CheckInBusinessGoalInput!) { checkInBusinessGoal(input: $input) { __typename } }',
    {
      input: { id: businessGoal.id, health: 'ON_TRACK', confidence: 3 },
    },
  );
});
afterAll(() => app.close());

function refused(path: string) {
  return {
    code: 'BAD_USER_INPUT',
    fields: [{ path, code: 'INVALID', message: `"${path}" is not a cursor of this list.` }],
  };
}

it.each(NAMES)('a cursor of %s is accepted there, and refused by every other list', async (name) => {
  const { page } = await ask(name, { first: 5 });
  const cursor = page?.edges[0]?.cursor;
  expect(cursor).toEqual(expect.any(String));
  expect(page?.pageInfo.endCursor).toEqual(expect.any(String));
  for (const argument of ['after', 'before']) {
    expect(await ask(name, { [argument]: cursor })).toMatchObject({
      page: expect.anything() as unknown,
      refused: undefined,
    });
    const others = NAMES.filter((one) => one !== name);
    const answers = await Promise.all(
      others.map(async (other) => [other, await ask(other, { [argument]: cursor })]),
    );
    expect(answers).toEqual(others.map((other) => [other, { page: undefined, refused: refused(argument) }]));
  }
});

it.each(NAMES)('%s is the same list from its end', async (name) => {
  const whole = (await ask(name, { first: 100 })).page!;
  expect((await ask(name, { last: 100 })).page).toEqual(whole);
  const backwards: { readonly cursor: string }[] = [];
  for (let before: string | undefined; ;) {
    const page: Page = (await ask(name, { last: 1, ...(before !== undefined && { before }) })).page!;
    backwards.unshift(...page.edges);
    expect(page.pageInfo.hasNextPage).toBe(before !== undefined);
    before = page.edges[0]?.cursor;
    if (!page.pageInfo.hasPreviousPage) break;
  }
  expect(backwards).toEqual(whole.edges);
});

it.each(NAMES)('garbage is refused by %s', async (name) => {
  const garbage = ['', 'x', '!', 'W10', Buffer.from('["people"]').toString('base64url'), 'a'.repeat(500)];
  for (const argument of ['after', 'before']) {
    const answers = await Promise.all(garbage.map((cursor) => ask(name, { [argument]: cursor })));
    expect(answers.map((answer) => answer.refused)).toEqual(garbage.map(() => refused(argument)));
  }
});
