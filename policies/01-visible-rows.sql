-- ------------------------------------------------------------------------------------------------ whose rows

-- Whether a share is over for good: ended, expired, closed with its reporting line, or the ninety days after the end of either's
-- employment are over. Whatever would change one of these writes ended_at first (11-employment.sql).
create or replace function app.share_is_over(s goal_share) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.ended_at is not null or coalesce(s.expires_at <= now(), false)
    or exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= now())
    or exists (select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.access_until <= now())
$$;

-- What a share is now. ENDED: over for good, or suspended since the employment of either has ended; it goes on when they return
-- within ninety days.
create or replace function app.share_state(s goal_share) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when s.ended_at is not null or s.expires_at <= now()
      or exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= now())
      or exists (select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.ended_at <= now())
      then 'ENDED'
    when s.waiting then 'PENDING'
    else 'ACTIVE'
  end
$$;

-- The shares by which somebody else's goals are readable for the viewer: those that app.share_state calls ACTIVE, judged as one
-- set, since a call for each share is most of what reading a goal would cost. The viewer is employed. By the clock: as app.identity.
create or replace function app.active_share_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select s.id from goal_share s join personal_goal g on g.id = s.goal_id
    where s.with_id = (select app.viewer()) and s.ended_at is null and not s.waiting
      and g.visibility <> 'PRIVATE'
      and (s.expires_at is null or s.expires_at > clock_timestamp())
      and not exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= clock_timestamp())
      and not exists (select 1 from employment_end e where e.person_id = s.owner_id and e.ended_at <= clock_timestamp())
  )
$$;

-- app.share_state for the API: of a share of the viewer's own goals, and of one by which they read somebody else's. Null for any other, and
-- only of what is stored: a made-up row would be judged by anybody's employment. VOLATILE, so that INSERT … RETURNING has it too.
create or replace function app.own_share_state(share_id uuid) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.share_state(s) from goal_share s
  where s.id = share_id and (s.owner_id = app.self() or s.id = any (app.active_share_ids()))
$$;

-- The goals behind app.active_share_ids().
create or replace function app.shared_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from goal_share s where s.id = any (app.active_share_ids()))
$$;

-- Of those, the goals with their past.
create or replace function app.goal_ids_with_past() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from goal_share s where s.id = any (app.active_share_ids()) and s.includes_past)
$$;

-- Has this leader shared first: is there something of theirs that this person may read by an ACTIVE share, or a goal of
-- theirs for the whole organization?
create or replace function app.has_shared_first(leader_id uuid, with_person_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
      select 1 from goal_share s join personal_goal g on g.id = s.goal_id
      where s.owner_id = leader_id and s.with_id = with_person_id
        and s.ended_at is null and g.visibility <> 'PRIVATE' and app.share_state(s) = 'ACTIVE'
    ) or exists (
      select 1 from personal_goal g
      where g.owner_id = leader_id and g.visibility = 'ORGANIZATION'
        and not exists (select 1 from employment_end e where e.person_id = leader_id and e.ended_at <= now())
    )
$$;

-- For somebody whose employment has ended: the people whom the audience, the access log and the parts of their own goals
-- name. Empty for everybody else, who sees the whole directory anyway.
create or replace function app.people_of_own_goals() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select s.with_id from app.live_session() i join goal_share s on s.owner_id = i.person_id where not i.employed
    union
    select a.reader_id from app.live_session() i join goal_access a on a.owner_id = i.person_id where not i.employed
    union
    select a.proposed_by_id from app.live_session() i join alignment a on a.owner_id = i.person_id where not i.employed
  )
$$;

-- Business goals that the viewer is assigned to.
create or replace function app.assigned_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select a.business_goal_id from business_goal_assignee a where a.person_id = (select app.viewer()))
$$;

-- Invitations that the viewer declined.
create or replace function app.declined_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select d.one_to_one_id from one_to_one_decline d where d.person_id = (select app.viewer()))
$$;

-- One-to-ones of the viewer. An invitation that nobody took up is gone after thirty days, and at once for whoever declined it.
create or replace function app.one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from one_to_one o
    where (o.first_id = (select app.viewer()) or o.second_id = (select app.viewer()))
      and (
        o.state <> 'INVITED'
        or (
          o.invited_at > now() - interval '30 days' and o.id <> all ((select app.declined_one_to_one_ids())::uuid[])
        )
      )
  )
$$;

-- Of those, the ones in which something new may be written: accepted, not ended, nobody gone.
create or replace function app.open_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from one_to_one o
    where (o.first_id = (select app.viewer()) or o.second_id = (select app.viewer()))
      and o.state = 'OPEN'
      and not exists (
        select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
      )
  )
$$;

-- The open reporting line of either kind between the viewer and somebody else, PRIMARY first, or null.
create or replace function app.open_line_id(one_id uuid, other_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.id from reporting_line l
  where app.viewer() in (one_id, other_id)
    and ((l.report_id = one_id and l.manager_id = other_id) or (l.report_id = other_id and l.manager_id = one_id))
    and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  order by l.kind desc, l.starts_on
  limit 1
$$;

grant execute on function
  app.today(), app.identity(), app.viewer(), app.self(), app.organization(), app.home(), app.directory(), app.organization_as(text),
  app.organization_to_import(), app.token_scopes(), app.own_share_state(uuid), app.active_share_ids(), app.shared_goal_ids(),
  app.people_of_own_goals(),
  app.goal_ids_with_past(), app.assigned_goal_ids(), app.declined_one_to_one_ids(), app.one_to_one_ids(), app.open_one_to_one_ids(),
  app.open_line_id(uuid, uuid)
  to :"app";
