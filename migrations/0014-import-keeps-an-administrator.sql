-- An import that would take the last administrator away says so in its report, by the row.

-- What no single row can show: [{line, column, message}] in the order of lines, the first thousand, and how many there are.
create or replace function import_contradictions(import uuid, organization uuid, out total integer, out list jsonb)
language sql set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set work_mem = '64MB' as $$
  with file as (select * from import_row where import_id = import),
  -- Who administers the organization with an open account: what the file says of them, and whether they stay after it.
  administrator as (
    select f.line, f.left_on, e.ended_on,
           f.left_on is null and (e.ended_on is null or (f.line is not null and e.ended_on < (now() at time zone 'UTC')::date)) as stays
    from role_grant r
    join account a on a.person_id = r.person_id and a.disabled_at is null
    left join employment_end e on e.person_id = r.person_id
    left join file f on f.person_id = r.person_id
    where r.organization_id = organization and r.role = 'ORGANIZATION_ADMIN'
  ),
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
    union all
    -- As law.require_administrator has it, for a dry run too.
    select line, 'left_on', 'would leave the organization without an ORGANIZATION_ADMIN who stays. Grant the role to somebody else first.'
    from administrator
    where line is not null and left_on is not null
      and (ended_on is null or (left_on < ended_on and ended_on >= (now() at time zone 'UTC')::date))
      and not exists (select 1 from administrator o where o.stays)
  )
  select (select count(*) from contradiction)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from contradiction order by line, at_column limit 1000) c)
$$;
