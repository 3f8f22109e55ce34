-- ThrottleRepository in libs/auth/throttle.repository.ts. Written by npm run schema.

-- count
select app.admit_attempts($1::text[], $2::double precision[], $3::double precision[], $4::double precision[], $5::double precision[]) as wait;

-- takeBack
select app.forgive_attempts($1::text[], $2::text[]);

-- countDaily
select app.count_daily($1, $2::text[], $3) as wait;

-- countDailyEach
select about
from (
  select a.about,
    app.count_daily($1, array[a.about], $2) as wait
  from (
    select unnest($3::text[]) as about
    order by 1
  ) a
  offset 0
) counted
where wait > 0;

-- chargeCost
select app.charge_cost($1, $2, $3) as used;

-- isKnownDevice
select app.is_known_device($1, $2) as known;

-- forget
select app.delete_expired_keys_and_throttles() as count;
