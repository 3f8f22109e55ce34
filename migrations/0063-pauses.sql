-- Until which day, inclusive, a one-to-one is paused; pause_ends_at is the end of that day in its time zone. Both stay when it is over.
alter table one_to_one add column paused_until date, add column pause_ends_at timestamptz;
alter table one_to_one add constraint one_to_one_pause check ((paused_until is null) = (pause_ends_at is null)) not valid;

-- From when an open action item is late: due_at, or the end of a pause of the one-to-one during which it fell due.
alter table action_item add column late_at timestamptz;
update action_item set late_at = due_at where due_at is not null;
alter table action_item add constraint action_item_late
  check (case when due_at is null then late_at is null else coalesce(late_at >= due_at, false) end) not valid;
