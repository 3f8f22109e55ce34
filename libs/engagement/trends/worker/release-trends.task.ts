import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { TrendReleaser } from './trend-releaser.js';
import { TrendWorkerRepository } from './trend-worker.repository.js';

/** Of each statement: those of an organization of 300,000 people take longer than others. */
const STATEMENT_TIMEOUT_MS = 300_000;

/**
 * Every hour, releases the periods that ended at least seven days ago and are not released, each in one transaction, and those
 * of an organization in their order. Where it fails or is killed, nothing of the period is there, and the next run begins it again.
 */
@Injectable()
@JobTask({ name: 'release_trends', cron: '35 * * * *' })
export class ReleaseTrendsTask implements JobHandler {
  constructor(
    private readonly repository: TrendWorkerRepository,
    private readonly releaser: TrendReleaser,
  ) {}

  async run(job: Job): Promise<void> {
    const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS };
    const due = await job.write((em) => this.repository.due(em), options);
    const failures: unknown[] = [];
    for (const period of due) {
      job.signal.throwIfAborted();
      try {
        await job.write((em) => this.releaser.release(em, period), options);
      } catch (error) {
        // Later periods of the organization wait for this one; those of others do not.
        failures.push(error);
      }
    }
    await job.write((em) => this.repository.forgetHistory(em), options);
    if (failures.length > 0) throw failures[0];
  }
}
