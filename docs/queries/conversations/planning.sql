-- PlanningRepository in libs/conversations/pairs/planning.repository.ts. Written by npm run schema.

-- findUnplanned
select id,
  recurrence,
  starts_at as "startsAt",
  time_zone as "timeZone",
  taken
from app.one_to_ones_to_plan($1::uuid, $2);

-- plan
select app.plan_conversation($1::uuid, $2, $3) as planned;

-- remindBefore
select app.remind_before_conversations() as mails;

-- remindAfter
select app.remind_after_conversations() as mails;
