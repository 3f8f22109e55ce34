import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { PulseTasksRepository } from './pulse-tasks.repository.js';

/** Every minute, stores the answers to pulses in random order: until then their rows were written by the transactions of their authors. */
@Injectable()
@JobTask({ name: 'store_pulse_answers', cron: '* * * * *' })
export class StoreAnswersTask implements JobHandler {
  constructor(private readonly pulses: PulseTasksRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.pulses.storeAnswers(em));
  }
}
