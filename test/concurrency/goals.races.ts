import type { TestPerson } from '../factories/world.js';
import { count, done, expected, succeeded, type Race, type RaceContext } from './race.js';

const PLACE = `mutation ($input: PlaceBusinessGoalInput!) {
  placeBusinessGoal(input: $input) { __typename ... on AlignmentPayload { alignment { id } } ... on AlreadyPlaced { alignment { id } } }
}`;
const SHARE = `mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id state } } }`;
const EDIT = `mutation ($input: UpdatePersonalGoalInput!) {
  updatePersonalGoal(input: $input) { __typename ... on PersonalGoalPayload { personalGoal { ownerView { version } } } }
}`;
const DELETE = `mutation ($input: DeleteInput!) { deletePersonalGoal(input: $input) { deletedId } }`;
const UPDATE = `mutation ($input: AddPersonalGoalUpdateInput!) { addPersonalGoalUpdate(input: $input) { personalGoalUpdate { id } } }`;
const MILESTONES = `mutation ($input: SetMilestonesInput!) { setMilestones(input: $input) { __typename } }`;
const READ = `query ($id: ID!) { personalGoal(id: $id) { title milestones { title } alignments { id } } }`;
const EDIT_WORK = `mutation ($input: UpdateBusinessGoalInput!) {
  updateBusinessGoal(input: $input) { __typename ... on BusinessGoalPayload { businessGoal { version } } }
}`;
const CHECK_IN = `mutation ($input: CheckInBusinessGoalInput!) { checkInBusinessGoal(input: $input) { __typename ... on CheckInPayload { checkIn { id } } } }`;
const POINT = `mutation ($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint { id } } }`;

interface Pair {
  readonly leader: TestPerson;
  readonly report: TestPerson;
  readonly leaderToken: string;
  readonly reportToken: string;
}

/** A manager and their report, signed in, where leaders share first. */
async function pair({ world }: RaceContext): Promise<Pair> {
  const organization = await world.organization();
  const leader = await world.person(organization);
  const report = await world.person(organization);
  await world.line(report, leader);
  return { leader, report, leaderToken: await world.signIn(leader), reportToken: await world.signIn(report) };
}

const placing: Race = {
  name: 'one goal is placed twice and proposed',
  async round(context) {
    const { leader, report, leaderToken, reportToken } = await pair(context);
    const goal = await context.world.goal(leader, { visibility: 'ORGANIZATION', openToProposals: true });
    const work = await context.world.businessGoal(
      report,
      await context.world.cycle(leaderOrganization(leader)),
    );
    const input = { personalGoalId: goal.id, businessGoalId: work.id };
    return {
      clients: [leaderToken, leaderToken, reportToken].map(
        (token) => () => context.ask(token, PLACE, { input }),
      ),
      judge: async (answers) => [
        ...expected('the owner is answered', done(answers.slice(0, 2)), 2),
        ...expected(
          'alignments, proposals among them',
          await count(context, `select from alignment where personal_goal_id = $1`, [goal.id]),
          1,
        ),
      ],
    };
  },
};

const sharing: Race = {
  name: 'one goal is shared three times with one person',
  async round(context) {
    const { leader, report, leaderToken } = await pair(context);
    const goal = await context.world.goal(leader);
    const input = { goalId: goal.id, personId: report.id };
    return {
      clients: [1, 2, 3].map(() => () => context.ask(leaderToken, SHARE, { input })),
      judge: async (answers) => [
        ...expected('answers', done(answers), 3),
        ...expected(
          'shares',
          await count(context, `select from goal_share where goal_id = $1`, [goal.id]),
          1,
        ),
      ],
    };
  },
};

const STILL_WAITING = `select from goal_share s
  where s.owner_id = $1 and app.share_state(s) = 'PENDING' and app.has_shared_first(s.with_id, s.owner_id)`;

const bothShare: Race = {
  name: 'a report and their manager share with each other',
  async round(context) {
    const { leader, report, leaderToken, reportToken } = await pair(context);
    const upward = [await context.world.goal(report), await context.world.goal(report)];
    const downward = await context.world.goal(leader);
    return {
      clients: [
        ...upward.map(({ id }) => () => {
          return context.ask(reportToken, SHARE, { input: { goalId: id, personId: leader.id } });
        }),
        () => context.ask(leaderToken, SHARE, { input: { goalId: downward.id, personId: report.id } }),
      ],
      judge: async (answers) => [
        ...expected('answers', done(answers), 3),
        ...expected('shares that wait for ever', await count(context, STILL_WAITING, [report.id]), 0),
      ],
    };
  },
};

const published: Race = {
  name: 'a report shares while their manager publishes a goal',
  async round(context) {
    const { leader, report, leaderToken, reportToken } = await pair(context);
    const upward = await context.world.goal(report);
    const downward = await context.world.goal(leader);
    return {
      clients: [
        () => context.ask(reportToken, SHARE, { input: { goalId: upward.id, personId: leader.id } }),
        () =>
          context.ask(leaderToken, EDIT, {
            input: { id: downward.id, version: 1, visibility: 'ORGANIZATION' },
          }),
      ],
      judge: async (answers) => [
        ...expected('answers', done(answers), 2),
        ...expected('shares that wait for ever', await count(context, STILL_WAITING, [report.id]), 0),
      ],
    };
  },
};

const madePrivate: Race = {
  name: 'a goal is made private while it is shared',
  async round(context) {
    const { leader, report, leaderToken } = await pair(context);
    const goal = await context.world.goal(leader, { visibility: 'SHARED' });
    return {
      clients: [
        () => context.ask(leaderToken, SHARE, { input: { goalId: goal.id, personId: report.id } }),
        () => context.ask(leaderToken, EDIT, { input: { id: goal.id, version: 1, visibility: 'PRIVATE' } }),
      ],
      judge: async () =>
        expected(
          'live shares of a private goal',
          await count(
            context,
            `select from goal_share s join personal_goal g on g.id = s.goal_id
             where g.id = $1 and g.visibility = 'PRIVATE' and s.ended_at is null`,
            [goal.id],
          ),
          0,
        ),
    };
  },
};

const editing: Race = {
  name: 'one version of a goal is edited three times',
  async round(context) {
    const { leader, leaderToken } = await pair(context);
    const goal = await context.world.goal(leader);
    return {
      clients: ['a', 'b', 'c'].map((why) => () => {
        return context.ask(leaderToken, EDIT, { input: { id: goal.id, version: 1, why } });
      }),
      judge: async (answers) => {
        const { rows } = await context.owner.query<{ version: number }>(
          'select version from personal_goal_own where goal_id = $1',
          [goal.id],
        );
        return [...expected('edits', done(answers), 1), ...expected('version', rows[0]?.version, 2)];
      },
    };
  },
};

const deleting: Race = {
  name: 'a goal is deleted while it is shared, placed, edited and read',
  async round(context) {
    const { leader, report, leaderToken, reportToken } = await pair(context);
    const goal = await context.world.goal(leader);
    await context.world.share(goal, report);
    await context.owner.query(
      `update personal_goal set visibility = 'SHARED', open_to_proposals = true where id = $1`,
      [goal.id],
    );
    const third = await context.world.person(leaderOrganization(leader));
    const work = await context.world.businessGoal(
      leader,
      await context.world.cycle(leaderOrganization(leader)),
    );
    const meeting = await context.world.conversation(await context.world.oneToOne(leader, report));
    const { id } = goal;
    const place = { personalGoalId: id, businessGoalId: work.id };
    const ask = context.ask;
    return {
      clients: [
        () => ask(leaderToken, DELETE, { input: { id } }),
        () => ask(leaderToken, SHARE, { input: { goalId: id, personId: third.id } }),
        () => ask(leaderToken, PLACE, { input: place }),
        () => ask(reportToken, PLACE, { input: place }),
        () => ask(leaderToken, UPDATE, { input: { goalId: id, text: 'News' } }),
        () => ask(leaderToken, MILESTONES, { input: { id, version: 1, milestones: [{ title: 'One' }] } }),
        () => ask(leaderToken, EDIT, { input: { id, version: 1, why: 'Because' } }),
        () =>
          ask(leaderToken, POINT, {
            input: { target: { conversationId: meeting.id }, text: 'About it', aboutId: id },
          }),
        () => ask(reportToken, READ, { id }),
      ],
      judge: async (answers) => [
        ...expected('deletions', done(answers.slice(0, 1)), 1),
        ...expected('goals left', await count(context, `select from personal_goal where id = $1`, [id]), 0),
        // Shown before it was gone: then the owner can see that it was.
        ...expected(
          'readings that left no trace',
          answers.at(-1)?.data?.personalGoal == null
            ? 0
            : 1 - Math.min(1, await count(context, `select from goal_access where goal_id = $1`, [id])),
          0,
        ),
      ],
    };
  },
};

const parents: Race = {
  name: 'parents of business goals form a cycle',
  async round(context) {
    const { leader, leaderToken } = await pair(context);
    const cycle = await context.world.cycle(leaderOrganization(leader));
    const ring: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      ring.push((await context.world.businessGoal(leader, cycle)).id);
    }
    return {
      clients: ring.map((id, index) => () => {
        return context.ask(leaderToken, EDIT_WORK, {
          input: { id, version: 1, parentId: ring[(index + 1) % 3] },
        });
      }),
      judge: (answers) => Promise.resolve(expected('parents', done(answers), 2)),
    };
  },
};

const checkingIn: Race = {
  name: 'owner and assignee enter current values for one version',
  // Not a lock but one statement that names the version.
  guard: `do $$ begin
    execute replace(pg_get_functiondef('app.set_current_values'::regproc), 'b.version = seen_version', 'true');
  end $$`,
  async round(context) {
    const { leader, report, leaderToken, reportToken } = await pair(context);
    const work = await context.world.businessGoal(
      leader,
      await context.world.cycle(leaderOrganization(leader)),
    );
    await context.world.assign(work, report);
    const keyResult = await context.world.insert<{ id: string }>('key_result', {
      organization_id: work.organizationId,
      business_goal_id: work.id,
      title: 'Returns',
      unit: '%',
      start_value: 0,
      current_value: 0,
      target_value: 100,
      position: 0,
    });
    return {
      clients: [leaderToken, reportToken].map((token, index) => () => {
        const currentValues = [{ keyResultId: keyResult.id, current: index + 1 }];
        const health = index === 0 ? 'AT_RISK' : 'OFF_TRACK';
        return context.ask(token, CHECK_IN, {
          input: { id: work.id, version: 1, confidence: 3, health, currentValues },
        });
      }),
      judge: async (answers) => {
        const { current_value: value } = await context.world.find('key_result', keyResult.id);
        const { health } = await context.world.find('business_goal', work.id);
        const first = answers[0] !== undefined && succeeded(answers[0]);
        return [
          ...expected('check-ins', done(answers), 1),
          ...expected('the value', value, first ? 1 : 2),
          ...expected('the health', health, first ? 'AT_RISK' : 'OFF_TRACK'),
        ];
      },
    };
  },
};

function leaderOrganization({ organizationId }: TestPerson): { id: string; name: string } {
  return { id: organizationId, name: '' };
}

export const goalRaces = [
  placing,
  sharing,
  bothShare,
  published,
  madePrivate,
  editing,
  deleting,
  parents,
  checkingIn,
];
