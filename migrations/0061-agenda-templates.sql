-- A person's own lists of talking points, to add to conversations as drafts.
create table agenda_template (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  owner_id uuid not null,
  name text not null check (char_length(name) between 1 and 1000),
  points text[] not null check (cardinality(points) between 1 and 30),
  version integer not null default 1,
  foreign key (organization_id, owner_id) references person (organization_id, id)
);
create unique index agenda_template_name_key on agenda_template (owner_id, folded_name(name));
