import { day } from '../factories/world.js';
import type { Answer } from '../e2e/app.js';
import { ACCEPT, DECLINE, HOLD, MOVE, REOPEN, SCHEDULE, SKIP, START } from '../e2e/pairs.js';
import { ADD_ITEM, ADD_POINT, POSTPONE_POINT, WRITE_NOTES } from '../e2e/writing.js';
import type { TestPerson } from '../factories/world.js';
import { count, done, expected, succeeded, type Race, type RaceContext } from './race.js';

const CLOSE_ITEM = `mutation ($input: CloseActionItemInput!) { closeActionItem(input: $input) { actionItem { dueOn } } }`;
const MOVE_ITEM = `mutation ($input: UpdateActionItemInput!) {
  updateActionItem(input: $input) { __typename ... on ActionItemPayload { actionItem { dueOn } } }
}`;

const SET_OFF_THE_RECORD = `mutation ($input: SetOffTheRecordInput!) {
  setOffTheRecord(input: $input) { conversation { offTheRecord } }
}`;

const givingFeedback = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { conversation { feedback { better author { id } } } } }`;
const GIVE_FEEDBACK = givingFeedback('giveFeedback', 'GiveFeedbackInput');
const WITHDRAW_FEEDBACK = givingFeedback('withdrawFeedback', 'WithdrawFeedbackInput');
const READ_FEEDBACK = `query ($id: ID!) { conversation(id: $id) { feedback { better author { id } } } }`;

const CHANGE_LINE = `mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }`;
const COMPLETE_HANDOVER = `mutation ($input: CompleteHandoverInput!) {
  completeHandover(input: $input) { handover { to { id } offered { id } } }
}`;
const ADOPT_OFFER = `mutation ($input: AdoptActionItemInput!) { adoptActionItem(input: $input) { actionItem { id } } }`;
const GRANT_MANDATE = `mutation ($input: GrantMandateInput!) { grantMandate(input: $input) { mandate { id } } }`;

async function two({
  world,
}: RaceContext): Promise<{ people: [TestPerson, TestPerson]; tokens: [string, string] }> {
  const organization = await world.organization();
  const people: [TestPerson, TestPerson] = [
    await world.person(organization),
    await world.person(organization),
  ];
  return { people, tokens: [await world.signIn(people[0]), await world.signIn(people[1])] };
}

const answering: Race = {
  name: 'an invitation is accepted, accepted and declined',
  async round(context) {
    const { people, tokens } = await two(context);
    const invitation = await context.world.oneToOne(people[0], people[1], { state: 'INVITED' });
    const input = { id: invitation.id };
    return {
      clients: [ACCEPT, ACCEPT, DECLINE].map((mutation) => () => context.ask(tokens[1], mutation, { input })),
      judge: async (answers) => {
        const { state, version } = await context.world.find('one_to_one', invitation.id);
        const declined = await count(context, `select from one_to_one_decline where one_to_one_id = $1`, [
          invitation.id,
        ]);
        return [
          ...expected('answers that counted', done(answers), 1),
          ...expected('what became of it', state, declined === 0 ? 'OPEN' : 'INVITED'),
          ...expected('version', version, declined === 0 ? 2 : 1),
        ];
      },
    };
  },
};

const starting: Race = {
  name: 'two people invite each other',
  guard:
    'drop index one_to_one_live_key; create index one_to_one_live_key on one_to_one (first_id, second_id)',
  async round(context) {
    const { people, tokens } = await two(context);
    return {
      clients: tokens.map((token, index) => () => {
        return context.ask(token, START, { input: { personId: people[1 - index]!.id } });
      }),
      judge: async (answers) => [
        ...expected('answers', done(answers), 2),
        ...expected(
          'one-to-ones that both want',
          await count(context, `select from one_to_one where organization_id = $1 and state = 'OPEN'`, [
            people[0].organizationId,
          ]),
          1,
        ),
      ],
    };
  },
};

const holding: Race = {
  name: 'two participants mark one conversation as held',
  async round(context) {
    const { people, tokens } = await two(context);
    const pair = await context.world.oneToOne(people[0], people[1], { recurrence: 'FREQ=DAILY' });
    const conversation = await context.world.conversation(pair);
    const point = await context.world.talkingPoint(conversation, people[0]);
    return {
      clients: tokens.map(
        (token) => () => context.ask(token, HOLD, { input: { target: { conversationId: conversation.id } } }),
      ),
      judge: async (answers) => {
        const { times_carried: carried } = await context.world.find('talking_point', point.id);
        return [
          ...expected('holdings', done(answers), 1),
          ...expected('times carried', carried, 1),
          ...expected(
            'conversations planned after it',
            await count(context, `select from conversation where one_to_one_id = $1 and status = 'PLANNED'`, [
              pair.id,
            ]),
            1,
          ),
        ];
      },
    };
  },
};

const postponing: Race = {
  name: 'a point is put off by both, while its conversation is held',
  async round(context) {
    const { people, tokens } = await two(context);
    const pair = await context.world.oneToOne(people[0], people[1], { recurrence: 'FREQ=DAILY' });
    const conversation = await context.world.conversation(pair);
    const point = await context.world.talkingPoint(conversation, people[0]);
    const input = { id: point.id, conversationId: conversation.id };
    return {
      clients: [
        () => context.ask(tokens[0], POSTPONE_POINT, { input }),
        () => context.ask(tokens[1], HOLD, { input: { target: { conversationId: conversation.id } } }),
        () => context.ask(tokens[1], POSTPONE_POINT, { input }),
      ],
      judge: async (answers) => {
        const { times_carried: carried, conversation_id: now } = await context.world.find(
          'talking_point',
          point.id,
        );
        const next = await context.owner.query<{ id: string }>(
          `select id from conversation where one_to_one_id = $1 and status = 'PLANNED'`,
          [pair.id],
        );
        return [
          ...expected('holdings', done([answers[1]!]), 1),
          ...expected('times carried', carried, 1),
          ...expected('where the point is', now, next.rows[0]?.id),
        ];
      },
    };
  },
};

const goingOffTheRecord: Race = {
  name: 'a conversation is marked as off the record while both write in it',
  async round(context) {
    const { people, tokens } = await two(context);
    const conversation = await context.world.conversation(await context.world.oneToOne(people[0], people[1]));
    const target = { conversationId: conversation.id };
    const notes = { ...target, version: 0, text: 'Notes' };
    const promise = { target, ownerId: people[1].id, text: 'Promise' };
    return {
      clients: [
        () =>
          context.ask(tokens[0], SET_OFF_THE_RECORD, { input: { id: conversation.id, offTheRecord: true } }),
        () => context.ask(tokens[1], WRITE_NOTES, { input: notes }),
        () => context.ask(tokens[1], ADD_ITEM, { input: promise }),
        () => context.ask(tokens[0], ADD_POINT, { input: { target, text: 'Point' } }),
      ],
      judge: async (answers) => {
        if (done([answers[0]!]) === 0) return [];
        const written = await count(
          context,
          `select from shared_notes where conversation_id = $1 and version > 0
           union all select from action_item where made_in_id = $1
           union all select from talking_point where $1 in (conversation_id, raised_in_id)`,
          [conversation.id],
        );
        return expected('written off the record', written, 0);
      },
    };
  },
};

const logging: Race = {
  name: 'two participants log the same meeting and plan the same hour',
  async round(context) {
    const { people, tokens } = await two(context);
    const pair = await context.world.oneToOne(people[0], people[1]);
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    return {
      clients: [
        ...tokens.map(
          (token) => () => context.ask(token, HOLD, { input: { target: { oneToOneId: pair.id } } }),
        ),
        ...tokens.map((token) => () => {
          return context.ask(token, SCHEDULE, { input: { oneToOneId: pair.id, scheduledAt } });
        }),
      ],
      judge: async (answers) => [
        ...expected('logged', done(answers.slice(0, 2)), 1),
        ...expected('planned', done(answers.slice(2)), 1),
        ...expected(
          'conversations',
          await count(context, `select from conversation where one_to_one_id = $1`, [pair.id]),
          2,
        ),
      ],
    };
  },
};

const sharingAMoment: Race = {
  name: 'conversations are moved, reopened and scheduled to one time while the recurrence plans the next',
  guard: 'drop index conversation_planned_key',
  async round(context) {
    const { people, tokens } = await two(context);
    const pair = await context.world.oneToOne(people[0], people[1], { recurrence: 'FREQ=DAILY' });
    // Dates of a recurrence are whole seconds. The second one is planned when the first is closed, unless it is taken.
    const startsAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000);
    const scheduledAt = new Date(startsAt.getTime() + 86_400_000);
    await context.owner.query('update one_to_one set recurrence_starts_at = $2 where id = $1', [
      pair.id,
      startsAt,
    ]);
    const first = await context.world.conversation(pair, { scheduledAt: startsAt });
    await context.owner.query('update conversation set series_at = scheduled_at where id = $1', [first.id]);
    const moved = await context.world.conversation(pair, { scheduledAt: new Date(Date.now() + 7_200_000) });
    const skipped = await context.world.conversation(pair, { scheduledAt, status: 'SKIPPED' });
    await context.owner.query('update conversation set closed_at = now() where id = $1', [skipped.id]);
    const at = scheduledAt.toISOString();
    return {
      clients: [
        () => context.ask(tokens[0], MOVE, { input: { id: moved.id, version: 1, scheduledAt: at } }),
        () => context.ask(tokens[1], SCHEDULE, { input: { oneToOneId: pair.id, scheduledAt: at } }),
        () => context.ask(tokens[0], REOPEN, { input: { id: skipped.id } }),
        () => context.ask(tokens[1], SKIP, { input: { id: first.id } }),
      ],
      judge: async (answers) => [
        ...expected('answers that took the moment', done(answers.slice(0, 3)), 1),
        ...expected(
          'conversations planned at the moment',
          await count(
            context,
            `select from conversation where one_to_one_id = $1 and status = 'PLANNED' and scheduled_at = $2`,
            [pair.id, at],
          ),
          1,
        ),
      ],
    };
  },
};

const promising: Race = {
  name: 'an action item is closed while its due date is moved',
  async round(context) {
    const { people, tokens } = await two(context);
    const conversation = await context.world.conversation(await context.world.oneToOne(people[0], people[1]));
    const item = await context.world.actionItem(conversation, people[0], { dueOn: day(5) });
    const move = { id: item.id, version: 1, dueOn: day(9) };
    return {
      clients: [
        () => context.ask(tokens[0], CLOSE_ITEM, { input: { id: item.id, state: 'DONE' } }),
        () => context.ask(tokens[0], MOVE_ITEM, { input: move }),
        () => context.ask(tokens[0], CLOSE_ITEM, { input: { id: item.id, state: 'DROPPED' } }),
      ],
      judge: async (answers) => {
        const closings = [answers[0]!, answers[2]!];
        const closed = closings.find(({ errors }) => errors.length === 0)?.data as
          { closeActionItem: { actionItem: { dueOn: string } } } | undefined;
        const row = await context.owner.query<{ due: string }>(
          'select due_on::text as due from action_item where id = $1',
          [item.id],
        );
        return [
          ...expected('closings', done(closings), 1),
          // The state that its owner got when it was closed is kept.
          ...expected(
            'the date of the closed promise',
            row.rows[0]?.due,
            closed?.closeActionItem.actionItem.dueOn,
          ),
        ];
      },
    };
  },
};

/** What an answer shows of the feedback of this person. */
function wordsIn({ data }: Answer, authorId: string): string | undefined {
  const { conversation } = (data as { result: { conversation: ShownFeedback } }).result;
  return conversation.feedback.find(({ author }) => author.id === authorId)?.better;
}
interface ShownFeedback {
  readonly feedback: readonly { readonly better: string; readonly author: { readonly id: string } }[];
}

async function heldByTwo(
  context: RaceContext,
): Promise<Awaited<ReturnType<typeof two>> & { conversationId: string }> {
  const { people, tokens } = await two(context);
  const pair = await context.world.oneToOne(people[0], people[1]);
  return { people, tokens, conversationId: (await context.world.conversation(pair, { status: 'HELD' })).id };
}

const offeringFeedback: Race = {
  name: 'both offer feedback at once',
  async round(context) {
    const { people, tokens, conversationId } = await heldByTwo(context);
    const offer = (index: 0 | 1) => () =>
      context.ask(tokens[index], GIVE_FEEDBACK, {
        input: { conversationId, better: people[index].id, offered: true },
      });
    const reword = () =>
      context.ask(tokens[0], GIVE_FEEDBACK, { input: { conversationId, better: 'reworded', offered: true } });
    return {
      clients: [offer(0), offer(1), reword],
      judge: async (answers) => {
        const offers = answers.filter(succeeded);
        const seen = await Promise.all(
          tokens.map(async (token) => {
            const { data } = await context.ask(token, READ_FEEDBACK, { id: conversationId });
            return (data as { conversation: ShownFeedback }).conversation.feedback;
          }),
        );
        const hers = seen[0]?.find(({ author }) => author.id === people[0].id)?.better;
        // What the other was shown is what is there for good.
        const shown = offers.map((answer) => wordsIn(answer, people[0].id));
        return [
          ...expected('what each sees', seen.map(({ length }) => length).join(), '2,2'),
          ...expected(
            'what the other sees',
            seen[1]?.find(({ author }) => author.id === people[0].id)?.better,
            hers,
          ),
          ...(answers[1] && succeeded(answers[1]) && shown[offers.indexOf(answers[1])] !== undefined
            ? expected('what the other was shown', shown[offers.indexOf(answers[1])], hers)
            : []),
        ];
      },
    };
  },
};

const withdrawingFeedback: Race = {
  name: 'an offer of feedback is withdrawn and reworded while the other offers theirs',
  async round(context) {
    const { people, tokens, conversationId } = await heldByTwo(context);
    const conversation = { id: conversationId, organizationId: people[0].organizationId };
    await context.world.feedback(conversation, people[0], { better: 'first', offered: true });
    const withdraw = () => context.ask(tokens[0], WITHDRAW_FEEDBACK, { input: { conversationId } });
    const reword = () =>
      context.ask(tokens[0], GIVE_FEEDBACK, { input: { conversationId, better: 'second', offered: true } });
    const answer = () =>
      context.ask(tokens[1], GIVE_FEEDBACK, { input: { conversationId, better: 'theirs', offered: true } });
    return {
      clients: [answer, withdraw, reword],
      judge: async (answers) => {
        const { rows } = await context.owner.query<{ words: string | null }>(
          'select case when offered then better end as words from conversation_feedback where conversation_id = $1 and author_id = $2',
          [conversationId, people[0].id],
        );
        const shown = answers[0] && succeeded(answers[0]) ? wordsIn(answers[0], people[0].id) : undefined;
        return [
          ...expected('offers of the other', done([answers[0]!]), 1),
          // What the other was shown was neither withdrawn nor changed.
          ...(shown === undefined ? [] : expected('what was shown', rows[0]?.words, shown)),
        ];
      },
    };
  },
};

/** A person whose manager changed, an administrator, and the former, the present and another manager. */
async function changeOfManager({ world }: RaceContext): Promise<{
  people: Record<'person' | 'former' | 'present' | 'another', TestPerson>;
  token: Record<'person' | 'present' | 'administrator', string>;
  lineId: string;
  mandateId: string;
}> {
  const organization = await world.organization();
  const administrator = await world.person(organization);
  await world.role(administrator, 'PEOPLE_ADMIN');
  const people = {
    person: await world.person(organization),
    former: await world.person(organization),
    present: await world.person(organization),
    another: await world.person(organization),
  };
  const line = await world.line(people.person, people.former, { from: day(-60), until: day(-2) });
  const mandate = await world.mandate(people.former, people.person, { text: 'Up to 200 euros' });
  await world.line(people.person, people.present, { from: day(-2) });
  const token = {
    person: await world.signIn(people.person),
    present: await world.signIn(people.present),
    administrator: await world.signIn(administrator),
  };
  return { people, token, lineId: line.id, mandateId: mandate.id };
}

const completingHandover: Race = {
  name: 'a handover is completed in two windows while the manager changes again',
  guard: `alter table handover drop constraint handover_organization_id_line_id_key cascade, drop constraint handover_pkey cascade`,
  async round(context) {
    const { people, token, lineId, mandateId } = await changeOfManager(context);
    const complete = (text: string) => () =>
      context.ask(token.person, COMPLETE_HANDOVER, {
        input: { id: lineId, toId: people.present.id, mandateIds: [mandateId], promises: [{ text }] },
      });
    const change = { id: people.person.id, managerId: people.another.id };
    return {
      clients: [
        complete('One'),
        complete('Other'),
        () => context.ask(token.administrator, CHANGE_LINE, { input: change }),
      ],
      judge: async (answers) => {
        const completed = done(answers.slice(0, 2));
        const { rows } = await context.owner.query<{ kinds: string | null }>(
          `select string_agg(kind, ',' order by kind) as kinds from handover_offer where line_id = $1`,
          [lineId],
        );
        return [
          ...expected('changes of the line', done(answers.slice(2)), 1),
          ...(completed > 1 ? ['completed twice'] : []),
          ...expected(
            'handovers',
            await count(context, 'select from handover where line_id = $1', [lineId]),
            completed,
          ),
          ...expected('what was offered', rows[0]?.kinds ?? '', completed === 0 ? '' : 'MANDATE,PROMISE'),
        ];
      },
    };
  },
};

const takingUpOffers: Race = {
  name: 'what a handover offers is taken up in two windows',
  async round(context) {
    const { people, token, lineId, mandateId } = await changeOfManager(context);
    const pair = await context.world.oneToOne(people.person, people.present);
    const input = {
      id: lineId,
      toId: people.present.id,
      mandateIds: [mandateId],
      promises: [{ text: 'A desk' }],
    };
    await context.ask(token.person, COMPLETE_HANDOVER, { input });
    const { rows } = await context.owner.query<{ id: string }>(
      'select id from handover_offer where line_id = $1 order by kind desc',
      [lineId],
    );
    const [promiseId, offeredMandateId] = rows.map(({ id }) => id);
    const adopt = () => context.ask(token.present, ADOPT_OFFER, { input: { id: promiseId } });
    const grant = () =>
      context.ask(token.present, GRANT_MANDATE, {
        input: { oneToOneId: pair.id, text: 'Up to 200 euros', offeredMandateId },
      });
    return {
      clients: [adopt, adopt, grant, grant],
      judge: async (answers) => [
        ...expected('adopted', done(answers.slice(0, 2)), 1),
        ...expected('granted', done(answers.slice(2)), 1),
        ...expected(
          'action items and mandates of the new manager',
          await count(
            context,
            `select id from action_item where one_to_one_id = $1 union all select id from mandate where granted_by_id = $2`,
            [pair.id, people.present.id],
          ),
          2,
        ),
      ],
    };
  },
};

export const conversationRaces = [
  answering,
  starting,
  holding,
  postponing,
  goingOffTheRecord,
  logging,
  sharingAMoment,
  promising,
  offeringFeedback,
  withdrawingFeedback,
  completingHandover,
  takingUpOffers,
];
