-- What the worker does for one-to-ones: it keeps one conversation of a recurrence planned ahead, and reminds of conversations by mail.
--
-- Tables: none; one_to_one and conversation are in 60-conversations.sql.
-- The worker reads neither. It learns the ids, recurrences and times of one-to-ones that have nothing planned ahead, and mails contain who
-- and when, never what.

-- Whether the two people can still meet: the one-to-one is open, and both are employed.
create or replace function app.is_open_one_to_one(pair one_to_one) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select pair.state = 'OPEN' and not exists (
    select from employment_end e where e.person_id in (pair.first_id, pair.second_id) and e.ended_at <= now()
  )
$$;

-- Whether it is paused: then nothing is planned and nobody is reminded.
create or replace function app.is_paused(pair one_to_one) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(pair.pause_ends_at > now(), false)
$$;

-- ------------------------------------------------------------------------------------------------ planning

-- One-to-ones with a recurrence, not paused, whose reporting line is open, and none of whose planned dates is ahead: the last one has passed, and
-- nobody has logged it. In the order of their ids, after one of them. `taken` are times for which no conversation is
-- planned: those that have or had one.
create or replace function app.one_to_ones_to_plan(after_id uuid, at_most integer)
  returns table (id uuid, recurrence text, starts_at timestamptz, time_zone text, taken timestamptz[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.id, o.recurrence, o.recurrence_starts_at, o.time_zone, array(
    select moment.at from conversation c cross join unnest(array[c.series_at, c.scheduled_at]) moment (at)
    where c.one_to_one_id = o.id and moment.at > now()
  )
  from one_to_one o join reporting_line l on l.id = o.line_id
  where (after_id is null or o.id > after_id)
    and o.recurrence is not null and o.state = 'OPEN' and not app.is_paused(o)
    and not exists (select from employment_end e where e.person_id = o.first_id and e.ended_at <= now())
    and not exists (select from employment_end e where e.person_id = o.second_id and e.ended_at <= now())
    and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
    and not exists (
      select from conversation c
      where c.one_to_one_id = o.id and c.status = 'PLANNED' and c.series_at is not null and c.scheduled_at > now()
    )
  order by o.id limit at_most
$$;

-- Plans a date of the recurrence, unless one is ahead by now or the one-to-one has changed; the points that wait at the one-to-one move
-- into the next planned conversation. Returns whether it was planned.
create or replace function app.plan_conversation(pair_id uuid, recurrence text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  pair one_to_one;
begin
  select o.* into pair from one_to_one o where o.id = pair_id for update;
  if not found or not app.is_open_one_to_one(pair) or app.is_paused(pair) or pair.recurrence is distinct from plan_conversation.recurrence or at <= now()
    or exists (
      select from conversation c
      where c.one_to_one_id = pair_id and (
        c.status = 'PLANNED' and c.series_at is not null and c.scheduled_at > now() or at in (c.series_at, c.scheduled_at)
      )
    ) then
    return false;
  end if;
  insert into conversation (organization_id, one_to_one_id, scheduled_at, series_at) values (pair.organization_id, pair_id, at, at);
  perform app.move_waiting_points(pair_id);
  return true;
end $$;

grant execute on function app.one_to_ones_to_plan(uuid, integer), app.plan_conversation(uuid, text, timestamptz) to :"worker";

-- ------------------------------------------------------------------------------------------------ reminders

-- Queues a mail to both participants of each conversation that needs one, unless they have turned reminders off: who and when.
create or replace function app.queue_conversation_mails(mail_kind text, conversation_ids uuid[]) returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with queued as (
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select a.organization_id, mail_kind, a.sign_in_address, a.person_id, jsonb_build_object(
      'name', other.name,
      'at', to_char(c.scheduled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'timeZone', app.usable_time_zone((select z.time_zone from person_time_zone z where z.person_id = a.person_id), organization.time_zone)
    )
    from conversation c
    join one_to_one o on o.id = c.one_to_one_id
    join organization on organization.id = c.organization_id
    cross join lateral (values (o.first_id, o.second_id), (o.second_id, o.first_id)) participant (id, other_id)
    join account a on a.person_id = participant.id and a.disabled_at is null
    join person other on other.id = participant.other_id
    where c.id = any (conversation_ids)
      and not exists (select from person_preference p where p.person_id = participant.id and not p.reminders_by_mail)
    returning 1
  )
  select count(*) from queued
$$;

-- Reminds of conversations that begin within a day, unless they were planned within that day. One that is moved is reminded of again.
-- Returns the number of mails.
create or replace function app.remind_before_conversations() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  due uuid[];
begin
  select array_agg(found.id) into due from (
    select c.id from conversation c join one_to_one o on o.id = c.one_to_one_id
    where c.status = 'PLANNED' and c.scheduled_at > now() and c.scheduled_at <= now() + interval '24 hours'
      and c.created_at <= c.scheduled_at - interval '24 hours'
      and c.reminded_before is distinct from c.scheduled_at and app.is_open_one_to_one(o) and not app.is_paused(o)
    for no key update of c skip locked
  ) found;
  update conversation c set reminded_before = c.scheduled_at where c.id = any (due);
  return app.queue_conversation_mails('CONVERSATION_AHEAD', due);
end $$;

-- Reminds of conversations that should have ended an hour ago, at most a day, and that nobody has logged.
-- Returns the number of mails.
create or replace function app.remind_after_conversations() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  due uuid[];
begin
  select array_agg(found.id) into due from (
    select c.id from conversation c join one_to_one o on o.id = c.one_to_one_id
    where c.status = 'PLANNED' and c.scheduled_at > now() - interval '36 hours'
      and c.scheduled_at + make_interval(mins => o.duration_minutes) between now() - interval '25 hours' and now() - interval '1 hour'
      and c.reminded_after is distinct from c.scheduled_at and app.is_open_one_to_one(o) and not app.is_paused(o)
    for no key update of c skip locked
  ) found;
  update conversation c set reminded_after = c.scheduled_at where c.id = any (due);
  return app.queue_conversation_mails('CONVERSATION_BEHIND', due);
end $$;

grant execute on function app.remind_before_conversations(), app.remind_after_conversations() to :"worker";
