-- Alignments: business goals placed in personal goals, and proposals to place them.
--
-- table              who sees it                             who adds                         who changes                who deletes
-- alignment PLACED   everybody who sees the personal goal    the personal goal's owner        the owner: how             the owner
-- alignment PROPOSED the owner; the proposer while they see  a person who sees both goals,    the owner, who places it   nobody; it lapses
--                    the goal; both for 30 days              if the owner takes proposals                                after 30 days
-- alignment_own      the owner; the proposer                  a trigger                       nobody                     with its alignment
-- alignment_decline  the owner                               the owner                        nobody                     the owner
--
-- API tokens see none of it. People whose employment has ended keep the alignments in their own goals.
--
-- What guards it:
-- * A proposer cannot tell a declined proposal from an unanswered one: the answer is a separate row, a proposal cannot be deleted, and
--   both lapse at the same time.
-- * alignment_guard: a proposal changes only by being placed, by a person who sees the business goal.
-- * alignment_after_write: a placed pair has no proposals, whatever was answered to them.
-- * SECURITY DEFINER functions: app.delete_lapsed_proposals.

alter table alignment enable row level security;
grant select, delete,
  insert (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state),
  update (how, state)
  on alignment to :"app";
create policy alignment_select_visible on alignment for select to :"app" using (
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
create policy alignment_insert_placed on alignment for insert to :"app" with check (
  state = 'PLACED' and owner_id = (select app.viewer()) and proposed_by_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g where g.id = alignment.personal_goal_id and g.owner_id = (select app.viewer())
  )
  and exists (select 1 from business_goal b where b.id = alignment.business_goal_id)
);
-- A draft can be proposed only to a person who sees it too: a proposal must not reveal a draft, and the owner must see what they accept.
create policy alignment_insert_proposed on alignment for insert to :"app" with check (
  state = 'PROPOSED' and proposed_by_id = (select app.viewer())
  and exists (
    select 1 from personal_goal g
    where g.id = alignment.personal_goal_id and g.owner_id = alignment.owner_id and g.open_to_proposals
  )
  and exists (
    select 1 from business_goal b
    where b.id = alignment.business_goal_id
      and (
        b.state <> 'DRAFT' or b.owner_id = alignment.owner_id
        or exists (
          select 1 from business_goal_assignee a where a.business_goal_id = b.id and a.person_id = alignment.owner_id
        )
      )
  )
);
create policy alignment_update_own on alignment for update to :"app" using (owner_id = (select app.viewer()));
-- PLACED only: a proposer would notice that a proposal disappeared before it lapsed.
create policy alignment_delete_placed on alignment for delete to :"app" using (owner_id = (select app.viewer()) and state = 'PLACED');

-- Placements and proposals in one personal goal are written one after the other. A lapsed proposal, which its proposer no longer
-- sees, makes room for a new one of the same proposer.
create or replace function app.alignment_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Locks only a goal that the viewer sees.
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

-- A placed pair has no proposals. A placement ends every proposal of the pair, declined ones too: if only the unanswered ones ended, a
-- proposer would know which of the two theirs was.
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
    raise exception 'this pair is already placed' using errcode = 'MU040';
  end if;
  return null;
end $$;
create or replace trigger alignment_after_write after insert or update of state on alignment
  for each row execute function app.alignment_after_write();

-- A placed alignment is visible with its personal goal, but not the time of the proposal that it began as.
create or replace function app.alignment_before_place() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.proposed_at := null;
  return new;
end $$;
create or replace trigger alignment_before_place before update of state on alignment
  for each row when (new.state = 'PLACED') execute function app.alignment_before_place();

-- A proposal keeps its proposer's text until it is placed, and only a person who sees the business goal can place it.
create or replace function app.alignment_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> 'PLACED' then
    raise exception 'a proposal changes only by being placed' using errcode = 'MU041';
  end if;
  if old.state = 'PROPOSED' and not exists (select 1 from business_goal b where b.id = new.business_goal_id) then
    raise exception 'only a person who sees the business goal can place it' using errcode = 'MU042';
  end if;
  return new;
end $$;
create or replace trigger alignment_guard before update on alignment
  for each row when (row_security_active('alignment'::regclass)) execute function app.alignment_guard();

-- The time at which an alignment was created: apart, because the personal goal may be shared later.
alter table alignment_own enable row level security;
grant select on alignment_own to :"app";
create policy alignment_own_select_owner_or_proposer on alignment_own for select to :"app" using (
  owner_id = (select app.signed_in_person())
  or (
    proposed_by_id = (select app.viewer())
    and exists (select 1 from alignment a where a.id = alignment_own.alignment_id)
  )
);

alter table alignment_decline enable row level security;
grant select, insert (alignment_id, organization_id, owner_id), delete on alignment_decline to :"app";
create policy alignment_decline_select_own on alignment_decline for select to :"app" using (owner_id = (select app.signed_in_person()));
create policy alignment_decline_insert_own on alignment_decline for insert to :"app" with check (
  owner_id = (select app.viewer())
  -- The proposer sees the proposal too, so its key alone must not decide: a refusal would show whether it was declined.
  and exists (
    select 1 from alignment a
    where a.id = alignment_decline.alignment_id and a.state = 'PROPOSED' and a.owner_id = (select app.viewer())
  )
);
create policy alignment_decline_delete_own on alignment_decline for delete to :"app" using (owner_id = (select app.viewer()));

-- Deletes proposals that have lapsed, which nobody can read. Returns the number deleted.
create or replace function app.delete_lapsed_proposals() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from alignment where state = 'PROPOSED' and proposed_at <= now() - interval '30 days';
  get diagnostics deleted = row_count;
  return deleted;
end $$;

grant execute on function app.delete_lapsed_proposals() to :"worker";
