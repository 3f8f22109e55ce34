-- Files with a person's own goals and own words, which they download within 7 days.
create table data_export (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization (id),
  person_id uuid not null,
  requested_at timestamptz not null default now(),
  ready_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default now() + interval '7 days',
  content bytea not null constraint data_export_content_check check (octet_length(content) > 0),
  sha256 text not null generated always as (encode(sha256(content), 'hex')) stored,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
-- A zip file does not become smaller by compressing it.
alter table data_export alter column content set storage external;
create index data_export_person_idx on data_export (person_id, requested_at desc, id);
create index data_export_expires_idx on data_export (expires_at);
