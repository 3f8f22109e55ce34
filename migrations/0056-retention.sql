-- How long conversations and the access log are kept, and reminders to people who have left.

alter table organization
  add column conversation_retention_months integer not null default 24
    constraint organization_conversation_retention check (conversation_retention_months between 1 and 120),
  add column access_log_retention_months integer not null default 12
    constraint organization_access_log_retention check (access_log_retention_months between 1 and 12);

-- Which term applied from when. A conversation is kept for the shortest term that has applied since its day, so that a longer one
-- applies only to conversations to come.
create table conversation_retention (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization,
  since timestamptz not null,
  months integer not null,
  unique (organization_id, since)
);
insert into conversation_retention (organization_id, since, months) select id, '-infinity', 24 from organization;

-- The value of employment_end.access_until that the person has been reminded of, a month and a week before.
alter table account add column reminded_month_before timestamptz, add column reminded_week_before timestamptz;

-- Migrations run in a transaction, so these cannot be built concurrently: the tables are read meanwhile, and written a moment later.
-- squawk-ignore require-concurrent-index-creation
create index conversation_day_idx on conversation (organization_id, (coalesce(held_at, scheduled_at)));
-- Days are added in their order.
-- squawk-ignore require-concurrent-index-creation
create index goal_access_day_idx on goal_access using brin (on_day);
