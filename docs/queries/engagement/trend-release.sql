-- TrendReleaseRepository in libs/engagement/trends/trend-release.repository.ts. Written by npm run schema.

-- findByIds
select "r"."id" as "id",
  "r"."organization_id" as "organizationId",
  "r"."period_key" as "periodKey",
  "r"."granularity" as "granularity",
  "r"."starts_on" as "startsOn",
  "r"."ends_on" as "endsOn",
  "r"."released_at" as "releasedAt",
  "r"."published_at" as "publishedAt",
  "r"."row_hash" as "rowHash",
  (
    select string_agg(e.text, E'

' order by e.at, e.id)
    from trend_erratum e
    where e.release_id = r.id
  ) as erratum,
  (r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => $1::integer) and not exists (
    select 1
    from trend_response s
    where s.release_id = r.id
  )) as "isResponseOverdue"
from trend_release r
where r.id = any($2::uuid[]);

-- findByKey
select "r"."id" as "id",
  "r"."organization_id" as "organizationId",
  "r"."period_key" as "periodKey",
  "r"."granularity" as "granularity",
  "r"."starts_on" as "startsOn",
  "r"."ends_on" as "endsOn",
  "r"."released_at" as "releasedAt",
  "r"."published_at" as "publishedAt",
  "r"."row_hash" as "rowHash",
  (
    select string_agg(e.text, E'

' order by e.at, e.id)
    from trend_erratum e
    where e.release_id = r.id
  ) as erratum,
  (r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => $1::integer) and not exists (
    select 1
    from trend_response s
    where s.release_id = r.id
  )) as "isResponseOverdue"
from trend_release r
where r.organization_id = $2
  and r.period_key = $3;

-- findPage
select "r"."id" as "id",
  "r"."organization_id" as "organizationId",
  "r"."period_key" as "periodKey",
  "r"."granularity" as "granularity",
  "r"."starts_on" as "startsOn",
  "r"."ends_on" as "endsOn",
  "r"."released_at" as "releasedAt",
  "r"."published_at" as "publishedAt",
  "r"."row_hash" as "rowHash",
  (
    select string_agg(e.text, E'

' order by e.at, e.id)
    from trend_erratum e
    where e.release_id = r.id
  ) as erratum,
  (r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => $1::integer) and not exists (
    select 1
    from trend_response s
    where s.release_id = r.id
  )) as "isResponseOverdue",
  (r.ends_on)::text as "cursorKey1",
  (r.granularity)::text as "cursorKey2",
  (r.id)::text as "cursorKey3"
from trend_release r
where r.organization_id = $2
  and (r.ends_on, r.granularity, r.id) > ($3::date, $4::text, $5::uuid)
order by r.ends_on asc,
  r.granularity asc,
  r.id asc
limit $6;

select "r"."id" as "id",
  "r"."organization_id" as "organizationId",
  "r"."period_key" as "periodKey",
  "r"."granularity" as "granularity",
  "r"."starts_on" as "startsOn",
  "r"."ends_on" as "endsOn",
  "r"."released_at" as "releasedAt",
  "r"."published_at" as "publishedAt",
  "r"."row_hash" as "rowHash",
  (
    select string_agg(e.text, E'

' order by e.at, e.id)
    from trend_erratum e
    where e.release_id = r.id
  ) as erratum,
  (r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => $1::integer) and not exists (
    select 1
    from trend_response s
    where s.release_id = r.id
  )) as "isResponseOverdue",
  (r.ends_on)::text as "cursorKey1",
  (r.granularity)::text as "cursorKey2",
  (r.id)::text as "cursorKey3"
from trend_release r
where r.organization_id = $2
  and true
order by r.ends_on desc,
  r.granularity desc,
  r.id desc
limit $3;

-- findWithin
select "r"."id" as "id",
  "r"."organization_id" as "organizationId",
  "r"."period_key" as "periodKey",
  "r"."granularity" as "granularity",
  "r"."starts_on" as "startsOn",
  "r"."ends_on" as "endsOn",
  "r"."released_at" as "releasedAt",
  "r"."published_at" as "publishedAt",
  "r"."row_hash" as "rowHash",
  (
    select string_agg(e.text, E'

' order by e.at, e.id)
    from trend_erratum e
    where e.release_id = r.id
  ) as erratum,
  (r.granularity = 'QUARTER' and r.released_at < now() - make_interval(days => $1::integer) and not exists (
    select 1
    from trend_response s
    where s.release_id = r.id
  )) as "isResponseOverdue"
from trend_release r
where r.organization_id = $2
  and r.starts_on >= $3::date
  and r.ends_on < $4::date + interval '1 month'
order by r.ends_on,
  r.granularity;
