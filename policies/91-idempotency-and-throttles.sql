-- ---------------------------------------------------------------- operations sent again, tries counted

alter table installation_secret enable row level security;
create policy nobody on installation_secret for all to :"app" using (false);
alter table idempotency_key enable row level security;
create policy nobody on idempotency_key for all to :"app" using (false);
alter table throttle enable row level security;
create policy nobody on throttle for all to :"app" using (false);

-- For the service itself, never in a person's name.
create or replace function app.for_the_service_only() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if nullif(current_setting('app.session', true), '') is not null then
    raise exception 'not in somebody''s name' using errcode = 'MU051';
  end if;
end $$;

-- A hash that only this installation can make (NMAC). For the functions below; granted to nobody.
create or replace function app.keyed_hash(message bytea) returns bytea
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select sha256(s.outer_key || sha256(s.inner_key || message)) from installation_secret s
$$;

-- The first statement of a mutation whose operation carries a key. NEW: nobody has done this field of it; its row is locked until
-- the transaction ends, so whoever sends it meanwhile waits, three seconds at most. DONE: it was done, and this came of it.
-- REUSED: the key stands for another body.
create or replace function app.begin_once(once_key text, field text, body bytea, out outcome text, out result jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
declare
  asking record;
  hash bytea := app.keyed_hash(body);
  known idempotency_key;
begin
  select i.organization_id, coalesce(i.person_id, i.session_id) as id into asking from app.identity() i;
  if not found then
    raise exception 'nobody has keys' using errcode = 'MU050';
  end if;
  loop
    insert into idempotency_key (viewer_id, key, organization_id, body_hash)
    values (asking.id, once_key, asking.organization_id, hash) on conflict do nothing;
    select * into known from idempotency_key k where k.viewer_id = asking.id and k.key = once_key for update;
    exit when found;
  end loop;
  if known.at <= now() - interval '24 hours' then
    update idempotency_key k set body_hash = hash, results = '{}', at = now()
    where k.viewer_id = asking.id and k.key = once_key;
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

-- The last statement of it: what came of this field.
create or replace function app.end_once(once_key text, field text, result jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update idempotency_key k set results = k.results || jsonb_build_object(field, result)
  from app.identity() i
  where k.viewer_id = coalesce(i.person_id, i.session_id) and k.key = once_key
$$;

-- Counts a try of each subject, or of none: then the seconds until the next one. A count goes down by one every so many seconds
-- (forgotten). From the free-th try on the next has to wait: `first` seconds, then twice as long each time, `longest` at most.
-- Subjects come in the same order from everybody. For the doors below; granted to nobody.
create or replace function app.count_tries(
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
      -- What has been forgotten since of a single try is no matter.
      not_before = case when reached + 0.5 < free[n] then '-infinity'
        else clock_timestamp() + make_interval(secs => least(first[n] * power(2, least(floor(reached + 0.5 - free[n]), 30)), longest[n]))
      end
    where t.subject = hashes[n];
  end loop;
  return 0;
end $$;

-- The service counts what people try who are not signed in, or who are to show that they are themselves.
create or replace function app.admit_tries(
  subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[]
) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.for_the_service_only();
  return app.count_tries(subjects, free, forgotten, first, longest);
end $$;

-- Tries that came to a good end: of those in `whole` nothing stays, of those in `once` the one.
create or replace function app.take_back_tries(whole text[], once text[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from throttle t using unnest(whole) w (subject) where t.subject = app.keyed_hash(convert_to(w.subject, 'UTF8'));
  update throttle t set level = greatest(0, t.level - 1), not_before = '-infinity'
  from unnest(once) o (subject) where t.subject = app.keyed_hash(convert_to(o.subject, 'UTF8'))
$$;

-- What somebody who is signed in does at most so often a day, of a kind and about each of these. Counts all of them, or none:
-- then the seconds until it may be done.
create or replace function app.count_daily(kind text, about text[], a_day integer) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app.self();
  subjects text[] := array(select distinct format('daily %s %s %s', kind, me, a) from unnest(about) a order by 1);
  many integer := cardinality(subjects);
  pace double precision := 86400.0 / a_day;
begin
  if me is null then
    raise exception 'nobody does this' using errcode = 'MU050';
  end if;
  return app.count_tries(subjects, array_fill(a_day::double precision, array[many]), array_fill(pace, array[many]),
    array_fill(pace, array[many]), array_fill(pace, array[many]));
end $$;

-- Adds to what a caller has cost; it runs off in a minute. The seconds until they are within their budget again; 0: they are.
create or replace function app.spend(caller text, amount double precision, a_minute double precision) returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  total double precision;
begin
  perform app.for_the_service_only();
  insert into throttle as t (subject, level, at)
  values (app.keyed_hash(convert_to('cost ' || caller, 'UTF8')), least(amount, 2 * a_minute), clock_timestamp())
  on conflict (subject) do update
    set level = least(greatest(0, t.level - greatest(0, extract(epoch from clock_timestamp() - t.at)) * a_minute / 60) + amount,
          2 * a_minute),
        at = clock_timestamp()
  returning t.level into total;
  return greatest(0, (total - a_minute) * 60 / a_minute);
end $$;

-- Whether this is the token of a session, perhaps over, of whoever signs in with this address, opened since they last set their
-- password: a device that got in with an earlier one is no longer known.
create or replace function app.is_known_device(address text, token_hash bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from session s join account a on a.person_id = s.person_id
    where s.token_hash = is_known_device.token_hash and folded_address(a.sign_in_address) = folded_address(address)
      and s.created_at >= a.password_changed_at
  )
$$;

-- Forgets keys of more than a day and counts that have run off. How many; one process at a time, the others pass.
create or replace function app.forget_keys_and_tries() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  keys integer;
  tries integer;
begin
  perform app.for_the_service_only();
  if not pg_try_advisory_xact_lock(hashtextextended('app.forget_keys_and_tries', 0)) then
    return 0;
  end if;
  delete from idempotency_key where at <= now() - interval '24 hours';
  get diagnostics keys = row_count;
  -- No count takes longer than a day to run off (libs/auth/throttle.ts).
  delete from throttle where at < now() - interval '24 hours' and not_before < now();
  get diagnostics tries = row_count;
  return keys + tries;
end $$;

grant execute on function
  app.begin_once(text, text, bytea), app.end_once(text, text, jsonb),
  app.admit_tries(text[], double precision[], double precision[], double precision[], double precision[]),
  app.take_back_tries(text[], text[]), app.count_daily(text, text[], integer),
  app.spend(text, double precision, double precision), app.is_known_device(text, bytea), app.forget_keys_and_tries()
  to :"app";
