import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { hashPassword } from '../../libs/auth/passwords.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#demo';
import { Calendar } from '../../apps/cli/demo/calendar.js';
import { demoCommand } from '../../apps/cli/demo.js';
import { loadDemo, type DemoCounts } from '../../apps/cli/demo/load.js';
import { PEOPLE, type PersonKey } from '../../apps/cli/demo/people.js';
import { addressOf, personId } from '../../apps/cli/demo/rows.js';
import { goalTables, goalId } from '../../apps/cli/demo/rows-goals.js';
import { pairId } from '../../apps/cli/demo/meetings.js';
import { mandateTables } from '../../apps/cli/demo/rows-mandates.js';
import { settleAll, sharedNotes, talkTables } from '../../apps/cli/demo/rows-talks.js';
import { nextOccurrence } from '../../libs/conversations/pairs/recurrence.js';
import { createTestDatabase } from '../setup/database.js';
import { cpuTimeOf } from '../setup/cpu.js';
import { startApp, withApp, type TestApp } from './app.js';

let app: TestApp;
let counts: DemoCounts | undefined;
let took: number;

beforeAll(async () => {
  app = await startApp();
  took = await cpuTimeOf(async () => {
    counts = await load();
  });
});
afterAll(() => app.close());

function load(adminUrl = app.testDatabase.adminUrl): Promise<DemoCounts | undefined> {
  return loadDemo({ adminUrl, passwordHash: () => hashPassword(DEMO_PASSWORD) });
}

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;

async function signIn(key: PersonKey, on: Pick<TestApp, 'graphql'> = app): Promise<string> {
  const { data, errors } = await on.graphql<{ signIn: { token: string } }>(SIGN_IN, {
    input: { email: addressOf(key), password: DEMO_PASSWORD },
  });
  expect(errors).toEqual([]);
  return data!.signIn.token;
}

async function ask<Data>(
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
  on: Pick<TestApp, 'graphql'> = app,
): Promise<Data> {
  const { data, errors } = await on.graphql<Data>(query, variables, token);
  expect(errors).toEqual([]);
  return data!;
}

describe('loading', () => {
  it('takes less than five seconds of the processor and says what it loaded', () => {
    expect(took).toBeLessThan(5_000);
    expect(counts!.people).toBeGreaterThanOrEqual(60);
    expect(counts!.personalGoals).toBeGreaterThanOrEqual(100);
    expect(counts!.businessGoals).toBeGreaterThanOrEqual(45);
    expect(counts!.oneToOnes).toBeGreaterThanOrEqual(50);
    expect(counts!.conversations).toBeGreaterThanOrEqual(600);
    expect(counts!.talkingPoints).toBeGreaterThanOrEqual(100);
    expect(counts!.promises).toBeGreaterThanOrEqual(90);
  });

  it('leaves the demo alone when it is there, quickly', async () => {
    const { rows: before } = await app.database.query(
      'select count(*), max(xmin::text::bigint) from personal_goal',
    );
    const begin = performance.now();
    expect(await load()).toBeUndefined();
    expect(performance.now() - begin).toBeLessThan(300);
    const { rows: after } = await app.database.query(
      'select count(*), max(xmin::text::bigint) from personal_goal',
    );
    expect(after).toEqual(before);
  });

  it('makes the same ids wherever and whenever it is loaded', () => {
    expect(personId('leonie')).toBe('ce9c22e2-f45a-8e36-a18d-ca23400bf9ca');
    expect(pairId('oluwaseun-leonie')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('holds together whatever day and hour it is loaded', () => {
    for (let hour = 0; hour < 24 * 370; hour += 37 * 24 + 5) {
      const calendar = new Calendar(new Date(Date.UTC(2026, 0, 1, hour, 11)));
      const all = (): unknown => {
        const pairs = settleAll(calendar);
        return [
          goalTables(calendar),
          talkTables(calendar, pairs),
          sharedNotes(calendar, pairs),
          mandateTables(calendar),
        ];
      };
      expect(all).not.toThrow();
      const [, , present] = calendar.quarters();
      expect(present!.startsOn < calendar.day(-27)).toBe(true);
      expect(present!.endsOn >= calendar.day(0)).toBe(true);
    }
  });

  it('puts its conversations on the very dates of their rhythms', async () => {
    const { rows } = await app.database.query<{
      rule: string;
      startsAt: Date;
      timeZone: string;
      dates: Date[];
    }>(
      `select o.recurrence as rule, o.recurrence_starts_at as "startsAt", o.time_zone as "timeZone",
              array_agg(c.series_at order by c.series_at) as dates
       from one_to_one o join conversation c on c.one_to_one_id = o.id
       where o.recurrence is not null and c.series_at is not null group by o.id`,
    );
    expect(rows.length).toBeGreaterThan(40);
    for (const { dates, ...recurrence } of rows) {
      expect(dates[0]).toEqual(recurrence.startsAt);
      for (const [index, date] of dates.slice(1).entries()) {
        expect(nextOccurrence(recurrence, dates[index]!)).toEqual(date);
      }
    }
  });

  it('keeps what no single row shows: counts of carrying, histories that end in the present text', async () => {
    const broken = await app.database.query(
      `select 'carried', t.id::text from talking_point t
         where t.times_carried <> (select count(*) from talking_point_carry k where k.point_id = t.id and not k.discussed)
       union all
       select 'carried on', k.point_id::text from talking_point_carry k join conversation c on c.id = k.from_id
         where c.status = 'PLANNED'
       union all
       select 'point', t.id::text from talking_point t where t.text is distinct from
         (select v.text from talking_point_version v where v.point_id = t.id order by v.version desc limit 1)
       union all
       select 'off the record', c.id::text from conversation c where c.off_the_record_by_id is not null and (
         exists (select 1 from talking_point t where c.id in (t.conversation_id, t.raised_in_id))
         or exists (select 1 from talking_point_carry k where c.id in (k.from_id, k.to_id))
         or exists (select 1 from action_item i where i.made_in_id = c.id)
         or exists (select 1 from shared_notes n where n.conversation_id = c.id and n.version > 0))
       union all
       select 'notes', n.id::text from shared_notes n where n.version > 0 and n.text is distinct from
         (select v.text from shared_notes_version v where v.notes_id = n.id order by v.version desc limit 1)
       union all
       select 'promise', i.id::text from action_item i where i.text is distinct from
         (select v.text from action_item_version v where v.item_id = i.id order by v.version desc limit 1)
       union all
       select 'goal', g.id::text from personal_goal g where g.title is distinct from
         (select v.title from personal_goal_version v where v.goal_id = g.id order by v.version desc limit 1)
       union all
       select 'future', c.id::text from conversation c where c.held_at > now() or c.closed_at > now()
         or (c.status = 'PLANNED' and c.scheduled_at <= now())
       union all
       select 'written before', g.goal_id::text from goal_update g join personal_goal_own o on o.goal_id = g.goal_id
         where g.at < o.created_at
       union all
       select 'quarter', b.id::text from business_goal b join cycle c on c.id = b.cycle_id
         join check_in k on k.business_goal_id = b.id where k.at < c.starts_on`,
    );
    expect(broken.rows).toEqual([]);
  });

  it('is loaded once by two who start at the same moment', async () => {
    const empty = await createTestDatabase();
    try {
      const loaded = await Promise.all([load(empty.adminUrl), load(empty.adminUrl)]);
      expect(loaded.filter((one) => one !== undefined)).toEqual([counts]);
    } finally {
      await empty.drop();
    }
  });

  it('says what to do about a database that was never migrated', async () => {
    const elsewhere = app.testDatabase.adminUrl.replace(/\/[^/]*$/, '/postgres');
    await expect(load(elsewhere)).rejects.toThrow(/migrate/);
  });
});

describe('the command', () => {
  const environment = { ...process.env };
  let printed: string[];
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...environment };
  });
  const run = () => demoCommand.parseAsync(['load'], { from: 'user' });

  it('refuses production before it asks for anything else', async () => {
    process.env = { NODE_ENV: 'production' };
    await expect(run()).rejects.toThrow('The demo organization is not loaded in production');
    expect(printed).toEqual([]);
  });

  it('prints who is worth signing in as, also when the demo is there', async () => {
    process.env.DATABASE_ADMIN_URL = app.testDatabase.adminUrl;
    await run();
    const text = printed.join('\n');
    for (const { email, name } of DEMO_ACCOUNTS) expect(text).toMatch(new RegExp(`${email} +${name} `));
    expect(text).toContain(DEMO_PASSWORD);
  });
});

interface Nodes<Value> {
  nodes: Value[];
}
interface EmployeesView {
  viewer: Record<
    'sharedWithMe' | 'accessLog' | 'ownReads' | 'nextConversations' | 'openActionItems',
    Nodes<unknown>
  > & {
    person: {
      personalGoals: Nodes<{
        visibility: string;
        ownerView: { shares: Nodes<{ state: string }> };
        alignments: { state: string }[];
      }>;
      fitMap: Record<'placements' | 'beyondWork' | 'unplaced' | 'carried', unknown[]>;
    };
  };
  organization: { cycles: unknown; departments: unknown; locations: unknown };
}
interface ManagersView {
  person: {
    personalGoals: Nodes<{ title: string }>;
    fitMap: { placements: unknown[] };
    mirror: unknown;
  };
}
interface PeopleAdminsView {
  viewer: { apiTokens: unknown };
  organization: { invitations: Nodes<{ acceptedAt: string | null }>; importReports: Nodes<unknown> };
}
interface PairsView {
  oneToOne: {
    next: { talkingPoints: { draft: boolean }[]; privateNotes: { text: string } | null };
    conversations: Nodes<{ status: string; sharedNotes: { history: { author: { id: string } }[] } }>;
    late: Nodes<unknown>;
    kept: Nodes<unknown>;
    search: Nodes<unknown>;
  };
}
interface BusinessGoalSeen {
  title: string;
  state: string;
  health: string | null;
  continues: { title: string } | null;
  cycle: { name: string };
}

describe('signed in as those whom the command names', () => {
  const roles: Partial<Record<PersonKey, string[]>> = {
    lucia: ['PEOPLE_ADMIN'],
    tomasz: ['HR_ANALYST'],
    rosalind: ['AUDITOR'],
    matthias: ['ORGANIZATION_ADMIN'],
  };

  it.each(DEMO_ACCOUNTS.map(({ email }) => email.split('@', 1)[0] as PersonKey))(
    '%s gets in, with the right roles',
    async (key) => {
      expect(DEMO_ACCOUNTS).toContainEqual(
        expect.objectContaining({ name: PEOPLE[key].name, email: addressOf(key) }),
      );
      const { viewer } = await ask<{ viewer: unknown }>(
        await signIn(key),
        '{ viewer { person { id } roles } }',
      );
      expect(viewer).toEqual({ person: { id: personId(key) }, roles: roles[key] ?? [] });
    },
  );

  it('refuses sign-in to a person who has only been invited', async () => {
    const { errors } = await app.graphql(SIGN_IN, {
      input: { email: addressOf('ximena'), password: DEMO_PASSWORD },
    });
    expect(errors[0]?.extensions.code).toBe('INVALID_CREDENTIALS');
  });

  it('shows the employee all that is hers', async () => {
    const token = await signIn('leonie');
    const { viewer, organization } = await ask<EmployeesView>(
      token,
      `{ viewer {
           person {
             personalGoals { nodes { title visibility
               ownerView { area shares { nodes { state with { id } } } history { nodes { title } } audience { basis } }
               milestones { reachedOn } updates { nodes { text measuredValue } } alignments { state how proposedBy { id } } } }
             fitMap { placements { how } beyondWork { title } unplaced { title } carried { title } }
           }
           sharedWithMe { nodes { owner { id } title } }
           accessLog { nodes { reader { id } kind on goal { title } } }
           ownReads { nodes { kind } }
           nextConversations { nodes { scheduledAt } }
           openActionItems { nodes { text dueOn } }
         }
         organization { cycles { name } departments { name } locations { name } people { nodes { name } } } }`,
    );
    const goals = viewer.person.personalGoals.nodes;
    expect(new Set(goals.map((goal) => goal.visibility))).toEqual(new Set(['PRIVATE', 'SHARED']));
    expect(goals.flatMap((goal) => goal.ownerView.shares.nodes).map((share) => share.state)).toEqual(
      expect.arrayContaining(['ACTIVE', 'ENDED']),
    );
    expect(goals.flatMap((goal) => goal.alignments).map((one) => one.state)).toEqual(
      expect.arrayContaining(['PLACED', 'PROPOSED']),
    );
    const { placements, beyondWork, unplaced, carried } = viewer.person.fitMap;
    for (const list of [placements, beyondWork, unplaced, carried]) expect(list.length).toBeGreaterThan(0);
    for (const list of [
      viewer.sharedWithMe,
      viewer.accessLog,
      viewer.ownReads,
      viewer.nextConversations,
      viewer.openActionItems,
    ])
      expect(list.nodes.length).toBeGreaterThan(0);
    expect(organization.cycles).toHaveLength(3);
    expect(organization.departments).toHaveLength(8);
    expect(organization.locations).toHaveLength(6);
  });

  it('shows the manager what is shared with him, and nothing that waits or is private', async () => {
    const token = await signIn('oluwaseun');
    const query = `query ($id: ID!) { person(id: $id) {
      personalGoals { nodes { title visibility ownerView { area } } } fitMap { placements { how } beyondWork { id } unplaced { id } }
      mirror { theyShareWithMe iShareWithThem } } }`;
    const { person: leonie } = await ask<ManagersView>(token, query, { id: personId('leonie') });
    expect(leonie.personalGoals.nodes.map(({ title }) => title).sort()).toEqual([
      'Find out whether I want to lead people, before somebody asks me to',
      'Run the Leipzig half-marathon without walking',
    ]);
    for (const goal of leonie.personalGoals.nodes) expect(goal).toMatchObject({ ownerView: null });
    expect(leonie.fitMap.placements.length).toBeGreaterThan(0);
    expect(leonie.fitMap).toMatchObject({ beyondWork: null, unplaced: null });
    expect(leonie.mirror).toEqual({ theyShareWithMe: true, iShareWithThem: true });

    const { person: salma } = await ask<ManagersView>(token, query, { id: personId('salma') });
    expect(salma.personalGoals.nodes).toEqual([]);
    expect(salma.mirror).toEqual({ theyShareWithMe: false, iShareWithThem: false });
    const hers = await ask<{ viewer: { shares: unknown } }>(
      await signIn('salma'),
      '{ viewer { shares { nodes { goal { title } with { id } state } } } }',
    );
    expect(hers.viewer.shares).toEqual({
      nodes: expect.arrayContaining([
        {
          goal: { title: 'Come back from half days without pretending' },
          with: { id: personId('oluwaseun') },
          state: 'PENDING',
        },
      ]) as unknown,
    });
  });

  it('shows the chief executive, the people admin and the HR analyst no goal that nobody shared with them', async () => {
    for (const key of ['ines', 'lucia', 'tomasz'] as const) {
      const { person } = await ask<{ person: { personalGoals: Nodes<unknown> } }>(
        await signIn(key),
        'query ($id: ID!) { person(id: $id) { personalGoals { nodes { id } } } }',
        {
          id: personId('leonie'),
        },
      );
      expect(person.personalGoals.nodes).toEqual([]);
    }
  });

  it('gives the people admin a directory with its secrets, and others the directory', async () => {
    const query = `query ($id: ID!) { person(id: $id) { name leftOn } }`;
    const lucia = await signIn('lucia');
    const known = await ask<{ person: { leftOn: string } }>(lucia, query, { id: personId('teodoro') });
    expect(known.person.leftOn).toBe(new Calendar(new Date()).day(75));
    const unknown = await ask<{ person: unknown }>(await signIn('bogdan'), query, {
      id: personId('teodoro'),
    });
    expect(unknown.person).toEqual({ name: 'Teodoro Simões', leftOn: null });

    const { viewer, organization } = await ask<PeopleAdminsView>(
      lucia,
      `{ viewer { apiTokens { label } }
         organization { invitations { nodes { acceptedAt } } importReports { nodes { dryRun errors { message } } } } }`,
    );
    expect(viewer.apiTokens).toHaveLength(1);
    expect(organization.invitations.nodes.filter(({ acceptedAt }) => acceptedAt === null)).toHaveLength(1);
    expect(organization.importReports.nodes).toHaveLength(3);
  });

  it('gives the auditor the trail', async () => {
    const { organization } = await ask<{ organization: { auditTrail: Nodes<{ action: string }> } }>(
      await signIn('rosalind'),
      '{ organization { auditTrail(first: 100) { nodes { action actor { name } subject { id } subjectLabel at } } } }',
    );
    const actions = organization.auditTrail.nodes.map(({ action }) => action);
    expect(new Set(actions).size).toBeGreaterThan(8);
    expect(actions.at(-1)).toBe('ORGANIZATION_CREATED');
  });

  it('leaves to somebody who has left their own goals, and nothing else', async () => {
    const token = await signIn('henrik');
    const { viewer } = await ask<{
      viewer: { person: { personalGoals: Nodes<{ ownerView: { audience: { basis: string }[] } }> } };
    }>(token, '{ viewer { person { personalGoals { nodes { title ownerView { audience { basis } } } } } } }');
    expect(viewer.person.personalGoals.nodes).toHaveLength(1);
    expect(
      viewer.person.personalGoals.nodes[0]!.ownerView.audience.every(({ basis }) => basis === 'OWNER'),
    ).toBe(true);
    const { errors } = await app.graphql('{ people { nodes { id } } }', {}, token);
    expect(errors[0]?.extensions.code).toBe('NOT_PERMITTED');
  });

  it('gives the pair of the tour a conversation to prepare, and each their own drafts', async () => {
    const query = `query ($id: ID!) { oneToOne(id: $id) {
      state counterpart { id } recurrence
      next { talkingPoints { text draft author { id } timesCarried about { __typename } } privateNotes { text } }
      conversations(first: 40) { nodes { status sharedNotes { text history { author { id } } } privateNotes { text } talkingPoints { discussed }
        actionItems { text } } }
      late: actionItems(owner: COUNTERPART, standing: [LATE]) { nodes { text renegotiated } }
      kept: actionItems(owner: COUNTERPART, standing: [KEPT]) { nodes { text } }
      search(text: "joint") { nodes { id } }
      actionItems(first: 50) { nodes { state history { text } } } } }`;
    const id = pairId('oluwaseun-leonie');
    const [hers, his] = [
      (await ask<PairsView>(await signIn('leonie'), query, { id })).oneToOne,
      (await ask<PairsView>(await signIn('oluwaseun'), query, { id })).oneToOne,
    ];
    expect(hers.next.talkingPoints.filter(({ draft }) => draft)).toEqual([
      expect.objectContaining({
        author: { id: personId('leonie') },
        timesCarried: 3,
        about: { __typename: 'PersonalGoal' },
      }),
    ]);
    expect(his.next.talkingPoints.filter(({ draft }) => draft)).toEqual([
      expect.objectContaining({ author: { id: personId('oluwaseun') } }),
    ]);
    expect(new Set(hers.conversations.nodes.map(({ status }) => status))).toEqual(
      new Set(['PLANNED', 'HELD', 'SKIPPED', 'CANCELLED']),
    );
    expect(hers.next.privateNotes?.text).toContain('Thursdays');
    expect(his.next.privateNotes).toBeNull();
    expect(hers.late.nodes).toEqual([{ text: 'Ask for the training budget for Delft.', renegotiated: 2 }]);
    expect(hers.kept.nodes.length).toBeGreaterThan(1);
    expect(hers.search.nodes.length).toBeGreaterThan(0);
    expect(
      hers.conversations.nodes.some(
        ({ sharedNotes }) => new Set(sharedNotes.history.map((one) => one.author.id)).size === 2,
      ),
    ).toBe(true);

    const ines = await ask<{ oneToOne: unknown }>(
      await signIn('ines'),
      'query ($id: ID!) { oneToOne(id: $id) { id } }',
      { id },
    );
    expect(ines.oneToOne).toBeNull();
  });

  it('shows Leonie and Oluwaseun the feedback that both have offered, and each their own', async () => {
    interface Shown {
      oneToOne: { conversations: { nodes: { feedback: { better: string; author: { id: string } }[] }[] } };
    }
    const read = async (key: PersonKey): Promise<readonly string[]> => {
      const { oneToOne } = await ask<Shown>(
        await signIn(key),
        'query ($id: ID!) { oneToOne(id: $id) { conversations(first: 40) { nodes { feedback { better author { id } } } } } }',
        { id: pairId('oluwaseun-leonie') },
      );
      return oneToOne.conversations.nodes.flatMap(({ feedback }) => feedback.map(({ author }) => author.id));
    };
    const [hers, his] = [await read('leonie'), await read('oluwaseun')];
    const of = (ids: readonly string[], key: PersonKey): number =>
      ids.filter((id) => id === personId(key)).length;
    expect([of(hers, 'leonie'), of(hers, 'oluwaseun')]).toEqual([3, 2]);
    expect([of(his, 'leonie'), of(his, 'oluwaseun')]).toEqual([2, 3]);
  });

  it('has a handover that Siobhán has completed, and one that is open for Emre', async () => {
    interface Handovers {
      viewer: {
        handovers: {
          from: { id: string };
          completedAt: string | null;
          openActionItems: { text: string }[];
          formerMandates: { text: string }[];
          offered: { text: string }[];
          offeredMandates: { granted: object | null }[];
        }[];
      };
    }
    const read = async (key: PersonKey): Promise<Handovers['viewer']['handovers']> =>
      (
        await ask<Handovers>(
          await signIn(key),
          `{ viewer { handovers { from { id } completedAt openActionItems { text } formerMandates { text } offered { text }
               offeredMandates { granted { id } } } } }`,
        )
      ).viewer.handovers;
    const from = { id: personId('henrik') };
    expect(await read('emre')).toMatchObject([
      {
        from,
        completedAt: null,
        openActionItems: [{ text: 'The soldering iron: ask for it before I go.' }],
        formerMandates: [{ text: 'Exchange a board instead of repairing it, up to 90 €.' }],
      },
    ]);
    const [completed] = await read('siobhan');
    expect(completed).toMatchObject({ from, offeredMandates: [{ granted: {} }] });
    expect(completed?.completedAt).not.toBeNull();
    expect((await read('johanna')).flatMap(({ offered }) => offered)).toHaveLength(1);
  });

  it('lets an invitation wait for Celeste, and look unanswered to its sender', async () => {
    const query = '{ viewer { oneToOnes(first: 50) { nodes { id state } } } }';
    const states = async (key: PersonKey): Promise<unknown[]> =>
      (await ask<{ viewer: { oneToOnes: Nodes<unknown> } }>(await signIn(key), query)).viewer.oneToOnes.nodes;
    expect(await states('celeste')).toContainEqual({ id: pairId('baraka-celeste'), state: 'INVITED' });
    const declined = { id: pairId('noemie-clementine'), state: 'INVITED' };
    expect(await states('noemie')).toContainEqual(declined);
    expect(await states('clementine')).not.toContainEqual(declined);
    expect(await states('siobhan')).toContainEqual({ id: pairId('siobhan-xiomara'), state: 'ENDED' });
    expect(await states('emre')).toContainEqual({ id: pairId('henrik-emre'), state: 'ENDED' });
  });

  it('shows business goals as a tree of three quarters, drafts to those concerned', async () => {
    const query = `{ businessGoals(first: 100) { nodes { id title state health progress cycle { name } parent { title } continues { title } children { nodes { title } }
      keyResults { progress } checkIns { nodes { confidence } } assignees { nodes { name } } } } }`;
    const seen = async (key: PersonKey): Promise<BusinessGoalSeen[]> =>
      (await ask<{ businessGoals: Nodes<BusinessGoalSeen> }>(await signIn(key), query)).businessGoals.nodes;
    const [leonies, oluwaseuns] = [await seen('leonie'), await seen('oluwaseun')];
    expect(new Set(leonies.map(({ cycle }) => cycle.name)).size).toBe(3);
    expect(new Set(leonies.map(({ state }) => state))).toEqual(
      new Set(['OPEN', 'ACHIEVED', 'MISSED', 'CANCELLED']),
    );
    expect(new Set(leonies.map(({ health }) => health))).toEqual(
      new Set(['ON_TRACK', 'AT_RISK', 'OFF_TRACK']),
    );
    expect(leonies.filter(({ continues }) => continues !== null)).toHaveLength(1);
    const titles = (goals: BusinessGoalSeen[]): string[] => goals.map(({ title }) => title);
    expect(titles(oluwaseuns)).toContain('A second frames team');
    expect(titles(leonies)).not.toContain('A second frames team');
  });

  it('lets a declined proposal look unanswered to its proposer', async () => {
    const query = 'query ($id: ID!) { personalGoal(id: $id) { alignments { state proposedBy { id } } } }';
    const states = async (key: PersonKey): Promise<string[]> =>
      (
        await ask<{ personalGoal: { alignments: { state: string; proposedBy: { id: string } }[] } }>(
          await signIn(key),
          query,
          { id: goalId('salma-recycling') },
        )
      ).personalGoal.alignments
        .filter(({ proposedBy }) => proposedBy.id === personId('adaeze'))
        .map(({ state }) => state);
    expect(await states('adaeze')).toEqual(['PROPOSED']);
    expect(await states('salma')).toEqual(['DECLINED']);
  });
});

it('gives the answers that the tour in README.md shows', async () => {
  const readme = await readFile('README.md', 'utf8');
  const tour = readme.slice(readme.indexOf('## A tour'), readme.indexOf('## Your own organization'));
  const blocks = Array.from(tour.matchAll(/```(sh|jsonc)\n(.*?)```/gs), ([, kind, text]) => ({
    kind,
    text: text!,
  }));
  const withoutDays = (shown: string): string => shown.replaceAll(/\b\d+ days?\b/g, 'some days');
  const missing: string[] = [];
  let compared = 0;
  // Just loaded: nobody has read anything but what the demo says.
  await withApp({}, async (fresh) => {
    await load(fresh.testDatabase.adminUrl);
    let token = '';
    let answer = '';
    for (const { kind, text } of blocks) {
      if (kind === 'sh') {
        const [, who] = /^sign_in (\w+)$/m.exec(text) ?? [];
        if (who !== undefined) token = await signIn(who as PersonKey, fresh);
        const [, operation] = /ask '([^']+)'/.exec(text) ?? [];
        if (operation !== undefined)
          answer = withoutDays(JSON.stringify(await ask<object>(token, operation, {}, fresh)));
        continue;
      }
      // Every name and text; days depend on when the demo was loaded, and their number on whose day it is.
      for (const [literal] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
        const shown = (JSON.parse(literal) as string).replace(/ …$/, '');
        if (/^\d{4}-\d\d-\d\d$/.test(shown)) continue;
        compared += 1;
        if (!answer.includes(withoutDays(JSON.stringify(shown).slice(1, -1)))) missing.push(shown);
      }
    }
  });
  expect(missing).toEqual([]);
  expect(compared).toBeGreaterThan(80);
});
