import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { scalar, sql } from '#db';

/** What the worker's login may do with barriers: it reads none of their tables. */
@Injectable()
export class BarrierTasksRepository {
  /** Lets the barriers appear that were raised without a name before today. @returns how many */
  async publishNameless(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.publish_nameless_barriers() as published`)) ?? 0;
  }

  /** Queues mails to people who have to answer soon. @returns how many */
  async remind(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.remind_of_due_barriers() as queued`)) ?? 0;
  }

  /** Queues mails to administrators about areas for which nobody answers. @returns how many */
  async remindAdministrators(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.remind_of_areas_without_answerer() as queued`)) ?? 0;
  }
}
