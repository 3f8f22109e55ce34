-- Bringing the directory in line with a file, in sets of rows; and the ends of reporting lines with the ends of employments.
--
-- Nobody who serves may call these: policies/10-people.sql has the doors to them, which look at who asks. The operator's command calls
-- them as the owner.
--
-- The tables have no statistics about what an import has just written, and ANALYZE would make imports into different
-- organizations wait for each other. So nested loops are out: without figures the planner loves them, and they are quadratic.

-- Lets the reporting lines of these people end where somebody leaves, and opens again what ended only because of somebody
-- who stays after all. A line ends on the day after the last day of whoever leaves first; one that was to begin later never does
-- (it ends where it begins). What was ended otherwise before that stays as it is.
create function fit_reporting_lines(people uuid[]) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  update reporting_line l set ends_on = fit.ends_on, leaver_id = fit.leaver_id
  from (
    select o.id,
           case when leave.on_day < coalesce(successor.starts_on, 'infinity') then greatest(leave.on_day, o.starts_on)
                else successor.starts_on end as ends_on,
           case when leave.on_day < coalesce(successor.starts_on, 'infinity') then leave.person_id end as leaver_id
    from reporting_line o
    left join lateral (
      select e.person_id, e.ended_on + 1 as on_day from employment_end e
      where e.person_id in (o.report_id, o.manager_id)
      order by e.ended_on, e.person_id = o.report_id desc limit 1
    ) leave on true
    left join lateral (
      -- What follows it, other than lines that were taken back before they began.
      select n.starts_on from reporting_line n
      where n.report_id = o.report_id and n.kind = o.kind and (n.kind = 'PRIMARY' or n.manager_id = o.manager_id)
        and (n.starts_on, n.id) > (o.starts_on, o.id)
        and (n.ends_on is null or n.ends_on > n.starts_on or n.leaver_id is not null)
      order by n.starts_on limit 1
    ) successor on true
    where (o.report_id = any (people) or o.manager_id = any (people))
      and (o.leaver_id is not null or leave.on_day < coalesce(o.ends_on, 'infinity'))
  ) fit
  where fit.id = l.id and (l.ends_on, l.leaver_id) is distinct from (fit.ends_on, fit.leaver_id);
end $$;

-- The first of three steps of an import. One at a time an organization: MU040 when another is under way. Rows that an import
-- left behind when the server went down are cleared away.
create function import_begin(organization uuid) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('import_people:' || organization, 0)) then
    raise exception 'another import is under way' using errcode = 'MU040';
  end if;
  delete from import_row r where r.organization_id = organization;
  -- Whoever imports may be killed: then the server is to notice before the end of a long statement.
  perform set_config('client_connection_check_interval', '2s', true);
  return gen_random_uuid();
end $$;

-- The second step, as often as needed: rows of the file, column by column. Values are checked already; a bad one is null.
create function import_add(
  import uuid, organization uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[],
  departments text[], locations text[], manager_external_ids text[], hired date[], gone date[]
) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into import_row (import_id, organization_id, line, external_id, email, name, title, department, location,
                          manager_external_id, hired_on, left_on)
  select import, organization, f.*
  from unnest(lines, external_ids, emails, names, titles, departments, locations, manager_external_ids, hired, gone) f
$$;

-- Whose row each is: by external id; else by the e-mail of somebody without one; else somebody new. And their manager.
create function import_match(import uuid, organization uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
begin
  update import_row r
  set person_id = coalesce(by_id.id, by_email.id, uuidv7()), is_new = coalesce(by_id.id, by_email.id) is null
  from import_row o
  left join person by_id on by_id.organization_id = organization and by_id.external_id = o.external_id
  left join person by_email on by_email.organization_id = organization and by_email.external_id is null
    and lower(by_email.email) = lower(o.email)
  where r.import_id = import and o.import_id = import and o.line = r.line;

  update import_row r set manager_id = coalesce(in_file.person_id, known.id)
  from import_row o
  left join (
    select distinct on (m.external_id) m.external_id, m.person_id
    from import_row m where m.import_id = import order by m.external_id, m.line
  ) in_file on in_file.external_id = o.manager_external_id
  left join person known on known.organization_id = organization and known.external_id = o.manager_external_id
  where r.import_id = import and o.import_id = import and o.line = r.line and o.manager_external_id is not null;
end $$;

-- What no single row can show: [{line, column, message}] in the order of lines, the first thousand, and how many there are.
create function import_contradictions(import uuid, organization uuid, out total integer, out list jsonb)
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  with file as (select * from import_row where import_id = import),
  contradiction (line, at_column, message) as (
    select line, 'external_id', format('"%s" is also in line %s.', external_id, first_line)
    from (select *, min(line) over (partition by external_id) as first_line from file where external_id is not null) f
    where line > first_line
    union all
    select line, 'email', format('"%s" is also in line %s.', email, first_line)
    from (select *, min(line) over (partition by lower(email)) as first_line from file where email is not null) f
    where line > first_line
    union all
    select f.line, 'email', format('"%s" is the address of %s, whom the file does not name.', f.email, p.name)
    from file f
    join person p on p.organization_id = organization and lower(p.email) = lower(f.email) and p.id <> f.person_id
    where not exists (select 1 from file o where o.person_id = p.id)
    union all
    select line, 'manager_external_id', format('"%s" is the external id of nobody, neither in the file nor in the directory.', manager_external_id)
    from file where manager_external_id is not null and manager_id is null
    union all
    select line, 'manager_external_id', 'names the person as their own manager.'
    from file where manager_id = person_id
  )
  select (select count(*) from contradiction)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from contradiction order by line, at_column limit 1000) c)
$$;

-- Everybody who would be among their own managers, were the file taken over: the people on circles, not those below them.
create function import_circles(import uuid, organization uuid) returns uuid[]
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
      and l.starts_on <= law.today() and (l.ends_on is null or l.ends_on > law.today())
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
create function import_compare(import uuid, organization uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
begin
  -- Nobody begins to report to somebody who has left, nor after having left.
  update import_row r set line_manager_id = r.manager_id
  where r.import_id = import and r.manager_id is not null
    and (r.left_on is null or r.left_on >= law.today())
    and not exists (
      select 1 from import_row m where m.import_id = import and m.person_id = r.manager_id and m.left_on < law.today()
    )
    and not exists (
      select 1 from employment_end e where e.person_id = r.manager_id and e.ended_on < law.today()
        and not exists (select 1 from import_row m where m.import_id = import and m.person_id = r.manager_id)
    );

  update import_row r
  set differs = not r.is_new
        and (p.external_id, p.name, p.email, p.title, d.name, o.name, p.started_on)
          is distinct from (r.external_id, r.name, r.email, r.title, r.department, r.location, r.hired_on),
      end_differs = e.ended_on is distinct from r.left_on,
      manager_differs = not r.is_new and (r.left_on is null or r.left_on >= law.today()) and case
        when l.report_id is not null and (l.ends_on is null or l.ends_on > law.today())
          then r.manager_id is distinct from l.manager_id
        -- No line, or the last one ended since somebody left: not a change, unless somebody else follows.
        else r.line_manager_id is not null and r.line_manager_id is distinct from l.manager_id end
  from import_row f
  left join person p on p.id = f.person_id
  left join department d on d.id = p.department_id
  left join location o on o.id = p.location_id
  left join employment_end e on e.person_id = f.person_id
  left join (
    select distinct on (n.report_id) n.report_id, n.manager_id, n.ends_on from reporting_line n
    where n.organization_id = organization and n.kind = 'PRIMARY' and n.starts_on <= law.today()
      and (n.ends_on is null or n.ends_on > law.today() or n.leaver_id is not null)
    order by n.report_id, n.starts_on desc, n.id desc
  ) l on l.report_id = f.person_id
  where r.import_id = import and f.import_id = import and f.line = r.line;
end $$;

-- Has whoever edits the directory by hand wait until the import is through, and waits for them. Else an import could write over
-- what it has not seen, and two could wait for each other.
create function import_goes_alone(organization uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('people:' || organization, 0))
$$;

-- Takes the file over: the directory first, then who has left, then who reports to whom from today on.
create function import_apply(import uuid, organization uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  moved uuid[];
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
  select array_agg(r.person_id) into moved from import_row r where r.import_id = import and r.end_differs and not r.is_new;
  perform fit_reporting_lines(moved);

  update reporting_line l set ends_on = law.today(), leaver_id = null from import_row r
  where r.import_id = import and (r.left_on is null or r.left_on >= law.today())
    and l.report_id = r.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= law.today() and (l.ends_on is null or l.ends_on > law.today())
    and l.manager_id is distinct from r.line_manager_id;
  with begun as (
    insert into reporting_line (organization_id, report_id, manager_id, starts_on, ends_on)
    select organization, r.person_id, r.line_manager_id, law.today(), (
      -- Until a line begins that is planned already.
      select min(n.starts_on) from reporting_line n
      where n.report_id = r.person_id and n.kind = 'PRIMARY' and n.starts_on > law.today()
        and (n.ends_on is null or n.ends_on > n.starts_on or n.leaver_id is not null)
    )
    from import_row r
    where r.import_id = import and r.line_manager_id is not null
      and not exists (
        select 1 from reporting_line l
        where l.report_id = r.person_id and l.kind = 'PRIMARY'
          and l.starts_on <= law.today() and (l.ends_on is null or l.ends_on > law.today())
      )
    returning report_id, manager_id
  )
  select array_agg(e.person_id) into moved from employment_end e
  where e.ended_on >= law.today() and (e.person_id in (select report_id from begun) or e.person_id in (select manager_id from begun));
  perform fit_reporting_lines(moved);
end $$;

-- The last step: checks the file as a whole and, unless something is wrong with it or it is a dry run, takes it over.
-- `bad` are the errors found so far ([{line, column, message}], the first thousand of bad_count). Returns the report's id.
create function import_finish(
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
    select 1 from reporting_line l where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_on > law.today()
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
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_on < law.today())
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

revoke execute on function
  fit_reporting_lines(uuid[]), import_begin(uuid),
  import_add(uuid, uuid, integer[], text[], text[], text[], text[], text[], text[], text[], date[], date[]),
  import_match(uuid, uuid), import_contradictions(uuid, uuid), import_circles(uuid, uuid), import_compare(uuid, uuid),
  import_goes_alone(uuid), import_apply(uuid, uuid), import_finish(uuid, uuid, uuid, boolean, integer, jsonb, integer)
  from public;
