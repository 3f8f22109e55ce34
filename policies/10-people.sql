-- ------------------------------------------------------------------------------------------------ people

alter table organization enable row level security;
grant select, update (time_zone, leaders_share_first) on organization to :"app";
create policy read on organization for select to :"app"
  using (
    id = (select app.directory_organization()) or id = (select app.signed_in_organization()) or id = (select app.import_organization())
  );
create policy change on organization for update to :"app"
  using (id = (select app.organization_as('ORGANIZATION_ADMIN')));

alter table department enable row level security;
grant select, insert (organization_id, name), update (name) on department to :"app";
create policy read on department for select to :"app" using (organization_id = (select app.directory_organization()));
create policy add on department for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy change on department for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

alter table location enable row level security;
grant select, insert (organization_id, name), update (name) on location to :"app";
create policy read on location for select to :"app" using (organization_id = (select app.directory_organization()));
create policy add on location for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy change on location for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

-- They compute columns and index keys, with the rights of the role that writes the row.
grant execute on function
  searchable(text), without_forms(text), folded_name(text), folded_id(text), id_twin_key(text), punycode(text), folded_address(text),
  finite_number(double precision)
  to :"app";

alter table person enable row level security;
grant select,
  insert (organization_id, external_id, name, email, title, department_id, location_id, started_on),
  update (external_id, name, email, title, department_id, location_id, started_on)
  on person to :"app";
create policy read on person for select to :"app" using (
  organization_id = (select app.directory_organization())
  or id = (select app.signed_in_person())
  or id = any ((select app.people_of_own_goals())::uuid[])
);
create policy add on person for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy change on person for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

alter table person_time_zone enable row level security;
grant select, insert, update (time_zone) on person_time_zone to :"app";
create policy read on person_time_zone for select to :"app"
  using (organization_id = (select app.directory_organization()) or person_id = (select app.signed_in_person()));
create policy add on person_time_zone for insert to :"app" with check (person_id = (select app.viewer()));
create policy change on person_time_zone for update to :"app" using (person_id = (select app.viewer()));

-- A day to come is known to the person and to PEOPLE_ADMIN only; when it was written, to nobody: it would tell since when it was
-- known.
alter table employment_end enable row level security;
grant select (person_id, organization_id, ended_on, last_day_at, ended_at), insert (person_id, organization_id, ended_on), update (ended_on), delete
  on employment_end to :"app";
create policy read on employment_end for select to :"app" using (
  (organization_id = (select app.directory_organization()) and last_day_at <= now())
  or person_id = (select app.signed_in_person())
  or organization_id = (select app.organization_as('PEOPLE_ADMIN'))
);
create policy add on employment_end for insert to :"app" with check (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  and exists (
    select 1 from person p
    where p.id = employment_end.person_id and p.organization_id = employment_end.organization_id
  )
);
create policy change on employment_end for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy remove on employment_end for delete to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

-- A beginning to come is known to the two people of the line and to PEOPLE_ADMIN. Ends are readable in reporting_line_end only.
alter table reporting_line enable row level security;
grant select (id, organization_id, report_id, manager_id, kind, starts_on, starts_at),
  insert (organization_id, report_id, manager_id, kind, starts_on, closed_on),
  update (closed_on), delete
  on reporting_line to :"app";
create policy read on reporting_line for select to :"app" using (
  organization_id = (select app.directory_organization())
  and (
    starts_at <= now()
    or report_id = (select app.viewer())
    or manager_id = (select app.viewer())
    or organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  )
);
create policy add on reporting_line for insert to :"app" with check (
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
create policy change on reporting_line for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
-- What has begun is history and stays: also, one-to-ones and shares may rest on it, and a foreign key would tell of them.
create policy remove on reporting_line for delete to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')) and starts_at > now());

-- An end to come likewise; where somebody leaves, not even the other person of the line knows it from here: that end is a row
-- beside the one that was set by hand.
alter table reporting_line_end enable row level security;
grant select on reporting_line_end to :"app";
create policy read on reporting_line_end for select to :"app" using (
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

alter table role_grant enable row level security;
grant select, insert (person_id, role, organization_id, granted_by), delete on role_grant to :"app";
create policy read on role_grant for select to :"app" using (
  person_id = (select app.viewer()) or organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
);
create policy add on role_grant for insert to :"app" with check (
  organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
  and granted_by = (select app.viewer())
  and person_id <> (select app.viewer())
  and exists (
    select 1 from person p where p.id = role_grant.person_id and p.organization_id = role_grant.organization_id
  )
  and not exists (select 1 from employment_end e where e.person_id = role_grant.person_id and e.ended_at <= now())
);
create policy remove on role_grant for delete to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- What the roles of the viewer do that is recorded by the service. Everything else is recorded by functions that run as the
-- owner of the table.
create or replace function app.recorded_actions() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select a.action
    from app.identity() i
    join role_grant r on r.person_id = i.person_id
    join (values
      ('PEOPLE_ADMIN', 'ACCOUNT_DISABLED'), ('PEOPLE_ADMIN', 'ACCOUNT_ENABLED'), ('PEOPLE_ADMIN', 'API_TOKEN_CREATED'),
      ('PEOPLE_ADMIN', 'API_TOKEN_REVOKED'), ('PEOPLE_ADMIN', 'DEPARTMENT_RENAMED'), ('PEOPLE_ADMIN', 'LOCATION_RENAMED'),
      ('PEOPLE_ADMIN', 'PERSON_CHANGED'), ('PEOPLE_ADMIN', 'PERSON_CREATED'), ('PEOPLE_ADMIN', 'PERSON_INVITED'),
      ('HR_ANALYST', 'API_TOKEN_CREATED'), ('HR_ANALYST', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'API_TOKEN_CREATED'), ('ORGANIZATION_ADMIN', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'ROLE_GRANTED'), ('ORGANIZATION_ADMIN', 'ROLE_REVOKED'),
      ('ORGANIZATION_ADMIN', 'SETTINGS_CHANGED')
    ) a (role, action) on a.role = r.role
    where i.employed
  )
$$;
grant execute on function app.recorded_actions() to :"app";

-- Append-only: nobody who serves may change or remove an entry, and whoever adds one holds the role that the action takes.
alter table audit_entry enable row level security;
grant select, insert (organization_id, actor_id, action, subject) on audit_entry to :"app";
create policy read on audit_entry for select to :"app"
  using (organization_id = (select app.organization_as('AUDITOR')));
create policy add on audit_entry for insert to :"app" with check (
  organization_id = (select app.organization()) and actor_id = (select app.viewer())
  and action = any ((select app.recorded_actions())::text[])
);


-- ---------------------------------------------------------------- doors of the directory

-- A page of the people in whose name, e-mail or title each of these words occurs, by name and id, after a place in that order.
-- The directory's rule again, as the owner: under the policy LIKE may not use the index, since it is not leakproof and could
-- tell of hidden rows; here none are hidden.
-- Common words fill the page on a short way through the names; rare ones have few matches, which the index finds and gives in no
-- order. Which kind a word is nobody knows beforehand, statistics least of all where its matches stand together ("Sofia"). So
-- both ways are tried in turn, first a little of each, then more: what neither finishes is dear at most by its matches.
create or replace function app.find_people(
  words text, in_department uuid, at_location uuid, with_former boolean, cursor_name text, cursor_id uuid, backward boolean, size integer
) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  organization uuid := app.directory_organization();
  matching text;
  -- Whether the index knows of one of the words: it is made of runs of three letters.
  indexed boolean;
  in_list text := case when in_department is not null then ' and p.department_id = $2'
                       when at_location is not null then ' and p.location_id = $3' else '' end
    || case when cursor_id is null then '' when backward then ' and (p.name, p.id) < ($4, $5)' else ' and (p.name, p.id) > ($4, $5)' end;
  direction text := case when backward then ' desc' else '' end;
  walk text;
  gather text;
  reach integer;
  found_ids uuid[];
  all_found boolean;
begin
  if organization is null then
    return;
  end if;
  -- As literals, so that the planner sees how rare they are.
  select coalesce(string_agg(
      format(' and p.search_text like %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), ''), ''),
    coalesce(bool_or(word ~ '[[:alnum:]]{3}'), false)
  into matching, indexed
  from (
    select distinct word from regexp_split_to_table(searchable(words), '\s+') as word where word <> ''
    order by word limit 10
  ) w;
  matching := matching
    || case when in_department is null or at_location is null then '' else ' and p.location_id = $3' end
    || case when with_former then '' else
         ' and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())' end;
  -- The matches among the first $7 names: the limit within keeps the way short, whatever the words.
  walk := 'select array(select p.id from (select p.* from person p where p.organization_id = $1' || in_list
    || format(' order by p.name%1$s, p.id%1$s limit $7) p where true', direction) || matching
    || format(' order by p.name%1$s, p.id%1$s limit $6)', direction);
  -- The first of all matches, if these are fewer than $7. Materialized, lest the planner go through the names after all.
  gather := 'with found as materialized (select p.id, p.name from person p where p.organization_id = $1' || in_list || matching
    || format(' limit $7) select array(select id from found order by name%1$s, id%1$s limit $6), (select count(*) from found) < $7', direction);
  foreach reach in array case when indexed then array[250, 2500] else array[null::integer] end loop
    execute walk into found_ids
      using organization, in_department, at_location, cursor_name, cursor_id, size, reach;
    exit when cardinality(found_ids) >= size or not indexed;
    execute gather into found_ids, all_found
      using organization, in_department, at_location, cursor_name, cursor_id, size, case reach when 250 then 200 end;
    exit when all_found;
  end loop;
  return query select unnest(found_ids);
end $$;

grant execute on function
  app.find_people(text, uuid, uuid, boolean, text, uuid, boolean, integer)
  to :"app";

-- Whether this database holds the demo organization, whose password is published. Known by its id, which is the same wherever it
-- is loaded (apps/cli/demo/ids.ts): its name can be changed.
create or replace function app.holds_demo_organization() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from organization where id = '809a7754-0186-86b4-864f-5ff3c48bcc2f')
$$;
grant execute on function app.holds_demo_organization() to :"app";
