-- Reporting lines: who sees them, and when they end.
--
-- table               who sees a row                               who adds, changes and deletes it
-- reporting_line      everybody in the organization once it has    PEOPLE_ADMIN; deletes only what has not begun
--                       begun; before, its two people and
--                       PEOPLE_ADMIN
-- reporting_line_end  everybody once it is past; before, the two   nobody: triggers keep it
--                       people (of a leaving, only the leaver)
--                       and PEOPLE_ADMIN
--
-- A line is begun and closed by hand (starts_on, closed_on). When it ends, and whether because a person leaves (leaver_id), is derived
-- here, so that removing a last day restores the line as it was. closed_on and ends_on are the first day on which it no longer holds.
--
-- Nobody may select the ends of reporting_line; they are read in reporting_line_end.

alter table reporting_line enable row level security;
grant select (id, organization_id, report_id, manager_id, kind, starts_on, starts_at),
  insert (organization_id, report_id, manager_id, kind, starts_on, closed_on),
  update (closed_on), delete
  on reporting_line to :"app";
create policy reporting_line_select_begun_or_own on reporting_line for select to :"app" using (
  organization_id = (select app.directory_organization())
  and (
    starts_at <= now()
    or report_id = (select app.viewer())
    or manager_id = (select app.viewer())
    or organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  )
);
create policy reporting_line_insert_people_admin on reporting_line for insert to :"app" with check (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  and exists (
    select 1 from person p
    where p.id = reporting_line.report_id and p.organization_id = reporting_line.organization_id
  )
  and exists (
    select 1 from person p
    where p.id = reporting_line.manager_id and p.organization_id = reporting_line.organization_id
  )
);
create policy reporting_line_update_people_admin on reporting_line for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
-- A line that has begun is history. One-to-ones and shares may also refer to it, which a foreign key would reveal.
create policy reporting_line_delete_people_admin_not_begun on reporting_line for delete to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')) and starts_at > now());

-- An end that follows from a leaving is a row beside the one that was set by hand, and hidden from the other person of the line.
alter table reporting_line_end enable row level security;
grant select on reporting_line_end to :"app";
create policy reporting_line_end_select_past_or_own on reporting_line_end for select to :"app" using (
  organization_id = (select app.directory_organization())
  and (
    ends_at <= now()
    or (
      (report_id = (select app.viewer()) or manager_id = (select app.viewer()))
      and (leaver_id is null or leaver_id = (select app.viewer()))
    )
    or organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  )
);

-- ------------------------------------------------------------------------------------------------ when a line ends

-- The end of a line: the day after the last day of the person who leaves first, or the day on which it was closed if that is earlier.
-- A line that was to begin after the leaving ends on its first day, so that it never holds.
create or replace function app.line_end(l reporting_line, out ends_on date, out leaver_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when leaving.ends_on < coalesce(l.closed_on, 'infinity') then leaving.ends_on else l.closed_on end,
         case when leaving.ends_on < coalesce(l.closed_on, 'infinity') then leaving.person_id end
  from (select) one
  left join lateral (
    select e.person_id, greatest(e.ended_on + 1, l.starts_on) as ends_on from employment_end e
    where e.person_id in (l.report_id, l.manager_id)
    order by e.ended_on, e.person_id = l.report_id desc limit 1
  ) leaving on true
$$;

create or replace function app.reporting_line_before_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  zone text := (select app.usable_time_zone(o.time_zone) from organization o where o.id = new.organization_id);
  fit record := app.line_end(new);
begin
  if new.ends_on is not null and (tg_op = 'INSERT' or new.ends_on is distinct from old.ends_on) then
    raise exception 'ends_on follows from closed_on and from employments: write closed_on' using errcode = 'MU002';
  end if;
  new.ends_on := fit.ends_on;
  new.leaver_id := fit.leaver_id;
  if tg_op = 'INSERT' or new.starts_on <> old.starts_on then
    new.starts_at := app.start_of_day(new.starts_on, zone);
  end if;
  if tg_op = 'INSERT' or new.closed_on is distinct from old.closed_on then
    new.closed_at := app.start_of_day(new.closed_on, zone);
  end if;
  if tg_op = 'INSERT' or new.ends_on is distinct from old.ends_on then
    new.ends_at := app.start_of_day(new.ends_on, zone);
  end if;
  return new;
end $$;
create or replace trigger reporting_line_before_write before insert or update on reporting_line
  for each row execute function app.reporting_line_before_write();

-- Derives the ends of the lines of these people, on either side, again.
create or replace function app.refit_reporting_lines(people uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update reporting_line set closed_on = closed_on
  where id in (
    select l.id from reporting_line l cross join lateral app.line_end(l) fit
    where (l.report_id = any (people) or l.manager_id = any (people))
      and (l.ends_on, l.leaver_id) is distinct from (fit.ends_on, fit.leaver_id)
  )
$$;

-- Keeps reporting_line_end equal to the ends of the lines: one row for an end set by hand, one for an end by a leaving.
create or replace function app.reporting_line_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two concurrent changes that form a cycle together must see each other.
  perform pg_advisory_xact_lock(hashtextextended('reporting_line:' || o.organization_id, 0))
    from (select distinct organization_id from changed order by 1) o;

  delete from reporting_line_end e using changed c
  where e.line_id = c.id and case when e.by_leaving then c.leaver_id is null else c.closed_on is null end;
  insert into reporting_line_end as e (line_id, by_leaving, organization_id, report_id, manager_id, ends_on, ends_at, leaver_id)
  select c.id, false, c.organization_id, c.report_id, c.manager_id, c.closed_on, c.closed_at, null
  from changed c where c.closed_on is not null
  union all
  select c.id, true, c.organization_id, c.report_id, c.manager_id, c.ends_on, c.ends_at, c.leaver_id
  from changed c where c.leaver_id is not null
  on conflict (line_id, by_leaving) do update
    set ends_on = excluded.ends_on, ends_at = excluded.ends_at, leaver_id = excluded.leaver_id;
  return null;
end $$;
create or replace trigger reporting_line_added after insert on reporting_line
  referencing new table as changed for each statement execute function app.reporting_line_changed();
create or replace trigger reporting_line_updated after update on reporting_line
  referencing new table as changed for each statement execute function app.reporting_line_changed();

-- Refuses lines that would form a cycle. `lines` newly hold from `since` on. A cycle can close on the day on which one of them begins to
-- hold, or on which a later line begins while it lasts. Runs as the owner, so that it sees all lines.
--
-- On each day a person has at most one manager. So it is enough to visit everybody above these lines once: those from whom the top is
-- not reached are on a cycle.
create or replace function app.refuse_reporting_cycles(lines uuid[], since date[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  above record;
begin
  with recursive grown as (
    select l.organization_id, l.manager_id, s.since, l.ends_on
    from unnest(lines, since) s(id, since) join reporting_line l on l.id = s.id
    where l.kind = 'PRIMARY' and (l.ends_on is null or l.ends_on > s.since)
  ),
  day as (
    select g.organization_id, g.since as on_day from grown g
    union
    select l.organization_id, l.starts_on
    from reporting_line l
    join (select organization_id, min(grown.since) as first_day from grown group by 1) g
      on g.organization_id = l.organization_id and l.starts_on > g.first_day
    where l.kind = 'PRIMARY'
  ),
  above as (
    select d.on_day, g.manager_id as person_id
    from grown g
    join day d on d.organization_id = g.organization_id and d.on_day >= g.since and (g.ends_on is null or d.on_day < g.ends_on)
    union
    select a.on_day, l.manager_id
    from above a
    join reporting_line l on l.report_id = a.person_id and l.kind = 'PRIMARY'
      and l.starts_on <= a.on_day and (l.ends_on is null or a.on_day < l.ends_on)
  )
  select array_agg(a.on_day) as days, array_agg(a.person_id) as people, array_agg(l.manager_id) as managers
  into above
  from above a
  left join reporting_line l on l.report_id = a.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= a.on_day and (l.ends_on is null or a.on_day < l.ends_on);
  if app.has_reporting_cycle(above.days, above.people, above.managers) then
    raise exception 'reporting lines would form a cycle' using errcode = 'MU001';
  end if;
end $$;

-- Whether anybody is not reached from the top down. Nobody is listed twice for a day; those at the top have no manager.
create or replace function app.has_reporting_cycle(days date[], people uuid[], managers uuid[]) returns boolean
-- Arrays have no statistics: nested loops would be quadratic.
language sql immutable set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
  with recursive edge as (
    select * from unnest(days, people, managers) e(on_day, person_id, manager_id)
  ),
  reached as (
    select on_day, person_id from edge where manager_id is null
    union all
    select e.on_day, e.person_id from reached r join edge e on e.on_day = r.on_day and e.manager_id = r.person_id
  )
  select (select count(*) from reached) < cardinality(people)
$$;

-- These triggers fire after those above, in the order of their names, so that the lock is held.
create or replace function app.reporting_line_without_cycle_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.refuse_reporting_cycles(array_agg(a.id), array_agg(a.starts_on)) from added a where a.kind = 'PRIMARY' having count(*) > 0;
  return null;
end $$;
create or replace trigger reporting_line_without_cycle_added after insert on reporting_line
  referencing new table as added for each statement execute function app.reporting_line_without_cycle_added();

-- Only a line that holds longer than before can close a cycle.
create or replace function app.reporting_line_without_cycle_updated() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.refuse_reporting_cycles(array_agg(w.id), array_agg(w.since))
  from (
    select a.id, case when (a.report_id, a.manager_id, a.kind) is distinct from (b.report_id, b.manager_id, b.kind)
      or a.starts_on < b.starts_on then a.starts_on else b.ends_on end as since
    from before b join after a on a.id = b.id
    where a.kind = 'PRIMARY' and (
      (a.report_id, a.manager_id, a.kind) is distinct from (b.report_id, b.manager_id, b.kind)
      or a.starts_on < b.starts_on or (b.ends_on is not null and (a.ends_on is null or a.ends_on > b.ends_on)))
  ) w
  having count(*) > 0;
  return null;
end $$;
create or replace trigger reporting_line_without_cycle_updated after update on reporting_line
  referencing old table as before new table as after for each statement execute function app.reporting_line_without_cycle_updated();

-- A line that ended because a person left is closed by the line that follows it, so that the two do not hold at once if the last day is
-- removed.
create or replace function app.reporting_line_followed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update reporting_line l set closed_on = greatest(l.starts_on, a.starts_on)
  from added a
  where l.report_id = a.report_id and l.kind = a.kind and (l.kind = 'PRIMARY' or l.manager_id = a.manager_id) and l.id <> a.id
    and l.leaver_id is not null and l.starts_on <= a.starts_on and l.ends_on <= a.starts_on
    and (l.closed_on is null or l.closed_on > a.starts_on);
  return null;
end $$;
create or replace trigger reporting_line_followed after insert on reporting_line
  referencing new table as added for each statement execute function app.reporting_line_followed();

-- The same when no line follows: from this day on the person reports to nobody. For PEOPLE_ADMIN.
create or replace function app.close_reporting_lines_of_leavers(of_report uuid, on_day date) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update reporting_line l set closed_on = greatest(l.starts_on, on_day)
  where l.report_id = of_report and l.kind = 'PRIMARY' and l.organization_id = app.organization_as('PEOPLE_ADMIN')
    and l.leaver_id is not null and l.ends_on <= on_day and (l.closed_on is null or l.closed_on > on_day)
$$;

-- A share or mandate whose line was closed has ended for good. Before the line is opened again, the end is written into it.
create or replace function app.reporting_line_reopened() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update goal_share s set ended_at = now()
  from before b join after a on a.id = b.id
  where s.line_id = b.id and s.ended_at is null and b.closed_at <= now() and (a.closed_at is null or a.closed_at > now());
  update mandate m set ended_at = now()
  from before b join after a on a.id = b.id
  where m.line_id = b.id and m.ended_at is null and b.closed_at <= now() and (a.closed_at is null or a.closed_at > now());
  return null;
end $$;
create or replace trigger reporting_line_reopened after update on reporting_line
  referencing old table as before new table as after for each statement execute function app.reporting_line_reopened();

grant execute on function app.close_reporting_lines_of_leavers(uuid, date) to :"app";
