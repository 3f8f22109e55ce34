-- Periods of engagement trends, pulses, and their answers.
--
-- table                 who sees a row                      who adds, changes and deletes it
-- engagement_period     the organization                    the worker: app.open_period
-- period_member         nobody                              the worker, when a period opens; deleted with the answers of its quarter
-- period_group          nobody                              the worker, when a period opens
-- pulse, pulse_question the organization                    the worker, when a period opens
-- pulse_answer_waiting  nobody                              app.answer_pulse; app.store_pulse_answers empties it every minute
-- pulse_answer          nobody                              app.store_pulse_answers; deleted once the quarter is released
-- pulse_pseudonym       nobody                              the worker, when a pulse opens; deleted once the quarter is released
-- pulse_respondent      nobody                              the worker, when a pulse opens; deleted after 24 months, and by an erasure
-- pulse_participation   nobody                              the worker, once the quarter is released; deleted after 24 months
--
-- API tokens and people whose employment has ended see none of it.
--
-- What a person answered is nobody's to read, not even their own. Of themselves a person learns that they answered (app.own_pulses).
--
-- For the API: app.own_pulses, app.answer_pulse. For the worker: app.periods_to_open, app.open_period, app.store_pulse_answers,
-- app.destroy_overdue_pulse_answers, app.rewrite_pulse_tables, app.forget_pulse_participation; and for the release of trends
-- app.period_groups, app.period_classes, app.pulse_questions, app.pulse_answers, app.pulse_participants, app.destroy_pulse_answers.
-- docs/decisions/0090-pulses.md describes what each may be used for.

alter table engagement_period enable row level security;
grant select on engagement_period to :"app";
create policy engagement_period_select_organization on engagement_period for select to :"app"
  using (organization_id = (select app.organization()));

alter table period_member enable row level security;
create policy period_member_nobody on period_member for all to :"app" using (false);

alter table period_group enable row level security;
create policy period_group_nobody on period_group for all to :"app" using (false);

alter table pulse enable row level security;
grant select on pulse to :"app";
create policy pulse_select_organization on pulse for select to :"app" using (organization_id = (select app.organization()));

alter table pulse_question enable row level security;
grant select on pulse_question to :"app";
create policy pulse_question_select_organization on pulse_question for select to :"app"
  using (organization_id = (select app.organization()));

alter table pulse_respondent enable row level security;
create policy pulse_respondent_nobody on pulse_respondent for all to :"app" using (false);

alter table pulse_pseudonym enable row level security;
create policy pulse_pseudonym_nobody on pulse_pseudonym for all to :"app" using (false);

alter table pulse_answer enable row level security;
create policy pulse_answer_nobody on pulse_answer for all to :"app" using (false);

alter table pulse_answer_waiting enable row level security;
create policy pulse_answer_waiting_nobody on pulse_answer_waiting for all to :"app" using (false);

alter table pulse_participation enable row level security;
create policy pulse_participation_nobody on pulse_participation for all to :"app" using (false);

-- ------------------------------------------------------------------------------------------------ answering

-- The pulses that the caller was asked to answer, and whether they did. Those of a released quarter only where they did, for 24 months.
create or replace function app.own_pulses(out pulse_id uuid, out answered boolean) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with me as (select app.viewer() as id)
  select p.id, coalesce(num_nonnulls(variadic w.scores), num_nonnulls(variadic a.scores), 0) > 0
  from me
  join pulse_pseudonym t on t.person_id = me.id
  join pulse p on p.quarter_id = t.quarter_id
  join period_member m on m.period_id = p.period_id and m.person_id = me.id
  left join pulse_answer_waiting w on w.pulse_id = p.id and w.pseudonym = t.pseudonym
  left join pulse_answer a on a.pulse_id = p.id and a.pseudonym = t.pseudonym
  union all
  select p.id, true
  from me
  join pulse_respondent r on r.person_id = me.id
  join pulse_participation n on n.respondent = r.respondent
  join pulse p on p.period_id = n.period_id
$$;

-- Answers a pulse for the caller, in place of what they answered before. `given`: a score for each question in the order of their positions, or
-- null; all null withdraws the answer. The transaction that calls this writes one row, without a person and a time.
-- No constraint is left to refuse the row, because the server's log would quote it.
create or replace function app.answer_pulse(wanted uuid, given smallint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app.viewer();
  home uuid := app.organization();
  asked pulse;
begin
  if me is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  select p.* into asked from pulse p where p.id = wanted and p.organization_id = home;
  if not found then
    raise exception 'no such pulse' using errcode = 'MU160';
  end if;
  if asked.closes_at <= clock_timestamp() then
    raise exception 'this pulse is closed' using errcode = 'MU161';
  end if;
  if given is null or array_ndims(given) is distinct from 1 or array_lower(given, 1) <> 1
    or cardinality(given) <> (select count(*) from pulse_question q where q.pulse_id = asked.id)
    or exists (
      select from pulse_question q
      where q.pulse_id = asked.id and case q.scale
        when 'ONE_TO_FIVE' then given[q.position] not between 1 and 5
        else given[q.position] not between 0 and 10
      end
    ) then
    raise exception 'these are not scores of this pulse' using errcode = 'MU163';
  end if;
  insert into pulse_answer_waiting (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
  select asked.id, t.pseudonym, home, given, m.department_id, m.location_id, m.manager_id
  from pulse_pseudonym t
  join period_member m on m.person_id = t.person_id and m.period_id = asked.period_id
  where t.person_id = me and t.quarter_id = asked.quarter_id
  on conflict (pulse_id, pseudonym) do update set scores = excluded.scores;
  if not found then
    raise exception 'this pulse asks who was employed when it opened' using errcode = 'MU162';
  end if;
end $$;

-- For the worker, every minute. Stores the answers of the last minute, in random order, and drops the file that held them, so that no row is left that
-- was written by the transaction of the person who answered. Skips its turn while a backup or an answer holds the table. Returns how many.
create or replace function app.store_pulse_answers() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  waiting pulse_answer_waiting[];
begin
  if not exists (select from pulse_answer_waiting) then
    return 0;
  end if;
  begin
    lock table pulse_answer_waiting in access exclusive mode nowait;
  exception when lock_not_available then
    return 0;
  end;
  waiting := array(select w from pulse_answer_waiting w order by random());
  truncate pulse_answer_waiting;
  delete from pulse_answer a using unnest(waiting) w
  where (a.pulse_id, a.pseudonym) = (w.pulse_id, w.pseudonym) and num_nonnulls(variadic w.scores) = 0;
  insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
  select w.pulse_id, w.pseudonym, w.organization_id, w.scores, w.department_id, w.location_id, w.manager_id
  from unnest(waiting) w where num_nonnulls(variadic w.scores) > 0
  on conflict (pulse_id, pseudonym) do update set scores = excluded.scores;
  return cardinality(waiting);
end $$;

grant execute on function app.own_pulses(), app.answer_pulse(uuid, smallint[]) to :"app";

-- ------------------------------------------------------------------------------------------------ opening

-- Organizations whose present month has begun and is not open. One that was created within a month begins with the next. At most `at_most`.
create or replace function app.periods_to_open(at_most integer, out organization_id uuid, out month date) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.id, present.month
  from organization o
  cross join lateral (select date_trunc('month', app.today_in(o.id))::date) present (month)
  where o.created_at < app.start_of_day(present.month, o.time_zone)
    and not exists (
      select from engagement_period p where p.organization_id = o.id and p.granularity = 'MONTH' and p.starts_on >= present.month
    )
  order by o.id limit at_most
$$;

-- Adds a month or quarter, with its members and the names of their groups. It begins where the one before ended, also if the organization has moved to another
-- time zone since. Not granted.
create or replace function app.add_period(of_organization uuid, in_quarter uuid, first_day date) returns engagement_period
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  o organization;
  zone text;
  quarter engagement_period;
  added engagement_period;
begin
  select x.* into o from organization x where x.id = of_organization;
  select x.* into quarter from engagement_period x where x.id = in_quarter;
  zone := app.usable_time_zone(o.time_zone);
  added.organization_id := o.id;
  added.quarter_id := in_quarter;
  added.granularity := case when in_quarter is null then 'QUARTER' else 'MONTH' end;
  added.key := to_char(first_day, case when in_quarter is null then 'YYYY-"Q"Q' else 'YYYY-MM' end);
  added.starts_on := first_day;
  added.ends_on := (first_day + case when in_quarter is null then interval '3 months' else interval '1 month' end)::date - 1;
  added.starts_at := case
    when added.starts_on = quarter.starts_on then quarter.starts_at
    else coalesce(
      (select p.ends_at from engagement_period p
       where p.organization_id = o.id and p.granularity = added.granularity and p.ends_on = first_day - 1),
      app.start_of_day(first_day, zone)
    )
  end;
  added.ends_at := case when added.ends_on = quarter.ends_on then quarter.ends_at else app.end_of_day(added.ends_on, zone) end;
  insert into engagement_period (
    organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, minimum_group_size
  )
  values (
    o.id, added.granularity, added.key, in_quarter, added.starts_on, added.ends_on, added.starts_at, added.ends_at, o.minimum_group_size
  )
  returning * into added;

  insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
  select added.id, p.id, o.id, p.department_id, p.location_id, (
    select l.manager_id from reporting_line l
    where l.report_id = p.id and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
    order by l.starts_at desc limit 1
  )
  from person p
  where p.organization_id = o.id
    and (p.hired_on is null or app.start_of_day(p.hired_on, zone) <= now())
    and not exists (select from employment_end e where e.person_id = p.id and e.ended_at <= now());

  insert into period_group (period_id, tree, group_id, organization_id, name)
  select added.id, 'DEPARTMENT', d.id, o.id, d.name from department d
  where d.organization_id = o.id and exists (select from period_member m where m.period_id = added.id and m.department_id = d.id)
  union all
  select added.id, 'LOCATION', l.id, o.id, l.name from location l
  where l.organization_id = o.id and exists (select from period_member m where m.period_id = added.id and m.location_id = l.id);
  return added;
end $$;

-- Opens the pulse of a period, with pseudonyms for its members. Not granted.
create or replace function app.open_pulse(period engagement_period, questions jsonb) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  quarter uuid := coalesce(period.quarter_id, period.id);
  opened uuid;
begin
  -- In random order, for everybody: no row tells who answers.
  insert into pulse_respondent (organization_id, person_id)
  select m.organization_id, m.person_id from period_member m
  where m.period_id = period.id and not exists (select from pulse_respondent r where r.person_id = m.person_id)
  order by random();
  -- Somebody who was asked earlier in the quarter and has no pseudonym was erased since. Another one would count them twice.
  insert into pulse_pseudonym (organization_id, quarter_id, person_id, respondent)
  select m.organization_id, quarter, m.person_id, r.respondent
  from period_member m join pulse_respondent r on r.person_id = m.person_id
  where m.period_id = period.id and not exists (
    select from pulse p join period_member e on e.period_id = p.period_id
    where p.quarter_id = quarter and e.person_id = m.person_id
  )
  order by random();

  insert into pulse (organization_id, period_id, quarter_id, closes_at)
  values (period.organization_id, period.id, quarter, period.ends_at)
  returning id into opened;
  insert into pulse_question (pulse_id, position, organization_id, question_id, driver, scale)
  select opened, q.position, period.organization_id, q.value ->> 'id', q.value ->> 'driver', q.value ->> 'scale'
  from jsonb_array_elements(questions) with ordinality q (value, position);
  return opened;
end $$;

-- Queues the mail that a pulse is open to each member of its period who has not turned reminders off. All are queued when it opens, and say the same: nothing
-- is sent to people because they have not answered. Not granted.
create or replace function app.announce_pulse(opened uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select a.organization_id, 'PULSE_OPEN', a.sign_in_address, a.person_id, jsonb_build_object(
    'questions', (select count(*)::text from pulse_question q where q.pulse_id = p.id),
    'day', e.ends_on
  )
  from pulse p
  join engagement_period e on e.id = p.period_id
  join period_member m on m.period_id = p.period_id
  join account a on a.person_id = m.person_id and a.disabled_at is null
  left join person_preference f on f.person_id = m.person_id
  where p.id = opened and coalesce(f.reminders_by_mail, true)
$$;

-- Opens the present month of an organization, and its quarter with the first of its months; and the pulse, where the rhythm has one: of a month, unless the
-- quarter has one already, or of a quarter, unless it or one of its months has. None opens less than 14 days before it would close. `monthly`, `quarterly`:
-- questions with id, driver and scale. Returns whether it opened a period; a second call does nothing.
create or replace function app.open_period(of_organization uuid, month date, monthly jsonb, quarterly jsonb) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  o organization;
  quarter engagement_period;
  period engagement_period;
begin
  perform pg_advisory_xact_lock(hashtextextended('period:' || of_organization, 0));
  -- Nobody changes the directory meanwhile.
  perform pg_advisory_xact_lock(hashtextextended('people:' || of_organization, 0));
  select x.* into o from organization x where x.id = of_organization;
  if not found or date_trunc('month', app.today_in(o.id))::date is distinct from month
    or exists (select from engagement_period p where p.organization_id = o.id and p.granularity = 'MONTH' and p.starts_on >= month) then
    return false;
  end if;
  select p.* into quarter from engagement_period p
  where p.organization_id = o.id and p.granularity = 'QUARTER' and p.starts_on = date_trunc('quarter', month)::date;
  if not found then
    quarter := app.add_period(o.id, null, date_trunc('quarter', month)::date);
  end if;
  period := app.add_period(o.id, quarter.id, month);
  if o.pulse_rhythm = 'QUARTERLY' and quarter.ends_at >= now() + interval '14 days'
    and not exists (select from pulse p where p.quarter_id = quarter.id) then
    perform app.announce_pulse(app.open_pulse(quarter, quarterly));
  elsif o.pulse_rhythm = 'MONTHLY' and period.ends_at >= now() + interval '14 days'
    and not exists (select from pulse p where p.period_id = quarter.id) then
    perform app.announce_pulse(app.open_pulse(period, monthly));
  end if;
  return true;
end $$;

-- ------------------------------------------------------------------------------------------------ for the release of trends
-- Everything here is about periods that ended at least 7 days ago (docs/domain.md): before that, the worker's login reads no answer either.

create or replace function app.is_settled(period engagement_period) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select period.ends_at <= now() - interval '7 days'
$$;

-- The groups of a period in each tree, with the one that a group is part of. Managers form a tree: the group of a manager holds the people who report to them,
-- and theirs. Where lines form no tree, because a manager has none, their groups are part of nothing.
create or replace function app.period_groups(period uuid, out tree text, out group_id uuid, out parent_id uuid, out name text)
  returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.tree, g.group_id, null::uuid, g.name from period_group g where g.period_id = period
  union all
  select 'MANAGER', m.manager_id, own.manager_id, p.name
  from (select distinct x.manager_id from period_member x where x.period_id = period and x.manager_id is not null) m
  join person p on p.id = m.manager_id
  left join period_member own on own.period_id = period and own.person_id = m.manager_id
$$;

-- How many members a period has, by the groups that they belong to.
create or replace function app.period_classes(
  period uuid, out department_id uuid, out location_id uuid, out manager_id uuid, out people integer
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.department_id, m.location_id, m.manager_id, count(*)::integer from period_member m
  where m.period_id = period group by m.department_id, m.location_id, m.manager_id
$$;

-- The questions of the pulses of a quarter. A score is found by the position of its question.
create or replace function app.pulse_questions(
  quarter uuid, out period_id uuid, out place smallint, out question_id text, out driver text, out scale text
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.period_id, q.position, q.question_id, q.driver, q.scale
  from pulse p join pulse_question q on q.pulse_id = p.id
  where p.quarter_id = quarter
$$;

-- The answers that were given in a quarter, of its pulses that closed at least 7 days ago. respondent is the same in all periods in which a person took part.
create or replace function app.pulse_answers(
  quarter uuid,
  out period_id uuid, out respondent uuid, out department_id uuid, out location_id uuid, out manager_id uuid, out scores smallint[]
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, t.respondent, a.department_id, a.location_id, a.manager_id, a.scores
  from pulse p
  join engagement_period e on e.id = p.period_id
  join pulse_answer a on a.pulse_id = p.id
  join pulse_pseudonym t on t.pseudonym = a.pseudonym
  where p.quarter_id = quarter and app.is_settled(e)
  order by t.respondent
$$;

-- Who took part in the pulses of an organization whose period ended after `since` and at least 7 days ago, in which groups.
create or replace function app.pulse_participants(
  of_organization uuid, since timestamptz,
  out period_id uuid, out respondent uuid, out department_id uuid, out location_id uuid, out manager_id uuid
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select n.period_id, n.respondent, n.department_id, n.location_id, n.manager_id
  from engagement_period e join pulse_participation n on n.period_id = e.id
  where e.organization_id = of_organization and e.ends_at > since
  union all
  select a.period_id, a.respondent, a.department_id, a.location_id, a.manager_id
  from engagement_period q cross join lateral app.pulse_answers(q.id) a join engagement_period e on e.id = a.period_id
  where q.organization_id = of_organization and q.granularity = 'QUARTER' and e.ends_at > since
$$;

-- Keeps of the answers of a quarter that they were given, and destroys them, what leads to their authors, and the members of its periods. Called by the
-- transaction that releases the quarter. Returns how many answers there were.
create or replace function app.destroy_pulse_answers(quarter uuid) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  q engagement_period;
  destroyed integer;
begin
  select x.* into q from engagement_period x where x.id = quarter for update;
  if not found or q.granularity <> 'QUARTER' or not app.is_settled(q) then
    raise exception 'answers are destroyed once their quarter has ended, and 7 days have passed' using errcode = 'MU164';
  end if;
  if q.answers_destroyed_at is not null then
    return 0;
  end if;
  -- None that was given in the quarter is left to be stored: the worker stores them every minute. If one is, it goes too.
  delete from pulse_answer_waiting w using pulse p where p.id = w.pulse_id and p.quarter_id = quarter;
  insert into pulse_participation (period_id, respondent, organization_id, department_id, location_id, manager_id)
  select a.period_id, a.respondent, q.organization_id, a.department_id, a.location_id, a.manager_id
  from app.pulse_answers(quarter) a
  order by random();
  delete from pulse_answer a using pulse p where p.id = a.pulse_id and p.quarter_id = quarter;
  get diagnostics destroyed = row_count;
  delete from pulse_pseudonym t where t.quarter_id = quarter;
  delete from period_member m using engagement_period e where e.id = m.period_id and quarter in (e.id, e.quarter_id);
  update engagement_period e set answers_destroyed_at = now() where e.id = quarter;
  return destroyed;
end $$;

-- ------------------------------------------------------------------------------------------------ terms

-- For the worker. Destroys the answers of quarters that ended 60 days ago and were not released: a release that fails keeps no answer. Returns how many
-- quarters.
create or replace function app.destroy_overdue_pulse_answers() returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(app.destroy_pulse_answers(e.id))::integer from engagement_period e
  where e.granularity = 'QUARTER' and e.answers_destroyed_at is null and e.ends_at <= now() - interval '60 days'
$$;

-- For the worker. After answers were destroyed: writes what is left of the tables again, in random order, and drops the files that held them. A deleted row
-- would stay in its file until other rows take its place. Skips its turn while somebody reads or writes one of them. Returns whether it did.
create or replace function app.rewrite_pulse_tables() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  answers pulse_answer[];
  pseudonyms pulse_pseudonym[];
begin
  if not exists (select from engagement_period e where e.answers_destroyed_at is not null and e.rewritten_at is null) then
    return false;
  end if;
  begin
    lock table pulse_answer, pulse_pseudonym in access exclusive mode nowait;
  exception when lock_not_available then
    return false;
  end;
  answers := array(select a from pulse_answer a order by random());
  pseudonyms := array(select t from pulse_pseudonym t order by random());
  truncate pulse_answer, pulse_pseudonym;
  insert into pulse_answer select (unnest(answers)).*;
  insert into pulse_pseudonym select (unnest(pseudonyms)).*;
  update engagement_period e set rewritten_at = now() where e.answers_destroyed_at is not null and e.rewritten_at is null;
  return true;
end $$;

-- For the worker. Deletes participation in periods that ended 24 months ago, and what leads from a person to their respondent where nothing else is kept of
-- it. Returns how many rows of participation, at most `at_most`.
create or replace function app.forget_pulse_participation(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten uuid[];
begin
  with gone as (
    delete from pulse_participation n where (n.period_id, n.respondent) in (
      select x.period_id, x.respondent from pulse_participation x join engagement_period e on e.id = x.period_id
      where e.ends_at <= now() - interval '24 months' limit at_most for update of x skip locked
    )
    returning n.respondent
  )
  select array_agg(g.respondent) into forgotten from gone g;
  delete from pulse_respondent r
  where r.respondent = any (forgotten)
    and not exists (select from pulse_participation n where n.respondent = r.respondent)
    and not exists (select from pulse_pseudonym t where t.respondent = r.respondent);
  return coalesce(cardinality(forgotten), 0);
end $$;

-- Takes the person from their answers and from their participation, which stay. For an erasure (72-erasure.sql). Not granted.
create or replace function app.forget_pulse_respondent(target uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update pulse_pseudonym t set person_id = null where t.person_id = target;
  delete from pulse_respondent r where r.person_id = target
$$;

grant execute on function
  app.periods_to_open(integer), app.open_period(uuid, date, jsonb, jsonb), app.store_pulse_answers(),
  app.period_groups(uuid), app.period_classes(uuid), app.pulse_questions(uuid), app.pulse_answers(uuid),
  app.pulse_participants(uuid, timestamptz), app.destroy_pulse_answers(uuid), app.destroy_overdue_pulse_answers(),
  app.rewrite_pulse_tables(), app.forget_pulse_participation(integer)
  to :"worker";
