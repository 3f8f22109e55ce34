import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, scalar, sql } from '#db';
import type { BankQuestion } from '../question-bank.js';

/** An organization whose month has begun. */
export interface PeriodToOpen {
  readonly organizationId: string;
  /** Its first day. */
  readonly month: string;
}

type Question = Pick<BankQuestion, 'id' | 'driver' | 'scale'>;

/** What the worker's login may do with pulses: it reads none of their tables. */
@Injectable()
export class PulseTasksRepository {
  findPeriodsToOpen(em: EntityManager, atMost: number): Promise<PeriodToOpen[]> {
    return rows<PeriodToOpen>(
      em,
      sql`select d.organization_id as "organizationId", d.month from app.periods_to_open(${atMost}) d`,
    );
  }

  /** Opens a month, its quarter and their pulse, as far as they are not open. @returns whether it opened a month */
  async openPeriod(
    em: EntityManager,
    { organizationId, month }: PeriodToOpen,
    monthly: readonly Question[],
    quarterly: readonly Question[],
  ): Promise<boolean> {
    return (
      (await scalar<boolean>(
        em,
        sql`select app.open_period(
            ${organizationId}, ${month}::date, ${JSON.stringify(monthly)}::jsonb, ${JSON.stringify(quarterly)}::jsonb
          ) as opened`,
      )) ?? false
    );
  }

  /** Stores the answers of the last minute with others. @returns how many */
  async storeAnswers(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.store_pulse_answers() as stored`)) ?? 0;
  }

  /** Destroys the answers of quarters that were not released in time. @returns of how many quarters */
  async destroyOverdue(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.destroy_overdue_pulse_answers() as destroyed`)) ?? 0;
  }

  /** Drops the files that held destroyed answers. @returns whether there were any, and nobody used them */
  async rewriteTables(em: EntityManager): Promise<boolean> {
    return (await scalar<boolean>(em, sql`select app.rewrite_pulse_tables() as rewritten`)) ?? false;
  }

  /** Deletes participation of 24 months ago. @returns how many rows */
  async forgetParticipation(em: EntityManager, atMost: number): Promise<number> {
    return (
      (await scalar<number>(em, sql`select app.forget_pulse_participation(${atMost}) as forgotten`)) ?? 0
    );
  }
}
