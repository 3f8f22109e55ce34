import pg from 'pg';
import { AbstractLogger, DataSource, getMetadataArgsStorage, type DataSourceOptions } from 'typeorm';
import { PipeliningClient } from './driver/pipelining-client.js';
import { SnakeCaseNaming } from './naming.js';
import { typeParsers } from './driver/type-parsers.js';

/** The table in which TypeORM records the migrations that a database has had. */
export const MIGRATIONS_TABLE = 'schema_migration';

export interface DatabaseSettings {
  /** `postgres://login:password@host:port/database` of the login that serves. */
  readonly url: string;
  /** The setting that holds the URL; DATABASE_URL unless given. */
  readonly setting?: 'DATABASE_URL' | 'WORKER_DATABASE_URL';
  /** ConnectionPool at most, of this process. */
  readonly poolSize: number;
  /** How many callers may wait for a connection; any number unless told. */
  readonly queueSize?: number;
  /** How long one statement may take, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Whether what one viewer reads at the same time travels together; it does unless told. */
  readonly batchReads?: boolean;
  /** How long to wait for a connection, free or new, in milliseconds; 5,000 unless told. */
  readonly connectTimeoutMs?: number;
  /** Seen in pg_stat_activity; 'mutual' unless told. */
  readonly applicationName?: string;
  /** Told about connections lost while idle. Nothing is lost with them. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * TypeORM's DataSource for the role that serves, not yet connected. It never changes the schema: no synchronize, no
 * migrations, no extensions. Entities are all classes decorated with @Entity that were loaded by now.
 */
export function servingDataSource(settings: DatabaseSettings): DataSource {
  const options: DataSourceOptions = {
    ...baseOptions(settings.url, settings.applicationName ?? 'mutual'),
    entities: getMetadataArgsStorage()
      .tables.map((table) => table.target)
      .filter((target) => typeof target === 'function'),
    poolSize: settings.poolSize,
    connectTimeoutMS: settings.connectTimeoutMs ?? 5_000,
    poolErrorHandler: settings.onIdleError ?? (() => undefined),
    extra: {
      // Statements go out without waiting for the answers before them; they are answered in order.
      pipeline: true,
      Client: PipeliningClient,
      types: typeParsers,
      keepAlive: true,
      // A connection is worth keeping for the statements that it has prepared. pg closes one that is idle for ten seconds.
      idleTimeoutMillis: 10 * 60_000,
    },
  };
  return new DataSource(options);
}

/** TypeORM's own loggers print failures that the caller hears of anyway, with the values of the statement. */
class Silent extends AbstractLogger {
  protected override writeLog(): void {
    // Nothing.
  }
}

/** What the serving and the migrating DataSource have in common. */
export function baseOptions(url: string, applicationName: string) {
  return {
    type: 'postgres',
    driver: pg,
    url,
    applicationName,
    namingStrategy: new SnakeCaseNaming(),
    installExtensions: false,
    synchronize: false,
    migrationsRun: false,
    migrationsTableName: MIGRATIONS_TABLE,
    logger: new Silent(),
  } as const;
}
