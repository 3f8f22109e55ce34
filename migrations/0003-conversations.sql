-- One-to-ones of two people, their conversations, and what the two write there.

-- The standing pair, first_id < second_id. line_id: the open reporting line that its rhythm rests on; when that line
-- closes the pair stays open without rhythm, judged when it is read. The pair has ended when it was ended or when the
-- employment of either has.
create table one_to_one (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  started_by_id uuid not null,
  state text not null check (state in ('INVITED', 'OPEN', 'ENDED')),
  recurrence text check (char_length(recurrence) <= 500),
  recurrence_starts_at timestamptz,
  time_zone text not null,
  duration_minutes integer not null default 30 check (duration_minutes between 5 and 480),
  line_id uuid,
  invited_at timestamptz not null default now(),
  ended_at timestamptz,
  version integer not null default 1,
  unique (organization_id, id),
  constraint one_to_one_two_people check (first_id < second_id),
  constraint one_to_one_started_by_either check (started_by_id in (first_id, second_id)),
  constraint one_to_one_recurrence check ((recurrence is null) = (recurrence_starts_at is null)),
  constraint one_to_one_ended check ((state = 'ENDED') = (ended_at is not null)),
  foreign key (organization_id, first_id) references person (organization_id, id),
  foreign key (organization_id, second_id) references person (organization_id, id),
  foreign key (organization_id, line_id) references reporting_line (organization_id, id)
);
create unique index one_to_one_live_key on one_to_one (first_id, second_id) where state <> 'ENDED';
create index one_to_one_first_idx on one_to_one (first_id);
create index one_to_one_second_idx on one_to_one (second_id);

-- The invited person's no, theirs alone: to its sender a declined invitation looks like an unanswered one.
create table one_to_one_decline (
  one_to_one_id uuid primary key,
  organization_id uuid not null,
  person_id uuid not null,
  declined_at timestamptz not null default now(),
  foreign key (organization_id, one_to_one_id) references one_to_one (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references person (organization_id, id)
);

create table conversation (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  one_to_one_id uuid not null,
  status text not null default 'PLANNED' check (status in ('PLANNED', 'HELD', 'SKIPPED', 'CANCELLED')),
  scheduled_at timestamptz not null,
  held_at timestamptz,
  -- When it stopped being PLANNED; it may be taken back for seven days from then.
  closed_at timestamptz,
  -- Planned by the rhythm when this other conversation closed: it goes again if that one is taken back and nothing is in it.
  planned_after_id uuid,
  -- The day and hour of the series that this one stands for, also after it was moved.
  series_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (organization_id, id),
  unique (organization_id, one_to_one_id, id),
  constraint conversation_closed check ((status = 'PLANNED') = (closed_at is null)),
  constraint conversation_held check ((status = 'HELD') = (held_at is not null)),
  foreign key (organization_id, one_to_one_id) references one_to_one (organization_id, id) on delete cascade,
  foreign key (organization_id, one_to_one_id, planned_after_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (planned_after_id)
);
create index conversation_one_to_one_idx on conversation (one_to_one_id, scheduled_at desc, id desc);
create index conversation_planned_idx on conversation (one_to_one_id, scheduled_at, id) where status = 'PLANNED';
-- A date of the series has one conversation, whatever became of it.
create unique index conversation_series_key on conversation (one_to_one_id, series_at) where series_at is not null;
create index conversation_planned_after_idx on conversation (planned_after_id) where planned_after_id is not null;

-- One point keeps its identity however many conversations it waits. conversation_id is null while it waits at the pair.
create table talking_point (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  one_to_one_id uuid not null,
  conversation_id uuid,
  author_id uuid not null,
  text text not null check (char_length(text) <= 20000),
  draft boolean not null default true,
  position integer not null,
  discussed boolean not null default false,
  raised_in_id uuid,
  times_carried integer not null default 0 check (times_carried >= 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (organization_id, id),
  unique (organization_id, id, author_id),
  foreign key (organization_id, one_to_one_id) references one_to_one (organization_id, id) on delete cascade,
  foreign key (organization_id, one_to_one_id, conversation_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (conversation_id),
  foreign key (organization_id, one_to_one_id, raised_in_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (raised_in_id),
  foreign key (organization_id, author_id) references person (organization_id, id)
);
create index talking_point_conversation_idx on talking_point (conversation_id, position, id);
create index talking_point_waiting_idx on talking_point (one_to_one_id, position, id) where conversation_id is null;
create index talking_point_one_to_one_idx on talking_point (one_to_one_id);

-- The goal that a point is about. Apart from the point: who sees the point need not see the goal, not even that there is one.
create table talking_point_subject (
  point_id uuid primary key,
  organization_id uuid not null,
  author_id uuid not null,
  personal_goal_id uuid,
  business_goal_id uuid,
  constraint talking_point_subject_one_goal check (num_nonnulls(personal_goal_id, business_goal_id) = 1),
  foreign key (organization_id, point_id, author_id) references talking_point (organization_id, id, author_id) on delete cascade,
  foreign key (organization_id, personal_goal_id) references personal_goal (organization_id, id) on delete cascade,
  foreign key (organization_id, business_goal_id) references business_goal (organization_id, id) on delete cascade
);
create index talking_point_subject_personal_idx on talking_point_subject (personal_goal_id);
create index talking_point_subject_business_idx on talking_point_subject (business_goal_id);

-- The author's words over time, for the author. In this and the other histories, versions by one author within ten minutes
-- (from started_at) are one row; the number still rises with every save.
create table talking_point_version (
  point_id uuid not null,
  version integer not null,
  organization_id uuid not null,
  author_id uuid not null,
  text text not null,
  started_at timestamptz not null default now(),
  at timestamptz not null default now(),
  primary key (point_id, version),
  foreign key (organization_id, point_id, author_id) references talking_point (organization_id, id, author_id) on delete cascade
);

-- Which points left a conversation when it closed, and where to, so that taking the status back returns them to the place that
-- they had. to_id is null while they wait at the pair.
create table talking_point_carry (
  point_id uuid not null,
  from_id uuid not null,
  to_id uuid,
  organization_id uuid not null,
  position integer not null,
  carried_at timestamptz not null default now(),
  primary key (point_id, from_id),
  foreign key (organization_id, point_id) references talking_point (organization_id, id) on delete cascade,
  foreign key (organization_id, from_id) references conversation (organization_id, id) on delete cascade,
  foreign key (organization_id, to_id) references conversation (organization_id, id) on delete set null (to_id)
);
create index talking_point_carry_from_idx on talking_point_carry (from_id);
create index talking_point_carry_to_idx on talking_point_carry (to_id) where to_id is not null;

create table shared_notes (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  conversation_id uuid not null unique,
  text text not null default '' check (char_length(text) <= 20000),
  version integer not null default 0,
  updated_at timestamptz,
  updated_by_id uuid,
  unique (organization_id, id),
  foreign key (organization_id, conversation_id) references conversation (organization_id, id) on delete cascade,
  foreign key (organization_id, updated_by_id) references person (organization_id, id)
);

create table shared_notes_version (
  notes_id uuid not null,
  version integer not null,
  organization_id uuid not null,
  author_id uuid not null,
  text text not null,
  started_at timestamptz not null default now(),
  at timestamptz not null default now(),
  primary key (notes_id, version),
  foreign key (organization_id, notes_id) references shared_notes (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references person (organization_id, id)
);

-- No limit of length here (what is written at a time has one): the notes of a planned conversation that goes again are added to
-- those of the conversation that was taken back, and that must never fail.
create table private_notes (
  conversation_id uuid not null,
  author_id uuid not null,
  organization_id uuid not null,
  text text not null,
  updated_at timestamptz not null default now(),
  primary key (conversation_id, author_id),
  foreign key (organization_id, conversation_id) references conversation (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references person (organization_id, id)
);

-- A promise. kept is settled when it is closed: done by the date then agreed, by the owner's own calendar.
create table action_item (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  one_to_one_id uuid not null,
  made_in_id uuid,
  owner_id uuid not null,
  created_by_id uuid not null,
  text text not null check (char_length(text) between 1 and 20000),
  due_on date,
  state text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'DROPPED')),
  closed_at timestamptz,
  renegotiated integer not null default 0 check (renegotiated >= 0),
  kept boolean,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (organization_id, id),
  constraint action_item_closed check ((state = 'OPEN') = (closed_at is null)),
  constraint action_item_kept check (kept is null or (state <> 'OPEN' and due_on is not null)),
  foreign key (organization_id, one_to_one_id) references one_to_one (organization_id, id) on delete cascade,
  foreign key (organization_id, one_to_one_id, made_in_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (made_in_id),
  foreign key (organization_id, owner_id) references person (organization_id, id),
  foreign key (organization_id, created_by_id) references person (organization_id, id)
);
create index action_item_one_to_one_idx on action_item (one_to_one_id, id desc);
create index action_item_conversation_idx on action_item (made_in_id, id);
create index action_item_owner_idx on action_item (owner_id, due_on, id) where state = 'OPEN';

create table action_item_version (
  item_id uuid not null,
  version integer not null,
  organization_id uuid not null,
  author_id uuid not null,
  text text not null,
  started_at timestamptz not null default now(),
  at timestamptz not null default now(),
  primary key (item_id, version),
  foreign key (organization_id, item_id) references action_item (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references person (organization_id, id)
);
