-- Who is calling.
--
-- Tables: none; reads session, account, role_grant and employment_end (20-accounts.sql, 10-people.sql, 11-employment.sql).
-- Functions: app.live_session() and the helpers that policies use to ask who the caller is, in which organization, with which roles and
-- scopes. README.md in this folder explains how the files are applied and written.
--
-- The API sets app.session to the SHA-256 of the caller's session token, in hexadecimal, in every transaction. Nothing else
-- identifies a caller. Without a valid session every helper returns null, and no policy allows a row.

create schema if not exists app;

grant usage on schema public, app to :"app";
-- Without "in schema": within one schema, the default EXECUTE for PUBLIC cannot be revoked.
alter default privileges revoke execute on functions from public;

-- The current day in UTC, for daily counts that belong to no calendar.
create or replace function app.today() returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (now() at time zone 'UTC')::date
$$;

-- The scopes of API tokens that a person's roles allow them to create.
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

-- Whether a person is employed and holds the roles for these scopes. An API token is invalid while its creator does not; triggers in
-- 20-accounts.sql revoke it, so that it never becomes valid again.
create or replace function app.can_grant_scopes(creator uuid, scopes text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select scopes <@ app.scopes_of_roles(creator)
    and not exists (select 1 from employment_end e where e.person_id = creator and e.ended_at <= clock_timestamp())
$$;

-- The valid session with this hash of its token, and the one of app.session: at most one row. A session ends when it is revoked, after
-- 16 days without use, at expires_at, when its account is disabled, and at the end of the access after leaving. A disabled account keeps
-- the 90 days after the end of employment. An API token needs a creator who may still grant its scopes.
--
-- They are not SECURITY DEFINER and set no search_path, so that PostgreSQL inlines them into the functions below, which saves a quarter of
-- the time of each call. Those are SECURITY DEFINER and set the search_path; the API's login cannot call these.
-- Every policy calls them, often several times per statement, so they read as little as possible: roles are read by the functions that
-- need them. They compare with the clock, not with now(), so that a session also ends inside an open transaction.
create or replace function app.live_session_of(
  of_hash bytea,
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
-- rows 1: the planner assumes a thousand rows otherwise, and scans whole tables to join them.
language sql stable rows 1 as $$
  select s.id, s.organization_id, s.person_id,
         s.person_id is not null and (e.ended_at is null or e.ended_at > clock_timestamp()),
         s.scopes
  from session s
  left join account a on a.person_id = s.person_id
  left join employment_end e on e.person_id = s.person_id
  where s.token_hash = of_hash
    and s.revoked_at is null
    and s.expires_at > clock_timestamp()
    and (s.person_id is null or s.last_seen_at > clock_timestamp() - interval '16 days')
    and (a.disabled_at is null or e.ended_at <= clock_timestamp())
    and (e.access_until is null or e.access_until > clock_timestamp())
    and (s.person_id is not null or app.can_grant_scopes(s.created_by, s.scopes))
$$;

create or replace function app.live_session(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
language sql stable rows 1 as $$
  select * from app.live_session_of(decode(nullif(current_setting('app.session', true), ''), 'hex'))
$$;

-- The valid session, for the API, which looks up who is signed in.
create or replace function app.identity(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out scopes text[]
) returns setof record
language sql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
  select * from app.live_session()
$$;

-- The caller's person id while employed. For everything except one's own goals.
create or replace function app.viewer() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from app.live_session() where employed
$$;

-- The caller's person id, also in the 90 days after the end of employment. For one's own goals.
create or replace function app.signed_in_person() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from app.live_session()
$$;

-- The caller's organization while employed.
create or replace function app.organization() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where employed
$$;

-- The caller's organization, also in the 90 days after the end of employment. Null for API tokens.
create or replace function app.signed_in_organization() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where person_id is not null
$$;

-- The organization whose directory the caller can read: as an employed person, or with an API token with DIRECTORY_READ.
-- DIRECTORY_WRITE alone does not include reading.
create or replace function app.directory_organization() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select organization_id from app.live_session() where employed or 'DIRECTORY_READ' = any (scopes)
$$;

-- The organization in which the caller holds this role, or null.
create or replace function app.organization_as(role text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from app.live_session() i
  where i.employed
    and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = organization_as.role)
$$;

-- The organization into which the caller can import people: as PEOPLE_ADMIN, or with an API token with DIRECTORY_WRITE.
create or replace function app.import_organization() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from app.live_session() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_WRITE' = any (i.scopes)
$$;

-- The scopes of API tokens that the caller can create, list and revoke.
create or replace function app.token_scopes() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.scopes_of_roles(i.person_id) from app.live_session() i where i.employed
$$;

grant execute on function
  app.today(), app.identity(), app.viewer(), app.signed_in_person(), app.organization(), app.signed_in_organization(),
  app.directory_organization(), app.organization_as(text), app.import_organization(), app.token_scopes()
  to :"app";
