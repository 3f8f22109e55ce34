-- Barriers, the procedure areas that they belong to, their answers, and the stories that come of them. The smallest number of people behind
-- any figure that is shown.
--
-- Squawk: new tables, which nobody reads yet.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, require-concurrent-index-creation

alter table organization
  add column minimum_group_size integer not null default 5
    constraint organization_minimum_group_size_check check (minimum_group_size between 5 and 1000);

-- A function that procedures belong to, with the person who answers for it and a deputy.
create table procedure_area (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  name text not null check (name is nfc normalized) check (octet_length(name) between 1 and 2400),
  answerer_id uuid not null,
  deputy_id uuid check (deputy_id <> answerer_id),
  unique (organization_id, id),
  foreign key (organization_id, answerer_id) references person (organization_id, id),
  foreign key (organization_id, deputy_id) references person (organization_id, id)
);
create unique index procedure_area_name_key on procedure_area (organization_id, folded_name(name));
create index procedure_area_answerer_idx on procedure_area (answerer_id);
create index procedure_area_deputy_idx on procedure_area (deputy_id);

-- A barrier has a random id and a day: neither tells when it was raised. raised_by_id is null for one without a name, whatever else is known.
-- status, trial_until and trial_kept follow from the answers; trial_kept: a trial was answered with another trial.
-- reminded_for: the due date that the answerer was reminded of last.
create table barrier (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization,
  procedure_area_id uuid,
  title text not null check (title is nfc normalized) check (char_length(title) between 1 and 2000),
  description text check (description is nfc normalized) check (char_length(description) between 1 and 20000),
  proposed_remedy text check (proposed_remedy is nfc normalized) check (char_length(proposed_remedy) between 1 and 20000),
  hinders_customers boolean not null,
  raised_by_id uuid,
  status text not null default 'OPEN'
    check (status in ('OPEN', 'INVESTIGATING', 'TRIAL_WITHOUT', 'REMOVED', 'STAYS')),
  trial_until date,
  trial_kept boolean not null default false,
  answer_due_on date not null,
  created_on date not null,
  reminded_for date,
  unique (organization_id, id),
  constraint barrier_trial check ((status = 'TRIAL_WITHOUT') = (trial_until is not null)),
  foreign key (organization_id, procedure_area_id) references procedure_area (organization_id, id),
  foreign key (organization_id, raised_by_id) references person (organization_id, id)
);
create index barrier_list_idx on barrier (organization_id, created_on, id);
create index barrier_area_idx on barrier (procedure_area_id, answer_due_on);
create index barrier_raised_by_idx on barrier (raised_by_id);

-- The history of answers; the last one counts. A procedure stays because of facts, or because of a legal provision that is cited.
create table barrier_answer (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  barrier_id uuid not null,
  status text not null check (status in ('INVESTIGATING', 'TRIAL_WITHOUT', 'REMOVED', 'STAYS')),
  text text not null check (text is nfc normalized) check (char_length(text) between 1 and 20000),
  got_it_wrong boolean not null default false,
  loss_last_happened text
    check (loss_last_happened is nfc normalized) check (char_length(loss_last_happened) between 1 and 2000),
  losses_a_year double precision check (losses_a_year >= 0 and finite_number(losses_a_year)),
  cost_to_others text check (cost_to_others is nfc normalized) check (char_length(cost_to_others) between 1 and 20000),
  required_by_law text check (required_by_law is nfc normalized) check (char_length(required_by_law) between 1 and 3000),
  trial_until date,
  by_id uuid not null,
  at timestamptz not null default now(),
  constraint barrier_answer_trial check ((status = 'TRIAL_WITHOUT') = (trial_until is not null)),
  constraint barrier_answer_stays check (
    status <> 'STAYS' or required_by_law is not null
    or (loss_last_happened is not null and losses_a_year is not null and cost_to_others is not null)
  ),
  foreign key (organization_id, barrier_id) references barrier (organization_id, id) on delete cascade,
  foreign key (organization_id, by_id) references person (organization_id, id)
);
create index barrier_answer_barrier_idx on barrier_answer (barrier_id, at desc, id desc);
create index barrier_answer_by_idx on barrier_answer (by_id);

-- No time, so that nobody's support can be matched with a count that changed.
create table barrier_support (
  barrier_id uuid not null,
  person_id uuid not null,
  organization_id uuid not null,
  primary key (barrier_id, person_id),
  foreign key (organization_id, barrier_id) references barrier (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index barrier_support_person_idx on barrier_support (person_id);

-- Barriers without a name, until a day later the worker moves them to barrier (policies/55-barriers.sql). No row is about a person, none has
-- a time. shuffled: the worker has written the row again, so that its transaction is not the author's.
-- No foreign keys: they lock the rows that they refer to, which leaves the author's transaction there. The function that inserts checks both.
create table nameless_barrier (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  procedure_area_id uuid,
  title text not null check (title is nfc normalized) check (char_length(title) between 1 and 2000),
  description text check (description is nfc normalized) check (char_length(description) between 1 and 20000),
  proposed_remedy text check (proposed_remedy is nfc normalized) check (char_length(proposed_remedy) between 1 and 20000),
  hinders_customers boolean not null,
  staged_on date not null,
  shuffled boolean not null default false
)
-- The table is truncated, not vacuumed; and ANALYZE would copy its values.
with (autovacuum_enabled = false);

create table story (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  barrier_id uuid not null,
  text text not null check (text is nfc normalized) check (char_length(text) between 1 and 20000),
  created_on date not null,
  unique (organization_id, id),
  foreign key (organization_id, barrier_id) references barrier (organization_id, id) on delete cascade
);
create index story_list_idx on story (organization_id, created_on, id);
create index story_barrier_idx on story (barrier_id, created_on, id);

-- Who wrote a story: everybody sees it only where the author says so.
create table story_author (
  story_id uuid primary key,
  organization_id uuid not null,
  person_id uuid not null,
  named boolean not null default false,
  foreign key (organization_id, story_id) references story (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index story_author_person_idx on story_author (person_id);

create table story_adoption (
  story_id uuid not null,
  person_id uuid not null,
  organization_id uuid not null,
  primary key (story_id, person_id),
  foreign key (organization_id, story_id) references story (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index story_adoption_person_idx on story_adoption (person_id);
