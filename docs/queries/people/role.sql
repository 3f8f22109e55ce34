-- RoleRepository in libs/people/organization/role.repository.ts. Written by npm run schema.

-- findHolders
select r.person_id as "personId",
  r.role
from role_grant r
join person p on p.id = r.person_id
where r.organization_id = $1
  and not exists (
    select 1
    from employment_end e
    where e.person_id = r.person_id
      and e.ended_at <= now()
  )
order by r.role,
  p.name,
  p.id;

-- findByPeople
select r.person_id as "personId",
  r.role
from role_grant r
where r.person_id = any($1::uuid[])
order by r.role;

-- lock
select pg_advisory_xact_lock(hashtextextended('role_grant:' || $1, 0));

-- add
insert into role_grant (person_id, role, organization_id, granted_by)
values ($1, $2, $3, $4)
on conflict do nothing;

-- remove
delete from role_grant
where person_id = $1
  and role = $2;
