import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  LastStatement,
  affected,
  columns,
  insertInto,
  row,
  rows,
  scalar,
  sql,
  updateOf,
  type Sql,
} from '#db';
import { PersonEntity } from '#people';
import type { ConversationRow } from './conversation.entity.js';
import {
  TalkingPointEntity,
  type NewTalkingPoint,
  type TalkingPointChanges,
  type TalkingPointRow,
  type TalkingPointSubjectRow,
} from './talking-point.entity.js';

const typename = sql`'TalkingPoint' as "__typename"`;
const point = sql`${columns(TalkingPointEntity, 't')}, ${typename}`;
/** The rank of a point that is read by itself or was just inserted: one more than the number of points before it that the viewer can see. */
const rankOf = (t: Sql) => sql`(1 + case
  when ${t}.conversation_id is null then (
    select count(*) from talking_point b
    where b.one_to_one_id = ${t}.one_to_one_id and b.conversation_id is null and (b.position, b.id) < (${t}.position, ${t}.id)
  )
  else (
    select count(*) from talking_point b
    where b.conversation_id = ${t}.conversation_id and (b.position, b.id) < (${t}.position, ${t}.id)
  )
end)::integer as "position"`;
const rank = rankOf(sql`t`);
const inserted = sql`${columns(TalkingPointEntity, 'talking_point')}, ${typename}, ${rankOf(sql`talking_point`)}`;
const subject = sql`s.point_id as "pointId", t.conversation_id as "conversationId",
  s.personal_goal_id as "personalGoalId", s.business_goal_id as "businessGoalId"`;

/** With the author, who is usually part of the response, so that it needs no further message to the database. */
function insertion(values: NewTalkingPoint): Sql {
  return sql`with added as (
      ${insertInto(TalkingPointEntity, { ...values, raisedInId: values.conversationId })} returning ${inserted}
    ), recorded as (
      insert into talking_point_version (point_id, version, organization_id, author_id, text)
      select "id", "version", "organizationId", "authorId", "text" from added
    )
    select added.*, (
      select row_to_json(author) from (select ${columns(PersonEntity, 'p')} from person p where p.id = added."authorId") author
    ) as "author"
    from added`;
}

/** Ranks the points of each list, which were read in their order and are all that the viewer can see. */
function ranked(lists: Map<string, Omit<TalkingPointRow, 'position'>[]>): Map<string, TalkingPointRow[]> {
  return new Map(
    Array.from(lists, ([id, points]) => [
      id,
      points.map((point, index) => ({ ...point, position: index + 1 })),
    ]),
  );
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

  /** The points of each of these conversations that the viewer can see, in their order. */
  async findByConversations(
    em: EntityManager,
    conversationIds: readonly string[],
  ): Promise<Map<string, TalkingPointRow[]>> {
    const found = await rows<Omit<TalkingPointRow, 'position'>>(
      em,
      sql`select ${point} from talking_point t
          where t.conversation_id = any(${conversationIds}::uuid[])
          order by t.conversation_id, t.position, t.id`,
    );
    return ranked(Map.groupBy(found, ({ conversationId }) => conversationId ?? ''));
  }

  /** The points that wait at each of these one-to-ones for a conversation to be planned, in their order. */
  async findWaiting(
    em: EntityManager,
    oneToOneIds: readonly string[],
  ): Promise<Map<string, TalkingPointRow[]>> {
    const found = await rows<Omit<TalkingPointRow, 'position'>>(
      em,
      sql`select ${point} from talking_point t
          where t.one_to_one_id = any(${oneToOneIds}::uuid[]) and t.conversation_id is null
          order by t.one_to_one_id, t.position, t.id`,
    );
    return ranked(Map.groupBy(found, ({ oneToOneId }) => oneToOneId));
  }

  /** The planned conversations that these points were put off from, where that can be taken back. */
  findPostponedFrom(
    em: EntityManager,
    pointIds: readonly string[],
  ): Promise<{ pointId: string; conversationId: string }[]> {
    return rows<{ pointId: string; conversationId: string }>(
      em,
      sql`select k.point_id as "pointId", k.from_id as "conversationId"
          from talking_point_carry k join talking_point t on t.id = k.point_id join conversation c on c.id = k.from_id
          where k.point_id = any(${pointIds}::uuid[]) and k.postponed and c.status = 'PLANNED' and not t.discussed
            and k.to_id is not distinct from t.conversation_id`,
    );
  }

  /** The goals that these points are about. */
  findSubjects(em: EntityManager, pointIds: readonly string[]): Promise<TalkingPointSubjectRow[]> {
    return rows<TalkingPointSubjectRow>(
      em,
      sql`select ${subject} from talking_point_subject s join talking_point t on t.id = s.point_id
          where s.point_id = any(${pointIds}::uuid[])`,
    );
  }

  /** The goals that the points of these conversations are about, in the order of the points. */
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

  /** Locks the row until the transaction ends, and returns it as it is after waiting for the lock. */
  async lock(em: EntityManager, id: string): Promise<TalkingPointRow | undefined> {
    const locked = await row(em, sql`select 1 from talking_point where id = ${id}::uuid for update`);
    return locked === undefined ? undefined : this.findById(em, id);
  }

  /** Inserts a point at the end of its agenda, and its text as the first version in the history. */
  async insert(em: EntityManager, values: NewTalkingPoint): Promise<TalkingPointRow> {
    const written = await row<TalkingPointRow>(em, insertion(values));
    if (!written) throw new Error('The talking point was not inserted.');
    return written;
  }

  /** The same, as the last statement of a write. */
  insertLast(
    values: NewTalkingPoint,
    known: Pick<TalkingPointRow, 'conversation'>,
  ): LastStatement<TalkingPointRow> {
    return new LastStatement(insertion(values), known);
  }

  /** Inserts drafts in this order at the end of the agenda of a conversation, each with the first version in its history. */
  async insertDrafts(
    em: EntityManager,
    { id, oneToOneId, organizationId }: Pick<ConversationRow, 'id' | 'oneToOneId' | 'organizationId'>,
    authorId: string,
    texts: readonly string[],
  ): Promise<void> {
    // A trigger finds the place of each after those that the statement has inserted already.
    await affected(
      em,
      sql`with added as (
            insert into talking_point (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, position)
            select ${organizationId}::uuid, ${oneToOneId}::uuid, ${id}::uuid, ${id}::uuid, ${authorId}::uuid, line.text, 0
            from unnest(${texts}::text[]) with ordinality line(text, place) order by line.place
            returning id, version, organization_id, author_id, text
          )
          insert into talking_point_version (point_id, version, organization_id, author_id, text)
          select id, version, organization_id, author_id, text from added`,
    );
  }

  async update(
    em: EntityManager,
    { id, version }: Pick<TalkingPointRow, 'id' | 'version'>,
    changes: TalkingPointChanges,
  ): Promise<void> {
    await affected(em, updateOf(TalkingPointEntity, id, { ...changes, version: version + 1 }));
  }

  /** Shares drafts. Does nothing to points that are shared already. */
  async share(em: EntityManager, ids: readonly string[]): Promise<void> {
    await affected(
      em,
      sql`update talking_point set draft = false, version = version + 1 where id = any(${ids}::uuid[]) and draft`,
    );
  }

  /**
   * Places a point before another one of its conversation, or last. Drafts of the other participant are renumbered too, so a SECURITY
   * DEFINER function does it.
   *
   * @returns false where the viewer cannot see both in one conversation
   */
  async place(em: EntityManager, id: string, beforeId: string | null): Promise<boolean> {
    return (
      (await scalar<boolean>(em, sql`select app.place_point(${id}::uuid, ${beforeId}::uuid) as placed`)) ??
      false
    );
  }

  /** @returns false where the viewer is not its author, or cannot see it */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from talking_point where id = ${id}::uuid`)) > 0;
  }

  /** The points among these that the viewer can see, locked until the transaction ends. */
  async lockAll(em: EntityManager, ids: readonly string[]): Promise<TalkingPointRow[]> {
    await rows(em, sql`select 1 from talking_point where id = any(${ids}::uuid[]) order by id for update`);
    return this.findByIds(em, ids);
  }

  /** @returns false where the viewer can see no goal with this ID */
  async setSubject(
    em: EntityManager,
    { id, organizationId, authorId }: Pick<TalkingPointRow, 'id' | 'organizationId' | 'authorId'>,
    goalId: string | null,
  ): Promise<boolean> {
    // The former goal may no longer be visible to the author, so a SECURITY DEFINER function removes it.
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
