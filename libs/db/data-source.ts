import pg from 'pg';
import { AbstractLogger, DataSource, getMetadataArgsStorage, type DataSourceOptions } from 'typeorm';
import { PipeliningClient } from './driver/pipelining-client.js';
import { SnakeCaseNaming } from './naming.js';
import { typeParsers } from './driver/type-parsers.js';

/** The table in which TypeORM records the applied migrations. */
export const MIGRATIONS_TABLE = 'schema_migration';

export interface DatabaseSettings {
  /** `postgres://login:password@host:port/database` of the login that serves. */
  readonly url: string;
  /** The setting that holds the URL; DATABASE_URL unless given. */
  readonly setting?: 'DATABASE_URL' | 'WORKER_DATABASE_URL';
  /** The URL for LISTEN; `url` unless given. */
  readonly listenUrl?: string | undefined;
  /** ConnectionPool at most, of this process. */
  readonly poolSize: number;
  /** How many callers may wait for a connection; default: no limit. */
  readonly queueSize?: number;
  /** Of each statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Whether reads of one viewer are batched; default: true. */
  readonly batchReads?: boolean;
  /** How long to wait for an idle or new connection, in milliseconds; default: 5,000. */
  readonly connectTimeoutMs?: number;
  /** Shown in pg_stat_activity; default: 'mutual'. */
  readonly applicationName?: string;
  /** Called when an idle connection is lost, which affects no request. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Creates TypeORM's DataSource for the serving role, without connecting. It never changes the schema: no synchronize, migrations or
 * extensions. Its entities are all loaded classes with @Entity.
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
      // pg sends statements without waiting for the results of earlier ones.
      pipeline: true,
      Client: PipeliningClient,
      types: typeParsers,
      keepAlive: true,
      // Keeps the prepared statements. pg closes connections that are idle for ten seconds by default.
      idleTimeoutMillis: 10 * 60_000,
    },
  };
  return new DataSource(options);
}

/** TypeORM's own loggers print the values of failed statements. */
class Silent extends AbstractLogger {
  protected override writeLog(): void {
    // Errors are logged by their callers.
  }
}

/** Options of both the serving and the migrating DataSource. */
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
