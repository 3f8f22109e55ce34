import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType, type GraphQLInputObjectType } from 'graphql';
import type pg from 'pg';
import { ageRelease, releaseTrends } from '../factories/trends.js';
import { day, hours, type TestOrganization, type World } from '../factories/world.js';
import type { Actor } from './actors.js';

/*
 * Somebody who writes a word of their own into every text that the API accepts, and colleagues who answer. The words are found again by a
 * search through the whole database.
 */

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** Every text that an input of a mutation has, as Type.field. */
export function textFields(): string[] {
  const found = new Set<string>();
  const walk = (type: GraphQLInputObjectType): void => {
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (isInputObjectType(inner)) walk(inner);
      else if (['String', 'Markdown'].includes(inner.name)) found.add(`${type.name}.${field.name}`);
    }
  };
  for (const { args } of Object.values(schema.getMutationType()!.getFields())) {
    for (const { type } of args) {
      const inner = getNamedType(type);
      if (isInputObjectType(inner)) walk(inner);
    }
  }
  return [...found].sort();
}

/** Texts that are no content of the person who writes them, and why. */
export const NO_CONTENT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'AcceptInvitationInput.password',
      'AcceptInvitationInput.token',
      'CancelEmailChangeInput.token',
      'ChangeEmailInput.password',
      'ChangePasswordInput.currentPassword',
      'ChangePasswordInput.newPassword',
      'ConfirmEmailChangeInput.token',
      'ResetPasswordInput.password',
      'ResetPasswordInput.token',
      'SignInInput.earlierToken',
      'SignInInput.password',
    ].map((name) => [name, 'a secret, of which only a hash is stored']),
  ),
  ...Object.fromEntries(
    [
      'CreateCycleInput.name',
      'CreatePersonInput.department',
      'CreatePersonInput.externalId',
      'CreatePersonInput.location',
      'CreatePersonInput.name',
      'CreatePersonInput.title',
      'ImportPeopleInput.csv',
      'RenameInput.name',
      'SetProcedureAreaInput.name',
      'UpdateCycleInput.name',
      'UpdatePersonInput.department',
      'UpdatePersonInput.externalId',
      'UpdatePersonInput.location',
      'UpdatePersonInput.name',
      'UpdatePersonInput.title',
    ].map((name) => [name, 'the organization’s, entered by somebody with a role']),
  ),
  ...Object.fromEntries(
    [
      'RaiseNamelessBarrierInput.description',
      'RaiseNamelessBarrierInput.proposedRemedy',
      'RaiseNamelessBarrierInput.title',
    ].map((name) => [name, 'nobody knows who wrote it']),
  ),
  ...Object.fromEntries(
    ['RespondToTrendInput.group', 'RespondToTrendInput.period'].map((name) => [name, 'a key, of few values']),
  ),
};

/** Texts that stay after an erasure (docs/domain.md): business goals, check-ins, named barriers, their answers and stories. */
export const STAYING = [
  'AnswerBarrierInput.costToOthers',
  'AnswerBarrierInput.lossLastHappened',
  'AnswerBarrierInput.requiredByLaw',
  'AnswerBarrierInput.text',
  'CheckInBusinessGoalInput.text',
  'KeyResultInput.title',
  'KeyResultInput.unit',
  'RaiseBarrierInput.description',
  'RaiseBarrierInput.proposedRemedy',
  'RaiseBarrierInput.title',
  'TellStoryInput.text',
  'UpdateBusinessGoalInput.description',
  'UpdateBusinessGoalInput.title',
  'UpdateTrendResponseInput.outcome',
  'UpdateTrendResponseInput.text',
];

/** Texts that another one replaced at once, and that are stored nowhere. */
export const REPLACED = [
  'CreateBusinessGoalInput.description',
  'CreateBusinessGoalInput.title',
  'CreatePersonalGoalInput.area',
  'RespondToTrendInput.text',
];

/** Everything that is stored, one text for each row of every table of every schema. */
export async function dump(database: pg.Client): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query<{ text: string }>(`select t::text as text from ${name} t`);
    texts.push(...rows.map(({ text }) => `${name} ${text}`));
  }
  return texts.join('\n');
}

/** The columns of a database that hold words of a writer, as table.column. */
export async function columnsWith(database: pg.Client, words: Words): Promise<string[]> {
  const { rows: columns } = await database.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'character varying', 'ARRAY', 'json', 'jsonb') order by 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await database.query<{ text: string | null }>(
      `select string_agg(t."${column}"::text, ' ') as text from "${table}" t`,
    );
    if (words.in(rows[0]?.text ?? '').length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** The words of one writer. */
export class Words {
  private readonly used = new Map<string, string>();

  constructor(private readonly writer: string) {}

  /** A word that is found nowhere else, the same each time for this place. */
  of(place: string): string {
    const word = `zq${createHash('sha256').update(`${this.writer} ${place}`).digest('hex').slice(0, 20)}`;
    this.used.set(place, word);
    return word;
  }

  get places(): string[] {
    return [...this.used.keys()].sort();
  }

  /** The places whose word is in a text. */
  in(text: string): string[] {
    return this.places.filter((place) => text.includes(this.used.get(place)!));
  }
}

export interface Cast {
  readonly organization: TestOrganization;
  /** Writes everything. Has a manager and a report, and every role. */
  readonly writer: Actor;
  readonly manager: Actor;
  readonly report: Actor;
}

type Result = Readonly<Record<string, { readonly id: string }>>;

/** Sends a mutation, and returns the fields of its payload with their IDs. */
async function mutate(actor: Actor, name: string, input: object): Promise<Result> {
  const field = schema.getMutationType()!.getFields()[name]!;
  const type = getNamedType(field.type);
  const members = 'getTypes' in type ? type.getTypes() : [type];
  const selection = members
    .filter(({ name: member }) => member !== 'EditConflict')
    .map((member) => {
      const fields = 'getFields' in member ? Object.values(member.getFields()) : [];
      const objects = fields.filter((one) => 'getFields' in getNamedType(one.type));
      return `... on ${member.name} { __typename ${objects.map((one) => `${one.name} { id }`).join(' ')} }`;
    });
  const data = await actor.get<Record<string, Result & { __typename: string }>>(
    `mutation ($input: ${field.args[0]!.type.toString()}) { ${name}(input: $input) { __typename ${selection.join(' ')} } }`,
    { input },
  );
  const result = data[name]!;
  if (['EditConflict', 'AlreadyPlaced'].includes(result.__typename))
    throw new Error(`${name}: ${result.__typename}`);
  return result;
}

/** Writes into every text as the writer, and what the others answer. */
export async function writeEverything(
  world: World,
  { organization, writer, manager, report }: Cast,
  own: Words,
  theirs: Words,
): Promise<void> {
  const w = (place: string): string => own.of(place);
  const t = (place: string): string => theirs.of(place);
  const query = world.admin;

  // Goals.
  const { personalGoal } = await mutate(writer, 'createPersonalGoal', {
    title: w('CreatePersonalGoalInput.title'),
    why: w('CreatePersonalGoalInput.why'),
    area: w('CreatePersonalGoalInput.area'),
    measure: { unit: w('PersonalGoalMeasureInput.unit'), start: 0, target: 1 },
    openToProposals: true,
    visibility: 'ORGANIZATION',
  });
  const goalId = personalGoal!.id;
  await mutate(writer, 'updatePersonalGoal', {
    id: goalId,
    version: 1,
    title: w('UpdatePersonalGoalInput.title'),
    why: w('UpdatePersonalGoalInput.why'),
    area: w('UpdatePersonalGoalInput.area'),
  });
  const { personalGoalUpdate } = await mutate(writer, 'addPersonalGoalUpdate', {
    goalId,
    text: 'To be changed',
  });
  await mutate(writer, 'addPersonalGoalUpdate', { goalId, text: w('AddPersonalGoalUpdateInput.text') });
  await mutate(writer, 'updatePersonalGoalUpdate', {
    id: personalGoalUpdate!.id,
    text: w('UpdatePersonalGoalUpdateInput.text'),
  });
  await mutate(writer, 'setMilestones', {
    id: goalId,
    version: 2,
    milestones: [{ title: w('MilestoneInput.title') }],
  });
  const imported = {
    id: '0b0c3b44-8c6b-4a1e-9e0d-0d6f1c1a1111',
    title: w('ImportMyGoalsInput.file'),
    status: 'ACTIVE',
    version: 1,
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    milestones: [],
    updates: [],
    history: [],
  };
  await mutate(writer, 'importMyGoals', {
    file: JSON.stringify({ format: 'mutual-goals', formatVersion: 1, goals: [imported] }),
  });
  // Somebody reads, so that there is an access log.
  const secret = await world.goal(writer, { title: w('a shared goal') });
  await world.share(secret, manager, { waits: false });
  await manager.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: secret.id });

  // Business goals, and what is part of what.
  const cycle = await world.cycle(organization);
  const businessGoal = async (place: string): Promise<string> =>
    (
      await mutate(writer, 'createBusinessGoal', {
        cycleId: cycle.id,
        title: w('CreateBusinessGoalInput.title'),
        description: w('CreateBusinessGoalInput.description'),
        keyResults: [
          { title: w('KeyResultInput.title'), unit: w('KeyResultInput.unit'), start: 0, target: 1 },
        ],
        state: 'OPEN',
        ...(place === '' ? {} : { title: place }),
      })
    ).businessGoal!.id;
  const work = await businessGoal('');
  await mutate(writer, 'updateBusinessGoal', {
    id: work,
    version: 1,
    title: w('UpdateBusinessGoalInput.title'),
    description: w('UpdateBusinessGoalInput.description'),
  });
  await mutate(writer, 'checkInBusinessGoal', {
    id: work,
    confidence: 3,
    health: 'ON_TRACK',
    text: w('CheckInBusinessGoalInput.text'),
  });
  const others = [
    await world.businessGoal(manager, cycle),
    await world.businessGoal(manager, cycle),
    await world.businessGoal(manager, cycle),
  ];
  const { alignment } = await mutate(writer, 'placeBusinessGoal', {
    personalGoalId: goalId,
    businessGoalId: work,
    how: 'To be changed',
  });
  await mutate(writer, 'updateAlignment', { id: alignment!.id, how: w('UpdateAlignmentInput.how') });
  const proposed = await world.alignment(
    { id: goalId, organizationId: organization.id, ownerId: writer.id, title: '' },
    others[0]!,
    { proposedBy: manager, how: 'To be changed' },
  );
  await mutate(writer, 'answerAlignment', {
    id: proposed.id,
    answer: 'ACCEPT',
    how: w('AnswerAlignmentInput.how'),
  });
  const theirGoal = await world.goal(manager, {
    title: t('a goal'),
    visibility: 'ORGANIZATION',
    openToProposals: true,
  });
  await world.goalUpdate(theirGoal, { text: t('an update of a goal') });
  for (const [index, answer] of (['', 'ACCEPT', 'ACCEPT WITH OTHER WORDS'] as const).entries()) {
    const { alignment: proposal } = await mutate(writer, 'placeBusinessGoal', {
      personalGoalId: theirGoal.id,
      businessGoalId: others[index]!.id,
      how: w('PlaceBusinessGoalInput.how'),
    });
    const how = answer === 'ACCEPT WITH OTHER WORDS' ? { how: t('how work serves their goal') } : {};
    if (answer !== '')
      await mutate(manager, 'answerAlignment', { id: proposal!.id, answer: 'ACCEPT', ...how });
  }

  // One-to-ones.
  const up = await world.oneToOne(writer, manager);
  const down = await world.oneToOne(writer, report);
  const talk = await world.conversation(up);
  const held = await world.conversation(up, { status: 'HELD' });
  const target = { conversationId: talk.id };
  const { talkingPoint } = await mutate(writer, 'addTalkingPoint', {
    target,
    text: 'To be changed',
    draft: false,
  });
  await mutate(writer, 'updateTalkingPoint', {
    id: talkingPoint!.id,
    version: 1,
    text: w('UpdateTalkingPointInput.text'),
  });
  await mutate(writer, 'addTalkingPoint', { target, text: w('AddTalkingPointInput.text') });
  await mutate(manager, 'addTalkingPoint', { target, text: t('a point'), draft: false });
  await mutate(manager, 'addTalkingPoint', { target, text: t('a draft') });
  const notes = async (actor: Actor, version: number, lines: readonly string[]): Promise<void> => {
    await mutate(actor, 'writeSharedNotes', { conversationId: talk.id, version, text: lines.join('\n') });
  };
  const line = w('WriteSharedNotesInput.text');
  const first = [`# ${t('a heading')}`, '', t('a line')];
  await notes(manager, 0, first);
  await notes(writer, 1, [...first, `- ${line} one`, `- ${line} two`]);
  await notes(manager, 2, [
    t('a line above'),
    ...first,
    `- ${line} two`,
    `- ${t('a line between')}`,
    `- ${line} one`,
  ]);
  await notes(writer, 3, [...first, t('a line above'), `${line} three`, `- ${t('a line between')}`, '']);
  await mutate(writer, 'writePrivateNotes', {
    ...target,
    version: 0,
    text: w('WritePrivateNotesInput.text'),
  });
  await mutate(manager, 'writePrivateNotes', { ...target, version: 0, text: t('private notes') });
  const ofPair = { oneToOneId: up.id };
  await mutate(writer, 'addActionItem', {
    target: ofPair,
    ownerId: manager.id,
    text: w('AddActionItemInput.text'),
  });
  await mutate(manager, 'addActionItem', { target: ofPair, ownerId: writer.id, text: t('a promise') });
  for (const [by, before, after, words] of [
    [manager, writer, writer, w('UpdateActionItemInput.text')],
    [writer, manager, manager, t('a promise that the writer worded first')],
  ] as const) {
    const { actionItem } = await mutate(by === manager ? manager : writer, 'addActionItem', {
      target: ofPair,
      ownerId: manager.id,
      text: before === manager ? w('AddActionItemInput.text') : t('a promise that the writer worded last'),
    });
    await mutate(after, 'updateActionItem', { id: actionItem!.id, version: 1, text: words });
  }
  await mutate(writer, 'giveFeedback', {
    conversationId: held.id,
    better: w('GiveFeedbackInput.better'),
    offered: true,
  });
  await mutate(manager, 'giveFeedback', { conversationId: held.id, better: t('feedback'), offered: true });
  await mutate(writer, 'saveAgendaTemplate', {
    name: w('SaveAgendaTemplateInput.name'),
    points: [w('SaveAgendaTemplateInput.points')],
  });
  await mutate(writer, 'importConversationNotes', {
    oneToOneId: down.id,
    text: `# 2026-03-04\n${w('ImportConversationNotesInput.text')}`,
  });
  await mutate(writer, 'grantMandate', { oneToOneId: down.id, text: w('GrantMandateInput.text') });
  const { mandate } = await mutate(writer, 'grantMandate', { oneToOneId: down.id, text: 'To be changed' });
  await mutate(writer, 'updateMandate', { id: mandate!.id, version: 1, text: w('UpdateMandateInput.text') });
  await mutate(manager, 'grantMandate', { oneToOneId: up.id, text: t('a mandate') });

  // A change of manager: the writer's own words, and those of the former manager.
  const former = await world.person(organization, { name: 'Former manager' });
  const before = await world.line(writer, former, { from: day(-300), until: day(-10) });
  await world.mandate(former, writer, { text: t('a mandate of the former manager') });
  const { rows } = await query.query<{ id: string }>(`select id from mandate where granted_by_id = $1`, [
    former.id,
  ]);
  await mutate(writer, 'completeHandover', {
    id: before.id,
    toId: manager.id,
    promises: [{ text: w('OfferPromiseInput.text') }],
    mandateIds: rows.map(({ id }) => id),
  });
  // The new manager makes the promise theirs, in the words of the writer.
  const offers = await query.query<{ id: string }>(
    `select id from handover_offer where line_id = $1 and kind = 'PROMISE'`,
    [before.id],
  );
  for (const { id } of offers.rows) await mutate(manager, 'adoptActionItem', { id });

  // Barriers.
  const of = { organization_id: organization.id };
  const area = await world.insert<{ id: string }>('procedure_area', {
    ...of,
    name: `Keys of ${writer.id}`,
    answerer_id: writer.id,
  });
  const { barrier } = await mutate(writer, 'raiseBarrier', {
    title: w('RaiseBarrierInput.title'),
    description: w('RaiseBarrierInput.description'),
    proposedRemedy: w('RaiseBarrierInput.proposedRemedy'),
    hindersCustomers: false,
    procedureAreaId: area.id,
  });
  await mutate(writer, 'answerBarrier', {
    id: barrier!.id,
    status: 'STAYS',
    text: w('AnswerBarrierInput.text'),
    lossLastHappened: w('AnswerBarrierInput.lossLastHappened'),
    lossesAYear: 2,
    costToOthers: w('AnswerBarrierInput.costToOthers'),
    requiredByLaw: w('AnswerBarrierInput.requiredByLaw'),
  });
  await mutate(writer, 'answerBarrier', { id: barrier!.id, status: 'REMOVED', text: 'Gone' });
  await mutate(writer, 'tellStory', {
    barrierId: barrier!.id,
    text: w('TellStoryInput.text'),
    withName: true,
  });
  // A quarter for each writer, who heads a group of it, and can read it because it is published.
  const { rows: releases } = await query.query('select 1 from trend_release where organization_id = $1', [
    organization.id,
  ]);
  const period = `2026-Q${String(releases.length + 1)}`;
  const release = await releaseTrends(
    world.admin,
    organization,
    period,
    [{ tree: 'MANAGER', head: writer }],
    [],
  );
  await ageRelease(world.admin, release, 20);
  const { response } = await mutate(writer, 'respondToTrend', {
    period,
    tree: 'MANAGER',
    group: writer.id,
    text: w('RespondToTrendInput.text'),
    dueOn: day(20),
  });
  await mutate(writer, 'updateTrendResponse', {
    id: response!.id,
    version: 1,
    text: w('UpdateTrendResponseInput.text'),
    outcome: w('UpdateTrendResponseInput.outcome'),
  });
  await mutate(writer, 'createApiToken', {
    label: w('CreateApiTokenInput.label'),
    scopes: ['DIRECTORY_READ'],
  });

  // A stored answer of a repeated request, an export, and a mail that waits.
  await query.query(
    `insert into idempotency_key (viewer_id, key, organization_id, body_hash, results) values ($1, $2, $3, sha256('x'), $4)`,
    [writer.id, w('an idempotency key'), organization.id, JSON.stringify({ id: goalId })],
  );
  await query.query(
    `insert into outbox_mail (organization_id, kind, recipient, person_id, created_at) values ($1, 'ACCESS_ENDS', $2, $3, $4)`,
    [organization.id, `${w('a recipient')}@example.com`, writer.id, hours(-1)],
  );
}
