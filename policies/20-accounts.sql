-- Accounts, invitations, sessions, API tokens, password reset links and changes of the sign-in address.
--
-- table           who sees a row                                  who adds, changes and deletes it
-- account         the person; never the hash of the password       functions below, with a proof of the password or a link;
--                                                                    app.set_account_disabled for PEOPLE_ADMIN
-- invitation      PEOPLE_ADMIN; never the link                     app.invite for PEOPLE_ADMIN
-- password_reset  nobody                                          functions below
-- address_change  nobody; app.own_address_change for the person   functions below
-- session         the person; API tokens: people whose roles       an API token: people whose roles grant its scopes; a person's
--                   grant its scopes                                 session: functions below. Only revoked_at can be changed
--
-- All sign-in functions take a proof: the stored hash of a password, computed again from the password and the stored parameters, or the
-- hash of a link's token. Stored hashes never leave the database, so not even the serving role can open a session for a person.

-- ------------------------------------------------------------------------------------------------ tables

alter table account enable row level security;
grant select (person_id, organization_id, sign_in_address, created_at) on account to :"app";
create policy account_select_own on account for select to :"app" using (person_id = (select app.signed_in_person()));

alter table invitation enable row level security;
grant select (id, organization_id, person_id, sent_by, sent_at, expires_at, accepted_at) on invitation to :"app";
create policy invitation_select_people_admin on invitation for select to :"app"
  using (organization_id = (select app.organization_as('PEOPLE_ADMIN')));

alter table password_reset enable row level security;
create policy password_reset_nobody on password_reset for all to :"app" using (false);

alter table address_change enable row level security;
create policy address_change_nobody on address_change for all to :"app" using (false);

alter table session enable row level security;
grant select (id, organization_id, person_id, scopes, label, created_by, created_at, last_seen_at, expires_at, revoked_at),
  insert (organization_id, scopes, label, created_by, expires_at, token_hash),
  update (revoked_at)
  on session to :"app";
create policy session_select_own_or_grantable_token on session for select to :"app" using (
  person_id = (select app.signed_in_person())
  or (person_id is null and organization_id = (select app.organization()) and scopes <@ (select app.token_scopes()))
);
create policy session_insert_grantable_token on session for insert to :"app" with check (
  person_id is null and organization_id = (select app.organization())
  and created_by = (select app.viewer()) and scopes <@ (select app.token_scopes())
  and expires_at <= now() + interval '366 days'
);
create policy session_revoke_own_or_grantable_token on session for update to :"app" using (
  person_id = (select app.signed_in_person())
  or (person_id is null and organization_id = (select app.organization()) and scopes <@ (select app.token_scopes()))
) with check (revoked_at is not null);

-- ------------------------------------------------------------------------------------------------ sessions

-- Whether the use of this session should be recorded: at most every five minutes; for an API token once a day, and its first use.
-- Without a search_path, so that PostgreSQL inlines it.
create or replace function app.touch_due(s session) returns boolean
language sql stable as $$
  select case when s.person_id is not null then s.last_seen_at <= now() - interval '5 minutes'
    else s.last_seen_at = s.created_at or (s.last_seen_at at time zone 'UTC')::date < app.today() end
$$;

-- The identity behind a request's session.
create or replace function app.authenticate(
  out session_id uuid, out organization_id uuid, out person_id uuid, out employed boolean, out roles text[], out scopes text[],
  out touch_due boolean
) returns setof record
language sql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
  select i.session_id, i.organization_id, i.person_id, i.employed,
         array(select r.role from role_grant r where r.person_id = i.person_id and i.employed order by r.role),
         i.scopes, app.touch_due(s)
  from app.live_session() i join session s on s.id = i.session_id
$$;

-- Records that the caller's session is in use. The use of an API token is an entry of the audit trail, one a day.
create or replace function app.touch_session() returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with touched as (
    update session s set last_seen_at = now()
    from app.live_session() i
    where s.id = i.session_id and app.touch_due(s)
    returning s.organization_id, s.person_id, s.id
  )
  insert into audit_entry (organization_id, action, subject)
  select organization_id, 'API_TOKEN_USED', 'API token ' || id from touched where person_id is null
$$;

-- Those of these sessions, by the hashes of their tokens in hexadecimal, that have ended or whose person is no longer employed: for
-- connections that outlast a request. The hash of a token is known to nobody who does not have the token, or had it.
create or replace function app.ended_sessions(hashes text[]) returns setof text
language sql stable security definer rows 10 set search_path = pg_catalog, public, pg_temp as $$
  select h.hash from unnest(hashes) h (hash)
  where not exists (select from app.live_session_of(decode(h.hash, 'hex')) i where i.employed)
$$;

grant execute on function app.authenticate(), app.touch_session(), app.ended_sessions(text[]) to :"app";

-- ------------------------------------------------------------------------------------------------ sign-in

-- Whether the account can be used: while employed if it is not disabled; afterwards for 90 days, which disabling does not shorten.
create or replace function app.account_is_open(a account) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when exists (select 1 from employment_end e where e.person_id = a.person_id and e.ended_at <= now())
      then exists (select 1 from employment_end e where e.person_id = a.person_id and e.access_until > now())
    else a.disabled_at is null
  end
$$;

-- Compares hashes of both, so that the time of the comparison reveals nothing about either.
create or replace function app.password_proved(a account, proof text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(a.password_hash, 'UTF8')) = sha256(convert_to(proof, 'UTF8'))
$$;

-- Opens a session for at most 90 days (16 if unused: app.identity). The callers below have checked a proof.
create or replace function app.open_session(for_person uuid, token_hash bytea, label text) returns timestamptz
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into session (organization_id, person_id, label, expires_at, token_hash)
  select a.organization_id, a.person_id, left(label, 200), now() + interval '90 days', open_session.token_hash
  from account a where a.person_id = for_person
  returning expires_at
$$;

create or replace function app.end_sessions(of_person uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set revoked_at = now() where person_id = of_person and revoked_at is null
$$;

-- Revokes the live API tokens that a person created: all of them, or those whose scopes their roles no longer grant. For triggers and
-- the functions below. Returns their labels.
create or replace function app.revoke_tokens_of(maker uuid, all_of_them boolean) returns text[]
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with revoked as (
    update session s set revoked_at = now()
    where s.person_id is null and s.created_by = maker and s.revoked_at is null and s.expires_at > now()
      and (all_of_them or not app.can_grant_scopes(maker, s.scopes))
    returning s.id, s.organization_id, s.label
  ),
  recorded as (
    insert into audit_entry (organization_id, actor_id, action, subject)
    select organization_id, app.viewer(), 'API_TOKEN_REVOKED', 'API token ' || id from revoked
  )
  select array(select label from revoked order by label)
$$;

-- Ends everything that was opened or requested with a password that is no longer valid: sessions, password reset links and queued mails
-- that would create one, a pending change of the sign-in address, and API tokens. Queues a mail about a new password, which names the
-- revoked tokens, and one about a cancelled change of address to the address that stays in use.
create or replace function app.end_credentials(of_person uuid, password_changed boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  owner account;
  cancelled text;
  revoked text[];
begin
  select a.* into owner from account a where a.person_id = of_person;
  perform app.end_sessions(of_person);
  delete from password_reset where person_id = of_person and used_at is null;
  delete from outbox_mail m where m.kind = 'PASSWORD_RESET' and folded_address(m.recipient) = folded_address(owner.sign_in_address);
  delete from address_change where person_id = of_person returning new_address into cancelled;
  revoked := app.revoke_tokens_of(of_person, true);
  if password_changed then
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    values (owner.organization_id, 'PASSWORD_CHANGED', owner.sign_in_address, of_person,
            jsonb_build_object('revokedTokens', array_to_string(revoked, E'\n')));
  end if;
  if cancelled is not null then
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    values (owner.organization_id, 'ADDRESS_CHANGE_CANCELLED', owner.sign_in_address, of_person,
            jsonb_build_object('newAddress', cancelled));
  end if;
end $$;

-- The words that a person's password must not consist of (libs/auth/password-rules.ts): their addresses, their name and the
-- organization's name.
create or replace function app.password_context(of_person uuid) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array_remove(array[a.sign_in_address, c.new_address, p.email, p.name, o.name], null)
  from person p
  join organization o on o.id = p.organization_id
  left join account a on a.person_id = p.id
  left join address_change c on c.person_id = p.id
  where p.id = of_person
$$;

create or replace function app.own_password_context() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.password_context(app.signed_in_person())
$$;

-- How the password of an address is hashed: the stored text without the hash. An address without an open account gets parameters of the
-- same form (libs/auth/passwords.ts), the same each time, so that the result does not reveal which addresses have an account.
create or replace function app.password_parameters(address text) returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  stored text := (
    select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a
    where folded_address(a.sign_in_address) = folded_address(address) and app.account_is_open(a)
  );
  salt bytea := substr(app.keyed_hash(convert_to('salt ' || folded_address(address), 'UTF8')), 1, 16);
begin
  return coalesce(stored, '$argon2id$v=19$m=19456,t=2,p=1$' || rtrim(encode(salt, 'base64'), '='));
end $$;

-- The same for the signed-in person.
create or replace function app.own_password_parameters() returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a where a.person_id = app.signed_in_person()
$$;

-- When the new session expires; null if there is no such account, it is not open, or the password is wrong. The lock makes this and a
-- concurrent change of the password or disabling wait for each other, so that no session opened with the old password survives.
create or replace function app.sign_in(address text, proof text, token_hash bytea, label text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_person uuid;
begin
  select a.person_id into found_person from account a
  where folded_address(a.sign_in_address) = folded_address(address) and app.account_is_open(a) and app.password_proved(a, proof)
  for share;
  return case when found_person is not null then app.open_session(found_person, token_hash, label) end;
end $$;

-- Stores a new password, ends all credentials and opens a new session. Null for a wrong current password.
create or replace function app.change_password(proof text, new_hash text, token_hash bytea, label text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app.signed_in_person();
begin
  update account a set password_hash = new_hash, password_changed_at = now()
  where a.person_id = me and app.password_proved(a, proof);
  if not found then
    return null;
  end if;
  perform app.end_credentials(me, true);
  return app.open_session(me, token_hash, label);
end $$;

-- Whether the directory assigns this account's sign-in address to another person, as when the address of a person who has left is given
-- to their successor. The mailbox then has a new reader: no password reset link is sent there, and earlier ones stop working.
create or replace function app.address_has_passed_on(a account) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from person p
    where p.organization_id = a.organization_id and folded_address(p.email) = folded_address(a.sign_in_address)
      and p.id <> a.person_id
  )
$$;

-- The account of a password reset link while it works; context as app.password_context.
drop function if exists app.password_reset_link(bytea);
create function app.password_reset_link(link_hash bytea, out address text, out context text[]) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.sign_in_address, app.password_context(a.person_id)
  from password_reset r join account a on a.person_id = r.person_id
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now() and app.account_is_open(a)
    and not app.address_has_passed_on(a)
$$;

-- Sets a password with the link: as app.change_password. Null if it does not work.
create or replace function app.reset_password(link_hash bytea, new_hash text, token_hash bytea, label text)
  returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who uuid;
begin
  -- Locks the account first, as everywhere, so that a change of address that becomes due at the same time waits.
  perform 1 from account a join password_reset r on r.person_id = a.person_id
  where r.token_hash = link_hash for no key update of a;
  update password_reset r set used_at = now()
  from account a
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now()
    and a.person_id = r.person_id and app.account_is_open(a) and not app.address_has_passed_on(a)
  returning r.person_id into who;
  if who is null then
    return null;
  end if;
  update account set password_hash = new_hash, password_changed_at = now() where person_id = who;
  perform app.end_credentials(who, true);
  return app.open_session(who, token_hash, label);
end $$;

-- ------------------------------------------------------------------------------------------------ the sign-in address

-- Requests a change of address, in place of an earlier request, and queues the mails to both addresses. False for a wrong password.
create or replace function app.request_address_change(proof text, wanted text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine account;
  asked address_change;
begin
  select a.* into mine from account a where a.person_id = app.signed_in_person() and app.password_proved(a, proof) for update;
  if not found then
    return false;
  end if;
  delete from address_change where person_id = mine.person_id;
  insert into address_change (person_id, organization_id, new_address)
  values (mine.person_id, mine.organization_id, wanted)
  returning * into asked;
  -- created_at is the transaction's time, as requested_at is: it tells this request from a later one (app.link_mail).
  insert into outbox_mail (organization_id, kind, recipient, person_id, created_at, about)
  select mine.organization_id, m.kind, m.recipient, mine.person_id, asked.requested_at,
         jsonb_build_object('newAddress', wanted, 'effectiveAt', asked.effective_at)
  from (values ('ADDRESS_CHANGE_OLD', mine.sign_in_address), ('ADDRESS_CHANGE_NEW', wanted)) m (kind, recipient);
  return true;
end $$;

-- The signed-in person's pending change.
create or replace function app.own_address_change(
  out new_address text, out requested_at timestamptz, out effective_at timestamptz,
  out old_confirmed boolean, out new_confirmed boolean
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null
  from address_change c
  where c.person_id = app.signed_in_person() and (c.new_confirmed_at is not null or c.requested_at > now() - interval '72 hours')
$$;

-- Confirms with a link of either address. Nothing if it does not work or the account is not open; MU061 if another account now signs in
-- with the new address, which only the reader of its mail can learn.
create or replace function app.confirm_address_change(
  link_hash bytea, out new_address text, out requested_at timestamptz, out effective_at timestamptz,
  out old_confirmed boolean, out new_confirmed boolean
) returns setof record
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  if exists (
    select 1 from address_change c join account a on folded_address(a.sign_in_address) = folded_address(c.new_address)
    where c.new_token_hash = link_hash and c.new_confirmed_at is null and c.requested_at > now() - interval '72 hours'
      and a.person_id <> c.person_id
  ) then
    raise exception 'another account signs in with this address' using errcode = 'MU061';
  end if;
  return query
    update address_change c
    set old_confirmed_at = case when c.old_token_hash = link_hash then now() else c.old_confirmed_at end,
        new_confirmed_at = case when c.new_token_hash = link_hash then now() else c.new_confirmed_at end
    where c.requested_at > now() - interval '72 hours'
      and ((c.old_token_hash = link_hash and c.old_confirmed_at is null)
        or (c.new_token_hash = link_hash and c.new_confirmed_at is null))
      and exists (select 1 from account a where a.person_id = c.person_id and app.account_is_open(a))
    returning c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null;
end $$;

-- Cancels a pending change: the signed-in person's own, or the one of a link that was sent to the old address.
create or replace function app.cancel_address_change(link_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if link_hash is null then
    delete from address_change where person_id = app.signed_in_person();
  else
    delete from address_change where old_token_hash = link_hash;
  end if;
  return found;
end $$;

-- Applies the changes that are due, all (null) or those that concern one address, of open accounts. Ends the sessions and queues a mail to
-- both addresses. Returns how many; no address leaves the database.
drop function if exists app.apply_address_changes(text);
create function app.apply_address_changes(concerning text) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  due record;
  applied integer := 0;
begin
  perform app.assert_no_session();
  for due in
    select c.person_id, c.organization_id, c.new_address, a.sign_in_address as old_address
    from address_change c join account a on a.person_id = c.person_id
    where c.new_confirmed_at is not null
      -- An intruder in the old mailbox could reset the password and also confirm the change. After a reset the seven days always apply, in
      -- which the person can reset the password again, which cancels the change (app.end_credentials).
      and (c.effective_at <= now() or c.old_confirmed_at is not null and not exists (
        select 1 from password_reset r where r.person_id = c.person_id and r.used_at > c.requested_at - interval '7 days'
      ))
      and app.account_is_open(a)
      and (concerning is null or folded_address(concerning) in (folded_address(c.new_address), folded_address(a.sign_in_address)))
    for update of a, c skip locked
  loop
    delete from address_change c where c.person_id = due.person_id;
    begin
      update account a set sign_in_address = due.new_address where a.person_id = due.person_id;
    exception when unique_violation then
      -- Another account took the address first: this person keeps the old one.
      continue;
    end;
    delete from password_reset r where r.person_id = due.person_id and r.used_at is null;
    perform app.end_sessions(due.person_id);
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select due.organization_id, 'ADDRESS_CHANGED', recipient, due.person_id, jsonb_build_object('newAddress', due.new_address)
    from unnest(array[due.old_address, due.new_address]) as recipient;
    applied := applied + 1;
  end loop;
  delete from address_change c where c.new_confirmed_at is null and c.requested_at <= now() - interval '72 hours';
  return applied;
end $$;

create or replace function app.apply_due_address_changes() returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select app.apply_address_changes(null)
$$;
grant execute on function app.apply_due_address_changes() to :"worker";

-- Deletes links for a new password a month after they were made: they work for 72 hours, and whether one was used counts for a week.
-- Returns how many.
create or replace function app.delete_expired_links() returns integer
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (delete from password_reset where created_at < now() - interval '30 days' returning 1)
  select count(*) from gone
$$;
grant execute on function app.delete_expired_links() to :"worker";

-- ------------------------------------------------------------------------------------------------ administration

-- Disabling refuses sign-in and ends all credentials at once. For a person who has left it takes effect only if they return. Null if
-- there is no such account in the organization of this PEOPLE_ADMIN, false if nothing changed.
create or replace function app.set_account_disabled(of_person uuid, disabled boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  was boolean;
begin
  select a.disabled_at is not null into was from account a
  where a.person_id = of_person and a.organization_id = app.organization_as('PEOPLE_ADMIN') and a.person_id <> app.viewer()
  for update;
  if was is null or was = disabled then
    return was <> disabled;
  end if;
  update account set disabled_at = case when disabled then now() end where person_id = of_person;
  if disabled and not exists (select 1 from employment_end e where e.person_id = of_person and e.ended_at <= now()) then
    perform app.end_credentials(of_person, false);
  end if;
  return true;
end $$;

-- Which of these people of the PEOPLE_ADMIN's organization can be invited; `problem` is null or the reason why not.
create or replace function app.invitable(
  person_ids uuid[], out person_id uuid, out address text, out name text, out problem text
) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.email, p.name,
    case
      when exists (select 1 from account a where a.person_id = p.id) then 'HAS_ACCOUNT'
      when exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()) then 'HAS_LEFT'
      when p.email is null then 'NO_EMAIL'
    end
  from person p
  where p.id = any (person_ids) and p.organization_id = app.organization_as('PEOPLE_ADMIN')
$$;

-- Invites those who can be invited at their address in the directory, and queues the mails. Replaces an invitation that was not accepted.
create or replace function app.invite(person_ids uuid[])
  returns table (id uuid, person_id uuid, address text, sent_at timestamptz, expires_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  -- Locks the people, so that none of them accepts an invitation or is invited by another transaction meanwhile.
  perform 1 from person p
  where p.id = any (person_ids) and p.organization_id = app.organization_as('PEOPLE_ADMIN')
  order by p.id for no key update;
  delete from invitation i using app.invitable(person_ids) c
  where i.person_id = c.person_id and c.problem is null and i.accepted_at is null;
  return query
    with invited as (
      insert into invitation (organization_id, person_id, address, sent_by)
      select app.organization_as('PEOPLE_ADMIN'), c.person_id, c.address, app.viewer()
      from app.invitable(person_ids) c where c.problem is null
      returning *
    ), mail as (
      insert into outbox_mail (organization_id, kind, recipient, person_id, about)
      select i.organization_id, 'INVITATION', i.address, i.person_id,
             jsonb_build_object('invitationId', i.id, 'name', p.name, 'organization', o.name, 'purpose', o.purpose)
      from invited i join person p on p.id = i.person_id join organization o on o.id = i.organization_id
    )
    select i.id, i.person_id, i.address, i.sent_at, i.expires_at from invited i;
end $$;

-- The address of an invitation while it works: not after the directory's address of the person has changed. context as
-- app.password_context, with that address.
drop function if exists app.invitation_link(bytea);
create function app.invitation_link(link_hash bytea, out address text, out context text[]) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.address, i.address || app.password_context(i.person_id)
  from invitation i join person p on p.id = i.person_id
  where i.token_hash = link_hash and i.accepted_at is null and i.expires_at > now()
    and folded_address(i.address) = folded_address(p.email)
    and not exists (select 1 from account a where a.person_id = i.person_id)
    and not exists (select 1 from employment_end e where e.person_id = i.person_id and e.ended_at <= now())
$$;

-- Accepts the invitation: creates the account with this password, and a first session. Null if it does not work. Violates
-- account_sign_in_address_key if another account signs in with the address.
create or replace function app.accept_invitation(link_hash bytea, password_hash text, token_hash bytea, label text)
  returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  taken invitation;
begin
  perform 1 from person p join invitation i on i.person_id = p.id where i.token_hash = link_hash for no key update of p;
  if not exists (select 1 from app.invitation_link(link_hash)) then
    return null;
  end if;
  update invitation i set accepted_at = now() where i.token_hash = link_hash returning i.* into taken;
  insert into account (person_id, organization_id, sign_in_address, password_hash)
  values (taken.person_id, taken.organization_id, taken.address, accept_invitation.password_hash);
  return app.open_session(taken.person_id, accept_invitation.token_hash, label);
end $$;

-- ------------------------------------------------------------------------------------------------ the end of a role, an account or an employment

-- An organization always has an administrator who can act: a person with the role ORGANIZATION_ADMIN, an account that is not disabled,
-- and no last day, past or planned. Called by the triggers below after a change that removed one. Such changes of an organization wait
-- here for each other, so that two administrators cannot remove each other at the same time.
create or replace function app.require_administrator(of_organization uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('role_grant:' || of_organization, 0));
  if not exists (
    select 1 from role_grant r join account a on a.person_id = r.person_id
    where r.organization_id = of_organization and r.role = 'ORGANIZATION_ADMIN' and a.disabled_at is null
      and not exists (select 1 from employment_end e where e.person_id = r.person_id)
  ) then
    raise exception 'no other ORGANIZATION_ADMIN stays' using errcode = 'MU060';
  end if;
end $$;

-- When a role is revoked: revokes the API tokens that depend on it, and refuses for the last administrator.
create or replace function app.role_grant_removed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.revoke_tokens_of(old.person_id, false);
  if old.role = 'ORGANIZATION_ADMIN'
    and exists (select 1 from account a where a.person_id = old.person_id and a.disabled_at is null)
    and not exists (select 1 from employment_end e where e.person_id = old.person_id and e.ended_at <= now())
  then
    perform app.require_administrator(old.organization_id);
  end if;
  return null;
end $$;
create or replace trigger role_grant_removed after delete or update on role_grant
  for each row execute function app.role_grant_removed();

-- An API token that is created while its creator's password, account or role changes waits for that change, and is then refused.
create or replace function app.token_made() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.person_id is null and nullif(current_setting('app.session', true), '') is not null then
    perform 1 from account a where a.person_id = new.created_by for share;
    perform 1 from role_grant r where r.person_id = new.created_by for key share;
    if app.viewer() is distinct from new.created_by or not app.can_grant_scopes(new.created_by, new.scopes) then
      raise exception 'not permitted to make this token' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create or replace trigger token_made before insert on session for each row execute function app.token_made();

-- Refuses to disable or delete the account of the last administrator.
create or replace function app.account_closed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.disabled_at is null and (tg_op = 'DELETE' or new.disabled_at is not null)
    and exists (select 1 from role_grant r where r.person_id = old.person_id and r.role = 'ORGANIZATION_ADMIN')
    and not exists (select 1 from employment_end e where e.person_id = old.person_id and e.ended_at <= now())
  then
    perform app.require_administrator(old.organization_id);
  end if;
  return null;
end $$;
create or replace trigger account_closed after delete or update of disabled_at on account
  for each row execute function app.account_closed();

-- When an employment ends, or ends earlier: revokes the API tokens of people who have left, which a later correction of the day does not
-- restore, and refuses for the last administrator.
create or replace function app.leaver_account_written() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.revoke_tokens_of(c.person_id, true) from changed c
  where c.ended_at <= now()
    and exists (select 1 from session s where s.organization_id = c.organization_id and s.person_id is null
                and s.created_by = c.person_id);
  if tg_op = 'INSERT' then
    perform app.require_administrator(o.organization_id) from (
      select distinct c.organization_id
      from changed c
      join role_grant r on r.person_id = c.person_id and r.role = 'ORGANIZATION_ADMIN'
      join account a on a.person_id = c.person_id and a.disabled_at is null
      order by 1
    ) o;
  else
    perform app.require_administrator(o.organization_id) from (
      select distinct c.organization_id
      from changed c
      join earlier e on e.person_id = c.person_id and e.ended_at > now() and c.ended_on < e.ended_on
      join role_grant r on r.person_id = c.person_id and r.role = 'ORGANIZATION_ADMIN'
      join account a on a.person_id = c.person_id and a.disabled_at is null
      order by 1
    ) o;
  end if;
  return null;
end $$;
create or replace trigger leaver_account_inserted after insert on employment_end
  referencing new table as changed for each statement execute function app.leaver_account_written();
create or replace trigger leaver_account_moved after update on employment_end
  referencing old table as earlier new table as changed for each statement execute function app.leaver_account_written();

-- When the end of an employment is corrected: revokes the API tokens that had ended by the former day.
create or replace function app.leaver_account_corrected() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.revoke_tokens_of(e.person_id, true) from earlier e
  where e.ended_at <= now()
    and exists (select 1 from session s where s.organization_id = e.organization_id and s.person_id is null
                and s.created_by = e.person_id);
  return null;
end $$;
create or replace trigger leaver_account_restored after delete on employment_end
  referencing old table as earlier for each statement execute function app.leaver_account_corrected();
create or replace trigger leaver_account_corrected after update on employment_end
  referencing old table as earlier for each statement execute function app.leaver_account_corrected();

-- Queues a mail to the other holders of the roles behind each API token whose creator leaves within 14 days, once for each last day. It
-- names the token and its last day, not who leaves. Does nothing while another process does this. Returns how many mails.
create or replace function app.announce_token_ends() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  queued integer;
begin
  perform app.assert_no_session();
  if not pg_try_advisory_xact_lock(hashtextextended('app.announce_token_ends', 0)) then
    return 0;
  end if;
  with announced as (
    update session s set announced_end = e.ended_on
    from employment_end e
    where e.person_id = s.created_by and e.ended_at > now() and e.ended_on <= app.today_in(e.organization_id) + 14
      and s.person_id is null and s.revoked_at is null and s.expires_at > e.ended_at
      and s.announced_end is distinct from e.ended_on
      and app.can_grant_scopes(s.created_by, s.scopes)
    returning s.organization_id, s.created_by, s.scopes, s.label, s.announced_end
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select distinct a.organization_id, 'API_TOKEN_ENDS', a.sign_in_address, a.person_id,
    jsonb_build_object('token', n.label, 'day', n.announced_end)
  from announced n
  join role_grant r on r.organization_id = n.organization_id
  join account a on a.person_id = r.person_id and a.disabled_at is null
  where n.scopes && app.scopes_of_roles(r.person_id)
    and not exists (select 1 from employment_end e where e.person_id = r.person_id and e.ended_on <= n.announced_end);
  get diagnostics queued = row_count;
  return queued;
end $$;

grant execute on function
  app.password_parameters(text), app.own_password_parameters(), app.own_password_context(),
  app.sign_in(text, text, bytea, text), app.change_password(text, text, bytea, text), app.password_reset_link(bytea),
  app.reset_password(bytea, text, bytea, text), app.request_address_change(text, text), app.own_address_change(),
  app.confirm_address_change(bytea), app.cancel_address_change(bytea), app.apply_address_changes(text),
  app.set_account_disabled(uuid, boolean), app.invitable(uuid[]), app.invite(uuid[]), app.invitation_link(bytea),
  app.accept_invitation(bytea, text, bytea, text)
  to :"app";
grant execute on function app.announce_token_ends() to :"worker";
