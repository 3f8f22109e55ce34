import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { accountMails, hashToken, newToken } from '#auth';
import { barrierMails, BarriersWorkerModule } from '#barriers';
import { oneToOneMails } from '#conversations';
import { DbModule } from '#db';
import { MailDrainer, MailWorkerModule, type MailOptions } from '#mail';
import { apiTokenMails, invitationMails } from '#people';
import type { Settings } from '#settings';
import { Telemetry, TelemetryModule, telemetryOptions } from '#telemetry';

/** Overridden by tests. */
export type WorkerTuning = Pick<MailOptions, 'pollEveryMs'>;

/** The worker: a list of modules. It sends mail, and does the periodic work on barriers. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly mail: MailDrainer,
  ) {}

  static with(settings: Settings, tuning: WorkerTuning = {}): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        DbModule.forRoot({
          url: settings.workerDatabaseUrl ?? '',
          setting: 'WORKER_DATABASE_URL',
          applicationName: 'mutual worker',
          // One for each mail of a batch.
          poolSize: Math.min(settings.databasePoolSize, 5),
          statementTimeoutMs: settings.statementTimeoutMs,
        }),
        MailWorkerModule.forRoot({
          smtpUrl: settings.smtpUrl,
          from: settings.mailFrom,
          folder: settings.mailFolder,
          publicUrl: settings.publicUrl,
          templates: {
            ...accountMails,
            ...apiTokenMails,
            ...barrierMails,
            ...invitationMails,
            ...oneToOneMails,
          },
          newSecret: () => {
            const token = newToken();
            return { token, hash: hashToken(token) };
          },
          ...tuning,
        }),
        BarriersWorkerModule,
        TelemetryModule.forRoot(telemetryOptions(settings, 'worker')),
      ],
    };
  }

  onApplicationBootstrap(): void {
    const { telemetry, mail } = this;
    telemetry.gauge(
      'mutual.mail.waiting',
      'Mails that have not been sent yet.',
      '{mail}',
      () => mail.waiting.waiting,
    );
    telemetry.gauge(
      'mutual.mail.oldest_age',
      'How long the oldest mail that has not been sent yet has waited.',
      's',
      () => mail.waiting.oldestSeconds,
    );
  }
}
