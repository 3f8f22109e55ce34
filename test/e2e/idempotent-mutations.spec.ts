import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isObjectType, isUnionType } from 'graphql';
import { releaseTrends } from '../factories/trends.js';
import {
  World,
  day,
  hours,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';

/*
 * Every mutation of the schema is in one of the two tables below, or this test fails: KEYED, each sent twice with an
 * Idempotency-Key and once without, or WITHOUT_KEY, which refuses one.
 */

/** A small world for one mutation: somebody with every role, and a colleague who reports to them. */
interface Stage {
  readonly me: TestPerson;
  readonly friend: TestPerson;
  readonly stranger: TestPerson;
  readonly goal: TestGoal;
  readonly businessGoal: TestRow;
  readonly cycle: TestRow;
  readonly pair: TestRow;
  readonly planned: TestRow;
  readonly department: TestRow;
  readonly location: TestRow;
}

interface Keyed {
  readonly input: (stage: Stage) => Promise<object> | object;
  /** Done again it leaves what is so already as it is: no difference shows without the key either. */
  readonly natural?: true;
}

/** A file of people with one row. */
const ONE_PERSON =
  'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on\n17,,Grace Hopper,,,,,,\n';

const IMPORTED_GOAL = {
  id: '0197b3c8-6d1e-4c3a-9f00-000000000001',
  title: 'Sail',
  status: 'ACTIVE',
  version: 1,
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-01-02T03:04:05.678Z',
  milestones: [],
  updates: [],
  history: [],
};

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());

/** A proposed import of notes. @returns its id */
async function notesImport(pair: TestRow, by: TestPerson): Promise<string> {
  const of = { organization_id: pair.organizationId };
  const { id } = await world.insert<{ id: string }>('notes_import', {
    ...of,
    one_to_one_id: pair.id,
    proposed_by_id: by.id,
  });
  await world.insert('notes_import_section', { ...of, import_id: id, held_on: '2026-03-04', text: 'Notes' });
  return id;
}

const area = (answerer: TestPerson, name: string): Promise<{ id: string }> =>
  world.insert('procedure_area', {
    organization_id: answerer.organizationId,
    name,
    answerer_id: answerer.id,
  });

/** A barrier without a name, which this person answers for. */
const barrier = async (answerer: TestPerson, status?: string): Promise<{ id: string }> =>
  world.insert('barrier', {
    organization_id: answerer.organizationId,
    procedure_area_id: (await area(answerer, 'Purchasing')).id,
    title: 'Three signatures',
    hinders_customers: true,
    status,
  });

const story = async (answerer: TestPerson, author: TestPerson): Promise<{ id: string }> => {
  const of = { organization_id: author.organizationId };
  const barrier_id = (await barrier(answerer, 'REMOVED')).id;
  const added = await world.insert<{ id: string }>('story', { ...of, barrier_id, text: 'Gone' });
  await world.insert('story_author', { ...of, story_id: added.id, person_id: author.id });
  return added;
};

const organizationOf = (person: TestPerson): TestOrganization => ({
  id: person.organizationId,
  name: 'Acme',
});

/** A released quarter. @returns its key */
const quarter = async (person: TestPerson): Promise<string> => {
  await releaseTrends(world.admin, organizationOf(person), '2026-Q1', [], []);
  return '2026-Q1';
};

const KEYED: Record<string, Keyed> = {
  acceptNotesImport: { input: async ({ pair, friend }) => ({ id: await notesImport(pair, friend) }) },
  adoptStory: {
    input: async ({ me, friend }) => ({ id: (await story(me, friend)).id }),
    natural: true,
  },
  answerBarrier: {
    input: async ({ me }) => ({ id: (await barrier(me)).id, status: 'REMOVED', text: 'Gone' }),
  },
  assignBarrier: {
    input: async ({ me }) => ({
      id: (await barrier(me)).id,
      procedureAreaId: (await area(me, 'Another')).id,
    }),
    natural: true,
  },
  nameStoryAuthor: {
    input: async ({ me }) => ({ id: (await story(me, me)).id, withName: true }),
  },
  raiseBarrier: { input: () => ({ title: 'Three signatures', hindersCustomers: true }) },
  setProcedureArea: { input: ({ friend }) => ({ name: 'Purchasing', answererId: friend.id }) },
  supportBarrier: { input: async ({ me }) => ({ id: (await barrier(me)).id }), natural: true },
  tellStory: {
    input: async ({ me }) => ({ barrierId: (await barrier(me, 'REMOVED')).id, text: 'It is gone' }),
  },
  unadoptStory: {
    input: async ({ me, friend }) => {
      const adopted = await story(me, friend);
      const of = { organization_id: me.organizationId };
      await world.insert('story_adoption', { ...of, story_id: adopted.id, person_id: me.id });
      return { id: adopted.id };
    },
    natural: true,
  },
  unsupportBarrier: {
    input: async ({ me }) => {
      const { id } = await barrier(me);
      const of = { organization_id: me.organizationId };
      await world.insert('barrier_support', { ...of, barrier_id: id, person_id: me.id });
      return { id };
    },
    natural: true,
  },
  acceptOneToOne: {
    input: async ({ me, stranger }) => ({
      id: (await world.oneToOne(stranger, me, { state: 'INVITED' })).id,
    }),
  },
  addActionItem: {
    input: ({ pair, me }) => ({ target: { oneToOneId: pair.id }, ownerId: me.id, text: 'Call them' }),
  },
  addPersonalGoalUpdate: { input: ({ goal }) => ({ goalId: goal.id, text: 'Half way' }) },
  addTalkingPoint: { input: ({ planned }) => ({ target: { conversationId: planned.id }, text: 'The move' }) },
  answerAlignment: {
    input: async ({ goal, businessGoal, friend }) => ({
      id: (await world.alignment(goal, businessGoal, { proposedBy: friend })).id,
      answer: 'ACCEPT',
    }),
  },
  applyAgendaTemplate: {
    input: async ({ me, planned }) => ({
      id: (await world.agendaTemplate(me)).id,
      conversationId: planned.id,
    }),
  },
  assignBusinessGoal: {
    input: ({ businessGoal, friend }) => ({ id: businessGoal.id, addPersonIds: [friend.id] }),
    natural: true,
  },
  cancelConversation: { input: ({ planned }) => ({ id: planned.id }) },
  changeReportingLine: { input: ({ me, stranger }) => ({ id: stranger.id, managerId: me.id }) },
  checkInBusinessGoal: {
    input: ({ businessGoal }) => ({ id: businessGoal.id, confidence: 4, health: 'AT_RISK' }),
  },
  closeActionItem: {
    input: async ({ planned, me }) => ({ id: (await world.actionItem(planned, me)).id, state: 'DONE' }),
  },
  continueBusinessGoal: {
    input: async ({ me, businessGoal }) => ({
      id: businessGoal.id,
      cycleId: (await world.cycle({ id: me.organizationId, name: '' }, 'Next', 61)).id,
    }),
  },
  createBusinessGoal: {
    input: ({ cycle }) => ({ cycleId: cycle.id, title: 'Sell bread', state: 'OPEN' }),
  },
  createCycle: { input: () => ({ name: 'Autumn', startsOn: day(0), endsOn: day(90) }) },
  createPerson: { input: () => ({ name: 'Ada Lovelace' }) },
  createPersonalGoal: { input: () => ({ title: 'Learn to swim', area: 'Health' }) },
  declineOneToOne: {
    input: async ({ me, stranger }) => ({
      id: (await world.oneToOne(stranger, me, { state: 'INVITED' })).id,
    }),
  },
  deleteAgendaTemplate: { input: async ({ me }) => ({ id: (await world.agendaTemplate(me)).id }) },
  deleteBarrier: {
    input: async ({ me }) => {
      const { id } = await world.insert<{ id: string }>('barrier', {
        organization_id: me.organizationId,
        raised_by_id: me.id,
        title: 'Three signatures',
        hinders_customers: true,
      });
      return { id };
    },
  },
  deleteProcedureArea: { input: async ({ friend }) => ({ id: (await area(friend, 'Unused')).id }) },
  deleteStory: { input: async ({ me, friend }) => ({ id: (await story(friend, me)).id }) },
  deleteNotesImport: { input: async ({ pair, friend }) => ({ id: await notesImport(pair, friend) }) },
  deleteAlignment: {
    input: async ({ goal, businessGoal }) => ({ id: (await world.alignment(goal, businessGoal)).id }),
  },
  deleteBusinessGoal: { input: ({ businessGoal }) => ({ id: businessGoal.id }) },
  deletePersonalGoal: { input: ({ goal }) => ({ id: goal.id }) },
  deletePersonalGoalUpdate: { input: async ({ goal }) => ({ id: (await world.goalUpdate(goal)).id }) },
  endEmployment: { input: ({ stranger }) => ({ id: stranger.id, leftOn: day(30) }) },
  endOneToOne: { input: ({ pair }) => ({ id: pair.id }) },
  endShare: {
    input: async ({ goal, friend }) => ({ id: (await world.share(goal, friend)).id }),
    natural: true,
  },
  giveFeedback: {
    input: async ({ pair }) => ({
      conversationId: (await world.conversation(pair, { status: 'HELD' })).id,
      better: 'Fewer slides',
      offered: true,
    }),
    natural: true,
  },
  withdrawFeedback: {
    input: async ({ me, pair }) => {
      const held = await world.conversation(pair, { status: 'HELD' });
      await world.feedback(held, me, { offered: true });
      return { conversationId: held.id };
    },
    natural: true,
  },
  grantRole: { input: ({ friend }) => ({ personId: friend.id, role: 'AUDITOR' }), natural: true },
  respondToTrend: {
    input: async ({ me }) => ({
      period: await quarter(me),
      tree: 'MANAGER',
      group: 'organization',
      text: 'We plan less',
      dueOn: day(30),
    }),
  },
  updateTrendResponse: {
    input: async ({ me }) => {
      const release = await releaseTrends(world.admin, organizationOf(me), '2026-Q2', [], []);
      const response = await world.insert<{ id: string }>('trend_response', {
        organization_id: me.organizationId,
        release_id: release,
        tree: 'MANAGER',
        group_key: 'organization',
        text: 'We plan less',
        by_id: me.id,
        due_on: day(30),
      });
      return { id: response.id, version: 1, state: 'DONE' };
    },
    natural: true,
  },
  grantMandate: { input: ({ pair }) => ({ oneToOneId: pair.id, text: 'Refund up to 200 euros' }) },
  endMandate: {
    input: async ({ me, friend }) => ({ id: (await world.mandate(me, friend)).id }),
    natural: true,
  },
  publishMandate: {
    input: async ({ me, friend }) => ({ id: (await world.mandate(me, friend)).id, version: 1 }),
    natural: true,
  },
  unpublishMandate: {
    input: async ({ me, friend }) => ({ id: (await world.mandate(me, friend, { askedBy: me })).id }),
    natural: true,
  },
  updateMandate: {
    input: async ({ me, friend }) => ({
      id: (await world.mandate(me, friend)).id,
      version: 1,
      text: 'Refund up to 500 euros',
    }),
    natural: true,
  },
  adoptActionItem: {
    input: async ({ me, friend, stranger }) => {
      const line = await world.line(friend, stranger, { from: '2019-01-01', until: '2020-01-01' });
      const of = { organization_id: me.organizationId, line_id: line.id };
      await world.insert('handover', {
        ...of,
        person_id: friend.id,
        from_id: stranger.id,
        to_id: me.id,
        opened_on: '2020-01-01',
      });
      const offer = { ...of, kind: 'PROMISE', position: 1, text: 'A desk' };
      return { id: (await world.insert<{ id: string }>('handover_offer', offer)).id };
    },
  },
  completeHandover: {
    input: async ({ me, stranger }) => {
      const former = await world.person({ id: me.organizationId, name: '' });
      const line = await world.line(me, former, { from: day(-50), until: day(-9) });
      await world.mandate(former, me);
      await world.line(me, stranger, { from: day(-9) });
      return { id: line.id, toId: stranger.id, promises: [{ text: 'A desk' }] };
    },
  },
  holdConversation: {
    input: ({ planned }) => ({ target: { conversationId: planned.id }, heldAt: hours(-1) }),
  },
  importConversationNotes: { input: ({ pair }) => ({ oneToOneId: pair.id, text: '# 2026-03-04\nNotes' }) },
  importMyGoals: {
    input: () => ({
      file: JSON.stringify({ format: 'mutual-goals', formatVersion: 1, goals: [IMPORTED_GOAL] }),
    }),
  },
  importPeople: { input: () => ({ csv: ONE_PERSON, dryRun: false }) },
  invitePeople: { input: ({ stranger, me, friend }) => ({ personIds: [stranger.id, me.id, friend.id] }) },
  moveConversation: {
    input: ({ planned }) => ({ id: planned.id, version: 1, scheduledAt: hours(48) }),
    natural: true,
  },
  moveTalkingPoint: {
    input: async ({ planned, me }) => {
      const first = await world.talkingPoint(planned, me);
      const second = await world.talkingPoint(planned, me);
      return { id: second.id, beforeId: first.id };
    },
    natural: true,
  },
  postponeTalkingPoint: {
    input: async ({ planned, me }) => ({
      id: (await world.talkingPoint(planned, me)).id,
      conversationId: planned.id,
    }),
    natural: true,
  },
  pauseOneToOne: { input: ({ pair }) => ({ id: pair.id, until: day(20) }), natural: true },
  placeBusinessGoal: {
    input: ({ goal, businessGoal }) => ({ personalGoalId: goal.id, businessGoalId: businessGoal.id }),
  },
  deleteActionItem: { input: async ({ planned, me }) => ({ id: (await world.actionItem(planned, me)).id }) },
  deleteTalkingPoint: {
    input: async ({ planned, me }) => ({ id: (await world.talkingPoint(planned, me)).id }),
  },
  mergeDepartments: {
    input: async ({ me, department }) => ({
      id: department.id,
      intoId: (await world.department({ id: me.organizationId, name: '' })).id,
    }),
  },
  mergeLocations: {
    input: async ({ me, location }) => ({
      id: location.id,
      intoId: (await world.location({ id: me.organizationId, name: '' })).id,
    }),
  },
  renameDepartment: { input: ({ department }) => ({ id: department.id, name: 'Kitchen' }) },
  renameOrganization: { input: ({ me }) => ({ id: me.organizationId, name: 'Renamed' }), natural: true },
  renameLocation: { input: ({ location }) => ({ id: location.id, name: 'Basel' }) },
  reopenConversation: {
    input: async ({ pair }) => ({ id: (await world.conversation(pair, { status: 'HELD' })).id }),
  },
  reachMilestone: {
    input: async ({ goal }) => ({ id: (await world.milestone(goal)).id }),
    natural: true,
  },
  reopenActionItem: {
    input: async ({ planned, me }) => {
      const { id } = await world.actionItem(planned, me);
      await app.database.query(`update action_item set state = 'DONE' where id = $1`, [id]);
      return { id };
    },
  },
  rescheduleOneToOne: {
    input: ({ pair }) => ({ id: pair.id, version: 1, durationMinutes: 45 }),
    natural: true,
  },
  revokeRole: {
    input: async ({ friend }) => {
      await world.role(friend, 'AUDITOR');
      await world.role(friend, 'HR_ANALYST');
      return { personId: friend.id, role: 'AUDITOR' };
    },
    natural: true,
  },
  saveAgendaTemplate: { input: () => ({ name: 'Every month', points: ['How are you?'] }) },
  scheduleConversation: { input: ({ pair }) => ({ oneToOneId: pair.id, scheduledAt: hours(100) }) },
  setAccountDisabled: { input: ({ friend }) => ({ id: friend.id, disabled: true }), natural: true },
  setOffTheRecord: { input: ({ planned }) => ({ id: planned.id, offTheRecord: true }), natural: true },
  setKeyResults: {
    input: ({ businessGoal }) => ({
      id: businessGoal.id,
      version: 1,
      keyResults: [{ title: 'Loaves', unit: 'loaves', start: 0, target: 100 }],
    }),
    natural: true,
  },
  setMilestones: {
    input: ({ goal }) => ({ id: goal.id, version: 1, milestones: [{ title: 'A length' }] }),
    natural: true,
  },
  shareGoal: {
    input: ({ goal, stranger }) => ({ goalId: goal.id, personId: stranger.id }),
    natural: true,
  },
  shareTalkingPoint: {
    input: async ({ planned, me }) => ({ id: (await world.talkingPoint(planned, me, { draft: true })).id }),
    natural: true,
  },
  shareTalkingPoints: {
    input: async ({ planned, me }) => {
      const drafts = [
        await world.talkingPoint(planned, me, { draft: true }),
        await world.talkingPoint(planned, me, { draft: true }),
      ];
      return { conversationId: planned.id, talkingPointIds: drafts.map(({ id }) => id) };
    },
    natural: true,
  },
  skipConversation: { input: ({ planned }) => ({ id: planned.id }) },
  startOneToOne: { input: ({ stranger }) => ({ personId: stranger.id }) },
  undoNotesImport: {
    input: async ({ pair, friend }) => {
      const id = await notesImport(pair, friend);
      await app.database.query('update notes_import set accepted_at = now() where id = $1', [id]);
      return { id };
    },
  },
  updateActionItem: {
    input: async ({ planned, me }) => ({
      id: (await world.actionItem(planned, me)).id,
      version: 1,
      text: 'Call them today',
    }),
    natural: true,
  },
  updateAlignment: {
    input: async ({ goal, businessGoal }) => ({
      id: (await world.alignment(goal, businessGoal)).id,
      how: 'It feeds people.',
    }),
  },
  updateBusinessGoal: {
    input: ({ businessGoal }) => ({ id: businessGoal.id, version: 1, title: 'More bread' }),
    natural: true,
  },
  updateCycle: { input: ({ cycle }) => ({ id: cycle.id, endsOn: day(70) }) },
  updateMyProfile: { input: () => ({ timeZone: 'Asia/Tokyo' }) },
  updatePerson: { input: ({ friend }) => ({ id: friend.id, title: 'Baker' }) },
  updatePersonalGoal: {
    input: ({ goal }) => ({ id: goal.id, version: 1, title: 'Swim a mile' }),
    natural: true,
  },
  updatePersonalGoalUpdate: {
    input: async ({ goal }) => ({ id: (await world.goalUpdate(goal)).id, text: 'Two lengths' }),
    natural: true,
  },
  updateSettings: { input: () => ({ timeZone: 'Asia/Tokyo' }), natural: true },
  updateTalkingPoint: {
    input: async ({ planned, me }) => ({
      id: (await world.talkingPoint(planned, me)).id,
      version: 1,
      discussed: true,
    }),
    natural: true,
  },
  cancelErasure: {
    input: async ({ me }) => {
      await world.insert('erasure', { organization_id: me.organizationId, person_id: me.id });
      return {};
    },
    natural: true,
  },
  eraseMyData: { input: () => ({}), natural: true },
  exportMyData: { input: () => ({}) },
  writePrivateNotes: {
    input: ({ planned }) => ({ conversationId: planned.id, version: 0, text: 'For me' }),
    natural: true,
  },
  writeSharedNotes: {
    input: ({ planned }) => ({ conversationId: planned.id, version: 0, text: 'For us' }),
    natural: true,
  },
};

/** Those that refuse a key, with an input that is well-formed and opens nothing. */
const WITHOUT_KEY: Record<string, object | null> = {
  acceptInvitation: { token: 'x', password: 'violet tram nods' },
  cancelEmailChange: { token: 'x' },
  changeEmail: { email: 'new@example.com', password: 'violet tram nods' },
  answerPulse: { id: '0197b3c8-6d1e-7c3a-9f00-000000000001', scores: [] },
  changePassword: { currentPassword: 'violet tram nods', newPassword: 'seven quiet pears' },
  confirmEmailChange: { token: 'x' },
  createApiToken: { label: 'tool', scopes: ['SCHEMA_READ'] },
  raiseNamelessBarrier: { title: 'Three signatures', hindersCustomers: true },
  requestPasswordReset: { email: 'me@example.com' },
  resetPassword: { token: 'x', password: 'violet tram nods' },
  revokeApiToken: { id: '0197b3c8-6d1e-7c3a-9f00-000000000001' },
  revokeSession: { id: '0197b3c8-6d1e-7c3a-9f00-000000000001' },
  signIn: { email: 'me@example.com', password: 'violet tram nods' },
  signOut: null,
};

/** What is asked of each type of a payload's field. */
const SELECTED: Record<string, string> = {
  AgendaTemplate: 'id name points version',
  ActionItem: 'id text state version owner { id }',
  Alignment: 'id how state businessGoal { id } personalGoal { id title }',
  Barrier:
    'id title status answerDueOn raisedBy { id } procedureArea { id name } answer { text } viewerSupports',
  BusinessGoal: 'id title state version keyResults { title } assignees { nodes { id } }',
  CheckIn: 'id health confidence author { id }',
  Conversation:
    'id status scheduledAt heldAt version offTheRecord privateNotes { text version } oneToOne { id } sharedNotes { text }',
  Cycle: 'id name startsOn endsOn',
  DataExport: 'id requestedAt expiresAt url sha256',
  Erasure: 'id requestedAt executesAt',
  PersonalGoalShare: 'id state goal { id title } with { id }',
  PersonalGoalUpdate: 'id text author { id }',
  ImportReport: 'id rows created dryRun by { id }',
  Invitation: 'id sentAt person { id }',
  InvitationRefusal: 'personId reason message',
  OneToOne: 'id state version durationMinutes pausedUntil counterpart { id } next { id }',
  Handover: 'id completedAt to { id } offered { id text }',
  Mandate: 'id text version published endedAt publicationAskedBy { id } to { id }',
  Organization:
    'id name settings { timeZone } departments { name } locations { name } procedureAreas { name answerer { id } }',
  Person: 'id name title timeZone leftOn manager { id }',
  PersonalGoal:
    'id title why milestones { title reachedOn } owner { id } ownerView { area version updatedAt }',
  Story: 'id text author { id } barrier { id } viewerAdopted viewerIsAuthor',
  SharedNotes: 'id text version updatedBy { id }',
  TalkingPoint: 'id text draft discussed version author { id }',
};

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const mutations = schema.getMutationType()!.getFields();

/** The mutation with all that SELECTED knows of its payload. */
function documentOf(name: string): string {
  const field = mutations[name]!;
  const argument = field.args[0] ? `($input: ${field.args[0].type.toString()})` : '';
  const given = field.args[0] ? '(input: $input)' : '';
  const type = getNamedType(field.type);
  const members = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];
  const selection = members.map((member) => {
    const fields = Object.values(member.getFields()).map((one) => {
      const inner = getNamedType(one.type);
      if (inner.name === 'Editable') return `${one.name} { __typename }`;
      return isObjectType(inner) ? `${one.name} { ${SELECTED[inner.name] ?? '__typename'} }` : one.name;
    });
    return `... on ${member.name} { ${fields.join(' ')} }`;
  });
  return `mutation ${argument} { ${name}${given} { __typename ${selection.join(' ')} } }`;
}

async function stage(): Promise<Stage> {
  const organization = await world.organization({ leadersShareFirst: false });
  const me = await world.person(organization);
  for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN', 'HR_ANALYST']) await world.role(me, role);
  const friend = await world.person(organization);
  const stranger = await world.person(organization);
  await world.line(friend, me);
  const goal = await world.goal(me, { visibility: 'SHARED', openToProposals: true });
  const cycle = await world.cycle(organization);
  const pair = await world.oneToOne(me, friend);
  return {
    me,
    friend,
    stranger,
    goal,
    cycle,
    businessGoal: await world.businessGoal(me, cycle),
    pair,
    planned: await world.conversation(pair),
    department: await world.department(organization),
    location: await world.location(organization),
  };
}

/** Not an effect of a mutation, or gone by itself. */
const NOT_COMPARED = [
  'idempotency_key',
  'throttle',
  'installation_secret',
  'outbox_mail',
  'session',
  'migration',
];

/** A sum over every column of every row and who wrote it last: the same as long as nothing was written, not even the same again. */
async function fingerprint(): Promise<string> {
  const { rows } = await app.database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1)`,
    [NOT_COMPARED],
  );
  const sums = rows.map(
    ({ name }) =>
      `select '${name}' as name, sum(hashtextextended(t::text || t.xmin, 0)) as sum, count(*) from "${name}" t`,
  );
  const found = await app.database.query<{ sum: string }>(
    `select string_agg(concat_ws(':', name, sum, count), ',' order by name) as sum from (${sums.join(' union all ')}) s`,
  );
  return found.rows[0]!.sum;
}

it('each mutation is in one table, and in one only', () => {
  expect([...Object.keys(KEYED), ...Object.keys(WITHOUT_KEY)].sort()).toEqual(Object.keys(mutations).sort());
});

describe('sent again with its key', () => {
  it.each(Object.entries(KEYED))('%s has one effect', async (name, { input, natural }) => {
    const set = await stage();
    const token = await world.signIn(set.me);
    // They can be disabled or handed things only with an account.
    if (name === 'setAccountDisabled') await world.signIn(set.friend);
    const variables = { input: await input(set) };
    const document = documentOf(name);
    const send = (headers?: Record<string, string>): Promise<Answer> =>
      app.graphql(document, variables, token, headers);
    const key = { 'idempotency-key': `${name}-1` };

    const before = await fingerprint();
    const first = await send(key);
    expect(first.errors).toEqual([]);
    const after = await fingerprint();
    expect(after).not.toBe(before);

    const second = await send(key);
    expect([second.errors, second.data]).toEqual([[], first.data]);
    expect(await fingerprint()).toBe(after);

    // What proves that the comparison sees a second effect: without the key there is one, or a refusal.
    const third = await send();
    const differs = (await fingerprint()) !== after || JSON.stringify(third) !== JSON.stringify(second);
    expect([name, differs]).toEqual([name, natural !== true]);
  });
});

describe('a mutation that takes no key', () => {
  it.each(Object.entries(WITHOUT_KEY))('%s says so', async (name, input) => {
    const { me } = await stage();
    const token = await world.signIn(me);
    const before = await fingerprint();
    const { errors } = await app.graphql(documentOf(name), input ? { input } : {}, token, {
      'idempotency-key': 'k-1',
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'Idempotency-Key', message: expect.stringContaining(`is not accepted by ${name}`) as string },
      ],
    });
    expect(await fingerprint()).toBe(before);
    // And runs without it, as far as this input goes.
    const without = await app.graphql(documentOf(name), input ? { input } : {}, token);
    expect(JSON.stringify(without.errors)).not.toContain('Idempotency-Key');
  });
});
