-- Who sees and changes which rows.
--
-- The files in this folder hold all policies, grants, functions and triggers. Every migrate applies them in the order of their
-- names, in one transaction, after it has taken back all grants and dropped all policies; then it drops the triggers, functions and
-- views that are in none of them. Each file holds one domain.
-- :"app" stands for the group role of everybody who serves people (settings: ROLE_PREFIX), :"worker" for that of the worker,
-- which sends mail. The tables belong to the role
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
-- * Unique keys, foreign keys and CHECKs look at all rows, whoever asks. Where one would answer for a row that is hidden, the WITH CHECK
--   asks for its parent first (exists, under the parent's own policies), so that the refusal is the same as for an id of nothing.
-- * Days of employment and reporting lines are stored with their instants (11-employment.sql). Shares, lines and employment are
--   judged when they are read, against now(), never by a job.

create schema if not exists app;

grant usage on schema public, app to :"app";
-- For all schemas: within one, nothing can be taken away that is given everywhere, as EXECUTE to everybody is.
alter default privileges revoke execute on functions from public;

-- ------------------------------------------------------------------------------------------------ who is asking

-- The day in UTC: for what is counted by the day and is nobody's calendar.
create or replace function app.today() returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (now() at time zone 'UTC')::date
$$;

-- The scopes of API tokens that a person's roles give.
create or replace function app.scopes_of_roles(person_id uuid) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array_remove(array[
    case when 'HR_ANALYST' = any (roles) then 'TRENDS_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_WRITE' end,
    case when 'ORGANIZATION_ADMIN' = any (roles) then 'SCHEMA_READ' end
  ], null)
  from (select array(select r.role from role_grant r where r.person_id = scopes_of_roles.person_id)) granted(roles)
$$;

-- Whether a person is employed and holds the roles that give these scopes. An API token is over as soon as its maker does not;
-- triggers in 20-accounts.sql revoke it, so that it does not start to work again.
create or replace function app.may_give_scopes(maker uuid, scopes text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select scopes <@ app.scopes_of_roles(maker)
    and not exists (select 1 from employment_end e where e.person_id = maker and e.ended_at <= clock_timestamp())
$$;

-- The live session behind app.session: at most one row. Sixteen days unused or past its end, a session is over. A disabled account
-- has none while employed; that shortens nobody's ninety days after the end of employment, when nothing is left to sign in to. An
-- API token is over once its maker has left or no longer holds the role that gives its scopes.
-- Every policy asks, often several times a statement, so it looks no further than it must: roles are looked up by whoever asks
-- for one.
-- By the clock and not by now(), which stands still in a transaction: one that is kept open outlives nothing that it was opened with.
-- Not SECURITY DEFINER, and without a search_path of its own: so PostgreSQL expands it into the functions below instead of calling it,
-- which spares each of their calls a quarter of its time. They are SECURITY DEFINER and pin the search_path; the serving role may
-- not call this one.
create or replace function app.live_session(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
-- The planner would otherwise expect a thousand rows and read whole tables to join them.
language sql stable rows 1 as $$
  select s.id, s.organization_id, s.person_id,
         s.person_id is not null and (e.ended_at is null or e.ended_at > clock_timestamp()),
         s.scopes
  from session s
  left join account a on a.person_id = s.person_id
  left join employment_end e on e.person_id = s.person_id
  where s.token_hash = decode(nullif(current_setting('app.session', true), ''), 'hex')
    and s.revoked_at is null
    and s.expires_at > clock_timestamp()
    and (s.person_id is null or s.last_seen_at > clock_timestamp() - interval '16 days')
    and (a.disabled_at is null or e.ended_at <= clock_timestamp())
    and (e.access_until is null or e.access_until > clock_timestamp())
    and (s.person_id is not null or app.may_give_scopes(s.created_by, s.scopes))
$$;

-- The same for the API, which looks up who is signed in.
create or replace function app.identity(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
language sql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
  select * from app.live_session()
$$;

-- The signed-in person while employed: everything but one's own goals asks for this.
create or replace function app.viewer() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from app.live_session() where employed
$$;

-- The signed-in person, also in the ninety days after the end of their employment: for their own goals.
create or replace function app.self() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from app.live_session()
$$;

-- The organization of the signed-in, employed person.
create or replace function app.organization() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where employed
$$;

-- The organization of the signed-in person, also after the end of their employment.
create or replace function app.home() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where person_id is not null
$$;

-- The organization whose directory may be read: an employed person's, or that of an API token made for reading it. One made for
-- imports alone writes without reading.
create or replace function app.directory() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where employed or 'DIRECTORY_READ' = any (scopes)
$$;

-- The organization in which the viewer holds this role, or null.
create or replace function app.organization_as(role text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from app.live_session() i
  where i.employed
    and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = organization_as.role)
$$;

-- The organization in which the viewer may import people: PEOPLE_ADMIN, or an API token made for it.
create or replace function app.organization_to_import() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from app.live_session() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_WRITE' = any (i.scopes)
$$;

-- The scopes of API tokens that the viewer's roles may make, list and revoke.
create or replace function app.token_scopes() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.scopes_of_roles(i.person_id) from app.live_session() i where i.employed
$$;
