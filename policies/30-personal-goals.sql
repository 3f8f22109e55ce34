-- ------------------------------------------------------------------------------------------------ personal goals

alter table personal_goal enable row level security;
grant select, delete,
  insert (organization_id, owner_id, title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target),
  update (title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target)
  on personal_goal to :"app";
create policy read on personal_goal for select to :"app" using (
  owner_id = (select app.signed_in_person())
  or id = any ((select app.shared_goal_ids())::uuid[])
  or (
    visibility = 'ORGANIZATION'
    and organization_id = (select app.organization())
    and not exists (
      select 1 from employment_end e where e.person_id = personal_goal.owner_id and e.ended_at <= (select clock_timestamp())
    )
  )
);
create policy add on personal_goal for insert to :"app"
  with check (owner_id = (select app.viewer()) and organization_id = (select app.organization()));
create policy change on personal_goal for update to :"app" using (owner_id = (select app.viewer()));
create policy remove on personal_goal for delete to :"app" using (owner_id = (select app.signed_in_person()));

-- Here and below a policy asks for the goal where a unique key would answer first: it looks at hidden rows too (00-identity.sql).
alter table personal_goal_own enable row level security;
grant select, insert (goal_id, organization_id, owner_id, area), update (area, version, updated_at)
  on personal_goal_own to :"app";
create policy read on personal_goal_own for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy add on personal_goal_own for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = personal_goal_own.goal_id and g.owner_id = (select app.viewer()))
);
create policy change on personal_goal_own for update to :"app" using (owner_id = (select app.viewer()));

alter table personal_goal_version enable row level security;
grant select, insert (goal_id, version, organization_id, owner_id, title, why) on personal_goal_version to :"app";
create policy read on personal_goal_version for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy add on personal_goal_version for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = personal_goal_version.goal_id and g.owner_id = (select app.viewer()))
);

-- With the goal: all of it to the organization or with the past included; else what was written or reached since the share is ACTIVE.
-- When it was written is for nobody: of one that is read since it was reached it would tell of the time before.
alter table milestone enable row level security;
grant select (id, organization_id, goal_id, owner_id, title, position, reached_on, reached_at), delete,
  insert (organization_id, goal_id, owner_id, title, position, reached_on, reached_at),
  update (title, position, reached_on, reached_at)
  on milestone to :"app";
create policy read on milestone for select to :"app" using (
  owner_id = (select app.signed_in_person())
  or goal_id = any ((select app.goal_ids_with_past())::uuid[])
  or exists (
    select 1 from goal_share s
    where s.goal_id = milestone.goal_id and s.with_id = (select app.viewer())
      and (milestone.created_at >= s.became_active_at or milestone.reached_at >= s.became_active_at)
      and s.id = any ((select app.active_share_ids())::uuid[])
  )
  or exists (select 1 from personal_goal g where g.id = milestone.goal_id and g.visibility = 'ORGANIZATION')
);
create policy add on milestone for insert to :"app" with check (owner_id = (select app.viewer()));
create policy change on milestone for update to :"app" using (owner_id = (select app.viewer()));
create policy remove on milestone for delete to :"app" using (owner_id = (select app.viewer()));

alter table goal_update enable row level security;
grant select, delete, insert (organization_id, goal_id, author_id, text, measured_value) on goal_update to :"app";
create policy read on goal_update for select to :"app" using (
  author_id = (select app.signed_in_person())
  or goal_id = any ((select app.goal_ids_with_past())::uuid[])
  or exists (
    select 1 from goal_share s
    where s.goal_id = goal_update.goal_id and s.with_id = (select app.viewer())
      and goal_update.at >= s.became_active_at
      and s.id = any ((select app.active_share_ids())::uuid[])
  )
  or exists (select 1 from personal_goal g where g.id = goal_update.goal_id and g.visibility = 'ORGANIZATION')
);
create policy add on goal_update for insert to :"app" with check (author_id = (select app.viewer()));
create policy remove on goal_update for delete to :"app" using (author_id = (select app.viewer()));

-- PENDING and ENDED exist for the owner only.
alter table goal_share enable row level security;
grant select,
  insert (organization_id, goal_id, owner_id, with_id, includes_past, waiting, expires_at),
  update (includes_past, waiting, expires_at, ended_at)
  on goal_share to :"app";
create policy read on goal_share for select to :"app" using (
  owner_id = (select app.signed_in_person()) or id = any ((select app.active_share_ids())::uuid[])
);
create policy add on goal_share for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = goal_share.goal_id and g.owner_id = (select app.viewer()))
  and (expires_at is null or expires_at > now())
  and not exists (
    select 1 from employment_end e where e.person_id = goal_share.with_id and e.ended_at <= now()
  )
);
create policy change on goal_share for update to :"app" using (owner_id = (select app.viewer()));

-- When it was made is its owner's alone: it may have waited.
alter table goal_share_own enable row level security;
grant select on goal_share_own to :"app";
create policy read on goal_share_own for select to :"app" using (owner_id = (select app.signed_in_person()));

-- The owner learns who was shown what; a reader sees their own reads. Nobody changes or removes an entry.
alter table goal_access enable row level security;
grant select, insert on goal_access to :"app";
create policy read on goal_access for select to :"app" using (
  owner_id = (select app.signed_in_person()) or reader_id = (select app.viewer())
);
create policy add on goal_access for insert to :"app" with check (
  reader_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g where g.id = goal_access.goal_id and g.owner_id = goal_access.owner_id
      and g.visibility = 'SHARED'
  )
  -- The owner's today: nobody dates a read.
  and on_day = (now() at time zone app.usable_time_zone(
    (select z.time_zone from person_time_zone z where z.person_id = goal_access.owner_id),
    (select o.time_zone from organization o where o.id = goal_access.organization_id)
  ))::date
);

-- A share with one's own PRIMARY manager rests on that line and, where the organization wants leaders to share first, waits
-- until they have. A share asks to wait (waiting = true) or not; whether it does is settled here, so that no road around
-- it exists, under a lock on the people concerned, so that two who share at the same moment do not wait for each other.
create or replace function app.goal_share_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Only where the policy below lets the share through: nobody holds a row that they may not see.
  perform 1 from person p
  where p.id in (new.owner_id, new.with_id) and new.owner_id = app.viewer() and p.organization_id = app.organization()
  order by p.id for no key update;
  new.line_id := (
    select l.id from reporting_line l
    where l.report_id = new.owner_id and l.manager_id = new.with_id and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  );
  new.waiting := new.waiting and new.line_id is not null
    and (select o.leaders_share_first from organization o where o.id = new.organization_id)
    and not app.has_shared_first(new.with_id, new.owner_id);
  new.became_active_at := case when not new.waiting then coalesce(new.became_active_at, now()) end;
  return new;
end $$;
create or replace trigger goal_share_before_insert before insert on goal_share
  for each row execute function app.goal_share_before_insert();

-- A goal that is made PRIVATE at the same moment ends this share too, or waits for it. Runs under the policies of the person who
-- shares, so that nobody locks the goal of somebody else, and before goal_share_before_insert, because a goal is locked before people.
create or replace function app.goal_share_add_to_goal() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from personal_goal g where g.id = new.goal_id for no key update;
  return new;
end $$;
create or replace trigger goal_share_add_to_goal before insert on goal_share
  for each row execute function app.goal_share_add_to_goal();

-- The first share of a PRIVATE goal, a waiting one too, makes it SHARED; what waited for this leader becomes ACTIVE, in the
-- same transaction, and stays so. A share that is over when it is written lets nobody read anything, and so releases nothing.
create or replace function app.goal_share_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into goal_share_own (share_id, organization_id, owner_id) values (new.id, new.organization_id, new.owner_id);
  update personal_goal set visibility = 'SHARED' where id = new.goal_id and visibility = 'PRIVATE';
  if app.share_state(new) = 'ACTIVE' then
    update goal_share s set waiting = false
    where s.owner_id = new.with_id and s.with_id = new.owner_id and s.waiting and not app.share_is_over(s);
  end if;
  return null;
end $$;
create or replace trigger goal_share_after_insert after insert on goal_share
  for each row execute function app.goal_share_after_insert();

-- Once ACTIVE, a share never waits again; once over, it never lives again: sharing again is another share.
create or replace function app.goal_share_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.waiting and not old.waiting then
    raise exception 'a share that was let through does not wait again' using errcode = 'MU010';
  end if;
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at
    or (new.expires_at, new.includes_past) is distinct from (old.expires_at, old.includes_past) and app.share_state(old) = 'ENDED'
    or new.waiting is distinct from old.waiting and app.share_is_over(old) then
    raise exception 'a share that is over stays as it is' using errcode = 'MU011';
  end if;
  if old.waiting and not new.waiting then
    new.became_active_at := now();
  end if;
  return new;
end $$;
create or replace trigger goal_share_before_update before update on goal_share
  for each row execute function app.goal_share_before_update();

-- PRIVATE ends every share for good; a goal for the whole organization counts as having shared first.
create or replace function app.personal_goal_visibility_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.visibility = 'PRIVATE' then
    update goal_share set ended_at = now() where goal_id = new.id and ended_at is null;
  elsif new.visibility = 'ORGANIZATION' then
    perform 1 from person p where p.id = new.owner_id for no key update;
    update goal_share s set waiting = false
    where s.with_id = new.owner_id and s.waiting and not app.share_is_over(s);
  end if;
  return null;
end $$;
create or replace trigger personal_goal_visibility_changed after insert or update of visibility on personal_goal
  for each row execute function app.personal_goal_visibility_changed();
