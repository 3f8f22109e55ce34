-- A business goal may have been a draft, unseen by most, long before it is published: its id and those of its key results tell no time.
-- listed_at: when it was made or, of what began as a draft, when it was published; lists follow it.
--
-- Squawk: a table is changed as a whole, in one transaction, while nobody serves: code from before does not fit this schema.
-- squawk-ignore-file renaming-column, require-concurrent-index-deletion, require-concurrent-index-creation, constraint-missing-not-valid, adding-foreign-key-constraint

alter table business_goal alter column id set default gen_random_uuid();
alter table key_result alter column id set default gen_random_uuid();
alter table business_goal rename column created_at to listed_at;
drop index business_goal_organization_idx;
create index business_goal_organization_idx on business_goal (organization_id, listed_at desc, id desc);
drop index business_goal_owner_idx;
create index business_goal_owner_idx on business_goal (owner_id, listed_at desc, id desc);
drop index business_goal_cycle_idx;
create index business_goal_cycle_idx on business_goal (cycle_id, listed_at desc, id desc);
drop index business_goal_parent_idx;
create index business_goal_parent_idx on business_goal (parent_id, listed_at, id);

-- What is published has been seen under its id; only drafts change theirs.
alter table business_goal
  drop constraint business_goal_organization_id_parent_id_fkey,
  add constraint business_goal_organization_id_parent_id_fkey foreign key (organization_id, parent_id)
    references business_goal (organization_id, id) on update cascade;
alter table key_result
  drop constraint key_result_organization_id_business_goal_id_fkey,
  add constraint key_result_organization_id_business_goal_id_fkey foreign key (organization_id, business_goal_id)
    references business_goal (organization_id, id) on delete cascade on update cascade;
alter table business_goal_assignee
  drop constraint business_goal_assignee_organization_id_business_goal_id_fkey,
  add constraint business_goal_assignee_organization_id_business_goal_id_fkey foreign key (organization_id, business_goal_id)
    references business_goal (organization_id, id) on delete cascade on update cascade;
alter table check_in
  drop constraint check_in_organization_id_business_goal_id_fkey,
  add constraint check_in_organization_id_business_goal_id_fkey foreign key (organization_id, business_goal_id)
    references business_goal (organization_id, id) on delete cascade on update cascade;
alter table alignment
  drop constraint alignment_organization_id_business_goal_id_fkey,
  add constraint alignment_organization_id_business_goal_id_fkey foreign key (organization_id, business_goal_id)
    references business_goal (organization_id, id) on delete cascade on update cascade;
alter table talking_point_subject
  drop constraint talking_point_subject_organization_id_business_goal_id_fkey,
  add constraint talking_point_subject_organization_id_business_goal_id_fkey foreign key (organization_id, business_goal_id)
    references business_goal (organization_id, id) on delete cascade on update cascade;
alter table business_goal disable trigger user;
update key_result k set id = gen_random_uuid() from business_goal b where b.id = k.business_goal_id and b.status = 'DRAFT';
update business_goal set id = gen_random_uuid() where status = 'DRAFT';
alter table business_goal enable trigger user;
