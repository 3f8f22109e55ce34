import { Module } from '@nestjs/common';
import { AccountRepository } from './account.repository.js';
import { AddressChangeRepository } from './address-change.repository.js';
import { AddressChangeTask } from './address-change.task.js';
import { ExpiredKeysTask } from './expired-keys.task.js';
import { ExpiredLinksTask } from './expired-links.task.js';
import { ThrottleRepository } from './throttle.repository.js';

/** The part of accounts and throttles in the worker. */
@Module({
  providers: [
    AccountRepository,
    AddressChangeRepository,
    AddressChangeTask,
    ExpiredKeysTask,
    ExpiredLinksTask,
    ThrottleRepository,
  ],
})
export class AuthTasksModule {}
