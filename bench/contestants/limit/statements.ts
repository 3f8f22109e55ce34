/**
 * One statement for each question. `$1` is the hash of the session's token: the first of two materialized CTEs sets it for the
 * transaction, which is this statement; the second finds out who that is. Everything else hangs on the row of the second, so that
 * no policy is looked at before; nobody has no row, and gets no answer.
 *
 * array_to_json and row_to_json write JSON as JSON.stringify does, without blanks; what is JSON already is put in as it is.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const viewer = `session as materialized (select set_config('app.session', $1, true) as hash),
    viewer as materialized (select case when hash <> '' then app.viewer() end as id from session)`;

/** A moment as the API writes it. */
const moment = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The rows of a query as a JSON array. */
const list = (query: string): string => `array_to_json(array(select listed from (${query}) listed))`;

/** The JSON of an object with these properties. */
const object = (properties: string): string => `(select row_to_json(made) from (select ${properties}) made)`;

export const prepare: Statement = {
  name: 'prepare',
  text: `
    with ${viewer}
    select '{"data":{"oneToOne":' || coalesce((
      select ${object(`
        o.id,
        case when leaving.gone then 'ENDED' else o.state end as state,
        case when o.state <> 'ENDED' and not leaving.gone and not exists (
          select from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now()
        ) then o.recurrence end as recurrence,
        o.duration_minutes as "durationMinutes",
        ${object(`
          other.id, other.name, other.title,
          ${object(
            `${list(`
              select g.id, g.title, g.status, g.horizon,
                case g.visibility when 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as basis
              from personal_goal g where g.owner_id = other.id order by g.id desc limit 10`)} as nodes`,
          )} as "personalGoals"`)} as counterpart,
        ${object(
          `${list(`
            select c.id, c.status, ${moment('c.scheduled_at')} as "scheduledAt", ${moment('c.held_at')} as "heldAt",
              ${list(`
                select t.id, t.text, t.discussed, t.times_carried as "timesCarried",
                  case when t.author_id = me.id then me.json else other.json end as author
                from talking_point t where t.conversation_id = c.id order by t.position, t.id`)} as "talkingPoints",
              ${list(`
                select i.id, i.text, i.state, i.due_on as "dueOn",
                  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state
                    when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as standing,
                  case when i.owner_id = me.id then me.json else other.json end as owner
                from action_item i where i.made_in_id = c.id order by i.id`)} as "actionItems"
            from conversation c where c.one_to_one_id = o.id
            order by c.scheduled_at desc, c.id desc limit 5`)} as nodes`,
        )} as conversations`)}::text
      from one_to_one o
      cross join lateral (
        select p.id, ${object('p.id, p.name')} as json from person p where p.id = viewer.id
      ) me
      cross join lateral (
        select p.id, p.name, p.title, ${object('p.id, p.name')} as json
        from person p where p.id = case when o.first_id = viewer.id then o.second_id else o.first_id end
      ) other
      cross join lateral (
        select exists (
          select from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
        ) as gone offset 0
      ) leaving
      where o.id = $2::uuid
    ), 'null') || '}}'
    from viewer where viewer.id is not null`,
};

export const myGoals: Statement = {
  name: 'my goals',
  text: `
    with ${viewer}
    select '{"data":{"viewer":{"person":{"personalGoals":{"nodes":' || ${list(`
      select g.id, g.title, g.why, g.horizon, g.target_on as "targetOn", g.status, g.visibility,
        g.open_to_proposals as "openToProposals",
        case when g.measure_unit is not null then ${object(
          'g.measure_unit as unit, g.measure_start as start, g.measure_current as current, g.measure_target as target',
        )} end as measure,
        own.area, own.version, ${moment('own.created_at')} as "createdAt"
      from personal_goal_own own join personal_goal g on g.id = own.goal_id
      where own.owner_id = viewer.id
      order by own.created_at desc, own.goal_id desc limit 20`)}::text || '}}}}}'
    from viewer where viewer.id is not null`,
};

/**
 * The pair is held as it is and open, the conversation as it is and planned: both rows are locked, and looked at again if they
 * were waited for. The point takes its place by the same trigger, and its words begin their history.
 */
export const addPoint: Statement = {
  name: 'add a point',
  text: `
    with ${viewer},
    place as materialized (
      select found.*, viewer.id as viewer_id
      from viewer cross join lateral (
        select o.id as pair_id, o.organization_id, c.id, c.status, c.scheduled_at
        from conversation c join one_to_one o on o.id = c.one_to_one_id and viewer.id in (o.first_id, o.second_id)
        where c.id = $2::uuid and c.status = 'PLANNED' and o.state = 'OPEN' and not exists (
          select from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
        )
        for share of o, c
      ) found
    ),
    added as (
      insert into talking_point as t
        (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
      select organization_id, pair_id, id, id, viewer_id, $3::text, $4::boolean from place
      returning t.id, t.text, t.draft, t.discussed, t.times_carried, t.version, t.author_id, t.organization_id,
        1 + (
          select count(*) from talking_point b
          where b.conversation_id = t.conversation_id and (b.position, b.id) < (t.position, t.id)
        ) as position
    ),
    recorded as (
      insert into talking_point_version (point_id, version, organization_id, author_id, text)
      select id, version, organization_id, author_id, text from added
    )
    select '{"data":{"addTalkingPoint":{"talkingPoint":' || ${object(`
      added.id, added.text, added.position, added.draft, added.discussed, added.times_carried as "timesCarried", added.version,
      ${object('p.id, p.name')} as author,
      ${object(`place.id, place.status, ${moment('place.scheduled_at')} as "scheduledAt"`)} as conversation`)}::text || '}}}'
    from place cross join added join person p on p.id = added.author_id`,
};

/** The order of suggestions: their kind, and whether they are about something of the caller (null for either). */
const ORDER: readonly (readonly [kind: string, isOwn: boolean | null])[] = [
  ['ACTION_ITEM_LATE', true],
  ['SHARE_FIRST', null],
  ['CARRIED_POINT', null],
  ['ACTION_ITEM_DUE', true],
  ['ACTION_ITEM_LATE', false],
  ['ACTION_ITEM_DUE', false],
  ['MILESTONE_REACHED', false],
  ['GOAL_UPDATED', false],
  ['NOT_MET_LATELY', null],
  ['AGENDA_ONE_SIDED', null],
  ['BUSINESS_GOAL_OFF_TRACK', true],
  ['BUSINESS_GOAL_OFF_TRACK', false],
  ['MILESTONE_REACHED', true],
  ['GOAL_UPDATED', true],
  ['ANNIVERSARY', null],
  ['BUSINESS_GOAL_UNPLACED', true],
  ['GOAL_QUIET', true],
];
const ordered = `(values ${ORDER.map(
  ([kind, isOwn], place) =>
    `(${String(place)}, '${kind}', ${isOwn === null ? 'null::boolean' : String(isOwn)})`,
).join(', ')}) as ordered(place, kind, is_own)`;

const days = (from: string, to: string): string =>
  `floor(extract(epoch from ${to} - ${from}) / 86400)::integer`;

/** Business goals in progress that these people own or are assigned to, each with one of them. */
const carried = (people: string): string => `(
    select b.id, b.health, b.listed_at, own.person_id from (
      select id, owner_id as person_id from business_goal where owner_id in (${people})
      union all
      select business_goal_id, person_id from business_goal_assignee where person_id in (${people})
    ) own join business_goal b on b.id = own.id where b.state = 'OPEN'
  ) b`;

/** Each fact: its kind, whose it is, its place among those of its kind, what it is about, and its figures. */
const facts = `
  select 'CARRIED_POINT' as kind, t.author_id = a.me as is_own,
    row_number() over (order by t.times_carried desc, t.position, t.id) as n,
    'TalkingPoint' as type, t.id, null::integer as days, t.times_carried as count, null::date as "on"
  from talking_point t where t.conversation_id = a.id and not t.discussed and t.times_carried > 0
  union all
  select case when app.has_passed(i.late_at) then 'ACTION_ITEM_LATE' else 'ACTION_ITEM_DUE' end, i.owner_id = a.me,
    row_number() over (order by i.late_at, i.id), 'ActionItem', i.id,
    case when app.has_passed(i.late_at) then 1 + ${days('i.late_at', 'now()')} else ${days('now()', 'i.late_at')} end, null, i.due_on
  from action_item i
  where i.one_to_one_id = a.pair_id and i.state = 'OPEN' and i.late_at < greatest(now(), a.scheduled_at) + interval '7 days'
  union all
  select 'GOAL_UPDATED', g.owner_id = a.me, row_number() over (order by news.latest desc, g.id), 'PersonalGoal', g.id, null,
    news.updates, null
  from personal_goal g cross join lateral (
    select count(*)::integer as updates, max(u.at) as latest from goal_update u where u.goal_id = g.id and u.at > a.news_since
  ) news
  where g.owner_id in (a.me, a.other) and news.updates > 0
  union all
  select 'MILESTONE_REACHED', g.owner_id = a.me, row_number() over (order by m.reached_at desc, m.id), 'PersonalGoal', g.id, null,
    null, m.reached_on
  from personal_goal g join milestone m on m.goal_id = g.id and m.reached_at > a.news_since
  where g.owner_id in (a.me, a.other)
  union all
  select 'GOAL_QUIET', true, row_number() over (order by changed.at, g.id), 'PersonalGoal', g.id, ${days('changed.at', 'now()')},
    null, null
  from personal_goal g join personal_goal_own o on o.goal_id = g.id cross join lateral (
    select greatest(
      o.updated_at,
      (select max(u.at) from goal_update u where u.goal_id = g.id),
      (select max(m.reached_at) from milestone m where m.goal_id = g.id)
    ) as at
  ) changed
  where g.owner_id = a.me and g.status = 'ACTIVE' and changed.at < now() - interval '60 days'
  union all
  select 'BUSINESS_GOAL_OFF_TRACK', bool_or(b.person_id = a.me), row_number() over (order by b.listed_at desc, b.id),
    'BusinessGoal', b.id, null, null, null
  from ${carried('a.me, a.other')} where b.health = 'OFF_TRACK' group by b.id, b.listed_at
  union all
  select 'BUSINESS_GOAL_UNPLACED', true, row_number() over (order by b.listed_at desc, b.id), 'BusinessGoal', b.id, null, null, null
  from ${carried('a.me')} where not exists (
    select 1 from alignment x where x.owner_id = a.me and x.business_goal_id = b.id and x.state = 'PLACED'
  )
  group by b.id, b.listed_at
  union all
  select 'SHARE_FIRST', false, 1, 'Person', a.other, null, null, null
  where exists (
      select 1 from reporting_line l
      where l.manager_id = a.me and l.report_id = a.other and l.starts_at <= now() and not exists (
        select 1 from reporting_line_end e where e.line_id = l.id and e.ends_at <= now()
      )
    )
    and not exists (select 1 from personal_goal g where g.owner_id = a.me and g.visibility = 'ORGANIZATION')
    and not exists (
      select 1 from goal_share s
      where s.owner_id = a.me and s.with_id = a.other and s.ended_at is null and app.own_share_state(s.id) = 'ACTIVE'
    )
  union all
  select 'AGENDA_ONE_SIDED', false, 1, null, null, null, points.own + points.others, null
  from (
    select count(*) filter (where t.author_id = a.me)::integer as own, count(*) filter (where t.author_id <> a.me)::integer as others
    from talking_point t where t.conversation_id = a.id and not t.draft
  ) points
  where points.own + points.others >= 2 and (points.own = 0 or points.others = 0)
  union all
  select 'NOT_MET_LATELY', false, 1, null, null, ${days('a.held_at', 'now()')}, null, null
  where now() - a.held_at > interval '10.5 days'
  union all
  select 'ANNIVERSARY', false, 1, 'Person', a.other, null, years.n, (a.hired_on + make_interval(years => years.n))::date
  from (
    select (extract(year from a.scheduled_at at time zone a.time_zone) - extract(year from a.hired_on))::integer + shift as n
    from unnest(array[-1, 0, 1]) shift
  ) years
  where years.n >= 1
    and abs((a.hired_on + make_interval(years => years.n))::date - (a.scheduled_at at time zone a.time_zone)::date) <= 7`;

/** The rhythm of all one-to-ones of the benchmark is a week, so that the recurrence needs no evaluation here. */
export const suggest: Statement = {
  name: 'suggest',
  text: `
    with ${viewer}
    select '{"data":{"conversation":' || coalesce((
      select ${object(`
        a.id, a.status, ${moment('a.scheduled_at')} as "scheduledAt",
        ${object(`
          ${moment('a.held_at')} as since,
          ${list(`
            select found.kind, found.days, found.count, found."on",
              case when found.id is not null then ${object('found.type as "__typename", found.id')} end as about
            from (
              select facts.*, ordered.place, row_number() over (partition by ordered.place order by facts.n) as nth
              from (${facts}) facts join ${ordered}
                on ordered.kind = facts.kind and (ordered.is_own is null or ordered.is_own = facts.is_own)
            ) found
            where found.nth <= 5 order by found.place, found.nth`)} as suggestions`)} as preparation`)}::text
      from (
        select c.id, c.status, c.scheduled_at, o.id as pair_id, o.time_zone, viewer.id as me, other.id as other,
          other.hired_on, last.held_at, coalesce(last.held_at, now() - interval '30 days') as news_since
        from conversation c join one_to_one o on o.id = c.one_to_one_id
        join person other on other.id = case when o.first_id = viewer.id then o.second_id else o.first_id end
        cross join lateral (
          select max(h.held_at) as held_at from conversation h where h.one_to_one_id = o.id and h.status = 'HELD'
        ) last
        where c.id = $2::uuid and c.status = 'PLANNED' and o.state = 'OPEN' and not exists (
          select from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
        )
      ) a
    ), 'null') || '}}'
    from viewer where viewer.id is not null`,
};
