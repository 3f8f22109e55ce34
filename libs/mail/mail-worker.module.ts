import { Module, type DynamicModule } from '@nestjs/common';
import { Links } from './links.js';
import { MailMonitor } from './mail-monitor.js';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { OutboxRepository } from './outbox.repository.js';
import { SendMailTask } from './send-mail.task.js';
import { UndeliverableMailTask } from './undeliverable-mail.task.js';

/** Sends queued mails with the worker's login, the only one that can read the outbox. */
@Module({})
export class MailWorkerModule {
  static forRoot(options: MailOptions): DynamicModule {
    return {
      module: MailWorkerModule,
      providers: [
        { provide: MAIL_OPTIONS, useValue: options },
        Links,
        MailMonitor,
        OutboxRepository,
        SendMailTask,
        UndeliverableMailTask,
      ],
      exports: [MailMonitor],
    };
  }
}
