import { Module, type DynamicModule } from '@nestjs/common';
import { Links } from './links.js';
import { MailDrainer } from './mail.drainer.js';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { OutboxRepository } from './outbox.repository.js';
import { Outbox } from './outbox.service.js';

/** Mail: an outbox that is part of the transaction, and its drainer in this process. */
@Module({})
export class MailModule {
  static forRoot(options: MailOptions): DynamicModule {
    return {
      module: MailModule,
      global: true,
      providers: [{ provide: MAIL_OPTIONS, useValue: options }, Links, MailDrainer, Outbox, OutboxRepository],
      exports: [Links, Outbox],
    };
  }
}
