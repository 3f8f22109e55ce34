-- ------------------------------------------------------------------------------------------------ business goals

alter table cycle enable row level security;
grant select, insert (organization_id, name, starts_on, ends_on), update (name, starts_on, ends_on) on cycle to :"app";
create policy read on cycle for select to :"app" using (organization_id = (select app.organization()));
create policy add on cycle for insert to :"app"
  with check (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));
create policy change on cycle for update to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- The organization's; drafts are their owner's and assignees'. The owner alone edits; to change hands there is a function below.
alter table business_goal enable row level security;
grant select,
  insert (organization_id, owner_id, cycle_id, parent_id, title, description, status, progress_by_hand),
  update (cycle_id, parent_id, title, description, status, progress_by_hand, version)
  on business_goal to :"app";
create policy read on business_goal for select to :"app" using (
  organization_id = (select app.organization())
  and (
    status <> 'DRAFT'
    or owner_id = (select app.viewer())
    or id = any ((select app.assigned_goal_ids())::uuid[])
  )
);
create policy add on business_goal for insert to :"app" with check (
  owner_id = (select app.viewer()) and organization_id = (select app.organization())
);
create policy change on business_goal for update to :"app" using (owner_id = (select app.viewer()));

-- A parent is a goal that its chooser can see, and what was published stays so: it has been read.
create or replace function app.business_goal_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.parent_id is not null and (tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id)
    and not exists (select 1 from business_goal b where b.id = new.parent_id) then
    raise exception 'no such parent' using errcode = 'MU030';
  end if;
  if tg_op = 'UPDATE' and new.status = 'DRAFT' and old.status <> 'DRAFT' then
    raise exception 'a published goal does not become a draft again' using errcode = 'MU032';
  end if;
  return new;
end $$;
create or replace trigger business_goal_guard before insert or update of parent_id, status on business_goal
  for each row when (row_security_active('business_goal'::regclass)) execute function app.business_goal_guard();

-- What began as a draft is listed as of its publication: nobody learns since when there was one.
create or replace function app.business_goal_before_publish() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.listed_at := now();
  return new;
end $$;
create or replace trigger business_goal_before_publish before update of status on business_goal
  for each row when (old.status = 'DRAFT' and new.status <> 'DRAFT') execute function app.business_goal_before_publish();

-- Goals form a tree, whoever can see its branches. Two changes that close a circle together must not miss each other, so
-- parents in an organization change one after the other. A new goal closes no circle: nothing points to it yet.
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
    raise exception 'business goals would form a circle' using errcode = 'MU031';
  end if;
  return new;
end $$;
create or replace trigger business_goal_parent before update of parent_id on business_goal
  for each row when (new.parent_id is not null and new.parent_id is distinct from old.parent_id)
  execute function app.business_goal_before_new_parent();

alter table key_result enable row level security;
grant select, delete,
  insert (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position),
  update (title, unit, start_value, current_value, target_value, position)
  on key_result to :"app";
create policy read on key_result for select to :"app"
  using (exists (select 1 from business_goal b where b.id = key_result.business_goal_id));
create policy add on key_result for insert to :"app" with check (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);
create policy change on key_result for update to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);
create policy remove on key_result for delete to :"app" using (
  exists (select 1 from business_goal b where b.id = key_result.business_goal_id and b.owner_id = (select app.viewer()))
);

alter table business_goal_assignee enable row level security;
-- When somebody was assigned is for nobody: the goal may have been a draft.
grant select (business_goal_id, person_id, organization_id), insert (business_goal_id, person_id, organization_id), delete
  on business_goal_assignee to :"app";
create policy read on business_goal_assignee for select to :"app"
  using (exists (select 1 from business_goal b where b.id = business_goal_assignee.business_goal_id));
create policy add on business_goal_assignee for insert to :"app" with check (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select app.viewer())
  )
);
create policy remove on business_goal_assignee for delete to :"app" using (
  exists (
    select 1 from business_goal b
    where b.id = business_goal_assignee.business_goal_id and b.owner_id = (select app.viewer())
  )
);

alter table check_in enable row level security;
grant select, insert (organization_id, business_goal_id, author_id, text, confidence, status) on check_in to :"app";
create policy read on check_in for select to :"app"
  using (exists (select 1 from business_goal b where b.id = check_in.business_goal_id));
create policy add on check_in for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (
    select 1 from business_goal b
    where b.id = check_in.business_goal_id
      and (b.owner_id = (select app.viewer()) or b.id = any ((select app.assigned_goal_ids())::uuid[]))
  )
);

-- A check-in says how the goal stands; an assignee may check in without being allowed to edit the goal, to publish it or
-- to bring it back. After the policy, so that nobody learns here how a goal stands that they cannot see.
create or replace function app.check_in_admitted() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from business_goal b
  where b.id = new.business_goal_id and b.status not in ('DRAFT', 'CANCELLED')
  for no key update;
  if not found then
    raise exception 'a draft or cancelled goal takes no check-in' using errcode = 'MU033';
  end if;
  return null;
end $$;
create or replace trigger check_in_admitted after insert on check_in
  for each row when (row_security_active('check_in'::regclass)) execute function app.check_in_admitted();

create or replace function app.check_in_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- One check-in raises the version by one: where its current values have raised it in this transaction, not again.
  update business_goal b
  set status = new.status, version = b.version + (b.xmin <> pg_current_xact_id()::xid)::integer
  where b.id = new.business_goal_id and b.status is distinct from new.status;
  return null;
end $$;
create or replace trigger check_in_after_insert after insert on check_in
  for each row execute function app.check_in_after_insert();

-- ---------------------------------------------------------------- doors of business goals

-- Whether the viewer may give a goal to somebody else: its owner or, where the owner has left, ORGANIZATION_ADMIN.
create or replace function app.may_hand_on_business_goal(goal_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from business_goal b
    where b.id = goal_id
      and (
        b.owner_id = (select app.viewer())
        or (
          b.organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
          and (b.status <> 'DRAFT' or b.id = any ((select app.assigned_goal_ids())::uuid[]))
          and exists (select 1 from employment_end e where e.person_id = b.owner_id and e.ended_at <= now())
        )
      )
  )
$$;

-- Does so, to somebody who works here. False, and nothing done, for anybody else, for a version that is not the present one,
-- and for nobody known.
create or replace function app.hand_on_business_goal(goal_id uuid, seen_version integer, to_id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Whoever may not hand it on does not hold it either; and whoever waited here sees the owner that there is now.
  perform 1 from business_goal b
  where b.id = goal_id and app.may_hand_on_business_goal(b.id) for no key update;
  update business_goal b set owner_id = to_id, version = b.version + 1
  where b.id = goal_id and b.version = seen_version and app.may_hand_on_business_goal(b.id)
    and exists (
      select 1 from person p
      where p.id = to_id and p.organization_id = b.organization_id
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
    );
  return found;
end $$;

-- What an owner's or assignee's check-in says of key results. False, and nothing done, for anybody else, for a version that
-- is not the present one, and for a key result of another goal.
create or replace function app.set_current_values(
  goal_id uuid, seen_version integer, key_result_ids uuid[], current_values double precision[]
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update business_goal b set version = b.version + 1
  where b.id = goal_id and b.version = seen_version and b.status not in ('DRAFT', 'CANCELLED')
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

-- The goals of everybody who has left, drafts too, go to the PRIMARY manager of their last day or, where that one has left too, to
-- theirs, and so on up; where nobody follows they stay until ORGANIZATION_ADMIN names somebody. Asks not who calls: it only
-- does what is due. Does nothing while somebody else is at it. Returns how many goals went.
create or replace function app.hand_on_goals_of_leavers() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  handed_on integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.hand_on_goals_of_leavers', 0)) then
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
    -- Managers of different days may form a circle.
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
  get diagnostics handed_on = row_count;
  return handed_on;
end $$;

-- These people have not left after all: what went to others since they had, and was not changed since, is theirs again.
create or replace function app.give_back_goals_of_leavers(people uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update business_goal b set owner_id = w.leaver_id, version = b.version + 1
  from business_goal_of_leaver w
  where w.leaver_id = any (people) and b.id = w.business_goal_id and b.owner_id = w.owner_id and b.version = w.version;
  delete from business_goal_of_leaver w where w.leaver_id = any (people)
$$;

alter table business_goal_of_leaver enable row level security;
create policy nobody on business_goal_of_leaver for all to :"app" using (false);

-- Proposals that have lapsed are words that nobody can read any more. Asks not who calls. Returns how many went.
create or replace function app.forget_lapsed_proposals() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten integer;
begin
  delete from alignment where state = 'PROPOSED' and proposed_at <= now() - interval '30 days';
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

grant execute on function
  app.may_hand_on_business_goal(uuid), app.hand_on_business_goal(uuid, integer, uuid),
  app.set_current_values(uuid, integer, uuid[], double precision[]),
  app.hand_on_goals_of_leavers(), app.forget_lapsed_proposals()
  to :"app";
