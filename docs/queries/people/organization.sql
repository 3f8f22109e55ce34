-- OrganizationRepository in libs/people/organization/organization.repository.ts. Written by npm run schema.

-- findByIds
select "o"."id" as "id",
  "o"."name" as "name",
  "o"."time_zone" as "timeZone",
  "o"."leaders_share_first" as "leadersShareFirst",
  "o"."purpose" as "purpose",
  app.usable_time_zone(o.time_zone) as "timeZone"
from organization o
where o.id = any($1::uuid[]);

-- lock
select "o"."id" as "id",
  "o"."name" as "name",
  "o"."time_zone" as "timeZone",
  "o"."leaders_share_first" as "leadersShareFirst",
  "o"."purpose" as "purpose",
  app.usable_time_zone(o.time_zone) as "timeZone"
from organization o
where o.id = $1
for no key update of o;

-- updateSettings
update organization
set time_zone = $1,
  leaders_share_first = $2
where id = $3;
