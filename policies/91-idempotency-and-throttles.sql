-- Idempotency keys, throttles and cost budgets.
--
-- Tables:
--   installation_secret  keys for keyed hashes. Nobody reads or writes it.
--   idempotency_key      results of mutations, 24 hours. Only the functions below read and write it, for the caller's own keys.
--   throttle             attempts and costs by keyed hash. Only the functions below read and write it.
-- Rules: docs/decisions/0040-idempotency-keys.md, docs/decisions/0041-rate-limits.md.

alter table installation_secret enable row level security;
create policy installation_secret_no_access on installation_secret for all to :"app" using (false);
alter table idempotency_key enable row level security;
create policy idempotency_key_no_access on idempotency_key for all to :"app" using (false);
alter table throttle enable row level security;
create policy throttle_no_access on throttle for all to :"app" using (false);

-- Fails for calls with a session: the function is for the service itself.
create or replace function app.assert_no_session() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if nullif(current_setting('app.session', true), '') is not null then
    raise exception 'call this without a session' using errcode = 'MU051';
  end if;
end $$;

-- A hash that only this installation can compute (NMAC). Not granted; for the functions below.
create or replace function app.keyed_hash(message bytea) returns bytea
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select sha256(s.outer_key || sha256(s.inner_key || message)) from installation_secret s
$$;

-- Claims a key for one mutation field: the first statement of the mutation's transaction. NEW: run the mutation; the key's row is locked until
-- the transaction ends, and concurrent requests with the key wait for it, up to three seconds. DONE: it ran before, with this result.
-- REUSED: the key was used with a different body.
create or replace function app.claim_idempotency_key(request_key text, field text, body bytea, out outcome text, out result jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
declare
  caller record;
  hash bytea := app.keyed_hash(body);
  known idempotency_key;
begin
  select i.organization_id, coalesce(i.person_id, i.session_id) as id into caller from app.identity() i;
  if not found then
    raise exception 'sign in to use an idempotency key' using errcode = 'MU050';
  end if;
  loop
    insert into idempotency_key (viewer_id, key, organization_id, body_hash)
    values (caller.id, request_key, caller.organization_id, hash) on conflict do nothing;
    select * into known from idempotency_key k where k.viewer_id = caller.id and k.key = request_key for update;
    exit when found;
  end loop;
  if known.at <= now() - interval '24 hours' then
    update idempotency_key k set body_hash = hash, results = '{}', at = now()
    where k.viewer_id = caller.id and k.key = request_key;
    outcome := 'NEW';
  elsif known.body_hash <> hash then
    outcome := 'REUSED';
  elsif known.results ? field then
    outcome := 'DONE';
    result := known.results -> field;
  else
    outcome := 'NEW';
  end if;
end $$;

-- Stores the result of one mutation field: the last statement of the mutation's transaction.
create or replace function app.store_idempotency_result(request_key text, field text, result jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update idempotency_key k set results = k.results || jsonb_build_object(field, result)
  from app.identity() i
  where k.viewer_id = coalesce(i.person_id, i.session_id) and k.key = request_key
$$;

-- Counts one attempt for each subject and returns 0; or counts none and returns the seconds until the next attempt is allowed. A count
-- decreases by one every `forgotten` seconds. From the `free`-th attempt on, the next one must wait `first` seconds, then twice as long
-- each time, at most `longest`. Rows are locked in the order of the subjects; callers pass them in a fixed order. Not granted; for the
-- functions below.
create or replace function app.count_attempts(
  subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[]
) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hashes bytea[] := array(select app.keyed_hash(convert_to(s, 'UTF8')) from unnest(subjects) with ordinality u (s, n) order by n);
  counted throttle[] := '{}';
  one throttle;
  wait double precision := 0;
  reached double precision;
begin
  for n in 1 .. cardinality(subjects) loop
    loop
      insert into throttle (subject, level, at) values (hashes[n], 0, clock_timestamp()) on conflict do nothing;
      select * into one from throttle t where t.subject = hashes[n] for update;
      exit when found;
    end loop;
    counted := counted || one;
    wait := greatest(wait, case when one.not_before > clock_timestamp()
      then extract(epoch from one.not_before - clock_timestamp()) end);
  end loop;
  if wait > 0 then
    return wait;
  end if;
  for n in 1 .. cardinality(subjects) loop
    one := counted[n];
    reached := greatest(0, one.level - greatest(0, extract(epoch from clock_timestamp() - one.at)) / forgotten[n]) + 1;
    update throttle t set level = reached, at = clock_timestamp(),
      -- Half an attempt of tolerance, for what has decreased since the last one.
      not_before = case when reached + 0.5 < free[n] then '-infinity'
        else clock_timestamp() + make_interval(secs => least(first[n] * power(2, least(floor(reached + 0.5 - free[n]), 30)), longest[n]))
      end
    where t.subject = hashes[n];
  end loop;
  return 0;
end $$;

-- Counts attempts to sign in, to use links, and to confirm a password.
create or replace function app.admit_attempts(
  subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[]
) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.assert_no_session();
  return app.count_attempts(subjects, free, forgotten, first, longest);
end $$;

-- Forgets attempts after a success: all those of the subjects in `entirely`, one of each subject in `once`.
create or replace function app.forgive_attempts(entirely text[], once text[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from throttle t using unnest(entirely) w (subject) where t.subject = app.keyed_hash(convert_to(w.subject, 'UTF8'));
  update throttle t set level = greatest(0, t.level - 1), not_before = '-infinity'
  from unnest(once) o (subject) where t.subject = app.keyed_hash(convert_to(o.subject, 'UTF8'))
$$;

-- Limits what a signed-in person does to `a_day` times a day, for each of the subjects in `about`. Counts all of them and returns 0; or counts none and
-- returns the seconds until it is allowed.
create or replace function app.count_daily(kind text, about text[], a_day integer) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app.signed_in_person();
  subjects text[] := array(select distinct format('daily %s %s %s', kind, me, a) from unnest(about) a order by 1);
  many integer := cardinality(subjects);
  pace double precision := 86400.0 / a_day;
begin
  if me is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  return app.count_attempts(subjects, array_fill(a_day::double precision, array[many]), array_fill(pace, array[many]),
    array_fill(pace, array[many]), array_fill(pace, array[many]));
end $$;

-- Charges a cost to a caller whose balance recovers within a minute, unless it would exceed the budget; a negative amount takes back what was
-- reserved and not used. Returns what the caller has used of the budget with this amount: more than a_minute if it was not charged.
create or replace function app.charge_cost(caller text, amount double precision, a_minute double precision) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  caller_hash bytea := app.keyed_hash(convert_to('cost ' || caller, 'UTF8'));
  used double precision;
begin
  perform app.assert_no_session();
  insert into throttle as t (subject, level, at) values (caller_hash, 0, clock_timestamp())
  on conflict (subject) do update
    set level = greatest(0, t.level - greatest(0, extract(epoch from clock_timestamp() - t.at)) * a_minute / 60),
        at = clock_timestamp()
  returning t.level into used;
  used := greatest(0, used + amount);
  if amount <= 0 or used <= a_minute then
    update throttle t set level = used where t.subject = caller_hash;
  end if;
  return used;
end $$;

-- Whether this is the token of a session, valid or ended, of the account with this sign-in address, opened since its password was last
-- set.
create or replace function app.is_known_device(address text, token_hash bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from session s join account a on a.person_id = s.person_id
    where s.token_hash = is_known_device.token_hash and folded_address(a.sign_in_address) = folded_address(address)
      and s.created_at >= a.password_changed_at
  )
$$;

-- Deletes expired keys and counts, and returns how many. Returns 0 while another process does it.
create or replace function app.delete_expired_keys_and_throttles() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  keys integer;
  counts integer;
begin
  perform app.assert_no_session();
  if not pg_try_advisory_xact_lock(hashtextextended('app.delete_expired_keys_and_throttles', 0)) then
    return 0;
  end if;
  delete from idempotency_key where at <= now() - interval '24 hours';
  get diagnostics keys = row_count;
  -- Every count reaches 0 within a day (libs/auth/throttle.ts).
  delete from throttle where at < now() - interval '24 hours' and not_before < now();
  get diagnostics counts = row_count;
  return keys + counts;
end $$;

grant execute on function
  app.claim_idempotency_key(text, text, bytea), app.store_idempotency_result(text, text, jsonb),
  app.admit_attempts(text[], double precision[], double precision[], double precision[], double precision[]),
  app.forgive_attempts(text[], text[]), app.count_daily(text, text[], integer),
  app.charge_cost(text, double precision, double precision), app.is_known_device(text, bytea)
  to :"app";
grant execute on function app.delete_expired_keys_and_throttles() to :"worker";
