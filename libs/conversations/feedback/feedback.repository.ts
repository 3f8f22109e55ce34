import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, rows, sql, updateOf, type Values } from '#db';
import { FeedbackEntity, type FeedbackRow } from './feedback.entity.js';

const feedback = sql`${columns(FeedbackEntity, 'f')}, app.feedback_at(f.id) as "at"`;

/** The viewer's own feedback, and what was revealed to them. The policies hide all other. */
@Injectable()
export class FeedbackRepository {
  /** Of each conversation: the viewer's own, then the other participant's. */
  findByConversations(
    em: EntityManager,
    conversationIds: readonly string[],
    viewerId: string | null,
  ): Promise<FeedbackRow[]> {
    return rows<FeedbackRow>(
      em,
      sql`select ${feedback} from conversation_feedback f where f.conversation_id = any(${conversationIds}::uuid[])
          order by f.author_id <> ${viewerId}::uuid`,
    );
  }

  /** Triggers set the time, and reveal it to nobody before the transaction ends. */
  async insert(
    em: EntityManager,
    values: Pick<
      Values<FeedbackEntity>,
      'organizationId' | 'conversationId' | 'authorId' | 'better' | 'worthIt' | 'offered'
    >,
  ): Promise<void> {
    await affected(em, insertInto(FeedbackEntity, values));
  }

  async update(
    em: EntityManager,
    id: string,
    changes: Partial<Pick<FeedbackEntity, 'better' | 'worthIt' | 'offered'>>,
  ): Promise<void> {
    await affected(em, updateOf(FeedbackEntity, id, changes));
  }

  async delete(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`delete from conversation_feedback where id = ${id}::uuid`);
  }
}
