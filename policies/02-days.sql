-- ------------------------------------------------------------------------------------------------ the organization's days

-- The day that it is in an organization that the caller can see; else null.
create or replace function app.today_in(organization_id uuid) returns date
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select (now() at time zone app.usable_time_zone(o.time_zone))::date from organization o where o.id = today_in.organization_id
$$;

grant execute on function app.today_in(uuid) to :"app";
