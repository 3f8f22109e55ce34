import { FuzzSocket } from '../fuzz/subscriptions.js';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildSchema, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { startApp, type Answer, type TestApp } from '../e2e/app.js';
import { long } from '../setup/prove.js';
import type { Actor } from './company.js';
import { idArgumentsOf, type IdArgument } from './id-arguments.js';
import { MARKER, UUID, markEverything, markerOf, tracesOf, type Traces } from './markers.js';
import { oracleFor } from './matrix.js';
import { keyOf, type Id, type TableName, type World } from './rows.js';
import { connect } from './session-queries.js';
import { buildFixture, type CompanyFixture } from './build-fixture.js';
import { selectionsFrom } from './selections.js';

/** Node types, and the tables of their rows. */
const NODES: Readonly<Record<string, TableName>> = {
  ActionItem: 'action_item',
  AgendaTemplate: 'agenda_template',
  Alignment: 'alignment',
  Barrier: 'barrier',
  BusinessGoal: 'business_goal',
  CheckIn: 'check_in',
  Conversation: 'conversation',
  Cycle: 'cycle',
  Department: 'department',
  PersonalGoalShare: 'goal_share',
  PersonalGoalUpdate: 'goal_update',
  KeyResult: 'key_result',
  Location: 'location',
  NotesImport: 'notes_import',
  Mandate: 'mandate',
  OneToOne: 'one_to_one',
  Organization: 'organization',
  Person: 'person',
  PersonalGoal: 'personal_goal',
  ProcedureArea: 'procedure_area',
  Pulse: 'pulse',
  Story: 'story',
  TalkingPoint: 'talking_point',
  TrendRelease: 'trend_release',
  TrendResponse: 'trend_response',
};

/** Who walks within npm test; npm run prove sends everybody. */
const WALKERS = [
  'the owner',
  'the counterpart',
  'share ended',
  'manager, share waiting',
  'peer',
  'left 30 days ago',
  'PEOPLE_ADMIN',
  'ORGANIZATION_ADMIN',
  'API token DIRECTORY_READ',
  'API token TRENDS_READ',
  'an administrator of another organization',
];

/** Who idArguments ids within npm test. */
const GUESSERS = [
  'share ended',
  'manager, share waiting',
  'PEOPLE_ADMIN',
  'left 30 days ago',
  'an administrator of another organization',
];

/** Where an id counts only together with another that it belongs to: tried by the tests of those operations. */
const OF_ANOTHER_ROW: readonly string[] = [
  'addActionItem(input.ownerId)',
  'adoptActionItem(input.id)',
  'addTalkingPoint(input.aboutId)',
  // The question bank is no table.
  'addTalkingPoint(input.questionId)',
  'answerPulse(input.scores.questionId)',
  'questions(after)',
  'assignBusinessGoal(input.removePersonIds)',
  'completeHandover(input.id)',
  'completeHandover(input.mandateIds)',
  'completeHandover(input.shares.goalId)',
  'completeHandover(input.toId)',
  'continueBusinessGoal(input.cycleId)',
  'checkInBusinessGoal(input.currentValues.keyResultId)',
  'createBusinessGoal(input.keyResults.id)',
  'endEmployment(input.id)',
  'grantMandate(input.offeredMandateId)',
  'mergeDepartments(input.intoId)',
  'mergeLocations(input.intoId)',
  // The payload lists the people who cannot be invited, and is requested without its fields here.
  'invitePeople(input.personIds)',
  // A person without direct reports has the same empty list as a person who does not exist.
  'people(managerId)',
  'postponeTalkingPoint(input.conversationId)',
  'postponeTalkingPoint(input.id)',
  // Needs the version as well.
  'saveAgendaTemplate(input.id)',
  'setKeyResults(input.keyResults.id)',
  'setMilestones(input.milestones.id)',
  'shareGoal(input.personId)',
  'shareTalkingPoints(input.conversationId)',
  'shareTalkingPoints(input.talkingPointIds)',
  'updateBusinessGoal(input.ownerId)',
  'updateBusinessGoal(input.parentId)',
];

/** Who between them may do everything. */
const CONTROLLERS = ['the owner', 'PEOPLE_ADMIN', 'ORGANIZATION_ADMIN', 'peer', 'the counterpart'];

/** So many of them, from all along the list. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  return list.filter((_, place) => place % Math.max(1, Math.ceil(list.length / count)) === 0);
}

/** Whatever somebody wrote in a one-to-one, with the pair that it belongs to. */
function writtenInPairs(world: World): readonly (readonly [TableName, never, Id])[] {
  const pairOf = new Map(world.conversation.map((row) => [row.id, row.one_to_one_id]));
  return [
    ...world.talking_point.map((row) => ['talking_point', row, row.one_to_one_id] as const),
    ...world.action_item.map((row) => ['action_item', row, row.one_to_one_id] as const),
    ...world.shared_notes.map((row) => ['shared_notes', row, pairOf.get(row.conversation_id)] as const),
    ...world.private_notes.map((row) => ['private_notes', row, pairOf.get(row.conversation_id)] as const),
    ...world.conversation_feedback.map(
      (row) => ['conversation_feedback', row, pairOf.get(row.conversation_id)] as const,
    ),
  ] as unknown as readonly (readonly [TableName, never, Id])[];
}

describe('the GraphQL API', () => {
  let app: TestApp;
  let fixture: CompanyFixture;
  let schema: GraphQLSchema;
  let traces: Traces;
  let walkers: readonly Actor[];
  const counts = { operations: 0, ids: 0, markers: 0 };

  beforeAll(async () => {
    app = await startApp({ COST_PER_MINUTE: '0' });
    const { appUrl, adminUrl, rolePrefix } = app.testDatabase;
    const [serving, admin] = await Promise.all([connect(appUrl), connect(adminUrl)]);
    fixture = await buildFixture(serving, admin, rolePrefix);
    await markEverything(admin);
    schema = buildSchema(await readFile('schema.graphql', 'utf8'));
    traces = tracesOf(fixture.world);
    walkers = fixture.actors.filter(({ name }) => long || WALKERS.includes(name));
    expect(walkers.length).toBeGreaterThanOrEqual(WALKERS.length);
  });
  afterAll(async () => {
    await Promise.all([fixture.app.end(), fixture.admin.end()]);
    await app.close();
  });

  /** At once: responses about rows that do not exist are delayed, and others are sent meanwhile. */
  async function asEachViewer(work: (actor: Actor) => Promise<void>): Promise<void> {
    await Promise.all(walkers.map(work));
  }

  /** Sends an operation and says what in its answer the actor must not see. */
  async function leaksOf(
    actor: Actor,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<{ answer: Answer; leaks: readonly string[]; markers: number }> {
    const answer = await app.graphql(query, variables, actor.token ?? undefined);
    return { answer, ...leaksIn(answer, actor, query, variables) };
  }

  /** What in an answer the actor must not see. */
  function leaksIn(
    answer: Answer,
    actor: Actor,
    query: string,
    variables: Record<string, unknown>,
  ): { leaks: readonly string[]; markers: number } {
    counts.operations += 1;
    const oracle = oracleFor(fixture.world, actor);
    const response = JSON.stringify(answer.data) + JSON.stringify(answer.errors) + cursorsIn(answer.data);
    const leaks: string[] = [];
    // The groups of a release are named after those who head them, also for an API token that cannot read the directory.
    const heads = new Set(
      fixture.world.trend_group
        .filter((row) => oracle.mayRead('trend_group', row))
        .map(({ head_id }) => head_id),
    );
    const sees = ({ table, key }: { table: TableName; key: string }): boolean =>
      (table === 'person' && heads.has(key)) ||
      fixture.world[table].some((row) => keyOf(table, row) === key && oracle.mayRead(table, row));
    const where = `${actor.name}: ${query.slice(0, 160)}`;
    const markers = new Set(response.match(MARKER));
    counts.markers += markers.size;
    for (const marker of markers) {
      const row = traces.byMarker.get(marker);
      if (row !== undefined && !sees(row)) leaks.push(`${where} returns text of ${row.table} ${row.key}`);
    }
    const asked = new Set(JSON.stringify(variables).match(UUID));
    // An entry of the log of what one read names the goal, also one that is hidden since; and the audit trail names API tokens.
    const logged = new Set(
      fixture.world.goal_access
        .filter((row) => oracle.mayRead('goal_access', row))
        .map(({ goal_id }) => goal_id),
    );
    const audited = new Set(
      fixture.world.session
        .filter((row) => row.person_id === null && oracle.is('AUDITOR', row.organization_id))
        .map(({ id }) => id),
    );
    for (const id of new Set(response.match(UUID))) {
      const rows = traces.byId.get(id) ?? [];
      counts.ids += 1;
      if (logged.has(id) || audited.has(id)) continue;
      if (!asked.has(id) && rows.length > 0 && !rows.some(sees)) {
        leaks.push(`${where} returns the id of ${rows.map(({ table }) => table).join('/')} ${id}`);
      }
    }
    for (const { extensions, message } of answer.errors) {
      if (
        [
          'INTERNAL_SERVER_ERROR',
          'UNAVAILABLE',
          'TOO_COMPLEX',
          'GRAPHQL_VALIDATION_FAILED',
          'RATE_LIMITED',
        ].includes(extensions.code)
      ) {
        leaks.push(`${where} fails: ${extensions.code} ${message}`);
      }
    }
    return { leaks, markers: markers.size };
  }

  /** Cursors as they read when opened. */
  function cursorsIn(data: unknown): string {
    const opened: string[] = [];
    JSON.stringify(data, (key, value: unknown) => {
      if (/cursor$/i.test(key) && typeof value === 'string' && /^[\w+/=-]{16,}$/.test(value)) {
        opened.push(Buffer.from(value, 'base64url').toString('latin1'));
      }
      return value;
    });
    return opened.join('\n');
  }

  /** All ids that there are, seen or not: as if somebody had guessed every one. */
  function idsOf(...tables: TableName[]): readonly string[] {
    return tables.flatMap((table) => fixture.world[table].map((row) => ('id' in row ? row.id : '')));
  }

  function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
    return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
      list.slice(n * size, (n + 1) * size),
    );
  }

  function objectType(name: string): GraphQLObjectType {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`the schema has no type ${name}`);
    return type;
  }

  function readableOf(actor: Actor, table: TableName): readonly string[] {
    const oracle = oracleFor(fixture.world, actor);
    return fixture.world[table].flatMap((row) => ('id' in row && oracle.mayRead(table, row) ? [row.id] : []));
  }

  /** The response about an id, with the id itself masked. */
  async function askAbout(
    actor: Actor,
    idArgument: IdArgument,
    id: string,
  ): Promise<{ response: string; leaks: readonly string[] }> {
    const other = (tables: readonly TableName[]): string | undefined =>
      tables.includes('person')
        ? readableOf(actor, 'person')[1]
        : tables.flatMap((table) => readableOf(actor, table))[0];
    const { answer, leaks } = await leaksOf(actor, idArgument.document, idArgument.variables(id, other));
    const errors = answer.errors.map(({ message, path, extensions: { code, fields } }) => ({
      message,
      path,
      code,
      fields,
    }));
    return { response: JSON.stringify({ data: answer.data, errors }).replaceAll(id, '(the id)'), leaks };
  }

  it('covers every node type', () => {
    const node = schema.getType('Node');
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some((of) => of === node),
    );
    // A viewer is no row: only the viewer's own is found (test/e2e/people.spec.ts). A handover follows from reporting lines and has the ID
    // of one (test/e2e/handovers.spec.ts).
    expect(types.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(NODES), 'Handover', 'Viewer'].sort(),
    );
  });

  it('finds by node(id) what the oracle expects, for every id', async () => {
    const wrong: string[] = [];
    let found = 0;
    const ids = idsOf(
      ...Object.values(NODES),
      'session',
      'milestone',
      'audit_entry',
      'invitation',
      'import_report',
    );
    await asEachViewer(async (actor) => {
      const oracle = oracleFor(fixture.world, actor);
      for (const chunk of chunks(ids, 100)) {
        const { answer, leaks } = await leaksOf(
          actor,
          'query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }',
          { ids: chunk },
        );
        wrong.push(...leaks);
        const nodes = (answer.data?.nodes ?? []) as ({ id: string; __typename: string } | null)[];
        const there = new Map(nodes.flatMap((node) => (node === null ? [] : [[node.id, node.__typename]])));
        found += there.size;
        for (const [typename, table] of Object.entries(NODES)) {
          for (const row of fixture.world[table]) {
            const id = 'id' in row ? row.id : '';
            if (!chunk.includes(id)) continue;
            const should = oracle.mayRead(table, row);
            const does = there.get(id) === typename;
            // Tokens and former employees are also refused by the guard: they can see less here, never more.
            if (does !== should && (does || oracle.viewer !== null)) {
              wrong.push(`${actor.name} ${does ? 'finds' : 'does not find'} ${typename} ${id}`);
            }
          }
        }
      }
    });
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(500);
  });

  it('shows by a subscription to each conversation what the oracle allows, and refuses others like missing ones', async () => {
    const wrong: string[] = [];
    let shown = 0;
    const missing = '00000000-0000-4000-8000-000000000000';
    // Not the shared notes, which a conversation here lacks.
    const watch = `subscription ($id: ID!) {
      conversationChanged(conversationId: $id) {
        ... on Conversation { id talkingPoints { id text } actionItems { id text } privateNotes { text } oneToOne { id } }
      }
    }`;
    await asEachViewer(async (actor) => {
      const oracle = oracleFor(fixture.world, actor);
      let refusal: Answer['errors'] = [];
      const conversations = long ? fixture.world.conversation : spread(fixture.world.conversation, 15);
      for (const chunk of chunks([missing, ...conversations.map(({ id }) => id)], 15)) {
        const socket = await FuzzSocket.open(app.url, actor.token ?? undefined);
        const answers = new Map<string, Answer>();
        for (const [place, id] of chunk.entries()) {
          const body = JSON.stringify({ query: watch, variables: { id } });
          await socket.subscribe(String(place), body);
          const [received] = socket.taken();
          // Without a session of somebody employed, the connection is closed.
          const none = { data: null, errors: [] };
          const answer = { ...none, ...(JSON.parse(received?.text ?? '{}') as Partial<Answer>) } as Answer;
          answers.set(id, answer);
          wrong.push(...leaksIn(answer, actor, watch, { id }).leaks);
        }
        socket.close();
        refusal = answers.get(missing)?.errors ?? refusal;
        for (const [id, { data, errors }] of answers) {
          const row = fixture.world.conversation.find((one) => one.id === id);
          const should = row !== undefined && oracle.viewer !== null && oracle.mayRead('conversation', row);
          const pair = fixture.world.one_to_one.find((one) => one.id === row?.one_to_one_id);
          if (data) shown += 1;
          if (data && !should) wrong.push(`${actor.name} is shown ${id}`);
          // Nothing changes in one that has ended.
          const code = errors[0]?.extensions.code;
          if (should && !data && code !== 'CONFLICT') wrong.push(`${actor.name} is not shown ${id}`);
          if (should && code === 'CONFLICT' && pair?.state === 'OPEN' && !hasLeaver(pair))
            wrong.push(`${actor.name}: ${id} is open`);
          if (!should && JSON.stringify(errors) !== JSON.stringify(refusal)) {
            wrong.push(`${actor.name} learns about ${id}: ${JSON.stringify(errors)}`);
          }
        }
      }
    });
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(5);
  });

  function hasLeaver({ first_id, second_id }: { first_id: string; second_id: string }): boolean {
    return fixture.world.employment_end.some(({ person_id }) => [first_id, second_id].includes(person_id));
  }

  it('returns in every field, list and connection only what the oracle allows', async () => {
    const wrong: string[] = [];
    let returned = 0;
    await asEachViewer(async (actor) => {
      const oracle = oracleFor(fixture.world, actor);
      // Far first; a step less where that is more than the service answers at once.
      const walk = async (
        type: GraphQLObjectType,
        asked: (fields: string) => string,
        variables: readonly Record<string, unknown>[] = [{}],
      ): Promise<void> => {
        const nearer = selectionsFrom(schema, type, 0);
        for (const [place, fields] of selectionsFrom(schema, type, 1).entries()) {
          for (const given of variables) {
            const far = await leaksOf(actor, asked(fields), given);
            const tooFar = far.answer.errors[0]?.extensions.code === 'TOO_COMPLEX';
            const near = tooFar ? await leaksOf(actor, asked(nearer[place] ?? ''), given) : undefined;
            wrong.push(...(near ?? far).leaks);
            returned += far.markers + (near?.markers ?? 0);
          }
        }
      };
      await walk(objectType('Query'), (fields) => `{ ${fields} }`);
      await walk(objectType('Viewer'), (fields) => `{ viewer { ${fields} } }`);
      await walk(objectType('Organization'), (fields) => `{ organization { ${fields} } }`);
      for (const [typename, table] of Object.entries(NODES)) {
        const ids = fixture.world[table]
          .filter((row) => oracle.mayRead(table, row))
          .map((row) => ('id' in row ? row.id : ''));
        await walk(
          objectType(typename),
          (fields) => `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${typename} { ${fields} } } }`,
          chunks(long ? ids : ids.slice(0, 20), 10).map((chunk) => ({ ids: chunk })),
        );
      }
    });
    expect(wrong).toEqual([]);
    expect(returned).toBeGreaterThan(2_000);
    process.stdout.write(
      `GraphQL paths: ${walkers.length} viewers, ${counts.operations} operations, ${counts.ids} ids and ${counts.markers} markers returned, 0 of hidden rows\n`,
    );
  });

  it('search finds nothing by hidden text', async () => {
    const wrong: string[] = [];
    let hits = 0;
    await asEachViewer(async (actor) => {
      const oracle = oracleFor(fixture.world, actor);
      const pairs = fixture.world.one_to_one.filter((row) => oracle.mayRead('one_to_one', row));
      const search = async (query: string, variables: Record<string, unknown>): Promise<number> => {
        const { answer, leaks } = await leaksOf(actor, query, variables);
        wrong.push(...leaks);
        return JSON.stringify(answer.data ?? null).match(/"id"/g)?.length ?? 0;
      };
      for (const row of fixture.world.person) {
        const query = 'query ($of: String!) { people(search: $of, includeFormer: true) { nodes { id } } }';
        const found = await search(query, { of: markerOf('person', row.id) });
        if (!oracle.mayRead('person', row) && found > 0) wrong.push(`${actor.name} finds somebody hidden`);
        hits += found;
      }
      for (const [table, row, pairId] of writtenInPairs(fixture.world)) {
        if (!pairs.some(({ id }) => id === pairId)) continue;
        const query =
          'query ($id: ID!, $of: String!) { oneToOne(id: $id) { search(text: $of) { nodes { id } } } }';
        const found = await search(query, { id: pairId, of: markerOf(table, keyOf(table, row)) });
        if (!oracle.mayRead(table, row) && found > 0)
          wrong.push(`${actor.name} finds hidden words of ${table}`);
        hits += found;
      }
    });
    expect(wrong).toEqual([]);
    expect(hits).toBeGreaterThan(50);
  });

  it('responds to hidden rows as to missing ones in every query and mutation that takes an id', async () => {
    const wrong: string[] = [];
    const idArguments = idArgumentsOf(schema);
    let compared = 0;
    expect(idArguments.filter(({ tables }) => tables.length === 0).map(({ field }) => field)).toEqual([]);
    const tryToGuess = async (actor: Actor): Promise<void> => {
      const oracle = oracleFor(fixture.world, actor);
      const tryArgument = async (idArgument: IdArgument): Promise<void> => {
        const ask = async (id: string): Promise<string> => {
          const { response, leaks } = await askAbout(actor, idArgument, id);
          wrong.push(...leaks);
          return response;
        };
        const never = await ask(randomUUID());
        for (const table of idArgument.tables) {
          const hidden = fixture.world[table].flatMap((row) =>
            'id' in row && !oracle.mayRead(table, row) ? [row.id] : [],
          );
          for (const id of spread(hidden, long ? 3 : 2)) {
            const response = await ask(id);
            compared += 1;
            if (response !== never) {
              wrong.push(
                `${actor.name} by ${idArgument.field}(${idArgument.path}) of ${table} ${id}: ${response} instead of ${never}`,
              );
            }
          }
        }
      };
      // Everybody at once would be more than wait for a connection.
      for (const some of chunks(idArguments, long ? 1 : 6)) await Promise.all(some.map(tryArgument));
    };
    await Promise.all(walkers.filter(({ name }) => long || GUESSERS.includes(name)).map(tryToGuess));
    // The control: about rows that they may see, every place answers otherwise. These change the world, so they come last.
    const silent: string[] = [];
    const tellsApart = async (idArgument: IdArgument): Promise<boolean> => {
      for (const actor of walkers.filter(({ name }) => CONTROLLERS.includes(name))) {
        const never = await askAbout(actor, idArgument, randomUUID());
        for (const table of idArgument.tables) {
          for (const id of spread(readableOf(actor, table), 8)) {
            if ((await askAbout(actor, idArgument, id)).response !== never.response) return true;
          }
        }
      }
      return false;
    };
    const controlled = idArguments.filter(({ field, path }) => !OF_ANOTHER_ROW.includes(`${field}(${path})`));
    for (const idArgument of controlled) {
      if (!(await tellsApart(idArgument))) silent.push(`${idArgument.field}(${idArgument.path})`);
    }
    process.stdout.write(
      `id arguments: ${idArguments.length} places for an id, ${compared} hidden rows answered as none, ${controlled.length - silent.length} places that tell seen ones apart\n`,
    );
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(300);
    expect(silent).toEqual([]);
  });
});
