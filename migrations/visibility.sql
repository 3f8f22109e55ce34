-- The law: who sees and changes which rows.
--
-- This file is the whole of it, top to bottom, and is re-applied by every migrate: what stands here is what holds.
-- :"app" stands for the group role of everybody who serves people (settings: ROLE_PREFIX). The tables belong to the role
-- that migrates; the serving role owns nothing and can do what is granted below, on the rows that the policies leave.
--
-- How it is written:
-- * A person is whoever the session behind app.session (the SHA-256 of their token) belongs to: nothing else identifies.
--   No session, no rows.
-- * Helpers that do not depend on the row stand in (select ...), so that they run once a statement; "whose rows" is one
--   array, because a function called for each row costs a hundred times as much.
-- * Policies hide rows, not columns: what fewer people may see than its row lives in a table of its own.
-- * A table's policies that need another table name it plainly where that table's own policies do not lead back here, so that
--   they apply as well; else they use a helper that returns an array.
-- * Days turn at midnight UTC. Shares, lines and employment are judged when they are read, never by a job.

create schema if not exists law;

-- ------------------------------------------------------------------------------------------------ a clean sheet

do $$
declare
  found record;
begin
  for found in
    select format('drop policy %I on %I.%I', policyname, schemaname, tablename) as command
    from pg_policies where schemaname in ('public', 'law')
  loop
    execute found.command;
  end loop;
end $$;

revoke all on all tables in schema public from public, :"app";
revoke all on all functions in schema law from public, :"app";
revoke all on schema public, law from public, :"app";
grant usage on schema public, law to :"app";
-- For all schemas: within one, nothing can be taken away that is given everywhere, as EXECUTE to everybody is.
alter default privileges revoke execute on functions from public;

-- ------------------------------------------------------------------------------------------------ who is asking

create or replace function law.today() returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (now() at time zone 'UTC')::date
$$;

-- The live session behind app.session: at most one row. A disabled account has none; sixteen days unused or past its
-- end, a session is over. Ninety days after the end of employment nothing is left to sign in to.
-- Every policy asks, often several times a statement, so it looks no further than it must: roles are looked up by whoever asks
-- for one.
drop function if exists law.identity();
create function law.identity(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
-- Said to the planner, which would expect a thousand rows and read whole tables to join them.
language sql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.organization_id, s.person_id,
         s.person_id is not null and (e.ended_on is null or e.ended_on >= law.today()),
         s.scopes
  from session s
  left join account a on a.person_id = s.person_id
  left join employment_end e on e.person_id = s.person_id
  where s.token_hash = decode(nullif(current_setting('app.session', true), ''), 'hex')
    and s.revoked_at is null
    and s.expires_at > now()
    and (s.person_id is null or s.last_seen_at > now() - interval '16 days')
    and a.disabled_at is null
    and (e.ended_on is null or e.ended_on + 90 >= law.today())
$$;

-- The signed-in person while employed: everything but one's own goals asks for this.
create or replace function law.viewer() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select person_id from law.identity() where employed
$$;

-- The signed-in person, also in the ninety days after the end of their employment: for their own goals.
create or replace function law.self() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select person_id from law.identity()
$$;

-- The organization of the signed-in, employed person.
create or replace function law.organization() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select organization_id from law.identity() where employed
$$;

-- The organization of the signed-in person, also after the end of their employment.
create or replace function law.home() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select organization_id from law.identity() where person_id is not null
$$;

-- The organization whose directory may be read: an employed person's, or that of an API token made for reading it. One made for
-- imports alone writes without reading.
create or replace function law.directory() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select organization_id from law.identity() where employed or 'DIRECTORY_READ' = any (scopes)
$$;

-- The organization in which the viewer holds this role, or null.
create or replace function law.organization_as(role text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from law.identity() i
  where i.employed
    and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = organization_as.role)
$$;

-- The organization in which the viewer may import people: PEOPLE_ADMIN, or an API token made for it.
create or replace function law.organization_to_import() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from law.identity() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_WRITE' = any (i.scopes)
$$;

-- The scopes of API tokens that the viewer's roles may make, list and revoke.
create or replace function law.token_scopes() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array_remove(array[
    case when 'HR_ANALYST' = any (roles) then 'TRENDS_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_WRITE' end,
    case when 'ORGANIZATION_ADMIN' = any (roles) then 'SCHEMA_READ' end
  ], null)
  from law.identity() i
  cross join lateral (select array(select r.role from role_grant r where r.person_id = i.person_id)) granted(roles)
  where i.employed
$$;

-- ------------------------------------------------------------------------------------------------ whose rows

-- What a share is now. ENDED: ended, expired, withdrawn with the goal, closed with its reporting line, or either of the two
-- gone.
create or replace function law.share_state(s goal_share) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when s.ended_at is not null or s.expires_at <= now()
      or exists (select 1 from reporting_line l where l.id = s.line_id and l.ends_on <= law.today())
      or exists (
        select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.ended_on < law.today()
      )
      then 'ENDED'
    when s.waiting then 'PENDING'
    else 'ACTIVE'
  end
$$;

-- The shares by which somebody else's goals are readable for the viewer: those that law.share_state calls ACTIVE, judged as one
-- set, since a call for each share is most of what reading a goal would cost. The viewer is employed.
create or replace function law.active_share_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select s.id from goal_share s join personal_goal g on g.id = s.goal_id
    where s.with_id = (select law.viewer()) and s.ended_at is null and not s.waiting
      and g.visibility <> 'PRIVATE'
      and (s.expires_at is null or s.expires_at > now())
      and not exists (select 1 from reporting_line l where l.id = s.line_id and l.ends_on <= (select law.today()))
      and not exists (select 1 from employment_end e where e.person_id = s.owner_id and e.ended_on < (select law.today()))
  )
$$;

-- The goals behind law.active_share_ids().
create or replace function law.shared_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from goal_share s where s.id = any (law.active_share_ids()))
$$;

-- Of those, the goals with their past.
create or replace function law.goal_ids_with_past() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select s.goal_id from goal_share s where s.id = any (law.active_share_ids()) and s.includes_past)
$$;

-- Has this leader shared first: is there something of theirs that this person may read by an ACTIVE share, or a goal of
-- theirs for the whole organization?
create or replace function law.has_shared_first(leader_id uuid, with_person_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
      select 1 from goal_share s join personal_goal g on g.id = s.goal_id
      where s.owner_id = leader_id and s.with_id = with_person_id
        and s.ended_at is null and g.visibility <> 'PRIVATE' and law.share_state(s) = 'ACTIVE'
    ) or exists (
      select 1 from personal_goal g
      where g.owner_id = leader_id and g.visibility = 'ORGANIZATION'
        and not exists (select 1 from employment_end e where e.person_id = leader_id and e.ended_on < law.today())
    )
$$;

-- For somebody whose employment has ended: the people whom the audience, the access log and the parts of their own goals
-- name. Empty for everybody else, who sees the whole directory anyway.
create or replace function law.people_of_own_goals() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select s.with_id from law.identity() i join goal_share s on s.owner_id = i.person_id where not i.employed
    union
    select a.reader_id from law.identity() i join goal_access a on a.owner_id = i.person_id where not i.employed
    union
    select a.proposed_by_id from law.identity() i join alignment a on a.owner_id = i.person_id where not i.employed
  )
$$;

-- Business goals that the viewer is assigned to.
create or replace function law.assigned_goal_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select a.business_goal_id from business_goal_assignee a where a.person_id = (select law.viewer()))
$$;

-- Invitations that the viewer declined.
create or replace function law.declined_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select d.one_to_one_id from one_to_one_decline d where d.person_id = (select law.viewer()))
$$;

-- One-to-ones of the viewer. An invitation that nobody took up is gone after thirty days, and at once for whoever declined it.
create or replace function law.one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from one_to_one o
    where (o.first_id = (select law.viewer()) or o.second_id = (select law.viewer()))
      and (
        o.state <> 'INVITED'
        or (
          o.invited_at > now() - interval '30 days' and o.id <> all ((select law.declined_one_to_one_ids())::uuid[])
        )
      )
  )
$$;

-- Of those, the ones in which something new may be written: accepted, not ended, nobody gone.
create or replace function law.open_one_to_one_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select o.id from one_to_one o
    where (o.first_id = (select law.viewer()) or o.second_id = (select law.viewer()))
      and o.state = 'OPEN'
      and not exists (
        select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_on < law.today()
      )
  )
$$;

-- The open reporting line of either kind between the viewer and somebody else, PRIMARY first, or null.
create or replace function law.open_line_id(one_id uuid, other_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.id from reporting_line l
  where law.viewer() in (one_id, other_id)
    and ((l.report_id = one_id and l.manager_id = other_id) or (l.report_id = other_id and l.manager_id = one_id))
    and l.starts_on <= law.today() and (l.ends_on is null or law.today() < l.ends_on)
  order by l.kind desc, l.starts_on
  limit 1
$$;

grant execute on function
  law.today(), law.identity(), law.viewer(), law.self(), law.organization(), law.home(), law.directory(), law.organization_as(text),
  law.organization_to_import(), law.token_scopes(), law.share_state(goal_share), law.active_share_ids(), law.shared_goal_ids(),
  law.people_of_own_goals(),
  law.goal_ids_with_past(), law.assigned_goal_ids(), law.declined_one_to_one_ids(), law.one_to_one_ids(), law.open_one_to_one_ids(),
  law.open_line_id(uuid, uuid)
  to :"app";

-- ------------------------------------------------------------------------------------------------ people

alter table organization enable row level security;
grant select, update (name, time_zone, leaders_share_first) on organization to :"app";
create policy read on organization for select to :"app"
  using (
    id = (select law.directory()) or id = (select law.home()) or id = (select law.organization_to_import())
  );
create policy change on organization for update to :"app"
  using (id = (select law.organization_as('ORGANIZATION_ADMIN')));

alter table department enable row level security;
grant select, insert (organization_id, name), update (name) on department to :"app";
create policy read on department for select to :"app" using (organization_id = (select law.directory()));
create policy add on department for insert to :"app"
  with check (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy change on department for update to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));

alter table location enable row level security;
grant select, insert (organization_id, name), update (name) on location to :"app";
create policy read on location for select to :"app" using (organization_id = (select law.directory()));
create policy add on location for insert to :"app"
  with check (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy change on location for update to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));

-- It computes a column of person, as whoever writes the row.
grant execute on function searchable(text) to :"app";

alter table person enable row level security;
grant select,
  insert (organization_id, external_id, name, email, title, department_id, location_id, started_on),
  update (external_id, name, email, title, department_id, location_id, started_on)
  on person to :"app";
create policy read on person for select to :"app" using (
  organization_id = (select law.directory())
  or id = (select law.self())
  or id = any ((select law.people_of_own_goals())::uuid[])
);
create policy add on person for insert to :"app"
  with check (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy change on person for update to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));

alter table person_time_zone enable row level security;
grant select, insert, update (time_zone) on person_time_zone to :"app";
create policy read on person_time_zone for select to :"app"
  using (organization_id = (select law.directory()) or person_id = (select law.self()));
create policy add on person_time_zone for insert to :"app" with check (person_id = (select law.viewer()));
create policy change on person_time_zone for update to :"app" using (person_id = (select law.viewer()));

-- A day to come is known to the person and to PEOPLE_ADMIN only.
alter table employment_end enable row level security;
grant select, insert, update (ended_on), delete on employment_end to :"app";
create policy read on employment_end for select to :"app" using (
  (organization_id = (select law.directory()) and ended_on <= law.today())
  or person_id = (select law.self())
  or organization_id = (select law.organization_as('PEOPLE_ADMIN'))
);
create policy add on employment_end for insert to :"app"
  with check (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy change on employment_end for update to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy remove on employment_end for delete to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));

-- A beginning to come is known to the two people of the line and to PEOPLE_ADMIN. ends_on and leaver_id are readable in
-- reporting_line_end only.
alter table reporting_line enable row level security;
grant select (id, organization_id, report_id, manager_id, kind, starts_on),
  insert (organization_id, report_id, manager_id, kind, starts_on, ends_on, leaver_id),
  update (ends_on, leaver_id), delete
  on reporting_line to :"app";
create policy read on reporting_line for select to :"app" using (
  organization_id = (select law.directory())
  and (
    starts_on <= law.today()
    or report_id = (select law.viewer())
    or manager_id = (select law.viewer())
    or organization_id = (select law.organization_as('PEOPLE_ADMIN'))
  )
);
create policy add on reporting_line for insert to :"app"
  with check (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
create policy change on reporting_line for update to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));
-- What has begun is history and stays: also, one-to-ones and shares may rest on it, and a foreign key would tell of them.
create policy remove on reporting_line for delete to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')) and starts_on > law.today());

-- An end to come likewise; where somebody leaves, not even the other person of the line knows it from here.
alter table reporting_line_end enable row level security;
grant select on reporting_line_end to :"app";
create policy read on reporting_line_end for select to :"app" using (
  organization_id = (select law.directory())
  and (
    ends_on <= law.today()
    or (
      (report_id = (select law.viewer()) or manager_id = (select law.viewer()))
      and (leaver_id is null or leaver_id = (select law.viewer()))
    )
    or organization_id = (select law.organization_as('PEOPLE_ADMIN'))
  )
);

alter table role_grant enable row level security;
grant select, insert (person_id, role, organization_id, granted_by), delete on role_grant to :"app";
create policy read on role_grant for select to :"app" using (
  person_id = (select law.viewer()) or organization_id = (select law.organization_as('ORGANIZATION_ADMIN'))
);
create policy add on role_grant for insert to :"app" with check (
  organization_id = (select law.organization_as('ORGANIZATION_ADMIN'))
  and granted_by = (select law.viewer())
  and person_id <> (select law.viewer())
);
create policy remove on role_grant for delete to :"app"
  using (organization_id = (select law.organization_as('ORGANIZATION_ADMIN')));

-- Append-only: nobody who serves may change or remove an entry.
alter table audit_entry enable row level security;
grant select, insert (organization_id, actor_id, action, subject) on audit_entry to :"app";
create policy read on audit_entry for select to :"app"
  using (organization_id = (select law.organization_as('AUDITOR')));
create policy add on audit_entry for insert to :"app" with check (
  organization_id = (select organization_id from law.identity())
  and actor_id is not distinct from (select law.viewer())
);

alter table import_report enable row level security;
grant select on import_report to :"app";
create policy read on import_report for select to :"app" using (organization_id = (select law.organization_to_import()));

alter table import_row enable row level security;
create policy nobody on import_row for all to :"app" using (false);

-- ------------------------------------------------------------------------------------------------ accounts

-- Its own person's; the hash of the password is granted to nobody.
alter table account enable row level security;
grant select (person_id, organization_id, sign_in_address, created_at) on account to :"app";
create policy read on account for select to :"app" using (person_id = (select law.self()));

alter table invitation enable row level security;
grant select (id, organization_id, person_id, sent_by, sent_at, expires_at, accepted_at) on invitation to :"app";
create policy read on invitation for select to :"app"
  using (organization_id = (select law.organization_as('PEOPLE_ADMIN')));

alter table password_reset enable row level security;
create policy nobody on password_reset for all to :"app" using (false);

alter table address_change enable row level security;
create policy nobody on address_change for all to :"app" using (false);

-- One's own sessions; API tokens for those whose roles may make them.
alter table session enable row level security;
grant select (id, organization_id, person_id, scopes, label, created_by, created_at, last_seen_at, expires_at, revoked_at),
  insert (organization_id, scopes, label, created_by, expires_at, token_hash),
  update (revoked_at)
  on session to :"app";
create policy read on session for select to :"app" using (
  person_id = (select law.self())
  or (person_id is null and organization_id = (select law.organization()) and scopes <@ (select law.token_scopes()))
);
create policy add on session for insert to :"app" with check (
  person_id is null and organization_id = (select law.organization())
  and created_by = (select law.viewer()) and scopes <@ (select law.token_scopes())
);
create policy change on session for update to :"app" using (
  person_id = (select law.self())
  or (person_id is null and organization_id = (select law.organization()) and scopes <@ (select law.token_scopes()))
) with check (revoked_at is not null);

-- Written by whoever causes a mail, read by nobody: bodies hold links. The service drains it through the doors below.
alter table outbox_mail enable row level security;
grant insert (recipient, subject, body, password_reset_hash) on outbox_mail to :"app";
create policy add on outbox_mail for insert to :"app" with check (true);

-- ------------------------------------------------------------------------------------------------ personal goals

alter table personal_goal enable row level security;
grant select, delete,
  insert (organization_id, owner_id, title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target),
  update (title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target)
  on personal_goal to :"app";
create policy read on personal_goal for select to :"app" using (
  owner_id = (select law.self())
  or id = any ((select law.shared_goal_ids())::uuid[])
  or (
    visibility = 'ORGANIZATION'
    and organization_id = (select law.organization())
    and not exists (
      select 1 from employment_end e where e.person_id = personal_goal.owner_id and e.ended_on < law.today()
    )
  )
);
create policy add on personal_goal for insert to :"app"
  with check (owner_id = (select law.viewer()) and organization_id = (select law.organization()));
create policy change on personal_goal for update to :"app" using (owner_id = (select law.viewer()));
create policy remove on personal_goal for delete to :"app" using (owner_id = (select law.self()));

alter table personal_goal_own enable row level security;
grant select, insert (goal_id, organization_id, owner_id, area), update (area, version, updated_at)
  on personal_goal_own to :"app";
create policy read on personal_goal_own for select to :"app" using (owner_id = (select law.self()));
create policy add on personal_goal_own for insert to :"app" with check (owner_id = (select law.viewer()));
create policy change on personal_goal_own for update to :"app" using (owner_id = (select law.viewer()));

alter table personal_goal_version enable row level security;
grant select, insert (goal_id, version, organization_id, owner_id, title, why) on personal_goal_version to :"app";
create policy read on personal_goal_version for select to :"app" using (owner_id = (select law.self()));
create policy add on personal_goal_version for insert to :"app" with check (owner_id = (select law.viewer()));

-- With the goal: all of it to the organization or with the past included; else what was written or reached after the share.
alter table milestone enable row level security;
grant select, delete,
  insert (organization_id, goal_id, owner_id, title, position, reached_on, reached_at),
  update (title, position, reached_on, reached_at)
  on milestone to :"app";
create policy read on milestone for select to :"app" using (
  owner_id = (select law.self())
  or goal_id = any ((select law.goal_ids_with_past())::uuid[])
  or exists (
    select 1 from goal_share s
    where s.goal_id = milestone.goal_id and s.with_id = (select law.viewer())
      and (milestone.created_at >= s.created_at or milestone.reached_at >= s.created_at)
      and s.id = any ((select law.active_share_ids())::uuid[])
  )
  or exists (select 1 from personal_goal g where g.id = milestone.goal_id and g.visibility = 'ORGANIZATION')
);
create policy add on milestone for insert to :"app" with check (owner_id = (select law.viewer()));
create policy change on milestone for update to :"app" using (owner_id = (select law.viewer()));
create policy remove on milestone for delete to :"app" using (owner_id = (select law.viewer()));

alter table goal_update enable row level security;
grant select, delete, insert (organization_id, goal_id, author_id, text, measured_value) on goal_update to :"app";
create policy read on goal_update for select to :"app" using (
  author_id = (select law.self())
  or goal_id = any ((select law.goal_ids_with_past())::uuid[])
  or exists (
    select 1 from goal_share s
    where s.goal_id = goal_update.goal_id and s.with_id = (select law.viewer())
      and goal_update.at >= s.created_at
      and s.id = any ((select law.active_share_ids())::uuid[])
  )
  or exists (select 1 from personal_goal g where g.id = goal_update.goal_id and g.visibility = 'ORGANIZATION')
);
create policy add on goal_update for insert to :"app" with check (author_id = (select law.viewer()));
create policy remove on goal_update for delete to :"app" using (author_id = (select law.viewer()));

-- PENDING and ENDED exist for the owner only.
alter table goal_share enable row level security;
grant select,
  insert (organization_id, goal_id, owner_id, with_id, includes_past, waiting, expires_at),
  update (includes_past, waiting, expires_at, ended_at)
  on goal_share to :"app";
create policy read on goal_share for select to :"app" using (
  owner_id = (select law.self()) or id = any ((select law.active_share_ids())::uuid[])
);
create policy add on goal_share for insert to :"app" with check (
  owner_id = (select law.viewer())
  and not exists (
    select 1 from employment_end e where e.person_id = goal_share.with_id and e.ended_on < law.today()
  )
);
create policy change on goal_share for update to :"app" using (owner_id = (select law.viewer()));

-- The owner learns who was shown what; a reader sees their own reads. Nobody changes or removes an entry.
alter table goal_access enable row level security;
grant select, insert on goal_access to :"app";
create policy read on goal_access for select to :"app" using (
  owner_id = (select law.self()) or reader_id = (select law.viewer())
);
create policy add on goal_access for insert to :"app" with check (
  reader_id = (select law.viewer())
  and exists (
    select 1 from personal_goal g where g.id = goal_access.goal_id and g.owner_id = goal_access.owner_id
      and g.visibility = 'SHARED'
  )
  -- The owner's today, wherever on earth they are: nobody dates a read back.
  and on_day between (select law.today()) - 1 and (select law.today()) + 1
);

-- A share with one's own PRIMARY manager rests on that line and, where the organization wants leaders to share first, waits
-- until they have. A share asks to wait (waiting = true) or not; whether it does is settled here, so that no road around
-- it exists, under a lock on the people concerned, so that two who share at the same moment do not wait for each other.
create or replace function law.goal_share_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from person p where p.id in (new.owner_id, new.with_id) order by p.id for no key update;
  new.line_id := (
    select l.id from reporting_line l
    where l.report_id = new.owner_id and l.manager_id = new.with_id and l.kind = 'PRIMARY'
      and l.starts_on <= law.today() and (l.ends_on is null or law.today() < l.ends_on)
  );
  new.waiting := new.waiting and new.line_id is not null
    and (select o.leaders_share_first from organization o where o.id = new.organization_id)
    and not law.has_shared_first(new.with_id, new.owner_id);
  return new;
end $$;
create or replace trigger goal_share_before_insert before insert on goal_share
  for each row execute function law.goal_share_before_insert();

-- The first share of a PRIVATE goal, a waiting one too, makes it SHARED; what waited for this leader is let through, in the
-- same transaction, and stays so.
create or replace function law.goal_share_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update personal_goal set visibility = 'SHARED' where id = new.goal_id and visibility = 'PRIVATE';
  if not new.waiting then
    update goal_share s set waiting = false
    where s.owner_id = new.with_id and s.with_id = new.owner_id and s.waiting and s.ended_at is null
      and law.share_state(s) = 'PENDING';
  end if;
  return null;
end $$;
create or replace trigger goal_share_after_insert after insert on goal_share
  for each row execute function law.goal_share_after_insert();

-- Once let through, a share never waits again; once over, it never lives again: sharing again is another share.
create or replace function law.goal_share_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.waiting and not old.waiting then
    raise exception 'a share that was let through does not wait again' using errcode = 'MU010';
  end if;
  if law.share_state(old) = 'ENDED' and (
    (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
    or (new.expires_at, new.includes_past, new.waiting) is distinct from (old.expires_at, old.includes_past, old.waiting)
  ) then
    raise exception 'a share that is over stays as it is' using errcode = 'MU011';
  end if;
  return new;
end $$;
create or replace trigger goal_share_before_update before update on goal_share
  for each row execute function law.goal_share_before_update();

-- PRIVATE ends every share for good; a goal for the whole organization counts as having shared first.
create or replace function law.personal_goal_visibility_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.visibility = 'PRIVATE' then
    update goal_share set ended_at = now() where goal_id = new.id and ended_at is null;
  elsif new.visibility = 'ORGANIZATION' then
    perform 1 from person p where p.id = new.owner_id for no key update;
    update goal_share s set waiting = false
    where s.with_id = new.owner_id and s.waiting and s.ended_at is null and law.share_state(s) = 'PENDING';
  end if;
  return null;
end $$;
create or replace trigger personal_goal_visibility_changed after insert or update of visibility on personal_goal
  for each row execute function law.personal_goal_visibility_changed();

-- ------------------------------------------------------------------------------------------------ business goals

alter table cycle enable row level security;
grant select, insert (organization_id, name, starts_on, ends_on), update (name, starts_on, ends_on) on cycle to :"app";
create policy read on cycle for select to :"app" using (organization_id = (select law.organization()));
create policy add on cycle for insert to :"app"
  with check (organization_id = (select law.organization_as('ORGANIZATION_ADMIN')));
create policy change on cycle for update to :"app"
  using (organization_id = (select law.organization_as('ORGANIZATION_ADMIN')));

-- The organization's; drafts are their owner's and assignees'. The owner alone edits; to change hands there is a door below.
alter table business_goal enable row level security;
grant select,
  insert (organization_id, owner_id, cycle_id, parent_id, title, description, status, progress_by_hand),
  update (cycle_id, parent_id, title, description, status, progress_by_hand, version)
  on business_goal to :"app";
create policy read on business_goal for select to :"app" using (
  organization_id = (select law.organization())
  and (
    status <> 'DRAFT'
    or owner_id = (select law.viewer())
    or id = any ((select law.assigned_goal_ids())::uuid[])
  )
);
create policy add on business_goal for insert to :"app" with check (
  owner_id = (select law.viewer()) and organization_id = (select law.organization())
);
create policy change on business_goal for update to :"app" using (owner_id = (select law.viewer()));

-- A parent is a goal that its chooser can see, and what was published stays so: it has been read.
create or replace function law.business_goal_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.parent_id is not null and (tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id)
    and not exists (select 1 from business_goal b where b.id = new.parent_id) then
    raise exception 'no such parent' using errcode = 'MU030';
  end if;
  if tg_op = 'UPDATE' and new.status = 'DRAFT' and old.status <> 'DRAFT' then
    raise exception 'a published goal does not become a draft again' using errcode = 'MU032';
  end if;
  return new;
end $$;
create or replace trigger business_goal_guard before insert or update of parent_id, status on business_goal
  for each row when (row_security_active('business_goal')) execute function law.business_goal_guard();

-- Goals form a tree, whoever can see its branches. Two changes that close a circle together must not miss each other, so
-- parents in an organization change one after the other. A new goal closes no circle: nothing points to it yet.
create or replace function law.business_goal_before_new_parent() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from organization o where o.id = new.organization_id for no key update;
  if exists (
    with recursive above as (
      select b.id, b.parent_id from business_goal b where b.id = new.parent_id
      union
      select b.id, b.parent_id from above join business_goal b on b.id = above.parent_id
    )
    select 1 from above where id = new.id
  ) then
    raise exception 'business goals would form a circle' using errcode = 'MU031';
  end if;
  return new;
end $$;
create or replace trigger business_goal_parent before update of parent_id on business_goal
  for each row when (new.parent_id is not null and new.parent_id is distinct from old.parent_id)
  execute function law.business_goal_before_new_parent();

alter table key_result enable row level security;
grant select, delete,
  insert (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position),
  update (title, unit, start_value, current_value, target_value, position)
  on key_result to :"app";
create policy read on key_result for select to :"app"
  using (exists (select 1 from business_goal b where b.id = key_result.business_goal_id));
create policy add on key_result for insert to :"app" with check (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select law.viewer()))
);
create policy change on key_result for update to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select law.viewer()))
);
create policy remove on key_result for delete to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select law.viewer()))
);

alter table business_goal_assignee enable row level security;
grant select, insert (business_goal_id, person_id, organization_id), delete on business_goal_assignee to :"app";
create policy read on business_goal_assignee for select to :"app"
  using (exists (select 1 from business_goal b where b.id = business_goal_assignee.business_goal_id));
create policy add on business_goal_assignee for insert to :"app" with check (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select law.viewer())
  )
);
create policy remove on business_goal_assignee for delete to :"app" using (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select law.viewer())
  )
);

alter table check_in enable row level security;
grant select, insert (organization_id, business_goal_id, author_id, text, confidence, status) on check_in to :"app";
create policy read on check_in for select to :"app"
  using (exists (select 1 from business_goal b where b.id = check_in.business_goal_id));
create policy add on check_in for insert to :"app" with check (
  author_id = (select law.viewer())
  and exists (
    select 1 from business_goal b
    where b.id = check_in.business_goal_id
      and (b.owner_id = (select law.viewer()) or b.id = any ((select law.assigned_goal_ids())::uuid[]))
  )
);

-- A check-in says how the goal stands; an assignee may check in without being allowed to edit the goal, to publish it or
-- to bring it back. After the policy, so that nobody learns here how a goal stands that they cannot see.
create or replace function law.check_in_admitted() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from business_goal b
  where b.id = new.business_goal_id and b.status not in ('DRAFT', 'CANCELLED')
  for no key update;
  if not found then
    raise exception 'a draft or cancelled goal takes no check-in' using errcode = 'MU033';
  end if;
  return null;
end $$;
create or replace trigger check_in_admitted after insert on check_in
  for each row when (row_security_active('check_in')) execute function law.check_in_admitted();

create or replace function law.check_in_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update business_goal set status = new.status, version = version + 1
  where id = new.business_goal_id and status is distinct from new.status;
  return null;
end $$;
create or replace trigger check_in_after_insert after insert on check_in
  for each row execute function law.check_in_after_insert();

-- ------------------------------------------------------------------------------------------------ alignments

-- Placed: with the personal goal. Proposed: for thirty days its owner and, while they can see the goal, its proposer.
alter table alignment enable row level security;
grant select, delete,
  insert (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state),
  update (how, state)
  on alignment to :"app";
create policy read on alignment for select to :"app" using (
  (state = 'PLACED' and owner_id = (select law.self()))
  or (state = 'PLACED' and exists (select 1 from personal_goal g where g.id = alignment.personal_goal_id))
  or (
    state = 'PROPOSED' and created_at > now() - interval '30 days'
    and (
      owner_id = (select law.self())
      or (
        proposed_by_id = (select law.viewer())
        and exists (select 1 from personal_goal g where g.id = alignment.personal_goal_id)
      )
    )
  )
);
create policy place on alignment for insert to :"app" with check (
  state = 'PLACED' and owner_id = (select law.viewer()) and proposed_by_id = (select law.viewer())
  and exists (select 1 from business_goal b where b.id = alignment.business_goal_id)
);
-- A draft is proposed only to somebody who can see it too: a proposal must not tell of a draft, nor be answered blind.
create policy propose on alignment for insert to :"app" with check (
  state = 'PROPOSED' and proposed_by_id = (select law.viewer())
  and exists (
    select 1 from personal_goal g
    where g.id = alignment.personal_goal_id and g.owner_id = alignment.owner_id and g.open_to_proposals
  )
  and exists (
    select 1 from business_goal b
    where b.id = alignment.business_goal_id
      and (
        b.status <> 'DRAFT' or b.owner_id = alignment.owner_id
        or exists (
          select 1 from business_goal_assignee a where a.business_goal_id = b.id and a.person_id = alignment.owner_id
        )
      )
  )
);
create policy change on alignment for update to :"app" using (owner_id = (select law.viewer()));
-- A proposal is answered, never removed: its proposer would see it go before its time.
create policy remove on alignment for delete to :"app" using (owner_id = (select law.viewer()) and state = 'PLACED');

-- Whoever places or proposes waits for whoever does so in the same personal goal. A proposal that has lapsed makes room for
-- a new one by the same proposer, who cannot see the old one any more.
create or replace function law.alignment_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from personal_goal g where g.id = new.personal_goal_id for no key update;
  delete from alignment
  where personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id
    and proposed_by_id = new.proposed_by_id and state = 'PROPOSED' and created_at <= now() - interval '30 days';
  return new;
end $$;
create or replace trigger alignment_before_insert before insert on alignment
  for each row execute function law.alignment_before_insert();

-- What is placed is not proposed. A placement ends every proposal of the pair, answered or not, so that it tells no
-- proposer which of the two theirs was.
create or replace function law.alignment_after_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state = 'PLACED' then
    delete from alignment_decline where alignment_id = new.id;
    delete from alignment
    where personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id and state = 'PROPOSED';
  elsif exists (
    select 1 from alignment a
    where a.personal_goal_id = new.personal_goal_id and a.business_goal_id = new.business_goal_id and a.state = 'PLACED'
  ) then
    raise exception 'this is placed already' using errcode = 'MU040';
  end if;
  return null;
end $$;
create or replace trigger alignment_after_write after insert or update of state on alignment
  for each row execute function law.alignment_after_write();

-- The words of a proposal are its proposer's until it is placed; one says yes to what one can see.
create or replace function law.alignment_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> 'PLACED' then
    raise exception 'a proposal stays as it is until it is placed' using errcode = 'MU041';
  end if;
  if old.state = 'PROPOSED' and not exists (select 1 from business_goal b where b.id = new.business_goal_id) then
    raise exception 'a goal is placed by somebody who can see it' using errcode = 'MU042';
  end if;
  return new;
end $$;
create or replace trigger alignment_guard before update on alignment
  for each row when (row_security_active('alignment')) execute function law.alignment_guard();

alter table alignment_decline enable row level security;
grant select, insert (alignment_id, organization_id, owner_id), delete on alignment_decline to :"app";
create policy read on alignment_decline for select to :"app" using (owner_id = (select law.self()));
create policy add on alignment_decline for insert to :"app" with check (
  owner_id = (select law.viewer())
  and exists (select 1 from alignment a where a.id = alignment_decline.alignment_id and a.state = 'PROPOSED')
);
create policy remove on alignment_decline for delete to :"app" using (owner_id = (select law.viewer()));

-- ------------------------------------------------------------------------------------------------ one-to-ones

-- The two people's, and nobody else's. Within an open reporting line either opens it; else the other is asked. A declined
-- invitation is gone for whoever declined it, and for nobody else.
alter table one_to_one enable row level security;
grant select,
  insert (organization_id, first_id, second_id, started_by_id, state, recurrence, recurrence_starts_at, time_zone,
          duration_minutes, line_id),
  update (state, recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id, ended_at, version)
  on one_to_one to :"app";
create policy read on one_to_one for select to :"app" using (
  (first_id = (select law.viewer()) or second_id = (select law.viewer()))
  and (
    state <> 'INVITED'
    or (
      invited_at > now() - interval '30 days' and id <> all ((select law.declined_one_to_one_ids())::uuid[])
    )
  )
);
create policy add on one_to_one for insert to :"app" with check (
  started_by_id = (select law.viewer())
  and (first_id = (select law.viewer()) or second_id = (select law.viewer()))
  and organization_id = (select law.organization())
  and (state = 'INVITED' or (state = 'OPEN' and line_id is not null))
  and line_id is not distinct from law.open_line_id(first_id, second_id)
  and not exists (
    select 1 from employment_end e
    where e.person_id in (one_to_one.first_id, one_to_one.second_id) and e.ended_on < law.today()
  )
);
create policy change on one_to_one for update to :"app"
  using (id = any ((select law.one_to_one_ids())::uuid[]));

-- Only the invited person accepts (or, once a reporting line is open between the two, either of them), what has ended stays ended,
-- and a rhythm rests on the line that is open now. An invitation is not ended: it would be another way to say no, seen by its
-- sender, or a way to ask somebody again who has declined. One that has lapsed makes room for a new one.
create or replace function law.one_to_one_guard() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    delete from one_to_one
    where first_id = new.first_id and second_id = new.second_id
      and state = 'INVITED' and invited_at <= now() - interval '30 days';
    return new;
  end if;
  if old.state = 'INVITED' and new.state = 'OPEN' then
    if law.viewer() = old.started_by_id and law.open_line_id(new.first_id, new.second_id) is null then
      raise exception 'only the invited person accepts' using errcode = 'MU020';
    end if;
    delete from one_to_one_decline d where d.one_to_one_id = new.id;
  end if;
  if old.state = 'ENDED' and new.state <> 'ENDED' or old.state = 'OPEN' and new.state = 'INVITED'
    or old.state = 'INVITED' and new.state = 'ENDED' then
    raise exception 'a one-to-one does not go back, and an invitation does not end' using errcode = 'MU021';
  end if;
  if new.line_id is distinct from old.line_id
    and new.line_id is distinct from law.open_line_id(new.first_id, new.second_id) then
    raise exception 'not the open line of these two' using errcode = 'MU022';
  end if;
  return new;
end $$;
create or replace trigger one_to_one_guard before insert or update on one_to_one
  for each row execute function law.one_to_one_guard();

alter table one_to_one_decline enable row level security;
grant select, insert (one_to_one_id, organization_id, person_id) on one_to_one_decline to :"app";
create policy read on one_to_one_decline for select to :"app" using (person_id = (select law.viewer()));
create policy add on one_to_one_decline for insert to :"app" with check (
  person_id = (select law.viewer())
  and exists (
    select 1 from one_to_one o
    where o.id = one_to_one_decline.one_to_one_id and o.state = 'INVITED' and o.started_by_id <> (select law.viewer())
  )
);

alter table conversation enable row level security;
grant select,
  insert (organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, planned_after_id, series_at),
  update (status, scheduled_at, held_at, closed_at, series_at, version)
  on conversation to :"app";
create policy read on conversation for select to :"app"
  using (one_to_one_id = any ((select law.one_to_one_ids())::uuid[]));
create policy add on conversation for insert to :"app"
  with check (one_to_one_id = any ((select law.open_one_to_one_ids())::uuid[]));
create policy change on conversation for update to :"app"
  using (one_to_one_id = any ((select law.open_one_to_one_ids())::uuid[]));

-- What is closed stays as it is, but for being taken back within seven days; and when it was closed is not the writer's to say.
create or replace function law.conversation_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.status <> 'PLANNED' and (
    new.status <> 'PLANNED' or new.scheduled_at is distinct from old.scheduled_at
    or old.closed_at <= now() - interval '7 days'
  ) then
    raise exception 'a closed conversation may be taken back for seven days' using errcode = 'MU027';
  end if;
  new.closed_at := case when new.status <> 'PLANNED' then now() end;
  return new;
end $$;
create or replace trigger conversation_guard before insert or update on conversation
  for each row when (row_security_active('conversation')) execute function law.conversation_guard();

-- Every conversation has its page of shared notes from the start, so that two who write first do not make two.
create or replace function law.conversation_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into shared_notes (organization_id, conversation_id) values (new.organization_id, new.id);
  return null;
end $$;
create or replace trigger conversation_after_insert after insert on conversation
  for each row execute function law.conversation_after_insert();

-- A draft is its author's alone.
alter table talking_point enable row level security;
grant select, delete,
  insert (organization_id, one_to_one_id, conversation_id, author_id, text, draft, position, raised_in_id),
  update (text, draft, position, discussed, version)
  on talking_point to :"app";
create policy read on talking_point for select to :"app" using (
  one_to_one_id = any ((select law.one_to_one_ids())::uuid[])
  and (not draft or author_id = (select law.viewer()))
);
create policy add on talking_point for insert to :"app" with check (
  author_id = (select law.viewer()) and one_to_one_id = any ((select law.open_one_to_one_ids())::uuid[])
);
create policy change on talking_point for update to :"app" using (
  one_to_one_id = any ((select law.one_to_one_ids())::uuid[])
  and (not draft or author_id = (select law.viewer()))
);
create policy remove on talking_point for delete to :"app" using (
  one_to_one_id = any ((select law.one_to_one_ids())::uuid[]) and author_id = (select law.viewer())
);

-- Either side orders a point and marks it discussed; its words, and whether it is shared, are its author's. A shared point
-- does not become a draft again.
create or replace function law.talking_point_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if (new.text is distinct from old.text or new.draft is distinct from old.draft) and old.author_id <> law.viewer() then
    raise exception 'the words of a point are its author''s' using errcode = 'MU023';
  end if;
  if new.draft and not old.draft then
    raise exception 'a shared point does not become a draft again' using errcode = 'MU024';
  end if;
  return new;
end $$;
create or replace trigger talking_point_guard before update on talking_point
  for each row when (row_security_active('talking_point')) execute function law.talking_point_guard();

-- A new point stands last, after drafts that its author does not see as well: else its place among the other's own drafts would
-- tell them how many its author has.
create or replace function law.talking_point_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.position := 1 + coalesce((
    select max(t.position) from talking_point t
    where t.one_to_one_id = new.one_to_one_id and t.conversation_id is not distinct from new.conversation_id
  ), 0);
  return new;
end $$;
create or replace trigger talking_point_before_insert before insert on talking_point
  for each row when (row_security_active('talking_point')) execute function law.talking_point_before_insert();

alter table talking_point_subject enable row level security;
grant select, delete, insert (point_id, organization_id, author_id, personal_goal_id, business_goal_id)
  on talking_point_subject to :"app";
create policy read on talking_point_subject for select to :"app" using (
  exists (select 1 from talking_point t where t.id = talking_point_subject.point_id)
  and (
    exists (select 1 from personal_goal g where g.id = talking_point_subject.personal_goal_id)
    or exists (select 1 from business_goal b where b.id = talking_point_subject.business_goal_id)
  )
);
create policy add on talking_point_subject for insert to :"app" with check (
  author_id = (select law.viewer())
  and (
    exists (select 1 from personal_goal g where g.id = talking_point_subject.personal_goal_id)
    or exists (select 1 from business_goal b where b.id = talking_point_subject.business_goal_id)
  )
);
create policy remove on talking_point_subject for delete to :"app" using (author_id = (select law.viewer()));

alter table talking_point_version enable row level security;
grant select, insert (point_id, version, organization_id, author_id, text), update (version, text, at)
  on talking_point_version to :"app";
create policy read on talking_point_version for select to :"app" using (
  author_id = (select law.viewer()) and exists (select 1 from talking_point t where t.id = talking_point_version.point_id)
);
create policy add on talking_point_version for insert to :"app" with check (author_id = (select law.viewer()));
-- Of a history, only one's own newest words change, and only for ten minutes; likewise below.
create policy change on talking_point_version for update to :"app" using (
  author_id = (select law.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (select 1 from talking_point t where t.id = talking_point_version.point_id)
);

alter table talking_point_carry enable row level security;
grant select on talking_point_carry to :"app";
create policy read on talking_point_carry for select to :"app"
  using (exists (select 1 from talking_point t where t.id = talking_point_carry.point_id));

alter table shared_notes enable row level security;
grant select, update (text, version, updated_at, updated_by_id) on shared_notes to :"app";
create policy read on shared_notes for select to :"app"
  using (exists (select 1 from conversation c where c.id = shared_notes.conversation_id));
create policy change on shared_notes for update to :"app"
  using (exists (select 1 from conversation c where c.id = shared_notes.conversation_id))
  with check (updated_by_id = (select law.viewer()));

alter table shared_notes_version enable row level security;
grant select, insert (notes_id, version, organization_id, author_id, text), update (version, text, at)
  on shared_notes_version to :"app";
create policy read on shared_notes_version for select to :"app"
  using (exists (select 1 from shared_notes n where n.id = shared_notes_version.notes_id));
create policy add on shared_notes_version for insert to :"app" with check (
  author_id = (select law.viewer()) and exists (select 1 from shared_notes n where n.id = shared_notes_version.notes_id)
);
create policy change on shared_notes_version for update to :"app" using (
  author_id = (select law.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (select 1 from shared_notes n where n.id = shared_notes_version.notes_id)
);

alter table private_notes enable row level security;
grant select, insert (conversation_id, author_id, organization_id, text), update (text, updated_at), delete
  on private_notes to :"app";
create policy read on private_notes for select to :"app" using (
  author_id = (select law.viewer()) and exists (select 1 from conversation c where c.id = private_notes.conversation_id)
);
create policy add on private_notes for insert to :"app" with check (
  author_id = (select law.viewer()) and exists (select 1 from conversation c where c.id = private_notes.conversation_id)
);
create policy change on private_notes for update to :"app" using (author_id = (select law.viewer()));
create policy remove on private_notes for delete to :"app" using (author_id = (select law.viewer()));

-- Whoever wrote one may remove it within ten minutes; after that it is closed, never removed.
alter table action_item enable row level security;
grant select, delete,
  insert (organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text, due_on),
  update (text, due_on, state, closed_at, renegotiated, kept, version)
  on action_item to :"app";
create policy read on action_item for select to :"app"
  using (one_to_one_id = any ((select law.one_to_one_ids())::uuid[]));
create policy add on action_item for insert to :"app" with check (
  created_by_id = (select law.viewer())
  and one_to_one_id = any ((select law.open_one_to_one_ids())::uuid[])
  and exists (
    select 1 from one_to_one o
    where o.id = action_item.one_to_one_id and action_item.owner_id in (o.first_id, o.second_id)
  )
);
create policy change on action_item for update to :"app"
  using (one_to_one_id = any ((select law.one_to_one_ids())::uuid[]));
create policy remove on action_item for delete to :"app" using (
  created_by_id = (select law.viewer()) and created_at > now() - interval '10 minutes'
  and one_to_one_id = any ((select law.one_to_one_ids())::uuid[])
);

-- Either side may word a promise anew until it is closed; its date and its closing are its owner's.
create or replace function law.action_item_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.state <> 'OPEN' then
    raise exception 'a closed promise stays as it is' using errcode = 'MU025';
  end if;
  if (new.due_on is distinct from old.due_on or new.state is distinct from old.state
      or new.renegotiated is distinct from old.renegotiated or new.kept is distinct from old.kept)
    and old.owner_id <> law.viewer() then
    raise exception 'the date and the closing of a promise are its owner''s' using errcode = 'MU026';
  end if;
  return new;
end $$;
create or replace trigger action_item_guard before update on action_item
  for each row when (row_security_active('action_item')) execute function law.action_item_guard();

alter table action_item_version enable row level security;
grant select, insert (item_id, version, organization_id, author_id, text), update (version, text, at)
  on action_item_version to :"app";
create policy read on action_item_version for select to :"app"
  using (exists (select 1 from action_item i where i.id = action_item_version.item_id));
create policy add on action_item_version for insert to :"app" with check (
  author_id = (select law.viewer()) and exists (select 1 from action_item i where i.id = action_item_version.item_id)
);
create policy change on action_item_version for update to :"app" using (
  author_id = (select law.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (select 1 from action_item i where i.id = action_item_version.item_id)
);

-- ------------------------------------------------------------------------------------------------ doors
-- What a serving role may do beyond its rows, each a function that does one thing and checks who asks.


-- -------------------------------------------------------------------- accounts: sessions

-- Is it time to note that this session is in use? Every five minutes; an API token's use by the day, its first use apart.
create or replace function law.touch_due(s session) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when s.person_id is not null then s.last_seen_at <= now() - interval '5 minutes'
    else s.last_seen_at = s.created_at or (s.last_seen_at at time zone 'UTC')::date < law.today() end
$$;

-- Who is asking, once a request.
create or replace function law.authenticate(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out roles text[], out scopes text[],
  out touch_due boolean
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.session_id, i.organization_id, i.person_id, i.employed,
         array(select r.role from role_grant r where r.person_id = i.person_id and i.employed order by r.role),
         i.scopes, law.touch_due(s)
  from law.identity() i join session s on s.id = i.session_id
$$;

-- Notes that the asking session is in use. The use of an API token is an entry of the audit trail, one a day.
create or replace function law.touch_session() returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with touched as (
    update session s set last_seen_at = now()
    from law.identity() i
    where s.id = i.session_id and law.touch_due(s)
    returning s.organization_id, s.person_id, s.id
  )
  insert into audit_entry (organization_id, action, subject)
  select organization_id, 'API_TOKEN_USED', 'API token ' || id from touched where person_id is null
$$;

grant execute on function law.authenticate(), law.touch_session() to :"app";

-- ---------------------------------------------------------------- doors of business goals

-- Whether the viewer may give a goal to somebody else: its owner or, where the owner has left, ORGANIZATION_ADMIN.
create or replace function law.may_hand_on_business_goal(goal_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from business_goal b
    where b.id = goal_id
      and (
        b.owner_id = (select law.viewer())
        or (
          b.organization_id = (select law.organization_as('ORGANIZATION_ADMIN'))
          and (b.status <> 'DRAFT' or b.id = any ((select law.assigned_goal_ids())::uuid[]))
          and exists (select 1 from employment_end e where e.person_id = b.owner_id and e.ended_on < law.today())
        )
      )
  )
$$;

-- Does so, to somebody who works here. False, and nothing done, for anybody else, for a version that is not the present one,
-- and for nobody known.
create or replace function law.hand_on_business_goal(goal_id uuid, seen_version integer, to_id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Whoever waited here sees the owner that there is now.
  perform 1 from business_goal b where b.id = goal_id for no key update;
  update business_goal b set owner_id = to_id, version = b.version + 1
  where b.id = goal_id and b.version = seen_version and law.may_hand_on_business_goal(b.id)
    and exists (
      select 1 from person p
      where p.id = to_id and p.organization_id = b.organization_id
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_on < law.today())
    );
  return found;
end $$;

-- What an owner's or assignee's check-in says of key results. False, and nothing done, for anybody else, for a version that
-- is not the present one, and for a key result of another goal.
create or replace function law.set_current_values(
  goal_id uuid, seen_version integer, key_result_ids uuid[], current_values double precision[]
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update business_goal b set version = b.version + 1
  where b.id = goal_id and b.version = seen_version and b.status not in ('DRAFT', 'CANCELLED')
    and b.organization_id = law.organization()
    and (b.owner_id = law.viewer() or b.id = any (law.assigned_goal_ids()))
    and not exists (
      select 1 from unnest(key_result_ids) given(id)
      where not exists (select 1 from key_result k where k.id = given.id and k.business_goal_id = b.id)
    );
  if not found then
    return false;
  end if;
  update key_result k set current_value = given.value
  from unnest(key_result_ids, current_values) given(id, value)
  where k.id = given.id;
  return true;
end $$;

-- The goals of everybody who has left go to the PRIMARY manager of their last day or, where that one has left too, to
-- theirs, and so on up; where nobody follows they stay until ORGANIZATION_ADMIN names somebody. Asks not who calls: it only
-- does what is due. Does nothing while somebody else is at it. Returns how many goals went.
create or replace function law.hand_on_goals_of_leavers() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  handed_on integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('law.hand_on_goals_of_leavers', 0)) then
    return 0;
  end if;
  with recursive climb as (
    select e.person_id as leaver_id, e.person_id as at_id, 0 as steps
    from employment_end e
    where e.ended_on < law.today() and exists (select 1 from business_goal b where b.owner_id = e.person_id)
    union all
    select climb.leaver_id, line.manager_id, climb.steps + 1
    from climb
    join employment_end e on e.person_id = climb.at_id and e.ended_on < law.today()
    cross join lateral (
      select l.manager_id from reporting_line l
      where l.report_id = climb.at_id and l.kind = 'PRIMARY'
        and l.starts_on <= e.ended_on and (l.ends_on is null or l.ends_on > e.ended_on)
    ) line
    -- Managers of different days may form a circle.
    where climb.steps < 50
  )
  update business_goal b set owner_id = climb.at_id, version = b.version + 1
  from climb
  where b.owner_id = climb.leaver_id
    and not exists (select 1 from employment_end e where e.person_id = climb.at_id and e.ended_on < law.today());
  get diagnostics handed_on = row_count;
  return handed_on;
end $$;

-- An end of employment that is written after its day: its goals need not wait for the hour.
create or replace function law.employment_ended() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from changed where ended_on < law.today()) then
    perform law.hand_on_goals_of_leavers();
  end if;
  return null;
end $$;
create or replace trigger employment_end_added after insert on employment_end
  referencing new table as changed for each statement execute function law.employment_ended();
create or replace trigger employment_end_updated after update on employment_end
  referencing new table as changed for each statement execute function law.employment_ended();

-- Proposals that have lapsed are words that nobody can read any more. Asks not who calls. Returns how many went.
create or replace function law.forget_lapsed_proposals() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten integer;
begin
  delete from alignment where state = 'PROPOSED' and created_at <= now() - interval '30 days';
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

grant execute on function
  law.may_hand_on_business_goal(uuid), law.hand_on_business_goal(uuid, integer, uuid),
  law.set_current_values(uuid, integer, uuid[], double precision[]),
  law.hand_on_goals_of_leavers(), law.forget_lapsed_proposals()
  to :"app";

-- -------------------------------------------------------------------- accounts: signing in
-- Whoever wants in brings a proof: the stored hash of the password, worked out anew from the password and the stored
-- parameters, or the hash of a link's token. So stored hashes never leave the database, and not even the serving role can open
-- a session in somebody's name.

-- Is the account open: not disabled, and employed or within ninety days of the end.
create or replace function law.account_is_open(a account) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.disabled_at is null
    and not exists (select 1 from employment_end e where e.person_id = a.person_id and e.ended_on + 90 < law.today())
$$;

-- By the hashes of both, so that the time of the comparison tells nothing about either.
create or replace function law.password_proved(a account, proof text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(a.password_hash, 'UTF8')) = sha256(convert_to(proof, 'UTF8'))
$$;

-- Opens a session for ninety days at most (sixteen when unused: law.identity). The callers below have seen a proof.
create or replace function law.open_session(for_person uuid, token_hash bytea, label text) returns timestamptz
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into session (organization_id, person_id, label, expires_at, token_hash)
  select a.organization_id, a.person_id, left(label, 200), now() + interval '90 days', open_session.token_hash
  from account a where a.person_id = for_person
  returning expires_at
$$;

create or replace function law.end_sessions(of_person uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set revoked_at = now() where person_id = of_person and revoked_at is null
$$;

-- How the password of an address is hashed: all of the stored text but the hash itself. Null without an open account.
create or replace function law.password_parameters(address text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a
  where lower(a.sign_in_address) = lower(address) and law.account_is_open(a)
$$;

-- Likewise for whoever is signed in.
create or replace function law.own_password_parameters() returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a where a.person_id = law.self()
$$;

-- The end of the new session, or null: no such account, not open, or not its password.
create or replace function law.sign_in(address text, proof text, token_hash bytea, label text) returns timestamptz
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select law.open_session(a.person_id, token_hash, label) from account a
  where lower(a.sign_in_address) = lower(address) and law.account_is_open(a) and law.password_proved(a, proof)
$$;

-- Ends every session and opens a new one. Null without the present password.
create or replace function law.change_password(proof text, new_hash text, token_hash bytea, label text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := law.self();
begin
  update account a set password_hash = new_hash, password_changed_at = now()
  where a.person_id = me and law.password_proved(a, proof);
  if not found then
    return null;
  end if;
  delete from password_reset where person_id = me;
  perform law.end_sessions(me);
  return law.open_session(me, token_hash, label);
end $$;

-- Whose link for a new password this is, while it works.
create or replace function law.password_reset_link(link_hash bytea, out address text, out name text) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.sign_in_address, p.name
  from password_reset r join account a on a.person_id = r.person_id join person p on p.id = r.person_id
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now() and law.account_is_open(a)
$$;

-- Uses the link: a new password, every session ended, a new one opened, other links for it dead. Null if it does not work.
create or replace function law.reset_password(link_hash bytea, new_hash text, token_hash bytea, label text)
  returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who uuid;
begin
  update password_reset r set used_at = now()
  from account a
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now()
    and a.person_id = r.person_id and law.account_is_open(a)
  returning r.person_id into who;
  if who is null then
    return null;
  end if;
  update account set password_hash = new_hash, password_changed_at = now() where person_id = who;
  delete from password_reset where person_id = who and used_at is null;
  perform law.end_sessions(who);
  return law.open_session(who, token_hash, label);
end $$;

-- -------------------------------------------------------------------- accounts: the sign-in address

-- Asks for another address; replaces what was asked before. Nothing without the present password.
create or replace function law.request_address_change(
  proof text, wanted text, old_hash bytea, new_hash bytea, out old_address text, out effective_at timestamptz
) returns setof record
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  mine account;
begin
  select a.* into mine from account a where a.person_id = law.self() and law.password_proved(a, proof) for update;
  if not found then
    return;
  end if;
  delete from address_change where person_id = mine.person_id;
  return query
    insert into address_change (person_id, organization_id, new_address, old_token_hash, new_token_hash)
    values (mine.person_id, mine.organization_id, wanted, old_hash, new_hash)
    returning mine.sign_in_address, address_change.effective_at;
end $$;

-- What whoever is signed in has asked for.
create or replace function law.own_address_change(
  out new_address text, out requested_at timestamptz, out effective_at timestamptz,
  out old_confirmed boolean, out new_confirmed boolean
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null
  from address_change c
  where c.person_id = law.self() and (c.new_confirmed_at is not null or c.requested_at > now() - interval '72 hours')
$$;

-- Uses a link of either address. Nothing if it does not work; MU031 if somebody else signs in with the new address by now,
-- which only whoever reads the mails of that address comes to hear.
create or replace function law.confirm_address_change(
  link_hash bytea, out new_address text, out requested_at timestamptz, out effective_at timestamptz,
  out old_confirmed boolean, out new_confirmed boolean
) returns setof record
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  if exists (
    select 1 from address_change c join account a on lower(a.sign_in_address) = lower(c.new_address)
    where c.new_token_hash = link_hash and a.person_id <> c.person_id
  ) then
    raise exception 'another account signs in with this address' using errcode = 'MU031';
  end if;
  return query
    update address_change c
    set old_confirmed_at = case when c.old_token_hash = link_hash then now() else c.old_confirmed_at end,
        new_confirmed_at = case when c.new_token_hash = link_hash then now() else c.new_confirmed_at end
    where c.requested_at > now() - interval '72 hours'
      and ((c.old_token_hash = link_hash and c.old_confirmed_at is null)
        or (c.new_token_hash = link_hash and c.new_confirmed_at is null))
    returning c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null;
end $$;

-- By whoever is signed in, or by the link in the notice to the old address, as long as the change has not happened.
create or replace function law.cancel_address_change(link_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if link_hash is null then
    delete from address_change where person_id = law.self();
  else
    delete from address_change where old_token_hash = link_hash;
  end if;
  return found;
end $$;

-- Carries out what is due, all of it or what concerns one address; ends the sessions. Gives the addresses to be told.
create or replace function law.apply_address_changes(concerning text, out old_address text, out new_address text)
  returns setof record
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  due address_change;
begin
  for due in
    select c.* from address_change c join account a on a.person_id = c.person_id
    where c.new_confirmed_at is not null and (c.old_confirmed_at is not null or c.effective_at <= now())
      and (concerning is null or lower(concerning) in (lower(c.new_address), lower(a.sign_in_address)))
    for update of c skip locked
  loop
    delete from address_change c where c.person_id = due.person_id;
    select a.sign_in_address into old_address from account a where a.person_id = due.person_id;
    begin
      update account a set sign_in_address = due.new_address where a.person_id = due.person_id;
    exception when unique_violation then
      -- Somebody else was there first: this person keeps the old one.
      continue;
    end;
    delete from password_reset r where r.person_id = due.person_id;
    perform law.end_sessions(due.person_id);
    new_address := due.new_address;
    return next;
  end loop;
  delete from address_change c where c.new_confirmed_at is null and c.requested_at <= now() - interval '72 hours';
end $$;

-- -------------------------------------------------------------------- accounts: administration

-- Disabling ends all sessions and refuses sign-in at once, and changes nothing else. Null where there is no account in the
-- organization of this PEOPLE_ADMIN, false where it was so already.
create or replace function law.set_account_disabled(of_person uuid, disabled boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  was boolean;
begin
  select a.disabled_at is not null into was from account a
  where a.person_id = of_person and a.organization_id = law.organization_as('PEOPLE_ADMIN') and a.person_id <> law.viewer()
  for update;
  if was is null or was = disabled then
    return was <> disabled;
  end if;
  update account set disabled_at = case when disabled then now() end where person_id = of_person;
  if disabled then
    perform law.end_sessions(of_person);
    delete from password_reset where person_id = of_person;
  end if;
  return true;
end $$;

-- Which of these people of the asking PEOPLE_ADMIN's organization can be invited, and what stands against it in the others.
create or replace function law.invitable(
  person_ids uuid[], out person_id uuid, out address text, out name text, out problem text
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.email, p.name,
    case
      when exists (select 1 from account a where a.person_id = p.id) then 'ACCOUNT'
      when exists (select 1 from employment_end e where e.person_id = p.id and e.ended_on < law.today()) then 'LEFT'
      when p.email is null then 'NO_ADDRESS'
    end
  from person p
  where p.id = any (person_ids) and p.organization_id = law.organization_as('PEOPLE_ADMIN')
$$;

-- Invites them, at the directory's address; an open invitation gives way, and its link dies. Nobody who has an account.
create or replace function law.invite(person_ids uuid[], token_hashes bytea[])
  returns table (id uuid, person_id uuid, address text, sent_at timestamptz, expires_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  -- Nobody accepts an invitation, or is invited by somebody else, meanwhile.
  perform 1 from person p where p.id = any (person_ids) order by p.id for no key update;
  delete from invitation i using law.invitable(person_ids) c
  where i.person_id = c.person_id and c.problem is null and i.accepted_at is null;
  return query
    insert into invitation (organization_id, person_id, address, sent_by, token_hash)
    select law.organization_as('PEOPLE_ADMIN'), c.person_id, c.address, law.viewer(), w.token_hash
    from unnest(person_ids, token_hashes) as w (person_id, token_hash)
    join law.invitable(person_ids) c on c.person_id = w.person_id and c.problem is null
    returning invitation.id, invitation.person_id, invitation.address, invitation.sent_at, invitation.expires_at;
end $$;

-- Whose invitation this is, while it works.
create or replace function law.invitation_link(link_hash bytea, out address text, out name text) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.address, p.name
  from invitation i join person p on p.id = i.person_id
  where i.token_hash = link_hash and i.accepted_at is null and i.expires_at > now()
    and not exists (select 1 from account a where a.person_id = i.person_id)
    and not exists (select 1 from employment_end e where e.person_id = i.person_id and e.ended_on < law.today())
$$;

-- Uses the invitation: an account with this password, and a first session. Null if it does not work. Fails on
-- account_sign_in_address_key where somebody else signs in with the address.
create or replace function law.accept_invitation(link_hash bytea, password_hash text, token_hash bytea, label text)
  returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  taken invitation;
begin
  perform 1 from person p join invitation i on i.person_id = p.id where i.token_hash = link_hash for no key update of p;
  if not exists (select 1 from law.invitation_link(link_hash)) then
    return null;
  end if;
  update invitation i set accepted_at = now() where i.token_hash = link_hash returning i.* into taken;
  insert into account (person_id, organization_id, sign_in_address, password_hash)
  values (taken.person_id, taken.organization_id, taken.address, accept_invitation.password_hash);
  return law.open_session(taken.person_id, accept_invitation.token_hash, label);
end $$;

grant execute on function
  law.password_parameters(text), law.own_password_parameters(), law.sign_in(text, text, bytea, text),
  law.change_password(text, text, bytea, text), law.password_reset_link(bytea), law.reset_password(bytea, text, bytea, text),
  law.request_address_change(text, text, bytea, bytea), law.own_address_change(), law.confirm_address_change(bytea),
  law.cancel_address_change(bytea), law.apply_address_changes(text), law.set_account_disabled(uuid, boolean),
  law.invitable(uuid[]), law.invite(uuid[], bytea[]), law.invitation_link(bytea),
  law.accept_invitation(bytea, text, bytea, text)
  to :"app";

-- -------------------------------------------------------------------- mail
-- For the service itself, never in anybody's name.

create or replace function law.for_the_service_only() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if nullif(current_setting('app.session', true), '') is not null then
    raise exception 'not in somebody''s name' using errcode = 'MU030';
  end if;
end $$;

-- Takes mails that are due, for two minutes; whoever dies with them leaves them to the next. Three days of trying are enough:
-- the links are dead by then.
create or replace function law.take_mail(at_most integer)
  returns table (id uuid, recipient text, subject text, body text, attempts integer)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  asked outbox_mail;
  found_account account;
begin
  perform law.for_the_service_only();
  -- Who signs in with this address? Nobody: then there is nothing to send.
  for asked in
    select * from outbox_mail m where m.password_reset_hash is not null and m.not_before <= now()
    order by m.not_before limit at_most for update skip locked
  loop
    select a.* into found_account from account a
    where lower(a.sign_in_address) = lower(asked.recipient) and law.account_is_open(a);
    if found then
      insert into password_reset (organization_id, person_id, token_hash)
      values (found_account.organization_id, found_account.person_id, asked.password_reset_hash);
      update outbox_mail m set recipient = found_account.sign_in_address, password_reset_hash = null where m.id = asked.id;
    else
      delete from outbox_mail m where m.id = asked.id;
    end if;
  end loop;
  return query
    with due as (
      select m.id from outbox_mail m where m.not_before <= now() and m.password_reset_hash is null
      order by m.not_before limit at_most for update skip locked
    )
    update outbox_mail m set attempts = m.attempts + 1, not_before = now() + interval '2 minutes'
    from due where m.id = due.id
    returning m.id, m.recipient, m.subject, m.body, m.attempts;
end $$;

create or replace function law.mail_sent(mail_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform law.for_the_service_only();
  delete from outbox_mail where id = mail_id;
end $$;

-- Leaves it for later: half a minute, then twice as long each time, two hours at most. True if it was given up.
create or replace function law.mail_failed(mail_id uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform law.for_the_service_only();
  delete from outbox_mail where id = mail_id and created_at < now() - interval '72 hours';
  if found then
    return true;
  end if;
  update outbox_mail
  set last_error = left(reason, 500),
      not_before = now() + least(interval '30 seconds' * power(2, least(attempts - 1, 20)), interval '2 hours')
  where id = mail_id;
  return false;
end $$;

grant execute on function law.take_mail(integer), law.mail_sent(uuid), law.mail_failed(uuid, text) to :"app";

-- ---------------------------------------------------------------- doors of the directory

-- A page of the people in whose name, e-mail or title each of these words occurs, by name and id, after a place in that order.
-- The directory's rule again, as the owner: under the policy LIKE may not use the index, since it is not leakproof and could
-- tell of hidden rows; here none are hidden.
-- Common words fill the page on a short way through the names; rare ones have few matches, which the index finds and gives in no
-- order. Which kind a word is nobody knows beforehand, statistics least of all where its matches stand together ("Sofia"). So
-- both ways are tried in turn, first a little of each, then more: what neither finishes is dear at most by its matches.
create or replace function law.find_people(
  words text, in_department uuid, at_location uuid, with_former boolean, after_name text, after_id uuid, size integer
) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  organization uuid := law.directory();
  matching text;
  -- Whether the index knows of one of the words: it is made of runs of three letters.
  indexed boolean;
  in_list text := case when in_department is not null then ' and p.department_id = $2'
                       when at_location is not null then ' and p.location_id = $3' else '' end
    || case when after_id is null then '' else ' and (p.name, p.id) > ($4, $5)' end;
  walk text;
  gather text;
  reach integer;
  found_ids uuid[];
  all_found boolean;
begin
  if organization is null then
    return;
  end if;
  -- As literals, so that the planner sees how rare they are.
  select coalesce(string_agg(
      format(' and p.search_text like %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), ''), ''),
    coalesce(bool_or(word ~ '[[:alnum:]]{3}'), false)
  into matching, indexed
  from (
    select distinct word from regexp_split_to_table(searchable(words), '\s+') as word where word <> ''
    order by word limit 10
  ) w;
  matching := matching
    || case when in_department is null or at_location is null then '' else ' and p.location_id = $3' end
    || case when with_former then '' else
         ' and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_on < law.today())' end;
  -- The matches among the first $7 names: the limit within keeps the way short, whatever the words.
  walk := 'select array(select p.id from (select p.* from person p where p.organization_id = $1' || in_list
    || ' order by p.name, p.id limit $7) p where true' || matching || ' order by p.name, p.id limit $6)';
  -- The first of all matches, if these are fewer than $7. Materialized, lest the planner go through the names after all.
  gather := 'with found as materialized (select p.id, p.name from person p where p.organization_id = $1' || in_list || matching
    || ' limit $7) select array(select id from found order by name, id limit $6), (select count(*) from found) < $7';
  foreach reach in array case when indexed then array[250, 2500] else array[null::integer] end loop
    execute walk into found_ids
      using organization, in_department, at_location, after_name, after_id, size, reach;
    exit when cardinality(found_ids) >= size or not indexed;
    execute gather into found_ids, all_found
      using organization, in_department, at_location, after_name, after_id, size, case reach when 250 then 200 end;
    exit when all_found;
  end loop;
  return query select unnest(found_ids);
end $$;

-- The ends of a person's reporting lines follow the end of their employment, or of that of those on the other side.
create or replace function law.fit_reporting_lines(person_id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform fit_reporting_lines(array[p.id]) from person p
  where p.id = person_id and p.organization_id = law.organization_as('PEOPLE_ADMIN');
end $$;

-- The three steps of an import (0004-import.sql), for those who may import.
create or replace function law.import_begin() returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if law.organization_to_import() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  return import_begin(law.organization_to_import());
end $$;

create or replace function law.import_add(
  import uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[], departments text[],
  locations text[], manager_external_ids text[], hired date[], gone date[]
) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if law.organization_to_import() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  perform import_add(import, law.organization_to_import(), lines, external_ids, emails, names, titles, departments, locations,
                     manager_external_ids, hired, gone);
end $$;

create or replace function law.import_finish(
  import uuid, dry_run boolean, row_count integer, bad jsonb, bad_count integer
) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Rows come from law.import_add, so an import of another organization has none here.
  if law.organization_to_import() is null or exists (
    select 1 from import_row r where r.import_id = import and r.organization_id <> law.organization_to_import()
  ) then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  return import_finish(import, law.organization_to_import(), law.viewer(), dry_run, row_count, bad, bad_count);
end $$;

grant execute on function
  law.find_people(text, uuid, uuid, boolean, text, uuid, integer), law.fit_reporting_lines(uuid), law.import_begin(),
  law.import_add(uuid, integer[], text[], text[], text[], text[], text[], text[], text[], date[], date[]),
  law.import_finish(uuid, boolean, integer, jsonb, integer)
  to :"app";

-- ---------------------------------------------------------------- doors of one-to-ones

-- The viewer thought better of it: takes back their no to an invitation by this person that has not lapsed, which they could
-- not see any more. For starting a one-to-one with whoever asked before.
create or replace function law.take_back_decline(by_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from one_to_one_decline d using one_to_one o
  where o.id = d.one_to_one_id and d.person_id = law.viewer() and o.started_by_id = by_id
    and o.state = 'INVITED' and o.invited_at > now() - interval '30 days'
$$;

-- Queues a mail for somebody of the viewer's organization, to the address that they sign in with, which is nobody else's to
-- know. Nothing for whoever has no account. Returns whether there was one.
create or replace function law.mail_person(to_id uuid, subject text, body text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into outbox_mail (recipient, subject, body)
  select a.sign_in_address, mail_person.subject, mail_person.body from account a
  where a.person_id = to_id and a.organization_id = law.organization() and a.disabled_at is null;
  return found;
end $$;

-- Points move by these three doors only, because drafts, which only their authors see, move as well. The three never tell
-- whether there were any. All ask for an open one-to-one of the viewer.

-- Undiscussed points of a conversation that has closed go on to a planned one of the same pair or, with null, wait at the pair.
create or replace function law.carry_points(from_conversation uuid, to_conversation uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  left_behind conversation;
begin
  select c.* into left_behind from conversation c
  where c.id = from_conversation and c.one_to_one_id = any (law.open_one_to_one_ids()) and c.status <> 'PLANNED';
  if not found or to_conversation is not null and not exists (
    select 1 from conversation c
    where c.id = to_conversation and c.one_to_one_id = left_behind.one_to_one_id and c.status = 'PLANNED'
  ) then
    raise exception 'points are not carried so' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, to_id, organization_id, position)
  select t.id, from_conversation, to_conversation, t.organization_id, t.position
  from talking_point t where t.conversation_id = from_conversation and not t.discussed
  on conflict (point_id, from_id) do update set to_id = excluded.to_id, position = excluded.position, carried_at = now();
  update talking_point t
  set conversation_id = to_conversation, times_carried = t.times_carried + 1, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there
      where there.one_to_one_id = left_behind.one_to_one_id and there.conversation_id is not distinct from to_conversation
    ), 0) as position
    from talking_point p where p.conversation_id = from_conversation and not p.discussed
  ) placed
  where t.id = placed.id;
end $$;

-- Points that wait at the pair move into a conversation that is planned now. They were counted when they began to wait.
create or replace function law.admit_points(to_conversation uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  planned conversation;
begin
  select c.* into planned from conversation c
  where c.id = to_conversation and c.one_to_one_id = any (law.open_one_to_one_ids()) and c.status = 'PLANNED';
  if not found then
    raise exception 'points are not carried so' using errcode = 'MU028';
  end if;
  update talking_point_carry k set to_id = to_conversation
  from talking_point t
  where t.id = k.point_id and t.one_to_one_id = planned.one_to_one_id and t.conversation_id is null and k.to_id is null;
  update talking_point t set conversation_id = to_conversation, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there where there.conversation_id = to_conversation
    ), 0) as position
    from talking_point p where p.one_to_one_id = planned.one_to_one_id and p.conversation_id is null
  ) placed
  where t.id = placed.id;
end $$;

-- A conversation was taken back: what it had carried on returns with its place and the count, unless it was discussed since or went
-- on from where it was carried to.
create or replace function law.return_points(reopened uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select 1 from conversation c
    where c.id = reopened and c.one_to_one_id = any (law.open_one_to_one_ids()) and c.status = 'PLANNED'
  ) then
    raise exception 'points are not carried so' using errcode = 'MU028';
  end if;
  with returning_points as (
    delete from talking_point_carry k using talking_point t
    where k.from_id = reopened and t.id = k.point_id and not t.discussed
      and t.conversation_id is not distinct from k.to_id
      and (k.to_id is null or exists (select 1 from conversation c where c.id = k.to_id and c.status = 'PLANNED'))
    returning k.point_id, k.position
  )
  update talking_point t
  set conversation_id = reopened, times_carried = greatest(t.times_carried - 1, 0), position = r.position
  from returning_points r where t.id = r.point_id;
end $$;

-- A conversation that the rhythm planned when another closed goes again when that one is taken back, if nothing was written in it.
-- That is judged by what both can see: a shared point raised or discussed there, shared notes, a promise made there, the hour
-- moved by hand. Hidden drafts must not keep it (the other would learn of them) nor get lost: they move into the conversation that
-- was taken back, and private notes are added to their author's there. Returns whether it went.
create or replace function law.withdraw_conversation(planned uuid, reopened uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select 1 from conversation p join conversation r on r.id = p.planned_after_id
    where p.id = planned and r.id = reopened and p.status = 'PLANNED' and r.status = 'PLANNED'
      and p.one_to_one_id = any (law.open_one_to_one_ids())
      and p.scheduled_at = p.series_at
  )
    or exists (select 1 from shared_notes n where n.conversation_id = planned and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = planned)
    or exists (
      select 1 from talking_point t
      where t.conversation_id = planned and not t.draft and (t.raised_in_id = planned or t.discussed)
    ) then
    return false;
  end if;
  with back as (
    delete from talking_point_carry k where k.from_id = reopened and k.to_id = planned returning k.point_id
  )
  update talking_point t set times_carried = greatest(t.times_carried - 1, 0) from back where t.id = back.point_id;
  update talking_point_carry k set to_id = reopened where k.to_id = planned;
  update talking_point t
  set conversation_id = reopened, position = placed.position,
      raised_in_id = case when t.raised_in_id = planned then reopened else t.raised_in_id end
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there where there.conversation_id = reopened
    ), 0) as position
    from talking_point p where p.conversation_id = planned
  ) placed
  where t.id = placed.id;
  insert into private_notes as kept (conversation_id, author_id, organization_id, text)
  select reopened, n.author_id, n.organization_id, n.text from private_notes n where n.conversation_id = planned and n.text <> ''
  on conflict (conversation_id, author_id)
    do update set text = concat_ws(E'\n\n', nullif(kept.text, ''), excluded.text), updated_at = now();
  delete from conversation c where c.id = planned;
  return true;
end $$;

-- Puts a point before another of its conversation or, with null, last. All that stand there line up anew, hidden drafts too, so
-- that no two others change places: if only those that the viewer sees were numbered, the other would see from their own drafts
-- that something hidden had moved. False, and nothing done, unless the viewer sees both, in an open one-to-one of theirs.
create or replace function law.place_point(point_id uuid, before_id uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  placed talking_point;
begin
  select t.* into placed from talking_point t
  where t.id = point_id and t.conversation_id is not null and t.one_to_one_id = any (law.open_one_to_one_ids())
    and (not t.draft or t.author_id = law.viewer());
  if not found or before_id is not null and not exists (
    select 1 from talking_point t
    where t.id = before_id and t.id <> point_id and t.conversation_id = placed.conversation_id
      and (not t.draft or t.author_id = law.viewer())
  ) then
    return false;
  end if;
  update talking_point t set position = line.position
  from (
    select p.id, row_number() over (order by place.position, place.id, p.id = point_id desc) as position
    from talking_point p
    left join talking_point place on place.id = case when p.id = point_id then before_id else p.id end
    where p.conversation_id = placed.conversation_id
  ) line
  where t.id = line.id and t.position <> line.position;
  return true;
end $$;

-- The author of a point takes away what it is about, also where they do not see that goal any more.
create or replace function law.forget_point_subject(of_point uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from talking_point_subject s using talking_point t
  where s.point_id = of_point and t.id = s.point_id
    and s.author_id = law.viewer() and t.one_to_one_id = any (law.open_one_to_one_ids())
$$;

grant execute on function
  law.take_back_decline(uuid), law.mail_person(uuid, text, text), law.carry_points(uuid, uuid), law.admit_points(uuid),
  law.return_points(uuid), law.withdraw_conversation(uuid, uuid), law.place_point(uuid, uuid), law.forget_point_subject(uuid)
  to :"app";

-- ---------------------------------------------------------------- operations sent again, tries counted

alter table installation_secret enable row level security;
create policy nobody on installation_secret for all to :"app" using (false);
alter table idempotency_key enable row level security;
create policy nobody on idempotency_key for all to :"app" using (false);
alter table throttle enable row level security;
create policy nobody on throttle for all to :"app" using (false);

-- A hash that only this installation can make (NMAC). For the functions below; granted to nobody.
create or replace function law.keyed_hash(message bytea) returns bytea
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select sha256(s.outer_key || sha256(s.inner_key || message)) from installation_secret s
$$;

-- The first statement of a mutation whose operation carries a key. NEW: nobody has done this field of it; its row is locked until
-- the transaction ends, so whoever sends it meanwhile waits, three seconds at most. DONE: it was done, and this came of it.
-- REUSED: the key stands for another body.
create or replace function law.begin_once(once_key text, field text, body bytea, out outcome text, out result jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
declare
  asking record;
  hash bytea := law.keyed_hash(body);
  known idempotency_key;
begin
  select i.organization_id, coalesce(i.person_id, i.session_id) as id into asking from law.identity() i;
  if not found then
    raise exception 'nobody has keys' using errcode = 'MU050';
  end if;
  loop
    insert into idempotency_key (viewer_id, key, organization_id, body_hash)
    values (asking.id, once_key, asking.organization_id, hash) on conflict do nothing;
    select * into known from idempotency_key k where k.viewer_id = asking.id and k.key = once_key for update;
    exit when found;
  end loop;
  if known.at <= now() - interval '24 hours' then
    update idempotency_key k set body_hash = hash, results = '{}', at = now()
    where k.viewer_id = asking.id and k.key = once_key;
    outcome := 'NEW';
  elsif known.body_hash <> hash then
    outcome := 'REUSED';
  elsif known.results ? field then
    outcome := 'DONE';
    result := known.results -> field;
  else
    outcome := 'NEW';
  end if;
end $$;

-- The last statement of it: what came of this field.
create or replace function law.end_once(once_key text, field text, result jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update idempotency_key k set results = k.results || jsonb_build_object(field, result)
  from law.identity() i
  where k.viewer_id = coalesce(i.person_id, i.session_id) and k.key = once_key
$$;

-- Counts a try of each subject, or of none: then the seconds until the next one. A count goes down by one every so many seconds
-- (forgotten). From the free-th try on the next has to wait: `first` seconds, then twice as long each time, `longest` at most.
-- Subjects come in the same order from everybody. For the doors below; granted to nobody.
create or replace function law.count_tries(
  subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[]
) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hashes bytea[] := array(select law.keyed_hash(convert_to(s, 'UTF8')) from unnest(subjects) with ordinality u (s, n) order by n);
  counted throttle[] := '{}';
  one throttle;
  wait double precision := 0;
  reached double precision;
begin
  for n in 1 .. cardinality(subjects) loop
    loop
      insert into throttle (subject, level, at) values (hashes[n], 0, clock_timestamp()) on conflict do nothing;
      select * into one from throttle t where t.subject = hashes[n] for update;
      exit when found;
    end loop;
    counted := counted || one;
    wait := greatest(wait, case when one.not_before > clock_timestamp()
      then extract(epoch from one.not_before - clock_timestamp()) end);
  end loop;
  if wait > 0 then
    return wait;
  end if;
  for n in 1 .. cardinality(subjects) loop
    one := counted[n];
    reached := greatest(0, one.level - greatest(0, extract(epoch from clock_timestamp() - one.at)) / forgotten[n]) + 1;
    update throttle t set level = reached, at = clock_timestamp(),
      -- What has been forgotten since of a single try is no matter.
      not_before = case when reached + 0.5 < free[n] then '-infinity'
        else clock_timestamp() + make_interval(secs => least(first[n] * power(2, least(floor(reached + 0.5 - free[n]), 30)), longest[n]))
      end
    where t.subject = hashes[n];
  end loop;
  return 0;
end $$;

-- The service counts what people try who are not signed in, or who are to show that they are themselves.
create or replace function law.admit_tries(
  subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[]
) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform law.for_the_service_only();
  return law.count_tries(subjects, free, forgotten, first, longest);
end $$;

-- Tries that came to a good end: of those in `whole` nothing stays, of those in `once` the one.
create or replace function law.take_back_tries(whole text[], once text[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from throttle t using unnest(whole) w (subject) where t.subject = law.keyed_hash(convert_to(w.subject, 'UTF8'));
  update throttle t set level = greatest(0, t.level - 1), not_before = '-infinity'
  from unnest(once) o (subject) where t.subject = law.keyed_hash(convert_to(o.subject, 'UTF8'))
$$;

-- What somebody who is signed in does at most so often a day, of a kind and about each of these. Counts all of them, or none:
-- then the seconds until it may be done.
create or replace function law.count_daily(kind text, about text[], a_day integer) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := law.self();
  subjects text[] := array(select distinct format('daily %s %s %s', kind, me, a) from unnest(about) a order by 1);
  many integer := cardinality(subjects);
  pace double precision := 86400.0 / a_day;
begin
  if me is null then
    raise exception 'nobody does this' using errcode = 'MU050';
  end if;
  return law.count_tries(subjects, array_fill(a_day::double precision, array[many]), array_fill(pace, array[many]),
    array_fill(pace, array[many]), array_fill(pace, array[many]));
end $$;

-- Adds to what a caller has cost; it runs off in a minute. The seconds until they are within their budget again; 0: they are.
create or replace function law.spend(caller text, amount double precision, a_minute double precision) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  total double precision;
begin
  perform law.for_the_service_only();
  insert into throttle as t (subject, level, at)
  values (law.keyed_hash(convert_to('cost ' || caller, 'UTF8')), least(amount, 2 * a_minute), clock_timestamp())
  on conflict (subject) do update
    set level = least(greatest(0, t.level - greatest(0, extract(epoch from clock_timestamp() - t.at)) * a_minute / 60) + amount,
          2 * a_minute),
        at = clock_timestamp()
  returning t.level into total;
  return greatest(0, (total - a_minute) * 60 / a_minute);
end $$;

-- Whether this is the token of a session, perhaps over, of whoever signs in with this address.
create or replace function law.is_known_device(address text, token_hash bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from session s join account a on a.person_id = s.person_id
    where s.token_hash = is_known_device.token_hash and lower(a.sign_in_address) = lower(address)
  )
$$;

-- Forgets keys of more than a day and counts that have run off. How many; one process at a time, the others pass.
create or replace function law.forget_keys_and_tries() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  keys integer;
  tries integer;
begin
  perform law.for_the_service_only();
  if not pg_try_advisory_xact_lock(hashtextextended('law.forget_keys_and_tries', 0)) then
    return 0;
  end if;
  delete from idempotency_key where at <= now() - interval '24 hours';
  get diagnostics keys = row_count;
  -- No count takes longer than a day to run off (libs/auth/throttle.ts).
  delete from throttle where at < now() - interval '24 hours' and not_before < now();
  get diagnostics tries = row_count;
  return keys + tries;
end $$;

grant execute on function
  law.begin_once(text, text, bytea), law.end_once(text, text, jsonb),
  law.admit_tries(text[], double precision[], double precision[], double precision[], double precision[]),
  law.take_back_tries(text[], text[]), law.count_daily(text, text[], integer),
  law.spend(text, double precision, double precision), law.is_known_device(text, bytea), law.forget_keys_and_tries()
  to :"app";
