-- InvitationRepository in libs/people/accounts/invitation.repository.ts. Written by npm run schema.

-- findPage
select "i"."id" as "id",
  "i"."person_id" as "personId",
  "i"."sent_at" as "sentAt",
  "i"."expires_at" as "expiresAt",
  "i"."accepted_at" as "acceptedAt",
  (i.sent_at)::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from invitation i
where i.organization_id = $1
  and (i.sent_at, i.id) > ($2::timestamptz, $3::uuid)
order by i.sent_at asc,
  i.id asc
limit $4;

select "i"."id" as "id",
  "i"."person_id" as "personId",
  "i"."sent_at" as "sentAt",
  "i"."expires_at" as "expiresAt",
  "i"."accepted_at" as "acceptedAt",
  (i.sent_at)::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from invitation i
where i.organization_id = $1
  and true
order by i.sent_at desc,
  i.id desc
limit $2;

-- findByIds
select "i"."id" as "id",
  "i"."person_id" as "personId",
  "i"."sent_at" as "sentAt",
  "i"."expires_at" as "expiresAt",
  "i"."accepted_at" as "acceptedAt"
from invitation i
where i.id = any($1::uuid[]);

-- findInvitable
select person_id as "personId",
  problem
from app.invitable($1::uuid[]);

-- invite
select id,
  person_id as "personId",
  sent_at as "sentAt",
  expires_at as "expiresAt",
  null as "acceptedAt"
from app.invite($1::uuid[]);

-- findLink
select address,
  context
from app.invitation_link($1);

-- accept
select app.accept_invitation($1, $2, $3, $4) as "endsAt";
