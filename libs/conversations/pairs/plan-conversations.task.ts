import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { PlanningRepository } from './planning.repository.js';
import { nextFreeOccurrence } from './recurrence.js';

const AT_A_TIME = 200;

/**
 * Every hour, plans the next conversation of each recurrence whose planned one has passed. The last one stays planned until one
 * of the two says whether it was held. Closing a conversation plans the next one itself (RecurrenceService).
 */
@Injectable()
@JobTask({ name: 'plan_conversations', cron: '35 * * * *' })
export class PlanConversationsTask implements JobHandler {
  constructor(
    private readonly database: Database,
    private readonly planning: PlanningRepository,
  ) {}

  async run(job: Job): Promise<void> {
    let afterId: string | null = null;
    do {
      const from: string | null = afterId;
      const found = await this.database.read(null, (em) => this.planning.findUnplanned(em, from, AT_A_TIME));
      for (const { id, recurrence, startsAt, timeZone, taken } of found) {
        const at = nextFreeOccurrence(
          { rule: recurrence, startsAt, timeZone },
          new Date(),
          new Set(taken.map((date) => date.getTime())),
        );
        if (at !== null) await job.write((em) => this.planning.plan(em, id, recurrence, at));
      }
      afterId = found.length < AT_A_TIME ? null : (found.at(-1)?.id ?? null);
    } while (afterId !== null && !job.signal.aborted);
  }
}
