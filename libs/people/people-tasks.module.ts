import { Module } from '@nestjs/common';
import { ApiTokenEndsTask } from './accounts/api-token-ends.task.js';
import { ApiTokenRepository } from './accounts/api-token.repository.js';

/** The directory's part of the worker. */
@Module({ providers: [ApiTokenEndsTask, ApiTokenRepository] })
export class PeopleTasksModule {}
