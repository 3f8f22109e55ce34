import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, scalar, sql, updateOf, type Sql, type Values } from '#db';
import { eachParent, type OfParent } from '#graphql';
import { UnloggedRow, type GoalAccess, accessColumns } from '#goals';
import { AlignmentEntity, type AlignmentRow } from './alignment.entity.js';

/** The most alignments of one goal or person that a list returns: far more than anybody places. */
const MOST_ALIGNMENTS = 200;

/** What placing or proposing a pair of goals, which the viewer can see, depends on. */
export interface GoalPair {
  readonly ownerId: string;
  /** Whether the personal goal is the viewer's. */
  readonly isOwn: boolean;
  readonly openToProposals: boolean;
  /** Whether the owner of the personal goal can see the business goal too. */
  readonly isVisibleToOwner: boolean;
}

/** What changing an alignment, which the viewer can see, depends on. */
export interface AlignmentContext {
  readonly personalGoalId: string;
  /** Whether the personal goal is the viewer's. */
  readonly isOwn: boolean;
  readonly isPlaced: boolean;
  /** Whether the viewer can see the business goal. */
  readonly isBusinessGoalVisible: boolean;
}

/**
 * The columns of {@link AlignmentRow} and {@link GoalAccess} from {@link ofGoal}. The answer to a proposal is read for the
 * owner only, so that not even the time it takes tells the proposer whether there is one.
 */
function alignment(viewerId: string | null): Sql {
  return sql`${columns(AlignmentEntity, 'a')}, 'Alignment' as "__typename", ${accessColumns(viewerId)}, t.created_at as "createdAt",
    case
      when a.state = 'PROPOSED' and a.owner_id = ${viewerId}::uuid then
        case when exists (select 1 from alignment_decline d where d.alignment_id = a.id) then 'DECLINED' else 'PROPOSED' end
      else a.state
    end as "state"`;
}

/** `t` holds the time of creation, for the owner and the proposer; it is null for others. */
const ofGoal = sql`alignment a join personal_goal g on g.id = a.personal_goal_id
  left join alignment_own t on t.alignment_id = a.id`;

/** Business goals as parts of personal goals. Rows of goals that others share are UnloggedRow until the access log has them. */
@Injectable()
export class AlignmentRepository {
  async findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<Map<string, UnloggedRow<AlignmentRow>>> {
    const found = await rows<AlignmentRow & GoalAccess>(
      em,
      sql`select ${alignment(viewerId)} from ${ofGoal} where a.id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((one) => [one.id, unlogged(one)]));
  }

  /**
   * The alignments of each personal goal, with the proposals that the viewer can see. The owner gets them in the order of creation, others
   * in the order of their random ids, because the order of creation would date what was placed before the goal was shared.
   */
  async findByPersonalGoals(
    em: EntityManager,
    viewerId: string | null,
    personalGoalIds: readonly string[],
  ): Promise<Map<string, UnloggedRow<AlignmentRow>[]>> {
    const found = await rows<AlignmentRow & GoalAccess & OfParent>(
      em,
      eachParent(
        personalGoalIds,
        sql`
          select ${alignment(viewerId)} from ${ofGoal} where a.personal_goal_id = parent.id
          order by t.created_at, a.id limit ${MOST_ALIGNMENTS}`,
      ),
    );
    return grouped(found);
  }

  /**
   * What each person has placed in goals that the viewer can see, optionally of one cycle. Newest first for the person themselves.
   *
   * @param asked each with a key that the result uses
   */
  async findPlacements(
    em: EntityManager,
    viewerId: string | null,
    asked: readonly { readonly key: string; readonly personId: string; readonly cycleId: string | null }[],
  ): Promise<Map<string, UnloggedRow<AlignmentRow>[]>> {
    const found = await rows<AlignmentRow & GoalAccess & OfParent>(
      em,
      sql`
        select asked.key as "parentId", placed.*
        from unnest(
          ${asked.map(({ key }) => key)}::text[], ${asked.map(({ personId }) => personId)}::uuid[],
          ${asked.map(({ cycleId }) => cycleId)}::uuid[]
        ) as asked(key, person_id, cycle_id)
        cross join lateral (
          select ${alignment(viewerId)} from ${ofGoal}
          where a.owner_id = asked.person_id and a.state = 'PLACED'
            and (
              asked.cycle_id is null
              or exists (select 1 from business_goal b where b.id = a.business_goal_id and b.cycle_id = asked.cycle_id)
            )
          order by t.created_at desc nulls last, a.id desc limit ${MOST_ALIGNMENTS}
        ) as placed`,
    );
    return grouped(found);
  }

  /** The two goals of a placement or proposal. Undefined unless the viewer can see both. */
  findPair(em: EntityManager, personalGoalId: string, businessGoalId: string): Promise<GoalPair | undefined> {
    return row<GoalPair>(
      em,
      sql`
        select g.owner_id as "ownerId", g.owner_id = (select app.viewer()) as "isOwn",
          g.open_to_proposals as "openToProposals",
          b.state <> 'DRAFT' or b.owner_id = g.owner_id or exists (
            select 1 from business_goal_assignee a where a.business_goal_id = b.id and a.person_id = g.owner_id
          ) as "isVisibleToOwner"
        from personal_goal g cross join business_goal b
        where g.id = ${personalGoalId} and b.id = ${businessGoalId}`,
    );
  }

  /** The id of the placement of this pair, if the viewer can see it. */
  async findPlaced(
    em: EntityManager,
    personalGoalId: string,
    businessGoalId: string,
  ): Promise<string | undefined> {
    const found = await row<{ id: string }>(
      em,
      sql`
        select a.id from alignment a
        where a.personal_goal_id = ${personalGoalId} and a.business_goal_id = ${businessGoalId} and a.state = 'PLACED'`,
    );
    return found?.id;
  }

  /** Places the pair, which ends its proposals. @returns the id, or undefined where it is already placed */
  async place(em: EntityManager, values: Values<AlignmentEntity>): Promise<string | undefined> {
    const inserted = await row<{ id: string }>(
      em,
      sql`
        ${insertInto(AlignmentEntity, { ...values, storedState: 'PLACED' })}
        on conflict (personal_goal_id, business_goal_id) where state = 'PLACED' do nothing
        returning id`,
    );
    return inserted?.id;
  }

  /**
   * Proposes the pair.
   *
   * @returns the id, or undefined where this proposer has a proposal that has not lapsed, whether it was declined or not
   * @throws RaisedCode.ALREADY_PLACED
   */
  async propose(em: EntityManager, values: Values<AlignmentEntity>): Promise<string | undefined> {
    const inserted = await row<{ id: string }>(
      em,
      sql`
        ${insertInto(AlignmentEntity, { ...values, storedState: 'PROPOSED' })}
        on conflict (personal_goal_id, business_goal_id, proposed_by_id) where state = 'PROPOSED' do nothing
        returning id`,
    );
    return inserted?.id;
  }

  /** Undefined for an alignment that the viewer cannot see. */
  findContext(em: EntityManager, id: string): Promise<AlignmentContext | undefined> {
    return row<AlignmentContext>(
      em,
      sql`
        select a.personal_goal_id as "personalGoalId", a.owner_id = (select app.viewer()) as "isOwn",
          a.state = 'PLACED' as "isPlaced",
          exists (select 1 from business_goal b where b.id = a.business_goal_id) as "isBusinessGoalVisible"
        from alignment a where a.id = ${id}`,
    );
  }

  /** Makes placements and answers in the viewer's own goal wait for each other. */
  async lockPersonalGoal(em: EntityManager, id: string): Promise<void> {
    await rows(em, sql`select 1 from personal_goal g where g.id = ${id} for no key update of g`);
  }

  /** Places a proposal. With `how` undefined it keeps the proposer's text. @returns 0 where it is gone, else 1 */
  accept(em: EntityManager, id: string, how: string | null | undefined): Promise<number> {
    const values = { how, storedState: 'PLACED' as const };
    return affected(em, sql`${updateOf(AlignmentEntity, id, values)} and state = 'PROPOSED'`);
  }

  /** Records that the owner declined, for the owner only. Declining again changes nothing. */
  async decline(
    em: EntityManager,
    values: { readonly id: string; readonly organizationId: string; readonly ownerId: string },
  ): Promise<void> {
    await affected(
      em,
      sql`
        insert into alignment_decline (alignment_id, organization_id, owner_id)
        values (${values.id}, ${values.organizationId}, ${values.ownerId})
        on conflict do nothing`,
    );
  }

  /** Changes the text of a placement. @returns 0 where it is not the viewer's or not placed, else 1 */
  setHow(em: EntityManager, id: string, how: string | null): Promise<number> {
    return affected(em, sql`${updateOf(AlignmentEntity, id, { how })} and state = 'PLACED'`);
  }

  /** @returns 0 where it is not the viewer's or not placed, else 1 */
  delete(em: EntityManager, id: string): Promise<number> {
    return affected(em, sql`delete from alignment where id = ${id} and state = 'PLACED'`);
  }

  /** Deletes proposals that have lapsed. @returns how many */
  async deleteLapsed(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_lapsed_proposals() as proposals`)) ?? 0;
  }
}

function unlogged(found: AlignmentRow & GoalAccess): UnloggedRow<AlignmentRow> {
  return new UnloggedRow(found, found.personalGoalId, found);
}

function grouped(
  found: readonly (AlignmentRow & GoalAccess & OfParent)[],
): Map<string, UnloggedRow<AlignmentRow>[]> {
  const groups = Map.groupBy(found, ({ parentId }) => parentId);
  return new Map(Array.from(groups, ([parentId, alignments]) => [parentId, alignments.map(unlogged)]));
}
