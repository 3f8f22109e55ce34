-- What a person passes on when their manager changes. A change of manager is derived from reporting lines when it is read; a row is written
-- once the person has completed it. line_id: the line with the former manager.

create table handover (
  line_id uuid primary key,
  organization_id uuid not null,
  person_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  opened_on date not null,
  completed_at timestamptz not null default now(),
  unique (organization_id, line_id),
  foreign key (organization_id, line_id) references reporting_line (organization_id, id),
  foreign key (organization_id, person_id) references person (organization_id, id),
  foreign key (organization_id, from_id) references person (organization_id, id),
  foreign key (organization_id, to_id) references person (organization_id, id)
);
create index handover_person_idx on handover (person_id);
create index handover_to_idx on handover (to_id);

-- What the person offers to the new manager: a promise in the person's own words, or the text of a mandate of the former manager. Nothing
-- refers to the former record, which the new manager does not see.
create table handover_offer (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  line_id uuid not null,
  kind text not null check (kind in ('PROMISE', 'MANDATE')),
  position integer not null,
  text text not null check (char_length(text) between 1 and 20000),
  -- The due date of a promise, the last day of a mandate.
  day date,
  -- What the new manager made of it.
  action_item_id uuid,
  mandate_id uuid,
  constraint handover_offer_taken_up_as_its_kind check (
    (action_item_id is null or kind = 'PROMISE') and (mandate_id is null or kind = 'MANDATE')
  ),
  foreign key (organization_id, line_id) references handover (organization_id, line_id) on delete cascade,
  foreign key (organization_id, action_item_id) references action_item (organization_id, id) on delete set null (action_item_id),
  foreign key (organization_id, mandate_id) references mandate (organization_id, id) on delete set null (mandate_id)
);
create index handover_offer_line_idx on handover_offer (line_id, kind, position);
create index handover_offer_action_item_idx on handover_offer (action_item_id) where action_item_id is not null;
create index handover_offer_mandate_idx on handover_offer (mandate_id) where mandate_id is not null;
