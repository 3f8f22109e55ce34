-- Time zones, and the beginning and end of days.
--
-- Tables: none; reads organization. The API's login can call every function. None is SECURITY DEFINER.
-- Rules: docs/domain.md, "When a day ends"; docs/decisions/0061-time-zones.md.

-- The first of these names that this database knows as a time zone, otherwise UTC. The service accepts names from its own list
-- (libs/common/time-zones), but a later version of the database may drop one. Statements that read such a row must not fail.
create or replace function app.usable_time_zone(variadic candidates text[]) returns text
language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  candidate text;
begin
  foreach candidate in array candidates loop
    if candidate is not null then
      begin
        perform now() at time zone candidate;
        return candidate;
      exception when invalid_parameter_value then
        null;
      end;
    end if;
  end loop;
  return 'UTC';
end $$;

-- The first instant of a day in a time zone, also where midnight does not exist or occurs twice.
create or replace function app.start_of_day(day date, time_zone text) returns timestamptz
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  -- If midnight occurs twice, PostgreSQL returns the second. The first is midnight at the offset of 24 hours earlier.
  select case when first.at < midnight.at and first.at at time zone zone.name = start_of_day.day::timestamp then first.at
              else midnight.at end
  from (select app.usable_time_zone(start_of_day.time_zone)) zone(name)
  cross join lateral (select start_of_day.day::timestamp at time zone zone.name) midnight(at)
  cross join lateral (
    select (start_of_day.day::timestamp - ((midnight.at - interval '24 hours') at time zone zone.name
      - (midnight.at - interval '24 hours') at time zone 'UTC')) at time zone 'UTC'
  ) first(at)
$$;

-- The end of a day in a time zone: the first instant of the next day.
create or replace function app.end_of_day(day date, time_zone text) returns timestamptz
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select app.start_of_day(end_of_day.day + 1, end_of_day.time_zone)
$$;

-- Whether an instant is in the past; false for null. Without a search_path, so that the planner can inline it: the names in its body are
-- resolved when it is created.
create or replace function app.has_passed(moment timestamptz) returns boolean
language sql stable parallel safe return coalesce(moment <= now(), false);

-- The current day in an organization; null if the caller cannot see the organization.
create or replace function app.today_in(organization_id uuid) returns date
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select (now() at time zone app.usable_time_zone(o.time_zone))::date from organization o where o.id = today_in.organization_id
$$;

grant execute on function
  app.usable_time_zone(text[]), app.start_of_day(date, text), app.end_of_day(date, text), app.has_passed(timestamptz),
  app.today_in(uuid)
  to :"app";
