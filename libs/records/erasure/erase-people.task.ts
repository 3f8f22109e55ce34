import { Injectable, Logger } from '@nestjs/common';
import { errorForLog } from '#common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { ErasePeopleRepository } from './erase-people.repository.js';

/** More of them wait for the next hour. */
const AT_MOST = 1_000;
/** All that a person wrote in years is erased by one statement. */
const STATEMENT_TIMEOUT_MS = 600_000;

/**
 * Every hour, erases what people have asked to erase 7 days ago, and everything about people who left 90 days ago. One transaction for each
 * person: a process that dies has erased some of them completely and the others not at all, and the next run continues.
 */
@Injectable()
@JobTask({ name: 'erase_people', cron: '20 * * * *' })
export class ErasePeopleTask implements JobHandler {
  private readonly logger = new Logger('Erasure');

  constructor(private readonly people: ErasePeopleRepository) {}

  async run(job: Job): Promise<void> {
    const due = await job.write((em) => this.people.findDue(em, AT_MOST));
    let erased = 0;
    const failures: unknown[] = [];
    for (const personId of due) {
      job.signal.throwIfAborted();
      try {
        const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS };
        if (await job.write((em) => this.people.erase(em, personId), options)) erased += 1;
      } catch (error) {
        // The others do not wait for this one.
        this.logger.warn({ message: 'a person could not be erased', ...errorForLog(error) });
        failures.push(error);
      }
    }
    if (erased > 0) this.logger.log({ message: 'people erased', erased });
    if (failures.length > 0) throw new AggregateError(failures, 'Some people could not be erased.');
  }
}
