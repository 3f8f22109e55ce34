import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, rows, sql, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { BarrierAnswerEntity, type BarrierAnswerRow } from './barrier-answer.entity.js';

const answer = columns(BarrierAnswerEntity, 'a');
const newestFirst = keyset(
  'answers',
  { expression: sql`a.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`a.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class BarrierAnswerRepository {
  /** The last answer to each barrier. */
  async findLastByBarriers(
    em: EntityManager,
    barrierIds: readonly string[],
  ): Promise<Map<string, BarrierAnswerRow>> {
    const found = await rows<BarrierAnswerRow & OfParent>(
      em,
      eachParent(
        barrierIds,
        sql`select ${answer} from barrier_answer a where a.barrier_id = parent.id order by ${newestFirst.order} limit 1`,
      ),
    );
    return new Map(found.map((one) => [one.barrierId, one]));
  }

  /** The answers to each barrier, newest first. */
  async findPagesByBarriers(
    em: EntityManager,
    barrierIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<BarrierAnswerRow>>> {
    const found = await rows<BarrierAnswerRow & Keyed & OfParent>(
      em,
      eachParent(
        barrierIds,
        sql`
          select ${answer}, ${newestFirst.key} from barrier_answer a
          where a.barrier_id = parent.id and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /**
   * Adds an answer; a trigger sets the status and due date of the barrier.
   *
   * @throws an error for which isRefusedByPolicy is true for people who do not answer for its area; TRIAL_END
   */
  async insert(em: EntityManager, values: Values<BarrierAnswerEntity>): Promise<void> {
    await affected(em, insertInto(BarrierAnswerEntity, values));
  }
}
