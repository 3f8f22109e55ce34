-- Engagement trends (docs/domain.md, Pulses and trends; rule T of docs/decisions/0090-release-rules.md).
--
-- table           who sees a row                                        who adds                         who changes     who deletes
-- trend_release   HR_ANALYST and API tokens with TRENDS_READ, from the  the worker, once for a period    nobody          nobody
--   trend_group     release on; from the publication on everybody whom
--   trend_cell      the setting trends_visible_to names
-- trend_erratum   as its release                                        the operator                     nobody          nobody
-- trend_response  people who see its release                            HR_ANALYST and the head of the   the same        nobody
--                                                                       group, for a released quarter
--
-- The API reads figures from these tables alone, and computes none.
--
-- What guards it:
-- * trend_…_frozen: rows of releases cannot be changed or deleted, by no login, the owner's included (MU180).
-- * trend_response_version: increments the version.
-- * SECURITY DEFINER functions: app.readable_trend_release_ids, app.trend_head_names; for the worker
--   app.begin_trend_release, app.add_trend_groups, app.add_trend_cells, app.complete_trend_release.

-- ------------------------------------------------------------------------------------------------ who reads a release

-- The releases that the caller can read. The setting applies to past releases too: what it shows are figures that HR has already.
create or replace function app.readable_trend_release_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select r.id
    from app.live_session() i
    join organization o on o.id = i.organization_id
    join trend_release r on r.organization_id = i.organization_id
    where 'TRENDS_READ' = any (i.scopes)
      or (
        i.employed
        and (
          exists (select 1 from role_grant g where g.person_id = i.person_id and g.role = 'HR_ANALYST')
          or (
            r.published_at <= clock_timestamp()
            and case o.trends_visible_to
              when 'EVERYONE' then true
              when 'LEADERS_AND_HR' then exists (
                select 1 from reporting_line l
                where l.manager_id = i.person_id and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
              )
              else false
            end
          )
        )
      )
  )
$$;

alter table trend_release enable row level security;
grant select on trend_release to :"app";
create policy trend_release_select_readable on trend_release for select to :"app"
  using (id = any ((select app.readable_trend_release_ids())::uuid[]));

alter table trend_erratum enable row level security;
grant select on trend_erratum to :"app";
create policy trend_erratum_select_readable on trend_erratum for select to :"app"
  using (release_id = any ((select app.readable_trend_release_ids())::uuid[]));

alter table trend_group enable row level security;
grant select on trend_group to :"app";
create policy trend_group_select_readable on trend_group for select to :"app"
  using (release_id = any ((select app.readable_trend_release_ids())::uuid[]));

alter table trend_cell enable row level security;
grant select on trend_cell to :"app";
create policy trend_cell_select_readable on trend_cell for select to :"app"
  using (release_id = any ((select app.readable_trend_release_ids())::uuid[]));

-- The names of these people, where they head a group of a release that the caller can read: an API token with TRENDS_READ cannot read the
-- directory.
create or replace function app.trend_head_names(head_ids uuid[], out head_id uuid, out name text) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name from person p
  where p.id = any (head_ids)
    and exists (
      select 1 from trend_group g
      where g.head_id = p.id and g.release_id = any ((select app.readable_trend_release_ids())::uuid[])
    )
$$;
grant execute on function app.readable_trend_release_ids(), app.trend_head_names(uuid[]) to :"app";

-- ------------------------------------------------------------------------------------------------ frozen

create or replace function app.trend_row_is_frozen() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'figures that were released do not change' using errcode = 'MU180';
end $$;
create or replace trigger trend_release_frozen before update or delete on trend_release
  for each row execute function app.trend_row_is_frozen();
create or replace trigger trend_erratum_frozen before update or delete on trend_erratum
  for each row execute function app.trend_row_is_frozen();
create or replace trigger trend_group_frozen before update or delete on trend_group
  for each row execute function app.trend_row_is_frozen();
create or replace trigger trend_cell_frozen before update or delete on trend_cell
  for each row execute function app.trend_row_is_frozen();

-- ------------------------------------------------------------------------------------------------ responses

alter table trend_response enable row level security;
grant select, insert (organization_id, release_id, tree, group_key, metric, text, by_id, due_on), update (text, due_on, state, outcome)
  on trend_response to :"app";
create policy trend_response_select_readable on trend_response for select to :"app"
  using (release_id = any ((select app.readable_trend_release_ids())::uuid[]));
-- The policies of the tables in the conditions apply too, so nobody responds to what they cannot read.
create policy trend_response_insert_hr_or_head on trend_response for insert to :"app" with check (
  by_id = (select app.viewer())
  and exists (
    select 1 from trend_release r
    where r.id = trend_response.release_id and r.organization_id = trend_response.organization_id and r.granularity = 'QUARTER'
  )
  and exists (
    select 1 from trend_group g
    where g.release_id = trend_response.release_id and g.tree = trend_response.tree and g.key = trend_response.group_key
      and ((select app.organization_as('HR_ANALYST')) is not null or g.head_id = (select app.viewer()))
  )
);
create policy trend_response_update_hr_or_head on trend_response for update to :"app" using (
  exists (
    select 1 from trend_group g
    where g.release_id = trend_response.release_id and g.tree = trend_response.tree and g.key = trend_response.group_key
      and ((select app.organization_as('HR_ANALYST')) is not null or g.head_id = (select app.viewer()))
  )
);

create or replace function app.trend_response_version() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
create or replace trigger trend_response_version before update on trend_response
  for each row execute function app.trend_response_version();

-- ------------------------------------------------------------------------------------------------ writing a release

-- The SHA-256 of a release's figures: a line for each with tree, group_key, parent_key, metric, driver, status, value, bound, rounded_to,
-- people_band and definition_version, separated by commas, in the order of their bytes, with line feeds between them.
create or replace function app.trend_row_hash(release uuid) returns text
language sql stable set search_path = pg_catalog, public, pg_temp set extra_float_digits = 1 as $$
  select encode(sha256(convert_to(coalesce(string_agg(line.text, E'\n' order by line.text collate "C"), ''), 'UTF8')), 'hex')
  from trend_cell c
  join trend_group g on g.release_id = c.release_id and g.tree = c.tree and g.key = c.group_key
  cross join lateral (
    select array_to_string(array[
      c.tree, c.group_key, g.parent_key, c.metric, c.driver, c.status, c.value::text, c.bound, c.rounded_to::text, c.people_band,
      c.definition_version::text
    ], ',', '') as text
  ) line
  where c.release_id = release
$$;

-- For the worker, in the transaction that writes a release: the id that it gets, or null where the period is not the first of its organization that is
-- due (app.due_trend_periods), or another transaction is releasing one of the organization. What a release may show depends on what was released before,
-- of a quarter on its months too, so nothing is released out of turn. The row of the release is written last
-- (app.complete_trend_release): until then, foreign keys keep the transaction from committing.
create or replace function app.begin_trend_release(period uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  home uuid := (select e.organization_id from engagement_period e where e.id = period);
begin
  if not pg_try_advisory_xact_lock(hashtextextended('trend release:' || home, 0))
    or period is distinct from (
      select due.period_id from app.due_trend_periods() due where due.organization_id = home
      order by due.ends_on, due.granularity limit 1
    ) then
    return null;
  end if;
  return gen_random_uuid();
end $$;

-- For the worker. Adds groups to a release that is being written. A group keeps the first day of its validity while its label, its parent and
-- its head stay the same from one period to the next of the same length.
create or replace function app.add_trend_groups(
  release uuid, period uuid, trees text[], keys text[], labels text[], parent_keys text[], head_ids uuid[]
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_group (release_id, organization_id, tree, key, label, parent_key, head_id, valid_from)
  select release, e.organization_id, g.tree, g.key, g.label, g.parent_key, g.head_id, coalesce(before.valid_from, e.starts_on)
  from engagement_period e
  cross join unnest(trees, keys, labels, parent_keys, head_ids) g (tree, key, label, parent_key, head_id)
  left join trend_release last on last.organization_id = e.organization_id and last.granularity = e.granularity
    and last.ends_on = e.starts_on - 1
  left join trend_group before on before.release_id = last.id and before.tree = g.tree and before.key = g.key
    and (before.label, before.parent_key, before.head_id) is not distinct from (g.label, g.parent_key, g.head_id)
  where e.id = period
  order by random();
end $$;

-- For the worker. Adds figures to a release that is being written, in random order.
create or replace function app.add_trend_cells(
  release uuid, of_organization uuid, trees text[], keys text[], metrics text[], drivers text[], statuses text[],
  figures double precision[], bounds text[], steps double precision[], bands text[], versions integer[]
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_cell (
    release_id, organization_id, tree, group_key, metric, driver, status, value, bound, rounded_to, people_band, definition_version
  )
  select release, of_organization, c.*
  from unnest(trees, keys, metrics, drivers, statuses, figures, bounds, steps, bands, versions) c
  order by random();
end $$;

-- For the worker. Completes a release: from its commit on its figures are there, and cannot be changed.
create or replace function app.complete_trend_release(release uuid, period uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select 1 from trend_cell c
    where c.release_id = release
      and not exists (select 1 from trend_group g where g.release_id = release and g.tree = c.tree and g.key = c.group_key)
  ) then
    raise exception 'a figure without its group' using errcode = 'MU181';
  end if;
  insert into trend_release (
    id, organization_id, period_key, granularity, starts_on, ends_on, minimum_group_size, published_at, row_hash
  )
  select release, o.id, e.key, e.granularity, e.starts_on, e.ends_on, e.minimum_group_size,
    now() + make_interval(days => o.trends_published_after_days), app.trend_row_hash(release)
  from engagement_period e join organization o on o.id = e.organization_id where e.id = period;
end $$;

grant execute on function
  app.begin_trend_release(uuid),
  app.add_trend_groups(uuid, uuid, text[], text[], text[], text[], uuid[]),
  app.add_trend_cells(uuid, uuid, text[], text[], text[], text[], text[], double precision[], text[], double precision[], text[], integer[]),
  app.complete_trend_release(uuid, uuid)
  to :"worker";
