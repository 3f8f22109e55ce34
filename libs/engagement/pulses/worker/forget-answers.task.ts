import { Injectable, Logger } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { PulseTasksRepository } from './pulse-tasks.repository.js';

const AT_A_TIME = 50_000;
const STATEMENT_TIMEOUT_MS = 600_000;

/**
 * Every hour: destroys the answers of quarters that were not released within 60 days, drops the files that held destroyed answers, and
 * deletes participation of 24 months ago.
 */
@Injectable()
@JobTask({ name: 'forget_pulse_answers', cron: '51 * * * *' })
export class ForgetAnswersTask implements JobHandler {
  private readonly logger = new Logger('Pulses');

  constructor(private readonly pulses: PulseTasksRepository) {}

  async run(job: Job): Promise<void> {
    const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS };
    const quarters = await job.write((em) => this.pulses.destroyOverdue(em), options);
    if (quarters > 0) {
      this.logger.warn({ message: 'answers to pulses were destroyed without a release', quarters });
    }
    await job.write((em) => this.pulses.rewriteTables(em), options);
    for (;;) {
      job.signal.throwIfAborted();
      const forgotten = await job.write((em) => this.pulses.forgetParticipation(em, AT_A_TIME), options);
      if (forgotten < AT_A_TIME) return;
    }
  }
}
