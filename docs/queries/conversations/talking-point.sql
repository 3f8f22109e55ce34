-- TalkingPointRepository in libs/conversations/agenda/talking-point.repository.ts. Written by npm run schema.

-- findByIds
select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."discussed" as "discussed",
  "t"."raised_in_id" as "raisedInId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (case when t.conversation_id is null then (
    select count(*)
    from talking_point b
    where b.one_to_one_id = t.one_to_one_id
      and b.conversation_id is null
      and (b.position, b.id) < (t.position, t.id)
  ) else (
    select count(*)
    from talking_point b
    where b.conversation_id = t.conversation_id
      and (b.position, b.id) < (t.position, t.id)
  ) end + 1)::integer as "position"
from talking_point t
where t.id = any($1::uuid[]);

-- findById
select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."discussed" as "discussed",
  "t"."raised_in_id" as "raisedInId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (case when t.conversation_id is null then (
    select count(*)
    from talking_point b
    where b.one_to_one_id = t.one_to_one_id
      and b.conversation_id is null
      and (b.position, b.id) < (t.position, t.id)
  ) else (
    select count(*)
    from talking_point b
    where b.conversation_id = t.conversation_id
      and (b.position, b.id) < (t.position, t.id)
  ) end + 1)::integer as "position"
from talking_point t
where t.id = $1::uuid;

-- findByConversations
select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."discussed" as "discussed",
  "t"."raised_in_id" as "raisedInId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (row_number() over (partition by t.conversation_id order by t.position, t.id))::integer as "position"
from talking_point t
where t.conversation_id = any($1::uuid[])
order by t.conversation_id,
  t.position,
  t.id;

-- findWaiting
select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."discussed" as "discussed",
  "t"."raised_in_id" as "raisedInId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (row_number() over (partition by t.one_to_one_id order by t.position, t.id))::integer as "position"
from talking_point t
where t.one_to_one_id = any($1::uuid[])
  and t.conversation_id is null
order by t.one_to_one_id,
  t.position,
  t.id;

-- findSubjects
select s.point_id as "pointId",
  t.conversation_id as "conversationId",
  s.personal_goal_id as "personalGoalId",
  s.business_goal_id as "businessGoalId"
from talking_point_subject s
join talking_point t on t.id = s.point_id
where s.point_id = any($1::uuid[]);

-- findSubjectsOfConversations
select s.point_id as "pointId",
  t.conversation_id as "conversationId",
  s.personal_goal_id as "personalGoalId",
  s.business_goal_id as "businessGoalId"
from talking_point_subject s
join talking_point t on t.id = s.point_id
where t.conversation_id = any($1::uuid[])
order by t.position,
  t.id;

-- lock
select 1
from talking_point
where id = $1::uuid
for update;

select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."discussed" as "discussed",
  "t"."raised_in_id" as "raisedInId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (case when t.conversation_id is null then (
    select count(*)
    from talking_point b
    where b.one_to_one_id = t.one_to_one_id
      and b.conversation_id is null
      and (b.position, b.id) < (t.position, t.id)
  ) else (
    select count(*)
    from talking_point b
    where b.conversation_id = t.conversation_id
      and (b.position, b.id) < (t.position, t.id)
  ) end + 1)::integer as "position"
from talking_point t
where t.id = $1::uuid;

-- insert
with added as (
  insert into talking_point as t (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
  values ($1, $2, $3, $4, $5, $6, $7)
  returning "t"."id" as "id",
    "t"."organization_id" as "organizationId",
    "t"."one_to_one_id" as "oneToOneId",
    "t"."conversation_id" as "conversationId",
    "t"."author_id" as "authorId",
    "t"."text" as "text",
    "t"."draft" as "draft",
    "t"."discussed" as "discussed",
    "t"."raised_in_id" as "raisedInId",
    "t"."times_carried" as "timesCarried",
    "t"."version" as "version",
    'TalkingPoint' as "__typename",
    (case when t.conversation_id is null then (
      select count(*)
      from talking_point b
      where b.one_to_one_id = t.one_to_one_id
        and b.conversation_id is null
        and (b.position, b.id) < (t.position, t.id)
    ) else (
      select count(*)
      from talking_point b
      where b.conversation_id = t.conversation_id
        and (b.position, b.id) < (t.position, t.id)
    ) end + 1)::integer as "position"
),
  recorded as (
    insert into talking_point_version (point_id, version, organization_id, author_id, text)
    select "id",
      "version",
      "organizationId",
      "authorId",
      "text"
    from added
  )
select *
from added;

-- update
update talking_point
set text = $1,
  discussed = $2,
  version = version + 1
where id = $3::uuid;

-- share
update talking_point
set draft = false,
  version = version + 1
where id = $1::uuid;

-- place
select app.place_point($1::uuid, $2::uuid) as placed;

-- remove
delete from talking_point
where id = $1::uuid;

-- setSubject
select app.forget_point_subject($1::uuid);

insert into talking_point_subject (point_id, organization_id, author_id, personal_goal_id, business_goal_id)
select $1::uuid,
  $2::uuid,
  $3::uuid,
  found.personal_goal_id,
  found.business_goal_id
from (
  select g.id as personal_goal_id,
    null::uuid as business_goal_id
  from personal_goal g
  where g.id = $4::uuid
  union all
  select null,
    b.id
  from business_goal b
  where b.id = $5::uuid
) found;
