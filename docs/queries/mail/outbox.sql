-- OutboxRepository in libs/mail/outbox.repository.ts. Written by npm run schema.

-- find
select kind,
  recipient,
  about
from app.queued_mail($1::uuid);

-- link
select app.link_mail($1::uuid, $2) as recipient;

-- sent
select app.mail_sent($1::uuid);

-- deleteUndeliverable
select app.delete_undeliverable_mail() as deleted;

-- waiting
select waiting,
  oldest_seconds as "oldestSeconds",
  given_up as "givenUp"
from app.waiting_mail();
