import { World, hours, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf } from './statements.js';

/** "Prepare my one-to-one": the pair, the counterpart, ten of their goals, the last five conversations with everything said. */
const PREPARE = `query Prepare($id: ID!) {
  oneToOne(id: $id) {
    id state recurrence durationMinutes
    counterpart {
      id name title
      personalGoals(first: 10) { nodes { id title status horizon basis } }
    }
    conversations(first: 5) {
      nodes {
        id status scheduledAt heldAt
        talkingPoints { id text discussed timesCarried author { id name } }
        actionItems { id text state dueOn kept owner { id name } }
      }
    }
  }
}`;

interface Prepared {
  oneToOne: {
    counterpart: { personalGoals: { nodes: { title: string }[] } };
    conversations: { nodes: { talkingPoints: object[]; actionItems: object[] }[] };
  };
}

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());

/** A manager and a report with so much of everything. */
async function pairWith(amount: { goals: number; conversations: number; each: number }): Promise<{
  id: string;
  manager: TestPerson;
  token: string;
}> {
  const organization = await world.organization({ leadersShareFirst: false });
  const manager = await world.person(organization);
  const report = await world.person(organization);
  const line = await world.line(report, manager);
  for (let index = 0; index < amount.goals; index++) await world.share(await world.goal(report), manager);
  const pair = await world.oneToOne(manager, report, { lineId: line.id });
  for (let index = 0; index < amount.conversations; index++) {
    const conversation = await world.conversation(pair, {
      status: 'HELD',
      scheduledAt: hours(-24 * (index + 1)),
    });
    for (let each = 0; each < amount.each; each++) {
      const author = each % 2 === 0 ? manager : report;
      await world.talkingPoint(conversation, author);
      await world.actionItem(conversation, author);
    }
  }
  return { id: pair.id, manager, token: await world.signIn(manager) };
}

async function prepare({
  id,
  token,
}: {
  id: string;
  token: string;
}): Promise<{ data: Prepared; sent: string[] }> {
  let data: Prepared | undefined;
  const sent = await statementsOf(async () => {
    const answer = await app.graphql<Prepared>(PREPARE, { id }, token);
    expect(answer.errors).toEqual([]);
    data = answer.data ?? undefined;
  });
  if (!data) throw new Error('no answer');
  return { data, sent };
}

describe('the SQL statements of an operation', () => {
  test('preparing a one-to-one takes at most 8, however much there is', async () => {
    const small = await prepare(await pairWith({ goals: 1, conversations: 1, each: 1 }));
    const large = await prepare(await pairWith({ goals: 14, conversations: 9, each: 6 }));

    expect(large.data.oneToOne.counterpart.personalGoals.nodes).toHaveLength(10);
    expect(large.data.oneToOne.conversations.nodes).toHaveLength(5);
    for (const { talkingPoints, actionItems } of large.data.oneToOne.conversations.nodes) {
      expect(talkingPoints).toHaveLength(6);
      expect(actionItems).toHaveLength(6);
    }
    expect(large.sent).toHaveLength(small.sent.length);
    expect(large.sent.length).toBeLessThanOrEqual(8);
  });
});
