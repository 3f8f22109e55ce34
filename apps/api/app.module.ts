import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule } from '#auth';
import { ConversationsModule } from '#conversations';
import { DbModule } from '#db';
import { AlignmentModule } from '#alignment';
import { BusinessGoalsModule } from '#business-goals';
import { BarriersModule } from '#barriers';
import { EngagementModule } from '#engagement';
import { GoalsModule } from '#goals';
import { AccountModule, PeopleModule } from '#people';
import { RecordsModule } from '#records';
import type { Settings } from '#settings';
import { TelemetryModule, telemetryOptions } from '#telemetry';
import { graphql } from './graphql.js';
import { HealthController } from './health.controller.js';
import { SETTINGS } from './settings.js';

/** The application: a list of modules. */
@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DbModule.forRoot({
          url: settings.databaseUrl ?? '',
          listenUrl: settings.databaseListenUrl,
          poolSize: settings.databasePoolSize,
          queueSize: settings.databaseQueueSize,
          statementTimeoutMs: settings.statementTimeoutMs,
          batchReads: settings.execution === 'fast',
        }),
        AuthModule.forRoot({
          costPerMinute: settings.costPerMinute,
          tokens: { secure: settings.nodeEnv === 'production', origins: settings.corsOrigins },
        }),
        AccountModule,
        PeopleModule,
        ConversationsModule,
        AlignmentModule,
        BarriersModule,
        BusinessGoalsModule,
        EngagementModule,
        GoalsModule,
        RecordsModule,
        graphql(settings),
        TelemetryModule.forRoot(telemetryOptions(settings, 'api')),
      ],
      controllers: [HealthController],
      providers: [{ provide: SETTINGS, useValue: settings }],
    };
  }
}
