import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { AlignmentTasksModule } from '#alignment';
import { accountMails, AuthTasksModule, hashToken, newToken } from '#auth';
import { barrierMails, BarriersTasksModule } from '#barriers';
import { BusinessGoalsTasksModule } from '#business-goals';
import { ConversationsTasksModule, oneToOneMails } from '#conversations';
import { DbModule } from '#db';
import { EngagementTasksModule, pulseMails } from '#engagement';
import { JobsModule, QueueMonitor } from '#jobs';
import { MailMonitor, MailWorkerModule } from '#mail';
import { apiTokenMails, invitationMails, PeopleTasksModule } from '#people';
import { erasureMails, leaverMails, RecordsTasksModule } from '#records';
import type { Settings } from '#settings';
import { Telemetry, TelemetryModule, telemetryOptions } from '#telemetry';

/** Overridden by tests. */
export interface WorkerTuning {
  /** How often the queue is read, in milliseconds. */
  readonly pollEveryMs?: number;
}

/** The worker: a list of modules. Their tasks (libs/.../*.task.ts) are what it does. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly jobs: QueueMonitor,
    private readonly mail: MailMonitor,
  ) {}

  static with(settings: Settings, tuning: WorkerTuning = {}): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        DbModule.forRoot({
          url: settings.workerDatabaseUrl ?? '',
          setting: 'WORKER_DATABASE_URL',
          applicationName: 'mutual worker',
          // One for each job, and one for changes.
          poolSize: Math.min(settings.databasePoolSize, 6),
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
            ...erasureMails,
            ...leaverMails,
            ...oneToOneMails,
            ...pulseMails,
          },
          newSecret: () => {
            const token = newToken();
            return { token, hash: hashToken(token) };
          },
        }),
        AuthTasksModule,
        PeopleTasksModule,
        BusinessGoalsTasksModule,
        AlignmentTasksModule,
        BarriersTasksModule,
        ConversationsTasksModule,
        EngagementTasksModule,
        RecordsTasksModule,
        JobsModule.forRoot({ url: settings.workerDatabaseUrl ?? '', ...tuning }),
        TelemetryModule.forRoot(telemetryOptions(settings, 'worker')),
      ],
    };
  }

  onApplicationBootstrap(): void {
    const { telemetry, jobs, mail } = this;
    telemetry.gauge(
      'mutual.jobs.due',
      'Jobs whose time has come, or that are running.',
      '{job}',
      () => jobs.state.due,
    );
    telemetry.gauge(
      'mutual.jobs.oldest_age',
      'How long the first of the due jobs has been due.',
      's',
      () => jobs.state.oldestSeconds,
    );
    telemetry.gauge(
      'mutual.jobs.given_up',
      'Jobs whose last attempt has failed.',
      '{job}',
      () => jobs.state.givenUp,
    );
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
    telemetry.gauge(
      'mutual.mail.given_up',
      'Mails that could not be sent within three days.',
      '{mail}',
      () => mail.waiting.givenUp,
    );
  }
}
