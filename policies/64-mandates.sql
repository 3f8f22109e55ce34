-- Mandates: what a manager lets a person decide without asking (docs/domain.md, Mandate).
--
-- table        who sees a row                                    who adds, changes and deletes it
-- mandate      its two people; everybody in the organization     the manager adds; both end and publish it; the manager changes
--                while it is published and has not ended           text and last day; nobody deletes
-- mandate_own  its two people                                    triggers add and count; either asks for publication
--
-- Triggers:
-- * mandate_derive: the instant at which the last day ends.
-- * mandate_guard: only the manager changes text and last day, which takes a publication back; publishing needs both (MU130 to MU133).
-- * mandate_after_write: keeps mandate_own. Who changes the text has written it.
-- A share and a mandate end with their reporting line in the same places (11-employment.sql).

-- When a mandate ended: by hand, after its last day, or with its reporting line. Null while it lasts. Runs under the policies of the
-- caller, who can see past ends of reporting lines. Has no search_path, so that it is inlined.
create or replace function app.mandate_ended_at(ended_at timestamptz, expires_at timestamptz, line_id uuid) returns timestamptz
language sql stable return (
  select min(e.at) from (
    select mandate_ended_at.ended_at as at
    union all select mandate_ended_at.expires_at
    union all select l.ends_at from reporting_line_end l where l.line_id = mandate_ended_at.line_id
  ) e where e.at <= now()
);
grant execute on function app.mandate_ended_at(timestamptz, timestamptz, uuid) to :"app";

-- The open reporting line, PRIMARY before DOTTED, in which this person reports to the viewer; or null.
create or replace function app.open_line_of_report(report_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.id from reporting_line l
  where l.report_id = open_line_of_report.report_id and l.manager_id = app.viewer()
    and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  order by l.kind desc, l.starts_on
  limit 1
$$;
grant execute on function app.open_line_of_report(uuid) to :"app";

-- ---------------------------------------------------------------- mandate

alter table mandate enable row level security;
grant select,
  insert (organization_id, granted_by_id, to_id, line_id, text, last_day),
  update (text, last_day, published, ended_at)
  on mandate to :"app";
create policy mandate_select_own_or_published on mandate for select to :"app" using (
  granted_by_id = (select app.viewer())
  or to_id = (select app.viewer())
  or (
    published
    and organization_id = (select app.organization())
    and app.mandate_ended_at(ended_at, expires_at, line_id) is null
  )
);
create policy mandate_insert_manager on mandate for insert to :"app"
  with check (granted_by_id = (select app.viewer()) and line_id = app.open_line_of_report(to_id));
create policy mandate_update_own on mandate for update to :"app"
  using (granted_by_id = (select app.viewer()) or to_id = (select app.viewer()));

create or replace function app.mandate_derive() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' or new.last_day is distinct from old.last_day then
    new.expires_at := case when new.last_day is not null then (
      select app.end_of_day(new.last_day, app.usable_time_zone(z.time_zone, o.time_zone))
      from person p join organization o on o.id = p.organization_id
      left join person_time_zone z on z.person_id = p.id
      where p.id = new.to_id
    ) end;
  end if;
  return new;
end $$;
create or replace trigger mandate_derive before insert or update on mandate
  for each row execute function app.mandate_derive();

-- Runs after mandate_derive, by its name.
create or replace function app.mandate_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
declare
  is_changed boolean := tg_op = 'INSERT' or (new.text, new.last_day) is distinct from (old.text, old.last_day);
begin
  if tg_op = 'UPDATE' then
    if app.mandate_ended_at(old.ended_at, old.expires_at, old.line_id) is not null then
      raise exception 'a mandate that has ended cannot be changed' using errcode = 'MU130';
    end if;
    if is_changed and old.granted_by_id <> app.viewer() then
      raise exception 'only the manager who granted a mandate changes it' using errcode = 'MU131';
    end if;
    -- Both agreed to the text as it was.
    if is_changed then
      new.published := false;
    end if;
    if new.published and not old.published and not exists (
      select 1 from mandate_own o where o.mandate_id = new.id and o.publication_asked_by_id <> app.viewer()
    ) then
      raise exception 'publishing a mandate needs both people' using errcode = 'MU132';
    end if;
    new.ended_at := case when new.ended_at is not null then now() end;
  -- What the policy refuses gets the policy's error, whatever the last day.
  elsif new.line_id is distinct from app.open_line_of_report(new.to_id) then
    return new;
  end if;
  if is_changed and app.has_passed(new.expires_at) then
    raise exception 'a mandate must not end in the past' using errcode = 'MU133';
  end if;
  return new;
end $$;
create or replace trigger mandate_guard before insert or update on mandate
  for each row when (row_security_active('mandate'::regclass)) execute function app.mandate_guard();

-- A change of what was granted counts as a version, and takes back what was agreed about its publication, as taking the publication back
-- itself does.
create or replace function app.mandate_after_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into mandate_own (mandate_id, organization_id, granted_by_id, to_id)
    values (new.id, new.organization_id, new.granted_by_id, new.to_id);
  elsif (new.text, new.last_day) is distinct from (old.text, old.last_day) then
    update mandate_own set version = version + 1, publication_asked_by_id = null,
      text_by_id = case when new.text = old.text then text_by_id end
    where mandate_id = new.id;
  elsif old.published and not new.published then
    update mandate_own set publication_asked_by_id = null where mandate_id = new.id;
  end if;
  return null;
end $$;
create or replace trigger mandate_after_write after insert or update on mandate
  for each row execute function app.mandate_after_write();

-- ---------------------------------------------------------------- mandate_own

-- Each asks in their own name, and either takes a request back.
alter table mandate_own enable row level security;
grant select, update (publication_asked_by_id) on mandate_own to :"app";
create policy mandate_own_select_own on mandate_own for select to :"app"
  using (granted_by_id = (select app.viewer()) or to_id = (select app.viewer()));
create policy mandate_own_update_own on mandate_own for update to :"app"
  using (granted_by_id = (select app.viewer()) or to_id = (select app.viewer()))
  with check (publication_asked_by_id is null or publication_asked_by_id = (select app.viewer()));
