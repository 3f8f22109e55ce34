import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { PersonalGoalShareEntity, type PersonalGoalShareRow } from './personal-goal-share.entity.js';

/** The columns of {@link PersonalGoalShareRow} from `goal_share s` and, for its owner, `goal_share_own t`. */
const shareColumns = sql`${columns(PersonalGoalShareEntity, 's')}, app.own_share_state(s.id) as "state", t.created_at as "createdAt"`;
const shares = sql`goal_share s left join goal_share_own t on t.share_id = s.id`;

/** A share to be made. Whether it waits, and on which reporting line it rests, the database settles. */
export interface NewShare {
  readonly goalId: string;
  readonly organizationId: string;
  readonly ownerId: string;
  readonly withId: string;
  readonly includesPast: boolean;
  readonly waits: boolean;
  readonly expiresAt: Date | null;
}

/** What about a live share changes; absent: nothing. */
export interface ShareChanges {
  readonly includesPast?: boolean;
  readonly letThrough?: boolean;
  readonly expiresAt?: Date | null;
}

@Injectable()
export class PersonalGoalShareRepository {
  async findByIds(em: EntityManager, ids: readonly string[]): Promise<Map<string, PersonalGoalShareRow>> {
    const found = await rows<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares} where s.id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((share) => [share.id, share]));
  }

  async findById(em: EntityManager, id: string): Promise<PersonalGoalShareRow | undefined> {
    return (await this.findByIds(em, [id])).get(id);
  }

  /** By goal, the newest first, for the viewer's own goals; a goal of somebody else is left out. */
  async findByOwnGoals(
    em: EntityManager,
    goalIds: readonly string[],
  ): Promise<Map<string, PersonalGoalShareRow[]>> {
    const found = await rows<{ ownGoalId: string } & (PersonalGoalShareRow | { id: null })>(
      em,
      sql`select o.goal_id as "ownGoalId", ${shareColumns}
        from personal_goal_own o left join (${shares}) on s.goal_id = o.goal_id and s.owner_id = o.owner_id
        where o.goal_id = any(${goalIds}::uuid[]) order by o.goal_id, t.created_at desc, s.id desc`,
    );
    const byGoal = new Map<string, PersonalGoalShareRow[]>(found.map(({ ownGoalId }) => [ownGoalId, []]));
    for (const share of found) if (share.id !== null) byGoal.get(share.ownGoalId)?.push(share);
    return byGoal;
  }

  /** What of one's own waits for a manager to share first, the oldest first. */
  findPending(em: EntityManager, ownerId: string): Promise<PersonalGoalShareRow[]> {
    return rows<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares}
        where s.owner_id = ${ownerId} and s.waiting and s.ended_at is null and app.own_share_state(s.id) = 'PENDING'
        order by t.created_at, s.id`,
    );
  }

  /** The share of this goal with this person that was not ended, whether it is over or not; for its owner. */
  findUnended(em: EntityManager, goalId: string, withId: string): Promise<PersonalGoalShareRow | undefined> {
    return row<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares}
        where s.goal_id = ${goalId} and s.with_id = ${withId} and s.ended_at is null for no key update of s`,
    );
  }

  /** The share if the viewer may change it, kept from others until the transaction ends. */
  lock(em: EntityManager, id: string): Promise<PersonalGoalShareRow | undefined> {
    return row<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares} where s.id = ${id} for no key update of s`,
    );
  }

  async insert(em: EntityManager, share: NewShare): Promise<PersonalGoalShareRow> {
    const added = await row<PersonalGoalShareRow>(
      em,
      sql`insert into goal_share as s
          (organization_id, goal_id, owner_id, with_id, includes_past, waiting, expires_at)
        values (${share.organizationId}, ${share.goalId}, ${share.ownerId}, ${share.withId}, ${share.includesPast},
                ${share.waits}, ${share.expiresAt})
        returning ${columns(PersonalGoalShareEntity, 's')}, app.own_share_state(s.id) as "state", now() as "createdAt"`,
    );
    if (!added) throw new Error('An INSERT gave back no row.');
    return added;
  }

  async change(em: EntityManager, id: string, changes: ShareChanges): Promise<void> {
    const { includesPast = null, letThrough = false, expiresAt } = changes;
    await affected(
      em,
      sql`update goal_share set
          includes_past = coalesce(${includesPast}::boolean, includes_past),
          waiting = waiting and not ${letThrough}::boolean,
          expires_at = case when ${expiresAt !== undefined}::boolean then ${expiresAt ?? null}::timestamptz else expires_at end
        where id = ${id}`,
    );
  }

  /** Ends it for good. */
  async end(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`update goal_share set ended_at = now() where id = ${id} and ended_at is null`);
  }

  /** Whom of these the viewer can see, and whether they have left. */
  async findRecipients(
    em: EntityManager,
    personIds: readonly string[],
  ): Promise<Map<string, { readonly hasLeft: boolean }>> {
    const found = await rows<{ id: string; hasLeft: boolean }>(
      em,
      sql`select p.id, exists (
            select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()
          ) as "hasLeft"
        from person p where p.id = any(${personIds}::uuid[])`,
    );
    return new Map(found.map((person) => [person.id, person]));
  }

  /** The end of a day in the goal owner's time zone, which is the first instant of the next, and whether it has passed. */
  async endOfDay(
    em: EntityManager,
    ownerId: string,
    day: string,
  ): Promise<{ readonly at: Date; readonly isPast: boolean }> {
    const found = await row<{ at: Date; isPast: boolean }>(
      em,
      sql`select d.at, d.at <= now() as "isPast"
        from person p join organization o on o.id = p.organization_id
        left join person_time_zone z on z.person_id = p.id
        cross join lateral (
          select app.end_of_day(${day}::date, app.usable_time_zone(z.time_zone, o.time_zone)) as at
        ) d
        where p.id = ${ownerId}`,
    );
    if (!found) throw new Error('The owner of a goal is nobody.');
    return found;
  }
}
