-- HandoverRepository in libs/conversations/handover/handover.repository.ts. Written by npm run schema.

-- findAll
select h.id,
  h.person_id as "personId",
  h.from_id as "fromId",
  h.to_id as "toId",
  h.opened_on as "openedOn",
  h.completed_at as "completedAt",
  h."shareIds",
  h."actionItemIds",
  h."mandateIds",
  'Handover' as "__typename"
from (
  select change.*,
    content.*
  from (
    select h.line_id as id,
      h.person_id,
      h.from_id,
      h.to_id,
      h.opened_on,
      h.completed_at,
      coalesce((
        select min(e.ends_at)
        from reporting_line_end e
        where e.line_id = h.line_id
      ), h.completed_at) as ended_at
    from handover h
    union all
    select f.line_id,
      app.viewer(),
      f.from_id,
      f.to_id,
      f.opened_on,
      null,
      f.ended_at
    from app.own_former_managers() f
    where not exists (
      select 1
      from handover h
      where h.line_id = f.line_id
    )
  ) change
  cross join lateral (
    select array(
      select s.id
      from goal_share s
      join goal_share_own t on t.share_id = s.id
      where s.owner_id = change.person_id
        and s.with_id = change.from_id -- A line that is replaced ends at the beginning of the day, perhaps before a share that depends on it was made.
        and (s.line_id = change.id or (s.line_id is null and t.created_at < change.ended_at))
        and (s.ended_at is null or s.ended_at >= change.ended_at)
        and (s.expires_at is null or s.expires_at > change.ended_at)
      order by t.created_at desc,
        s.id
    ) as "shareIds",
      array(
        select i.id
        from action_item i
        join one_to_one o on o.id = i.one_to_one_id
        where o.first_id = least(change.person_id, change.from_id)
          and o.second_id = greatest(change.person_id, change.from_id)
          and i.state = 'OPEN'
        order by i.id
      ) as "actionItemIds",
      array(
        select m.id
        from mandate m
        join mandate_own own on own.mandate_id = m.id
        where m.line_id = change.id
          and m.to_id = change.person_id
          and (m.ended_at is null or m.ended_at >= change.ended_at)
          and (m.expires_at is null or m.expires_at > change.ended_at)
        order by own.granted_at,
          m.id
      ) as "mandateIds"
  ) content
  where change.completed_at is not null
    or cardinality("shareIds") + cardinality("actionItemIds") + cardinality("mandateIds") > 0
) h
order by h.opened_on desc,
  h.id;

-- findByIds
select h.id,
  h.person_id as "personId",
  h.from_id as "fromId",
  h.to_id as "toId",
  h.opened_on as "openedOn",
  h.completed_at as "completedAt",
  h."shareIds",
  h."actionItemIds",
  h."mandateIds",
  'Handover' as "__typename"
from (
  select change.*,
    content.*
  from (
    select h.line_id as id,
      h.person_id,
      h.from_id,
      h.to_id,
      h.opened_on,
      h.completed_at,
      coalesce((
        select min(e.ends_at)
        from reporting_line_end e
        where e.line_id = h.line_id
      ), h.completed_at) as ended_at
    from handover h
    union all
    select f.line_id,
      app.viewer(),
      f.from_id,
      f.to_id,
      f.opened_on,
      null,
      f.ended_at
    from app.own_former_managers() f
    where not exists (
      select 1
      from handover h
      where h.line_id = f.line_id
    )
  ) change
  cross join lateral (
    select array(
      select s.id
      from goal_share s
      join goal_share_own t on t.share_id = s.id
      where s.owner_id = change.person_id
        and s.with_id = change.from_id -- A line that is replaced ends at the beginning of the day, perhaps before a share that depends on it was made.
        and (s.line_id = change.id or (s.line_id is null and t.created_at < change.ended_at))
        and (s.ended_at is null or s.ended_at >= change.ended_at)
        and (s.expires_at is null or s.expires_at > change.ended_at)
      order by t.created_at desc,
        s.id
    ) as "shareIds",
      array(
        select i.id
        from action_item i
        join one_to_one o on o.id = i.one_to_one_id
        where o.first_id = least(change.person_id, change.from_id)
          and o.second_id = greatest(change.person_id, change.from_id)
          and i.state = 'OPEN'
        order by i.id
      ) as "actionItemIds",
      array(
        select m.id
        from mandate m
        join mandate_own own on own.mandate_id = m.id
        where m.line_id = change.id
          and m.to_id = change.person_id
          and (m.ended_at is null or m.ended_at >= change.ended_at)
          and (m.expires_at is null or m.expires_at > change.ended_at)
        order by own.granted_at,
          m.id
      ) as "mandateIds"
  ) content
  where change.completed_at is not null
    or cardinality("shareIds") + cardinality("actionItemIds") + cardinality("mandateIds") > 0
) h
where h.id = any($1::uuid[]);

-- findById
select h.id,
  h.person_id as "personId",
  h.from_id as "fromId",
  h.to_id as "toId",
  h.opened_on as "openedOn",
  h.completed_at as "completedAt",
  h."shareIds",
  h."actionItemIds",
  h."mandateIds",
  'Handover' as "__typename"
from (
  select change.*,
    content.*
  from (
    select h.line_id as id,
      h.person_id,
      h.from_id,
      h.to_id,
      h.opened_on,
      h.completed_at,
      coalesce((
        select min(e.ends_at)
        from reporting_line_end e
        where e.line_id = h.line_id
      ), h.completed_at) as ended_at
    from handover h
    union all
    select f.line_id,
      app.viewer(),
      f.from_id,
      f.to_id,
      f.opened_on,
      null,
      f.ended_at
    from app.own_former_managers() f
    where not exists (
      select 1
      from handover h
      where h.line_id = f.line_id
    )
  ) change
  cross join lateral (
    select array(
      select s.id
      from goal_share s
      join goal_share_own t on t.share_id = s.id
      where s.owner_id = change.person_id
        and s.with_id = change.from_id -- A line that is replaced ends at the beginning of the day, perhaps before a share that depends on it was made.
        and (s.line_id = change.id or (s.line_id is null and t.created_at < change.ended_at))
        and (s.ended_at is null or s.ended_at >= change.ended_at)
        and (s.expires_at is null or s.expires_at > change.ended_at)
      order by t.created_at desc,
        s.id
    ) as "shareIds",
      array(
        select i.id
        from action_item i
        join one_to_one o on o.id = i.one_to_one_id
        where o.first_id = least(change.person_id, change.from_id)
          and o.second_id = greatest(change.person_id, change.from_id)
          and i.state = 'OPEN'
        order by i.id
      ) as "actionItemIds",
      array(
        select m.id
        from mandate m
        join mandate_own own on own.mandate_id = m.id
        where m.line_id = change.id
          and m.to_id = change.person_id
          and (m.ended_at is null or m.ended_at >= change.ended_at)
          and (m.expires_at is null or m.expires_at > change.ended_at)
        order by own.granted_at,
          m.id
      ) as "mandateIds"
  ) content
  where change.completed_at is not null
    or cardinality("shareIds") + cardinality("actionItemIds") + cardinality("mandateIds") > 0
) h
where h.id = any($1::uuid[]);

-- insert
insert into "handover" ("line_id", "organization_id", "person_id", "from_id", "to_id", "opened_on")
values ($1, $2, $3, $4, $5, $6)
on conflict do nothing;

-- insertOffers
insert into "handover_offer" ("organization_id", "position", "text", "line_id", "kind", "day")
select given.*
from unnest($1::uuid[], $2::integer[], $3::text[], $4::uuid[], $5::text[], $6::date[]) as given ("organization_id", "position", "text", "line_id", "kind", "day");

-- findOffers
select "o"."id" as "id",
  "o"."line_id" as "handoverId",
  "o"."kind" as "kind",
  "o"."text" as "text",
  "o"."day" as "day",
  "o"."action_item_id" as "actionItemId",
  "o"."mandate_id" as "mandateId"
from handover_offer o
where o.line_id = any($1::uuid[])
order by o.line_id,
  o.kind,
  o.position;

-- findOffer
select "o"."id" as "id",
  "o"."line_id" as "handoverId",
  "o"."kind" as "kind",
  "o"."text" as "text",
  "o"."day" as "day",
  "o"."action_item_id" as "actionItemId",
  "o"."mandate_id" as "mandateId"
from handover_offer o
where o.id = $1::uuid;

-- lockOffer
select 1
from handover_offer
where id = $1::uuid
  and text <> app.removed_words()
for update;

select "o"."id" as "id",
  "o"."line_id" as "handoverId",
  "o"."kind" as "kind",
  "o"."text" as "text",
  "o"."day" as "day",
  "o"."action_item_id" as "actionItemId",
  "o"."mandate_id" as "mandateId"
from handover_offer o
where o.id = $1::uuid;

-- takeUp
update handover_offer
set action_item_id = $1::uuid
where id = $2::uuid;

update handover_offer
set mandate_id = $1::uuid
where id = $2::uuid;
