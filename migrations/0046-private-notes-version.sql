-- The version of private notes, so that an edit in one window does not overwrite one in another window unseen.
alter table private_notes add column version integer not null default 1;
