import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';

/** In how many of the last conversations of two people a question counts as taken up. */
const LAST_CONVERSATIONS = 10;

@Injectable()
export class QuestionRepository {
  /**
   * The questions that talking points which the viewer can see took up lately: in the last held conversations, in those to come, and in
   * points that wait for one. Drafts of the other participant do not count, or a missing question would reveal them.
   */
  async findTakenUp(em: EntityManager, oneToOneId: string): Promise<Set<string>> {
    const found = await rows<{ questionId: string }>(
      em,
      sql`select distinct t.question_id as "questionId" from talking_point t
          where t.one_to_one_id = ${oneToOneId}::uuid and t.question_id is not null
            and (t.conversation_id is null or t.conversation_id in (
              select c.id from conversation c where c.one_to_one_id = ${oneToOneId}::uuid and c.status = 'PLANNED'
              union all
              (select c.id from conversation c where c.one_to_one_id = ${oneToOneId}::uuid and c.status = 'HELD'
                order by c.held_at desc limit ${LAST_CONVERSATIONS})
            ))`,
    );
    return new Set(found.map(({ questionId }) => questionId));
  }
}
