-- OutboxRepository in libs/mail/outbox.repository.ts. Written by npm run schema.

-- take
select id,
  kind,
  recipient,
  about,
  attempts
from app.take_mail($1);

-- link
select app.link_mail($1::uuid, $2) as recipient;

-- sent
select app.mail_sent($1::uuid);

-- failed
select app.mail_failed($1::uuid, $2) as "gaveUp";

-- waiting
select waiting,
  oldest_seconds as "oldestSeconds"
from app.waiting_mail();
