/** Three queries of one page about the same goal and person, each with different fields, and a mutation that changes the goal. */
export const PAGE = {
  pageGoalsQuery: `query pageGoalsQuery {
  viewer { id person { id name personalGoals(first: 10) { nodes { id title status } } } }
}`,
  pageGoalQuery: `query pageGoalQuery($id: ID!) {
  personalGoal(id: $id) { id title why milestones { id title } ownerView { version } owner { id name timeZone } }
}`,
  pageViewerQuery: `query pageViewerQuery {
  viewer { id roles person { id title personalGoals(first: 10) { nodes { id visibility } } } openActionItems(first: 5) { nodes { id } } }
}`,
  pageRenameMutation: `mutation pageRenameMutation($input: UpdatePersonalGoalInput!) {
  updatePersonalGoal(input: $input) { __typename ... on PersonalGoalPayload { personalGoal { id title ownerView { version } } } }
}`,
} as const;

/** Two queries of one page that ask for different fields of the same objects, among them all kinds that are not nodes. */
export const PARTS = {
  partsFirstQuery: `query partsFirstQuery($goalId: ID!, $managerId: ID!) {
  organization { id settings { id timeZone } }
  viewer { id accessLog(first: 5) { nodes { id on } } person { id fitMap { id carried { id } } reportingLines { id kind } }
    nextConversations(first: 5) { nodes { id privateNotes { id text } sharedNotes { id history { id text } } } } }
  personalGoal(id: $goalId) { id measure { id unit }
    ownerView { id area audience { id basis } history(first: 5) { nodes { id title } } } }
  person(id: $managerId) { id mirror { id iShareWithThem } }
}`,
  partsSecondQuery: `query partsSecondQuery($goalId: ID!, $managerId: ID!) {
  organization { id settings { id purpose leadersShareFirst } }
  viewer { id accessLog(first: 5) { nodes { id kind reader { id } } }
    person { id fitMap { id unplaced { id } beyondWork { id } } reportingLines { id startsOn manager { id } } }
    nextConversations(first: 5) { nodes { id privateNotes { id version } sharedNotes { id history { id version } } } } }
  personalGoal(id: $goalId) { id measure { id current target }
    ownerView { id version createdAt audience { id waits person { id } } history(first: 5) { nodes { id why } } } }
  person(id: $managerId) { id mirror { id theyShareWithMe } }
}`,
} as const;

type WatchedName = keyof typeof PAGE | keyof typeof PARTS;
const PAGE_QUERIES = ['pageGoalsQuery', 'pageGoalQuery', 'pageViewerQuery'] as const;

/** A client with an ordinary cache, and everything that it sends. */
export interface PageClient {
  /** Sends a query and watches its result. */
  watch(name: WatchedName, variables: Record<string, unknown>): Promise<void>;
  mutate(name: WatchedName, variables: Record<string, unknown>): Promise<void>;
  /** The current results of what is watched, as a component would render them. */
  results(): Record<string, unknown>;
}

interface Results {
  pageGoalsQuery: {
    viewer: {
      person: { name: string; personalGoals: { nodes: { id: string; title: string; status: string }[] } };
    };
  };
  pageGoalQuery: {
    personalGoal: {
      title: string;
      why: string;
      milestones: { title: string }[];
      ownerView: { version: number };
      owner: { name: string; timeZone: string };
    };
  };
  pageViewerQuery: {
    viewer: {
      roles: string[];
      person: { personalGoals: { nodes: { id: string; visibility: string }[] } };
      openActionItems: { nodes: unknown[] };
    };
  };
}

/** A mutation reaches all three queries through the cache: nothing is sent again, and no field of any of them is lost. */
export async function pageStaysCurrent(
  client: PageClient,
  goal: { readonly id: string; readonly title: string },
  sent: () => number,
): Promise<void> {
  for (const name of PAGE_QUERIES) await client.watch(name, name === 'pageGoalQuery' ? { id: goal.id } : {});
  const before = structuredClone(client.results()) as unknown as Results;
  expect(before.pageGoalsQuery.viewer.person.personalGoals.nodes).toMatchObject([
    { title: goal.title, status: 'ACTIVE' },
  ]);
  expect(before.pageGoalQuery.personalGoal).toMatchObject({
    title: goal.title,
    why: 'Because',
    ownerView: { version: 1 },
  });
  expect(before.pageViewerQuery.viewer).toMatchObject({
    roles: [],
    person: { personalGoals: { nodes: [{ id: goal.id, visibility: 'PRIVATE' }] } },
    openActionItems: { nodes: [] },
  });
  expect(sent()).toBe(3);

  await client.mutate('pageRenameMutation', { input: { id: goal.id, version: 1, title: 'Read at night' } });
  // A refetch would be under way by now.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const after = client.results() as unknown as Results;
  expect(sent()).toBe(4);
  const expected = structuredClone(before);
  expected.pageGoalsQuery.viewer.person.personalGoals.nodes[0]!.title = 'Read at night';
  expected.pageGoalQuery.personalGoal.title = 'Read at night';
  expected.pageGoalQuery.personalGoal.ownerView.version = 2;
  expect(after).toEqual(expected);
}

/** The second query leaves every field of the first where it was: nothing is lost, and nothing is sent again to replace it. */
export async function partsStayComplete(
  client: PageClient,
  variables: { readonly goalId: string; readonly managerId: string },
  sent: () => number,
): Promise<void> {
  await client.watch('partsFirstQuery', variables);
  const first = structuredClone(client.results().partsFirstQuery);
  expect(first).toMatchObject({
    organization: { settings: { timeZone: expect.any(String) as string } },
    viewer: {
      accessLog: { nodes: [{ on: expect.any(String) as string }] },
      person: { fitMap: { carried: [] }, reportingLines: [{ kind: 'PRIMARY' }] },
      nextConversations: {
        nodes: [{ privateNotes: { text: 'For myself' }, sharedNotes: { history: [{ text: 'For both' }] } }],
      },
    },
    personalGoal: {
      measure: { unit: 'evenings' },
      ownerView: {
        area: 'Home',
        audience: [{ basis: 'OWNER' }, { basis: 'SHARED_BY_NAME' }],
        history: { nodes: [{ title: 'Read again' }] },
      },
    },
    person: { mirror: { iShareWithThem: true } },
  });
  await client.watch('partsSecondQuery', variables);
  // A refetch would be under way by now.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(client.results().partsFirstQuery).toEqual(first);
  expect(client.results().partsSecondQuery).toMatchObject({
    viewer: { person: { reportingLines: [{ manager: { id: variables.managerId } }] } },
    personalGoal: { measure: { current: 1, target: 5 } },
    person: { mirror: { theyShareWithMe: true } },
  });
  expect(sent()).toBe(2);
}
