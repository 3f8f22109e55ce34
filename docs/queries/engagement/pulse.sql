-- PulseRepository in libs/engagement/pulses/pulse.repository.ts. Written by npm run schema.

-- findByIds
select p.id,
  p.closes_at as "closesAt",
  jsonb_build_object('key', e.key, 'startsOn', e.starts_on, 'endsOn', e.ends_on, 'closed', e.ends_at <= now()) as period
from pulse p
join engagement_period e on e.id = p.period_id
where p.id = any($1::uuid[]);

-- findOpen
select p.id,
  p.closes_at as "closesAt",
  jsonb_build_object('key', e.key, 'startsOn', e.starts_on, 'endsOn', e.ends_on, 'closed', e.ends_at <= now()) as period
from pulse p
join engagement_period e on e.id = p.period_id
join app.own_pulses() own on own.pulse_id = p.id
where p.closes_at > now()
order by p.closes_at,
  p.id;

-- findAnswered
select o.pulse_id as id
from app.own_pulses() o
where o.answered
  and o.pulse_id = any($1::uuid[]);

-- findQuestions
select q.question_id as id,
  q.pulse_id as "pulseId",
  q.driver,
  q.scale
from pulse_question q
where q.pulse_id = any($1::uuid[])
order by q.pulse_id,
  q.position;

-- answer
select app.answer_pulse($1, $2::smallint[]);
