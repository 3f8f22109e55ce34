import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';

/**
 * How points move from conversation to conversation. Drafts move too, which the acting person may not see, so this is done by
 * doors of the law, and nobody is told how many moved.
 */
@Injectable()
export class CarryOverRepository {
  /** Undiscussed points of a closed conversation go on to a planned one; with null they wait at the pair. Counted. */
  async carry(em: EntityManager, fromId: string, toId: string | null): Promise<void> {
    await row(em, sql`select app.carry_points(${fromId}::uuid, ${toId}::uuid)`);
  }

  /** What waits at the pair moves into a planned conversation. */
  async admit(em: EntityManager, toId: string): Promise<void> {
    await row(em, sql`select app.admit_points(${toId}::uuid)`);
  }

  /** What a conversation that was taken back had carried on returns, and the count with it. */
  async returnTo(em: EntityManager, reopenedId: string): Promise<void> {
    await row(em, sql`select app.return_points(${reopenedId}::uuid)`);
  }

  /** A conversation that was planned because the other had closed goes again, if nothing that both can see was written in it. */
  async withdraw(em: EntityManager, plannedId: string, reopenedId: string): Promise<void> {
    await row(em, sql`select app.withdraw_conversation(${plannedId}::uuid, ${reopenedId}::uuid)`);
  }
}
