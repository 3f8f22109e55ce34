-- ApiTokenRepository in libs/people/accounts/api-token.repository.ts. Written by npm run schema.

-- findLive
select s.id,
  s.label,
  s.scopes,
  s.created_by as "createdById",
  s.created_at as "createdAt",
  s.expires_at as "expiresAt",
  case when s.last_seen_at > s.created_at then (s.last_seen_at at time zone 'UTC')::date end as "lastUsedOn"
from session s
where s.organization_id = $1
  and s.person_id is null
  and s.revoked_at is null
  and s.expires_at > now()
  and s.created_by is not null
  and not exists (
    select 1
    from employment_end e
    where e.person_id = s.created_by
      and e.ended_at <= now()
  )
order by s.created_at desc,
  s.id desc;

-- add
insert into session as s (organization_id, scopes, label, created_by, expires_at, token_hash)
values ($1, $2, $3, $4, coalesce($5, now() + interval '90 days'), $6)
returning s.id,
  s.label,
  s.scopes,
  s.created_by as "createdById",
  s.created_at as "createdAt",
  s.expires_at as "expiresAt",
  case when s.last_seen_at > s.created_at then (s.last_seen_at at time zone 'UTC')::date end as "lastUsedOn";

-- announceEnds
select app.announce_token_ends() as queued;

-- revoke
update session s
set revoked_at = now()
where s.id = $1
  and s.organization_id = $2
  and s.person_id is null
  and s.revoked_at is null
returning s.id,
  s.label,
  s.scopes,
  s.created_by as "createdById",
  s.created_at as "createdAt",
  s.expires_at as "expiresAt",
  case when s.last_seen_at > s.created_at then (s.last_seen_at at time zone 'UTC')::date end as "lastUsedOn";
