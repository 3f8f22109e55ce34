import { Module, type DynamicModule } from '@nestjs/common';
import { Links } from './links.js';
import { MailDrainer } from './mail.drainer.js';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { OutboxRepository } from './outbox.repository.js';

/** Sends queued mails with the worker's login, the only one that can read the outbox. */
@Module({})
export class MailWorkerModule {
  static forRoot(options: MailOptions): DynamicModule {
    return {
      module: MailWorkerModule,
      providers: [{ provide: MAIL_OPTIONS, useValue: options }, Links, MailDrainer, OutboxRepository],
      exports: [MailDrainer],
    };
  }
}
