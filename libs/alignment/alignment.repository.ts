import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql, type Sql } from '#db';
import { eachParent, type OfParent } from '#graphql';
import { UnloggedRow, type GoalAccess, accessColumns } from '#goals';
import { AlignmentEntity, type AlignmentRow } from './alignment.entity.js';

/** The maximum number of alignments returned for a goal or person; more than anybody places. */
const MOST_ALIGNMENTS = 200;

/** A personal and a business goal that the viewer can see, and what the viewer can do with them. */
export interface Pair {
  readonly ownerId: string;
  /** Whether the personal goal is the viewer's. */
  readonly own: boolean;
  readonly openToProposals: boolean;
  /** Whether the owner of the personal goal can see the business goal too. */
  readonly ownerSees: boolean;
}

/** The values of a new alignment. */
export interface NewAlignment {
  readonly organizationId: string;
  readonly personalGoalId: string;
  readonly ownerId: string;
  readonly businessGoalId: string;
  readonly how: string | null;
  readonly proposedById: string;
}

/** The facts that decide whether an alignment can be changed. */
export interface AlignmentStanding {
  readonly personalGoalId: string;
  /** Whether the personal goal is the viewer's. */
  readonly own: boolean;
  readonly placed: boolean;
  /** Whether the viewer can see the business goal. */
  readonly businessGoalSeen: boolean;
}

/**
 * The columns of {@link AlignmentRow} and {@link GoalAccess} from {@link ofGoal}. The answer to a proposal is read for the owner
 * only, so that not even the query time reveals to the proposer whether there is one.
 */
function alignment(viewerId: string | null): Sql {
  return sql`${columns(AlignmentEntity, 'a')}, 'Alignment' as "__typename", ${accessColumns(viewerId)}, t.created_at as "createdAt",
    case
      when a.state = 'PROPOSED' and a.owner_id = ${viewerId}::uuid then
        case when exists (select 1 from alignment_decline d where d.alignment_id = a.id) then 'DECLINED' else 'PROPOSED' end
      else a.state
    end as "state"`;
}

/** The creation time is visible to the owner and the proposer; for others `t` is null. */
const ofGoal = sql`alignment a join personal_goal g on g.id = a.personal_goal_id
  left join alignment_own t on t.alignment_id = a.id`;

/** Alignments. Those in other people's goals are revealed through the access log only. */
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
   * The alignments of each personal goal: placed ones, and proposals that the viewer can see. For the owner in the order of creation;
   * for others in the order of their random ids, because the order of creation would date placements from before they saw the goal.
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
   * The placements of each person in goals that the viewer can see, newest first for the person; with a cycle, only its business goals.
   *
   * @param asked with keys chosen by the caller
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

  /** The two goals of a placement or proposal; undefined unless the viewer can see both. */
  findPair(em: EntityManager, personalGoalId: string, businessGoalId: string): Promise<Pair | undefined> {
    return row<Pair>(
      em,
      sql`
        select g.owner_id as "ownerId", g.owner_id = (select app.viewer()) as "own",
          g.open_to_proposals as "openToProposals",
          b.state <> 'DRAFT' or b.owner_id = g.owner_id or exists (
            select 1 from business_goal_assignee a where a.business_goal_id = b.id and a.person_id = g.owner_id
          ) as "ownerSees"
        from personal_goal g cross join business_goal b
        where g.id = ${personalGoalId} and b.id = ${businessGoalId}`,
    );
  }

  /** The id of the placed alignment of this pair, if the viewer can see it. */
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

  /** Places the pair, which ends its proposals. @returns the id, or undefined if it is already placed */
  async place(em: EntityManager, values: NewAlignment): Promise<string | undefined> {
    const made = await row<{ id: string }>(
      em,
      sql`
        insert into alignment (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state)
        values (${values.organizationId}, ${values.personalGoalId}, ${values.ownerId}, ${values.businessGoalId},
          ${values.how}, ${values.proposedById}, 'PLACED')
        on conflict (personal_goal_id, business_goal_id) where state = 'PLACED' do nothing
        returning id`,
    );
    return made?.id;
  }

  /**
   * Proposes the pair.
   *
   * @returns the id, or undefined if this proposer has a proposal that has not lapsed, answered or not
   * @throws RaisedCode.ALREADY_PLACED
   */
  async propose(em: EntityManager, values: NewAlignment): Promise<string | undefined> {
    const made = await row<{ id: string }>(
      em,
      sql`
        insert into alignment (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state)
        values (${values.organizationId}, ${values.personalGoalId}, ${values.ownerId}, ${values.businessGoalId},
          ${values.how}, ${values.proposedById}, 'PROPOSED')
        on conflict (personal_goal_id, business_goal_id, proposed_by_id) where state = 'PROPOSED' do nothing
        returning id`,
    );
    return made?.id;
  }

  /** The facts about an alignment that the viewer can see. */
  findStanding(em: EntityManager, id: string): Promise<AlignmentStanding | undefined> {
    return row<AlignmentStanding>(
      em,
      sql`
        select a.personal_goal_id as "personalGoalId", a.owner_id = (select app.viewer()) as "own",
          a.state = 'PLACED' as "placed",
          exists (select 1 from business_goal b where b.id = a.business_goal_id) as "businessGoalSeen"
        from alignment a where a.id = ${id}`,
    );
  }

  /** Serializes placing and answering in one of the viewer's goals. */
  async lockPersonalGoal(em: EntityManager, id: string): Promise<void> {
    await rows(em, sql`select 1 from personal_goal g where g.id = ${id} for no key update of g`);
  }

  /** Places a proposal; if `how` is undefined, with the proposer's text. @returns the number of rows, 0 if it is gone */
  accept(em: EntityManager, id: string, how: string | null | undefined): Promise<number> {
    const words = how === undefined ? sql`how` : sql`${how}`;
    return affected(
      em,
      sql`update alignment set state = 'PLACED', how = ${words} where id = ${id} and state = 'PROPOSED'`,
    );
  }

  /** Records that the owner declined, visible to the owner only. Idempotent. */
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

  /** Changes the text of a placed alignment. @returns the number of rows, 0 if it is not the viewer's or not placed */
  setHow(em: EntityManager, id: string, how: string | null): Promise<number> {
    return affected(em, sql`update alignment set how = ${how} where id = ${id} and state = 'PLACED'`);
  }

  /** @returns the number of rows, 0 if it is not the viewer's or not placed */
  remove(em: EntityManager, id: string): Promise<number> {
    return affected(em, sql`delete from alignment where id = ${id} and state = 'PLACED'`);
  }

  /** Deletes proposals that have lapsed. @returns the number of rows */
  async forgetLapsed(em: EntityManager): Promise<number> {
    const done = await row<{ proposals: number }>(em, sql`select app.delete_lapsed_proposals() as proposals`);
    return done?.proposals ?? 0;
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
