import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';
import type { PulseQuestionRow, PulseRow } from './pulse.entity.js';

const pulse = sql`p.id, p.closes_at as "closesAt", jsonb_build_object(
    'key', e.key, 'startsOn', e.starts_on, 'endsOn', e.ends_on, 'closed', e.ends_at <= now()
  ) as period
  from pulse p join engagement_period e on e.id = p.period_id`;

@Injectable()
export class PulseRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<PulseRow[]> {
    return rows<PulseRow>(em, sql`select ${pulse} where p.id = any(${ids}::uuid[])`);
  }

  /** The open pulse that the viewer is asked to answer: at most one, unless the clock was set back. */
  findOpen(em: EntityManager): Promise<PulseRow[]> {
    return rows<PulseRow>(
      em,
      sql`select ${pulse} join app.own_pulses() own on own.pulse_id = p.id where p.closes_at > now() order by p.closes_at, p.id`,
    );
  }

  /** Those of these pulses that the viewer has answered. */
  async findAnswered(em: EntityManager, ids: readonly string[]): Promise<Map<string, true>> {
    const found = await rows<{ id: string }>(
      em,
      sql`select o.pulse_id as id from app.own_pulses() o where o.answered and o.pulse_id = any(${ids}::uuid[])`,
    );
    return new Map(found.map(({ id }) => [id, true]));
  }

  /** The questions of each pulse, in their order. */
  async findQuestions(
    em: EntityManager,
    pulseIds: readonly string[],
  ): Promise<Map<string, PulseQuestionRow[]>> {
    const found = await rows<PulseQuestionRow>(
      em,
      sql`select q.question_id as id, q.pulse_id as "pulseId", q.driver, q.scale
          from pulse_question q where q.pulse_id = any(${pulseIds}::uuid[]) order by q.pulse_id, q.position`,
    );
    return Map.groupBy(found, ({ pulseId }) => pulseId);
  }

  /**
   * Answers a pulse for the viewer, with nothing that connects the row with them.
   *
   * @param scores in the order of the questions; null for one that was left out
   * @throws PULSE_CLOSED; NOT_ASKED; NO_SUCH_PULSE; PULSE_SCORES
   */
  async answer(em: EntityManager, pulseId: string, scores: readonly (number | null)[]): Promise<void> {
    await rows(em, sql`select app.answer_pulse(${pulseId}, ${scores}::smallint[])`);
  }
}
