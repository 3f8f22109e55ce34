-- A document from before, which one participant proposes to take over as notes of past conversations.
create table notes_import (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  one_to_one_id uuid not null,
  proposed_by_id uuid not null,
  proposed_at timestamptz not null default now(),
  -- When the other participant accepted it. It can be undone for seven days from then.
  accepted_at timestamptz,
  unique (organization_id, id),
  foreign key (organization_id, one_to_one_id) references one_to_one (organization_id, id) on delete cascade,
  foreign key (organization_id, proposed_by_id) references person (organization_id, id)
);
create unique index notes_import_open_key on notes_import (one_to_one_id) where accepted_at is null;
create index notes_import_one_to_one_idx on notes_import (one_to_one_id, id desc);

-- The notes of one day, until the import is accepted: then they are shared notes.
create table notes_import_section (
  import_id uuid not null,
  held_on date not null,
  organization_id uuid not null,
  text text not null check (char_length(text) <= 20000),
  primary key (import_id, held_on),
  foreign key (organization_id, import_id) references notes_import (organization_id, id) on delete cascade
);

-- The import that a past conversation comes from.
alter table conversation add column notes_import_id uuid;
alter table conversation add constraint conversation_notes_import_fkey
  foreign key (organization_id, notes_import_id) references notes_import (organization_id, id)
  on delete set null (notes_import_id) not valid;
-- squawk-ignore require-concurrent-index-creation
create index conversation_notes_import_idx on conversation (notes_import_id) where notes_import_id is not null;
