-- What a mutation sent again is recognized by, and what is counted so that nobody tries too often.

-- Two random keys of this installation, for keyed hashes (law.keyed_hash): whoever reads the tables below without this one can
-- check no guess of what was hashed.
create table installation_secret (
  single boolean primary key default true check (single),
  inner_key bytea not null
    default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
  outer_key bytea not null
    default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
insert into installation_secret default values;

-- Operations that carried an Idempotency-Key, for 24 hours. viewer_id: the person or, of an API token, the session. results:
-- by the name of the answer's field, what its payload is made of: ids, types and flags, never anybody's words.
create table idempotency_key (
  viewer_id uuid not null,
  key text not null check (key ~ '^[!-~]{1,200}$'),
  organization_id uuid not null references organization,
  body_hash bytea not null,
  results jsonb not null default '{}' check (jsonb_typeof(results) = 'object'),
  at timestamptz not null default now(),
  primary key (viewer_id, key)
);
create index idempotency_key_at_idx on idempotency_key (at);

-- How often something was tried of late, by the keyed hash of what is counted: no addresses of people or networks stand here.
-- Unlogged: counting takes no write to disk, and after a crash of the database (not after a restart) counting begins anew.
create unlogged table throttle (
  subject bytea primary key,
  level double precision not null,
  at timestamptz not null,
  not_before timestamptz not null default '-infinity'
);
create index throttle_at_idx on throttle (at);
