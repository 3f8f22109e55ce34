-- A business goal can continue one of an earlier cycle, once. A goal that is deleted leaves its children without a parent, and the goal
-- that continues it without a predecessor.
--
-- Squawk: a table is changed as a whole, in one transaction, while nobody serves.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, require-concurrent-index-creation

alter table business_goal
  add column continues_id uuid,
  add constraint business_goal_does_not_continue_itself check (continues_id <> id),
  add constraint business_goal_organization_id_continues_id_fkey foreign key (organization_id, continues_id)
    references business_goal (organization_id, id) on update cascade on delete set null (continues_id),
  drop constraint business_goal_organization_id_parent_id_fkey,
  add constraint business_goal_organization_id_parent_id_fkey foreign key (organization_id, parent_id)
    references business_goal (organization_id, id) on update cascade on delete set null (parent_id);
create unique index business_goal_continues_key on business_goal (continues_id);
