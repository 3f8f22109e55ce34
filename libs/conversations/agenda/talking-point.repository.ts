import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql, type Sql } from '#db';
import {
  TalkingPointEntity,
  type TalkingPointRow,
  type TalkingPointSubjectRow,
} from './talking-point.entity.js';

const point = sql`${columns(TalkingPointEntity, 't')}, 'TalkingPoint' as "__typename"`;
/** Its rank among the points that the viewer sees there, where all of them are read. */
const rankAmongAll = (place: Sql) =>
  sql`(row_number() over (partition by ${place} order by t.position, t.id))::integer as "position"`;
const before = sql`case
  when t.conversation_id is null then (
    select count(*) from talking_point b
    where b.one_to_one_id = t.one_to_one_id and b.conversation_id is null and (b.position, b.id) < (t.position, t.id)
  )
  else (
    select count(*) from talking_point b
    where b.conversation_id = t.conversation_id and (b.position, b.id) < (t.position, t.id)
  )
end`;
/** The same, where it is read alone, or was just added: how many stand before it, and one. */
const rank = sql`(${before} + 1)::integer as "position"`;
const subject = sql`s.point_id as "pointId", t.conversation_id as "conversationId",
  s.personal_goal_id as "personalGoalId", s.business_goal_id as "businessGoalId"`;

/** Where a point is to stand: in a conversation, or waiting at the pair. */
export interface Place {
  readonly organizationId: string;
  readonly oneToOneId: string;
  readonly conversationId: string | null;
}

@Injectable()
export class TalkingPointRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<TalkingPointRow[]> {
    return rows<TalkingPointRow>(
      em,
      sql`select ${point}, ${rank} from talking_point t where t.id = any(${ids}::uuid[])`,
    );
  }

  findById(em: EntityManager, id: string): Promise<TalkingPointRow | undefined> {
    return row<TalkingPointRow>(
      em,
      sql`select ${point}, ${rank} from talking_point t where t.id = ${id}::uuid`,
    );
  }

  /** The points of each of these conversations that the viewer may see, in their order. */
  findByConversations(em: EntityManager, conversationIds: readonly string[]): Promise<TalkingPointRow[]> {
    return rows<TalkingPointRow>(
      em,
      sql`select ${point}, ${rankAmongAll(sql`t.conversation_id`)} from talking_point t
          where t.conversation_id = any(${conversationIds}::uuid[])
          order by t.conversation_id, t.position, t.id`,
    );
  }

  /** What waits at each of these pairs for a conversation to be planned, in its order. */
  findWaiting(em: EntityManager, oneToOneIds: readonly string[]): Promise<TalkingPointRow[]> {
    return rows<TalkingPointRow>(
      em,
      sql`select ${point}, ${rankAmongAll(sql`t.one_to_one_id`)} from talking_point t
          where t.one_to_one_id = any(${oneToOneIds}::uuid[]) and t.conversation_id is null
          order by t.one_to_one_id, t.position, t.id`,
    );
  }

  /** What these points are about. */
  findSubjects(em: EntityManager, pointIds: readonly string[]): Promise<TalkingPointSubjectRow[]> {
    return rows<TalkingPointSubjectRow>(
      em,
      sql`select ${subject} from talking_point_subject s join talking_point t on t.id = s.point_id
          where s.point_id = any(${pointIds}::uuid[])`,
    );
  }

  /** What the points of these conversations are about, in the order of the points. */
  findSubjectsOfConversations(
    em: EntityManager,
    conversationIds: readonly string[],
  ): Promise<TalkingPointSubjectRow[]> {
    return rows<TalkingPointSubjectRow>(
      em,
      sql`select ${subject} from talking_point_subject s join talking_point t on t.id = s.point_id
          where t.conversation_id = any(${conversationIds}::uuid[]) order by t.position, t.id`,
    );
  }

  /** Its row, kept from others until the transaction ends; as it is once they are done with it. */
  async lock(em: EntityManager, id: string): Promise<TalkingPointRow | undefined> {
    const locked = await row(em, sql`select 1 from talking_point where id = ${id}::uuid for update`);
    return locked === undefined ? undefined : this.findById(em, id);
  }

  /** At the end of the points that stand there; its words are the first version in its history. */
  async insert(
    em: EntityManager,
    place: Place,
    values: { readonly authorId: string; readonly text: string; readonly draft: boolean },
  ): Promise<TalkingPointRow> {
    const inserted = await row<TalkingPointRow>(
      em,
      sql`with added as (
            insert into talking_point as t
              (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
            values
              (${place.organizationId}, ${place.oneToOneId}, ${place.conversationId}, ${place.conversationId},
               ${values.authorId}, ${values.text}, ${values.draft})
            returning ${point}, ${rank}
          ), recorded as (
            insert into talking_point_version (point_id, version, organization_id, author_id, text)
            select "id", "version", "organizationId", "authorId", "text" from added
          )
          select * from added`,
    );
    if (!inserted) throw new Error('A talking point was not inserted.');
    return inserted;
  }

  async update(
    em: EntityManager,
    { id, text, discussed }: Pick<TalkingPointRow, 'id' | 'text' | 'discussed'>,
  ): Promise<void> {
    await affected(
      em,
      sql`update talking_point set text = ${text}, discussed = ${discussed}, version = version + 1
          where id = ${id}::uuid`,
    );
  }

  async share(em: EntityManager, id: string): Promise<void> {
    await affected(
      em,
      sql`update talking_point set draft = false, version = version + 1 where id = ${id}::uuid`,
    );
  }

  /**
   * Puts a point before another of its conversation, or last. Hidden drafts of the other line up as well, so it is done by a
   * door of the law.
   *
   * @returns whether there is such another point for the viewer
   */
  async place(em: EntityManager, id: string, beforeId: string | null): Promise<boolean> {
    const placed = await row<{ placed: boolean }>(
      em,
      sql`select app.place_point(${id}::uuid, ${beforeId}::uuid) as placed`,
    );
    return placed?.placed ?? false;
  }

  /** @returns whether it was removed: not where it is somebody else's, or not there */
  async remove(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from talking_point where id = ${id}::uuid`)) > 0;
  }

  /** @returns whether there is such a goal for the viewer */
  async setSubject(
    em: EntityManager,
    { id, organizationId, authorId }: Pick<TalkingPointRow, 'id' | 'organizationId' | 'authorId'>,
    goalId: string | null,
  ): Promise<boolean> {
    // By a door: what it was about may be hidden from its author by now.
    await row(em, sql`select app.forget_point_subject(${id}::uuid)`);
    if (goalId === null) return true;
    const inserted = await affected(
      em,
      sql`insert into talking_point_subject (point_id, organization_id, author_id, personal_goal_id, business_goal_id)
          select ${id}::uuid, ${organizationId}::uuid, ${authorId}::uuid, found.personal_goal_id, found.business_goal_id
          from (
            select g.id as personal_goal_id, null::uuid as business_goal_id
            from personal_goal g where g.id = ${goalId}::uuid
            union all
            select null, b.id from business_goal b where b.id = ${goalId}::uuid
          ) found`,
    );
    return inserted > 0;
  }
}
