-- Whether the owner of an action item set the due date that it has now. An owner can refuse an item whose due date the other person set
-- (policies/60-conversations.sql). Where the owner added a first date to an item that had none, this is unknown and stays false.
alter table action_item add column due_set_by_owner boolean not null default false;
update action_item set due_set_by_owner = true
where due_on is not null and (owner_id = created_by_id or renegotiated > 0);
