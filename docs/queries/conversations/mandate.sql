-- MandateRepository in libs/conversations/mandates/mandate.repository.ts. Written by npm run schema.

-- findByIds
select "m"."id" as "id",
  "m"."organization_id" as "organizationId",
  "m"."granted_by_id" as "grantedById",
  "m"."to_id" as "toId",
  "m"."line_id" as "lineId",
  "m"."text" as "text",
  "m"."last_day" as "lastDay",
  m.published
  and state.ended_at is null as "published",
  state.ended_at as "endedAt",
  'Mandate' as "__typename",
  own.version,
  own.publication_asked_by_id as "publicationAskedById"
from mandate m
left join mandate_own own on own.mandate_id = m.id
cross join lateral (
  select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
) state
where m.id = any($1::uuid[]);

-- findById
select "m"."id" as "id",
  "m"."organization_id" as "organizationId",
  "m"."granted_by_id" as "grantedById",
  "m"."to_id" as "toId",
  "m"."line_id" as "lineId",
  "m"."text" as "text",
  "m"."last_day" as "lastDay",
  m.published
  and state.ended_at is null as "published",
  state.ended_at as "endedAt",
  'Mandate' as "__typename",
  own.version,
  own.publication_asked_by_id as "publicationAskedById"
from mandate m
left join mandate_own own on own.mandate_id = m.id
cross join lateral (
  select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
) state
where m.id = any($1::uuid[]);

-- findPagesByOneToOnes
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "m"."id" as "id",
    "m"."organization_id" as "organizationId",
    "m"."granted_by_id" as "grantedById",
    "m"."to_id" as "toId",
    "m"."line_id" as "lineId",
    "m"."text" as "text",
    "m"."last_day" as "lastDay",
    m.published
    and state.ended_at is null as "published",
    state.ended_at as "endedAt",
    'Mandate' as "__typename",
    own.version,
    own.publication_asked_by_id as "publicationAskedById",
    (own.granted_at)::text as "cursorKey1",
    (m.id)::text as "cursorKey2"
  from one_to_one o
  join mandate m on (m.granted_by_id = o.first_id and m.to_id = o.second_id)
    or (m.granted_by_id = o.second_id and m.to_id = o.first_id)
  join mandate_own own on own.mandate_id = m.id
  cross join lateral (
    select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
  ) state
  where o.id = parent.id
    and (own.granted_at, m.id) > ($2::timestamptz, $3::uuid)
  order by own.granted_at asc,
    m.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "m"."id" as "id",
    "m"."organization_id" as "organizationId",
    "m"."granted_by_id" as "grantedById",
    "m"."to_id" as "toId",
    "m"."line_id" as "lineId",
    "m"."text" as "text",
    "m"."last_day" as "lastDay",
    m.published
    and state.ended_at is null as "published",
    state.ended_at as "endedAt",
    'Mandate' as "__typename",
    own.version,
    own.publication_asked_by_id as "publicationAskedById",
    (own.granted_at)::text as "cursorKey1",
    (m.id)::text as "cursorKey2"
  from one_to_one o
  join mandate m on (m.granted_by_id = o.first_id and m.to_id = o.second_id)
    or (m.granted_by_id = o.second_id and m.to_id = o.first_id)
  join mandate_own own on own.mandate_id = m.id
  cross join lateral (
    select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
  ) state
  where o.id = parent.id
    and true
  order by own.granted_at desc,
    m.id desc
  limit $2
) as page;

-- findPublishedPages
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "m"."id" as "id",
    "m"."organization_id" as "organizationId",
    "m"."granted_by_id" as "grantedById",
    "m"."to_id" as "toId",
    "m"."line_id" as "lineId",
    "m"."text" as "text",
    "m"."last_day" as "lastDay",
    m.published
    and state.ended_at is null as "published",
    state.ended_at as "endedAt",
    'Mandate' as "__typename",
    own.version,
    own.publication_asked_by_id as "publicationAskedById",
    (m.id)::text as "cursorKey1"
  from mandate m
  left join mandate_own own on own.mandate_id = m.id
  cross join lateral (
    select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
  ) state
  where m.to_id = parent.id
    and m.published
    and state.ended_at is null
    and (m.id) < ($2::uuid)
  order by m.id desc
  limit $3
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "m"."id" as "id",
    "m"."organization_id" as "organizationId",
    "m"."granted_by_id" as "grantedById",
    "m"."to_id" as "toId",
    "m"."line_id" as "lineId",
    "m"."text" as "text",
    "m"."last_day" as "lastDay",
    m.published
    and state.ended_at is null as "published",
    state.ended_at as "endedAt",
    'Mandate' as "__typename",
    own.version,
    own.publication_asked_by_id as "publicationAskedById",
    (m.id)::text as "cursorKey1"
  from mandate m
  left join mandate_own own on own.mandate_id = m.id
  cross join lateral (
    select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
  ) state
  where m.to_id = parent.id
    and m.published
    and state.ended_at is null
    and true
  order by m.id asc
  limit $2
) as page;

-- lockOwn
select 1
from mandate
where id = $1::uuid
for update;

select "m"."id" as "id",
  "m"."organization_id" as "organizationId",
  "m"."granted_by_id" as "grantedById",
  "m"."to_id" as "toId",
  "m"."line_id" as "lineId",
  "m"."text" as "text",
  "m"."last_day" as "lastDay",
  m.published
  and state.ended_at is null as "published",
  state.ended_at as "endedAt",
  'Mandate' as "__typename",
  own.version,
  own.publication_asked_by_id as "publicationAskedById"
from mandate m
left join mandate_own own on own.mandate_id = m.id
cross join lateral (
  select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
) state
where m.id = any($1::uuid[]);

-- findLineOfReport
select app.open_line_of_report($1::uuid) as "lineId";

-- insert
insert into "mandate" ("organization_id", "text", "granted_by_id", "to_id", "line_id", "last_day")
values ($1, $2, $3, $4, $5, $6)
returning id;

-- update
update "mandate"
set "text" = $1,
  "last_day" = $2
where id = $3;

-- end
update mandate
set ended_at = now()
where id = $1::uuid;

-- askForPublication
update mandate_own
set publication_asked_by_id = $1::uuid
where mandate_id = $2::uuid;

-- publish
update mandate
set published = true
where id = $1::uuid;

-- unpublish
update mandate
set published = false
where id = $1::uuid
  and published;

update mandate_own
set publication_asked_by_id = null
where mandate_id = $1::uuid
  and publication_asked_by_id is not null;
