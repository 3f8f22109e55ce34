-- The outbox: a mail is sent if and only if the transaction that queues it commits.
--
-- table        who sees a row   who adds, changes and deletes it
-- outbox_mail  nobody           functions of accounts, invitations and one-to-ones queue mails; the worker's functions below take them
--
-- Only the worker's login can take mails. A queued mail holds the values of its template; the worker writes the text and creates the
-- secret of its link when it sends it, and only the hash of the secret is stored. Each mail has one job (03-jobs.sql).

alter table outbox_mail enable row level security;
create policy outbox_mail_nobody on outbox_mail for all to :"app" using (false);

-- ------------------------------------------------------------------------------------------------ queueing

create or replace function app.enqueue_mail() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.enqueue_jobs('send_mail', array(select m.id from new_mails m));
  return null;
end $$;
create or replace trigger enqueue_mail after insert on outbox_mail
  referencing new table as new_mails for each statement execute function app.enqueue_mail();

-- Everybody may request a password reset. Whether the address has an account is looked up when the mail is sent, so that requesting takes
-- the same time for every address.
create or replace function app.request_password_reset(address text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into outbox_mail (kind, recipient) values ('PASSWORD_RESET', address)
$$;

-- Queues the invitation to a one-to-one to the invited person's sign-in address, if they have an account.
create or replace function app.one_to_one_invited() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select new.organization_id, 'ONE_TO_ONE_INVITATION', a.sign_in_address, a.person_id, jsonb_build_object('name', p.name)
  from account a join person p on p.id = new.started_by_id
  where a.person_id = case when new.started_by_id = new.first_id then new.second_id else new.first_id end
    and a.disabled_at is null;
  return null;
end $$;
create or replace trigger one_to_one_invited after insert on one_to_one
  for each row when (new.state = 'INVITED' and row_security_active('one_to_one'::regclass))
  execute function app.one_to_one_invited();

-- ------------------------------------------------------------------------------------------------ sending, by the worker

-- A queued mail.
create or replace function app.queued_mail(mail_id uuid) returns table (kind text, recipient text, about jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.kind, m.recipient, m.about from outbox_mail m where m.id = mail_id
$$;

-- Stores the hash of the secret that the worker has created for the link of this mail, and returns the address to send it to. Null, and
-- the mail is deleted, if there is nothing to link to: the address has no account or now belongs to another person, or the invitation or
-- change of address was answered, replaced or cancelled.
create or replace function app.link_mail(mail_id uuid, link_hash bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mail outbox_mail;
  send_to text;
begin
  select m.* into mail from outbox_mail m where m.id = mail_id for update;
  case mail.kind
    when 'PASSWORD_RESET' then
      with found_account as (
        select a.* from account a where folded_address(a.sign_in_address) = folded_address(mail.recipient) and app.account_is_open(a)
          and not app.address_has_passed_on(a)
          -- SQL injected into the API could queue any number of these.
          and 10 > (select count(*) from password_reset r where r.person_id = a.person_id and r.created_at > now() - interval '1 hour')
      ), link as (
        insert into password_reset (organization_id, person_id, token_hash)
        select a.organization_id, a.person_id, link_hash from found_account a
      )
      select a.sign_in_address into send_to from found_account a;
    when 'INVITATION' then
      update invitation i set token_hash = link_hash
      where i.id = (mail.about ->> 'invitationId')::uuid and i.accepted_at is null and i.expires_at > now()
      returning i.address into send_to;
    when 'ADDRESS_CHANGE_OLD' then
      update address_change c set old_token_hash = link_hash
      where c.person_id = mail.person_id and c.requested_at = mail.created_at and c.old_confirmed_at is null
      returning mail.recipient into send_to;
    when 'ADDRESS_CHANGE_NEW' then
      update address_change c set new_token_hash = link_hash
      where c.person_id = mail.person_id and c.requested_at = mail.created_at and c.new_confirmed_at is null
      returning mail.recipient into send_to;
    else
      null;
  end case;
  if send_to is null then
    delete from outbox_mail m where m.id = mail_id;
  end if;
  return send_to;
end $$;

create or replace function app.mail_sent(mail_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from outbox_mail where id = mail_id
$$;

-- Deletes mails that were given up: the last attempt of their job has failed, and the job was deleted a week later. Their links have
-- expired long before. Returns how many.
create or replace function app.delete_undeliverable_mail() returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from outbox_mail m
    where m.created_at < now() - interval '10 days' and not exists (
      select from graphile_worker._private_jobs j where j.payload ->> 'id' = m.id::text
    )
    returning 1
  )
  select count(*) from gone
$$;

-- For the worker's metrics: how many mails are waiting, for how many seconds the oldest has waited, and how many were given up.
create or replace function app.waiting_mail(out waiting integer, out oldest_seconds double precision, out given_up integer)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with lost as materialized (
    select j.payload ->> 'id' as id from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = 'send_mail'
    where j.attempts >= j.max_attempts and j.locked_at is null
  )
  select count(*) filter (where l.id is null),
    coalesce(extract(epoch from now() - min(m.created_at) filter (where l.id is null)), 0),
    count(l.id)
  from outbox_mail m left join lost l on l.id = m.id::text
$$;

grant execute on function app.request_password_reset(text) to :"app";
grant usage on schema public, app to :"worker";
grant execute on function
  app.queued_mail(uuid), app.link_mail(uuid, bytea), app.mail_sent(uuid), app.delete_undeliverable_mail(), app.waiting_mail()
  to :"worker";
