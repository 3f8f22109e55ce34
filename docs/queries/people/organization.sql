-- OrganizationRepository in libs/people/organization/organization.repository.ts. Written by npm run schema.

-- findByIds
select "o"."id" as "id",
  "o"."name" as "name",
  "o"."time_zone" as "timeZone",
  "o"."leaders_share_first" as "leadersShareFirst",
  "o"."minimum_group_size" as "minimumGroupSize",
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
  "conversation_retention_months" = $6,
  "access_log_retention_months" = $7,
  "purpose" = $8
where id = $9;

update "organization"
set "id" = $1,
  "time_zone" = $2,
  "leaders_share_first" = $3,
  "conversation_retention_months" = $4,
  "access_log_retention_months" = $5
where id = $6;

update "organization"
set "id" = $1,
  "name" = $2,
  "leaders_share_first" = $3,
  "minimum_group_size" = $4,
  "access_log_retention_months" = $5,
  "purpose" = $6
where id = $7;

update "organization"
set "id" = $1,
  "leaders_share_first" = $2,
  "access_log_retention_months" = $3
where id = $4;
