-- A promise is due at a moment: the end of its day in its owner's time zone when the date was set. Where the owner lives later
-- changes nothing. For dates set before, the zone that the owner has now.

alter table action_item add column due_at timestamptz;

create function pg_temp.end_of_day(day date, own text, organization text) returns timestamptz
language plpgsql as $$
declare
  zone text;
  midnight timestamptz;
  earlier timestamptz;
begin
  foreach zone in array array_remove(array[own, organization, 'UTC'], null) loop
    begin
      midnight := (day + 1)::timestamp at time zone zone;
      exit;
    exception when invalid_parameter_value then
      null;
    end;
  end loop;
  -- Where clocks go back over midnight there are two: the first.
  earlier := (day + 1)::timestamp at time zone 'UTC'
    - ((midnight - interval '2 hours') at time zone zone - (midnight - interval '2 hours') at time zone 'UTC');
  return case when (earlier at time zone zone)::date > day then least(earlier, midnight) else midnight end;
end $$;

update action_item i
set due_at = pg_temp.end_of_day(
  i.due_on,
  (select z.time_zone from person_time_zone z where z.person_id = i.owner_id),
  (select o.time_zone from organization o where o.id = i.organization_id)
)
where i.due_on is not null;

alter table action_item add constraint action_item_due check ((due_on is null) = (due_at is null)) not valid;