import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { join, rows, sql, type Sql } from '#db';
import { accessColumns, UnloggedRow, type GoalAccess } from '#goals';
import { openNow, readableEnd } from '#people';
import { isOfOpenOneToOne } from '../pairs/one-to-one.repository.js';
import type { SuggestionKind } from './preparation.model.js';

/** How many days after a conversation a due date may be to be worth mentioning. */
const DUE_WITHIN_DAYS = 7;
/** After how many days without a change a goal is quiet. */
const QUIET_AFTER_DAYS = 60;
/** How far back news goes for people who have not met yet. */
const FIRST_NEWS_DAYS = 30;
/** Of each list in the statement. More than are suggested, because lists of both participants are cut separately. */
const MOST_FACTS = 12;

/** A fact that may become a suggestion. */
export interface Fact {
  readonly kind: SuggestionKind;
  /** Whether it is about something of the viewer rather than of the other participant. */
  readonly isOwn: boolean;
  /** Identifies it among the facts of its kind. */
  readonly id: string;
  readonly aboutId: string;
  /** The words of what it is about: a text or a title. */
  readonly words: string;
  /** The title of the goal of a milestone. */
  readonly within: string | null;
  readonly days: number | null;
  readonly count: number | null;
  readonly on: string | null;
}

/** What preparation is made of, for a planned conversation of an open one-to-one. */
export interface PreparationRow {
  readonly conversationId: string;
  readonly scheduledAt: Date;
  readonly since: Date | null;
  /** Whole days since they last met. */
  readonly daysSince: number | null;
  readonly recurrence: string | null;
  readonly startsAt: Date | null;
  readonly timeZone: string;
  readonly counterpartId: string;
  readonly counterpartName: string;
  readonly counterpartHiredOn: string | null;
  /** Whether the viewer manages the other participant, who can read none of their goals. */
  readonly hasToShareFirst: boolean;
  readonly ownPoints: number;
  readonly counterpartPoints: number;
  readonly facts: readonly Fact[];
  /** Facts from personal goals, whose reads are to be logged. */
  readonly goalFacts: readonly UnloggedRow<Fact>[];
}

/** A fact from a personal goal, as it is read. */
type GoalFact = Fact & GoalAccess & { readonly goalId: string };

type FoundRow = Omit<PreparationRow, 'goalFacts'> & { readonly goalFacts: readonly GoalFact[] };

interface FactColumns {
  readonly kind: Sql;
  readonly isOwn: Sql;
  /** The ID of what it is about by default. */
  readonly id?: Sql;
  readonly aboutId: Sql;
  readonly words: Sql;
  readonly within?: Sql;
  readonly days?: Sql;
  readonly count?: Sql;
  readonly on?: Sql;
}

function fact({ kind, isOwn, id, aboutId, words, within, days, count, on }: FactColumns): Sql {
  return sql`${kind} as "kind", ${isOwn} as "isOwn", ${id ?? aboutId} as "id", ${aboutId} as "aboutId", ${words} as "words",
    ${within ?? sql`null::text`} as "within", ${days ?? sql`null::integer`} as "days",
    ${count ?? sql`null::integer`} as "count", ${on ?? sql`null::date`} as "on"`;
}

/** Whole days between two instants. */
const daysFrom = (from: Sql, to: Sql) => sql`floor(extract(epoch from ${to} - ${from}) / 86400)::integer`;

const carriedPoints = sql`
  select ${fact({
    kind: sql`'CARRIED_POINT'`,
    isOwn: sql`t.author_id = a.viewer_id`,
    aboutId: sql`t.id`,
    words: sql`t.text`,
    count: sql`t.times_carried`,
  })}
  from talking_point t
  where t.conversation_id = a.id and not t.discussed and t.times_carried > 0
  order by t.times_carried desc, t.position, t.id limit ${MOST_FACTS}`;

/** A day that began to be late an hour ago is one day late. */
const actionItems = sql`
  select ${fact({
    kind: sql`case when app.has_passed(i.late_at) then 'ACTION_ITEM_LATE' else 'ACTION_ITEM_DUE' end`,
    isOwn: sql`i.owner_id = a.viewer_id`,
    aboutId: sql`i.id`,
    words: sql`i.text`,
    days: sql`case when app.has_passed(i.late_at) then 1 + ${daysFrom(sql`i.late_at`, sql`now()`)}
      else ${daysFrom(sql`now()`, sql`i.late_at`)} end`,
    on: sql`i.due_on`,
  })}
  from action_item i
  where i.one_to_one_id = a.one_to_one_id and i.state = 'OPEN'
    and i.late_at < greatest(now(), a.scheduled_at) + make_interval(days => ${DUE_WITHIN_DAYS})
  order by i.late_at, i.id limit ${2 * MOST_FACTS}`;

/** Open business goals that this person owns or is assigned to. */
const carriedBy = (personId: Sql) => sql`b.state = 'OPEN' and b.id in (
    select own.id from business_goal own where own.owner_id = ${personId}
    union all
    select x.business_goal_id from business_goal_assignee x where x.person_id = ${personId}
  )`;

const unplacedGoals = sql`
  select ${fact({
    kind: sql`'BUSINESS_GOAL_UNPLACED'`,
    isOwn: sql`true`,
    aboutId: sql`b.id`,
    words: sql`b.title`,
  })}
  from business_goal b
  where ${carriedBy(sql`a.viewer_id`)} and not exists (
    select 1 from alignment x
    where x.owner_id = a.viewer_id and x.business_goal_id = b.id and x.state = 'PLACED'
  )
  order by b.listed_at desc, b.id limit ${MOST_FACTS}`;

/** A goal of both is the viewer's. */
const offTrackGoals = sql`
  select ${fact({
    kind: sql`'BUSINESS_GOAL_OFF_TRACK'`,
    isOwn: sql`bool_or(carried.person_id = a.viewer_id)`,
    aboutId: sql`b.id`,
    words: sql`b.title`,
  })}
  from (
    select own.id, own.owner_id as person_id from business_goal own
    where own.owner_id in (a.viewer_id, a.counterpart_id)
    union all
    select x.business_goal_id, x.person_id from business_goal_assignee x
    where x.person_id in (a.viewer_id, a.counterpart_id)
  ) carried
  join business_goal b on b.id = carried.id
  where b.state = 'OPEN' and b.health = 'OFF_TRACK'
  group by b.id order by b.listed_at desc, b.id limit ${2 * MOST_FACTS}`;

/** Barriers that the viewer raised in their name or supports. INVESTIGATING is no answer. */
const answeredBarriers = sql`
  select ${fact({
    kind: sql`'BARRIER_ANSWERED'`,
    isOwn: sql`b.raised_by_id is not distinct from a.viewer_id`,
    aboutId: sql`b.id`,
    words: sql`b.title`,
  })}
  from (
    select own.id from barrier own where own.raised_by_id = a.viewer_id
    union
    select s.barrier_id from barrier_support s where s.person_id = a.viewer_id
  ) followed
  join barrier b on b.id = followed.id
  cross join lateral (
    select max(r.at) as at from barrier_answer r where r.barrier_id = b.id and r.status <> 'INVESTIGATING'
  ) answered
  where answered.at > a.news_since
  order by answered.at desc, b.id limit ${2 * MOST_FACTS}`;

/** Only goals that the viewer can read: the policies hide all other goals, updates and milestones. */
const goals = (viewerId: string | null) => sql`(
    select g.id, g.owner_id, g.title, g.status, ${accessColumns(viewerId)}
    from personal_goal g where g.owner_id in (a.viewer_id, a.counterpart_id)
  ) g`;

function goalFacts(viewerId: string | null): Sql {
  const access = sql`g.id as "goalId", g."basis", g."accessDay"`;
  const isOwn = sql`g.owner_id = a.viewer_id`;
  const updated = sql`
    select ${fact({
      kind: sql`'GOAL_UPDATED'`,
      isOwn,
      aboutId: sql`g.id`,
      words: sql`g.title`,
      count: sql`news.updates`,
    })}, ${access}
    from ${goals(viewerId)} cross join lateral (
      select count(*)::integer as updates, max(u.at) as latest from goal_update u
      where u.goal_id = g.id and u.at > a.news_since
    ) news
    where news.updates > 0
    order by news.latest desc, g.id limit ${2 * MOST_FACTS}`;
  const reached = sql`
    select ${fact({
      kind: sql`'MILESTONE_REACHED'`,
      isOwn,
      id: sql`m.id`,
      aboutId: sql`g.id`,
      words: sql`m.title`,
      within: sql`g.title`,
      on: sql`m.reached_on`,
    })}, ${access}
    from ${goals(viewerId)} join milestone m on m.goal_id = g.id and m.reached_at > a.news_since
    order by m.reached_at desc, m.id limit ${2 * MOST_FACTS}`;
  const quiet = sql`
    select ${fact({
      kind: sql`'GOAL_QUIET'`,
      isOwn: sql`true`,
      aboutId: sql`g.id`,
      words: sql`g.title`,
      days: daysFrom(sql`changed.at`, sql`now()`),
    })}, g.id, 'OWNER', null::date
    from personal_goal g join personal_goal_own o on o.goal_id = g.id
    cross join lateral (
      select greatest(
        o.updated_at,
        (select max(u.at) from goal_update u where u.goal_id = g.id),
        (select max(m.reached_at) from milestone m where m.goal_id = g.id)
      ) as at
    ) changed
    where g.owner_id = a.viewer_id and g.status = 'ACTIVE'
      and changed.at < now() - make_interval(days => ${QUIET_AFTER_DAYS})
    order by changed.at, g.id limit ${MOST_FACTS}`;
  return union(updated, reached, quiet);
}

/** The planned conversations on the record among these, of the viewer's open one-to-ones that are not paused. */
function asked(viewerId: string | null, conversationIds: readonly string[]): Sql {
  return sql`
    select c.id, c.one_to_one_id, c.scheduled_at, pair.viewer_id, pair.counterpart_id, last.held_at,
      coalesce(last.held_at, now() - make_interval(days => ${FIRST_NEWS_DAYS})) as news_since,
      pair.time_zone, pair.recurrence, pair.recurrence_starts_at
    from conversation c
    join lateral (
      select ${viewerId}::uuid as viewer_id,
        case when o.first_id = ${viewerId}::uuid then o.second_id else o.first_id end as counterpart_id,
        o.time_zone, case when live.is_recurring then o.recurrence end as recurrence, o.recurrence_starts_at
      from one_to_one o
      cross join lateral (
        select not exists (
          select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now()
        ) as is_recurring
      ) live
      where o.id = c.one_to_one_id and ${isOfOpenOneToOne} and (o.pause_ends_at > now()) is not true
    ) pair on true
    left join lateral (
      select max(held.held_at) as held_at from conversation held
      where held.one_to_one_id = c.one_to_one_id and held.status = 'HELD'
    ) last on true
    where c.id = any(${conversationIds}::uuid[]) and c.status = 'PLANNED' and c.off_the_record_by_id is null`;
}

/** Whether the viewer has an open reporting line to the other participant, of either kind, and shows them no goal. */
const hasToShareFirst = sql`exists (
    select 1 from reporting_line l ${readableEnd}
    where l.manager_id = a.viewer_id and l.report_id = a.counterpart_id and ${openNow}
  ) and not exists (
    select 1 from personal_goal g where g.owner_id = a.viewer_id and g.visibility = 'ORGANIZATION'
  ) and not exists (
    select 1 from goal_share s
    where s.owner_id = a.viewer_id and s.with_id = a.counterpart_id and s.ended_at is null
      and app.own_share_state(s.id) = 'ACTIVE'
  )`;

const points = (authorId: Sql) => sql`(
    select count(*)::integer from talking_point t
    where t.conversation_id = a.id and not t.draft and t.author_id = ${authorId}
  )`;

/** What preparation of conversations is made of. */
@Injectable()
export class PreparationRepository {
  /**
   * One row for each planned conversation of an open one-to-one, with all facts that the viewer can see; one statement however many
   * conversations there are.
   */
  async findByConversations(
    em: EntityManager,
    viewerId: string | null,
    conversationIds: readonly string[],
  ): Promise<PreparationRow[]> {
    const found = await rows<FoundRow>(
      em,
      sql`
      select a.id as "conversationId", a.scheduled_at as "scheduledAt", a.held_at as "since",
        ${daysFrom(sql`a.held_at`, sql`now()`)} as "daysSince",
        a.recurrence, a.recurrence_starts_at as "startsAt", a.time_zone as "timeZone",
        p.id as "counterpartId", p.name as "counterpartName", p.hired_on as "counterpartHiredOn",
        ${hasToShareFirst} as "hasToShareFirst",
        ${points(sql`a.viewer_id`)} as "ownPoints", ${points(sql`a.counterpart_id`)} as "counterpartPoints",
        ${asJson(union(carriedPoints, actionItems, unplacedGoals, offTrackGoals, answeredBarriers))} as "facts",
        ${asJson(goalFacts(viewerId))} as "goalFacts"
      from (${asked(viewerId, conversationIds)}) a join person p on p.id = a.counterpart_id`,
    );
    return found.map((row) => ({
      ...row,
      goalFacts: row.goalFacts.map((one) => new UnloggedRow<Fact>(one, one.goalId, one)),
    }));
  }
}

/** All rows of several queries, each with its own order and limit. */
function union(...queries: readonly Sql[]): Sql {
  return join(
    queries.map((query) => sql`(${query})`),
    sql` union all `,
  );
}

/** The rows of a query as one JSON array. */
function asJson(query: Sql): Sql {
  return sql`(select coalesce(json_agg(found), '[]') from (${query}) found)`;
}
