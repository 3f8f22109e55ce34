import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { lastDayBefore, ownerTimeZone } from '../owner-time-zone.js';
import { PersonalGoalShareEntity, type PersonalGoalShareRow } from './personal-goal-share.entity.js';

/** A new share. Whether it waits and on which reporting line it depends is decided by triggers. */
export type NewShare = Omit<PersonalGoalShareEntity, 'id' | 'activeSince'>;

export type ShareChanges = Values<Pick<PersonalGoalShareEntity, 'includesPast' | 'waiting' | 'expiresAt'>>;

/** What everybody who sees a share sees of it, from `goal_share s`. */
const sharedColumns = sql`${columns(PersonalGoalShareEntity, 's')}, app.own_share_state(s.id) as "state",
    ${lastDayBefore(sql`s.expires_at`, ownerTimeZone(sql`s.owner_id`, sql`s.organization_id`))} as "expiresOn"`;
/** The same of an inserted row. */
const insertedColumns = sql`${columns(PersonalGoalShareEntity, 'goal_share')}, app.own_share_state(goal_share.id) as "state",
    ${lastDayBefore(
      sql`goal_share.expires_at`,
      ownerTimeZone(sql`goal_share.owner_id`, sql`goal_share.organization_id`),
    )} as "expiresOn"`;

/** `goal_share_own` is visible to the owner only. */
const shares = sql`goal_share s left join goal_share_own t on t.share_id = s.id`;
const shareColumns = sql`${sharedColumns}, t.created_at as "createdAt"`;

/** For lists that only the owner reads, who alone knows when a share was created. */
const newestFirst = (list: string) =>
  keyset(
    list,
    { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`s.id`, type: 'uuid', direction: 'desc' },
  );
const ofGoal = newestFirst('ownerView.shares');
const ofViewer = newestFirst('shares');

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

  /** All shares of this owner's goals, newest first, by goal. */
  async findPagesByGoals(
    em: EntityManager,
    ownerId: string | null,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<PersonalGoalShareRow>>> {
    const found = await rows<PersonalGoalShareRow & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`select ${shareColumns}, ${ofGoal.key} from goal_share s join goal_share_own t on t.share_id = s.id
          where s.goal_id = parent.id and s.owner_id = ${ownerId}::uuid and ${ofGoal.where(page)}
          order by ${ofGoal.orderBy(page)} limit ${ofGoal.limit(page)}`,
      ),
    );
    return ofGoal.pages(found, page);
  }

  /** The active and pending shares of all of this owner's goals, newest first. */
  async findLivePage(
    em: EntityManager,
    ownerId: string,
    page: PageArguments,
  ): Promise<Page<PersonalGoalShareRow>> {
    const found = await rows<PersonalGoalShareRow & Keyed>(
      em,
      sql`select ${shareColumns}, ${ofViewer.key} from goal_share s join goal_share_own t on t.share_id = s.id
        where s.owner_id = ${ownerId} and s.ended_at is null and app.own_share_state(s.id) <> 'ENDED'
          and ${ofViewer.where(page)}
        order by ${ofViewer.orderBy(page)} limit ${ofViewer.limit(page)}`,
    );
    return ofViewer.page(found, page);
  }

  /** The share of this goal with this person whose end is not stored yet, for its owner; its state may still be ENDED. */
  findUnended(em: EntityManager, goalId: string, withId: string): Promise<PersonalGoalShareRow | undefined> {
    return row<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares}
        where s.goal_id = ${goalId} and s.with_id = ${withId} and s.ended_at is null for no key update of s`,
    );
  }

  /** The share if the viewer may change it, locked until the transaction ends. */
  lock(em: EntityManager, id: string): Promise<PersonalGoalShareRow | undefined> {
    return row<PersonalGoalShareRow>(
      em,
      sql`select ${shareColumns} from ${shares} where s.id = ${id} for no key update of s`,
    );
  }

  async insert(em: EntityManager, share: NewShare): Promise<PersonalGoalShareRow> {
    const added = await row<PersonalGoalShareRow>(
      em,
      sql`${insertInto(PersonalGoalShareEntity, share)} returning ${insertedColumns}, now() as "createdAt"`,
    );
    if (!added) throw new Error('An INSERT returned no row.');
    return added;
  }

  async change(em: EntityManager, id: string, changes: ShareChanges): Promise<void> {
    await affected(em, updateOf(PersonalGoalShareEntity, id, changes));
  }

  /** Ends it for good. */
  async end(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`update goal_share set ended_at = now() where id = ${id} and ended_at is null`);
  }

  /** The people of these whom the viewer can see, and whether they have left. */
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

  /** The end of a day in the owner's time zone, which is the first instant of the next day, and whether it has passed. */
  async findEndOfDay(
    em: EntityManager,
    ownerId: string,
    day: string,
  ): Promise<{ readonly at: Date; readonly isPast: boolean }> {
    const found = await row<{ at: Date; isPast: boolean }>(
      em,
      sql`select d.at, d.at <= now() as "isPast"
        from person p cross join lateral (
          select app.end_of_day(${day}::date, ${ownerTimeZone(sql`p.id`, sql`p.organization_id`)}) as at
        ) d
        where p.id = ${ownerId}`,
    );
    if (!found) throw new Error('The owner of a goal does not exist.');
    return found;
  }
}
