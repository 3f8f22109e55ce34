import { Module } from '@nestjs/common';
import { BarrierRemindersTask } from './worker/barrier-reminders.task.js';
import { BarrierTasksRepository } from './worker/barrier-tasks.repository.js';
import { NamelessBarriersTask } from './worker/nameless-barriers.task.js';

/** The part of barriers in the worker. */
@Module({ providers: [BarrierRemindersTask, BarrierTasksRepository, NamelessBarriersTask] })
export class BarriersTasksModule {}
