-- What the worker reads to release a period: people, their groups, and the values of each metric (docs/metrics.md). Rule T is applied by the worker
-- (libs/engagement/trends/release).
--
-- table                who sees a row   who adds, changes and deletes it
-- trend_participant    nobody           app.register_trend_participants; an erasure takes the person away
-- trend_figure_people  nobody           app.add_trend_figure_people; deleted once the quarter is released, and after 24 months
--
-- SECURITY DEFINER functions for the worker, none of which returns a person: app.due_trend_periods, app.register_trend_participants,
-- app.trend_groups, app.trend_people, app.trend_values, app.trend_answer_groups, app.trend_managers, app.trend_questions, app.trend_history, app.trend_months, app.add_trend_figure_people, app.forget_trend_months,
-- app.forget_trend_history.
-- Values are returned for settled periods only (app.is_settled).

alter table trend_participant enable row level security;
create policy trend_participant_nobody on trend_participant for all to :"app" using (false);

alter table trend_figure_people enable row level security;
create policy trend_figure_people_nobody on trend_figure_people for all to :"app" using (false);

-- ------------------------------------------------------------------------------------------------ periods and people

-- Settled periods without a release, the earliest first, months before their quarter. A quarter whose answers were destroyed has none.
create or replace function app.due_trend_periods(
  out period_id uuid, out quarter_id uuid, out organization_id uuid, out period_key text, out granularity text, out starts_on date,
  out ends_on date, out minimum_group_size integer, out organization_name text
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, coalesce(e.quarter_id, e.id), e.organization_id, e.key, e.granularity, e.starts_on, e.ends_on, e.minimum_group_size, o.name
  from engagement_period e
  join organization o on o.id = e.organization_id
  join engagement_period q on q.id = coalesce(e.quarter_id, e.id) and q.answers_destroyed_at is null
  where app.is_settled(e)
    and not exists (select 1 from trend_release r where r.organization_id = e.organization_id and r.period_key = e.key)
  order by e.ends_on, e.granularity, e.organization_id
$$;

-- The periods whose members and groups count for a period: itself and, of a quarter, its months; the latest last. Not granted.
create or replace function app.trend_span(period uuid, out id uuid, out place bigint) returns setof record
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.id, row_number() over (order by e.starts_on, e.granularity desc)
  from engagement_period e where period in (e.id, e.quarter_id)
$$;

-- The groups of a period and, of a quarter, of its months, as they were called last.
create or replace function app.trend_groups(period uuid, out tree text, out group_id uuid, out parent_id uuid, out name text)
  returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct on (g.tree, g.group_id) g.tree, g.group_id, g.parent_id, g.name
  from app.trend_span(period) s cross join lateral app.period_groups(s.id) g
  order by g.tree, g.group_id, s.place desc
$$;

-- Gives numbers to the people of a period who have none.
create or replace function app.register_trend_participants(period uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  e engagement_period;
begin
  select x.* into e from engagement_period x where x.id = period;
  insert into trend_participant (organization_id, respondent)
  select e.organization_id, t.respondent from pulse_pseudonym t
  where t.quarter_id = coalesce(e.quarter_id, e.id)
    and not exists (select 1 from trend_participant n where n.respondent = t.respondent)
  order by random();
  insert into trend_participant (organization_id, person_id)
  select e.organization_id, leader.id from (
    select m.manager_id from period_member m where m.period_id = period and m.manager_id is not null
    union
    select a.answerer_id from procedure_area a where a.organization_id = e.organization_id
  ) leader (id)
  where not exists (select 1 from trend_participant n where n.person_id = leader.id)
  order by random();
end $$;

-- The people of a period by their numbers, each once, with their groups in the latest period of app.trend_span to which they belong.
-- The groups of somebody who was erased since are those of their last answer.
create or replace function app.trend_people(
  period uuid, out participant integer, out department_id uuid, out location_id uuid, out manager_id uuid
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with e as (select x.* from engagement_period x where x.id = period and app.is_settled(x)),
  member as (
    select distinct on (m.person_id) m.person_id, m.department_id, m.location_id, m.manager_id
    from app.trend_span(period) s join period_member m on m.period_id = s.id
    order by m.person_id, s.place desc
  ), forgotten as (
    select distinct on (t.respondent) t.respondent, a.department_id, a.location_id, a.manager_id
    from e
    join pulse_pseudonym t on t.quarter_id = coalesce(e.quarter_id, e.id) and t.person_id is null
    join pulse_answer a on a.pseudonym = t.pseudonym
    join pulse p on p.id = a.pulse_id
    order by t.respondent, p.closes_at desc
  )
  select n.number, m.department_id, m.location_id, m.manager_id
  from e
  join pulse_pseudonym t on t.quarter_id = coalesce(e.quarter_id, e.id)
  join member m on m.person_id = t.person_id
  join trend_participant n on n.respondent = t.respondent
  union all
  select n.number, f.department_id, f.location_id, f.manager_id
  from forgotten f join trend_participant n on n.respondent = f.respondent
  union all
  select n.number, m.department_id, m.location_id, m.manager_id
  from e join trend_participant n on n.organization_id = e.organization_id and n.person_id is not null
  left join member m on m.person_id = n.person_id
$$;

-- ------------------------------------------------------------------------------------------------ values

-- The direct reports of each manager who count for metrics about managers, with their one-to-ones: members of the period whose PRIMARY line to the
-- manager was open when it began and when it ended, both employed throughout. paused: within the period, as far as it was the latest pause. Not granted.
create or replace function app.trend_reports(
  period uuid, out manager_id uuid, out report_id uuid, out one_to_one_id uuid, out paused boolean
) returns setof record
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.manager_id, m.person_id, o.id, o.pause_began_at < e.ends_at and o.pause_over_at > e.starts_at
  from engagement_period e
  join period_member m on m.period_id = e.id
  join reporting_line l on l.report_id = m.person_id and l.manager_id = m.manager_id and l.kind = 'PRIMARY'
    and l.starts_at <= e.opened_at and (l.ends_at is null or l.ends_at >= e.ends_at)
  left join one_to_one o on o.first_id = least(m.person_id, m.manager_id) and o.second_id = greatest(m.person_id, m.manager_id)
    and o.state <> 'INVITED'
  where e.id = period
    and not exists (
      select 1 from employment_end x where x.person_id in (m.person_id, m.manager_id) and x.ended_at < e.ends_at
    )
$$;

-- The value of each unit of a metric, by its number. `reports`: for metrics about managers, numbers of the reports whose part it has,
-- which mean nothing outside of the result. Each metric is defined in docs/metrics.md.
create or replace function app.trend_values(
  period uuid, of_metric text, of_driver text, out participant integer, out value double precision, out reports integer[]
) returns setof record
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  e engagement_period;
  zone text;
begin
  select x.* into e from engagement_period x where x.id = period;
  if not found or not app.is_settled(e) then
    return;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from organization o where o.id = e.organization_id;

  case of_metric
    when 'PULSE_SCORE' then
      return query
      select n.number, avg(a.scores[q.position])::double precision, null::integer[]
      from pulse p
      join pulse_question q on q.pulse_id = p.id and q.driver = of_driver
      join pulse_answer a on a.pulse_id = p.id and a.scores[q.position] is not null
      join pulse_pseudonym t on t.pseudonym = a.pseudonym
      join trend_participant n on n.respondent = t.respondent
      where period in (p.period_id, p.quarter_id)
      group by n.number;

    when 'ENPS' then
      return query
      select distinct on (n.number) n.number,
        (case when a.scores[q.position] >= 9 then 100 when a.scores[q.position] >= 7 then 0 else -100 end)::double precision,
        null::integer[]
      from pulse p
      join pulse_question q on q.pulse_id = p.id and q.driver = 'RECOMMEND'
      join pulse_answer a on a.pulse_id = p.id and a.scores[q.position] is not null
      join pulse_pseudonym t on t.pseudonym = a.pseudonym
      join trend_participant n on n.respondent = t.respondent
      where period in (p.period_id, p.quarter_id)
      order by n.number, p.closes_at desc, q.position desc;

    when 'PULSE_PARTICIPATION' then
      return query
      select n.number, max((a.pseudonym is not null)::integer)::double precision, null::integer[]
      from pulse p
      join period_member m on m.period_id = p.period_id
      join pulse_pseudonym t on t.quarter_id = p.quarter_id and t.person_id = m.person_id
      join trend_participant n on n.respondent = t.respondent
      left join pulse_answer a on a.pulse_id = p.id and a.pseudonym = t.pseudonym
      where period in (p.period_id, p.quarter_id)
      group by n.number;

    when 'MET_RATE' then
      return query
      select n.number, avg(of_report.met::integer)::double precision, array_agg(of_report.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place,
          coalesce(bool_or(c.id is not null), false) as met,
          coalesce(bool_or(r.paused), false) as paused
        from app.trend_reports(period) r
        left join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD' and c.notes_import_id is null
          and c.held_at >= e.starts_at and c.held_at < e.ends_at
        group by r.manager_id, r.report_id
      ) of_report
      join trend_participant n on n.person_id = of_report.manager_id
      where of_report.met or not of_report.paused
      group by n.number;

    when 'CONVERSATION_WORTH' then
      return query
      select n.number, avg(of_report.worth)::double precision, array_agg(of_report.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place, avg(own.worth_it) as worth
        from app.trend_reports(period) r
        join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD'
        join conversation_feedback own on own.conversation_id = c.id and own.author_id = r.report_id and own.offered
          and own.worth_it is not null
        join conversation_feedback other on other.conversation_id = c.id and other.author_id = r.manager_id and other.offered
        where greatest(own.offered_at, other.offered_at) >= e.starts_at and greatest(own.offered_at, other.offered_at) < e.ends_at
        group by r.manager_id, r.report_id
      ) of_report
      join trend_participant n on n.person_id = of_report.manager_id
      group by n.number;

    when 'AGENDA_FROM_REPORTS' then
      return query
      select n.number, avg(talk.brought::integer)::double precision, array_agg(distinct talk.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place, c.id, bool_or(t.author_id = r.report_id) as brought
        from app.trend_reports(period) r
        join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD' and c.notes_import_id is null
          and c.off_the_record_by_id is null and c.held_at >= e.starts_at and c.held_at < e.ends_at
        join talking_point t on t.one_to_one_id = c.one_to_one_id and not t.draft
          and (
            t.conversation_id = c.id
            or exists (select 1 from talking_point_carry k where k.point_id = t.id and k.from_id = c.id)
          )
        group by r.manager_id, r.report_id, c.id
      ) talk
      join trend_participant n on n.person_id = talk.manager_id
      group by n.number;

    when 'PROMISES_KEPT_BY_MANAGERS' then
      return query
      select n.number, avg(promise.kept::integer)::double precision, array_agg(distinct promise.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place,
          coalesce(a.state = 'DONE' and a.closed_at <= a.late_at, false) as kept
        from app.trend_reports(period) r
        join action_item a on a.one_to_one_id = r.one_to_one_id and a.owner_id = r.manager_id
        where a.late_at >= e.starts_at and a.late_at < e.ends_at
          -- Dropped before it was due, or refused.
          and not (a.state = 'DROPPED' and a.kept is null)
      ) promise
      join trend_participant n on n.person_id = promise.manager_id
      group by n.number;

    when 'BARRIERS_ANSWERED_IN_TIME' then
      return query
      select n.number, avg(coalesce(due.answered_on <= due.day, false)::integer)::double precision, null::integer[]
      from (
        select a.answerer_id, (min(x.at) at time zone zone)::date as answered_on, b.first_due_on as day
        from barrier b
        join procedure_area a on a.id = b.procedure_area_id
        left join barrier_answer x on x.barrier_id = b.id and x.status <> 'INVESTIGATING'
        where b.organization_id = e.organization_id and b.first_due_on between e.starts_on and e.ends_on
        group by b.id, a.answerer_id
      ) due
      join trend_participant n on n.person_id = due.answerer_id
      group by n.number;

    when 'BARRIERS_REMOVED' then
      return query
      select n.number, avg((last.status = 'REMOVED')::integer)::double precision, null::integer[]
      from (
        select distinct on (b.id) b.id, a.answerer_id, x.status
        from barrier_answer x
        join barrier b on b.id = x.barrier_id
        join procedure_area a on a.id = b.procedure_area_id
        where x.organization_id = e.organization_id and x.status <> 'INVESTIGATING' and x.at >= e.starts_at and x.at < e.ends_at
        order by b.id, x.at desc, x.id desc
      ) last
      join trend_participant n on n.person_id = last.answerer_id
      group by n.number;
  end case;
end $$;

-- Everybody who was asked a question of a driver, with their groups in the period that asked it, so that a quarter repeats the figures of its
-- month. Where several pulses asked, the groups are those of the last answer; without one, those of the last pulse.
create or replace function app.trend_answer_groups(
  period uuid, of_driver text, out participant integer, out department_id uuid, out location_id uuid, out manager_id uuid
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with asking as (
    select p.id, p.period_id, p.quarter_id, p.closes_at, q.position
    from engagement_period e
    join pulse p on e.id in (p.period_id, p.quarter_id)
    join pulse_question q on q.pulse_id = p.id and q.driver = of_driver
    where e.id = period and app.is_settled(e)
  )
  select distinct on (n.number) n.number, g.department_id, g.location_id, g.manager_id
  from (
    select t.respondent, a.department_id, a.location_id, a.manager_id, p.closes_at, true as answered
    from asking p
    join pulse_answer a on a.pulse_id = p.id and a.scores[p.position] is not null
    join pulse_pseudonym t on t.pseudonym = a.pseudonym
    union all
    select t.respondent, m.department_id, m.location_id, m.manager_id, p.closes_at, false
    from asking p
    join period_member m on m.period_id = p.period_id
    join pulse_pseudonym t on t.quarter_id = p.quarter_id and t.person_id = m.person_id
  ) g
  join trend_participant n on n.respondent = g.respondent
  order by n.number, g.answered desc, g.closes_at desc
$$;

-- Everybody who can have a value of a metric about managers: those with direct reports throughout the period. The directory tells who they are,
-- and not which of them have a value.
create or replace function app.trend_managers(period uuid) returns setof integer
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct n.number
  from engagement_period e
  cross join lateral app.trend_reports(e.id) r
  join trend_participant n on n.person_id = r.manager_id
  where e.id = period and app.is_settled(e)
$$;

-- How many questions of a driver the pulses of a period have: the mean of a person's answers has as many possible values.
create or replace function app.trend_questions(period uuid, of_driver text) returns integer
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*)::integer from pulse p join pulse_question q on q.pulse_id = p.id
  where period in (p.period_id, p.quarter_id) and q.driver = of_driver
$$;

-- ------------------------------------------------------------------------------------------------ who was behind figures

-- The people of earlier figures of a population, of the 24 months before a period ends.
create or replace function app.trend_history(period uuid, of_population text) returns setof integer[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.people
  from engagement_period e
  join trend_release r on r.organization_id = e.organization_id and r.ends_on > e.ends_on - interval '24 months' and r.ends_on < e.ends_on
  join trend_figure_people f on f.release_id = r.id and f.population = of_population and f.purpose = 'LATER'
  where e.id = period
$$;

-- The people of the figures of the months of a quarter.
create or replace function app.trend_months(quarter uuid, of_population text, out month text, out tree text, out people integer[])
  returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.period_key, f.tree, f.people
  from engagement_period e
  join trend_release r on r.organization_id = e.organization_id and r.period_key = e.key
  join trend_figure_people f on f.release_id = r.id and f.population = of_population and f.purpose = 'QUARTER'
  where e.quarter_id = quarter
$$;

-- Adds the people of figures to a release that is being written. `people`: an array of numbers for each figure, as text.
create or replace function app.add_trend_figure_people(
  release uuid, of_organization uuid, of_population text, for_purpose text, trees text[], people text[]
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_figure_people (release_id, organization_id, population, purpose, tree, people)
  select release, of_organization, of_population, for_purpose, f.tree, f.people::integer[]
  from unnest(trees, people) f (tree, people)
  order by random();
end $$;

-- Deletes the people of the figures of the months of a quarter, once it is released.
create or replace function app.forget_trend_months(quarter uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from trend_figure_people f using engagement_period e, trend_release r
  where e.quarter_id = quarter and r.organization_id = e.organization_id and r.period_key = e.key
    and f.release_id = r.id and f.purpose = 'QUARTER'
$$;

-- Deletes the people of figures of periods that ended 24 months ago, and of months whose quarter ended 60 days ago without a release. Returns how many figures.
create or replace function app.forget_trend_history() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten integer;
begin
  delete from trend_figure_people f using trend_release r
  where r.id = f.release_id
    and (
      r.ends_on < now() - interval '24 months'
      or f.purpose = 'QUARTER' and (date_trunc('quarter', r.starts_on) + interval '3 months 60 days') < now()
    );
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

-- Takes the person from their number. For an erasure (72-erasure.sql). Not granted.
create or replace function app.forget_trend_participant(target uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update trend_participant n set person_id = null where n.person_id = target
$$;

grant execute on function
  app.due_trend_periods(), app.trend_groups(uuid), app.register_trend_participants(uuid), app.trend_people(uuid),
  app.trend_values(uuid, text, text), app.trend_answer_groups(uuid, text), app.trend_managers(uuid), app.trend_questions(uuid, text), app.trend_history(uuid, text), app.trend_months(uuid, text),
  app.add_trend_figure_people(uuid, uuid, text, text, text[], text[]), app.forget_trend_months(uuid), app.forget_trend_history()
  to :"worker";
