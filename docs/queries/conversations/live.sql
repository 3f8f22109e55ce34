-- LiveRepository in libs/conversations/live/live.repository.ts. Written by npm run schema.

-- findOpen
select o.id
from one_to_one o
where o.id = any ($1::uuid[])
  and o.id = any ((
    select app.open_one_to_one_ids()
  )::uuid[]);

-- announce
select app.announce_conversation_changes($1::integer) as count;
