-- OrganizationRepository in libs/people/organization/organization.repository.ts. Written by npm run schema.

-- findByIds
select "o"."id" as "id",
  "o"."name" as "name",
  "o"."time_zone" as "timeZone",
  "o"."leaders_share_first" as "leadersShareFirst",
  "o"."minimum_group_size" as "minimumGroupSize",
  "o"."trends_visible_to" as "trendsVisibleTo",
  "o"."trends_published_after_days" as "trendsPublishedAfterDays",
  "o"."pulse_rhythm" as "pulseRhythm",
  "o"."conversation_retention_months" as "conversationRetentionMonths",
  "o"."access_log_retention_months" as "accessLogRetentionMonths",
  "o"."purpose" as "purpose",
  app.usable_time_zone(o.time_zone) as "timeZone"
from organization o
where o.id = any($1::uuid[]);

-- lock
select "o"."id" as "id",
  "o"."name" as "name",
  "o"."time_zone" as "timeZone",
  "o"."leaders_share_first" as "leadersShareFirst",
  "o"."minimum_group_size" as "minimumGroupSize",
  "o"."trends_visible_to" as "trendsVisibleTo",
  "o"."trends_published_after_days" as "trendsPublishedAfterDays",
  "o"."pulse_rhythm" as "pulseRhythm",
  "o"."conversation_retention_months" as "conversationRetentionMonths",
  "o"."access_log_retention_months" as "accessLogRetentionMonths",
  "o"."purpose" as "purpose",
  app.usable_time_zone(o.time_zone) as "timeZone"
from organization o
where o.id = $1
for no key update of o;

-- update
update "organization"
set "id" = $1,
  "name" = $2,
  "time_zone" = $3,
  "leaders_share_first" = $4,
  "minimum_group_size" = $5,
  "trends_visible_to" = $6,
  "trends_published_after_days" = $7,
  "pulse_rhythm" = $8,
  "conversation_retention_months" = $9,
  "access_log_retention_months" = $10,
  "purpose" = $11
where id = $12;

update "organization"
set "id" = $1,
  "time_zone" = $2,
  "leaders_share_first" = $3,
  "trends_visible_to" = $4,
  "trends_published_after_days" = $5,
  "conversation_retention_months" = $6,
  "access_log_retention_months" = $7
where id = $8;

update "organization"
set "id" = $1,
  "name" = $2,
  "leaders_share_first" = $3,
  "minimum_group_size" = $4,
  "trends_published_after_days" = $5,
  "pulse_rhythm" = $6,
  "access_log_retention_months" = $7,
  "purpose" = $8
where id = $9;

update "organization"
set "id" = $1,
  "leaders_share_first" = $2,
  "trends_published_after_days" = $3,
  "access_log_retention_months" = $4
where id = $5;
