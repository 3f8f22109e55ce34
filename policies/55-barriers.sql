-- Procedure areas, barriers, answers and stories.
--
-- table             who sees it                                who adds                           who changes                      who deletes
-- procedure_area    the organization                           ORGANIZATION_ADMIN                 ORGANIZATION_ADMIN               ORGANIZATION_ADMIN, without barriers
-- barrier           the organization                           anybody, in their own name;        ORGANIZATION_ADMIN: the area,    who raised it, before an answer and
--                                                                without a name the worker          while it is unanswered           before its supporters are counted
-- barrier_answer    the organization                           answerer and deputy of the area    nobody                           nobody
-- barrier_support   the person                                 the person, not who raised it      nobody                           the person
-- nameless_barrier  nobody                                     app.raise_nameless_barrier         nobody                           the worker
-- story             the organization                           anybody, of a barrier that was     nobody                           the author
--                                                                removed or a trial that was kept
-- story_author      the author; the organization where named   a trigger                          the author: named                nobody
-- story_adoption    the person                                 the person, not the author         nobody                           the person
--
-- API tokens and people whose employment has ended see none of it. The number of supporters and adopters is public from the organization's
-- minimum group size; below it there is none.
--
-- What guards it:
-- * barrier_answered: status and due date of a barrier follow from its answers.
-- * barrier_answer_trial_ends: a trial ends on a day to come, within a year.
-- * procedure_area_people: who is named for an area is employed.
-- * organization_minimum_group_size_rises: the minimum group size is never lowered.
-- * SECURITY DEFINER functions: app.answerable_area_ids, app.barrier_supporters, app.story_adopters, app.raise_nameless_barrier; for the worker
--   app.publish_nameless_barriers, app.remind_of_due_barriers, app.remind_of_areas_without_answerer.
--
-- Barriers without a name: docs/decisions/0070-barriers.md, docs/security.md.

-- ------------------------------------------------------------------------------------------------ the minimum group size

-- A figure that was withheld once must not be released later by a lower minimum.
create or replace function app.organization_minimum_group_size_rises() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the minimum group size only rises' using errcode = 'MU103';
end $$;
create or replace trigger organization_minimum_group_size_rises before update of minimum_group_size on organization
  for each row when (new.minimum_group_size < old.minimum_group_size)
  execute function app.organization_minimum_group_size_rises();

-- ------------------------------------------------------------------------------------------------ procedure areas

alter table procedure_area enable row level security;
grant select (id, organization_id, name, answerer_id, deputy_id), insert (organization_id, name, answerer_id, deputy_id),
  update (name, answerer_id, deputy_id), delete
  on procedure_area to :"app";
create policy procedure_area_select_organization on procedure_area for select to :"app"
  using (organization_id = (select app.organization()));
create policy procedure_area_insert_admin on procedure_area for insert to :"app"
  with check (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));
create policy procedure_area_update_admin on procedure_area for update to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')));

-- A barrier without a name that waits in it appears without an area. A refusal would reveal that there is one.
create policy procedure_area_delete_admin_unused on procedure_area for delete to :"app" using (
  organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
  and not exists (select 1 from barrier b where b.procedure_area_id = procedure_area.id)
);

-- An AFTER trigger, because the policy must refuse first. Runs under the viewer's policies: somebody of another organization counts as missing.
create or replace function app.procedure_area_people() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select 1 from unnest(array[
      case when tg_op = 'INSERT' or new.answerer_id is distinct from old.answerer_id then new.answerer_id end,
      case when tg_op = 'INSERT' or new.deputy_id is distinct from old.deputy_id then new.deputy_id end
    ]) named(id)
    where named.id is not null
      and (
        not exists (select 1 from person p where p.id = named.id)
        or exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      )
  ) then
    raise exception 'who answers for an area is employed' using errcode = 'MU101';
  end if;
  return null;
end $$;
create or replace trigger procedure_area_people after insert or update of answerer_id, deputy_id on procedure_area
  for each row when (row_security_active('procedure_area'::regclass)) execute function app.procedure_area_people();

-- The areas that the viewer answers for, as answerer or deputy.
create or replace function app.answerable_area_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select a.id from procedure_area a where a.answerer_id = (select app.viewer())
    union
    select a.id from procedure_area a where a.deputy_id = (select app.viewer())
  )
$$;

-- ------------------------------------------------------------------------------------------------ barriers

alter table barrier enable row level security;
grant select (
    id, organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, raised_by_id, status, trial_until,
    trial_kept, answer_due_on, first_due_on, created_on
  ),
  insert (organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, raised_by_id),
  update (procedure_area_id), delete
  on barrier to :"app";
create policy barrier_select_organization on barrier for select to :"app" using (organization_id = (select app.organization()));
create policy barrier_insert_own on barrier for insert to :"app" with check (
  organization_id = (select app.organization()) and raised_by_id = (select app.viewer())
  and (procedure_area_id is null or exists (select 1 from procedure_area a where a.id = barrier.procedure_area_id))
);
create policy barrier_update_admin_unanswered on barrier for update to :"app"
  using (organization_id = (select app.organization_as('ORGANIZATION_ADMIN')) and status in ('OPEN', 'INVESTIGATING'));

-- An answer is due 14 days after a barrier was raised or given to an area. Days of the organization. The first due day stays once there is an answer.
create or replace function app.barrier_before_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := app.today_in(new.organization_id);
begin
  if tg_op = 'INSERT' then
    new.created_on := coalesce(new.created_on, today);
    new.answer_due_on := coalesce(new.answer_due_on, new.created_on + 14);
    new.first_due_on := coalesce(new.first_due_on, new.answer_due_on);
  else
    new.answer_due_on := today + 14;
    if not exists (select from barrier_answer a where a.barrier_id = new.id and a.status <> 'INVESTIGATING') then
      new.first_due_on := new.answer_due_on;
    end if;
  end if;
  return new;
end $$;
create or replace trigger barrier_before_insert before insert on barrier
  for each row execute function app.barrier_before_write();
create or replace trigger barrier_before_new_area before update of procedure_area_id on barrier
  for each row when (new.procedure_area_id is distinct from old.procedure_area_id) execute function app.barrier_before_write();

-- ------------------------------------------------------------------------------------------------ answers

alter table barrier_answer enable row level security;
grant select,
  insert (
    organization_id, barrier_id, status, text, got_it_wrong, loss_last_happened, losses_a_year, cost_to_others, required_by_law, trial_until,
    by_id
  )
  on barrier_answer to :"app";
create policy barrier_answer_select_organization on barrier_answer for select to :"app"
  using (organization_id = (select app.organization()));
create policy barrier_answer_insert_answerer on barrier_answer for insert to :"app" with check (
  by_id = (select app.viewer())
  and exists (
    select 1 from barrier b
    where b.id = barrier_answer.barrier_id and b.organization_id = barrier_answer.organization_id
      and b.procedure_area_id = any ((select app.answerable_area_ids())::uuid[])
  )
);

-- INVESTIGATING keeps the due date of a barrier that awaits an answer. After a trial an answer is due again, within 14 days.
create or replace function app.barrier_answered() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := app.today_in(new.organization_id);
begin
  update barrier b
  set status = new.status, trial_until = new.trial_until,
      trial_kept = b.trial_kept or (new.status = 'TRIAL_WITHOUT' and b.status = 'TRIAL_WITHOUT'),
      answer_due_on = case
        when new.status = 'TRIAL_WITHOUT' then new.trial_until + 14
        when new.status = 'INVESTIGATING' and (b.status in ('REMOVED', 'STAYS') or b.trial_until >= today) then today + 14
        else b.answer_due_on
      end
  where b.id = new.barrier_id;
  return null;
end $$;
create or replace trigger barrier_answered after insert on barrier_answer
  for each row execute function app.barrier_answered();

create or replace function app.barrier_answer_trial_ends() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := app.today_in(new.organization_id);
begin
  if new.trial_until <= today or new.trial_until > today + 366 then
    raise exception 'a trial ends on a day to come, within a year' using errcode = 'MU100';
  end if;
  return null;
end $$;
create or replace trigger barrier_answer_trial_ends after insert on barrier_answer
  for each row when (new.trial_until is not null and row_security_active('barrier_answer'::regclass))
  execute function app.barrier_answer_trial_ends();

-- ------------------------------------------------------------------------------------------------ support

alter table barrier_support enable row level security;
grant select, insert (barrier_id, person_id, organization_id), delete on barrier_support to :"app";
create policy barrier_support_select_own on barrier_support for select to :"app" using (person_id = (select app.viewer()));
create policy barrier_support_insert_own on barrier_support for insert to :"app" with check (
  person_id = (select app.viewer())
  and exists (
    select 1 from barrier b where b.id = barrier_support.barrier_id and b.raised_by_id is distinct from (select app.viewer())
  )
);
create policy barrier_support_delete_own on barrier_support for delete to :"app" using (person_id = (select app.viewer()));

-- How many people support each of these barriers, where they are at least the minimum group. People who have left stay counted: a count
-- that falls when somebody leaves would name them.
create or replace function app.barrier_supporters(barrier_ids uuid[], out barrier_id uuid, out people integer) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.barrier_id, count(*)::integer
  from barrier_support s join organization o on o.id = s.organization_id
  where s.barrier_id = any (barrier_ids) and s.organization_id = (select app.organization())
  group by s.barrier_id, o.minimum_group_size
  having count(*) >= o.minimum_group_size
$$;

-- The person who raised it takes it back, before an answer and before its supporters are counted. A refusal because of fewer supporters
-- would reveal them. One without a name has nobody who could.
create policy barrier_delete_own_unanswered on barrier for delete to :"app" using (
  raised_by_id = (select app.viewer()) and status = 'OPEN'
  and not exists (select 1 from app.barrier_supporters(array[barrier.id]))
);

-- ------------------------------------------------------------------------------------------------ barriers without a name

alter table nameless_barrier enable row level security;
create policy nameless_barrier_nobody on nameless_barrier for all to :"app" using (false);

-- Takes a barrier without a name in, and returns the day on which it appears: the next one. The transaction that calls this writes nothing
-- else. A barrier in the same words that waits already is the same one, sent again; there is no idempotency key that could tell.
-- No constraint is left to refuse it, because the server's log would quote the row.
create or replace function app.raise_nameless_barrier(
  barrier_title text, barrier_description text, remedy text, customers boolean, area_id uuid
) returns date
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  home uuid := app.organization();
  today date := app.today_in(home);
begin
  if home is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  if area_id is not null and not exists (select 1 from procedure_area a where a.id = area_id and a.organization_id = home) then
    raise exception 'no such procedure area' using errcode = 'MU102';
  end if;
  begin
    insert into nameless_barrier (organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, staged_on)
    select home, area_id, barrier_title, barrier_description, remedy, customers, today
    where not exists (
      select 1 from nameless_barrier n
      where n.organization_id = home and n.title = barrier_title and n.hinders_customers = customers
        and (n.procedure_area_id, n.description, n.proposed_remedy) is not distinct from (area_id, barrier_description, remedy)
    );
  exception
    when check_violation or not_null_violation then
      raise exception 'this text cannot be stored' using errcode = 'MU104';
  end;
  return today + 1;
end $$;

-- For the worker, every minute. Moves the barriers of past days to barrier, all in one transaction and in random order, with new ids. The rest
-- are written again likewise, and the file that held them is dropped: nothing that is left was written by the author's transaction.
-- Skips its turn while a backup or a barrier being raised holds the table. Returns how many appeared.
create or replace function app.publish_nameless_barriers() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  waiting nameless_barrier[];
  published integer;
begin
  if not exists (select 1 from nameless_barrier n where not n.shuffled or n.staged_on < app.today_in(n.organization_id)) then
    return 0;
  end if;
  begin
    lock table nameless_barrier in access exclusive mode nowait;
  exception when lock_not_available then
    return 0;
  end;
  waiting := array(select n from nameless_barrier n order by random());
  truncate nameless_barrier;
  insert into barrier (organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers)
  select w.organization_id, (select a.id from procedure_area a where a.id = w.procedure_area_id), w.title, w.description,
    w.proposed_remedy, w.hinders_customers
  from unnest(waiting) w where w.staged_on < app.today_in(w.organization_id);
  get diagnostics published = row_count;
  insert into nameless_barrier (
    organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, staged_on, shuffled
  )
  select w.organization_id, w.procedure_area_id, w.title, w.description, w.proposed_remedy, w.hinders_customers, w.staged_on, true
  from unnest(waiting) w where w.staged_on >= app.today_in(w.organization_id);
  return published;
end $$;

-- ------------------------------------------------------------------------------------------------ stories

alter table story enable row level security;
grant select, insert (organization_id, barrier_id, text), delete on story to :"app";
create policy story_select_organization on story for select to :"app" using (organization_id = (select app.organization()));
create policy story_insert_removed_or_kept on story for insert to :"app" with check (
  organization_id = (select app.organization())
  and exists (select 1 from barrier b where b.id = story.barrier_id and (b.status = 'REMOVED' or b.trial_kept))
);

create or replace function app.story_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.created_on := coalesce(new.created_on, app.today_in(new.organization_id));
  return new;
end $$;
create or replace trigger story_before_insert before insert on story for each row execute function app.story_before_insert();

create or replace function app.story_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into story_author (story_id, organization_id, person_id) values (new.id, new.organization_id, app.viewer());
  return null;
end $$;
create or replace trigger story_after_insert after insert on story
  for each row when (row_security_active('story'::regclass)) execute function app.story_after_insert();

alter table story_author enable row level security;
grant select, update (named) on story_author to :"app";
create policy story_author_select_own_or_named on story_author for select to :"app" using (
  person_id = (select app.viewer()) or (named and organization_id = (select app.organization()))
);
create policy story_author_update_own on story_author for update to :"app" using (person_id = (select app.viewer()));
-- With its adoptions.
create policy story_delete_author on story for delete to :"app" using (
  exists (select 1 from story_author a where a.story_id = story.id and a.person_id = (select app.viewer()))
);

alter table story_adoption enable row level security;
grant select, insert (story_id, person_id, organization_id), delete on story_adoption to :"app";
create policy story_adoption_select_own on story_adoption for select to :"app" using (person_id = (select app.viewer()));
create policy story_adoption_insert_own on story_adoption for insert to :"app" with check (
  person_id = (select app.viewer())
  and exists (select 1 from story s where s.id = story_adoption.story_id)
  and not exists (
    select 1 from story_author a where a.story_id = story_adoption.story_id and a.person_id = (select app.viewer())
  )
);
create policy story_adoption_delete_own on story_adoption for delete to :"app" using (person_id = (select app.viewer()));

-- How many people adopted each of these stories: as app.barrier_supporters.
create or replace function app.story_adopters(story_ids uuid[], out story_id uuid, out people integer) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.story_id, count(*)::integer
  from story_adoption a join organization o on o.id = a.organization_id
  where a.story_id = any (story_ids) and a.organization_id = (select app.organization())
  group by a.story_id, o.minimum_group_size
  having count(*) >= o.minimum_group_size
$$;

-- ------------------------------------------------------------------------------------------------ reminders

-- For the worker. Queues a mail to the answerer of each area with a barrier whose answer is due within three days or late, or to the deputy
-- once the answerer has left; once for each due date. Returns the number of mails.
create or replace function app.remind_of_due_barriers() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  queued integer;
begin
  with due as (
    select b.id, a.organization_id, account.person_id, account.sign_in_address
    from barrier b
    join procedure_area a on a.id = b.procedure_area_id
    cross join lateral (select app.today_in(a.organization_id)) today(day)
    cross join lateral (
      select named.id from unnest(array[a.answerer_id, a.deputy_id]) with ordinality named(id, place)
      where named.id is not null
        and not exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      order by named.place limit 1
    ) answerer
    join account on account.person_id = answerer.id and account.disabled_at is null
    where (b.status in ('OPEN', 'INVESTIGATING') or b.trial_until < today.day)
      and b.answer_due_on <= today.day + 3 and b.reminded_for is distinct from b.answer_due_on
    for no key update of b skip locked
  ), reminded as (
    update barrier b set reminded_for = b.answer_due_on from due where b.id = due.id
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select organization_id, 'BARRIERS_DUE', sign_in_address, person_id, jsonb_build_object('barriers', count(*)::text)
  from due group by organization_id, sign_in_address, person_id;
  get diagnostics queued = row_count;
  return queued;
end $$;

-- For the worker. Queues a mail to each ORGANIZATION_ADMIN of an organization with areas whose answerer and deputy have left, with the names
-- of these areas; again every 14 days while that is so. Returns the number of mails.
create or replace function app.remind_of_areas_without_answerer() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  queued integer;
begin
  with due as (
    select a.id, a.organization_id, a.name from procedure_area a
    where coalesce(a.admins_reminded_at <= now() - interval '14 days', true)
      and not exists (
        select from unnest(array[a.answerer_id, a.deputy_id]) named(id)
        where named.id is not null
          and not exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      )
    for no key update of a skip locked
  ), reminded as (
    update procedure_area a set admins_reminded_at = now() from due where a.id = due.id
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select g.organization_id, 'AREAS_WITHOUT_ANSWERER', account.sign_in_address, account.person_id, areas.about
  from (
    select d.organization_id,
      jsonb_build_object('areas', count(*)::text, 'names', string_agg(d.name, E'\n' order by d.name)) as about
    from due d group by d.organization_id
  ) areas
  join role_grant g on g.organization_id = areas.organization_id and g.role = 'ORGANIZATION_ADMIN'
  join account on account.person_id = g.person_id and account.disabled_at is null
  where not exists (select 1 from employment_end e where e.person_id = g.person_id and e.ended_at <= now());
  get diagnostics queued = row_count;
  return queued;
end $$;

grant execute on function
  app.answerable_area_ids(), app.barrier_supporters(uuid[]), app.story_adopters(uuid[]),
  app.raise_nameless_barrier(text, text, text, boolean, uuid)
  to :"app";
grant execute on function
  app.publish_nameless_barriers(), app.remind_of_due_barriers(), app.remind_of_areas_without_answerer()
  to :"worker";
