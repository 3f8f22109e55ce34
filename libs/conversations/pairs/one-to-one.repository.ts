import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { findTimeZone, usableTimeZone } from '#common';
import { affected, columns, row, rows, sql, type Sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { OneToOneEntity, type OneToOneRow } from './one-to-one.entity.js';
import type { OneToOneState } from './one-to-one.model.js';
import type { Rhythm } from './recurrence.js';

/** What two people settle about their one-to-one. */
export interface Settlement {
  /** Null for no rhythm. */
  readonly rhythm: Pick<Rhythm, 'rule' | 'startsAt'> | null;
  readonly timeZone: string;
  readonly durationMinutes: number;
}

/** Somebody with whom a one-to-one is to start. */
export interface Counterpart {
  readonly id: string;
  readonly name: string;
  /** Whether their employment has ended. */
  readonly gone: boolean;
  /** The reporting line of either kind that is open between them and the viewer now. */
  readonly lineId: string | null;
  readonly viewerTimeZone: string;
}

const newestFirst = keyset('oneToOnes', { expression: sql`o.id`, type: 'uuid', direction: 'desc' });

/**
 * A one-to-one as it is now: ended also once the employment of either has; without rhythm once the line that it rested on has
 * closed. (That an invitation is gone after thirty days is the law's.)
 */
const now = sql`${columns(OneToOneEntity, 'o')},
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when rests.on_something then o.recurrence end as "recurrence",
  case when rests.on_something then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt"`;
const from = sql`one_to_one o
  left join lateral (
    select min(e.ended_at) as at
    from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
  ) leaving on true
  cross join lateral (
    select o.state <> 'ENDED' and leaving.at is null
      and not exists (
        select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now()
      ) as on_something
  ) rests`;

@Injectable()
export class OneToOneRepository {
  /** With the other one of the two: an operation that goes on from there can ask for what is theirs at once. */
  findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<(OneToOneRow & { counterpartId: string })[]> {
    return this.read<OneToOneRow & { counterpartId: string }>(
      em,
      sql`select ${now},
            case when o.first_id = ${viewerId}::uuid then o.second_id else o.first_id end as "counterpartId"
          from ${from} where o.id = any(${ids}::uuid[])`,
    );
  }

  findById(em: EntityManager, id: string): Promise<OneToOneRow | undefined> {
    return this.readOne(em, sql`select ${now} from ${from} where o.id = ${id}::uuid`);
  }

  /**
   * The same, locked until the end of the transaction. Whoever changes anything of a pair's state machine holds its row first,
   * so that of two who do so at the same moment the second sees what the first did.
   */
  async lockById(em: EntityManager, id: string): Promise<OneToOneRow | undefined> {
    // Sent together; the second statement sees what was committed while the first waited for the lock.
    const [locked, pair] = await Promise.all([
      row(em, sql`select 1 from one_to_one where id = ${id}::uuid for update`),
      this.findById(em, id),
    ]);
    return locked === undefined ? undefined : pair;
  }

  /**
   * The same for whoever writes something in it: many may at once, while nobody changes its state, so that nothing is written
   * into a conversation that is just closing.
   */
  holdById(em: EntityManager, id: string): Promise<OneToOneRow | undefined> {
    return this.readOne(em, sql`select ${now} from ${from} where o.id = ${id}::uuid for share of o`);
  }

  /** The same, found by one of its conversations. */
  holdByConversation(em: EntityManager, conversationId: string): Promise<OneToOneRow | undefined> {
    return this.readOne(
      em,
      sql`select ${now} from ${from}
          where o.id = (select c.one_to_one_id from conversation c where c.id = ${conversationId}::uuid)
          for share of o`,
    );
  }

  /** The one of these two that has not been ended, locked. */
  async lockByPair(em: EntityManager, oneId: string, otherId: string): Promise<OneToOneRow | undefined> {
    const locked = await row<{ id: string }>(
      em,
      sql`select id from one_to_one
          where first_id = least(${oneId}::uuid, ${otherId}::uuid) and second_id = greatest(${oneId}::uuid, ${otherId}::uuid)
            and state <> 'ENDED'
          for update`,
    );
    return locked === undefined ? undefined : this.findById(em, locked.id);
  }

  /** Of each of these people, the viewer's one-to-one with them: the one that is not ended, else the latest. */
  findByCounterparts(
    em: EntityManager,
    viewerId: string,
    personIds: readonly string[],
  ): Promise<(OneToOneRow & { counterpartId: string })[]> {
    return this.read<OneToOneRow & { counterpartId: string }>(
      em,
      sql`select distinct on ("counterpartId") *
          from (
            select ${now}, o.second_id as "counterpartId", o.state = 'ENDED' as over
            from ${from} where o.first_id = ${viewerId}::uuid and o.second_id = any(${personIds}::uuid[])
            union all
            select ${now}, o.first_id as "counterpartId", o.state = 'ENDED' as over
            from ${from} where o.second_id = ${viewerId}::uuid and o.first_id = any(${personIds}::uuid[])
          ) found
          order by "counterpartId", over, id desc`,
    );
  }

  /** Those of a person, newest first. */
  async findPageByPerson(
    em: EntityManager,
    personId: string,
    page: PageArguments,
  ): Promise<Page<OneToOneRow>> {
    const found = await this.read<OneToOneRow & Keyed>(
      em,
      sql`select ${now}, ${newestFirst.key} from ${from}
          where (o.first_id = ${personId}::uuid or o.second_id = ${personId}::uuid) and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /** Somebody with whom the viewer is to start one, and what of the two matters for that; undefined if the viewer sees no such person. */
  findCounterpart(em: EntityManager, viewerId: string, personId: string): Promise<Counterpart | undefined> {
    return row<Counterpart>(
      em,
      sql`select p.id, p.name,
            exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()) as gone,
            app.open_line_id(v.id, p.id) as "lineId",
            app.usable_time_zone(
              (select z.time_zone from person_time_zone z where z.person_id = v.id),
              (select o.time_zone from organization o where o.id = v.organization_id)
            ) as "viewerTimeZone"
          from person p join person v on v.id = ${viewerId}::uuid
          where p.id = ${personId}::uuid`,
    );
  }

  /** @returns its id, or undefined where these two have one already */
  async insert(
    em: EntityManager,
    pair: { organizationId: string; starterId: string; otherId: string; lineId: string | null },
    state: OneToOneState,
    settled: Settlement,
  ): Promise<string | undefined> {
    const { starterId, otherId } = pair;
    const inserted = await row<{ id: string }>(
      em,
      sql`insert into one_to_one
            (organization_id, first_id, second_id, started_by_id, state, recurrence, recurrence_starts_at, time_zone,
             duration_minutes, line_id)
          values
            (${pair.organizationId}, least(${starterId}::uuid, ${otherId}::uuid),
             greatest(${starterId}::uuid, ${otherId}::uuid), ${starterId}, ${state}, ${settled.rhythm?.rule ?? null},
             ${settled.rhythm?.startsAt ?? null}, ${settled.timeZone}, ${settled.durationMinutes}, ${pair.lineId})
          on conflict (first_id, second_id) where state <> 'ENDED' do nothing
          returning id`,
    );
    return inserted?.id;
  }

  /** OPEN from now on, with what was settled; it rests on the line that is open between the two now, if there is one. */
  open(em: EntityManager, id: string, settled: Settlement): Promise<number> {
    return this.update(
      em,
      id,
      sql`state = 'OPEN', ${this.settle(settled)}, line_id = app.open_line_id(first_id, second_id)`,
    );
  }

  /**
   * What the two settled; a rhythm rests on the line that is open between them now.
   *
   * @returns whether that is anything else than before; if not, nothing is written
   */
  async reschedule(
    em: EntityManager,
    id: string,
    settled: Settlement,
    rhythmIsNew: boolean,
  ): Promise<boolean> {
    const { rhythm, timeZone, durationMinutes } = settled;
    const line = rhythmIsNew ? sql`app.open_line_id(first_id, second_id)` : sql`line_id`;
    const changed = await affected(
      em,
      sql`update one_to_one set ${this.settle(settled)}, line_id = ${line}, version = version + 1
          where id = ${id}::uuid
            and (recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id) is distinct from
                (${rhythm?.rule ?? null}::text, ${rhythm?.startsAt ?? null}::timestamptz, ${timeZone}::text,
                 ${durationMinutes}::integer, ${line})`,
    );
    return changed > 0;
  }

  end(em: EntityManager, id: string): Promise<number> {
    return this.update(em, id, sql`state = 'ENDED', ended_at = now()`);
  }

  async decline(em: EntityManager, oneToOne: OneToOneRow, personId: string): Promise<void> {
    await affected(
      em,
      sql`insert into one_to_one_decline (one_to_one_id, organization_id, person_id)
          values (${oneToOne.id}, ${oneToOne.organizationId}, ${personId})`,
    );
  }

  /** Takes back the viewer's no to an invitation by this person, if there was one. */
  async takeBackDecline(em: EntityManager, byId: string): Promise<void> {
    await row(em, sql`select app.take_back_decline(${byId}::uuid)`);
  }

  /** Rows with a time zone that can be used: where Node does not know the stored one any more, the organization's. */
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

  private settle({ rhythm, timeZone, durationMinutes }: Settlement): Sql {
    return sql`recurrence = ${rhythm?.rule ?? null}, recurrence_starts_at = ${rhythm?.startsAt ?? null},
      time_zone = ${timeZone}, duration_minutes = ${durationMinutes}`;
  }

  private update(em: EntityManager, id: string, changes: Sql): Promise<number> {
    return affected(em, sql`update one_to_one set ${changes}, version = version + 1 where id = ${id}::uuid`);
  }
}
