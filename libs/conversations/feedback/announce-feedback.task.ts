import { Injectable } from '@nestjs/common';
import { row, sql } from '#db';
import { JobTask, type Job, type JobHandler } from '#jobs';

/**
 * Increments the version of a conversation once the feedback of both participants is revealed, so that clients read it again. Every change of
 * feedback queues it. The reveal itself does not wait for it.
 */
@Injectable()
@JobTask({ name: 'announce_revealed_feedback' })
export class AnnounceFeedbackTask implements JobHandler {
  async run(job: Job): Promise<void> {
    await job.write((em) => row(em, sql`select app.announce_revealed_feedback(${job.rowId ?? null}::uuid)`));
  }
}
