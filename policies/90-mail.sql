-- The outbox: a mail is sent if and only if the transaction that queues it commits.
--
-- table        who sees a row   who adds, changes and deletes it
-- outbox_mail  nobody           functions of accounts, invitations and one-to-ones queue mails; the worker's functions below take them
--
-- Only the worker's login can take mails. A queued mail holds the values of its template; the worker writes the text and creates the
-- secret of its link when it sends it, and only the hash of the secret is stored.

alter table outbox_mail enable row level security;
create policy outbox_mail_nobody on outbox_mail for all to :"app" using (false);

-- ------------------------------------------------------------------------------------------------ queueing

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

-- Takes due mails for two minutes; if a worker dies, another one takes its mails afterwards.
create or replace function app.take_mail(at_most integer)
  returns table (id uuid, kind text, recipient text, about jsonb, attempts integer)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with due as (
    select m.id from outbox_mail m where m.not_before <= now()
    order by m.not_before limit at_most for update skip locked
  )
  update outbox_mail m set attempts = m.attempts + 1, not_before = now() + interval '2 minutes'
  from due where m.id = due.id
  returning m.id, m.kind, m.recipient, m.about, m.attempts
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

-- Schedules the next attempt: after half a minute, then twice as long each time, at most two hours. True if the mail is given up, after
-- three days, when its links have expired.
create or replace function app.mail_failed(mail_id uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from outbox_mail where id = mail_id and created_at < now() - interval '72 hours';
  if found then
    return true;
  end if;
  update outbox_mail
  set last_error = left(reason, 500),
      not_before = now() + least(interval '30 seconds' * power(2, least(attempts - 1, 20)), interval '2 hours')
  where id = mail_id;
  return false;
end $$;

-- For the worker's metrics: how many mails are waiting, and for how many seconds the oldest has waited.
create or replace function app.waiting_mail(out waiting integer, out oldest_seconds double precision)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from outbox_mail
$$;

revoke all on function app.take_mail(integer) from public;
grant execute on function app.request_password_reset(text) to :"app";
grant usage on schema public, app to :"worker";
grant execute on function
  app.take_mail(integer), app.link_mail(uuid, bytea), app.mail_sent(uuid), app.mail_failed(uuid, text), app.waiting_mail()
  to :"worker";
