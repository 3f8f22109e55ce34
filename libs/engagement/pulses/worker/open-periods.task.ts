import { Injectable, Logger } from '@nestjs/common';
import { errorForLog } from '#common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { questionsOfMonth, questionsOfQuarter } from '../question-bank.js';
import { PulseTasksRepository } from './pulse-tasks.repository.js';

/** More of them are opened by the next run. */
const AT_MOST = 1_000;
/** An organization of 300,000 people has as many members, pseudonyms and mails. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** Every ten minutes, opens the months and quarters that have begun in an organization's time zone, and their pulses. */
@Injectable()
@JobTask({ name: 'open_periods', cron: '4,14,24,34,44,54 * * * *' })
export class OpenPeriodsTask implements JobHandler {
  private readonly logger = new Logger('Pulses');

  constructor(private readonly pulses: PulseTasksRepository) {}

  async run(job: Job): Promise<void> {
    const due = await job.write((em) => this.pulses.findPeriodsToOpen(em, AT_MOST));
    const failures: unknown[] = [];
    for (const period of due) {
      job.signal.throwIfAborted();
      const { month } = period;
      try {
        await job.write(
          (em) =>
            this.pulses.openPeriod(
              em,
              period,
              asked(questionsOfMonth(month)),
              asked(questionsOfQuarter(month)),
            ),
          { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
        );
      } catch (error) {
        // The others do not wait for this one.
        this.logger.warn({ message: 'a period could not be opened', ...errorForLog(error) });
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some periods could not be opened.');
  }
}

/** What is stored of a question: its text is read in the question bank. */
function asked(
  questions: ReturnType<typeof questionsOfMonth>,
): Parameters<PulseTasksRepository['openPeriod']>[2] {
  return questions.map(({ id, driver, scale }) => ({ id, driver, scale }));
}
