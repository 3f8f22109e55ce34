-- What the metrics of engagement trends need to know of the past, and what later changes overwrote (docs/metrics.md).

-- The day on which the first answer to a barrier was due: answer_due_on until somebody answers, and then unchanged. Of barriers with an answer
-- it is taken to be 14 days after they were raised, because later answers may have moved answer_due_on.
alter table barrier add column first_due_on date;
update barrier b set first_due_on = case
  when exists (select from barrier_answer a where a.barrier_id = b.id and a.status <> 'INVESTIGATING') then b.created_on + 14
  else b.answer_due_on
end;
alter table barrier add constraint barrier_first_due check (first_due_on is not null) not valid;

-- When the latest pause of a one-to-one began, and when it was over: on its last day, or earlier. Of pauses before this migration it is not known
-- when they began, and they are taken to be long.
alter table one_to_one add column pause_began_at timestamptz, add column pause_over_at timestamptz;
update one_to_one set pause_began_at = '-infinity', pause_over_at = pause_ends_at where pause_ends_at is not null;
alter table one_to_one add constraint one_to_one_latest_pause
  check ((pause_began_at is null) = (pause_over_at is null) and pause_began_at <= pause_over_at) not valid;
