-- TextVersionRepository in libs/conversations/notes/text-version.repository.ts. Written by npm run schema.

-- record
with newest as (
  select version,
    author_id,
    started_at
  from talking_point_version
  where point_id = $1::uuid
  order by version desc
  limit 1
),
  merged as (
    update talking_point_version v
    set version = $2::integer,
      text = $3::text,
      at = now()
    from newest
    where v.point_id = $4::uuid
      and v.version = newest.version
      and newest.author_id = $5::uuid
      and newest.started_at > now() - interval '10 minutes'
    returning 1
  )
insert into talking_point_version (point_id, version, organization_id, author_id, text)
select $6::uuid,
  $7::integer,
  $8::uuid,
  $9::uuid,
  $10::text
where not exists (
  select 1
  from merged
);

with newest as (
  select version,
    author_id,
    started_at
  from shared_notes_version
  where notes_id = $1::uuid
  order by version desc
  limit 1
),
  merged as (
    update shared_notes_version v
    set version = $2::integer,
      text = $3::text,
      at = now()
    from newest
    where v.notes_id = $4::uuid
      and v.version = newest.version
      and newest.author_id = $5::uuid
      and newest.started_at > now() - interval '10 minutes'
    returning 1
  )
insert into shared_notes_version (notes_id, version, organization_id, author_id, text)
select $6::uuid,
  $7::integer,
  $8::uuid,
  $9::uuid,
  $10::text
where not exists (
  select 1
  from merged
);

with newest as (
  select version,
    author_id,
    started_at
  from action_item_version
  where item_id = $1::uuid
  order by version desc
  limit 1
),
  merged as (
    update action_item_version v
    set version = $2::integer,
      text = $3::text,
      at = now()
    from newest
    where v.item_id = $4::uuid
      and v.version = newest.version
      and newest.author_id = $5::uuid
      and newest.started_at > now() - interval '10 minutes'
    returning 1
  )
insert into action_item_version (item_id, version, organization_id, author_id, text)
select $6::uuid,
  $7::integer,
  $8::uuid,
  $9::uuid,
  $10::text
where not exists (
  select 1
  from merged
);

-- findByTexts
select point_id as "textId",
  version,
  text,
  author_id as "authorId",
  at
from talking_point_version
where point_id = any($1::uuid[])
order by point_id,
  version desc;

select notes_id as "textId",
  version,
  text,
  author_id as "authorId",
  at
from shared_notes_version
where notes_id = any($1::uuid[])
order by notes_id,
  version desc;

select item_id as "textId",
  version,
  text,
  author_id as "authorId",
  at
from action_item_version
where item_id = any($1::uuid[])
order by item_id,
  version desc;
