-- What is deleted after a time, and reminders before that. The worker calls these functions; it reads none of the tables.
--
-- table                   who sees a row   who adds, changes and deletes it
-- conversation_retention  nobody           a trigger on organization
--
-- Rules: docs/domain.md, Retention.

alter table conversation_retention enable row level security;
create policy conversation_retention_nobody on conversation_retention for all to :"app" using (false);

-- Records which term for conversations applies from now on. The term for the access log is only ever shortened.
create or replace function app.record_retention() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.access_log_retention_months > old.access_log_retention_months then
    raise exception 'the access log cannot be kept longer than it was to be' using errcode = 'MU062';
  end if;
  if tg_op = 'INSERT' then
    insert into conversation_retention (organization_id, since, months)
    values (new.id, '-infinity', new.conversation_retention_months);
  elsif new.conversation_retention_months <> old.conversation_retention_months then
    insert into conversation_retention (organization_id, since, months)
    values (new.id, clock_timestamp(), new.conversation_retention_months);
  end if;
  return null;
end $$;
create or replace trigger record_retention after insert or update of conversation_retention_months, access_log_retention_months
  on organization for each row execute function app.record_retention();

-- Which term a conversation has by its day, from `since` until before `until`: the shortest one that has applied since.
create or replace function app.conversation_terms()
  returns table (organization_id uuid, since timestamptz, until timestamptz, months integer)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.organization_id, r.since, lead(r.since, 1, 'infinity') over by_time,
    min(r.months) over (by_time rows between current row and unbounded following)
  from conversation_retention r
  window by_time as (partition by r.organization_id order by r.since)
$$;

-- Deletes conversations, whatever their status, whose term is over, with their notes, discussed points and closed action items. Undiscussed
-- points, drafts too, wait at the one-to-one, and open action items stay with it. Returns the number of conversations, at most `at_most`.
create or replace function app.delete_expired_conversations(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  expired uuid[];
begin
  select array_agg(found.id) into expired from (
    select c.id from app.conversation_terms() term
    join conversation c on c.organization_id = term.organization_id
      and coalesce(c.held_at, c.scheduled_at) >= term.since
      and coalesce(c.held_at, c.scheduled_at) < least(term.until, now() - make_interval(months => term.months))
    limit at_most
    for update of c skip locked
  ) found;
  if expired is null then
    return 0;
  end if;
  delete from talking_point t where t.conversation_id = any (expired) and t.discussed and not t.standing;
  delete from action_item i where i.made_in_id = any (expired) and i.state <> 'OPEN';
  update talking_point t
  set conversation_id = null, position = placed.position, discussed = false, version = t.version + t.discussed::integer
  from (
    select p.id, row_number() over (partition by p.one_to_one_id order by c.scheduled_at, p.position, p.id) + coalesce((
      select max(there.position) from talking_point there
      where there.one_to_one_id = p.one_to_one_id and there.conversation_id is null
    ), 0) as position
    from talking_point p join conversation c on c.id = p.conversation_id
    where p.conversation_id = any (expired)
  ) placed
  where t.id = placed.id;
  -- Foreign keys delete the notes, and empty what names the conversation.
  delete from conversation c where c.id = any (expired);
  return cardinality(expired);
end $$;

-- Deletes action items that were made outside of conversations and closed longer ago than the term. Returns the number, at most `at_most`.
create or replace function app.delete_expired_action_items(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from action_item where id in (
    select i.id from app.conversation_terms() term
    join action_item i on i.organization_id = term.organization_id and i.made_in_id is null and i.state <> 'OPEN'
      and i.closed_at >= term.since and i.closed_at < least(term.until, now() - make_interval(months => term.months))
    limit at_most
    for update of i skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Deletes entries of the access log whose term is over, by the days that are stored. Returns the number, at most `at_most`.
create or replace function app.delete_expired_access_log(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from goal_access a using (
    select g.reader_id, g.goal_id, g.on_day, g.kind
    from goal_access g join organization o on o.id = g.organization_id
    where g.on_day < (now() - make_interval(months => o.access_log_retention_months))::date - 1
      -- For the index.
      and g.on_day < (now() - make_interval(months => (select min(access_log_retention_months) from organization)))::date
    limit at_most
    for update of g skip locked
  ) expired
  where (a.reader_id, a.goal_id, a.on_day, a.kind) = (expired.reader_id, expired.goal_id, expired.on_day, expired.kind);
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Queues a mail to people who have left, 30 and 7 days before their access to their goals ends. A person whose
-- leaving was recorded late gets the later one only. Returns the number of mails.
create or replace function app.remind_leavers() returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with due as (
    select e.person_id, e.access_until, e.access_until <= now() + interval '7 days' as in_a_week
    from employment_end e
    where e.ended_at <= now() and e.access_until > now() and e.access_until <= now() + interval '30 days'
  ), reminded as (
    update account a
    set reminded_month_before = d.access_until,
      reminded_week_before = case when d.in_a_week then d.access_until else a.reminded_week_before end
    from due d
    where a.person_id = d.person_id and d.access_until is distinct from
      case when d.in_a_week then a.reminded_week_before else a.reminded_month_before end
    returning a.person_id, a.organization_id, a.sign_in_address, d.access_until
  ), queued as (
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select r.organization_id, 'ACCESS_ENDS', r.sign_in_address, r.person_id, jsonb_build_object(
      'organization', o.name,
      'day', ((r.access_until - interval '1 second') at time zone app.usable_time_zone(o.time_zone))::date
    )
    from reminded r join organization o on o.id = r.organization_id
    returning 1
  )
  select count(*) from queued
$$;

grant execute on function
  app.delete_expired_conversations(integer), app.delete_expired_action_items(integer), app.delete_expired_access_log(integer),
  app.remind_leavers()
  to :"worker";
