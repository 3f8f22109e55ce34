-- ConversationRepository in libs/conversations/agenda/conversation.repository.ts. Written by npm run schema.

-- findByIds
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"
from conversation c
where c.id = any($1::uuid[]);

-- findById
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"
from conversation c
where c.id = $1::uuid;

-- findPages
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "c"."id" as "id",
    "c"."organization_id" as "organizationId",
    "c"."one_to_one_id" as "oneToOneId",
    "c"."status" as "status",
    "c"."scheduled_at" as "scheduledAt",
    "c"."held_at" as "heldAt",
    "c"."closed_at" as "closedAt",
    "c"."planned_after_id" as "plannedAfterId",
    "c"."series_at" as "seriesAt",
    "c"."off_the_record_by_id" as "offTheRecordById",
    "c"."notes_import_id" as "notesImportId",
    "c"."version" as "version",
    c.off_the_record_by_id is not null as "offTheRecord",
    'Conversation' as "__typename",
    (c.scheduled_at)::text as "cursorKey1",
    (c.id)::text as "cursorKey2"
  from conversation c
  where c.one_to_one_id = parent.id
    and (c.scheduled_at, c.id) > ($2::timestamptz, $3::uuid)
    and c.status = any($4::text[])
  order by c.scheduled_at asc,
    c.id asc
  limit $5
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "c"."id" as "id",
    "c"."organization_id" as "organizationId",
    "c"."one_to_one_id" as "oneToOneId",
    "c"."status" as "status",
    "c"."scheduled_at" as "scheduledAt",
    "c"."held_at" as "heldAt",
    "c"."closed_at" as "closedAt",
    "c"."planned_after_id" as "plannedAfterId",
    "c"."series_at" as "seriesAt",
    "c"."off_the_record_by_id" as "offTheRecordById",
    "c"."notes_import_id" as "notesImportId",
    "c"."version" as "version",
    c.off_the_record_by_id is not null as "offTheRecord",
    'Conversation' as "__typename",
    (c.scheduled_at)::text as "cursorKey1",
    (c.id)::text as "cursorKey2"
  from conversation c
  where c.one_to_one_id = parent.id
    and true
    and true
  order by c.scheduled_at desc,
    c.id desc
  limit $2
) as page;

-- findPagesWithText
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "c"."id" as "id",
    "c"."organization_id" as "organizationId",
    "c"."one_to_one_id" as "oneToOneId",
    "c"."status" as "status",
    "c"."scheduled_at" as "scheduledAt",
    "c"."held_at" as "heldAt",
    "c"."closed_at" as "closedAt",
    "c"."planned_after_id" as "plannedAfterId",
    "c"."series_at" as "seriesAt",
    "c"."off_the_record_by_id" as "offTheRecordById",
    "c"."notes_import_id" as "notesImportId",
    "c"."version" as "version",
    c.off_the_record_by_id is not null as "offTheRecord",
    'Conversation' as "__typename",
    (c.scheduled_at)::text as "cursorKey1",
    (c.id)::text as "cursorKey2"
  from conversation c
  cross join (
    select '%' || regexp_replace(searchable($2), '([\\%_])', '\\\1', 'g') || '%' as words
  ) pattern
  where c.one_to_one_id = parent.id
    and (c.scheduled_at, c.id) > ($3::timestamptz, $4::uuid)
    and c.off_the_record_by_id is null
    and (exists (
      select 1
      from talking_point t
      where t.conversation_id = c.id
        and searchable(t.text) like pattern.words
    ) or exists (
      select 1
      from action_item i
      where i.made_in_id = c.id
        and searchable(i.text) like pattern.words
    ) or exists (
      select 1
      from shared_notes n
      where n.conversation_id = c.id
        and searchable(n.text) like pattern.words
    ) or exists (
      select 1
      from private_notes n
      where n.conversation_id = c.id
        and searchable(n.text) like pattern.words
    ))
  order by c.scheduled_at asc,
    c.id asc
  limit $5
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "c"."id" as "id",
    "c"."organization_id" as "organizationId",
    "c"."one_to_one_id" as "oneToOneId",
    "c"."status" as "status",
    "c"."scheduled_at" as "scheduledAt",
    "c"."held_at" as "heldAt",
    "c"."closed_at" as "closedAt",
    "c"."planned_after_id" as "plannedAfterId",
    "c"."series_at" as "seriesAt",
    "c"."off_the_record_by_id" as "offTheRecordById",
    "c"."notes_import_id" as "notesImportId",
    "c"."version" as "version",
    c.off_the_record_by_id is not null as "offTheRecord",
    'Conversation' as "__typename",
    (c.scheduled_at)::text as "cursorKey1",
    (c.id)::text as "cursorKey2"
  from conversation c
  cross join (
    select '%' || regexp_replace(searchable($2), '([\\%_])', '\\\1', 'g') || '%' as words
  ) pattern
  where c.one_to_one_id = parent.id
    and true
    and c.off_the_record_by_id is null
    and (exists (
      select 1
      from talking_point t
      where t.conversation_id = c.id
        and searchable(t.text) like pattern.words
    ) or exists (
      select 1
      from action_item i
      where i.made_in_id = c.id
        and searchable(i.text) like pattern.words
    ) or exists (
      select 1
      from shared_notes n
      where n.conversation_id = c.id
        and searchable(n.text) like pattern.words
    ) or exists (
      select 1
      from private_notes n
      where n.conversation_id = c.id
        and searchable(n.text) like pattern.words
    ))
  order by c.scheduled_at desc,
    c.id desc
  limit $3
) as page;

-- findNext
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "c"."id" as "id",
    "c"."organization_id" as "organizationId",
    "c"."one_to_one_id" as "oneToOneId",
    "c"."status" as "status",
    "c"."scheduled_at" as "scheduledAt",
    "c"."held_at" as "heldAt",
    "c"."closed_at" as "closedAt",
    "c"."planned_after_id" as "plannedAfterId",
    "c"."series_at" as "seriesAt",
    "c"."off_the_record_by_id" as "offTheRecordById",
    "c"."notes_import_id" as "notesImportId",
    "c"."version" as "version",
    c.off_the_record_by_id is not null as "offTheRecord",
    'Conversation' as "__typename"
  from conversation c
  join one_to_one o on o.id = c.one_to_one_id
  where c.one_to_one_id = parent.id
    and c.status = 'PLANNED'
    and o.state = 'OPEN'
    and not exists (
      select 1
      from employment_end e
      where e.person_id in (o.first_id, o.second_id)
        and e.ended_at <= now()
    )
  order by c.scheduled_at asc,
    c.id asc
  limit 1
) as page;

-- findLastHeld
select c.one_to_one_id as "oneToOneId",
  max(c.held_at) as "heldAt"
from conversation c
where c.one_to_one_id = any($1::uuid[])
  and c.status = 'HELD'
group by 1;

-- findPlannedPage
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename",
  (c.scheduled_at)::text as "cursorKey1",
  (c.id)::text as "cursorKey2"
from conversation c
join one_to_one o on o.id = c.one_to_one_id
where (o.first_id = $1::uuid or o.second_id = $2::uuid)
  and o.state = 'OPEN'
  and not exists (
    select 1
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  )
  and c.status = 'PLANNED'
  and (c.scheduled_at, c.id) < ($3::timestamptz, $4::uuid)
order by c.scheduled_at desc,
  c.id desc
limit $5;

select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename",
  (c.scheduled_at)::text as "cursorKey1",
  (c.id)::text as "cursorKey2"
from conversation c
join one_to_one o on o.id = c.one_to_one_id
where (o.first_id = $1::uuid or o.second_id = $2::uuid)
  and o.state = 'OPEN'
  and not exists (
    select 1
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  )
  and c.status = 'PLANNED'
  and true
order by c.scheduled_at asc,
  c.id asc
limit $3;

-- findPlanned
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"
from conversation c
where c.one_to_one_id = $1::uuid
  and c.status = 'PLANNED'
order by c.scheduled_at asc,
  c.id asc;

-- findPlannedAfter
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"
from conversation c
where c.one_to_one_id = $1::uuid
  and c.planned_after_id = $2::uuid
  and c.status = 'PLANNED';

-- findTaken
select moment.at
from conversation c
cross join unnest(array[c.series_at, c.scheduled_at]) moment(at)
where c.one_to_one_id = $1::uuid
  and moment.at > $2
  and c.id is distinct from $3::uuid;

-- findByNotesImports
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."one_to_one_id" as "oneToOneId",
  "c"."status" as "status",
  "c"."scheduled_at" as "scheduledAt",
  "c"."held_at" as "heldAt",
  "c"."closed_at" as "closedAt",
  "c"."planned_after_id" as "plannedAfterId",
  "c"."series_at" as "seriesAt",
  "c"."off_the_record_by_id" as "offTheRecordById",
  "c"."notes_import_id" as "notesImportId",
  "c"."version" as "version",
  c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"
from conversation c
where c.notes_import_id = any($1::uuid[])
order by c.scheduled_at desc,
  c.id desc;

-- isTaken
select 1
from conversation c
where c.one_to_one_id = $1::uuid
  and c.scheduled_at = $2
  and c.status in ('PLANNED', 'HELD')
  and c.id is distinct from $3::uuid
limit 1;

-- heldAround
select 1
from conversation c
where c.one_to_one_id = $1::uuid
  and c.status = 'HELD'
  and c.held_at > $2::timestamptz - make_interval(mins => $3)
  and c.held_at < $4::timestamptz + make_interval(mins => $5)
limit 1;

-- hasSharedContent
select app.has_shared_content($1::uuid) as written;

-- insertPlanned
insert into "conversation" ("organization_id", "one_to_one_id", "scheduled_at", "planned_after_id", "series_at")
values ($1, $2, $3, $4, $5)
returning id;

insert into "conversation" ("organization_id", "one_to_one_id", "scheduled_at")
values ($1, $2, $3)
returning id;

-- insertHeld
insert into "conversation" ("organization_id", "one_to_one_id", "status", "scheduled_at", "held_at")
values ($1, $2, $3, $4, $5)
returning id;

-- update
update "conversation"
set "status" = $1,
  "scheduled_at" = $2,
  "series_at" = $3,
  "held_at" = $4,
  "off_the_record_by_id" = $5,
  "version" = $6
where id = $7;

update "conversation"
set "version" = $1
where id = $2;

update "conversation"
set "status" = $1,
  "series_at" = $2,
  "held_at" = $3,
  "version" = $4
where id = $5;

update "conversation"
set "status" = $1,
  "scheduled_at" = $2,
  "held_at" = $3,
  "off_the_record_by_id" = $4,
  "version" = $5
where id = $6;

update "conversation"
set "status" = $1,
  "held_at" = $2,
  "version" = $3
where id = $4;
