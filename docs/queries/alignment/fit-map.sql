-- FitMapRepository in libs/alignment/fit-map.repository.ts. Written by npm run schema.

-- findOwn
select asked.key,
  array(
    select g.id
    from personal_goal g
    left join personal_goal_own o on o.goal_id = g.id
    where g.owner_id = asked.person_id
      and g.status in ('ACTIVE', 'RESTING')
      and (asked.cycle_id is null or exists (
        select 1
        from cycle c
        where c.id = asked.cycle_id
      ))
      and not exists (
        select 1
        from alignment x
        where x.personal_goal_id = g.id
          and x.state = 'PLACED'
          and (asked.cycle_id is null or exists (
            select 1
            from business_goal b
            where b.id = x.business_goal_id
              and (asked.cycle_id is null or b.cycle_id = asked.cycle_id)
          ))
      )
    order by o.created_at desc,
      g.id desc
    limit $1
  ) as "beyondWorkIds",
  array(
    select b.id
    from business_goal b
    where b.id in (
      select own.id
      from business_goal own
      where own.owner_id = asked.person_id
      union all
      select a.business_goal_id
      from business_goal_assignee a
      where a.person_id = asked.person_id
    )
      and b.state not in ('ACHIEVED', 'MISSED', 'CANCELLED')
      and (asked.cycle_id is null or b.cycle_id = asked.cycle_id)
      and true
    order by b.listed_at desc,
      b.id desc
    limit $2
  ) as "carriedIds",
  array(
    select b.id
    from business_goal b
    where b.id in (
      select own.id
      from business_goal own
      where own.owner_id = asked.person_id
      union all
      select a.business_goal_id
      from business_goal_assignee a
      where a.person_id = asked.person_id
    )
      and b.state not in ('ACHIEVED', 'MISSED', 'CANCELLED')
      and (asked.cycle_id is null or b.cycle_id = asked.cycle_id)
      and not exists (
        select 1
        from alignment x
        where x.owner_id = asked.person_id
          and x.business_goal_id = b.id
          and x.state = 'PLACED'
      )
    order by b.listed_at desc,
      b.id desc
    limit $3
  ) as "unplacedIds"
from unnest($4::text[], $5::uuid[], $6::uuid[]) as asked(key, person_id, cycle_id)
where asked.person_id = (
  select app.signed_in_person()
);
