import { Injectable, Logger, Module } from '@nestjs/common';
import { errorForLog } from '#common';
import { PeriodicTask } from '#db';
import { BarrierJobsRepository } from './barrier-jobs.repository.js';
import { BarrierJobs } from './barrier-jobs.js';

const EVERY_MS = 60_000;

@Injectable()
class BarriersTimer extends PeriodicTask {
  private readonly logger = new Logger('Barriers');

  constructor(private readonly jobs: BarrierJobs) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    await this.jobs.publishNameless();
    await this.jobs.remind();
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'the periodic work on barriers failed', ...errorForLog(error) });
  }
}

/** Imported by the worker. */
@Module({ providers: [BarrierJobs, BarrierJobsRepository, BarriersTimer], exports: [BarrierJobs] })
export class BarriersWorkerModule {}
