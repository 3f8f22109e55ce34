import { createHash } from 'node:crypto';
import { soon, type Attempt } from './oracle-writes.js';
import { addDays, dayIn, type Id, type TableName, type Tables, type World } from './rows.js';

/**
 * What the matrix lets everybody try, made from the rows that there are: for each table rows that somebody might add, changes
 * of each row, and each row's removal. Every statement is valid, and succeeds for an actor who is allowed to send it.
 */

type Values = Readonly<Record<string, unknown>>;
type Adder = (world: World) => readonly Values[];

const MAIN = 0;

function hash(text: string): string {
  return `\\x${createHash('sha256').update(text).digest('hex')}`;
}

/** People of each organization, one for each relation that a candidate row can have to them. */
function of(world: World, organization: Id): readonly Id[] {
  return world.person.filter((p) => p.organization_id === organization).map(({ id }) => id);
}

function holder(world: World, role: string): Id | undefined {
  return world.role_grant.find((r) => r.role === role && r.organization_id === world.organization[MAIN]?.id)
    ?.person_id;
}

const NO_CHANGES = {
  created: 0,
  changed: 0,
  ended: 0,
  restored: 0,
  managers_changed: 0,
  unchanged: 0,
  error_count: 0,
  absent_count: 0,
};

/** Organization and key of a row, for rows that hang on it. */
function each<T extends TableName>(
  world: World,
  table: T,
  make: (row: Tables[T]) => readonly Values[],
): readonly Values[] {
  return (world[table] as readonly Tables[T][]).flatMap((row) =>
    make(row).map((values) => ({
      ...('organization_id' in row && { organization_id: row.organization_id }),
      ...values,
    })),
  );
}

function everyOrganization(world: World, values: Values): readonly Values[] {
  return world.organization.map(({ id }) => ({ organization_id: id, ...values }));
}

/** The pair that a conversation belongs to. */
function pairOf(world: World, conversationId: Id): Tables['one_to_one'] | undefined {
  const conversation = world.conversation.find(({ id }) => id === conversationId);
  return world.one_to_one.find(({ id }) => id === conversation?.one_to_one_id);
}

/** Somebody without a row in this table, of each organization. */
function withoutRow(
  world: World,
  table: 'employment_end' | 'person_preference' | 'person_time_zone' | 'account',
): readonly Tables['person'][] {
  return world.person.filter(({ id }) => !world[table].some(({ person_id }) => person_id === id));
}

const ADD: Readonly<Record<TableName, Adder>> = {
  organization: () => [{ name: 'A new organization' }],
  department: (world) => everyOrganization(world, { name: 'A new department' }),
  location: (world) => everyOrganization(world, { name: 'A new location' }),
  person: (world) => everyOrganization(world, { name: 'Somebody new' }),
  person_time_zone: (world) =>
    withoutRow(world, 'person_time_zone').map(({ id, organization_id }) => ({
      organization_id,
      person_id: id,
      time_zone: 'Europe/Paris',
    })),
  conversation_retention: (world) => everyOrganization(world, { since: '2020-01-01', months: 1 }),
  person_preference: (world) =>
    withoutRow(world, 'person_preference').map(({ id, organization_id }) => ({
      organization_id,
      person_id: id,
      reminders_by_mail: false,
    })),
  employment_end: (world) =>
    withoutRow(world, 'employment_end').map(({ id, organization_id }) => ({
      organization_id,
      person_id: id,
      ended_on: soon(world.today),
    })),
  reporting_line: (world) =>
    each(world, 'reporting_line', (line) =>
      line.kind === 'PRIMARY'
        ? [
            {
              report_id: line.report_id,
              manager_id: line.manager_id,
              kind: 'DOTTED',
              starts_on: world.today,
            },
          ]
        : [],
    ),
  reporting_line_end: (world) =>
    each(world, 'reporting_line', (line) =>
      line.ends_on === null
        ? [
            {
              line_id: line.id,
              by_leaving: false,
              report_id: line.report_id,
              manager_id: line.manager_id,
              ends_on: world.today,
              ends_at: world.today,
            },
          ]
        : [],
    ),
  role_grant: (world) => {
    const granters = world.role_grant.map(({ person_id }) => person_id);
    return world.organization.flatMap(({ id }) => {
      const people = of(world, id);
      const plain = people.find((p) => !granters.includes(p));
      const gone = world.employment_end.find(
        (e) => e.organization_id === id && e.ended_on < world.today && !granters.includes(e.person_id),
      )?.person_id;
      const grants = new Set(people.filter((p) => granters.includes(p) || p === plain));
      return [...grants].flatMap((granted_by) =>
        people
          .filter((p) => p === plain || p === holder(world, 'PEOPLE_ADMIN') || p === gone)
          .flatMap((person_id) =>
            ['ORGANIZATION_ADMIN', 'AUDITOR']
              .filter((role) => !world.role_grant.some((r) => r.person_id === person_id && r.role === role))
              // Granted to oneself no database would take it: that the rows' own check says.
              .filter(() => person_id !== granted_by)
              .map((role) => ({ organization_id: id, person_id, role, granted_by })),
          ),
      );
    });
  },
  audit_entry: (world) => {
    const actions = [
      'PERSON_CHANGED',
      'API_TOKEN_CREATED',
      'ROLE_GRANTED',
      'DEPARTMENTS_MERGED',
      'ORGANIZATION_RENAMED',
      'PEOPLE_IMPORTED',
      'SOMETHING',
    ];
    const unsigned = everyOrganization(world, { action: 'PERSON_CHANGED', subject: 'somebody' });
    const signed = world.person.flatMap(({ id, organization_id }) => {
      const hasRoles = world.role_grant.some(({ person_id }) => person_id === id);
      return (hasRoles ? actions : actions.slice(0, 1)).map((action) => ({
        organization_id,
        actor_id: id,
        action,
        subject: 'somebody',
      }));
    });
    return [...unsigned, ...signed];
  },
  account: (world) =>
    withoutRow(world, 'account').map(({ id, organization_id }) => ({
      organization_id,
      person_id: id,
      sign_in_address: 'new@example.com',
      password_hash: 'x',
    })),
  invitation: (world) =>
    each(world, 'account', ({ person_id }) => [
      { person_id, address: 'a@example.com', token_hash: hash(`invitation ${person_id}`) },
    ]),
  password_reset: (world) =>
    each(world, 'account', ({ person_id }) => [{ person_id, token_hash: hash(`reset ${person_id}`) }]),
  address_change: (world) =>
    each(world, 'account', ({ person_id }) =>
      world.address_change.some((c) => c.person_id === person_id)
        ? []
        : [
            {
              person_id,
              new_address: 'another@example.com',
              old_token_hash: hash(`old ${person_id}`),
              new_token_hash: hash(`new ${person_id}`),
            },
          ],
    ),
  session: (world) =>
    world.person.flatMap(({ id, organization_id }) => {
      const common = { organization_id, label: 'A new one', expires_at: addDays(world.today, 30) };
      const tokens = [
        ['TRENDS_READ'],
        ['DIRECTORY_READ'],
        ['DIRECTORY_WRITE'],
        ['SCHEMA_READ'],
        ['TRENDS_READ', 'DIRECTORY_READ'],
      ].map((scopes) => ({
        ...common,
        scopes,
        created_by: id,
        token_hash: hash(`${id} ${scopes.join(' ')}`),
      }));
      const hasRoles = world.role_grant.some(({ person_id }) => person_id === id);
      const signIn = { ...common, person_id: id, token_hash: hash(id) };
      const tooLong = {
        ...common,
        scopes: ['DIRECTORY_READ'],
        created_by: id,
        expires_at: addDays(world.today, 400),
        token_hash: hash(`${id} too long`),
      };
      return world.account.some(({ person_id }) => person_id === id)
        ? [signIn, ...(hasRoles ? [...tokens, tooLong] : tokens.slice(0, 1))]
        : [];
    }),
  outbox_mail: () => [{ kind: 'PASSWORD_RESET', recipient: 'somebody@example.com' }],
  conversation_change: (world) =>
    world.conversation.slice(0, 3).map(({ id, one_to_one_id }) => ({
      one_to_one_id,
      conversation_id: id,
      typename: 'Conversation',
      node_id: id,
    })),
  import_report: (world) => everyOrganization(world, { dry_run: true, rows: 0, error_count: 0 }),
  import_outcome: (world) =>
    each(world, 'import_report', ({ id }) =>
      world.import_outcome.some(({ report_id }) => report_id === id)
        ? []
        : [{ report_id: id, ...NO_CHANGES }],
    ),
  import_row: (world) =>
    everyOrganization(world, { import_id: '00000000-0000-4000-8000-000000000002', line: 1 }),
  // There is one, and no place for another.
  installation_secret: () => [],
  idempotency_key: (world) =>
    each(world, 'account', ({ person_id }) => [
      { viewer_id: person_id, key: 'another', body_hash: hash(person_id) },
    ]).slice(0, 4),
  throttle: () => [{ subject: hash('somebody else'), level: 1, at: '2020-01-01' }],

  personal_goal: (world) => each(world, 'person', ({ id }) => [{ owner_id: id, title: 'A new goal' }]),
  personal_goal_own: (world) =>
    each(world, 'personal_goal', ({ id, owner_id }) =>
      world.personal_goal_own.some(({ goal_id }) => goal_id === id)
        ? []
        : [{ goal_id: id, owner_id, area: 'Health' }],
    ),
  personal_goal_version: (world) =>
    each(world, 'personal_goal', ({ id, owner_id }) => [
      { goal_id: id, version: 99, owner_id, title: 'Other words' },
    ]),
  milestone: (world) =>
    each(world, 'personal_goal', ({ id, owner_id }) => [
      { goal_id: id, owner_id, title: 'A new milestone', position: 9 },
    ]),
  goal_update: (world) =>
    each(world, 'personal_goal', ({ id, owner_id }) => [
      { goal_id: id, author_id: owner_id, text: 'A new update' },
    ]),
  goal_share: (world) =>
    each(world, 'personal_goal', ({ id, owner_id, organization_id }) =>
      of(world, organization_id)
        .filter((p) => p !== owner_id)
        .filter(
          (p) => !world.goal_share.some((s) => s.goal_id === id && s.with_id === p && s.ended_at === null),
        )
        .slice(-4)
        .flatMap((with_id) => [{ goal_id: id, owner_id, with_id }]),
    ),
  // Written with the share, and so there already; likewise below.
  goal_share_own: () => [],
  goal_access: (world) =>
    each(world, 'personal_goal', ({ id, owner_id, organization_id }) => {
      const zone = world.person_time_zone.find(({ person_id }) => person_id === owner_id)?.time_zone;
      const today = dayIn(
        zone ?? (organization_id === world.organization[MAIN]?.id ? 'Europe/Berlin' : 'UTC'),
        world.now,
      );
      const readers = new Set(world.goal_share.filter((s) => s.goal_id === id).map(({ with_id }) => with_id));
      for (const person of of(world, organization_id).slice(0, 3)) readers.add(person);
      return [...readers]
        .filter((reader) => reader !== owner_id)
        .flatMap((reader_id) => [
          { reader_id, goal_id: id, owner_id, on_day: today, kind: 'LISTED' },
          ...[-4, -1, 1].map((days) => ({
            reader_id,
            goal_id: id,
            owner_id,
            on_day: addDays(today, days),
            kind: 'LISTED',
          })),
        ]);
    }),

  cycle: (world) =>
    everyOrganization(world, { name: 'A new cycle', starts_on: world.today, ends_on: soon(world.today) }),
  business_goal: (world) =>
    world.cycle.flatMap(({ id: cycle_id, organization_id }) => {
      const goals = world.business_goal.filter((g) => g.organization_id === organization_id);
      const draft = goals.find(({ state }) => state === 'DRAFT');
      const running = goals.find(({ state }) => state === 'OPEN');
      return of(world, organization_id).flatMap((owner_id) => {
        const made = { organization_id, owner_id, cycle_id, title: 'A new business goal' };
        return [
          ...[undefined, draft?.id, running?.id].map((parent_id) => ({
            ...made,
            ...(parent_id !== undefined && { parent_id }),
          })),
          // Of people who own goals; anybody else cannot continue one, as they cannot create one for somebody else.
          ...goals
            .filter((goal) => goal.owner_id === owner_id && !goals.some((g) => g.continues_id === goal.id))
            .flatMap(({ id }) => [
              { ...made, continues_id: id, state: 'OPEN' },
              { ...made, continues_id: id, state: 'DRAFT' },
            ]),
          ...(goals.some((goal) => goal.owner_id === owner_id) && running !== undefined
            ? [{ ...made, continues_id: running.id, state: 'OPEN' }]
            : []),
        ];
      });
    }),
  key_result: (world) =>
    each(world, 'business_goal', ({ id }) => [
      {
        business_goal_id: id,
        title: 'A new result',
        unit: 'pieces',
        start_value: 0,
        current_value: 0,
        target_value: 1,
        position: 9,
      },
    ]),
  business_goal_assignee: (world) =>
    each(world, 'business_goal', ({ id, organization_id }) =>
      of(world, organization_id)
        .filter(
          (p) => !world.business_goal_assignee.some((a) => a.business_goal_id === id && a.person_id === p),
        )
        .slice(0, 2)
        .concat(holder(world, 'AUDITOR') ?? [])
        .filter((p) => of(world, organization_id).includes(p))
        .map((person_id) => ({ business_goal_id: id, person_id })),
    ),
  business_goal_of_leaver: (world) =>
    each(world, 'business_goal', ({ id, owner_id }) =>
      world.business_goal_of_leaver.some(({ business_goal_id }) => business_goal_id === id)
        ? []
        : [{ business_goal_id: id, leaver_id: owner_id, owner_id, version: 1 }],
    ),
  check_in: (world) =>
    each(world, 'business_goal', (goal) => {
      const authors = world.business_goal_assignee.filter((a) => a.business_goal_id === goal.id);
      const others = of(world, goal.organization_id).slice(0, 2);
      return [...new Set([goal.owner_id, ...authors.map(({ person_id }) => person_id), ...others])].map(
        (author_id) => ({ business_goal_id: goal.id, author_id, confidence: 3, health: 'AT_RISK' }),
      );
    }),
  alignment: (world) =>
    each(world, 'personal_goal', (goal) =>
      world.business_goal
        .filter((b) => b.organization_id === goal.organization_id)
        .flatMap((business) => {
          const pair = { personal_goal_id: goal.id, owner_id: goal.owner_id, business_goal_id: business.id };
          const same = world.alignment.filter(
            (a) => a.personal_goal_id === goal.id && a.business_goal_id === business.id,
          );
          if (same.some(({ state }) => state === 'PLACED')) return [];
          const proposers = new Set(
            world.goal_share.filter((s) => s.goal_id === goal.id).map(({ with_id }) => with_id),
          );
          if (goal.visibility !== 'PRIVATE') proposers.add(business.owner_id);
          proposers.delete(goal.owner_id);
          return [
            { ...pair, proposed_by_id: goal.owner_id, state: 'PLACED' },
            ...[...proposers]
              .filter((p) => !same.some(({ proposed_by_id }) => proposed_by_id === p))
              .flatMap((proposed_by_id) => [{ ...pair, proposed_by_id, state: 'PROPOSED' }]),
          ];
        }),
    ),
  alignment_own: () => [],
  alignment_decline: (world) =>
    each(world, 'alignment', ({ id, owner_id }) =>
      world.alignment_decline.some(({ alignment_id }) => alignment_id === id)
        ? []
        : [{ alignment_id: id, owner_id }],
    ),

  procedure_area: (world) =>
    world.organization.flatMap(({ id }) => {
      const gone = world.employment_end.find(
        (e) => e.organization_id === id && e.ended_on < addDays(world.today, -2),
      )?.person_id;
      const [one, other] = of(world, id);
      const area = { organization_id: id, name: 'A new area' };
      return [
        { ...area, answerer_id: one },
        { ...area, answerer_id: one, deputy_id: other },
        ...(gone === undefined
          ? []
          : [
              { ...area, answerer_id: gone },
              { ...area, answerer_id: one, deputy_id: gone },
            ]),
      ];
    }),
  barrier: (world) =>
    world.organization.flatMap(({ id }) => {
      const area = world.procedure_area.find((a) => a.organization_id === id);
      const words = { organization_id: id, title: 'Something in the way', hinders_customers: true };
      return [...of(world, id).slice(0, 3), null].flatMap((raised_by_id) => [
        { ...words, raised_by_id },
        ...(area === undefined ? [] : [{ ...words, raised_by_id, procedure_area_id: area.id }]),
      ]);
    }),
  barrier_answer: (world) =>
    each(world, 'barrier', (barrier) => {
      const area = world.procedure_area.find(({ id }) => id === barrier.procedure_area_id);
      const people = [area?.answerer_id, area?.deputy_id, of(world, barrier.organization_id)[0]];
      return [...new Set(people)]
        .filter((by_id) => by_id != null)
        .map((by_id) => ({ barrier_id: barrier.id, by_id, status: 'REMOVED', text: 'It is gone' }));
    }),
  barrier_support: (world) =>
    each(world, 'barrier', (barrier) =>
      [...new Set([barrier.raised_by_id, ...of(world, barrier.organization_id).slice(0, 3)])]
        .filter(
          (person) =>
            person !== null &&
            !world.barrier_support.some((s) => s.barrier_id === barrier.id && s.person_id === person),
        )
        .map((person_id) => ({ barrier_id: barrier.id, person_id })),
    ),
  nameless_barrier: (world) =>
    everyOrganization(world, { title: 'Something', hinders_customers: false, staged_on: world.today }),
  story: (world) => each(world, 'barrier', ({ id }) => [{ barrier_id: id, text: 'We dropped it' }]),
  // A trigger adds it, and there is no story without one.
  story_author: () => [],
  story_adoption: (world) =>
    each(world, 'story', (story) => {
      const author = world.story_author.find((a) => a.story_id === story.id)?.person_id;
      return [...new Set([author, ...of(world, story.organization_id).slice(0, 3)])]
        .filter(
          (person) =>
            person !== undefined &&
            !world.story_adoption.some((a) => a.story_id === story.id && a.person_id === person),
        )
        .map((person_id) => ({ story_id: story.id, person_id }));
    }),

  one_to_one: (world) => {
    const pairs = new Map<string, Values>();
    const add = (one: Id, other: Id, organization_id: Id, line_id?: Id): void => {
      const [first_id = '', second_id = ''] = [one, other].sort();
      const live = world.one_to_one.some(
        (o) => o.first_id === first_id && o.second_id === second_id && o.state !== 'ENDED',
      );
      if (live || one === other) return;
      const pair = { organization_id, first_id, second_id, time_zone: 'Europe/Paris' };
      for (const started_by_id of [one, other]) {
        pairs.set(`${first_id}${second_id}${started_by_id}I`, { ...pair, started_by_id, state: 'INVITED' });
        pairs.set(`${first_id}${second_id}${started_by_id}O`, {
          ...pair,
          started_by_id,
          state: 'OPEN',
          ...(line_id !== undefined && { line_id }),
        });
      }
    };
    for (const line of world.reporting_line)
      add(line.report_id, line.manager_id, line.organization_id, line.id);
    for (const { id } of world.organization) {
      const [owner, one, two, three] = of(world, id);
      if (owner !== undefined && two !== undefined) add(owner, two, id);
      if (one !== undefined && three !== undefined) add(one, three, id);
    }
    const gone = world.employment_end.find(({ ended_on }) => ended_on < world.today);
    const first = world.person[0];
    if (gone !== undefined && first !== undefined) add(first.id, gone.person_id, gone.organization_id);
    return [...pairs.values()];
  },
  one_to_one_decline: (world) =>
    each(world, 'one_to_one', (pair) =>
      world.one_to_one_decline.some(({ one_to_one_id }) => one_to_one_id === pair.id)
        ? []
        : [pair.first_id, pair.second_id].map((person_id) => ({ one_to_one_id: pair.id, person_id })),
    ),
  conversation: (world) =>
    each(world, 'one_to_one', ({ id }) => [{ one_to_one_id: id, scheduled_at: soon(world.today) }]),
  talking_point: (world) =>
    each(world, 'conversation', (conversation) => {
      const pair = world.one_to_one.find(({ id }) => id === conversation.one_to_one_id);
      if (pair === undefined || conversation.status !== 'PLANNED') return [];
      const elsewhere = world.conversation.find(
        (c) => c.one_to_one_id !== pair.id && c.organization_id === pair.organization_id,
      );
      return [pair.first_id, pair.second_id].flatMap((author_id) =>
        [conversation.id, elsewhere?.id ?? null].map((raised_in_id) => ({
          one_to_one_id: pair.id,
          conversation_id: conversation.id,
          raised_in_id,
          author_id,
          text: 'A new point',
          position: 9,
        })),
      );
    }),
  talking_point_subject: (world) =>
    each(world, 'talking_point', (point) => {
      if (world.talking_point_subject.some(({ point_id }) => point_id === point.id)) return [];
      const mine = { point_id: point.id, author_id: point.author_id };
      const same = (row: { organization_id: Id }): boolean => row.organization_id === point.organization_id;
      return [
        ...world.personal_goal
          .filter(same)
          .slice(0, 5)
          .map(({ id }) => ({ ...mine, personal_goal_id: id })),
        ...world.business_goal
          .filter(same)
          .slice(0, 3)
          .map(({ id }) => ({ ...mine, business_goal_id: id })),
      ];
    }),
  talking_point_version: (world) =>
    each(world, 'talking_point', ({ id, author_id }) => [
      { point_id: id, version: 99, author_id, text: 'Other words' },
    ]),
  talking_point_carry: (world) =>
    each(world, 'talking_point', (point) => {
      const from = world.conversation.find(
        (c) =>
          c.one_to_one_id === point.one_to_one_id &&
          !world.talking_point_carry.some((t) => t.point_id === point.id && t.from_id === c.id),
      );
      return from === undefined ? [] : [{ point_id: point.id, from_id: from.id, position: 1 }];
    }),
  shared_notes: (world) =>
    each(world, 'conversation', ({ id }) =>
      world.shared_notes.some(({ conversation_id }) => conversation_id === id)
        ? []
        : [{ conversation_id: id }],
    ),
  shared_notes_version: (world) =>
    each(world, 'shared_notes', (notes) => {
      const pair = pairOf(world, notes.conversation_id);
      return [pair?.first_id, pair?.second_id].map((author_id) => ({
        notes_id: notes.id,
        version: 99,
        author_id,
        text: 'Other words',
      }));
    }),
  private_notes: (world) =>
    each(world, 'conversation', (conversation) => {
      const pair = world.one_to_one.find(({ id }) => id === conversation.one_to_one_id);
      const stranger = of(world, conversation.organization_id).at(2);
      return [...new Set([pair?.first_id, pair?.second_id, stranger])]
        .filter(
          (author) =>
            author !== undefined &&
            !world.private_notes.some((n) => n.conversation_id === conversation.id && n.author_id === author),
        )
        .map((author_id) => ({ conversation_id: conversation.id, author_id, text: 'For myself' }));
    }),
  conversation_feedback: (world) =>
    each(world, 'conversation', (conversation) => {
      const pair = world.one_to_one.find(({ id }) => id === conversation.one_to_one_id);
      const stranger = of(world, conversation.organization_id).at(2);
      return [...new Set([pair?.first_id, pair?.second_id, stranger])]
        .filter(
          (author) =>
            author !== undefined &&
            !world.conversation_feedback.some(
              (f) => f.conversation_id === conversation.id && f.author_id === author,
            ),
        )
        .flatMap((author_id) =>
          [true, false].map((offered) => ({
            conversation_id: conversation.id,
            author_id,
            better: 'Fewer slides',
            offered,
          })),
        );
    }),
  action_item: (world) =>
    each(world, 'one_to_one', (pair) => {
      const stranger = of(world, pair.organization_id).find(
        (p) => p !== pair.first_id && p !== pair.second_id,
      );
      const held = world.conversation.find((c) => c.one_to_one_id === pair.id && c.status === 'HELD');
      const elsewhere = world.conversation.find(
        (c) => c.one_to_one_id !== pair.id && c.organization_id === pair.organization_id,
      );
      const silent = world.conversation.find(
        (c) => c.one_to_one_id === pair.id && c.off_the_record_by_id !== null,
      );
      const made = { one_to_one_id: pair.id, text: 'A new promise', due_on: soon(world.today) };
      return [pair.first_id, pair.second_id].flatMap((created_by_id) => [
        ...[pair.first_id, pair.second_id, ...(stranger === undefined ? [] : [stranger])].map((owner_id) => ({
          ...made,
          made_in_id: held?.id ?? null,
          created_by_id,
          owner_id,
        })),
        ...[elsewhere, silent].map((made_in) => ({
          ...made,
          made_in_id: made_in?.id ?? null,
          created_by_id,
          owner_id: created_by_id,
        })),
      ]);
    }),
  action_item_version: (world) =>
    each(world, 'action_item', (item) => {
      const pair = world.one_to_one.find(({ id }) => id === item.one_to_one_id);
      return [pair?.first_id, pair?.second_id].map((author_id) => ({
        item_id: item.id,
        version: 99,
        author_id,
        text: 'Other words',
      }));
    }),
  notes_import: (world) =>
    each(world, 'one_to_one', (pair) =>
      world.notes_import.some((n) => n.one_to_one_id === pair.id && n.accepted_at === null)
        ? []
        : [pair.first_id, pair.second_id].map((id) => ({ one_to_one_id: pair.id, proposed_by_id: id })),
    ),
  notes_import_section: (world) =>
    each(world, 'notes_import', ({ id }) => [{ import_id: id, held_on: '2021-01-01', text: 'More notes' }]),
  agenda_template: (world) =>
    world.organization.flatMap(({ id }) =>
      of(world, id).flatMap((owner_id) => [
        { organization_id: id, owner_id, name: 'A new template', points: ['How are you?'] },
      ]),
    ),
  mandate: (world) =>
    each(world, 'reporting_line', ({ id, report_id, manager_id }) => [
      { granted_by_id: manager_id, to_id: report_id, line_id: id, text: 'You decide' },
      { granted_by_id: report_id, to_id: manager_id, line_id: id, text: 'You decide' },
    ]),
  mandate_own: () => [],
  handover: (world) =>
    each(world, 'reporting_line', (line) => {
      const next = world.reporting_line.filter((l) => l.report_id === line.report_id && l.id !== line.id);
      return world.handover.some(({ line_id }) => line_id === line.id)
        ? []
        : next.map(({ manager_id }) => ({
            line_id: line.id,
            person_id: line.report_id,
            from_id: line.manager_id,
            to_id: manager_id,
            opened_on: line.ends_on ?? world.today,
          }));
    }),
  handover_offer: (world) =>
    each(world, 'handover', ({ line_id }) => [
      { line_id, kind: 'PROMISE', position: 9, text: 'Another desk' },
    ]),
  erasure: (world) =>
    world.organization.flatMap(({ id }) =>
      of(world, id)
        .filter((one) => !world.erasure.some((e) => e.person_id === one && e.executed_at === null))
        .map((person_id) => ({ organization_id: id, person_id })),
    ),
  data_export: (world) =>
    world.organization.flatMap(({ id }) =>
      of(world, id).map((person_id) => ({ organization_id: id, person_id, content: '\\x504b0506' })),
    ),
  engagement_period: (world) =>
    everyOrganization(world, {
      granularity: 'QUARTER',
      key: '2019-Q4',
      starts_on: '2019-10-01',
      ends_on: '2019-12-31',
      starts_at: '2019-10-01',
      ends_at: '2020-01-01',
      minimum_group_size: 5,
    }),
  period_member: (world) =>
    each(world, 'engagement_period', ({ id, organization_id }) =>
      of(world, organization_id)
        .filter((one) => !world.period_member.some((m) => m.period_id === id && m.person_id === one))
        .slice(0, 3)
        .map((person_id) => ({ period_id: id, person_id })),
    ),
  period_group: (world) =>
    each(world, 'engagement_period', ({ id }) => [
      { period_id: id, tree: 'LOCATION', group_id: id, name: 'Porto' },
    ]),
  pulse: (world) =>
    each(world, 'engagement_period', ({ id }) =>
      world.pulse.some(({ period_id }) => period_id === id)
        ? []
        : [{ period_id: id, quarter_id: id, closes_at: addDays(world.today, 30) }],
    ),
  pulse_question: (world) =>
    each(world, 'pulse', ({ id }) => [
      { pulse_id: id, position: 9, question_id: 'voice-2', driver: 'VOICE', scale: 'ONE_TO_FIVE' },
    ]),
  pulse_answer_waiting: (world) =>
    each(world, 'pulse', ({ id }) => [{ pulse_id: id, pseudonym: id, scores: '{5,5}' }]),
  pulse_answer: (world) =>
    each(world, 'pulse', ({ id }) => [{ pulse_id: id, pseudonym: id, scores: '{5,5}' }]),
  pulse_pseudonym: (world) =>
    each(world, 'engagement_period', ({ id, organization_id }) =>
      of(world, organization_id)
        .filter((one) => !world.pulse_pseudonym.some((p) => p.quarter_id === id && p.person_id === one))
        .slice(0, 3)
        .map((person_id) => ({ quarter_id: id, person_id, respondent: id })),
    ),
  pulse_respondent: (world) =>
    world.person
      .filter(({ id }) => !world.pulse_respondent.some(({ person_id }) => person_id === id))
      .slice(0, 5)
      .map(({ id, organization_id }) => ({ organization_id, person_id: id })),
  pulse_participation: (world) =>
    each(world, 'engagement_period', ({ id }) => [{ period_id: id, respondent: id }]),
  trend_release: (world) =>
    everyOrganization(world, {
      period_key: '2001-01',
      granularity: 'MONTH',
      starts_on: '2001-01-01',
      ends_on: '2001-01-31',
      minimum_group_size: 5,
      published_at: soon(world.today),
      row_hash: '0'.repeat(64),
    }),
  trend_participant: (world) => everyOrganization(world, {}),
  trend_figure_people: (world) =>
    each(world, 'trend_release', ({ id }) => [
      { release_id: id, population: 'ENPS', purpose: 'LATER', tree: 'LOCATION', people: '{1,2}' },
    ]),
  trend_erratum: (world) => each(world, 'trend_release', ({ id }) => [{ release_id: id, text: 'Too high' }]),
  trend_group: (world) =>
    each(world, 'trend_release', ({ id }) => [
      {
        release_id: id,
        tree: 'LOCATION',
        key: 'new',
        label: 'Lyon',
        parent_key: 'organization',
        valid_from: '2001-01-01',
      },
    ]),
  trend_cell: (world) =>
    each(world, 'trend_release', ({ id }) => [
      {
        release_id: id,
        tree: 'LOCATION',
        group_key: 'organization',
        metric: 'MET_RATE',
        status: 'SUPPRESSED',
        rounded_to: 0.05,
        definition_version: 1,
      },
    ]),
  trend_response: (world) =>
    each(world, 'trend_group', (group) => {
      const people = of(world, group.organization_id);
      const hr = world.role_grant.find(
        (r) => r.role === 'HR_ANALYST' && r.organization_id === group.organization_id,
      )?.person_id;
      return [...new Set([group.head_id, hr, ...people.slice(0, 2)])]
        .filter((by_id) => by_id != null)
        .map((by_id) => ({
          release_id: group.release_id,
          tree: group.tree,
          group_key: group.key,
          text: 'We listen',
          by_id,
          due_on: soon(world.today),
        }));
    }),
};

type Changer<T extends TableName> = (row: Tables[T], world: World) => readonly Values[];

const CHANGE: { readonly [T in TableName]: Changer<T> } = {
  organization: () => [
    { name: 'Renamed' },
    { time_zone: 'Europe/Paris' },
    { leaders_share_first: false },
    { minimum_group_size: 7 },
    { trends_visible_to: 'HR' },
    { trends_published_after_days: 0 },
    { pulse_rhythm: 'OFF' },
    { access_log_retention_months: 6 },
  ],
  department: ({ id }) => [{ name: `Renamed ${id}` }],
  location: ({ id }) => [{ name: `Renamed ${id}` }],
  person: () => [{ title: 'Chief of everything' }],
  person_time_zone: () => [{ time_zone: 'Europe/Paris' }],
  conversation_retention: () => [{ months: 1 }],
  person_preference: ({ reminders_by_mail }) => [{ reminders_by_mail: !reminders_by_mail }],
  employment_end: (_, { today }) => [{ ended_on: soon(today) }],
  reporting_line: (line, { today }) =>
    line.closed_on !== null && line.closed_on <= today
      ? [{ closed_on: addDays(line.closed_on, -1) }]
      : [{ closed_on: soon(today) }],
  reporting_line_end: (_, { today }) => [{ ends_on: soon(today) }],
  role_grant: () => [{ granted_at: '2020-01-01' }],
  audit_entry: () => [{ subject: 'nothing happened' }],
  account: () => [{ password_hash: 'x' }, { disabled_at: null }],
  invitation: () => [{ accepted_at: '2020-01-01' }],
  password_reset: () => [{ used_at: '2020-01-01' }],
  address_change: () => [{ old_confirmed_at: '2020-01-01' }],
  session: (session, { today }) => [{ revoked_at: session.revoked_at === null ? today : null }],
  outbox_mail: () => [{ recipient: 'somebody.else@example.com' }],
  conversation_change: () => [{ removed: true }],
  import_report: () => [{ rows: 7 }],
  import_outcome: () => [{ restored: 7 }],
  import_row: () => [{ name: 'Somebody' }],
  installation_secret: () => [{ inner_key: hash('known') }],
  idempotency_key: () => [{ results: '{}' }],
  throttle: () => [{ level: 0 }],
  personal_goal: ({ visibility }) => [
    { title: 'Other words' },
    { status: 'RESTING' },
    ...(visibility === 'ORGANIZATION' ? [] : [{ visibility: 'ORGANIZATION' }]),
  ],
  personal_goal_own: () => [{ area: 'Health' }],
  personal_goal_version: () => [{ title: 'Other words' }],
  milestone: () => [{ title: 'Other words' }],
  goal_update: () => [{ text: 'Other words' }, { at: '2020-01-01' }],
  goal_share: (share, { today }) => [
    { expires_at: soon(today) },
    { includes_past: true },
    { waiting: !share.waiting },
    ...(share.ended_at === null ? [{ ended_at: today }] : [{ ended_at: null }]),
  ],
  goal_share_own: () => [{ created_at: '2020-01-01' }],
  goal_access: ({ kind }) => [{ on_day: kind === 'LISTED' ? '2020-01-01' : '2020-01-02' }],
  cycle: ({ id }) => [{ name: `Renamed ${id}` }],
  business_goal: (row, world) => {
    // A parent that makes no circle: nothing hangs above these.
    const same = world.business_goal.filter(
      (g) => g.organization_id === row.organization_id && g.id !== row.id && g.parent_id !== row.id,
    );
    const parents = [same.find((g) => g.state === 'DRAFT'), same.find((g) => g.state === 'OPEN')];
    return [
      { title: 'Other words' },
      ...(row.state === 'DRAFT' ? [] : [{ state: 'MISSED' }]),
      { health: 'AT_RISK' },
      ...parents.filter((parent) => parent !== undefined).map(({ id }) => ({ parent_id: id })),
    ];
  },
  key_result: () => [{ title: 'Other words' }],
  business_goal_assignee: () => [{ assigned_at: '2020-01-01' }],
  business_goal_of_leaver: () => [{ version: 7 }],
  check_in: () => [{ text: 'Other words' }],
  alignment: ({ state }) => [{ how: 'Other words' }, ...(state === 'PROPOSED' ? [{ state: 'PLACED' }] : [])],
  alignment_own: () => [{ created_at: '2020-01-01' }],
  alignment_decline: () => [{ declined_at: '2020-01-01' }],
  procedure_area: (area, world) => {
    const people = of(world, area.organization_id).filter((id) => id !== area.deputy_id);
    const gone = world.employment_end.find(
      (e) => people.includes(e.person_id) && e.ended_on < addDays(world.today, -2),
    )?.person_id;
    return [
      { name: `Renamed ${area.id}` },
      { answerer_id: people[0] },
      ...(gone === undefined || gone === area.answerer_id ? [] : [{ answerer_id: gone }]),
      { deputy_id: null },
    ];
  },
  barrier: (barrier, world) => [
    ...world.procedure_area
      .filter((a) => a.organization_id === barrier.organization_id)
      .map(({ id }) => ({ procedure_area_id: id })),
    { title: 'Other words' },
    { status: 'INVESTIGATING' },
  ],
  barrier_answer: () => [{ text: 'Other words' }],
  barrier_support: ({ person_id }) => [{ person_id }],
  nameless_barrier: () => [{ title: 'Other words' }],
  story: () => [{ text: 'Other words' }],
  story_author: ({ named }) => [{ named: !named }],
  story_adoption: ({ person_id }) => [{ person_id }],
  one_to_one: ({ state }, { today }) => [
    { duration_minutes: 45 },
    { paused_until: soon(today) },
    ...(state === 'ENDED' ? [] : [{ state: 'ENDED', ended_at: today }]),
    ...(state === 'INVITED' ? [{ state: 'OPEN' }] : []),
    ...(state === 'ENDED' ? [{ state: 'OPEN', ended_at: null }] : []),
  ],
  one_to_one_decline: () => [{ declined_at: '2020-01-01' }],
  conversation: ({ status, one_to_one_id, off_the_record_by_id }, { today, one_to_one }) => [
    { scheduled_at: soon(today) },
    ...(off_the_record_by_id === null
      ? one_to_one
          .filter(({ id }) => id === one_to_one_id)
          .flatMap((pair) => [pair.first_id, pair.second_id])
          .map((id) => ({ off_the_record_by_id: id }))
      : [{ off_the_record_by_id: null }]),
    ...(status === 'PLANNED'
      ? [{ status: 'SKIPPED', closed_at: today }]
      : [{ status: 'PLANNED', closed_at: null, held_at: null }]),
  ],
  talking_point: ({ draft }) => [
    { text: 'Other words' },
    { position: 7 },
    { discussed: true },
    { standing: true },
    { from_customer: true },
    ...(draft ? [{ draft: false }] : []),
  ],
  talking_point_subject: ({ personal_goal_id }) => [{ personal_goal_id }],
  talking_point_version: () => [{ text: 'Other words' }],
  talking_point_carry: () => [{ position: 7 }],
  shared_notes: (notes, world) => {
    const pair = pairOf(world, notes.conversation_id);
    return [pair?.first_id, pair?.second_id].map((id) => ({ text: 'Other words', updated_by_id: id }));
  },
  shared_notes_version: () => [{ text: 'Other words' }],
  private_notes: () => [{ text: '' }, { text: 'Other words' }],
  conversation_feedback: ({ offered }) => [
    { better: 'Other words' },
    { worth_it: 1 },
    { offered: false },
    ...(offered ? [] : [{ offered: true }]),
  ],
  action_item: ({ state }, { today }) => [
    { text: 'Other words' },
    { due_on: soon(today) },
    ...(state === 'OPEN' ? [{ state: 'DONE' }] : [{ state: 'OPEN' }, { state: 'DROPPED' }]),
  ],
  action_item_version: () => [{ text: 'Other words' }],
  notes_import: () => [{ accepted_at: '2020-01-01' }],
  notes_import_section: () => [{ text: 'Other words' }],
  agenda_template: () => [{ points: ['Other words'] }],
  mandate: (_, { today }) => [
    { text: 'Other words' },
    { last_day: soon(today) },
    { published: true },
    { ended_at: today },
  ],
  mandate_own: ({ granted_by_id, to_id }) =>
    [granted_by_id, to_id, null].map((publication_asked_by_id) => ({ publication_asked_by_id })),
  handover: () => [{ completed_at: '2020-01-01' }],
  handover_offer: ({ line_id }, { action_item, handover, one_to_one }) => {
    const of = handover.find((h) => h.line_id === line_id);
    const isWithPerson = (pairId: Id): boolean =>
      one_to_one.some((o) => o.id === pairId && [o.first_id, o.second_id].includes(of?.person_id ?? ''));
    const theirs = action_item.filter(({ owner_id }) => owner_id === of?.to_id);
    return [
      theirs.find((item) => isWithPerson(item.one_to_one_id)),
      theirs.find((item) => !isWithPerson(item.one_to_one_id)),
      action_item.find(({ owner_id }) => owner_id === of?.person_id),
    ].flatMap((item) => (item === undefined ? [] : [{ action_item_id: item.id }]));
  },
  erasure: () => [{ executes_at: '2030-01-01' }],
  engagement_period: () => [{ minimum_group_size: 50 }],
  period_member: () => [{ department_id: null }],
  period_group: () => [{ name: 'Another name' }],
  pulse: () => [{ closes_at: '2030-01-01' }],
  pulse_question: () => [{ question_id: 'voice-4' }],
  pulse_answer_waiting: () => [{ scores: '{1,1}' }],
  pulse_answer: () => [{ scores: '{1,1}' }],
  pulse_pseudonym: () => [{ person_id: null }],
  pulse_respondent: ({ respondent }) => [{ person_id: respondent }],
  pulse_participation: () => [{ department_id: null }],
  data_export: () => [{ content: '\\x00' }],
  trend_release: () => [{ published_at: '2020-01-01' }],
  trend_participant: () => [{ person_id: null }],
  trend_figure_people: () => [{ people: '{}' }],
  trend_erratum: () => [{ text: 'Other words' }],
  trend_group: () => [{ label: 'Other words', head_id: null }],
  trend_cell: () => [{ value: 1 }],
  trend_response: () => [{ text: 'Other words' }, { state: 'DONE' }, { due_on: '2030-01-01' }],
};

/** Everything that is tried on this table. */
export function attemptsOn(table: TableName, world: World): readonly Attempt[] {
  // Which rows belong to which table is known above; here any of them will do.
  const change = CHANGE[table] as (row: unknown, world: World) => readonly Values[];
  const adds = ADD[table](world).map((values) => ({ table, action: 'INSERT', values }));
  const changes = world[table].flatMap((row) =>
    change(row, world).map((values) => ({ table, action: 'UPDATE', row, values })),
  );
  const removals = world[table].map((row) => ({ table, action: 'DELETE', row }));
  return [...adds, ...changes, ...removals] as unknown as readonly Attempt[];
}
