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

-- The ends of lines follow those of employments by triggers.
drop function fit_reporting_lines(uuid[]);
