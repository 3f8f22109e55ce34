import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { findTimeZone, usableTimeZone } from '#common';
import { affected, columns, insertInto, isOneOf, row, rows, sql, type Sql, type Values } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { OneToOneEntity, type OneToOneRow } from './one-to-one.entity.js';
import type { OneToOneState } from './one-to-one.model.js';
import type { Schedule } from './one-to-one.rules.js';

/** The person with whom the viewer starts a one-to-one. */
export interface Counterpart {
  readonly id: string;
  readonly name: string;
  readonly hasLeft: boolean;
  /** The open reporting line of either kind between them and the viewer. */
  readonly lineId: string | null;
  readonly viewerTimeZone: string;
}

const newestFirst = keyset('oneToOnes', { expression: sql`o.id`, type: 'uuid', direction: 'desc' });

/**
 * The stored columns and what is derived: a one-to-one has also ended once the employment of a participant has, and has no recurrence
 * once the reporting line under which it was set has ended. The policies hide invitations after 30 days.
 *
 * `offset 0` keeps PostgreSQL from evaluating the subquery, and the policies of its table, for each column that uses it.
 */
const oneToOne = sql`${columns(OneToOneEntity, 'o')},
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt"`;
const from = sql`one_to_one o
  left join lateral (
    select min(e.ended_at) as at
    from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
  ) leaving on true
  cross join lateral (
    select o.state <> 'ENDED' and leaving.at is null
      and not exists (
        select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now()
      ) as has_recurrence
    offset 0
  ) live`;

/** The employment of a participant of the one-to-one `o` has ended. */
const hasLeaver = sql`exists (
    select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
  )`;

/** The one-to-one `o` is open: not ended, and both participants are employed. */
export const isOfOpenOneToOne = sql`o.state = 'OPEN' and not ${hasLeaver}`;

/** What a writer needs of the one-to-one that it locks. */
export type LockedOneToOne = Pick<OneToOneRow, 'id' | 'organizationId' | 'firstId' | 'secondId' | 'state'>;

const locked = sql`o.id, o.organization_id as "organizationId", o.first_id as "firstId", o.second_id as "secondId",
  case when ${hasLeaver} then 'ENDED' else o.state end as "state"`;

@Injectable()
export class OneToOneRepository {
  /** With the ID of the other participant, so that what belongs to them can be loaded at the same time. */
  findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<(OneToOneRow & { counterpartId: string })[]> {
    return this.read<OneToOneRow & { counterpartId: string }>(
      em,
      sql`select ${oneToOne},
            case when o.first_id = ${viewerId}::uuid then o.second_id else o.first_id end as "counterpartId"
          from ${from} where ${isOneOf(sql`o.id`, ids)}`,
    );
  }

  findById(em: EntityManager, id: string): Promise<OneToOneRow | undefined> {
    return this.readOne(em, sql`select ${oneToOne} from ${from} where o.id = ${id}::uuid`);
  }

  /**
   * Locks the row until the transaction ends, and returns it as it is after waiting for the lock. Every change of the state of a
   * one-to-one or of its conversations locks it first, so that of two concurrent changes the second sees the result of the first.
   */
  async lockById(em: EntityManager, id: string): Promise<OneToOneRow | undefined> {
    // Sent together: the second statement reads what was committed while the first waited for the lock.
    const [locked, oneToOne] = await Promise.all([
      row(em, sql`select 1 from one_to_one where id = ${id}::uuid for update`),
      this.findById(em, id),
    ]);
    return locked === undefined ? undefined : oneToOne;
  }

  /**
   * Takes a shared lock, for writing something in a one-to-one: several can write at once, and its state does not change meanwhile, so
   * that nothing is written in a conversation that is closing.
   */
  lockSharedById(em: EntityManager, id: string): Promise<LockedOneToOne | undefined> {
    return row<LockedOneToOne>(
      em,
      sql`select ${locked} from one_to_one o where o.id = ${id}::uuid for share of o`,
    );
  }

  /** The same, by the ID of one of its conversations. */
  lockSharedByConversation(em: EntityManager, conversationId: string): Promise<LockedOneToOne | undefined> {
    return row<LockedOneToOne>(
      em,
      sql`select ${locked} from one_to_one o
          where o.id = (select c.one_to_one_id from conversation c where c.id = ${conversationId}::uuid)
          for share of o`,
    );
  }

  /** Locks it as {@link lockById} does. */
  lockByConversation(em: EntityManager, conversationId: string): Promise<LockedOneToOne | undefined> {
    return row<LockedOneToOne>(
      em,
      sql`select ${locked} from one_to_one o
          where o.id = (select c.one_to_one_id from conversation c where c.id = ${conversationId}::uuid)
          for update of o`,
    );
  }

  /** The one-to-one of these two people that has not ended, locked. */
  async lockByPeople(em: EntityManager, oneId: string, otherId: string): Promise<OneToOneRow | undefined> {
    const locked = await row<{ id: string }>(
      em,
      sql`select id from one_to_one
          where first_id = least(${oneId}::uuid, ${otherId}::uuid) and second_id = greatest(${oneId}::uuid, ${otherId}::uuid)
            and state <> 'ENDED'
          for update`,
    );
    return locked === undefined ? undefined : this.findById(em, locked.id);
  }

  /** The viewer's one-to-one with each of these people: the one that has not ended, or the latest. */
  findByCounterparts(
    em: EntityManager,
    viewerId: string,
    personIds: readonly string[],
  ): Promise<(OneToOneRow & { counterpartId: string })[]> {
    return this.read<OneToOneRow & { counterpartId: string }>(
      em,
      sql`select distinct on ("counterpartId") *
          from (
            select ${oneToOne}, o.second_id as "counterpartId", o.state = 'ENDED' as over
            from ${from} where o.first_id = ${viewerId}::uuid and o.second_id = any(${personIds}::uuid[])
            union all
            select ${oneToOne}, o.first_id as "counterpartId", o.state = 'ENDED' as over
            from ${from} where o.second_id = ${viewerId}::uuid and o.first_id = any(${personIds}::uuid[])
          ) found
          order by "counterpartId", over, id desc`,
    );
  }

  /** A person's one-to-ones, newest first. */
  async findPageByPerson(
    em: EntityManager,
    personId: string,
    page: PageArguments,
  ): Promise<Page<OneToOneRow>> {
    const found = await this.read<OneToOneRow & Keyed>(
      em,
      sql`select ${oneToOne}, ${newestFirst.key} from ${from}
          where (o.first_id = ${personId}::uuid or o.second_id = ${personId}::uuid) and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /** @returns undefined where the viewer can see no such person */
  findCounterpart(em: EntityManager, viewerId: string, personId: string): Promise<Counterpart | undefined> {
    return row<Counterpart>(
      em,
      sql`select p.id, p.name,
            exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()) as "hasLeft",
            app.open_line_id(v.id, p.id) as "lineId",
            app.usable_time_zone(
              (select z.time_zone from person_time_zone z where z.person_id = v.id),
              (select o.time_zone from organization o where o.id = v.organization_id)
            ) as "viewerTimeZone"
          from person p join person v on v.id = ${viewerId}::uuid
          where p.id = ${personId}::uuid`,
    );
  }

  /** @returns its ID, or undefined where these two people already have one */
  async insert(
    em: EntityManager,
    {
      starterId,
      otherId,
      ...oneToOne
    }: {
      organizationId: string;
      starterId: string;
      otherId: string;
      lineId: string | null;
    },
    storedState: OneToOneState,
    schedule: Schedule,
  ): Promise<string | undefined> {
    const [firstId, secondId] = starterId < otherId ? [starterId, otherId] : [otherId, starterId];
    const values = {
      ...oneToOne,
      firstId,
      secondId,
      startedById: starterId,
      storedState,
      ...columnsOf(schedule),
    };
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(OneToOneEntity, values)}
          on conflict (first_id, second_id) where state <> 'ENDED' do nothing returning id`,
    );
    return inserted?.id;
  }

  /** Opens it with this schedule, under the reporting line that is open between the two now, if there is one. */
  open(em: EntityManager, id: string, schedule: Schedule): Promise<number> {
    return affected(
      em,
      sql`update one_to_one
          set state = 'OPEN', ${assign(schedule)}, line_id = app.open_line_id(first_id, second_id), version = version + 1
          where id = ${id}::uuid`,
    );
  }

  /**
   * Stores a schedule. A new recurrence belongs to the reporting line that is open between the two now.
   *
   * @returns false, without writing anything, where it is the same as before
   */
  async reschedule(
    em: EntityManager,
    id: string,
    schedule: Schedule,
    isNewRecurrence: boolean,
  ): Promise<boolean> {
    const { recurrence, timeZone, durationMinutes } = schedule;
    const line = isNewRecurrence ? sql`app.open_line_id(first_id, second_id)` : sql`line_id`;
    const changed = await affected(
      em,
      sql`update one_to_one set ${assign(schedule)}, line_id = ${line}, version = version + 1
          where id = ${id}::uuid
            and (recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id) is distinct from
                (${recurrence?.rule ?? null}::text, ${recurrence?.startsAt ?? null}::timestamptz, ${timeZone}::text,
                 ${durationMinutes}::integer, ${line})`,
    );
    return changed > 0;
  }

  end(em: EntityManager, id: string): Promise<number> {
    return affected(
      em,
      sql`update one_to_one set state = 'ENDED', ended_at = now(), version = version + 1 where id = ${id}::uuid`,
    );
  }

  /** @param until the last day, or null to end the pause */
  pause(em: EntityManager, id: string, until: string | null): Promise<number> {
    return affected(
      em,
      sql`update one_to_one set paused_until = ${until}::date, version = version + 1 where id = ${id}::uuid`,
    );
  }

  /** Where this day ends in the time zone of the one-to-one: before now, more than a year from now, or between. */
  async findPauseEnd(
    em: EntityManager,
    { timeZone }: OneToOneRow,
    until: string,
  ): Promise<'PAST' | 'FAR' | 'AHEAD'> {
    const found = await row<{ end: 'PAST' | 'FAR' | 'AHEAD' }>(
      em,
      sql`select case when app.has_passed(day.ends_at) then 'PAST' when day.ends_at > now() + interval '366 days' then 'FAR' else 'AHEAD' end
            as "end"
          from (select app.end_of_day(${until}::date, ${timeZone}) as ends_at) day`,
    );
    return found?.end ?? 'PAST';
  }

  async decline(em: EntityManager, oneToOne: OneToOneRow, personId: string): Promise<void> {
    await affected(
      em,
      sql`insert into one_to_one_decline (one_to_one_id, organization_id, person_id)
          values (${oneToOne.id}, ${oneToOne.organizationId}, ${personId})`,
    );
  }

  /** Removes the viewer's decline of an invitation by this person, if there is one. */
  async undoDecline(em: EntityManager, byId: string): Promise<void> {
    await row(em, sql`select app.undo_decline(${byId}::uuid)`);
  }

  /** Rows with a time zone that Node knows: the organization's, where a database upgrade removed the stored one. */
  private async read<Row extends OneToOneRow>(em: EntityManager, statement: Sql): Promise<Row[]> {
    const found = await rows<Row>(em, statement);
    if (found.every(({ timeZone }) => findTimeZone(timeZone) === timeZone)) return found;
    const organization = await row<{ timeZone: string }>(
      em,
      sql`select time_zone as "timeZone" from organization where id = ${found[0]?.organizationId ?? null}::uuid`,
    );
    return found.map((each) => ({
      ...each,
      timeZone: usableTimeZone(each.timeZone, organization?.timeZone),
    }));
  }

  private async readOne(em: EntityManager, statement: Sql): Promise<OneToOneRow | undefined> {
    return (await this.read<OneToOneRow>(em, statement))[0];
  }
}

function columnsOf({ recurrence, timeZone, durationMinutes }: Schedule): Values<OneToOneEntity> {
  return {
    storedRecurrence: recurrence?.rule ?? null,
    storedStartsAt: recurrence?.startsAt ?? null,
    timeZone,
    durationMinutes,
  };
}

function assign({ recurrence, timeZone, durationMinutes }: Schedule): Sql {
  return sql`recurrence = ${recurrence?.rule ?? null}, recurrence_starts_at = ${recurrence?.startsAt ?? null},
    time_zone = ${timeZone}, duration_minutes = ${durationMinutes}`;
}
