import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { servingDataSource, type DatabaseSettings } from './data-source.js';
import { DATA_SOURCE, Database, QUEUE_SIZE, BATCH_READS, STATEMENT_TIMEOUT_MS } from './database.js';
import { LISTEN_URL } from './notification-listener.js';
import { unreachable } from './server-check.js';

/** Provides `Database` to every module; the DataSource stays private. */
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Connects when the application starts, which fails with a StartError. Call `assertServable` first: it checks that row-level security is
   * effective.
   */
  static forRoot(settings: DatabaseSettings): DynamicModule {
    return {
      module: DbModule,
      global: true,
      providers: [
        {
          provide: DATA_SOURCE,
          useFactory: async (): Promise<DataSource> => {
            try {
              return await servingDataSource(settings).initialize();
            } catch (cause) {
              throw unreachable(settings.url, settings.setting ?? 'DATABASE_URL', cause);
            }
          },
        },
        { provide: STATEMENT_TIMEOUT_MS, useValue: settings.statementTimeoutMs },
        { provide: BATCH_READS, useValue: settings.batchReads ?? true },
        { provide: QUEUE_SIZE, useValue: settings.queueSize ?? Infinity },
        { provide: LISTEN_URL, useValue: settings.listenUrl ?? settings.url },
        Database,
      ],
      exports: [Database, LISTEN_URL],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
