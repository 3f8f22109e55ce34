import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule } from '#auth';
import { ConversationsModule } from '#conversations';
import { DbModule } from '#db';
import { GoalsModule, GoalUpkeepModule } from '#goals';
import { MailModule } from '#mail';
import { AccountModule, PeopleModule } from '#people';
import type { Settings } from '#settings';
import { TelemetryModule } from '#telemetry';
import { graphql } from './graphql.js';
import { HealthController } from './health.controller.js';
import { SETTINGS } from './settings.js';
import { telemetryOptions } from './telemetry.js';

/** The application: a list of modules. */
@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DbModule.forRoot({
          url: settings.databaseUrl ?? '',
          poolSize: settings.databasePoolSize,
          queueSize: settings.databaseQueueSize,
          statementTimeoutMs: settings.statementTimeoutMs,
          readsTogether: settings.execution === 'fast',
        }),
        MailModule.forRoot({
          smtpUrl: settings.smtpUrl,
          from: settings.mailFrom,
          folder: settings.mailFolder,
          publicUrl: settings.publicUrl,
        }),
        AuthModule.forRoot({ costPerMinute: settings.costPerMinute }),
        AccountModule,
        PeopleModule,
        ConversationsModule,
        GoalsModule,
        GoalUpkeepModule,
        graphql(settings),
        TelemetryModule.forRoot(telemetryOptions(settings)),
      ],
      controllers: [HealthController],
      providers: [{ provide: SETTINGS, useValue: settings }],
    };
  }
}
