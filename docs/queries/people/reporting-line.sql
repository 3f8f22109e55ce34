-- ReportingLineRepository in libs/people/directory/reporting-line.repository.ts. Written by npm run schema.

-- lock
select pg_advisory_xact_lock(hashtextextended('reporting_line:' || $1, 0));

-- findByReports
select l.id,
  l.report_id as "reportId",
  l.manager_id as "managerId",
  l.kind,
  l.starts_on as "startsOn",
  e.ends_on - 1 as "lastDay"
from reporting_line l
left join lateral (
  select min(r.ends_on) as ends_on,
    min(r.ends_at) as ends_at
  from reporting_line_end r
  where r.line_id = l.id
) e on true
where l.report_id = any($1::uuid[])
  and (e.ends_on is null or e.ends_on > l.starts_on)
order by l.starts_on desc,
  l.kind,
  l.id;

-- findManagers
select l.report_id as "reportId",
  l.manager_id as "managerId"
from reporting_line l
left join lateral (
  select min(r.ends_on) as ends_on,
    min(r.ends_at) as ends_at
  from reporting_line_end r
  where r.line_id = l.id
) e on true
where l.report_id = any($1::uuid[])
  and l.kind = 'PRIMARY'
  and l.starts_at <= now()
  and (e.ends_at is null or e.ends_at > now());

-- findFrom
select l.id,
  l.report_id as "reportId",
  l.manager_id as "managerId",
  l.kind,
  l.starts_on as "startsOn",
  e.ends_on - 1 as "lastDay"
from reporting_line l
left join lateral (
  select min(r.ends_on) as ends_on,
    min(r.ends_at) as ends_at
  from reporting_line_end r
  where r.line_id = l.id
) e on true
where l.report_id = $1
  and l.kind = $2
  and (l.starts_on >= $3 or e.ends_on is null or e.ends_on > $4)
order by l.starts_on,
  l.id;

-- add
insert into reporting_line (organization_id, report_id, manager_id, kind, starts_on, closed_on)
values ($1, $2, $3, $4, $5, $6::date + 1);

-- setLastDay
update reporting_line
set closed_on = $1::date + 1
where id = $2;

-- endBefore
update reporting_line
set closed_on = $1
where id = $2;

-- closeThoseOfLeavers
select app.close_reporting_lines_of_leavers($1, $2);

-- remove
delete from reporting_line
where id = $1;
