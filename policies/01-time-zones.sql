-- ------------------------------------------------------------------------------------------------ time zones and ends of days

-- The first of these names that this database knows as a time zone; UTC without one. Stored names were accepted by the service
-- (libs/common/time-zones), but a later version of the database may have dropped one: then a person's falls back to the
-- organization's, and that to UTC, instead of failing every statement that meets the row.
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

-- The first instant of a day in a time zone: also where midnight does not exist there, or comes twice.
create or replace function app.start_of_day(day date, time_zone text) returns timestamptz
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  -- Of two midnights PostgreSQL takes the second. The first is midnight by the offset that held a day before.
  select case when first.at < midnight.at and first.at at time zone zone.name = start_of_day.day::timestamp then first.at
              else midnight.at end
  from (select app.usable_time_zone(start_of_day.time_zone)) zone(name)
  cross join lateral (select start_of_day.day::timestamp at time zone zone.name) midnight(at)
  cross join lateral (
    select (start_of_day.day::timestamp - ((midnight.at - interval '24 hours') at time zone zone.name
      - (midnight.at - interval '24 hours') at time zone 'UTC')) at time zone 'UTC'
  ) first(at)
$$;

-- The moment at which a day ends in a time zone: the first instant of the next one.
create or replace function app.end_of_day(day date, time_zone text) returns timestamptz
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select app.start_of_day(end_of_day.day + 1, end_of_day.time_zone)
$$;

-- Whether a moment that something ends at lies behind us; not without one. Has no search_path of its own, so that it is inlined: its
-- names are resolved when it is created.
create or replace function app.has_passed(moment timestamptz) returns boolean
language sql stable parallel safe return coalesce(moment <= now(), false);

grant execute on function app.usable_time_zone(text[]), app.start_of_day(date, text), app.end_of_day(date, text), app.has_passed(timestamptz) to :"app";
