import { read, transact, type Statement } from './database.ts';

/** Rows come with the names of the schema; what ends in Id leads to another type. */
export interface PersonRow {
  readonly id: string;
}
export interface OneToOneRow {
  readonly id: string;
  readonly counterpartId: string;
}
export interface ConversationRow {
  readonly id: string;
}
export interface TalkingPointRow {
  readonly id: string;
  readonly conversationId: string;
  readonly authorId: string;
}
export interface ActionItemRow {
  readonly id: string;
  readonly conversationId: string;
  readonly ownerId: string;
}
export interface PersonalGoalRow {
  readonly id: string;
  readonly ownerId: string;
}

const person = 'p.id, p.name, p.title';

const viewerPerson: Statement = {
  name: 'viewer-person',
  text: `select ${person} from person p where p.id = (select app.signed_in_person())`,
};

export async function findViewer(session: string): Promise<PersonRow | undefined> {
  const [found] = await read<PersonRow>(session, viewerPerson, []);
  return found;
}

const people: Statement = {
  name: 'people',
  text: `select ${person} from person p where p.id = any($1::uuid[])`,
};

export function findPeople(session: string, ids: readonly string[]): Promise<PersonRow[]> {
  return read<PersonRow>(session, people, [ids]);
}

const personalGoals: Statement = {
  name: 'personal-goals',
  text: `select goal.* from unnest($1::uuid[]) parent(id) cross join lateral (
    select g.id, g.owner_id as "ownerId", g.title, g.why, own.area, g.horizon, g.target_on as "targetOn", g.status,
      g.visibility, g.open_to_proposals as "openToProposals", own.version, own.created_at as "createdAt",
      case when g.measure_unit is not null then json_build_object('unit', g.measure_unit, 'start', g.measure_start,
        'current', g.measure_current, 'target', g.measure_target) end as measure,
      case when g.owner_id = (select app.signed_in_person()) then 'OWNER'
        when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as basis
    from personal_goal g left join personal_goal_own own on own.goal_id = g.id
    where g.owner_id = parent.id
    order by coalesce(own.created_at, '-infinity') desc, g.id desc limit $2
  ) goal`,
};

/** The goals of each of these people that the viewer may see; one's own newest first. */
export function findPersonalGoals(
  session: string,
  ownerIds: readonly string[],
  first: number,
): Promise<PersonalGoalRow[]> {
  return read<PersonalGoalRow>(session, personalGoals, [ownerIds, first]);
}

/** A pair has ended also once the employment of either has. */
const someoneLeft = `exists (
  select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
)`;

const oneToOne: Statement = {
  name: 'one-to-one',
  text: `select o.id, o.duration_minutes as "durationMinutes",
      case when o.first_id = (select app.signed_in_person()) then o.second_id else o.first_id end as "counterpartId",
      case when now.gone then 'ENDED' else o.state end as state,
      case when o.state <> 'ENDED' and not now.gone and not exists (
        select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now()
      ) then o.recurrence end as recurrence
    from one_to_one o cross join lateral (select ${someoneLeft} as gone) now
    where o.id = $1`,
};

export async function findOneToOne(session: string, id: string): Promise<OneToOneRow | undefined> {
  const [found] = await read<OneToOneRow>(session, oneToOne, [id]);
  return found;
}

const conversation = 'c.id, c.status, c.scheduled_at as "scheduledAt", c.held_at as "heldAt"';

const conversations: Statement = {
  name: 'conversations',
  text: `select ${conversation} from conversation c where c.id = any($1::uuid[])`,
};

export function findConversations(session: string, ids: readonly string[]): Promise<ConversationRow[]> {
  return read<ConversationRow>(session, conversations, [ids]);
}

const latestConversations: Statement = {
  name: 'latest-conversations',
  text: `select parent.id as "oneToOneId", conversation.* from unnest($1::uuid[]) parent(id) cross join lateral (
    select ${conversation} from conversation c where c.one_to_one_id = parent.id
    order by c.scheduled_at desc, c.id desc limit $2
  ) conversation`,
};

/** The conversations of each of these pairs, the one scheduled last first. */
export function findLatestConversations(
  session: string,
  oneToOneIds: readonly string[],
  first: number,
): Promise<(ConversationRow & { readonly oneToOneId: string })[]> {
  return read(session, latestConversations, [oneToOneIds, first]);
}

const point = `t.id, t.conversation_id as "conversationId", t.author_id as "authorId", t.text, t.draft, t.discussed,
  t.times_carried as "timesCarried", t.version`;

const talkingPoints: Statement = {
  name: 'talking-points',
  text: `select ${point},
      (row_number() over (partition by t.conversation_id order by t.position, t.id))::integer as position
    from talking_point t where t.conversation_id = any($1::uuid[])
    order by t.conversation_id, t.position, t.id`,
};

/** The points of these conversations in their order; the position is that among the points that the viewer sees. */
export function findTalkingPoints(
  session: string,
  conversationIds: readonly string[],
): Promise<TalkingPointRow[]> {
  return read<TalkingPointRow>(session, talkingPoints, [conversationIds]);
}

const actionItems: Statement = {
  name: 'action-items',
  text: `select i.id, i.made_in_id as "conversationId", i.owner_id as "ownerId", i.text, i.due_on as "dueOn", i.state,
      case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state
    when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as standing
    from action_item i where i.made_in_id = any($1::uuid[]) order by i.made_in_id, i.id`,
};

export function findActionItems(
  session: string,
  conversationIds: readonly string[],
): Promise<ActionItemRow[]> {
  return read<ActionItemRow>(session, actionItems, [conversationIds]);
}

const holdPair: Statement = {
  name: 'hold-pair',
  text: `select 1 from one_to_one o where o.id = (select c.one_to_one_id from conversation c where c.id = $1) for share`,
};

/** The point, if the pair is open and the conversation planned, with the first version of its text. */
const addPoint: Statement = {
  name: 'add-point',
  text: `with t as (
      insert into talking_point (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
      select o.organization_id, o.id, c.id, c.id, (select app.viewer()), $2::text, $3::boolean
      from conversation c join one_to_one o on o.id = c.one_to_one_id
      where c.id = $1 and c.status = 'PLANNED' and o.state = 'OPEN' and not ${someoneLeft}
      returning id, organization_id, conversation_id, author_id, text, draft, discussed, times_carried, version, position
    ), recorded as (
      insert into talking_point_version (point_id, version, organization_id, author_id, text)
      select id, version, organization_id, author_id, text from t
    )
    select ${point}, (1 + (
      select count(*) from talking_point before
      where before.conversation_id = t.conversation_id and (before.position, before.id) < (t.position, t.id)
    ))::integer as position
    from t`,
};

/** @throws where there is no such conversation, or nothing is added to it any more */
export function addTalkingPoint(
  session: string,
  input: { readonly conversationId: string; readonly text: string; readonly draft: boolean },
): Promise<TalkingPointRow> {
  return transact(session, async (ask) => {
    // Nobody closes the conversation or ends the pair from here on. The next statement sees what was done before.
    await ask(holdPair, [input.conversationId]);
    const [added] = await ask<TalkingPointRow>(addPoint, [input.conversationId, input.text, input.draft]);
    if (!added) throw new Error('This conversation is not open for more.');
    return added;
  });
}
