-- What a manager lets a person decide for a customer without asking. It depends on the reporting line under which it was granted; whether
-- it has ended is decided when it is read. Its id tells no time, because everybody in the organization can see a published mandate.

create table mandate (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  granted_by_id uuid not null,
  to_id uuid not null,
  line_id uuid not null,
  text text not null check (char_length(text) between 1 and 20000),
  -- The last day in the time zone of the person who decides, and its end as an instant, stored when the day is set.
  last_day date,
  expires_at timestamptz,
  published boolean not null default false,
  ended_at timestamptz,
  unique (organization_id, id),
  constraint mandate_two_people check (granted_by_id <> to_id),
  constraint mandate_expiry check ((last_day is null) = (expires_at is null)),
  foreign key (organization_id, granted_by_id) references person (organization_id, id),
  foreign key (organization_id, to_id) references person (organization_id, id),
  foreign key (organization_id, line_id) references reporting_line (organization_id, id)
);
create index mandate_to_idx on mandate (to_id, id);
create index mandate_granted_by_idx on mandate (granted_by_id);
create index mandate_line_idx on mandate (line_id);

-- What only the two people see of a mandate, also of a published one.
create table mandate_own (
  mandate_id uuid primary key,
  organization_id uuid not null,
  granted_by_id uuid not null,
  to_id uuid not null,
  publication_asked_by_id uuid,
  -- Counts the changes of the text and the last day.
  version integer not null default 1,
  granted_at timestamptz not null default now(),
  constraint mandate_own_asked_by_either check (publication_asked_by_id in (granted_by_id, to_id)),
  foreign key (organization_id, mandate_id) references mandate (organization_id, id) on delete cascade,
  foreign key (organization_id, granted_by_id) references person (organization_id, id),
  foreign key (organization_id, to_id) references person (organization_id, id)
);
