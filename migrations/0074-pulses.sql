-- Periods, who was in which group when they opened, pulses and their answers. Settings of engagement trends.
--
-- Squawk: new tables, which nobody reads yet; scores and positions are small.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, require-concurrent-index-creation, prefer-bigint-over-smallint

alter table organization
  add column trends_visible_to text not null default 'EVERYONE'
    constraint organization_trends_visible_to_check check (trends_visible_to in ('EVERYONE', 'LEADERS_AND_HR', 'HR')),
  add column trends_published_after_days integer not null default 7
    constraint organization_trends_published_after_days_check check (trends_published_after_days between 0 and 14),
  add column pulse_rhythm text not null default 'MONTHLY'
    constraint organization_pulse_rhythm_check check (pulse_rhythm in ('MONTHLY', 'QUARTERLY', 'OFF'));

-- A month or quarter of an organization. Its instants and the minimum group size are fixed when it opens, and never change. ends_on is its last
-- day, ends_at the first instant after it.
-- answers_destroyed_at: of a quarter, when the answers given in it and what led to their authors were deleted; rewritten_at: when the files that
-- had held them were dropped.
create table engagement_period (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization,
  granularity text not null check (granularity in ('MONTH', 'QUARTER')),
  key text not null check (key ~ '^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$'),
  -- Of a month.
  quarter_id uuid,
  starts_on date not null,
  ends_on date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  opened_at timestamptz not null default now(),
  minimum_group_size integer not null check (minimum_group_size >= 5),
  answers_destroyed_at timestamptz,
  rewritten_at timestamptz,
  unique (organization_id, id),
  unique (organization_id, key),
  constraint engagement_period_quarter check ((granularity = 'MONTH') = (quarter_id is not null)),
  constraint engagement_period_order check (starts_at < ends_at and starts_on < ends_on),
  foreign key (organization_id, quarter_id) references engagement_period (organization_id, id)
);
create index engagement_period_quarter_idx on engagement_period (quarter_id);

-- Who was employed when a period opened, and in which groups. The only memberships that count for the period. People are never deleted, and
-- departments are merged: no foreign keys to them.
create table period_member (
  period_id uuid not null,
  person_id uuid not null,
  organization_id uuid not null,
  department_id uuid,
  location_id uuid,
  -- The PRIMARY manager.
  manager_id uuid,
  primary key (period_id, person_id),
  foreign key (organization_id, period_id) references engagement_period (organization_id, id) on delete cascade
);
create index period_member_person_idx on period_member (person_id);

-- The departments and locations of its members, as they were called when a period opened.
create table period_group (
  period_id uuid not null,
  tree text not null check (tree in ('DEPARTMENT', 'LOCATION')),
  group_id uuid not null,
  organization_id uuid not null,
  name text not null,
  primary key (period_id, tree, group_id),
  foreign key (organization_id, period_id) references engagement_period (organization_id, id) on delete cascade
);

-- The survey of a period: of a month, or of a quarter.
create table pulse (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  period_id uuid not null unique,
  quarter_id uuid not null,
  closes_at timestamptz not null,
  unique (organization_id, id),
  foreign key (organization_id, period_id) references engagement_period (organization_id, id),
  foreign key (organization_id, quarter_id) references engagement_period (organization_id, id)
);
create index pulse_open_idx on pulse (organization_id, closes_at);
create index pulse_quarter_idx on pulse (quarter_id);

-- question_id is that of the question bank (libs/engagement/pulses).
create table pulse_question (
  pulse_id uuid not null,
  position smallint not null check (position > 0),
  organization_id uuid not null,
  question_id text not null,
  driver text not null
    check (driver in ('MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE', 'GROWTH', 'RECOGNITION', 'WELLBEING', 'VOICE', 'RECOMMEND')),
  scale text not null check (scale in ('ONE_TO_FIVE', 'ZERO_TO_TEN')),
  primary key (pulse_id, position),
  unique (pulse_id, question_id),
  foreign key (organization_id, pulse_id) references pulse (organization_id, id)
);

-- What follows is sealed: functions read and write it, and no login can (policies/73-pulses.sql, docs/decisions/0090-pulses.md). No foreign keys: they
-- lock the rows that they refer to, which leaves the transaction of the person who answers there. No times. Autovacuum is off, and ANALYZE copies no
-- values; instead the tables are written again when the answers of a quarter are destroyed.

-- The ID that represents a person in pulse_participation, kept as long as those rows. Deleted by an erasure.
create table pulse_respondent (
  respondent uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  person_id uuid not null unique
) with (autovacuum_enabled = false);

-- The ID that represents a person in the answers of a quarter. An erasure sets person_id to null.
create table pulse_pseudonym (
  pseudonym uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  quarter_id uuid not null,
  person_id uuid,
  respondent uuid not null,
  unique (quarter_id, person_id)
) with (autovacuum_enabled = false);
create index pulse_pseudonym_person_idx on pulse_pseudonym (person_id);

-- scores: by the position of the question, null where it was left out. The groups are those of period_member.
create table pulse_answer (
  pulse_id uuid not null,
  pseudonym uuid not null,
  organization_id uuid not null,
  scores smallint[] not null,
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  primary key (pulse_id, pseudonym)
) with (autovacuum_enabled = false);

-- Answers of the last minute, until the worker stores them with others, in random order. All scores are null where an answer was withdrawn.
create table pulse_answer_waiting (
  pulse_id uuid not null,
  pseudonym uuid not null,
  organization_id uuid not null,
  scores smallint[] not null,
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  primary key (pulse_id, pseudonym)
) with (autovacuum_enabled = false);

-- That a respondent took part in the pulse of a period, never what they answered. For 24 months.
create table pulse_participation (
  period_id uuid not null,
  respondent uuid not null,
  organization_id uuid not null,
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  primary key (period_id, respondent)
) with (autovacuum_enabled = false);
create index pulse_participation_respondent_idx on pulse_participation (respondent);

alter table pulse_respondent alter column person_id set statistics 0, alter column respondent set statistics 0;
alter table pulse_pseudonym
  alter column pseudonym set statistics 0, alter column person_id set statistics 0, alter column respondent set statistics 0;
alter table pulse_answer
  alter column pseudonym set statistics 0, alter column scores set statistics 0, alter column department_id set statistics 0,
  alter column location_id set statistics 0, alter column manager_id set statistics 0;
alter table pulse_answer_waiting
  alter column pseudonym set statistics 0, alter column scores set statistics 0, alter column department_id set statistics 0,
  alter column location_id set statistics 0, alter column manager_id set statistics 0;
alter table pulse_participation
  alter column respondent set statistics 0, alter column department_id set statistics 0, alter column location_id set statistics 0,
  alter column manager_id set statistics 0;
