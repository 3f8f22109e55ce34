-- What has changed in conversations and has not been announced yet: ids only. The worker announces it within a moment and deletes it.
-- Unlogged: a crash of the server also ends every connection that it would be announced to.
create unlogged table conversation_change (
  id uuid primary key default gen_random_uuid(),
  one_to_one_id uuid not null,
  -- Null: it concerns all conversations of the one-to-one.
  conversation_id uuid,
  -- The GraphQL type of the node.
  typename text not null,
  node_id uuid not null,
  removed boolean not null default false
);
