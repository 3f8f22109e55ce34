-- An import's report in two parts. import_report holds what the file shows by itself, and is all that an API token sees that may only
-- write the directory. What follows from the directory (counts, missing people, errors that name what is in it) is a table apart,
-- because policies hide rows and not columns.

-- The functions are in policies/11-import.sql now.
drop function import_begin(uuid);
drop function import_add(uuid, uuid, integer[], text[], text[], text[], text[], text[], text[], text[], date[], date[]);
drop function import_match(uuid, uuid);
drop function import_contradictions(uuid, uuid);
drop function import_circles(uuid, uuid);
drop function import_compare(uuid, uuid);
drop function import_goes_alone(uuid);
drop function import_apply(uuid, uuid);
drop function import_finish(uuid, uuid, uuid, boolean, integer, jsonb, integer);

-- errors: [{line, column, message}], the first thousand of error_count; absent: external ids that the file does not have, of people
-- who have not left, the first thousand of absent_count.
create table import_outcome (
  report_id uuid primary key,
  organization_id uuid not null,
  -- The API token that may read this: the one that imported, if it may read the directory too.
  token_id uuid,
  created integer not null,
  changed integer not null,
  ended integer not null,
  restored integer not null,
  managers_changed integer not null,
  unchanged integer not null,
  error_count integer not null,
  errors jsonb not null default '[]',
  absent_count integer not null,
  absent jsonb not null default '[]'
);

insert into import_outcome (report_id, organization_id, created, changed, ended, restored, managers_changed, unchanged, error_count, errors,
                            absent_count, absent)
select id, organization_id, created, changed, ended, restored, managers_changed, unchanged, error_count, errors, absent_count, absent
from import_report;
-- Which of these errors the file shows by itself is not known of earlier imports.
update import_report set error_count = 0, errors = '[]' where error_count > 0;

alter table import_report add unique (organization_id, id);
alter table import_outcome add foreign key (organization_id, report_id) references import_report (organization_id, id);

-- The API token that imported. Null for people, for the operator's command, and for earlier imports.
alter table import_report add column token_id uuid;
alter table import_report
  drop column created, drop column changed, drop column ended, drop column restored, drop column managers_changed,
  drop column unchanged, drop column absent_count, drop column absent;

-- What the rows are compared with hash joins needs no index, and every index makes their updates dearer.
drop index import_row_external_idx;
alter table import_row
  -- What ids and addresses are compared by.
  add column id_key text,
  add column manager_key text,
  add column email_key text,
  -- Of those that the directory has.
  add column department_id uuid,
  add column location_id uuid,
  -- Whether manager_external_id names a row of the same file.
  add column manager_in_file boolean,
  -- The last day after the import: that of the file, or a planned one that the file leaves alone.
  add column new_end date,
  -- Whether the end of employment changes as far as the importer may see.
  add column end_shown boolean;
