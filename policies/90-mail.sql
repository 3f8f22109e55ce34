
-- Written by whoever causes a mail, read by nobody: bodies hold links. The service drains it through the doors below.
alter table outbox_mail enable row level security;
grant insert (recipient, subject, body, password_reset_hash) on outbox_mail to :"app";
create policy add on outbox_mail for insert to :"app" with check (true);

-- -------------------------------------------------------------------- mail
-- For the service itself, never in anybody's name.

create or replace function law.for_the_service_only() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if nullif(current_setting('app.session', true), '') is not null then
    raise exception 'not in somebody''s name' using errcode = 'MU030';
  end if;
end $$;

-- Takes mails that are due, for two minutes; whoever dies with them leaves them to the next. Three days of trying are enough:
-- the links are dead by then.
create or replace function law.take_mail(at_most integer)
  returns table (id uuid, recipient text, subject text, body text, attempts integer)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  asked outbox_mail;
  found_account account;
begin
  perform law.for_the_service_only();
  -- Who signs in with this address? Nobody: then there is nothing to send.
  for asked in
    select * from outbox_mail m where m.password_reset_hash is not null and m.not_before <= now()
    order by m.not_before limit at_most for update skip locked
  loop
    select a.* into found_account from account a
    where folded_address(a.sign_in_address) = folded_address(asked.recipient) and law.account_is_open(a);
    if found then
      insert into password_reset (organization_id, person_id, token_hash)
      values (found_account.organization_id, found_account.person_id, asked.password_reset_hash);
      update outbox_mail m set recipient = found_account.sign_in_address, password_reset_hash = null where m.id = asked.id;
    else
      delete from outbox_mail m where m.id = asked.id;
    end if;
  end loop;
  return query
    with due as (
      select m.id from outbox_mail m where m.not_before <= now() and m.password_reset_hash is null
      order by m.not_before limit at_most for update skip locked
    )
    update outbox_mail m set attempts = m.attempts + 1, not_before = now() + interval '2 minutes'
    from due where m.id = due.id
    returning m.id, m.recipient, m.subject, m.body, m.attempts;
end $$;

create or replace function law.mail_sent(mail_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform law.for_the_service_only();
  delete from outbox_mail where id = mail_id;
end $$;

-- Leaves it for later: half a minute, then twice as long each time, two hours at most. True if it was given up.
create or replace function law.mail_failed(mail_id uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform law.for_the_service_only();
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

grant execute on function law.take_mail(integer), law.mail_sent(uuid), law.mail_failed(uuid, text) to :"app";
