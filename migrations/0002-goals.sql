-- Personal goals, who they are shared with, business goals, and how business goals are part of personal ones.

-- A person's own life objective. Its id is random: an id made of the time would tell when somebody wrote it.
create table personal_goal (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  why text check (char_length(why) <= 20000),
  horizon text check (horizon in ('THIS_YEAR', 'FEW_YEARS', 'DECADE', 'LIFE')),
  target_on date,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'RESTING', 'ACHIEVED', 'SET_ASIDE')),
  visibility text not null default 'PRIVATE' check (visibility in ('PRIVATE', 'SHARED', 'ORGANIZATION')),
  open_to_proposals boolean not null default false,
  measure_unit text check (char_length(measure_unit) between 1 and 50),
  measure_start double precision,
  measure_current double precision,
  measure_target double precision,
  unique (organization_id, id),
  unique (organization_id, id, owner_id),
  constraint personal_goal_whole_measure check (
    num_nulls(measure_unit, measure_start, measure_current, measure_target) in (0, 4)
  ),
  foreign key (organization_id, owner_id) references person (organization_id, id)
);
create index personal_goal_owner_idx on personal_goal (owner_id, id);
create index personal_goal_organization_wide_idx on personal_goal (organization_id, owner_id) where visibility = 'ORGANIZATION';

-- What of a goal is its owner's alone: the area of life can imply health, faith or family; the times tell when somebody
-- thought about it.
create table personal_goal_own (
  goal_id uuid primary key,
  organization_id uuid not null,
  owner_id uuid not null,
  area text check (char_length(area) between 1 and 100),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (organization_id, goal_id, owner_id) references personal_goal (organization_id, id, owner_id) on delete cascade
);
create index personal_goal_own_owner_idx on personal_goal_own (owner_id, created_at desc, goal_id);

-- Edit history, the owner's alone.
create table personal_goal_version (
  goal_id uuid not null,
  version integer not null,
  organization_id uuid not null,
  owner_id uuid not null,
  title text not null,
  why text,
  at timestamptz not null default now(),
  primary key (goal_id, version),
  foreign key (organization_id, goal_id, owner_id) references personal_goal (organization_id, id, owner_id) on delete cascade
);

create table milestone (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  goal_id uuid not null,
  owner_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  position integer not null,
  reached_on date,
  -- When reaching it was written down: news to whoever it was shared with before.
  reached_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (organization_id, goal_id, owner_id) references personal_goal (organization_id, id, owner_id) on delete cascade,
  constraint milestone_reached check ((reached_on is null) = (reached_at is null))
);
create index milestone_goal_idx on milestone (goal_id, position, id);

create table goal_update (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  goal_id uuid not null,
  author_id uuid not null,
  text text not null check (char_length(text) between 1 and 20000),
  measured_value double precision,
  at timestamptz not null default now(),
  foreign key (organization_id, goal_id, author_id) references personal_goal (organization_id, id, owner_id) on delete cascade
);
create index goal_update_goal_idx on goal_update (goal_id, at desc, id desc);

-- One goal, one person. Whether it is over is judged when it is read (law.active_share_ids), never by a job.
-- waiting: until the manager has shared first. line_id: the PRIMARY line with which this share ends, if it was made to
-- one's own manager.
create table goal_share (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  goal_id uuid not null,
  owner_id uuid not null,
  with_id uuid not null,
  includes_past boolean not null default false,
  waiting boolean not null default false,
  line_id uuid,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint goal_share_not_with_oneself check (owner_id <> with_id),
  foreign key (organization_id, goal_id, owner_id) references personal_goal (organization_id, id, owner_id) on delete cascade,
  foreign key (organization_id, with_id) references person (organization_id, id),
  foreign key (organization_id, line_id) references reporting_line (organization_id, id)
);
create unique index goal_share_live_key on goal_share (goal_id, with_id) where ended_at is null;
create index goal_share_with_idx on goal_share (with_id, goal_id) where ended_at is null;
create index goal_share_waiting_idx on goal_share (with_id, owner_id) where waiting and ended_at is null;
create index goal_share_owner_idx on goal_share (owner_id, goal_id);

-- Who was shown a SHARED goal, on which day of its owner, listed or opened. The goal may be gone; the entry stays.
create table goal_access (
  reader_id uuid not null,
  goal_id uuid not null,
  on_day date not null,
  kind text not null check (kind in ('LISTED', 'OPENED')),
  owner_id uuid not null,
  organization_id uuid not null,
  primary key (reader_id, goal_id, on_day, kind),
  foreign key (organization_id, reader_id) references person (organization_id, id),
  foreign key (organization_id, owner_id) references person (organization_id, id)
);
create index goal_access_owner_idx on goal_access (owner_id, on_day, reader_id, goal_id, kind);
create index goal_access_reader_idx on goal_access (reader_id, on_day, owner_id, goal_id, kind);

create table cycle (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  name text not null check (char_length(name) between 1 and 100),
  starts_on date not null,
  ends_on date not null,
  unique (organization_id, id),
  unique (organization_id, name),
  constraint cycle_days check (ends_on >= starts_on)
);

create table business_goal (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  owner_id uuid not null,
  cycle_id uuid not null,
  parent_id uuid,
  title text not null check (char_length(title) between 1 and 200),
  description text check (char_length(description) <= 20000),
  status text not null default 'DRAFT'
    check (status in ('DRAFT', 'ON_TRACK', 'AT_RISK', 'OFF_TRACK', 'ACHIEVED', 'MISSED', 'CANCELLED')),
  -- Between 0 and 1; null: the mean of its key results.
  progress_by_hand double precision check (progress_by_hand between 0 and 1),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (organization_id, id),
  constraint business_goal_not_in_itself check (parent_id <> id),
  foreign key (organization_id, owner_id) references person (organization_id, id),
  foreign key (organization_id, cycle_id) references cycle (organization_id, id),
  foreign key (organization_id, parent_id) references business_goal (organization_id, id)
);
create index business_goal_organization_idx on business_goal (organization_id, id desc);
create index business_goal_owner_idx on business_goal (owner_id, id desc);
create index business_goal_cycle_idx on business_goal (cycle_id, id desc);
create index business_goal_parent_idx on business_goal (parent_id, id);

create table key_result (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  business_goal_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  unit text not null check (char_length(unit) between 1 and 50),
  start_value double precision not null,
  current_value double precision not null,
  target_value double precision not null,
  position integer not null,
  constraint key_result_goes_somewhere check (start_value <> target_value),
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id) on delete cascade
);
create index key_result_goal_idx on key_result (business_goal_id, position, id);

create table business_goal_assignee (
  business_goal_id uuid not null,
  person_id uuid not null,
  organization_id uuid not null,
  assigned_at timestamptz not null default now(),
  primary key (business_goal_id, person_id),
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index business_goal_assignee_person_idx on business_goal_assignee (person_id, business_goal_id);

create table check_in (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  business_goal_id uuid not null,
  author_id uuid not null,
  text text check (char_length(text) between 1 and 20000),
  confidence integer not null check (confidence between 1 and 5),
  status text not null
    check (status in ('ON_TRACK', 'AT_RISK', 'OFF_TRACK', 'ACHIEVED', 'MISSED')),
  at timestamptz not null default now(),
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references person (organization_id, id)
);
create index check_in_goal_idx on check_in (business_goal_id, at desc, id desc);

-- A business goal placed inside a personal goal. There is no pointer the other way.
create table alignment (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  personal_goal_id uuid not null,
  owner_id uuid not null,
  business_goal_id uuid not null,
  how text check (char_length(how) between 1 and 20000),
  proposed_by_id uuid not null,
  state text not null check (state in ('PROPOSED', 'PLACED')),
  created_at timestamptz not null default now(),
  unique (organization_id, id, owner_id),
  constraint alignment_proposed_by_another check (state = 'PLACED' or proposed_by_id <> owner_id),
  foreign key (organization_id, personal_goal_id, owner_id)
    references personal_goal (organization_id, id, owner_id) on delete cascade,
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id) on delete cascade,
  foreign key (organization_id, proposed_by_id) references person (organization_id, id)
);
create unique index alignment_placed_key on alignment (personal_goal_id, business_goal_id) where state = 'PLACED';
create unique index alignment_proposed_key on alignment (personal_goal_id, business_goal_id, proposed_by_id)
  where state = 'PROPOSED';
create index alignment_owner_idx on alignment (owner_id, state);
create index alignment_business_goal_idx on alignment (business_goal_id);
create index alignment_proposed_by_idx on alignment (proposed_by_id) where state = 'PROPOSED';

-- The owner's no, the owner's alone: to its proposer a declined proposal looks like an unanswered one.
create table alignment_decline (
  alignment_id uuid primary key,
  organization_id uuid not null,
  owner_id uuid not null,
  declined_at timestamptz not null default now(),
  foreign key (organization_id, alignment_id, owner_id) references alignment (organization_id, id, owner_id) on delete cascade
);
