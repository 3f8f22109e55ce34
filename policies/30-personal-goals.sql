-- Personal goals, their parts, shares and the access log.
--
-- table                  who sees it                          who adds       who changes    who deletes
-- personal_goal          the owner; people with an ACTIVE     the owner      the owner      the owner
--                        share; the organization if it is
--                        ORGANIZATION and the owner employed
-- personal_goal_own      the owner                            the owner      the owner      with the goal
-- personal_goal_version  the owner                            the owner      nobody         with the goal
-- milestone              with the goal; without the past,     the owner      the owner      the owner
--                        those added or reached since the
--                        share became ACTIVE
-- goal_update            with the goal; without the past,     the owner      the owner      the owner
--                        those written since the share
--                        became ACTIVE
-- goal_share             the owner; the other person while    the owner      the owner      with the goal
--                        it is ACTIVE
-- goal_share_own         the owner                            a trigger      nobody         with the share
-- goal_access            the owner; the reader their own      the reader,    nobody         nobody
--                        reads                                for today
--
-- A person whose employment has ended still sees their own rows for 90 days and can delete their goals; nobody else sees those goals.
-- API tokens see nothing.
--
-- What guards it:
-- * goal_share_acquire_goal_lock: sharing a goal and making it PRIVATE at the same time wait for each other.
-- * goal_share_before_insert: decides whether a share is PENDING (31-pending-shares.sql) and on which reporting line it depends.
-- * goal_share_after_insert: makes a PRIVATE goal SHARED, and activates the shares that waited for this person.
-- * goal_share_before_update: an ACTIVE share does not become PENDING again, and an ended share does not change (MU010, MU011).
-- * personal_goal_visibility_changed: PRIVATE ends all shares; ORGANIZATION activates the shares that waited for the owner.
--
-- What a share is at a given moment is decided in 02-visible-rows.sql: app.share_state, app.active_share_ids, app.has_shared_first.
--
-- Policies that ask for the parent goal do so because unique and foreign keys see hidden rows too (README.md, "Conventions").

-- ------------------------------------------------------------------------------------------------ goals

alter table personal_goal enable row level security;
grant select, delete,
  insert (organization_id, owner_id, title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target),
  update (title, why, horizon, target_on, status, visibility, open_to_proposals,
          measure_unit, measure_start, measure_current, measure_target)
  on personal_goal to :"app";
create policy personal_goal_select_visible on personal_goal for select to :"app" using (
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
create policy personal_goal_insert_own on personal_goal for insert to :"app"
  with check (owner_id = (select app.viewer()) and organization_id = (select app.organization()));
create policy personal_goal_update_own on personal_goal for update to :"app" using (owner_id = (select app.viewer()));
create policy personal_goal_delete_own on personal_goal for delete to :"app" using (owner_id = (select app.signed_in_person()));

alter table personal_goal_own enable row level security;
grant select, insert (goal_id, organization_id, owner_id, area), update (area, version, updated_at)
  on personal_goal_own to :"app";
create policy personal_goal_own_select_own on personal_goal_own for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy personal_goal_own_insert_own on personal_goal_own for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = personal_goal_own.goal_id and g.owner_id = (select app.viewer()))
);
create policy personal_goal_own_update_own on personal_goal_own for update to :"app" using (owner_id = (select app.viewer()));

alter table personal_goal_version enable row level security;
grant select, insert (goal_id, version, organization_id, owner_id, title, why) on personal_goal_version to :"app";
create policy personal_goal_version_select_own on personal_goal_version for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy personal_goal_version_insert_own on personal_goal_version for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = personal_goal_version.goal_id and g.owner_id = (select app.viewer()))
);

-- ------------------------------------------------------------------------------------------------ milestones and updates

-- created_at is readable by nobody: of a milestone that is visible because it was reached, it would tell about the time before.
alter table milestone enable row level security;
grant select (id, organization_id, goal_id, owner_id, title, position, reached_on, reached_at), delete,
  insert (organization_id, goal_id, owner_id, title, position, reached_on, reached_at),
  update (title, position, reached_on, reached_at)
  on milestone to :"app";
create policy milestone_select_with_goal on milestone for select to :"app" using (
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
create policy milestone_insert_own on milestone for insert to :"app" with check (owner_id = (select app.viewer()));
create policy milestone_update_own on milestone for update to :"app" using (owner_id = (select app.viewer()));
create policy milestone_delete_own on milestone for delete to :"app" using (owner_id = (select app.viewer()));

-- The owner can date an update (at). When it was written (created_at) decides whether it belongs to the past of a share, so that
-- dating or editing an update shows it to nobody else and hides it from nobody; it is readable by nobody.
alter table goal_update enable row level security;
grant select (id, organization_id, goal_id, author_id, text, measured_value, at), delete,
  insert (organization_id, goal_id, author_id, text, measured_value, at),
  update (text, measured_value, at)
  on goal_update to :"app";
create policy goal_update_select_with_goal on goal_update for select to :"app" using (
  author_id = (select app.signed_in_person())
  or goal_id = any ((select app.goal_ids_with_past())::uuid[])
  or exists (
    select 1 from goal_share s
    where s.goal_id = goal_update.goal_id and s.with_id = (select app.viewer())
      and goal_update.created_at >= s.became_active_at
      and s.id = any ((select app.active_share_ids())::uuid[])
  )
  or exists (select 1 from personal_goal g where g.id = goal_update.goal_id and g.visibility = 'ORGANIZATION')
);
create policy goal_update_insert_own on goal_update for insert to :"app" with check (author_id = (select app.viewer()));
create policy goal_update_update_own on goal_update for update to :"app" using (author_id = (select app.viewer()));
create policy goal_update_delete_own on goal_update for delete to :"app" using (author_id = (select app.viewer()));

-- ------------------------------------------------------------------------------------------------ shares

alter table goal_share enable row level security;
grant select,
  insert (organization_id, goal_id, owner_id, with_id, includes_past, waiting, expires_at),
  update (includes_past, waiting, expires_at, ended_at)
  on goal_share to :"app";
create policy goal_share_select_own_or_active on goal_share for select to :"app" using (
  owner_id = (select app.signed_in_person()) or id = any ((select app.active_share_ids())::uuid[])
);
create policy goal_share_insert_own on goal_share for insert to :"app" with check (
  owner_id = (select app.viewer())
  and exists (select 1 from personal_goal g where g.id = goal_share.goal_id and g.owner_id = (select app.viewer()))
  and (expires_at is null or expires_at > now())
  and not exists (
    select 1 from employment_end e where e.person_id = goal_share.with_id and e.ended_at <= now()
  )
);
create policy goal_share_update_own on goal_share for update to :"app" using (owner_id = (select app.viewer()));

-- When a share was created. Only the owner may know, because the share may have waited.
alter table goal_share_own enable row level security;
grant select on goal_share_own to :"app";
create policy goal_share_own_select_own on goal_share_own for select to :"app" using (owner_id = (select app.signed_in_person()));

-- ------------------------------------------------------------------------------------------------ access log

alter table goal_access enable row level security;
grant select, insert on goal_access to :"app";
create policy goal_access_select_owner_or_reader on goal_access for select to :"app" using (
  owner_id = (select app.signed_in_person()) or reader_id = (select app.viewer())
);
create policy goal_access_insert_own_read on goal_access for insert to :"app" with check (
  reader_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g where g.id = goal_access.goal_id and g.owner_id = goal_access.owner_id
      and g.visibility = 'SHARED'
  )
  -- Only for today in the owner's time zone.
  and on_day = (now() at time zone app.usable_time_zone(
    (select z.time_zone from person_time_zone z where z.person_id = goal_access.owner_id),
    (select o.time_zone from organization o where o.id = goal_access.organization_id)
  ))::date
);

-- ------------------------------------------------------------------------------------------------ what happens to shares

-- A share asks to wait or not (waiting); this trigger decides whether it does, so that every way to insert one obeys the rule. It locks
-- the two people first, so that two people who share with each other at the same moment do not both wait.
create or replace function app.goal_share_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Only if the policies permit the share, so that nobody locks rows that they cannot see.
  perform 1 from person p
  where p.id in (new.owner_id, new.with_id) and new.owner_id = app.viewer() and p.organization_id = app.organization()
  order by p.id for no key update;
  new.line_id := (
    select l.id from reporting_line l
    where l.report_id = new.owner_id and l.manager_id = new.with_id and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  );
  new.waiting := new.waiting and app.share_begins_pending(new.owner_id, new.with_id);
  new.became_active_at := case when not new.waiting then coalesce(new.became_active_at, now()) end;
  return new;
end $$;
create or replace trigger goal_share_before_insert before insert on goal_share
  for each row execute function app.goal_share_before_insert();

-- Making the goal PRIVATE at the same moment ends this share too, or waits for it. Runs under the policies of the caller, so that nobody
-- locks a goal of another person. Its name sorts before goal_share_before_insert, because goals are locked before people.
create or replace function app.goal_share_acquire_goal_lock() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from personal_goal g where g.id = new.goal_id for no key update;
  return new;
end $$;
create or replace trigger goal_share_acquire_goal_lock before insert on goal_share
  for each row execute function app.goal_share_acquire_goal_lock();

-- The first share of a PRIVATE goal, even a PENDING one, makes the goal SHARED. An ACTIVE share activates the shares that waited for this
-- person, in the same transaction and for good. A share that has already ended when it is inserted activates nothing.
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

-- A share that was ACTIVE does not wait again, and one that has ended is not revived: sharing again creates another share.
create or replace function app.goal_share_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.waiting and not old.waiting then
    raise exception 'a share that is active cannot become pending again' using errcode = 'MU010';
  end if;
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at
    or (new.expires_at, new.includes_past) is distinct from (old.expires_at, old.includes_past) and app.share_state(old) = 'ENDED'
    or new.waiting is distinct from old.waiting and app.share_is_over(old) then
    raise exception 'a share that has ended cannot be changed' using errcode = 'MU011';
  end if;
  if old.waiting and not new.waiting then
    new.became_active_at := now();
  end if;
  return new;
end $$;
create or replace trigger goal_share_before_update before update on goal_share
  for each row execute function app.goal_share_before_update();

-- PRIVATE ends every share for good. A goal for the whole organization counts as having shared first.
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
