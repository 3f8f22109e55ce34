-- The sets of rows that policies of several domains refer to.
--
-- Tables: none; reads shares, goals, reporting lines, employments and one-to-ones.
-- Functions: SECURITY DEFINER, because a policy that queried these tables directly would apply their policies in turn and recurse. Each
-- returns ids that the caller can see anyway, as one array per statement, and takes no id of a caller.

-- Whether a share has ended for good: ended by hand, expired, its reporting line closed, or 90 days after the end of either person's
-- employment. A change that would undo one of these first writes ended_at (11-employment.sql, 12-reporting-lines.sql).
create or replace function app.share_is_over(s goal_share) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.ended_at is not null or coalesce(s.expires_at <= now(), false)
    or exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= now())
    or exists (select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.access_until <= now())
$$;

-- The current state of a share. ENDED: ended for good, or suspended because the employment of either person has ended. A suspended share
-- resumes if they return within 90 days.
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

-- The shares that let the viewer read other people's goals: the same as those with app.share_state ACTIVE, computed as one set, because a
-- call for each share would dominate the cost of reading a goal. Compares with the clock, like app.identity. PostgreSQL inlines it into the
-- functions below, as it does app.live_session, and the API's login cannot call it either.
create or replace function app.active_shares() returns setof goal_share
language sql stable rows 10 as $$
  select s.* from app.live_session() i
  join goal_share s on s.with_id = i.person_id
  join personal_goal g on g.id = s.goal_id
  where i.employed and s.ended_at is null and not s.waiting
    and g.visibility <> 'PRIVATE'
    and (s.expires_at is null or s.expires_at > clock_timestamp())
    and not exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= clock_timestamp())
    and not exists (select 1 from employment_end e where e.person_id = s.owner_id and e.ended_at <= clock_timestamp())
$$;

create or replace function app.active_share_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.id from app.active_shares() s)
$$;

-- The goals that these shares are of.
create or replace function app.shared_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from app.active_shares() s)
$$;

-- The same of those shares that include the past.
create or replace function app.goal_ids_with_past() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from app.active_shares() s where s.includes_past)
$$;

-- app.share_state for the API: of shares of the viewer's own goals, and of shares that let them read another person's goal. Null for all others.
-- Takes an id, because a made-up row would reveal whether anybody is employed. VOLATILE, so that it works in INSERT … RETURNING.
create or replace function app.own_share_state(share_id uuid) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.share_state(s) from goal_share s
  where s.id = share_id and (s.owner_id = app.signed_in_person() or s.id = any (app.active_share_ids()))
$$;

-- Whether this leader has shared first: this person can read a goal of theirs by an ACTIVE share, or they have a goal for the whole
-- organization.
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

-- For a caller whose employment has ended: the people named in the audience, access log and proposals of the caller's own goals. Empty for other
-- callers, who can see the whole directory.
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

-- The business goals to which the viewer is assigned.
create or replace function app.assigned_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select a.business_goal_id from business_goal_assignee a where a.person_id = (select app.viewer()))
$$;

-- The invitations that the viewer declined.
create or replace function app.declined_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select d.one_to_one_id from one_to_one_decline d where d.person_id = (select app.viewer()))
$$;

-- The viewer's one-to-ones. An invitation disappears after 30 days, and at once for the person who declines it.
create or replace function app.one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from app.live_session() i join one_to_one o on o.first_id = i.person_id or o.second_id = i.person_id
    where i.employed
      and (
        o.state <> 'INVITED'
        or (
          o.invited_at > now() - interval '30 days' and o.id <> all ((select app.declined_one_to_one_ids())::uuid[])
        )
      )
  )
$$;

-- The viewer's one-to-ones that can be written to: OPEN, and both people employed.
create or replace function app.open_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from app.live_session() i join one_to_one o on o.first_id = i.person_id or o.second_id = i.person_id
    where i.employed
      and o.state = 'OPEN'
      and not exists (
        select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
      )
  )
$$;

-- The open reporting line between the viewer and another person, PRIMARY before DOTTED, or null.
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
  app.own_share_state(uuid), app.active_share_ids(), app.shared_goal_ids(), app.people_of_own_goals(), app.goal_ids_with_past(),
  app.assigned_goal_ids(), app.declined_one_to_one_ids(), app.one_to_one_ids(), app.open_one_to_one_ids(), app.open_line_id(uuid, uuid)
  to :"app";
