import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, scalar, sql } from '#db';

/**
 * Moves talking points between conversations. Drafts of the other participant move too, which the viewer cannot see, so SECURITY DEFINER
 * functions do it (policies/61-carry-over.sql). None of them returns how many points moved.
 */
@Injectable()
export class CarryOverRepository {
  /** Moves undiscussed and standing points of a closed conversation to wait at the one-to-one. Counts the undiscussed ones. */
  async carry(em: EntityManager, fromId: string): Promise<void> {
    await row(em, sql`select app.carry_points(${fromId}::uuid)`);
  }

  /** Moves the points that wait at the one-to-one, and standing points of later conversations, into the planned ones. */
  async admit(em: EntityManager, oneToOneId: string): Promise<void> {
    await row(em, sql`select app.admit_points(${oneToOneId}::uuid)`);
  }

  /** Moves an undiscussed point of a planned conversation to wait at the one-to-one for a later one. Counts it. */
  async postpone(em: EntityManager, pointId: string): Promise<void> {
    await row(em, sql`select app.postpone_point(${pointId}::uuid)`);
  }

  /** @returns false where the point was not put off from this conversation, or was discussed or moved on since */
  async returnPostponed(em: EntityManager, pointId: string, toId: string): Promise<boolean> {
    return (
      (await scalar<boolean>(
        em,
        sql`select app.return_postponed_point(${pointId}::uuid, ${toId}::uuid) as returned`,
      )) ?? false
    );
  }

  /** Returns carried points to a reopened conversation and decrements their counts. */
  async return(em: EntityManager, reopenedId: string): Promise<void> {
    await row(em, sql`select app.return_points(${reopenedId}::uuid)`);
  }

  /** Deletes a conversation that was planned because the reopened one had closed, unless something that both can see was written in it. */
  async withdraw(em: EntityManager, plannedId: string, reopenedId: string): Promise<void> {
    await row(em, sql`select app.withdraw_conversation(${plannedId}::uuid, ${reopenedId}::uuid)`);
  }
}
