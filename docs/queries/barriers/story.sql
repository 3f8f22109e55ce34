-- StoryRepository in libs/barriers/stories/story.repository.ts. Written by npm run schema.

-- findByIds
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."barrier_id" as "barrierId",
  "s"."text" as "text",
  "s"."created_on" as "createdOn",
  author.person_id as "authorId",
  author.named
from story s
left join story_author author on author.story_id = s.id
where s.id = any($1::uuid[]);

-- findById
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."barrier_id" as "barrierId",
  "s"."text" as "text",
  "s"."created_on" as "createdOn",
  author.person_id as "authorId",
  author.named
from story s
left join story_author author on author.story_id = s.id
where s.id = $1;

-- findPage
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."barrier_id" as "barrierId",
  "s"."text" as "text",
  "s"."created_on" as "createdOn",
  author.person_id as "authorId",
  author.named,
  (s.created_on)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from story s
left join story_author author on author.story_id = s.id
where s.organization_id = $1
  and (s.created_on, s.id) > ($2::date, $3::uuid)
order by s.created_on asc,
  s.id asc
limit $4;

select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."barrier_id" as "barrierId",
  "s"."text" as "text",
  "s"."created_on" as "createdOn",
  author.person_id as "authorId",
  author.named,
  (s.created_on)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from story s
left join story_author author on author.story_id = s.id
where s.organization_id = $1
  and true
order by s.created_on desc,
  s.id desc
limit $2;

-- findPagesByBarriers
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "s"."id" as "id",
    "s"."organization_id" as "organizationId",
    "s"."barrier_id" as "barrierId",
    "s"."text" as "text",
    "s"."created_on" as "createdOn",
    author.person_id as "authorId",
    author.named,
    (s.created_on)::text as "cursorKey1",
    (s.id)::text as "cursorKey2"
  from story s
  left join story_author author on author.story_id = s.id
  where s.barrier_id = parent.id
    and (s.created_on, s.id) > ($2::date, $3::uuid)
  order by s.created_on asc,
    s.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "s"."id" as "id",
    "s"."organization_id" as "organizationId",
    "s"."barrier_id" as "barrierId",
    "s"."text" as "text",
    "s"."created_on" as "createdOn",
    author.person_id as "authorId",
    author.named,
    (s.created_on)::text as "cursorKey1",
    (s.id)::text as "cursorKey2"
  from story s
  left join story_author author on author.story_id = s.id
  where s.barrier_id = parent.id
    and true
  order by s.created_on desc,
    s.id desc
  limit $2
) as page;

-- insert
insert into "story" ("organization_id", "barrier_id", "text")
values ($1, $2, $3)
returning id;

insert into "story" ("organization_id", "text")
values ($1, $2)
returning id;

insert into "story" ("organization_id", "barrier_id")
values ($1, $2)
returning id;

insert into "story" ("organization_id")
values ($1)
returning id;

-- delete
delete from story
where id = $1;

-- setNamed
update story_author
set named = $1
where story_id = $2;

-- countAdopters
select story_id as "storyId",
  people
from app.story_adopters($1::uuid[]);

-- findAdopted
select a.story_id as "storyId"
from story_adoption a
where a.story_id = any($1::uuid[]);

-- addAdoption
insert into story_adoption (story_id, person_id, organization_id)
values ($1, $2, $3)
on conflict do nothing;

-- removeAdoption
delete from story_adoption
where story_id = $1
  and person_id = $2;
