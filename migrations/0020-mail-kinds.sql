-- A mail in the outbox names what it is about. Its words are written, and the secret of its link is made, by the worker when it
-- sends the mail, so that nobody who can queue one knows the link.

alter table outbox_mail
  -- Which template the worker uses. TEXT: subject and text are given.
  add column kind text not null default 'TEXT',
  -- Whose account or invitation it concerns.
  add column person_id uuid,
  -- The values that the template names.
  add column about jsonb not null default '{}';

update outbox_mail set kind = 'PASSWORD_RESET' where password_reset_hash is not null;
update outbox_mail set about = jsonb_build_object('subject', subject, 'text', body) where kind = 'TEXT';

alter table outbox_mail alter column kind drop default;
-- No version of the service that reads these can serve beside this one: the outbox belongs to the worker from now on.
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column subject;
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column body;
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column password_reset_hash;

-- Null until the worker has made the secret of the link.
-- squawk-ignore ban-drop-not-null
alter table invitation alter column token_hash drop not null;
-- squawk-ignore ban-drop-not-null
alter table address_change alter column old_token_hash drop not null;
-- squawk-ignore ban-drop-not-null
alter table address_change alter column new_token_hash drop not null;

-- Functions that took the hashes of links from whoever called them.
drop function if exists law.invite(uuid[], bytea[]);
drop function if exists law.request_address_change(text, text, bytea, bytea);
drop function if exists law.mail_person(uuid, text, text);
