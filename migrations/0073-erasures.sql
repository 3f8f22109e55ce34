-- What a person has asked to erase, and when it is carried out; finished ones are kept for a month.
create table erasure (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  person_id uuid not null,
  requested_at timestamptz not null default now(),
  executes_at timestamptz not null default now() + interval '7 days',
  executed_at timestamptz,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create unique index erasure_pending_key on erasure (person_id) where executed_at is null;
create index erasure_due_idx on erasure (executes_at) where executed_at is null;

-- When everything was erased that a person who had left was still kept with.
alter table employment_end add column erased_at timestamptz;

-- Who wrote the explanation of an alignment last; null for the person who proposed or placed it.
alter table alignment_own add column how_by_id uuid;
alter table alignment_own add constraint alignment_own_how_by_fkey
  foreign key (organization_id, how_by_id) references person (organization_id, id) not valid;
