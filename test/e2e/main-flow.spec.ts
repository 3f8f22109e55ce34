import { ApolloClient, HttpLink, InMemoryCache, gql, type TypedDocumentNode } from '@apollo/client';
import { World, day as dayIn, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

/** A person with a separate Apollo client, as in the web client. */
class Somebody {
  private readonly client: ApolloClient;

  constructor(url: string, token?: string) {
    this.client = new ApolloClient({
      link: new HttpLink({
        uri: `${url}/graphql`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
      cache: new InMemoryCache(),
      defaultOptions: { query: { fetchPolicy: 'network-only' } },
    });
  }

  async asks<T>(query: TypedDocumentNode<T>, variables: Record<string, unknown> = {}): Promise<T> {
    const { data } = await this.client.query({ query, variables });
    if (data === undefined) throw new Error('an answer without data');
    return data;
  }

  async does<T>(mutation: TypedDocumentNode<T>, variables: Record<string, unknown> = {}): Promise<T> {
    const { data } = await this.client.mutate({ mutation, variables });
    if (data === undefined) throw new Error('an answer without data');
    return data;
  }
}

interface Row {
  id: string;
}
interface Nodes<T> {
  nodes: T[];
}

const PASSWORD = 'a garden in late October';

const day = (offset: number): string => dayIn(offset, 'Europe/Lisbon');

let app: TestApp;
let world: World;
let organization: TestOrganization;
let admin: Somebody;
let manager: Somebody;
let report: Somebody;
let outsider: Somebody;
let schemaToken: Somebody;
let directoryToken: Somebody;
const ids: Record<'manager' | 'report' | 'outsider', string> = { manager: '', report: '', outsider: '' };

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ timeZone: 'Europe/Lisbon' });
  const person = await world.person(organization, { name: 'Ada Administrator' });
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
    await world.role(person, role);
  admin = new Somebody(app.url, await world.signIn(person));
  schemaToken = new Somebody(app.url, await world.apiToken(organization, ['SCHEMA_READ'], person));
  directoryToken = new Somebody(
    app.url,
    await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE'], person),
  );
});
afterAll(() => app.close());

/** Accepts the invitation in somebody's mailbox. */
async function accept(address: string): Promise<Somebody> {
  const { token } = await app.mailbox.next(address, '');
  const { acceptInvitation } = await new Somebody(app.url).does<{ acceptInvitation: { token: string } }>(
    gql(`mutation Accept($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }`),
    { input: { token, password: PASSWORD } },
  );
  return new Somebody(app.url, acceptInvitation.token);
}

const SHARE = gql(
  `mutation Share($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id state } } }`,
) as TypedDocumentNode<{ shareGoal: { personalGoalShare: Row & { state: string } } }>;

const CREATE_GOAL = gql(
  `mutation Create($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id visibility basis } } }`,
) as TypedDocumentNode<{ createPersonalGoal: { personalGoal: Row & { visibility: string; basis: string } } }>;

const GOALS_OF = gql(
  `query GoalsOf($id: ID!) { person(id: $id) { personalGoals { nodes { id title basis ownerView { area } alignments { id how state businessGoal { id } } } } fitMap { placements { id } unplaced { id } beyondWork { id } } mirror { theyShareWithMe iShareWithThem } } }`,
) as TypedDocumentNode<{
  person: {
    personalGoals: Nodes<
      Row & {
        title: string;
        basis: string;
        ownerView: { area: string | null } | null;
        alignments: (Row & { how: string; state: string; businessGoal: Row })[];
      }
    >;
    fitMap: { placements: Row[]; unplaced: Row[] | null; beyondWork: Row[] | null };
    mirror: { theyShareWithMe: boolean; iShareWithThem: boolean };
  };
}>;

const ADD_POINT = gql(
  `mutation Add($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint { id version } } }`,
) as TypedDocumentNode<{ addTalkingPoint: { talkingPoint: Row & { version: number } } }>;

const HOLD = gql(
  `mutation Hold($input: HoldConversationInput!) { holdConversation(input: $input) { conversation { id status oneToOne { next { id talkingPoints { id timesCarried } } } } } }`,
) as TypedDocumentNode<{
  holdConversation: {
    conversation: Row & {
      status: string;
      oneToOne: { next: Row & { talkingPoints: (Row & { timesCarried: number })[] } };
    };
  };
}>;

/** What is made along the way. */
const made: Record<
  'goal' | 'leadersGoal' | 'businessGoal' | 'alignment' | 'pair' | 'carried' | 'promise' | 'share',
  string
> = {
  goal: '',
  leadersGoal: '',
  businessGoal: '',
  alignment: '',
  pair: '',
  carried: '',
  promise: '',
  share: '',
};
const conversations: string[] = [];

describe('from an empty organization to two conversations', () => {
  it('people are imported, invited, and set their own passwords', async () => {
    const csv = [
      'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on',
      '1,lena@example.com,Lena Okafor,Head of Care,Care,Porto,,2019-02-01,',
      '2,tomas@example.com,Tomás Nguyễn,Nurse,Care,Porto,1,2021-09-13,',
      '3,outsider@example.com,Ivo Outsider,Driver,Logistics,Porto,,2020-01-01,',
    ].join('\n');
    const { importPeople } = await admin.does<{ importPeople: { importReport: { created: number } } }>(
      gql(
        `mutation Import($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { created } } }`,
      ),
      { input: { csv, dryRun: false } },
    );
    expect(importPeople.importReport.created).toBe(3);

    const { people } = await admin.asks<{ people: Nodes<Row & { email: string | null }> }>(
      gql(`{ people { nodes { id email } } }`),
    );
    const idOf = (email: string): string => people.nodes.find((one) => one.email === email)?.id ?? '';
    ids.manager = idOf('lena@example.com');
    ids.report = idOf('tomas@example.com');
    ids.outsider = idOf('outsider@example.com');
    await admin.does(
      gql(`mutation Invite($input: InvitePeopleInput!) { invitePeople(input: $input) { __typename } }`),
      { input: { personIds: Object.values(ids) } },
    );
    manager = await accept('lena@example.com');
    report = await accept('tomas@example.com');
    outsider = await accept('outsider@example.com');
  });

  it('a report writes a goal; shared with the manager, it waits', async () => {
    const { createPersonalGoal } = await report.does(CREATE_GOAL, {
      input: { title: 'Be home when my daughter wakes up', area: 'family', horizon: 'FEW_YEARS' },
    });
    expect(createPersonalGoal.personalGoal).toMatchObject({ visibility: 'PRIVATE', basis: 'OWNER' });
    made.goal = createPersonalGoal.personalGoal.id;

    const { shareGoal } = await report.does(SHARE, { input: { goalId: made.goal, personId: ids.manager } });
    expect(shareGoal.personalGoalShare.state).toBe('PENDING');
    made.share = shareGoal.personalGoalShare.id;

    const seen = await manager.asks(GOALS_OF, { id: ids.report });
    expect(seen.person.personalGoals.nodes).toEqual([]);
    expect(seen.person.mirror).toMatchObject({ theyShareWithMe: false, iShareWithThem: false });
  });

  it('the manager shares first, and sees it; the report can look who did', async () => {
    const { createPersonalGoal } = await manager.does(CREATE_GOAL, {
      input: { title: 'Learn to listen before I answer' },
    });
    made.leadersGoal = createPersonalGoal.personalGoal.id;
    const { shareGoal } = await manager.does(SHARE, {
      input: { goalId: made.leadersGoal, personId: ids.report },
    });
    expect(shareGoal.personalGoalShare.state).toBe('ACTIVE');

    const seen = await manager.asks(GOALS_OF, { id: ids.report });
    expect(seen.person.personalGoals.nodes).toEqual([
      expect.objectContaining({
        id: made.goal,
        title: 'Be home when my daughter wakes up',
        basis: 'SHARED_BY_NAME',
        ownerView: null,
      }),
    ]);
    expect(seen.person.mirror).toMatchObject({ theyShareWithMe: true, iShareWithThem: true });

    const { viewer } = await report.asks<{
      viewer: { accessLog: Nodes<{ reader: Row; goal: Row; kind: string }> };
    }>(gql(`{ viewer { accessLog { nodes { reader { id } goal { id } kind } } } }`));
    expect(viewer.accessLog.nodes).toEqual([
      expect.objectContaining({
        reader: expect.objectContaining({ id: ids.manager }) as object,
        goal: expect.objectContaining({ id: made.goal }) as object,
        kind: 'LISTED',
      }),
    ]);
  });

  it('a business goal becomes part of it, by its owner’s own yes', async () => {
    const { createCycle } = await admin.does<{ createCycle: { cycle: Row } }>(
      gql(`mutation Cycle($input: CreateCycleInput!) { createCycle(input: $input) { cycle { id } } }`),
      { input: { name: 'This quarter', startsOn: day(-30), endsOn: day(60) } },
    );
    const { createBusinessGoal } = await manager.does<{ createBusinessGoal: { businessGoal: Row } }>(
      gql(
        `mutation Business($input: CreateBusinessGoalInput!) { createBusinessGoal(input: $input) { businessGoal { id } } }`,
      ),
      {
        input: {
          title: 'Rosters are known four weeks ahead',
          cycleId: createCycle.cycle.id,
          state: 'OPEN',
          assigneeIds: [ids.report],
        },
      },
    );
    made.businessGoal = createBusinessGoal.businessGoal.id;
    const before = await report.asks(GOALS_OF, { id: ids.report });
    expect(before.person.fitMap.unplaced).toEqual([expect.objectContaining({ id: made.businessGoal })]);

    await report.does(
      gql(
        `mutation Place($input: PlaceBusinessGoalInput!) { placeBusinessGoal(input: $input) { __typename } }`,
      ),
      {
        input: {
          personalGoalId: made.goal,
          businessGoalId: made.businessGoal,
          how: 'Known rosters let me swap early shifts in time.',
        },
      },
    );
    const after = await report.asks(GOALS_OF, { id: ids.report });
    expect(after.person.fitMap.unplaced).toEqual([]);
    made.alignment = after.person.fitMap.placements[0]?.id ?? '';

    const seen = await manager.asks(GOALS_OF, { id: ids.report });
    expect(seen.person.personalGoals.nodes[0]?.alignments).toEqual([
      expect.objectContaining({ how: 'Known rosters let me swap early shifts in time.', state: 'PLACED' }),
    ]);
    expect(seen.person.fitMap).toMatchObject({ unplaced: null, beyondWork: null });
  });

  it('the pair prepares its first conversation', async () => {
    const { startOneToOne } = await manager.does<{
      startOneToOne: { oneToOne: Row & { state: string; next: Row } };
    }>(
      gql(
        `mutation Start($input: StartOneToOneInput!) { startOneToOne(input: $input) { ... on OneToOnePayload { oneToOne { id state next { id } } } } }`,
      ),
      {
        input: {
          personId: ids.report,
          recurrence: 'FREQ=WEEKLY',
          startsAt: new Date(Date.now() + 3_600_000).toISOString(),
          timeZone: 'Europe/Lisbon',
        },
      },
    );
    expect(startOneToOne.oneToOne.state).toBe('OPEN');
    made.pair = startOneToOne.oneToOne.id;
    const conversationId = startOneToOne.oneToOne.next.id;
    conversations.push(conversationId);

    const mine = await report.does(ADD_POINT, {
      input: { target: { conversationId }, text: 'Early shifts in December', aboutId: made.goal },
    });
    made.carried = mine.addTalkingPoint.talkingPoint.id;
    const theirs = await manager.does(ADD_POINT, {
      input: { target: { conversationId }, text: 'How the new ward went', draft: false },
    });
    const points = gql(
      `query Points($id: ID!) { conversation(id: $id) { talkingPoints { id } } }`,
    ) as TypedDocumentNode<{ conversation: { talkingPoints: Row[] } }>;
    const draftSeen = await manager.asks(points, { id: conversationId });
    expect(draftSeen.conversation.talkingPoints.map(({ id }) => id)).toEqual([
      theirs.addTalkingPoint.talkingPoint.id,
    ]);

    await report.does(
      gql(
        `mutation ShareIt($input: ShareTalkingPointInput!) { shareTalkingPoint(input: $input) { __typename } }`,
      ),
      { input: { id: made.carried } },
    );
    const shared = await manager.asks(points, { id: conversationId });
    expect(shared.conversation.talkingPoints.map(({ id }) => id)).toContain(made.carried);

    await report.does(
      gql(
        `mutation Discussed($input: UpdateTalkingPointInput!) { updateTalkingPoint(input: $input) { __typename } }`,
      ),
      {
        input: {
          id: theirs.addTalkingPoint.talkingPoint.id,
          version: theirs.addTalkingPoint.talkingPoint.version,
          discussed: true,
        },
      },
    );
  });

  it('it is held; what was not discussed goes on as the same point, and a promise stands', async () => {
    const [first = ''] = conversations;
    const { addActionItem } = await report.does<{ addActionItem: { actionItem: Row } }>(
      gql(
        `mutation Promise($input: AddActionItemInput!) { addActionItem(input: $input) { actionItem { id } } }`,
      ),
      {
        input: {
          target: { conversationId: first },
          ownerId: ids.manager,
          text: 'Ask for two swaps in December',
          dueOn: day(7),
        },
      },
    );
    made.promise = addActionItem.actionItem.id;
    await manager.does(
      gql(
        `mutation Notes($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { __typename } }`,
      ),
      { input: { conversationId: first, version: 0, text: 'The ward: good. December: next time.' } },
    );
    const { holdConversation } = await report.does(HOLD, { input: { target: { conversationId: first } } });
    expect(holdConversation.conversation.status).toBe('HELD');
    const { next } = holdConversation.conversation.oneToOne;
    expect(next.talkingPoints).toEqual([expect.objectContaining({ id: made.carried, timesCarried: 1 })]);
    conversations.push(next.id);
  });

  it('the second one is held; the promise is kept', async () => {
    const [, second = ''] = conversations;
    const { closeActionItem } = await manager.does<{
      closeActionItem: { actionItem: { state: string; standing: string } };
    }>(
      gql(
        `mutation Close($input: CloseActionItemInput!) { closeActionItem(input: $input) { actionItem { state standing } } }`,
      ),
      { input: { id: made.promise, state: 'DONE' } },
    );
    expect(closeActionItem.actionItem).toMatchObject({ state: 'DONE', standing: 'KEPT' });
    const { holdConversation } = await manager.does(HOLD, { input: { target: { conversationId: second } } });
    expect(holdConversation.conversation.oneToOne.next.talkingPoints).toEqual([
      expect.objectContaining({ id: made.carried, timesCarried: 2 }),
    ]);
    const { oneToOne } = await report.asks<{
      oneToOne: { actionItems: Nodes<Row>; search: Nodes<Row> };
    }>(
      gql(
        `query Promises($id: ID!) { oneToOne(id: $id) { actionItems(owner: COUNTERPART, standing: [KEPT]) { nodes { id } } search(text: "december: NEXT") { nodes { id } } } }`,
      ),
      { id: made.pair },
    );
    expect(oneToOne.actionItems.nodes).toEqual([expect.objectContaining({ id: made.promise })]);
    expect(oneToOne.search.nodes.map(({ id }) => id)).toEqual([conversations[0]]);
  });
});

describe('what others see of it', () => {
  const NODES = gql(`query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }`) as TypedDocumentNode<{
    nodes: (Row | null)[];
  }>;
  const ALL_PATHS = gql(
    `query AllPaths($goal: ID!, $pair: ID!, $conversation: ID!, $person: ID!) { personalGoal(id: $goal) { id } oneToOne(id: $pair) { id } conversation(id: $conversation) { id } person(id: $person) { personalGoals { nodes { id } } fitMap { placements { id } unplaced { id } beyondWork { id } carried { id } } oneToOne { id } mirror { theyShareWithMe } } viewer { sharedWithMe { nodes { id } } oneToOnes { nodes { id } } nextConversations { nodes { id } } openActionItems { nodes { id } } } }`,
  ) as TypedDocumentNode<Record<string, unknown>>;

  const hidden = (): string[] => [
    made.goal,
    made.share,
    made.alignment,
    made.pair,
    ...conversations,
    made.carried,
    made.promise,
  ];
  const pathVariables = () => ({
    goal: made.goal,
    pair: made.pair,
    conversation: conversations[0],
    person: ids.report,
  });

  it('the manager sees all of it: the control beside the denials', async () => {
    const { nodes } = await manager.asks(NODES, { ids: hidden() });
    expect(nodes.map((node) => node?.id)).toEqual(hidden());
  });

  it.each([
    ['an outsider', () => outsider],
    ['an administrator with every role', () => admin],
  ])('%s sees nothing', async (_, who) => {
    const { nodes } = await who().asks(NODES, { ids: hidden() });
    expect(nodes).toEqual(hidden().map(() => null));
    expect(await who().asks(ALL_PATHS, pathVariables())).toMatchObject({
      personalGoal: null,
      oneToOne: null,
      conversation: null,
      person: {
        personalGoals: { nodes: [] },
        fitMap: { placements: [], unplaced: null, beyondWork: null, carried: null },
        oneToOne: null,
        mirror: { theyShareWithMe: false },
      },
      viewer: {
        sharedWithMe: { nodes: [] },
        oneToOnes: { nodes: [] },
        nextConversations: { nodes: [] },
        openActionItems: { nodes: [] },
      },
    });
  });

  it.each([
    ['an API token for the schema', () => schemaToken],
    ['an API token for the directory', () => directoryToken],
  ])('%s is refused, or sees nothing', async (_, who) => {
    const asked = await who()
      .asks(NODES, { ids: hidden() })
      .catch((error: unknown) => error);
    if (!(asked instanceof Error)) expect(asked).toMatchObject({ nodes: hidden().map(() => null) });
    await expect(who().asks(ALL_PATHS, pathVariables())).rejects.toThrow(/API token|may not/);
  });
});
