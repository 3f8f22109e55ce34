-- Cycles and business goals.
--
-- table                    who sees it                 who adds              who changes                        who deletes
-- cycle                    the organization            ORGANIZATION_ADMIN    ORGANIZATION_ADMIN                 nobody
-- business_goal            the organization; a draft   anybody, as owner     the owner; the owner itself: the   the owner
--                          its owner and assignees                           owner, or ORGANIZATION_ADMIN once
--                                                                            the owner has left
-- key_result               with the goal               the goal's owner      the goal's owner; the current      the goal's owner
--                                                                            value: its assignees too
-- business_goal_assignee   with the goal               the goal's owner      nobody                             the goal's owner
-- check_in                 with the goal               owner and assignees   nobody                             nobody
-- business_goal_of_leaver  nobody                      transfers of leavers' goals write it
--
-- API tokens and people whose employment has ended see none of it.
--
-- What guards it:
-- * business_goal_guard: a parent is visible to the person who chooses it, a published goal does not become a draft again, a goal
--   is continued by its owner while it is OPEN or MISSED, and a goal with check-ins or placements is not deleted.
-- * business_goal_parent: no cycles in the tree.
-- * check_in_requires_open_goal: only an OPEN goal takes check-ins.
-- * SECURITY DEFINER functions: app.transfer_business_goal, app.set_current_values, app.transfer_goals_of_leavers.

alter table cycle enable row level security;
grant select, insert (organization_id, name, starts_on, ends_on), update (name, starts_on, ends_on) on cycle to :"app";
create policy cycle_select_organization on cycle for select to :"app" using (organization_id = (select app.organization()));
create policy cycle_insert_admin on cycle for insert to :"app"
  with check (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));
create policy cycle_update_admin on cycle for update to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- ------------------------------------------------------------------------------------------------ business goals

-- owner_id and health have no grant: app.transfer_business_goal and the trigger on check_in write them.
alter table business_goal enable row level security;
grant select, delete,
  insert (organization_id, owner_id, cycle_id, parent_id, continues_id, title, description, state, progress_by_hand),
  update (cycle_id, parent_id, title, description, state, progress_by_hand, version)
  on business_goal to :"app";
create policy business_goal_select_visible on business_goal for select to :"app" using (
  organization_id = (select app.organization())
  and (
    state <> 'DRAFT'
    or owner_id = (select app.viewer())
    or id = any ((select app.assigned_goal_ids())::uuid[])
  )
);
create policy business_goal_insert_own on business_goal for insert to :"app" with check (
  owner_id = (select app.viewer()) and organization_id = (select app.organization())
);
create policy business_goal_update_own on business_goal for update to :"app" using (owner_id = (select app.viewer()));
create policy business_goal_delete_own on business_goal for delete to :"app" using (owner_id = (select app.viewer()));

-- Runs under the viewer's policies, so what the viewer cannot see counts as missing: a parent, and a placement. The owner of a business
-- goal must not learn from a refused deletion that somebody placed it in a personal goal that is not shared with them.
create or replace function app.business_goal_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' and (
      exists (select 1 from check_in c where c.business_goal_id = old.id)
      or exists (select 1 from alignment a where a.business_goal_id = old.id and a.state = 'PLACED')
    ) then
      raise exception 'a published goal with check-ins or placements cannot be deleted' using errcode = 'MU034';
    end if;
    return old;
  end if;
  if new.parent_id is not null and (tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id)
    and not exists (select 1 from business_goal b where b.id = new.parent_id) then
    raise exception 'no such parent' using errcode = 'MU030';
  end if;
  if tg_op = 'INSERT' and new.continues_id is not null and not exists (
    select 1 from business_goal b
    where b.id = new.continues_id and b.owner_id = (select app.viewer()) and b.state in ('OPEN', 'MISSED') and new.state = 'OPEN'
  ) then
    raise exception 'this goal cannot be continued' using errcode = 'MU035';
  end if;
  if tg_op = 'UPDATE' and new.state = 'DRAFT' and old.state <> 'DRAFT' then
    raise exception 'a published goal cannot become a draft again' using errcode = 'MU032';
  end if;
  return new;
end $$;
create or replace trigger business_goal_guard before insert or update of parent_id, state or delete on business_goal
  for each row when (row_security_active('business_goal'::regclass)) execute function app.business_goal_guard();

-- Lists are sorted by the time of publication, so that nobody learns how long a goal was a draft.
create or replace function app.business_goal_before_publish() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.listed_at := now();
  return new;
end $$;
create or replace trigger business_goal_before_publish before update of state on business_goal
  for each row when (old.state = 'DRAFT' and new.state <> 'DRAFT') execute function app.business_goal_before_publish();

-- The tree has no cycles, also through goals that the viewer cannot see. Two changes that close a cycle together must not miss each other,
-- so changes of parents in an organization run one after the other. A new goal closes no cycle: nothing points to it yet.
create or replace function app.business_goal_before_new_parent() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from organization o where o.id = new.organization_id for no key update;
  if exists (
    with recursive above as (
      select b.id, b.parent_id from business_goal b where b.id = new.parent_id
      union
      select b.id, b.parent_id from above join business_goal b on b.id = above.parent_id
    )
    select 1 from above where id = new.id
  ) then
    raise exception 'business goals would form a cycle' using errcode = 'MU031';
  end if;
  return new;
end $$;
create or replace trigger business_goal_parent before update of parent_id on business_goal
  for each row when (new.parent_id is not null and new.parent_id is distinct from old.parent_id)
  execute function app.business_goal_before_new_parent();

-- ------------------------------------------------------------------------------------------------ key results, assignees

alter table key_result enable row level security;
grant select, delete,
  insert (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position),
  update (title, unit, start_value, current_value, target_value, position)
  on key_result to :"app";
create policy key_result_select_with_goal on key_result for select to :"app"
  using (exists (select 1 from business_goal b where b.id = key_result.business_goal_id));
create policy key_result_insert_own_goal on key_result for insert to :"app" with check (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);
create policy key_result_update_own_goal on key_result for update to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);
create policy key_result_delete_own_goal on key_result for delete to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);

-- assigned_at is readable by nobody: the goal may have been a draft.
alter table business_goal_assignee enable row level security;
grant select (business_goal_id, person_id, organization_id), insert (business_goal_id, person_id, organization_id), delete
  on business_goal_assignee to :"app";
create policy business_goal_assignee_select_with_goal on business_goal_assignee for select to :"app"
  using (exists (select 1 from business_goal b where b.id = business_goal_assignee.business_goal_id));
create policy business_goal_assignee_insert_own_goal on business_goal_assignee for insert to :"app" with check (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select app.viewer())
  )
);
create policy business_goal_assignee_delete_own_goal on business_goal_assignee for delete to :"app" using (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select app.viewer())
  )
);

-- ------------------------------------------------------------------------------------------------ check-ins

alter table check_in enable row level security;
grant select, insert (organization_id, business_goal_id, author_id, text, confidence, health) on check_in to :"app";
create policy check_in_select_with_goal on check_in for select to :"app"
  using (exists (select 1 from business_goal b where b.id = check_in.business_goal_id));
create policy check_in_insert_owner_or_assignee on check_in for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (
    select 1 from business_goal b
    where b.id = check_in.business_goal_id
      and (b.owner_id = (select app.viewer()) or b.id = any ((select app.assigned_goal_ids())::uuid[]))
  )
);

-- An AFTER trigger, because the policy must refuse first: people who cannot see a goal must not learn its state.
create or replace function app.check_in_requires_open_goal() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from business_goal b where b.id = new.business_goal_id and b.state = 'OPEN' for no key update;
  if not found then
    raise exception 'only an open goal takes check-ins' using errcode = 'MU033';
  end if;
  return null;
end $$;
-- Triggers fire in the order of their names, so this one runs before check_in_sets_health.
create or replace trigger check_in_requires_open_goal after insert on check_in
  for each row when (row_security_active('check_in'::regclass)) execute function app.check_in_requires_open_goal();

-- The goal's health is that of its last check-in.
create or replace function app.check_in_sets_health() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- A check-in raises the version once: not again where its current values have raised it in this transaction.
  update business_goal b
  set health = new.health, version = b.version + (b.xmin <> pg_current_xact_id()::xid)::integer
  where b.id = new.business_goal_id and b.health is distinct from new.health;
  return null;
end $$;
create or replace trigger check_in_sets_health after insert on check_in
  for each row execute function app.check_in_sets_health();

-- Sets current values that the owner or an assignee reports with a check-in. Returns false, and changes nothing, for anybody
-- else, for a version other than the current one, for a goal that is not OPEN, and for a key result of another goal.
create or replace function app.set_current_values(
  goal_id uuid, seen_version integer, key_result_ids uuid[], current_values double precision[]
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update business_goal b set version = b.version + 1
  where b.id = goal_id and b.version = seen_version and b.state = 'OPEN'
    and b.organization_id = app.organization()
    and (b.owner_id = app.viewer() or b.id = any (app.assigned_goal_ids()))
    and not exists (
      select 1 from unnest(key_result_ids) given(id)
      where not exists (select 1 from key_result k where k.id = given.id and k.business_goal_id = b.id)
    );
  if not found then
    return false;
  end if;
  update key_result k set current_value = given.value
  from unnest(key_result_ids, current_values) given(id, value)
  where k.id = given.id;
  return true;
end $$;

-- ------------------------------------------------------------------------------------------------ transfers to a new owner

-- Whether the viewer can transfer a goal: its owner or, once the owner has left, ORGANIZATION_ADMIN where they can see it.
create or replace function app.can_transfer_business_goal(goal_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from business_goal b
    where b.id = goal_id
      and (
        b.owner_id = (select app.viewer())
        or (
          b.organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
          and (b.state <> 'DRAFT' or b.id = any ((select app.assigned_goal_ids())::uuid[]))
          and exists (select 1 from employment_end e where e.person_id = b.owner_id and e.ended_at <= now())
        )
      )
  )
$$;

-- Transfers a goal to an employed person. Returns false, and changes nothing, for people who cannot transfer it, for a version other than
-- the current one, and for an unknown person. A function, because a person who transfers a draft no longer sees it, and an UPDATE
-- under policies cannot write a row that its writer does not see.
create or replace function app.transfer_business_goal(goal_id uuid, seen_version integer, to_id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Locks the row only for people who can transfer it; the UPDATE then re-checks against the latest owner and version.
  perform 1 from business_goal b
  where b.id = goal_id and app.can_transfer_business_goal(b.id) for no key update;
  update business_goal b set owner_id = to_id, version = b.version + 1
  where b.id = goal_id and b.version = seen_version and app.can_transfer_business_goal(b.id)
    and exists (
      select 1 from person p
      where p.id = to_id and p.organization_id = b.organization_id
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
    );
  return found;
end $$;

-- Which goals were transferred because their owner left, so that app.return_goals_of_leavers can undo it.
alter table business_goal_of_leaver enable row level security;
create policy business_goal_of_leaver_nobody on business_goal_of_leaver for all to :"app" using (false);

-- Transfers the goals of people who have left, drafts too, to the PRIMARY manager of their last day or, where that manager has left as
-- well, to the first manager above who is employed. Without one, the goals wait for ORGANIZATION_ADMIN. Does nothing
-- while another session runs it. Returns the number of goals transferred.
create or replace function app.transfer_goals_of_leavers() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  transferred integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.transfer_goals_of_leavers', 0)) then
    return 0;
  end if;
  with recursive climb as (
    select e.person_id as leaver_id, e.person_id as at_id, 0 as steps
    from employment_end e
    where e.ended_at <= now() and exists (select 1 from business_goal b where b.owner_id = e.person_id)
    union all
    select climb.leaver_id, line.manager_id, climb.steps + 1
    from climb
    join employment_end e on e.person_id = climb.at_id and e.ended_at <= now()
    cross join lateral (
      select l.manager_id from reporting_line l
      where l.report_id = climb.at_id and l.kind = 'PRIMARY'
        and l.starts_on <= e.ended_on and (l.ends_on is null or l.ends_on > e.ended_on)
    ) line
    -- Lines of different days may form a cycle.
    where climb.steps < 50
  ),
  went as (
    update business_goal b set owner_id = climb.at_id, version = b.version + 1
    from climb
    where b.owner_id = climb.leaver_id
      and not exists (select 1 from employment_end e where e.person_id = climb.at_id and e.ended_at <= now())
    returning b.id, b.organization_id, climb.leaver_id, b.owner_id, b.version
  )
  insert into business_goal_of_leaver as known (business_goal_id, organization_id, leaver_id, owner_id, version)
  select id, organization_id, leaver_id, owner_id, version from went
  on conflict (business_goal_id) do update
    set leaver_id = excluded.leaver_id, owner_id = excluded.owner_id, version = excluded.version, at = now();
  get diagnostics transferred = row_count;
  return transferred;
end $$;

-- Undoes app.transfer_goals_of_leavers for people whose end of employment was revoked or moved to the future, for the goals that nobody
-- has changed since.
create or replace function app.return_goals_of_leavers(people uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update business_goal b set owner_id = w.leaver_id, version = b.version + 1
  from business_goal_of_leaver w
  where w.leaver_id = any (people) and b.id = w.business_goal_id and b.owner_id = w.owner_id and b.version = w.version;
  delete from business_goal_of_leaver w where w.leaver_id = any (people)
$$;

grant execute on function
  app.can_transfer_business_goal(uuid), app.transfer_business_goal(uuid, integer, uuid),
  app.set_current_values(uuid, integer, uuid[], double precision[])
  to :"app";
grant execute on function app.transfer_goals_of_leavers() to :"worker";
