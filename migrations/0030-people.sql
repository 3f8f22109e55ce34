-- squawk-ignore-file renaming-column, require-concurrent-index-deletion, require-concurrent-index-creation

-- The first day of employment has the name that imports and the API use.
alter table person rename column started_on to hired_on;

-- An organization may be renamed by its administrators. Unique names would tell them which other organizations there are.
drop index organization_name_key;

-- An external id is compared with similar ones when a person is created or changed.
create index person_id_twin_idx on person (organization_id, id_twin_key(external_id)) where external_id is not null;
