import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { GivenUpJobsTask } from './given-up-jobs.task.js';
import { JobQueueRepository } from './job-queue.repository.js';
import { JobRunner } from './job-runner.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs.options.js';
import { QueueMonitor } from './queue-monitor.js';

/** Runs the tasks of the modules that are imported beside it. */
@Module({})
export class JobsModule {
  static forRoot(options: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: JOBS_OPTIONS, useValue: options },
        GivenUpJobsTask,
        JobQueueRepository,
        JobRunner,
        QueueMonitor,
      ],
      exports: [QueueMonitor],
    };
  }
}
