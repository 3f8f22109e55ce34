import { Module } from '@nestjs/common';
import { LeaverRemindersTask } from './retention/leaver-reminders.task.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { RetentionTask } from './retention/retention.task.js';

/** The part of retention in the worker. */
@Module({ providers: [LeaverRemindersTask, RetentionRepository, RetentionTask] })
export class RecordsTasksModule {}
