-- Reminders of conversations by mail.

-- What a person prefers; without a row, the defaults. A separate table, since only the person reads it.
create table person_preference (
  person_id uuid primary key,
  organization_id uuid not null,
  reminders_by_mail boolean not null default true,
  foreign key (organization_id, person_id) references person (organization_id, id)
);

-- The value of scheduled_at that its participants have been reminded of; another reminder follows when it moves.
alter table conversation add column reminded_before timestamptz, add column reminded_after timestamptz;
-- Migrations run in a transaction, so it cannot be built concurrently: conversations are read meanwhile, and written a moment later.
-- squawk-ignore require-concurrent-index-creation
create index conversation_planned_at_idx on conversation (scheduled_at) where status = 'PLANNED';
