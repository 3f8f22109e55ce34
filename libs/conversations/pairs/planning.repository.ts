import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, scalar, sql } from '#db';

/** A one-to-one with a recurrence and nothing planned ahead. */
export interface UnplannedOneToOne {
  readonly id: string;
  readonly recurrence: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  /** Times after now at which no conversation may be planned. */
  readonly taken: readonly Date[];
}

/** Planning and reminders, through the functions of the worker's login (policies/62-planning-and-reminders.sql). */
@Injectable()
export class PlanningRepository {
  findUnplanned(em: EntityManager, afterId: string | null, atMost: number): Promise<UnplannedOneToOne[]> {
    return rows<UnplannedOneToOne>(
      em,
      sql`select id, recurrence, starts_at as "startsAt", time_zone as "timeZone", taken
          from app.one_to_ones_to_plan(${afterId}::uuid, ${atMost})`,
    );
  }

  /** @returns false if something is planned by now, or the recurrence has changed */
  async plan(em: EntityManager, oneToOneId: string, recurrence: string, at: Date): Promise<boolean> {
    return (
      (await scalar<boolean>(
        em,
        sql`select app.plan_conversation(${oneToOneId}::uuid, ${recurrence}, ${at}) as planned`,
      )) ?? false
    );
  }

  /** Queues reminders of conversations that begin soon. @returns how many mails */
  async remindBefore(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.remind_before_conversations() as mails`)) ?? 0;
  }

  /** Queues reminders of conversations that have passed and were not logged. @returns how many mails */
  async remindAfter(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.remind_after_conversations() as mails`)) ?? 0;
  }
}
