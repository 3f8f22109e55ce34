-- TalkingPointRepository in libs/conversations/agenda/talking-point.repository.ts. Written by npm run schema.

-- findByIds
select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (1 + case when t.conversation_id is null then (
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
  ) end)::integer as "position"
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
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (1 + case when t.conversation_id is null then (
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
  ) end)::integer as "position"
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
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename"
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
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename"
from talking_point t
where t.one_to_one_id = any($1::uuid[])
  and t.conversation_id is null
order by t.one_to_one_id,
  t.position,
  t.id;

-- findPostponedFrom
select k.point_id as "pointId",
  k.from_id as "conversationId"
from talking_point_carry k
join talking_point t on t.id = k.point_id
join conversation c on c.id = k.from_id
where k.point_id = any($1::uuid[])
  and k.postponed
  and c.status = 'PLANNED'
  and not t.discussed
  and k.to_id is not distinct from t.conversation_id;

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
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (1 + case when t.conversation_id is null then (
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
  ) end)::integer as "position"
from talking_point t
where t.id = $1::uuid;

-- insert
with added as (
  insert into "talking_point" ("organization_id", "text", "author_id", "one_to_one_id", "conversation_id", "draft", "from_customer", "question_id", "standing", "raised_in_id")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  returning "talking_point"."id" as "id",
    "talking_point"."organization_id" as "organizationId",
    "talking_point"."one_to_one_id" as "oneToOneId",
    "talking_point"."conversation_id" as "conversationId",
    "talking_point"."author_id" as "authorId",
    "talking_point"."text" as "text",
    "talking_point"."draft" as "draft",
    "talking_point"."from_customer" as "fromCustomer",
    "talking_point"."discussed" as "discussed",
    "talking_point"."standing" as "standing",
    "talking_point"."raised_in_id" as "raisedInId",
    "talking_point"."question_id" as "questionId",
    "talking_point"."times_carried" as "timesCarried",
    "talking_point"."version" as "version",
    'TalkingPoint' as "__typename",
    (1 + case when talking_point.conversation_id is null then (
      select count(*)
      from talking_point b
      where b.one_to_one_id = talking_point.one_to_one_id
        and b.conversation_id is null
        and (b.position, b.id) < (talking_point.position, talking_point.id)
    ) else (
      select count(*)
      from talking_point b
      where b.conversation_id = talking_point.conversation_id
        and (b.position, b.id) < (talking_point.position, talking_point.id)
    ) end)::integer as "position"
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
select added.*,
  (
    select row_to_json(author)
    from (
      select "p"."id" as "id",
        "p"."organization_id" as "organizationId",
        "p"."name" as "name",
        "p"."email" as "email",
        "p"."title" as "title",
        "p"."department_id" as "departmentId",
        "p"."location_id" as "locationId",
        "p"."hired_on" as "hiredOn"
      from person p
      where p.id = added."authorId"
    ) author
  ) as "author"
from added;

-- insertDrafts
with added as (
  insert into talking_point (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, position)
  select $1::uuid,
    $2::uuid,
    $3::uuid,
    $4::uuid,
    $5::uuid,
    line.text,
    0
  from unnest($6::text[])
  with ordinality line(text, place)
  order by line.place
  returning id,
    version,
    organization_id,
    author_id,
    text
)
insert into talking_point_version (point_id, version, organization_id, author_id, text)
select id,
  version,
  organization_id,
  author_id,
  text
from added;

-- update
update "talking_point"
set "text" = $1,
  "from_customer" = $2,
  "standing" = $3,
  "discussed" = $4,
  "version" = $5
where id = $6;

update "talking_point"
set "version" = $1
where id = $2;

update "talking_point"
set "text" = $1,
  "standing" = $2,
  "discussed" = $3,
  "version" = $4
where id = $5;

update "talking_point"
set "text" = $1,
  "from_customer" = $2,
  "discussed" = $3,
  "version" = $4
where id = $5;

update "talking_point"
set "text" = $1,
  "discussed" = $2,
  "version" = $3
where id = $4;

-- share
update talking_point
set draft = false,
  version = version + 1
where id = any($1::uuid[])
  and draft;

-- place
select app.place_point($1::uuid, $2::uuid) as placed;

-- delete
delete from talking_point
where id = $1::uuid;

-- lockAll
select 1
from talking_point
where id = any($1::uuid[])
order by id
for update;

select "t"."id" as "id",
  "t"."organization_id" as "organizationId",
  "t"."one_to_one_id" as "oneToOneId",
  "t"."conversation_id" as "conversationId",
  "t"."author_id" as "authorId",
  "t"."text" as "text",
  "t"."draft" as "draft",
  "t"."from_customer" as "fromCustomer",
  "t"."discussed" as "discussed",
  "t"."standing" as "standing",
  "t"."raised_in_id" as "raisedInId",
  "t"."question_id" as "questionId",
  "t"."times_carried" as "timesCarried",
  "t"."version" as "version",
  'TalkingPoint' as "__typename",
  (1 + case when t.conversation_id is null then (
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
  ) end)::integer as "position"
from talking_point t
where t.id = any($1::uuid[]);

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
