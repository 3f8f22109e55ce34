-- Who wrote the words of a mandate, where that is another person than the one who granted it: a former manager, whose mandate was offered
-- in a handover and granted again word for word. Null for the person who granted it.
alter table mandate_own add column text_by_id uuid;
alter table mandate_own add constraint mandate_own_text_by_fkey
  foreign key (organization_id, text_by_id) references person (organization_id, id) not valid;
-- Migrations run in a transaction, so it cannot be built concurrently: mandates are read meanwhile, and written a moment later.
-- squawk-ignore require-concurrent-index-creation
create index mandate_own_text_by_idx on mandate_own (text_by_id) where text_by_id is not null;

-- Mandates that were granted again, back to the manager who wrote them first.
with recursive taken_up as (
  select o.mandate_id, former.id as former_id, h.from_id
  from handover_offer o
  join handover h on h.line_id = o.line_id
  join mandate m on m.id = o.mandate_id and m.text = o.text
  join mandate former on former.line_id = o.line_id and former.granted_by_id = h.from_id and former.text = o.text
), author as (
  select mandate_id, former_id, from_id from taken_up
  union
  select a.mandate_id, t.former_id, t.from_id from author a join taken_up t on t.mandate_id = a.former_id
)
update mandate_own n set text_by_id = a.from_id
from author a
where a.mandate_id = n.mandate_id and not exists (select from taken_up t where t.mandate_id = a.former_id);
