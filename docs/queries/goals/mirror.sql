-- MirrorRepository in libs/goals/shares/mirror.repository.ts. Written by npm run schema.

-- findByPeople
select p.id as "personId",
  exists (
    select 1
    from goal_share s
    where s.owner_id = p.id
      and s.with_id = $1::uuid
      and s.ended_at is null
      and app.own_share_state(s.id) = 'ACTIVE'
  ) as "theyShareWithMe",
  exists (
    select 1
    from goal_share s
    where s.owner_id = $2::uuid
      and s.with_id = p.id
      and s.ended_at is null
      and app.own_share_state(s.id) = 'ACTIVE'
  ) as "iShareWithThem"
from unnest($3::uuid[]) as p(id);
