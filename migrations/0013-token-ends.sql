-- API tokens end with their maker's role and employment.

-- The last day of its maker for which the other holders of the role were sent a notice. Read and written by functions that run
-- as the owner only.
alter table session add column announced_end date;

-- Tokens that have outlived their maker's role or employment until now do not start to work again either.
update session s set revoked_at = now()
where s.person_id is null and s.revoked_at is null and (
  s.created_by is null
  or exists (
    select 1 from employment_end e
    where e.person_id = s.created_by and e.ended_on < (now() at time zone 'UTC')::date
  )
  or exists (
    select 1 from unnest(s.scopes) as scope
    where not exists (
      select 1 from role_grant r
      where r.person_id = s.created_by
        and r.role = case scope
          when 'TRENDS_READ' then 'HR_ANALYST'
          when 'SCHEMA_READ' then 'ORGANIZATION_ADMIN'
          else 'PEOPLE_ADMIN'
        end
    )
  )
);
