-- What somebody may see later than it was made has a random id, and its time is its author's alone.
--
-- Squawk: a table is changed as a whole, in one transaction, while nobody serves: code from before does not fit this schema.
-- squawk-ignore-file renaming-column, ban-drop-not-null, constraint-missing-not-valid, adding-foreign-key-constraint

-- Alignments: placed long before a goal is shared. proposed_at is the proposal's, which lapses; it goes when it is placed.
alter table alignment alter column id set default gen_random_uuid();
create table alignment_own (
  alignment_id uuid primary key,
  organization_id uuid not null,
  owner_id uuid not null,
  -- Knows when they proposed it.
  proposed_by_id uuid not null,
  created_at timestamptz not null default now(),
  foreign key (organization_id, alignment_id, owner_id) references alignment (organization_id, id, owner_id)
    on delete cascade on update cascade
);
insert into alignment_own (alignment_id, organization_id, owner_id, proposed_by_id, created_at)
select id, organization_id, owner_id, proposed_by_id, created_at from alignment;
alter table alignment rename column created_at to proposed_at;
alter table alignment alter column proposed_at drop not null, alter column proposed_at drop default;
alter table alignment disable trigger user;
alter table alignment_decline
  drop constraint alignment_decline_organization_id_alignment_id_owner_id_fkey,
  add foreign key (organization_id, alignment_id, owner_id) references alignment (organization_id, id, owner_id)
    on delete cascade on update cascade;
update alignment set proposed_at = null where state = 'PLACED';
update alignment set id = gen_random_uuid();
alter table alignment enable trigger user;
alter table alignment add constraint alignment_proposed check ((state = 'PROPOSED') = (proposed_at is not null));

-- Talking points: a draft may be shared later. Ids of those that are shared have been seen; only drafts change theirs.
alter table talking_point alter column id set default gen_random_uuid();
alter table talking_point_subject
  drop constraint talking_point_subject_organization_id_point_id_author_id_fkey,
  add foreign key (organization_id, point_id, author_id) references talking_point (organization_id, id, author_id)
    on delete cascade on update cascade;
alter table talking_point_version
  drop constraint talking_point_version_organization_id_point_id_author_id_fkey,
  add foreign key (organization_id, point_id, author_id) references talking_point (organization_id, id, author_id)
    on delete cascade on update cascade;
alter table talking_point_carry
  drop constraint talking_point_carry_organization_id_point_id_fkey,
  add foreign key (organization_id, point_id) references talking_point (organization_id, id)
    on delete cascade on update cascade;
alter table talking_point disable trigger user;
update talking_point set id = gen_random_uuid() where draft;
alter table talking_point enable trigger user;
