-- PulseTasksRepository in libs/engagement/pulses/worker/pulse-tasks.repository.ts. Written by npm run schema.

-- findPeriodsToOpen
select d.organization_id as "organizationId",
  d.month
from app.periods_to_open($1) d;

-- openPeriod
select app.open_period($1, $2::date, $3::jsonb, $4::jsonb) as opened;

-- storeAnswers
select app.store_pulse_answers() as stored;

-- destroyOverdue
select app.destroy_overdue_pulse_answers() as destroyed;

-- rewriteTables
select app.rewrite_pulse_tables() as rewritten;

-- forgetParticipation
select app.forget_pulse_participation($1) as forgotten;
