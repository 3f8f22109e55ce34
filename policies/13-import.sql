-- Importing people: functions that update the directory from a file.
--
-- table           who sees a row                                            who adds, changes and deletes it
-- import_report   PEOPLE_ADMIN; the API token that imported                  nobody: app.finish_import writes it
-- import_outcome  PEOPLE_ADMIN; that token, if it may read the directory     nobody: app.finish_import writes it
-- import_row      nobody                                                     nobody: rows of a running import
--
-- A report has two parts (docs/decisions/0005-people-import.md):
-- * import_report: what the file shows by itself. Visible to PEOPLE_ADMIN and to the API token that imported.
-- * import_outcome: what follows from the directory. Visible to PEOPLE_ADMIN, and to that token if it may read the directory.
--
-- app.import_begin, app.import_add and app.import_finish are for the serving role and check who is asking. The operator's command
-- calls app.begin_import, app.add_import_rows and app.finish_import as the owner.
--
-- The tables have no statistics about rows that an import has just written, and ANALYZE would make imports into different
-- organizations wait for each other. Without statistics the planner chooses nested loops, which are quadratic here, so they are
-- switched off.

alter table import_report enable row level security;
grant select on import_report to :"app";
create policy import_report_select_people_admin_or_own_token on import_report for select to :"app" using (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  or token_id = (select session_id from app.identity())
);

alter table import_outcome enable row level security;
grant select on import_outcome to :"app";
create policy import_outcome_select_people_admin_or_own_token on import_outcome for select to :"app" using (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  or token_id = (select session_id from app.identity())
);

alter table import_row enable row level security;
create policy import_row_nobody on import_row for all to :"app" using (false);

-- Starts an import. One at a time per organization: MU080 while another is running. Rows that an import left behind when the
-- server crashed are deleted.
create or replace function app.begin_import(organization uuid) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('import_people:' || organization, 0)) then
    raise exception 'another import is running' using errcode = 'MU080';
  end if;
  delete from import_row r where r.organization_id = organization;
  -- The importing process may be killed: the server should notice before the end of a long statement.
  perform set_config('client_connection_check_interval', '2s', true);
  return gen_random_uuid();
end $$;

-- Adds rows of the file, column by column; called once per batch. Values are validated already; a refused one is null.
create or replace function app.add_import_rows(
  import uuid, organization uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[],
  departments text[], locations text[], manager_external_ids text[], hired date[], gone date[]
) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into import_row (import_id, organization_id, line, external_id, email, name, title, department, location,
                          manager_external_id, hired_on, left_on, id_key, manager_key, email_key)
  select import, organization, f.*, folded_id(f.external_id), folded_id(f.manager_external_id), folded_address(f.email)
  from unnest(lines, external_ids, emails, names, titles, departments, locations, manager_external_ids, hired, gone)
    f(line, external_id, email, name, title, department, location, manager_external_id, hired_on, left_on)
$$;

-- What no single row can show, but the file by itself: [{line, column, message}] in the order of lines, the first thousand, and how
-- many there are. Reads import_row only, so it says nothing about the directory.
create or replace function app.import_file_errors(import uuid, similar_ids_allowed boolean, out total integer, out list jsonb)
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  with file as (select * from import_row where import_id = import),
  error (line, at_column, message) as (
    select line, 'external_id', format('"%s" is also in line %s%s.', external_id, first_line,
      case when external_id <> first_id then format(', as "%s"', first_id) else '' end)
    from (
      select line, external_id, first_value(external_id) over same as first_id, first_value(line) over same as first_line
      from file where external_id is not null
      window same as (partition by id_key collate "C" order by line)
    ) f
    where line > first_line
    union all
    select line, 'external_id', format('"%s" is similar to "%s" in line %s: probably one person twice. Correct one of them, or allow similar IDs.',
      external_id, first_id, first_line)
    from (
      select line, external_id, id_key, first_value(external_id) over same as first_id, first_value(id_key) over same as first_key,
             first_value(line) over same as first_line
      from file where external_id is not null and not similar_ids_allowed
      window same as (partition by id_twin_key(id_key) collate "C" order by line)
    ) f
    where id_key <> first_key
    union all
    select line, 'email', format('"%s" is also in line %s.', email, first_line)
    from (select *, min(line) over (partition by email_key collate "C") as first_line from file where email is not null) f
    where line > first_line
    union all
    select line, 'manager_external_id', 'must not be the external_id of the same row.'
    from file where manager_key = id_key
  )
  select (select count(*) from error)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from error order by line, at_column limit 1000) e)
$$;

-- The lines of people who would be among their own managers according to the file alone: those on cycles, not those below them. A
-- manager who has left does not count, because no reporting line to them begins.
create or replace function app.import_file_cycles(import uuid, today date) returns integer[]
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  cycles integer[];
begin
  create temp table import_climb on commit drop as
    select r.line as id, m.line as at_id
    from import_row r join import_row m on m.import_id = import and m.id_key = r.manager_key
    where r.import_id = import and (r.left_on is null or r.left_on >= today) and (m.left_on is null or m.left_on >= today);
  perform app.import_climb();
  select coalesce(array_agg(distinct at_id), '{}') into cycles from import_climb;
  drop table import_climb;
  return cycles;
end $$;

-- The same for people, once the file is taken over: with the reporting lines of people who are not in it.
create or replace function app.import_cycles(import uuid, organization uuid) returns uuid[]
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  cycles uuid[];
begin
  -- If every manager is in the file, nobody outside of it can be part of a cycle with people in it.
  if not exists (select 1 from import_row r where r.import_id = import and r.line_manager_id is not null and not r.manager_in_file) then
    return '{}';
  end if;
  create temp table import_climb on commit drop as
    select r.person_id as id, r.line_manager_id as at_id
    from import_row r where r.import_id = import and r.line_manager_id is not null
    union all
    select l.report_id, l.manager_id from reporting_line l
    where l.organization_id = organization and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
      and not exists (select 1 from import_row r where r.import_id = import and r.person_id = l.report_id);
  perform app.import_climb();
  select coalesce(array_agg(distinct at_id), '{}') into cycles from import_climb;
  drop table import_climb;
  return cycles;
end $$;

-- Moves everybody in import_climb (id, at_id) up the managers until only those are left who never reach the top. Each round climbs twice
-- as far as the one before. Those who have not arrived after more steps than there are people are on or below a cycle, and at_id is on it.
create or replace function app.import_climb() returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
begin
  for _ in 0 .. (select ceil(log(2, count(*) + 2))::integer from import_climb) loop
    delete from import_climb c where not exists (select 1 from import_climb up where up.id = c.at_id);
    exit when not exists (select 1 from import_climb);
    update import_climb c set at_id = up.at_id from import_climb up where up.id = c.at_id;
  end loop;
end $$;

-- Finds the person of each row: by external ID, else by the e-mail address of a person without one, else a new person. Also finds the
-- manager, department and location that the row names.
create or replace function app.match_import_rows(import uuid, organization uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  with known as materialized (
    select p.id, folded_id(p.external_id) as id_key, case when p.external_id is null then folded_address(p.email) end as email_key
    from person p where p.organization_id = organization
  ),
  -- Names are folded once each, not once per row.
  known_department as (
    select n.name, d.id
    from (select distinct department as name from import_row where import_id = import) n
    join department d on d.organization_id = organization and folded_name(d.name) = folded_name(n.name)
  ),
  known_location as (
    select n.name, o.id
    from (select distinct location as name from import_row where import_id = import) n
    join location o on o.organization_id = organization and folded_name(o.name) = folded_name(n.name)
  )
  update import_row r
  set person_id = coalesce(by_id.id, by_email.id, uuidv7()), is_new = coalesce(by_id.id, by_email.id) is null,
      manager_id = manager.id, department_id = d.id, location_id = l.id
  from import_row o
  left join known by_id on by_id.id_key = o.id_key
  left join known by_email on by_email.email_key = o.email_key
  left join known manager on manager.id_key = o.manager_key
  left join known_department d on d.name = o.department
  left join known_location l on l.name = o.location
  where r.import_id = import and o.import_id = import and o.line = r.line
$$;

-- Errors that follow from the directory, in the form of app.import_file_errors. `sees_future`: whether the importer may see future last
-- days. Otherwise there is no error for a first day after such a day, because dry runs with different first days would find it.
create or replace function app.import_directory_errors(
  import uuid, organization uuid, similar_ids_allowed boolean, sees_future boolean, out total integer, out list jsonb
)
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  with file as (select * from import_row where import_id = import),
  unknown_manager as (
    select line, manager_external_id, id_twin_key(manager_key) as key
    from file where manager_external_id is not null and manager_id is null
  ),
  -- External ids that nobody in the directory has in the same spelling.
  new_id as (
    select f.line, f.external_id, id_twin_key(f.id_key) as key
    from file f
    where f.external_id is not null and not similar_ids_allowed
      and not exists (select 1 from person p where p.organization_id = organization and p.external_id = f.external_id)
  ),
  -- The people in the directory with similar ids: of each key the first.
  known_id as (
    select distinct on (p.key) p.key, p.external_id, p.name
    from (
      select p.external_id, p.name, id_twin_key(p.external_id) as key from person p
      where p.organization_id = organization and p.external_id is not null
        and (exists (select 1 from new_id) or exists (select 1 from unknown_manager))
    ) p
    where p.key in (select key from new_id union all select key from unknown_manager)
    order by p.key, p.external_id
  ),
  known_in_file as (
    select distinct on (f.key) f.key, f.external_id, f.line
    from (select external_id, line, id_twin_key(id_key) as key from file where exists (select 1 from unknown_manager)) f
    where f.key in (select key from unknown_manager)
    order by f.key, f.line
  ),
  -- Who administers the organization with an open account, and the last day of each after the import.
  administrator as (
    select f.line, f.end_differs, f.new_end, e.ended_on as old_end, e.ended_at as old_end_at, case when f.line is null then e.ended_on else f.new_end end as ended_on
    from role_grant r
    join account a on a.person_id = r.person_id and a.disabled_at is null
    left join employment_end e on e.person_id = r.person_id
    left join file f on f.person_id = r.person_id
    where r.organization_id = organization and r.role = 'ORGANIZATION_ADMIN'
  ),
  error (line, at_column, message) as (
    select f.line, 'email', format('"%s" is the address of %s, who is not in the file.', f.email, p.name)
    from file f
    join person p on p.organization_id = organization and folded_address(p.email) = f.email_key and p.id <> f.person_id
    where not exists (select 1 from file o where o.person_id = p.id)
    union all
    select n.line, 'external_id', format('"%s" is similar to "%s" of %s in the directory: probably one person twice. Correct it, or allow similar IDs.',
      n.external_id, k.external_id, k.name)
    from new_id n join known_id k using (key)
    union all
    select u.line, 'manager_external_id', format('"%s" is not an external ID of a person in the file or the directory%s.', u.manager_external_id,
      case when f.line is not null then format('; "%s" in line %s is similar', f.external_id, f.line)
        when k.key is not null then format('; "%s" of %s is similar', k.external_id, k.name) else '' end)
    from unknown_manager u left join known_in_file f using (key) left join known_id k using (key)
    union all
    select line, 'hired_on', format('must not be after the last day, %s.', new_end)
    from file where sees_future and left_on is null and hired_on > new_end
    union all
    select line, 'left_on', 'would leave the organization without an ORGANIZATION_ADMIN: grant the role to another person first.'
    from administrator
    where end_differs and new_end is not null and (old_end is null or (old_end_at > now() and new_end < old_end))
      and not exists (select 1 from administrator other where other.ended_on is null)
  )
  select (select count(*) from error)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from error order by line, at_column limit 1000) e)
$$;

-- What applying the file would change, row by row. `sees_future`: whether the importer may see future last days.
create or replace function app.compare_import(import uuid, organization uuid, today date, sees_future boolean) returns void
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  update import_row r
  set manager_id = coalesce(m.person_id, f.manager_id),
      manager_in_file = m.person_id is not null,
      line_manager_id = after.manager_id,
      differs = not r.is_new
        and ((p.external_id, p.name, p.email, p.title, p.department_id, p.location_id, p.hired_on)
            is distinct from (r.external_id, r.name, r.email, r.title, r.department_id, r.location_id, r.hired_on)
          or (r.department is not null and r.department_id is null) or (r.location is not null and r.location_id is null)),
      new_end = after.ended_on,
      end_differs = e.ended_on is distinct from after.ended_on,
      end_shown = case when sees_future then e.ended_on is distinct from after.ended_on
        else (case when e.last_day_at <= now() then e.ended_on end) is distinct from
          (case when after.ended_on <= today then after.ended_on end) end,
      manager_differs = not r.is_new and (e.ended_at is null or e.ended_at > now())
        and (r.left_on is null or r.left_on >= today)
        and after.manager_id is distinct from l.manager_id
  from import_row f
  left join person p on p.id = f.person_id
  left join employment_end e on e.person_id = f.person_id
  left join reporting_line l on l.organization_id = organization and l.report_id = f.person_id and l.kind = 'PRIMARY'
    and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
  left join (
    select distinct on (id_key collate "C") id_key, person_id, left_on
    from import_row where import_id = import order by id_key collate "C", line
  ) m on m.id_key = f.manager_key
  left join employment_end left_before on left_before.person_id = f.manager_id and left_before.ended_at <= now()
  cross join lateral (
    select
      -- An empty left_on means that the person has not left so far: a future last day stays.
      case when f.left_on is null and e.ended_at > now() then e.ended_on else f.left_on end as ended_on,
      -- No line begins to a manager who has left, nor for a person who has.
      case when f.left_on < today then null
        when m.person_id is null then case when left_before.person_id is null then f.manager_id end
        when m.left_on is null or m.left_on >= today then m.person_id end as manager_id
  ) after
  where r.import_id = import and f.import_id = import and f.line = r.line
$$;

-- How many people outside of the file get a different manager, or none, because their manager leaves in it or has not left after all.
create or replace function app.import_managers_changed_outside(import uuid, organization uuid, today date) returns bigint
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  select count(*)
  from reporting_line l
  join import_row m on m.import_id = import and m.person_id = l.manager_id and m.end_differs
  where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_at <= now()
    and case when l.ends_at is null or l.ends_at > now() then m.left_on < today
      else l.leaver_id = l.manager_id and (l.closed_on is null or l.closed_on > today)
        and (m.new_end is null or m.new_end >= today) end
    and not exists (select 1 from import_row r where r.import_id = import and r.person_id = l.report_id)
    and not exists (select 1 from employment_end e where e.person_id = l.report_id and e.ended_at <= now())
$$;

-- Has everybody who edits the directory by hand wait until the import has ended, and waits for them. Otherwise an import could
-- overwrite what it has not seen, and two writers could wait for each other.
create or replace function app.lock_directory_for_import(organization uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('people:' || organization, 0))
$$;

-- Applies the file: first the directory, then ends of employment, then reporting lines from today on.
create or replace function app.apply_import(import uuid, organization uuid, today date) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
begin
  perform app.lock_directory_for_import(organization);
  raise notice 'Changing people' using errcode = 'MU082';
  -- Ordered by ID, as in every transaction that locks several people: those of shares and invitations do not wait for imports.
  perform 1 from person p
  where p.id in (select r.person_id from import_row r where r.import_id = import and r.differs)
  order by p.id for no key update of p;

  insert into department (organization_id, name)
  select distinct on (folded_name(r.name)) organization, r.name
  from (select department as name, min(line) as line from import_row
        where import_id = import and department is not null and department_id is null group by department) r
  order by folded_name(r.name), r.line
  on conflict do nothing;
  insert into location (organization_id, name)
  select distinct on (folded_name(r.name)) organization, r.name
  from (select location as name, min(line) as line from import_row
        where import_id = import and location is not null and location_id is null group by location) r
  order by folded_name(r.name), r.line
  on conflict do nothing;

  -- Addresses that move from one person to another are unused in between.
  update person p set email = null from import_row r
  where r.import_id = import and r.differs and p.id = r.person_id and folded_address(p.email) is distinct from r.email_key
    and exists (
      select 1 from import_row o where o.import_id = import and o.email_key = folded_address(p.email) and o.person_id <> p.id
    );
  update import_row r set department_id = d.id
  from department d
  where r.import_id = import and r.department is not null and r.department_id is null
    and d.organization_id = organization and folded_name(d.name) = folded_name(r.department);
  update import_row r set location_id = o.id
  from location o
  where r.import_id = import and r.location is not null and r.location_id is null
    and o.organization_id = organization and folded_name(o.name) = folded_name(r.location);
  update person p
  set external_id = r.external_id, name = r.name, email = r.email, title = r.title, hired_on = r.hired_on,
      department_id = r.department_id, location_id = r.location_id
  from import_row r where r.import_id = import and r.differs and p.id = r.person_id;
  insert into person (id, organization_id, external_id, name, email, title, hired_on, department_id, location_id)
  select r.person_id, organization, r.external_id, r.name, r.email, r.title, r.hired_on, r.department_id, r.location_id
  from import_row r where r.import_id = import and r.is_new;

  raise notice 'Changing ends of employment' using errcode = 'MU082';
  delete from employment_end e using import_row r
  where r.import_id = import and r.end_differs and r.new_end is null and e.person_id = r.person_id;
  insert into employment_end (person_id, organization_id, ended_on)
  select r.person_id, organization, r.new_end from import_row r
  where r.import_id = import and r.end_differs and r.new_end is not null
  on conflict (person_id) do update set ended_on = excluded.ended_on;

  -- Triggers derive the ends of reporting lines from those of employments (12-reporting-lines.sql).
  raise notice 'Changing reporting lines' using errcode = 'MU082';
  update reporting_line l set closed_on = today from import_row r
  where r.import_id = import and (r.left_on is null or r.left_on >= today)
    and l.report_id = r.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= today and (l.ends_on is null or l.ends_on > today)
    and l.manager_id is distinct from r.line_manager_id;
  insert into reporting_line (organization_id, report_id, manager_id, starts_on, closed_on)
  select organization, r.person_id, r.line_manager_id, today, (
    -- Until a line begins that is already planned.
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

-- The last step: checks the file as a whole and, unless it has errors or this is a dry run, applies it. Returns the report's ID.
--
-- `by_person`, `by_token`: who imports; neither for the operator's command. `sees`: what they may see of the directory:
--   EVERYTHING (PEOPLE_ADMIN, the operator), PRESENT (a token that reads the directory: no future days), NOTHING (a token that only
--   writes it).
-- `bad`: errors found while reading the file ([{line, column, message}], the first thousand of bad_count).
create or replace function app.finish_import(
  import uuid, organization uuid, by_person uuid, by_token uuid, sees text, dry_run boolean, similar_ids_allowed boolean,
  row_count integer, bad jsonb, bad_count integer
) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
declare
  today constant date := app.today_in(organization);
  cycle_message constant text := 'must not be a person who reports to this one, directly or through others.';
  checked record;
  file_cycles integer[];
  cycles uuid[];
  directory_bad jsonb := '[]';
  directory_bad_count integer := 0;
  outside bigint := 0;
  report_id uuid;
begin
  raise notice 'Checking the file' using errcode = 'MU082';
  checked := app.import_file_errors(import, similar_ids_allowed);
  bad := bad || checked.list;
  bad_count := bad_count + checked.total;
  if bad_count = 0 then
    file_cycles := app.import_file_cycles(import, today);
    select coalesce(jsonb_agg(jsonb_build_object('line', c, 'column', 'manager_external_id', 'message', cycle_message) order by c), '[]'),
           count(*)
    into bad, bad_count
    from unnest(file_cycles) c;
  end if;

  insert into import_report (organization_id, by_id, token_id, dry_run, rows, error_count, errors)
  select organization, by_person, by_token, dry_run, row_count, bad_count, app.first_import_errors(bad)
  returning id into report_id;

  -- A dry run whose importer may see nothing of the directory does not read it, so that its duration reveals nothing either.
  if not (dry_run and sees = 'NOTHING') then
    if not dry_run then
      perform app.lock_directory_for_import(organization);
    end if;
    raise notice 'Comparing with the directory' using errcode = 'MU082';
    perform app.match_import_rows(import, organization);
    perform app.compare_import(import, organization, today, sees <> 'PRESENT');
    checked := app.import_directory_errors(import, organization, similar_ids_allowed, sees <> 'PRESENT');
    directory_bad := checked.list;
    directory_bad_count := checked.total;
    if bad_count + directory_bad_count = 0 then
      outside := app.import_managers_changed_outside(import, organization, today);
      cycles := app.import_cycles(import, organization);
      select coalesce(jsonb_agg(jsonb_build_object('line', r.line, 'column', 'manager_external_id', 'message', cycle_message) order by r.line), '[]'),
             count(*)
      into directory_bad, directory_bad_count
      from import_row r where r.import_id = import and r.person_id = any (cycles);
    end if;

    -- A dry run applies the file, and rolls back, only if lines that begin later could form a cycle with those of the file.
    if bad_count + directory_bad_count = 0 and (not dry_run or exists (
      select 1 from reporting_line l where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_at > now()
    )) then
      begin
        perform app.apply_import(import, organization, today);
        if dry_run then
          raise exception 'a dry run' using errcode = 'MU081';
        end if;
      exception
        when sqlstate 'MU081' then
          null;
        when sqlstate 'MU001' then
          directory_bad_count := 1;
          directory_bad := jsonb_build_array(jsonb_build_object('line', 1, 'column', 'manager_external_id', 'message',
            'The reporting lines of the file would form a cycle with lines that begin later: change one of them.'));
        -- app.import_directory_errors finds it first, unless a role or an account has changed since.
        when sqlstate 'MU060' then
          directory_bad_count := 1;
          directory_bad := jsonb_build_array(jsonb_build_object('line', 1, 'column', 'left_on', 'message',
            'would leave the organization without an ORGANIZATION_ADMIN: grant the role to another person first.'));
      end;
    end if;

    insert into import_outcome (report_id, organization_id, token_id, created, changed, ended, restored, managers_changed, unchanged,
                                error_count, errors, absent_count, absent)
    select report_id, organization, case when sees <> 'NOTHING' then by_token end,
           coalesce(done.created, 0), coalesce(done.changed, 0), coalesce(done.ended, 0), coalesce(done.restored, 0),
           coalesce(done.managers_changed, 0), coalesce(done.unchanged, 0), directory_bad_count,
           app.first_import_errors(directory_bad), absent.total, absent.list
    from (
      select count(*) as total,
             coalesce(jsonb_agg(external_id order by external_id) filter (where place <= 1000), '[]') as list
      from (
        select p.external_id, row_number() over (order by p.external_id) as place from person p
        where p.organization_id = organization and p.external_id is not null
          and not exists (select 1 from import_row r where r.import_id = import and r.person_id = p.id)
          and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
      ) gone
    ) absent
    left join (
      select count(*) filter (where is_new) as created,
             count(*) filter (where differs) as changed,
             count(*) filter (where end_shown and not is_new and visible_end is not null) as ended,
             count(*) filter (where end_shown and not is_new and visible_end is null) as restored,
             count(*) filter (where manager_differs) + outside as managers_changed,
             count(*) filter (where not (is_new or differs or end_shown or manager_differs)) as unchanged
      from (
        select r.*, case when sees <> 'PRESENT' or r.new_end <= today then r.new_end end as visible_end
        from import_row r where r.import_id = import
      ) r
    ) done on bad_count + directory_bad_count = 0;
  end if;

  if not dry_run and bad_count + directory_bad_count = 0 then
    insert into audit_entry (organization_id, actor_id, action, subject)
    values (organization, by_person, 'PEOPLE_IMPORTED', 'import report ' || report_id);
  end if;
  delete from import_row where import_id = import;
  return report_id;
end $$;

-- The first thousand errors in the order of lines.
create or replace function app.first_import_errors(errors jsonb) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(e order by (e ->> 'line')::integer, e ->> 'column'), '[]')
  from (select e from jsonb_array_elements(errors) e order by (e ->> 'line')::integer, e ->> 'column' limit 1000) first
$$;

-- ---------------------------------------------------------------- for the serving role

create or replace function app.import_begin() returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if app.import_organization() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  return app.begin_import(app.import_organization());
end $$;

create or replace function app.import_add(
  import uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[], departments text[],
  locations text[], manager_external_ids text[], hired date[], gone date[]
) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if app.import_organization() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  perform app.add_import_rows(import, app.import_organization(), lines, external_ids, emails, names, titles, departments, locations,
                              manager_external_ids, hired, gone);
end $$;

drop function if exists app.import_finish(uuid, boolean, integer, jsonb, integer);
create or replace function app.import_finish(
  import uuid, dry_run boolean, similar_ids_allowed boolean, row_count integer, bad jsonb, bad_count integer
) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  viewer record;
begin
  -- Rows come from app.import_add, so an import of another organization has none here.
  if app.import_organization() is null or exists (
    select 1 from import_row r where r.import_id = import and r.organization_id <> app.import_organization()
  ) then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  select * into viewer from app.identity();
  return app.finish_import(
    import, viewer.organization_id, viewer.person_id,
    case when viewer.person_id is null then viewer.session_id end,
    case when viewer.person_id is not null then 'EVERYTHING'
         when 'DIRECTORY_READ' = any (viewer.scopes) then 'PRESENT'
         else 'NOTHING' end,
    dry_run, similar_ids_allowed, row_count, bad, bad_count
  );
end $$;

grant execute on function
  app.import_begin(),
  app.import_add(uuid, integer[], text[], text[], text[], text[], text[], text[], text[], date[], date[]),
  app.import_finish(uuid, boolean, boolean, integer, jsonb, integer)
  to :"app";
