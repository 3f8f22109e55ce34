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
