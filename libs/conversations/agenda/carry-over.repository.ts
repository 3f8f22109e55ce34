import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';

/**
 * Moves talking points between conversations. Drafts of the other participant move too, which the viewer cannot see, so SECURITY DEFINER
 * functions do it (policies/61-carry-over.sql). None of them returns how many points moved.
 */
@Injectable()
export class CarryOverRepository {
  /** Moves undiscussed points of a closed conversation to a planned one or, with null, to wait at the one-to-one. Counts each. */
  async carry(em: EntityManager, fromId: string, toId: string | null): Promise<void> {
    await row(em, sql`select app.carry_points(${fromId}::uuid, ${toId}::uuid)`);
  }

  /** Moves the points that wait at the one-to-one into a planned conversation. */
  async admit(em: EntityManager, toId: string): Promise<void> {
    await row(em, sql`select app.admit_points(${toId}::uuid)`);
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
