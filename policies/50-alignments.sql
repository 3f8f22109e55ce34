-- ------------------------------------------------------------------------------------------------ alignments

-- Placed: with the personal goal. Proposed: for thirty days its owner and, while they can see the goal, its proposer.
alter table alignment enable row level security;
grant select, delete,
  insert (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state),
  update (how, state)
  on alignment to :"app";
create policy read on alignment for select to :"app" using (
  (state = 'PLACED' and owner_id = (select app.signed_in_person()))
  or (state = 'PLACED' and exists (select 1 from personal_goal g where g.id = alignment.personal_goal_id))
  or (
    state = 'PROPOSED' and proposed_at > now() - interval '30 days'
    and (
      owner_id = (select app.signed_in_person())
      or (
        proposed_by_id = (select app.viewer())
        and exists (select 1 from personal_goal g where g.id = alignment.personal_goal_id)
      )
    )
  )
);
create policy place on alignment for insert to :"app" with check (
  state = 'PLACED' and owner_id = (select app.viewer()) and proposed_by_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g where g.id = alignment.personal_goal_id and g.owner_id = (select app.viewer())
  )
  and exists (select 1 from business_goal b where b.id = alignment.business_goal_id)
);
-- A draft is proposed only to somebody who can see it too: a proposal must not tell of a draft, nor be answered blind.
create policy propose on alignment for insert to :"app" with check (
  state = 'PROPOSED' and proposed_by_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g
    where g.id = alignment.personal_goal_id and g.owner_id = alignment.owner_id and g.open_to_proposals
  )
  and exists (
    select 1 from business_goal b
    where b.id = alignment.business_goal_id
      and (
        b.status <> 'DRAFT' or b.owner_id = alignment.owner_id
        or exists (
          select 1 from business_goal_assignee a where a.business_goal_id = b.id and a.person_id = alignment.owner_id
        )
      )
  )
);
create policy change on alignment for update to :"app" using (owner_id = (select app.viewer()));
-- A proposal is answered, never removed: its proposer would see it go before its time.
create policy remove on alignment for delete to :"app" using (owner_id = (select app.viewer()) and state = 'PLACED');

-- Whoever places or proposes waits for whoever does so in the same personal goal. A proposal that has lapsed makes room for
-- a new one by the same proposer, who cannot see the old one any more.
create or replace function app.alignment_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Only a goal that the viewer sees: nobody holds a row that they may not see.
  perform 1 from personal_goal g
  where g.id = new.personal_goal_id
    and (
      g.owner_id = app.viewer() or g.id = any (app.shared_goal_ids())
      or (g.visibility = 'ORGANIZATION' and g.organization_id = app.organization())
    )
  for no key update;
  delete from alignment
  where new.proposed_by_id = app.viewer() and personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id
    and proposed_by_id = new.proposed_by_id and state = 'PROPOSED' and proposed_at <= now() - interval '30 days';
  new.proposed_at := case when new.state = 'PROPOSED' then coalesce(new.proposed_at, now()) end;
  return new;
end $$;
create or replace trigger alignment_before_insert before insert on alignment
  for each row execute function app.alignment_before_insert();

-- What is placed is not proposed. A placement ends every proposal of the pair, answered or not, so that it tells no
-- proposer which of the two theirs was.
create or replace function app.alignment_after_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into alignment_own (alignment_id, organization_id, owner_id, proposed_by_id, created_at)
    values (new.id, new.organization_id, new.owner_id, new.proposed_by_id, coalesce(new.proposed_at, now()));
  end if;
  if new.state = 'PLACED' then
    delete from alignment_decline where alignment_id = new.id;
    delete from alignment
    where personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id and state = 'PROPOSED';
  elsif exists (
    select 1 from alignment a
    where a.personal_goal_id = new.personal_goal_id and a.business_goal_id = new.business_goal_id and a.state = 'PLACED'
  ) then
    raise exception 'this is placed already' using errcode = 'MU040';
  end if;
  return null;
end $$;
create or replace trigger alignment_after_write after insert or update of state on alignment
  for each row execute function app.alignment_after_write();

-- When a proposal was made is not for everybody who sees it placed.
create or replace function app.alignment_before_place() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.proposed_at := null;
  return new;
end $$;
create or replace trigger alignment_before_place before update of state on alignment
  for each row when (new.state = 'PLACED') execute function app.alignment_before_place();

-- When it was made: for the owner of the personal goal, who may share it later, and for the proposer of their own.
alter table alignment_own enable row level security;
grant select on alignment_own to :"app";
create policy read on alignment_own for select to :"app" using (
  owner_id = (select app.signed_in_person())
  or (
    proposed_by_id = (select app.viewer())
    and exists (select 1 from alignment a where a.id = alignment_own.alignment_id)
  )
);

-- The words of a proposal are its proposer's until it is placed; one says yes to what one can see.
create or replace function app.alignment_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> 'PLACED' then
    raise exception 'a proposal stays as it is until it is placed' using errcode = 'MU041';
  end if;
  if old.state = 'PROPOSED' and not exists (select 1 from business_goal b where b.id = new.business_goal_id) then
    raise exception 'a goal is placed by somebody who can see it' using errcode = 'MU042';
  end if;
  return new;
end $$;
create or replace trigger alignment_guard before update on alignment
  for each row when (row_security_active('alignment'::regclass)) execute function app.alignment_guard();

alter table alignment_decline enable row level security;
grant select, insert (alignment_id, organization_id, owner_id), delete on alignment_decline to :"app";
create policy read on alignment_decline for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy add on alignment_decline for insert to :"app" with check (
  owner_id = (select app.viewer())
  -- Its proposer sees it too: whether it was declined must not show in how they are refused.
  and exists (
    select 1 from alignment a
    where a.id = alignment_decline.alignment_id and a.state = 'PROPOSED' and a.owner_id = (select app.viewer())
  )
);
create policy remove on alignment_decline for delete to :"app" using (owner_id = (select app.viewer()));
