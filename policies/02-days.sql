-- ------------------------------------------------------------------------------------------------ when a day begins and ends

-- The first instant of a day in a place: also where midnight does not exist there, or comes twice. A day ends with the first
-- instant of the next one.
create or replace function law.start_of_day(day date, zone text) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  -- Of two midnights PostgreSQL takes the second. The first is midnight by the offset that held a day before.
  select case when f.at < t.at and f.at at time zone zone = day::timestamp then f.at else t.at end
  from (select day::timestamp at time zone zone as at) t
  cross join lateral (
    select (day::timestamp - ((t.at - interval '24 hours') at time zone zone
      - (t.at - interval '24 hours') at time zone 'UTC')) at time zone 'UTC' as at
  ) f
$$;

-- The day that it is in an organization that the caller can see; else null.
create or replace function law.today_in(organization_id uuid) returns date
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select (now() at time zone o.time_zone)::date from organization o where o.id = today_in.organization_id
$$;

grant execute on function law.start_of_day(date, text), law.today_in(uuid) to :"app";
