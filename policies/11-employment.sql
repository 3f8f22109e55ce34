-- Employment: last days, and the 90 days of access after them.
--
-- table           who sees a row                                   who adds, changes and deletes it
-- employment_end  everybody in the organization once the last      PEOPLE_ADMIN
--                   day has begun; before, the person and
--                   PEOPLE_ADMIN
--
-- Days of employment and of reporting lines (12-reporting-lines.sql) are the organization's. Their instants are stored when the days are
-- written, and everything else compares those with now().
--
-- Nobody may select recorded_at and access_until, which would reveal since when a leaving was known.

alter table employment_end enable row level security;
grant select (person_id, organization_id, ended_on, last_day_at, ended_at), insert (person_id, organization_id, ended_on), update (ended_on), delete
  on employment_end to :"app";
create policy employment_end_select_begun_or_own on employment_end for select to :"app" using (
  (organization_id = (select app.directory_organization()) and last_day_at <= now())
  or person_id = (select app.signed_in_person())
  or organization_id = (select app.organization_as('PEOPLE_ADMIN'))
);
create policy employment_end_insert_people_admin on employment_end for insert to :"app" with check (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  and exists (
    select 1 from person p
    where p.id = employment_end.person_id and p.organization_id = employment_end.organization_id
  )
);
create policy employment_end_update_people_admin on employment_end for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy employment_end_delete_people_admin on employment_end for delete to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

-- When the caller's access ends, once their employment has. Only then: before, it would reveal when their last day was written.
create or replace function app.access_ends_at() returns timestamptz
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.access_until from employment_end e
  where e.person_id = app.signed_in_person() and e.ended_at <= now()
$$;
grant execute on function app.access_ends_at() to :"app";

-- ------------------------------------------------------------------------------------------------ what follows from a last day

-- The 90 days count from the later of the last day and the day on which it was written, so that writing a last day that is long past
-- does not shorten them.
create or replace function app.employment_end_before_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  zone text;
begin
  if tg_op = 'UPDATE' then
    if new.ended_on = old.ended_on then
      return new;
    end if;
    if new.recorded_at = old.recorded_at then
      new.recorded_at := now();
    end if;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from organization o where o.id = new.organization_id;
  new.recorded_at := coalesce(new.recorded_at, now());
  new.last_day_at := app.start_of_day(new.ended_on, zone);
  new.ended_at := app.start_of_day(new.ended_on + 1, zone);
  new.access_until := app.start_of_day(greatest(new.ended_on, (new.recorded_at at time zone zone)::date) + 91, zone);
  -- Nor does correcting the last day after it, even if the day is counted in another time zone now or the clock was set back.
  if tg_op = 'UPDATE' and old.ended_at <= now() then
    new.access_until := greatest(new.access_until, old.access_until);
  end if;
  -- Erased once for each leaving (72-erasure.sql).
  if new.access_until > now() then
    new.erased_at := null;
  end if;
  return new;
end $$;
create or replace trigger employment_end_before_write before insert or update on employment_end
  for each row execute function app.employment_end_before_write();

-- Ends the shares and mandates of and with people whose 90 days were over, before a different last day hides that they were. `was_over`:
-- those people.
create or replace function app.end_shares_and_mandates_of_leavers(was_over uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update goal_share s set ended_at = now()
  where s.ended_at is null and (s.owner_id = any (was_over) or s.with_id = any (was_over));
  update mandate m set ended_at = now()
  where m.ended_at is null and (m.granted_by_id = any (was_over) or m.to_id = any (was_over))
$$;

create or replace function app.employment_end_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.refit_reporting_lines(array(select a.person_id from added a));
  if exists (select 1 from added a where a.ended_at <= now()) then
    perform app.transfer_goals_of_leavers();
  end if;
  return null;
end $$;
create or replace trigger employment_end_added after insert on employment_end
  referencing new table as added for each statement execute function app.employment_end_added();

create or replace function app.employment_end_updated() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.end_shares_and_mandates_of_leavers(array(select b.person_id from before b where b.access_until <= now()));
  perform app.refit_reporting_lines(array(select b.person_id from before b));
  perform app.return_goals_of_leavers(array(select a.person_id from after a where a.ended_at > now()));
  if exists (select 1 from after a where a.ended_at <= now()) then
    perform app.transfer_goals_of_leavers();
  end if;
  return null;
end $$;
create or replace trigger employment_end_updated after update on employment_end
  referencing old table as before new table as after for each statement execute function app.employment_end_updated();

create or replace function app.employment_end_removed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.end_shares_and_mandates_of_leavers(array(select b.person_id from before b where b.access_until <= now()));
  perform app.refit_reporting_lines(array(select b.person_id from before b));
  perform app.return_goals_of_leavers(array(select b.person_id from before b));
  return null;
end $$;
create or replace trigger employment_end_removed after delete on employment_end
  referencing old table as before for each statement execute function app.employment_end_removed();

-- ------------------------------------------------------------------------------------------------ another time zone
-- Moves only instants in the future, and none of them into the past.

create or replace function app.organization_time_zone_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  zone text := app.usable_time_zone(new.time_zone);
begin
  -- Changes of the directory and imports read the zone; they wait for this transaction, and it for them.
  perform pg_advisory_xact_lock(hashtextextended('people:' || new.id, 0));
  update employment_end e
  set last_day_at = case when e.last_day_at > now() then greatest(now(), app.start_of_day(e.ended_on, zone))
                         else e.last_day_at end,
      ended_at = greatest(now(), app.start_of_day(e.ended_on + 1, zone)),
      access_until = app.start_of_day(greatest(e.ended_on, (e.recorded_at at time zone zone)::date) + 91, zone)
  where e.organization_id = new.id and e.ended_at > now();
  update reporting_line l
  set starts_at = case when l.starts_at > now() then greatest(now(), app.start_of_day(l.starts_on, zone))
                       else l.starts_at end,
      closed_at = case when l.closed_at > now() then greatest(now(), app.start_of_day(l.closed_on, zone))
                       else l.closed_at end,
      ends_at = case when l.ends_at > now() then greatest(now(), app.start_of_day(l.ends_on, zone)) else l.ends_at end
  where l.organization_id = new.id and (l.starts_at > now() or l.closed_at > now() or l.ends_at > now());
  return null;
end $$;
create or replace trigger organization_time_zone_changed after update of time_zone on organization
  for each row when (new.time_zone is distinct from old.time_zone) execute function app.organization_time_zone_changed();
