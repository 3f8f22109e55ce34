import { Module } from '@nestjs/common';
import { ForgetAnswersTask } from './pulses/worker/forget-answers.task.js';
import { OpenPeriodsTask } from './pulses/worker/open-periods.task.js';
import { PulseTasksRepository } from './pulses/worker/pulse-tasks.repository.js';
import { ReleaseTrendsTask } from './trends/worker/release-trends.task.js';
import { TrendReleaser } from './trends/worker/trend-releaser.js';
import { TrendWorkerRepository } from './trends/worker/trend-worker.repository.js';
import { StoreAnswersTask } from './pulses/worker/store-answers.task.js';

/** The part of pulses and engagement trends in the worker. */
@Module({
  providers: [
    ForgetAnswersTask,
    OpenPeriodsTask,
    PulseTasksRepository,
    ReleaseTrendsTask,
    StoreAnswersTask,
    TrendReleaser,
    TrendWorkerRepository,
  ],
})
export class EngagementTasksModule {}
