import { Module } from '@nestjs/common';
import { ErasePeopleRepository } from './erasure/erase-people.repository.js';
import { ErasePeopleTask } from './erasure/erase-people.task.js';
import { ExpiredExportsTask } from './retention/expired-exports.task.js';
import { LeaverRemindersTask } from './retention/leaver-reminders.task.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { RetentionTask } from './retention/retention.task.js';

/** The parts of retention and erasure in the worker. */
@Module({
  providers: [
    ErasePeopleRepository,
    ErasePeopleTask,
    ExpiredExportsTask,
    LeaverRemindersTask,
    RetentionRepository,
    RetentionTask,
  ],
})
export class RecordsTasksModule {}
