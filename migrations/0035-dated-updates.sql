-- Owners can date their updates, so `at` is no longer when an update was written. created_at is, and decides whether the update
-- belongs to the past of a share; nobody can read it. IDs are random, because a time-ordered one would tell the same.
-- squawk-ignore-file require-concurrent-index-creation

alter table goal_update add column created_at timestamptz not null default now();
alter table goal_update alter column id set default gen_random_uuid();
update goal_update set created_at = at, id = gen_random_uuid();

-- For the access log of one goal.
create index goal_access_goal_idx on goal_access (goal_id, on_day, reader_id, kind);
