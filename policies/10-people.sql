-- Organizations, the directory, roles and the audit trail.
--
-- table               who sees a row                               who adds, changes and deletes it
-- organization        its people, also former ones; its tokens      ORGANIZATION_ADMIN changes name and settings
-- department,         everybody in the organization                 PEOPLE_ADMIN; deletes only one that nobody is assigned to
--   location
-- person              everybody in the organization; to a former    PEOPLE_ADMIN adds and changes
--                       employee, the people in their own goals
-- person_time_zone    everybody in the organization                 the person
-- person_preference   the person                                    the person
-- role_grant          the person and ORGANIZATION_ADMIN             ORGANIZATION_ADMIN, not for themselves
-- audit_entry         AUDITOR                                       a person whose role takes the action adds; nobody changes
--                                                                     or deletes
--
-- "Everybody in the organization" means employed people and API tokens with DIRECTORY_READ (app.directory_organization).
--
-- Nobody may select person.external_id; it is read through app.external_ids.

-- ------------------------------------------------------------------------------------------------ organization

alter table organization enable row level security;
grant select,
  update (
    name, time_zone, leaders_share_first, minimum_group_size, trends_visible_to, trends_published_after_days, pulse_rhythm,
    conversation_retention_months, access_log_retention_months
  )
  on organization to :"app";
create policy organization_select_own on organization for select to :"app"
  using (
    id = (select app.directory_organization()) or id = (select app.signed_in_organization()) or id = (select app.import_organization())
  );
create policy organization_update_organization_admin on organization for update to :"app"
  using (id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- ------------------------------------------------------------------------------------------------ departments and locations

alter table department enable row level security;
grant select, insert (organization_id, name), update (name), delete on department to :"app";
create policy department_select_directory on department for select to :"app"
  using (organization_id = (select app.directory_organization()));
create policy department_insert_people_admin on department for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy department_update_people_admin on department for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy department_delete_people_admin_unused on department for delete to :"app" using (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  and not exists (select 1 from person p where p.organization_id = department.organization_id and p.department_id = department.id)
);

alter table location enable row level security;
grant select, insert (organization_id, name), update (name), delete on location to :"app";
create policy location_select_directory on location for select to :"app"
  using (organization_id = (select app.directory_organization()));
create policy location_insert_people_admin on location for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy location_update_people_admin on location for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy location_delete_people_admin_unused on location for delete to :"app" using (
  organization_id = (select app.organization_as('PEOPLE_ADMIN'))
  and not exists (select 1 from person p where p.organization_id = location.organization_id and p.location_id = location.id)
);

-- ------------------------------------------------------------------------------------------------ people

-- Generated columns and indexes call these with the rights of the role that writes the row.
grant execute on function
  searchable(text), without_forms(text), folded_name(text), folded_id(text), id_twin_key(text), punycode(text), folded_address(text),
  finite_number(double precision)
  to :"app";

alter table person enable row level security;
grant select (id, organization_id, name, email, title, department_id, location_id, hired_on, created_at, search_text),
  insert (organization_id, external_id, name, email, title, department_id, location_id, hired_on),
  update (external_id, name, email, title, department_id, location_id, hired_on)
  on person to :"app";
create policy person_select_directory_or_own_goals on person for select to :"app" using (
  organization_id = (select app.directory_organization())
  or id = (select app.signed_in_person())
  or id = any ((select app.people_of_own_goals())::uuid[])
);
create policy person_insert_people_admin on person for insert to :"app"
  with check (organization_id = (select app.organization_as('PEOPLE_ADMIN')));
create policy person_update_people_admin on person for update to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

alter table person_time_zone enable row level security;
grant select, insert, update (time_zone) on person_time_zone to :"app";
create policy person_time_zone_select_directory_or_own on person_time_zone for select to :"app"
  using (organization_id = (select app.directory_organization()) or person_id = (select app.signed_in_person()));
create policy person_time_zone_insert_own on person_time_zone for insert to :"app"
  with check (person_id = (select app.viewer()));
create policy person_time_zone_update_own on person_time_zone for update to :"app"
  using (person_id = (select app.viewer()));

alter table person_preference enable row level security;
grant select, insert (person_id, organization_id, reminders_by_mail), update (reminders_by_mail) on person_preference to :"app";
create policy person_preference_select_own on person_preference for select to :"app" using (person_id = (select app.viewer()));
create policy person_preference_insert_own on person_preference for insert to :"app"
  with check (person_id = (select app.viewer()));
create policy person_preference_update_own on person_preference for update to :"app"
  using (person_id = (select app.viewer()));

-- The ID of the viewer's own node, which is not that of their person (libs/people/directory/viewer.model.ts).
create or replace function app.viewer_node_id() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select md5('Viewer ' || app.signed_in_person())::uuid
$$;

-- The organization whose external IDs the viewer may read: PEOPLE_ADMIN, or an API token that reads the directory.
create or replace function app.organization_of_external_ids() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.organization_id from app.identity() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_READ' = any (i.scopes)
$$;

-- The external IDs of these people.
create or replace function app.external_ids(person_ids uuid[], out person_id uuid, out external_id text) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.external_id from person p
  where p.id = any (person_ids) and p.external_id is not null
    and p.organization_id = (select app.organization_of_external_ids())
$$;

-- For PEOPLE_ADMIN: another person whose external ID differs only in leading zeros, case, spaces or invisible characters. Two with the
-- same folded ID are left to the unique index.
create or replace function app.similar_external_id(wanted text, except_person uuid, out external_id text, out name text)
  returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.external_id, p.name from person p
  where p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))
    and p.external_id is not null and id_twin_key(p.external_id) = id_twin_key(wanted)
    and folded_id(p.external_id) <> folded_id(wanted) and p.id is distinct from except_person
    -- Not for an ID that the person has already.
    and not exists (select 1 from person s where s.id = except_person and folded_id(s.external_id) = folded_id(wanted))
  order by p.external_id limit 1
$$;

-- Whether these people can sign in: NONE, INVITED, ACTIVE or DISABLED. For PEOPLE_ADMIN.
create or replace function app.account_states(person_ids uuid[], out person_id uuid, out state text) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id,
    case
      when a.disabled_at is not null then 'DISABLED'
      when a.person_id is not null then 'ACTIVE'
      when exists (
        select 1 from invitation i
        where i.person_id = p.id and i.accepted_at is null and i.expires_at > now()
          and folded_address(i.address) = folded_address(p.email)
      ) then 'INVITED'
      else 'NONE'
    end
  from person p left join account a on a.person_id = p.id
  where p.id = any (person_ids) and p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))
$$;

-- The IDs of one page of people, ordered by name and ID, or in reverse. `words` must each occur in the name, e-mail address or title; or all of it must
-- be the external ID, for a viewer who may read those. Null and false switch a filter off. The one by account states is for PEOPLE_ADMIN.
--
-- It repeats the policy of person and runs as the owner: under the policy LIKE could not use the index, because it is not leakproof and
-- could reveal hidden rows. Here none are hidden.
--
-- Frequent words fill the page after a few names in order; rare ones have few matches, which the index finds in no order. Which kind a
-- word is cannot be known in advance, least of all from statistics where its matches are next to each other ("Sofia"). So both ways are
-- tried in turn, first a little of each, then more. What neither finishes costs at most as much as it has matches.
create or replace function app.find_people(
  words text, in_department uuid, at_location uuid, with_former boolean, of_manager uuid, without_manager boolean,
  account_states text[], cursor_name text, cursor_id uuid, backward boolean, size integer
) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  organization uuid := app.directory_organization();
  matching text;
  -- Whether one of the words is in the index, which consists of runs of three letters.
  indexed boolean;
  -- The person whose external ID is searched for, or null.
  by_external_id uuid;
  -- The states to look up: a filter that includes NONE selects everybody but those in the other states.
  states text[] := account_states;
  in_list text := case when in_department is not null then ' and p.department_id = $2'
                       when at_location is not null then ' and p.location_id = $3' else '' end
    || case when of_manager is null then '' else $sql$
         and p.id in (
           select l.report_id from reporting_line l
           where l.manager_id = $8 and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now()))$sql$ end
    || case when cursor_id is null then '' when backward then ' and (p.name, p.id) < ($4, $5)' else ' and (p.name, p.id) > ($4, $5)' end;
  direction text := case when backward then ' desc' else '' end;
  walk text;
  gather text;
  reach integer;
  found_ids uuid[];
  all_found boolean;
begin
  if organization is null or (account_states is not null and app.organization_as('PEOPLE_ADMIN') is null) then
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
  if matching <> '' and app.organization_of_external_ids() is not null then
    select p.id into by_external_id from person p
    where p.organization_id = organization and folded_id(p.external_id) = folded_id(words);
    if by_external_id is not null then
      matching := ' and ((true' || matching || ') or p.id = $10)';
    end if;
  end if;
  if 'NONE' = any (account_states) then
    states := array(select s from unnest(array['INVITED', 'ACTIVE', 'DISABLED']) s where s <> all (account_states));
  end if;
  matching := matching
    || case when in_department is null or at_location is null then '' else ' and p.location_id = $3' end
    || case when with_former then '' else
         ' and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())' end
    || case when not without_manager then '' else $sql$
         and not exists (
           select 1 from reporting_line l
           where l.report_id = p.id and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now()))$sql$ end
    || case when account_states is null then '' else
         case when 'NONE' = any (account_states) then ' and not' else ' and' end || $sql$ exists (
           select 1 from account a
           where a.person_id = p.id and case when a.disabled_at is null then 'ACTIVE' else 'DISABLED' end = any ($9)
           union all
           select 1 from invitation i
           where i.person_id = p.id and 'INVITED' = any ($9) and i.accepted_at is null and i.expires_at > now()
             and folded_address(i.address) = folded_address(p.email)
             and not exists (select 1 from account a where a.person_id = p.id))$sql$ end;
  -- The matches among the first $7 names: the inner limit keeps this short, whatever the words.
  walk := 'select array(select p.id from (select p.* from person p where p.organization_id = $1' || in_list
    || format(' order by p.name%1$s, p.id%1$s limit $7) p where true', direction) || matching
    || format(' order by p.name%1$s, p.id%1$s limit $6)', direction);
  -- The first of all matches, if these are fewer than $7. Materialized, so that the planner does not go through the names after all.
  gather := 'with found as materialized (select p.id, p.name from person p where p.organization_id = $1' || in_list || matching
    || format(' limit $7) select array(select id from found order by name%1$s, id%1$s limit $6), (select count(*) from found) < $7', direction);
  foreach reach in array case when indexed then array[250, 2500] else array[null::integer] end loop
    execute walk into found_ids
      using organization, in_department, at_location, cursor_name, cursor_id, size, reach, of_manager, states, by_external_id;
    exit when cardinality(found_ids) >= size or not indexed;
    execute gather into found_ids, all_found
      using organization, in_department, at_location, cursor_name, cursor_id, size, case reach when 250 then 200 end, of_manager, states,
            by_external_id;
    exit when all_found;
  end loop;
  return query select unnest(found_ids);
end $$;

grant execute on function
  app.viewer_node_id(), app.external_ids(uuid[]), app.similar_external_id(text, uuid), app.account_states(uuid[]),
  app.find_people(text, uuid, uuid, boolean, uuid, boolean, text[], text, uuid, boolean, integer)
  to :"app";

-- ------------------------------------------------------------------------------------------------ roles and the audit trail

alter table role_grant enable row level security;
grant select, insert (person_id, role, organization_id, granted_by), delete on role_grant to :"app";
create policy role_grant_select_own_or_organization_admin on role_grant for select to :"app" using (
  person_id = (select app.viewer()) or organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
);
create policy role_grant_insert_organization_admin on role_grant for insert to :"app" with check (
  organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
  and granted_by = (select app.viewer())
  and person_id <> (select app.viewer())
  and exists (
    select 1 from person p where p.id = role_grant.person_id and p.organization_id = role_grant.organization_id
  )
  and not exists (select 1 from employment_end e where e.person_id = role_grant.person_id and e.ended_at <= now())
);
create policy role_grant_delete_organization_admin on role_grant for delete to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- The actions that the viewer's roles may record. All other entries are added by functions that run as the owner of the table.
create or replace function app.recorded_actions() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select a.action
    from app.identity() i
    join role_grant r on r.person_id = i.person_id
    join (values
      ('PEOPLE_ADMIN', 'ACCOUNT_DISABLED'), ('PEOPLE_ADMIN', 'ACCOUNT_ENABLED'), ('PEOPLE_ADMIN', 'API_TOKEN_CREATED'),
      ('PEOPLE_ADMIN', 'API_TOKEN_REVOKED'), ('PEOPLE_ADMIN', 'DEPARTMENT_RENAMED'), ('PEOPLE_ADMIN', 'DEPARTMENTS_MERGED'),
      ('PEOPLE_ADMIN', 'LOCATION_RENAMED'), ('PEOPLE_ADMIN', 'LOCATIONS_MERGED'),
      ('PEOPLE_ADMIN', 'PERSON_CHANGED'), ('PEOPLE_ADMIN', 'PERSON_CREATED'), ('PEOPLE_ADMIN', 'PERSON_INVITED'),
      ('HR_ANALYST', 'API_TOKEN_CREATED'), ('HR_ANALYST', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'API_TOKEN_CREATED'), ('ORGANIZATION_ADMIN', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'ORGANIZATION_RENAMED'), ('ORGANIZATION_ADMIN', 'PROCEDURE_AREA_CHANGED'),
      ('ORGANIZATION_ADMIN', 'ROLE_GRANTED'), ('ORGANIZATION_ADMIN', 'ROLE_REVOKED'),
      ('ORGANIZATION_ADMIN', 'SETTINGS_CHANGED')
    ) a (role, action) on a.role = r.role
    where i.employed
  )
$$;
grant execute on function app.recorded_actions() to :"app";

alter table audit_entry enable row level security;
grant select, insert (organization_id, actor_id, action, subject) on audit_entry to :"app";
create policy audit_entry_select_auditor on audit_entry for select to :"app"
  using (organization_id = (select app.organization_as('AUDITOR')));
create policy audit_entry_insert_role_of_action on audit_entry for insert to :"app" with check (
  organization_id = (select app.organization()) and actor_id = (select app.viewer())
  and action = any ((select app.recorded_actions())::text[])
);

-- ------------------------------------------------------------------------------------------------ the demo organization

-- Whether this database holds the demo organization, whose password is published. By its ID, which is the same in every database
-- (apps/cli/demo/ids.ts), because its name can change.
create or replace function app.holds_demo_organization() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from organization where id = '809a7754-0186-86b4-864f-5ff3c48bcc2f')
$$;
grant execute on function app.holds_demo_organization() to :"app";
