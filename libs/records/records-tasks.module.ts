import { Module } from '@nestjs/common';
import { ExpiredExportsTask } from './retention/expired-exports.task.js';
import { LeaverRemindersTask } from './retention/leaver-reminders.task.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { RetentionTask } from './retention/retention.task.js';

/** The part of retention in the worker. */
@Module({ providers: [ExpiredExportsTask, LeaverRemindersTask, RetentionRepository, RetentionTask] })
export class RecordsTasksModule {}
