-- Two people have one planned conversation at a moment. Where there are more by now, those in which nothing was written go, and the
-- rest follow a minute apart, the earliest made first.

create function pg_temp.is_empty(of_conversation conversation) returns boolean
language sql as $$
  select not exists (select 1 from talking_point t where t.conversation_id = of_conversation.id or t.raised_in_id = of_conversation.id)
    and not exists (select 1 from shared_notes n where n.conversation_id = of_conversation.id and n.version > 0)
    and not exists (select 1 from private_notes n where n.conversation_id = of_conversation.id)
    and not exists (select 1 from action_item i where i.made_in_id = of_conversation.id)
$$;

delete from conversation c
where c.status = 'PLANNED' and pg_temp.is_empty(c) and exists (
  select 1 from conversation other
  where other.one_to_one_id = c.one_to_one_id and other.status = 'PLANNED' and other.scheduled_at = c.scheduled_at
    and (not pg_temp.is_empty(other) or other.id < c.id) and other.id <> c.id
);

do $$
begin
  loop
    update conversation c set scheduled_at = c.scheduled_at + interval '1 minute', version = c.version + 1
    where c.status = 'PLANNED' and exists (
      select 1 from conversation other
      where other.one_to_one_id = c.one_to_one_id and other.status = 'PLANNED' and other.scheduled_at = c.scheduled_at
        and other.id < c.id
    );
    exit when not found;
  end loop;
end $$;

-- Migrations run in a transaction, so it cannot be built concurrently: conversations are read meanwhile, and written a moment later.
-- squawk-ignore require-concurrent-index-creation
create unique index conversation_planned_key on conversation (one_to_one_id, scheduled_at) where status = 'PLANNED';

-- What waits at a pair that has ended, and what is still promised there, goes on with the pair that the same two start later
-- (policies/60-conversations.sql). The conversation that it comes from stays with the former one, so it need not be of the same pair. Not
-- validated, which would lock the tables for long: what is there satisfied the stricter constraints that these take the place of.
alter table talking_point drop constraint talking_point_organization_id_one_to_one_id_raised_in_id_fkey;
alter table talking_point add constraint talking_point_raised_in_fkey
  foreign key (organization_id, raised_in_id) references conversation (organization_id, id) on delete set null (raised_in_id) not valid;
alter table action_item drop constraint action_item_organization_id_one_to_one_id_made_in_id_fkey;
alter table action_item add constraint action_item_made_in_fkey
  foreign key (organization_id, made_in_id) references conversation (organization_id, id) on delete set null (made_in_id) not valid;
alter table action_item validate constraint action_item_due;

-- Pairs that were started again before this: what waits at a former one, after what waits at the new one.
update talking_point t set one_to_one_id = placed.to_id, position = placed.position
from (
  select p.id, reopened.id as to_id, row_number() over (partition by reopened.id order by ended.ended_at, p.position, p.id) + coalesce((
    select max(there.position) from talking_point there
    where there.one_to_one_id = reopened.id and there.conversation_id is null
  ), 0) as position
  from talking_point p
  join one_to_one ended on ended.id = p.one_to_one_id and ended.state = 'ENDED'
  join one_to_one reopened on reopened.first_id = ended.first_id and reopened.second_id = ended.second_id and reopened.state = 'OPEN'
  where p.conversation_id is null and not p.discussed
) placed
where t.id = placed.id;
update action_item i set one_to_one_id = reopened.id
from one_to_one ended
join one_to_one reopened on reopened.first_id = ended.first_id and reopened.second_id = ended.second_id and reopened.state = 'OPEN'
where ended.id = i.one_to_one_id and ended.state = 'ENDED' and i.state = 'OPEN';
