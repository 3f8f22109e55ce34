import { World, type TestPerson } from '../factories/world.js';
import type { TestApp } from '../e2e/app.js';

/** The operations of the main flow, as any client sends them; Relay's compiler takes the same texts. */
export const OPERATIONS = {
  flowCreateGoalMutation: `mutation flowCreateGoalMutation($input: CreatePersonalGoalInput!) {
  createPersonalGoal(input: $input) { personalGoal { id title visibility } }
}`,
  flowShareGoalMutation: `mutation flowShareGoalMutation($input: ShareGoalInput!) {
  shareGoal(input: $input) { personalGoalShare { id state } }
}`,
  flowGoalsQuery: `query flowGoalsQuery($id: ID!, $first: Int!, $after: String) {
  person(id: $id) {
    personalGoals(first: $first, after: $after) {
      edges { cursor node { id title } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  flowStartMutation: `mutation flowStartMutation($input: StartOneToOneInput!) {
  startOneToOne(input: $input) {
    __typename
    ... on OneToOnePayload { oneToOne { id state next { id } } }
  }
}`,
  flowPointMutation: `mutation flowPointMutation($input: AddTalkingPointInput!) {
  addTalkingPoint(input: $input) { talkingPoint { id about { __typename ... on PersonalGoal { id title } } } }
}`,
  flowHoldMutation: `mutation flowHoldMutation($input: HoldConversationInput!) {
  holdConversation(input: $input) {
    conversation { id status oneToOne { next { id talkingPoints { id timesCarried } } } }
  }
}`,
  flowNodeQuery: `query flowNodeQuery($id: ID!) { node(id: $id) { __typename id ... on PersonalGoal { title } } }`,
} as const;
export type OperationName = keyof typeof OPERATIONS;

/** A person with a separate client. A response with errors rejects. */
export interface ClientOf {
  /** Sends an operation of {@link OPERATIONS} and resolves with its data. */
  send(name: OperationName, variables: Record<string, unknown>): Promise<unknown>;
}

interface Created {
  createPersonalGoal: { personalGoal: { id: string; title: string } };
}
interface Goals {
  person: {
    personalGoals: {
      edges: { cursor: string; node: { id: string; title: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

/** Somebody, their manager, and somebody else, each signed in. */
export interface Three {
  readonly report: TestPerson;
  readonly reportToken: string;
  readonly managerToken: string;
  readonly manager: TestPerson;
  readonly strangerToken: string;
}

export async function three(app: TestApp): Promise<Three> {
  const world = new World(app.database);
  const organization = await world.organization();
  const report = await world.person(organization, { name: 'Rosa Report' });
  const manager = await world.person(organization, { name: 'Mads Manager' });
  const stranger = await world.person(organization, { name: 'Stella Stranger' });
  await world.line(report, manager);
  return {
    report: report,
    manager: manager,
    reportToken: await world.signIn(report),
    managerToken: await world.signIn(manager),
    strangerToken: await world.signIn(stranger),
  };
}

/** Goals written, shared, seen page by page; a conversation held. The same for every client. */
export async function mainFlow(people: Three, clientOf: (token: string) => ClientOf): Promise<void> {
  const report = clientOf(people.reportToken);
  const manager = clientOf(people.managerToken);
  const create = async (who: ClientOf, title: string): Promise<string> => {
    const { createPersonalGoal } = (await who.send('flowCreateGoalMutation', {
      input: { title },
    })) as Created;
    expect(createPersonalGoal.personalGoal).toMatchObject({ title, visibility: 'PRIVATE' });
    return createPersonalGoal.personalGoal.id;
  };
  const share = async (who: ClientOf, goalId: string, personId: string): Promise<void> => {
    expect(await who.send('flowShareGoalMutation', { input: { goalId, personId } })).toMatchObject({
      shareGoal: { personalGoalShare: { state: 'ACTIVE' } },
    });
  };
  const seen = async (who: ClientOf): Promise<string[]> => {
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { person } = (await who.send('flowGoalsQuery', {
        id: people.report.id,
        first: 1,
        after,
      })) as Goals;
      const { edges, pageInfo } = person.personalGoals;
      titles.push(...edges.map(({ node }) => node.title));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    return titles.sort();
  };

  // Leaders share first.
  await share(manager, await create(manager, 'Learn to listen'), people.report.id);
  const goals = [await create(report, 'Be home in the morning'), await create(report, 'Read again')];
  expect(await seen(manager)).toEqual([]);
  for (const goal of goals) await share(report, goal, people.manager.id);
  expect(await seen(manager)).toEqual(['Be home in the morning', 'Read again']);
  expect(await seen(clientOf(people.strangerToken))).toEqual([]);

  const { startOneToOne } = (await manager.send('flowStartMutation', {
    input: {
      personId: people.report.id,
      recurrence: 'FREQ=WEEKLY',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      timeZone: 'Europe/Lisbon',
    },
  })) as { startOneToOne: { oneToOne: { state: string; next: { id: string } } } };
  expect(startOneToOne).toMatchObject({ __typename: 'OneToOnePayload', oneToOne: { state: 'OPEN' } });
  const conversationId = startOneToOne.oneToOne.next.id;
  const point = await report.send('flowPointMutation', {
    input: { target: { conversationId }, text: 'Early shifts', aboutId: goals[0], draft: false },
  });
  expect(point).toMatchObject({
    addTalkingPoint: {
      talkingPoint: { about: { __typename: 'PersonalGoal', title: 'Be home in the morning' } },
    },
  });
  expect(await manager.send('flowHoldMutation', { input: { target: { conversationId } } })).toMatchObject({
    holdConversation: {
      conversation: { status: 'HELD', oneToOne: { next: { talkingPoints: [{ timesCarried: 1 }] } } },
    },
  });

  const node = { __typename: 'PersonalGoal', id: goals[0], title: 'Be home in the morning' };
  expect(await manager.send('flowNodeQuery', { id: goals[0] })).toMatchObject({ node });
  expect(await clientOf(people.strangerToken).send('flowNodeQuery', { id: goals[0] })).toEqual({
    node: null,
  });
}
