import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { PlanningRepository, type UnplannedOneToOne } from './planning.repository.js';
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
    for (;;) {
      job.signal.throwIfAborted();
      const page = await this.findAfter(afterId);
      for (const { id, recurrence, startsAt, timeZone, taken } of page) {
        const at = nextFreeOccurrence(
          { rule: recurrence, startsAt, timeZone },
          new Date(),
          new Set(taken.map((date) => date.getTime())),
        );
        if (at !== null) await job.write((em) => this.planning.plan(em, id, recurrence, at));
      }
      const last = page.at(-1);
      if (last === undefined || page.length < AT_A_TIME) return;
      afterId = last.id;
    }
  }

  private findAfter(id: string | null): Promise<UnplannedOneToOne[]> {
    return this.database.read(null, (em) => this.planning.findUnplanned(em, id, AT_A_TIME));
  }
}
