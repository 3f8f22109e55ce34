-- What each participant says about a conversation that took place. Whether it is revealed to the other is decided when it is read: once
-- both have offered theirs. The ids tell no time, because a row may be seen later than it was made.
create table conversation_feedback (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  conversation_id uuid not null,
  author_id uuid not null,
  -- What would make the next one better.
  better text check (char_length(better) between 1 and 2000),
  -- Whether this one was worth it.
  worth_it integer check (worth_it between 1 and 5),
  offered boolean not null default false,
  written_at timestamptz not null default now(),
  -- When it was offered, and in which transaction.
  offered_at timestamptz,
  offered_in xid8,
  -- Whether the version of the conversation counts that both were revealed.
  announced boolean not null default false,
  unique (organization_id, conversation_id, author_id),
  constraint conversation_feedback_not_empty check (num_nonnulls(better, worth_it) > 0),
  constraint conversation_feedback_offered check (offered = (offered_at is not null)),
  foreign key (organization_id, conversation_id) references conversation (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references person (organization_id, id)
);
create index conversation_feedback_conversation_idx on conversation_feedback (conversation_id);
create index conversation_feedback_author_idx on conversation_feedback (author_id);
