import { sql, type Sql } from '#db';

/** The time zone in which a goal owner's days begin and end: their own, or their organization's if they have not set one. */
export function ownerTimeZone(ownerId: Sql, organizationId: Sql): Sql {
  return sql`app.usable_time_zone(
    (select z.time_zone from person_time_zone z where z.person_id = ${ownerId}),
    (select o.time_zone from organization o where o.id = ${organizationId})
  )`;
}

/** The current day of a goal owner. */
export function ownerToday(ownerId: Sql, organizationId: Sql): Sql {
  return sql`(now() at time zone ${ownerTimeZone(ownerId, organizationId)})::date`;
}

/** The last day before `instant` in a time zone; null if the instant is null. */
export function lastDayBefore(instant: Sql, timeZone: Sql): Sql {
  return sql`case when ${instant} is not null then ((${instant} - interval '1 microsecond') at time zone ${timeZone})::date end`;
}
