-- SessionRepository in libs/auth/session.repository.ts. Written by npm run schema.

-- identity
select session_id as "sessionId",
  organization_id as "organizationId",
  person_id as "personId",
  employed,
  roles,
  scopes,
  touch_due as "touchDue"
from app.authenticate();

-- touch
select app.touch_session();

-- findEnded
select hash
from app.ended_sessions($1::text[]) ended (hash);

-- findLive
select "s"."id" as "id",
  "s"."label" as "label",
  "s"."created_at" as "createdAt",
  "s"."last_seen_at" as "lastSeenAt",
  "s"."expires_at" as "expiresAt"
from session s
where s.person_id = $1
  and s.revoked_at is null
  and s.expires_at > now()
  and s.last_seen_at > now() - interval '16 days'
order by s.last_seen_at desc,
  s.id desc;

-- revoke
update session
set revoked_at = now()
where id = $1
  and person_id = $2
  and revoked_at is null;
