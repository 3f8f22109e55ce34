-- The instants at which employments, reporting lines and shares begin and end, stored when their days are written; ends of lines
-- set by hand apart from ends caused by leaving; and what only the owner of a share may know of it.
--
-- Squawk: a table is changed as a whole, in one transaction, while nobody serves: code from before does not fit this schema.
-- squawk-ignore-file adding-not-nullable-field, constraint-missing-not-valid, ban-drop-table, disallowed-unique-constraint, ban-drop-column

-- The functions that kept these columns move to policies/11-employment.sql.
drop function if exists reporting_line_changed() cascade;
drop function if exists law.employment_ended() cascade;
drop function if exists law.fit_reporting_lines(uuid);

-- Each organization's time zone; UTC where the database does not know it.
create temporary table zone_of on commit drop as
  select o.id, coalesce(k.name, 'UTC') as zone
  from organization o left join pg_timezone_names k on lower(k.name) = lower(o.time_zone);
-- The first instant of a day, as law.start_of_day in policies/02-days.sql has it.
create function pg_temp.start_of_day(day date, zone text) returns timestamptz language sql stable as $$
  select case when f.at < t.at and f.at at time zone zone = day::timestamp then f.at else t.at end
  from (select day::timestamp at time zone zone as at) t
  cross join lateral (
    select (day::timestamp - ((t.at - interval '24 hours') at time zone zone
      - (t.at - interval '24 hours') at time zone 'UTC')) at time zone 'UTC' as at
  ) f
$$;
-- Days turned at midnight UTC until now: what has begun or ended so stays begun or ended.
create function pg_temp.instant_of(day date, zone text) returns timestamptz language sql stable as $$
  select case when u.at <= now() then least(u.at, pg_temp.start_of_day(day, zone)) else pg_temp.start_of_day(day, zone) end
  from (select day::timestamp at time zone 'UTC' as at) u
$$;

-- ------------------------------------------------------------------------------------------------ employment

-- A last day that no calendar needs stands for none.
delete from employment_end where ended_on > '2199-12-31';
update employment_end set ended_on = '1900-01-01' where ended_on < '1900-01-01';
-- last_day_at: the first instant of the last day, and ended_at the first after it, by the organization's time zone. recorded_at: when this day was written.
-- access_until: until then the person reaches their own goals, ninety days from the later of the two.
alter table employment_end
  add column last_day_at timestamptz,
  add column ended_at timestamptz,
  add column recorded_at timestamptz,
  add column access_until timestamptz;
update employment_end e
set last_day_at = pg_temp.instant_of(e.ended_on, o.zone),
    ended_at = pg_temp.instant_of(e.ended_on + 1, o.zone),
    recorded_at = least(now(), pg_temp.instant_of(e.ended_on + 1, o.zone)),
    access_until = greatest(pg_temp.start_of_day(e.ended_on + 91, o.zone), (e.ended_on + 91)::timestamp at time zone 'UTC')
from zone_of o where o.id = e.organization_id;
alter table employment_end
  alter column last_day_at set not null,
  alter column ended_at set not null,
  alter column recorded_at set not null,
  alter column access_until set not null,
  add constraint employment_end_bounds check (ended_on between '1900-01-01' and '2199-12-31');

-- ------------------------------------------------------------------------------------------------ reporting lines

-- closed_on: the first day on which the line no longer holds, as set by hand; null: open. ends_on is the earlier of that and of what
-- follows from an end of employment (then leaver_id says whose). Each day has its instant in the organization's time zone.
alter table reporting_line
  add column closed_on date,
  add column starts_at timestamptz,
  add column closed_at timestamptz,
  add column ends_at timestamptz;
update reporting_line set starts_on = '1900-01-01' where starts_on < '1900-01-01';
update reporting_line set ends_on = null, leaver_id = null where ends_on > '2199-12-31';
update reporting_line l
set closed_on = case
      when l.leaver_id is null then l.ends_on
      -- Who follows closed it.
      else (
        select min(greatest(n.starts_on, l.starts_on)) from reporting_line n
        where n.report_id = l.report_id and n.kind = l.kind and (n.kind = 'PRIMARY' or n.manager_id = l.manager_id)
          and (n.starts_on, n.id) > (l.starts_on, l.id)
          and (n.ends_on is null or n.ends_on > n.starts_on or n.leaver_id is not null)
      ) end,
    starts_at = pg_temp.instant_of(l.starts_on, o.zone),
    ends_at = pg_temp.instant_of(l.ends_on, o.zone)
from zone_of o where o.id = l.organization_id;
update reporting_line l set closed_at = pg_temp.instant_of(l.closed_on, o.zone)
from zone_of o where o.id = l.organization_id and l.closed_on is not null;
alter table reporting_line
  alter column starts_at set not null,
  add constraint reporting_line_closed check (closed_on >= starts_on and ends_on <= closed_on),
  add constraint reporting_line_instants check (
    (closed_on is null) = (closed_at is null) and (ends_on is null) = (ends_at is null)
  ),
  add constraint reporting_line_bounds check (
    starts_on between '1900-01-01' and '2199-12-31' and closed_on between '1900-01-01' and '2199-12-31'
  );

-- An end by hand and an end by leaving are known to different people: the leaving must not take the other away from whom it was
-- known to. Rebuilt, a row for each.
drop table reporting_line_end;
create table reporting_line_end (
  line_id uuid not null,
  by_leaving boolean not null,
  organization_id uuid not null,
  report_id uuid not null,
  manager_id uuid not null,
  ends_on date not null,
  ends_at timestamptz not null,
  leaver_id uuid,
  primary key (line_id, by_leaving),
  constraint reporting_line_end_leaver check (by_leaving = (leaver_id is not null)),
  foreign key (organization_id, line_id) references reporting_line (organization_id, id) on delete cascade
);
create index reporting_line_end_day_idx on reporting_line_end (organization_id, ends_on);
insert into reporting_line_end (line_id, by_leaving, organization_id, report_id, manager_id, ends_on, ends_at)
select id, false, organization_id, report_id, manager_id, closed_on, closed_at from reporting_line where closed_on is not null;
insert into reporting_line_end (line_id, by_leaving, organization_id, report_id, manager_id, ends_on, ends_at, leaver_id)
select id, true, organization_id, report_id, manager_id, ends_on, ends_at, leaver_id
from reporting_line where leaver_id is not null;

-- ------------------------------------------------------------------------------------------------ shares

-- When a share became readable; null while it waits. That, and no other time, is for the person that it is shared with.
alter table goal_share add column became_active_at timestamptz;
alter table goal_share disable trigger user;
update goal_share set became_active_at = created_at where not waiting;
alter table goal_share enable trigger user;
alter table goal_share
  add constraint goal_share_readable_once_active check (waiting = (became_active_at is null)),
  add constraint goal_share_id_owner_key unique (organization_id, id, owner_id);

-- When it was made: its owner's alone, since it may have waited.
create table goal_share_own (
  share_id uuid primary key,
  organization_id uuid not null,
  owner_id uuid not null,
  created_at timestamptz not null default now(),
  foreign key (organization_id, share_id, owner_id) references goal_share (organization_id, id, owner_id)
    on delete cascade on update cascade
);
insert into goal_share_own (share_id, organization_id, owner_id, created_at)
select id, organization_id, owner_id, created_at from goal_share;
alter table goal_share drop column created_at cascade;

-- A share may be read later than it was made: its id tells no time.
alter table goal_share alter column id set default gen_random_uuid();
alter table goal_share disable trigger user;
update goal_share set id = gen_random_uuid();
alter table goal_share enable trigger user;

-- ------------------------------------------------------------------------------------------------ goals of leavers

-- Business goals that went to somebody since their owner left, until either is changed: a leaving that is taken back gives back what
-- nobody has touched.
create table business_goal_of_leaver (
  business_goal_id uuid primary key,
  organization_id uuid not null,
  leaver_id uuid not null,
  owner_id uuid not null,
  version integer not null,
  at timestamptz not null default now(),
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id)
    on delete cascade on update cascade,
  foreign key (organization_id, leaver_id) references person (organization_id, id),
  foreign key (organization_id, owner_id) references person (organization_id, id)
);
create index business_goal_of_leaver_idx on business_goal_of_leaver (leaver_id);

-- ------------------------------------------------------------------------------------------------ imports
-- As in 0004-import.sql, by the organization's days; the ends of lines follow by themselves.

drop function fit_reporting_lines(uuid[]);

-- Everybody who would be among their own managers, were the file taken over: the people on circles, not those below them.
create or replace function import_circles(import uuid, organization uuid) returns uuid[]
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  circles uuid[];
begin
  create temp table import_climb on commit drop as
    select r.person_id as id, r.line_manager_id as at_id
    from import_row r where r.import_id = import and r.line_manager_id is not null
    union all
    select l.report_id, l.manager_id from reporting_line l
    where l.organization_id = organization and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
      and not exists (select 1 from import_row r where r.import_id = import and r.person_id = l.report_id);
  -- Each round climbs twice as far as the one before and forgets who has arrived at the top. Who has not arrived after more
  -- steps than there are people goes round a circle, wherever they began.
  for _ in 0 .. (select ceil(log(2, count(*) + 2))::integer from import_climb) loop
    delete from import_climb c where not exists (select 1 from import_climb up where up.id = c.at_id);
    exit when not exists (select 1 from import_climb);
    update import_climb c set at_id = up.at_id from import_climb up where up.id = c.at_id;
  end loop;
  select coalesce(array_agg(distinct at_id), '{}') into circles from import_climb;
  drop table import_climb;
  return circles;
end $$;

-- What taking the file over would change, row by row.
create or replace function import_compare(import uuid, organization uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
begin
  -- Nobody begins to report to somebody who has left, nor after having left.
  update import_row r set line_manager_id = r.manager_id
  where r.import_id = import and r.manager_id is not null
    and (r.left_on is null or r.left_on >= law.today_in(organization))
    and not exists (
      select 1 from import_row m where m.import_id = import and m.person_id = r.manager_id and m.left_on < law.today_in(organization)
    )
    and not exists (
      select 1 from employment_end e where e.person_id = r.manager_id and e.ended_at <= now()
        and not exists (select 1 from import_row m where m.import_id = import and m.person_id = r.manager_id)
    );

  update import_row r
  set differs = not r.is_new
        and (p.external_id, p.name, p.email, p.title, d.name, o.name, p.started_on)
          is distinct from (r.external_id, r.name, r.email, r.title, r.department, r.location, r.hired_on),
      end_differs = e.ended_on is distinct from r.left_on,
      manager_differs = not r.is_new and (r.left_on is null or r.left_on >= law.today_in(organization)) and case
        when l.report_id is not null and (l.ends_at is null or l.ends_at > now())
          then r.manager_id is distinct from l.manager_id
        -- No line, or the last one ended since somebody left: not a change, unless somebody else follows.
        else r.line_manager_id is not null and r.line_manager_id is distinct from l.manager_id end
  from import_row f
  left join person p on p.id = f.person_id
  left join department d on d.id = p.department_id
  left join location o on o.id = p.location_id
  left join employment_end e on e.person_id = f.person_id
  left join (
    select distinct on (n.report_id) n.report_id, n.manager_id, n.ends_at from reporting_line n
    where n.organization_id = organization and n.kind = 'PRIMARY' and n.starts_at <= now()
      and (n.ends_at is null or n.ends_at > now() or n.leaver_id is not null)
    order by n.report_id, n.starts_on desc, n.id desc
  ) l on l.report_id = f.person_id
  where r.import_id = import and f.import_id = import and f.line = r.line;
end $$;

-- Takes the file over: the directory first, then who has left, then who reports to whom from today on.
create or replace function import_apply(import uuid, organization uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  today date := law.today_in(organization);
begin
  perform import_goes_alone(organization);
  -- By id, as everybody who holds several people; others (shares of goals, invitations) do not know of imports.
  perform 1 from person p
  where p.id in (select r.person_id from import_row r where r.import_id = import and r.differs)
  order by p.id for no key update of p;

  insert into department (organization_id, name)
  select distinct organization, r.department from import_row r where r.import_id = import and r.department is not null
  on conflict do nothing;
  insert into location (organization_id, name)
  select distinct organization, r.location from import_row r where r.import_id = import and r.location is not null
  on conflict do nothing;

  -- Addresses that pass from one person to another are free in between.
  update person p set email = null from import_row r
  where r.import_id = import and r.differs and p.id = r.person_id and lower(p.email) is distinct from lower(r.email)
    and exists (
      select 1 from import_row o where o.import_id = import and lower(o.email) = lower(p.email) and o.person_id <> p.id
    );
  update person p
  set external_id = r.external_id, name = r.name, email = r.email, title = r.title, started_on = r.hired_on,
      department_id = (select d.id from department d where d.organization_id = organization and d.name = r.department),
      location_id = (select o.id from location o where o.organization_id = organization and o.name = r.location)
  from import_row r where r.import_id = import and r.differs and p.id = r.person_id;
  insert into person (id, organization_id, external_id, name, email, title, started_on, department_id, location_id)
  select r.person_id, organization, r.external_id, r.name, r.email, r.title, r.hired_on, d.id, o.id
  from import_row r
  left join department d on d.organization_id = organization and d.name = r.department
  left join location o on o.organization_id = organization and o.name = r.location
  where r.import_id = import and r.is_new;

  delete from employment_end e using import_row r
  where r.import_id = import and r.end_differs and r.left_on is null and e.person_id = r.person_id;
  insert into employment_end (person_id, organization_id, ended_on)
  select r.person_id, organization, r.left_on from import_row r
  where r.import_id = import and r.end_differs and r.left_on is not null
  on conflict (person_id) do update set ended_on = excluded.ended_on;

  update reporting_line l set closed_on = today from import_row r
  where r.import_id = import and (r.left_on is null or r.left_on >= today)
    and l.report_id = r.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= today and (l.ends_on is null or l.ends_on > today)
    and l.manager_id is distinct from r.line_manager_id;
  insert into reporting_line (organization_id, report_id, manager_id, starts_on, closed_on)
  select organization, r.person_id, r.line_manager_id, today, (
    -- Until a line begins that is planned already.
    select min(n.starts_on) from reporting_line n
    where n.report_id = r.person_id and n.kind = 'PRIMARY' and n.starts_on > today
      and (n.ends_on is null or n.ends_on > n.starts_on or n.leaver_id is not null)
  )
  from import_row r
  where r.import_id = import and r.line_manager_id is not null
    and not exists (
      select 1 from reporting_line l
      where l.report_id = r.person_id and l.kind = 'PRIMARY'
        and l.starts_on <= today and (l.ends_on is null or l.ends_on > today)
    );
end $$;

-- The last step: checks the file as a whole and, unless something is wrong with it or it is a dry run, takes it over.
-- `bad` are the errors found so far ([{line, column, message}], the first thousand of bad_count). Returns the report's id.
create or replace function import_finish(
  import uuid, organization uuid, by_person uuid, dry_run boolean, row_count integer, bad jsonb, bad_count integer
) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  contradictions record;
  circles uuid[];
  report_id uuid;
begin
  if not dry_run then
    perform import_goes_alone(organization);
  end if;
  perform import_match(import, organization);
  contradictions := import_contradictions(import, organization);
  bad := bad || contradictions.list;
  bad_count := bad_count + contradictions.total;
  perform import_compare(import, organization);
  if bad_count = 0 then
    circles := import_circles(import, organization);
    select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', 'manager_external_id', 'message',
             'is somebody below this person: the reporting lines would form a circle.')), '[]')
    into bad
    from import_row where import_id = import and person_id = any (circles);
    bad_count := jsonb_array_length(bad);
  end if;

  -- A dry run goes through all of it only where lines that begin later could close a circle with the file's.
  if bad_count = 0 and (not dry_run or exists (
    select 1 from reporting_line l where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_at > now()
  )) then
    begin
      perform import_apply(import, organization);
      if dry_run then
        raise exception 'a dry run' using errcode = 'MU041';
      end if;
    exception
      when sqlstate 'MU041' then
        null;
      when sqlstate 'MU001' then
        bad_count := 1;
        bad := jsonb_build_array(jsonb_build_object('line', 1, 'column', 'manager_external_id', 'message',
          'Together with reporting lines that begin later, those of the file would form a circle.'));
    end;
  end if;

  insert into import_report (organization_id, by_id, dry_run, rows, created, changed, ended, restored, managers_changed, unchanged,
                             error_count, errors, absent_count, absent)
  select organization, by_person, dry_run, row_count,
         coalesce(done.created, 0), coalesce(done.changed, 0), coalesce(done.ended, 0), coalesce(done.restored, 0),
         coalesce(done.managers_changed, 0), coalesce(done.unchanged, 0), bad_count,
         (select coalesce(jsonb_agg(e order by (e ->> 'line')::integer, e ->> 'column'), '[]')
          from (select e from jsonb_array_elements(bad) e order by (e ->> 'line')::integer, e ->> 'column' limit 1000) first),
         absent.total, absent.list
  from (
    select count(*) as total,
           coalesce(jsonb_agg(external_id order by external_id) filter (where place <= 1000), '[]') as list
    from (
      select p.external_id, row_number() over (order by p.external_id) as place from person p
      where p.organization_id = organization and p.external_id is not null
        and not exists (select 1 from import_row r where r.import_id = import and r.external_id = p.external_id)
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
    ) gone
  ) absent
  left join (
    select count(*) filter (where is_new) as created,
           count(*) filter (where differs) as changed,
           count(*) filter (where end_differs and not is_new and left_on is not null) as ended,
           count(*) filter (where end_differs and not is_new and left_on is null) as restored,
           count(*) filter (where manager_differs) as managers_changed,
           count(*) filter (where not (is_new or differs or end_differs or manager_differs)) as unchanged
    from import_row where import_id = import
  ) done on bad_count = 0
  returning id into report_id;

  if bad_count = 0 and not dry_run then
    insert into audit_entry (organization_id, actor_id, action, subject)
    values (organization, by_person, 'PEOPLE_IMPORTED', 'import report ' || report_id);
  end if;
  delete from import_row where import_id = import;
  return report_id;
end $$;
