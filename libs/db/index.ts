/** Access to PostgreSQL. */
export {
  STATEMENT_RESULT_CHANNEL,
  CONNECTION_CHANNEL,
  STATEMENT_CHANNEL,
  TRANSACTION_CHANNEL,
  type ConnectionWaitEvent,
  type PoolUse,
  type StatementEvent,
  type TransactionEvent,
} from './diagnostics.js';
export type { DatabaseContext, PersonContext, RunIdempotently, ViewerContext } from './database-context.js';
export type { Notice } from './driver/pipelining-client.js';
export { Database } from './database.js';
export { LastStatement } from './last-statement.js';
export type { EncodedStatement, QueryResult } from './driver/statement.js';
export { PrefetchCache } from './driver/prefetch-cache.js';
export { DbModule } from './db.module.js';
export { entityManagerOn } from './client-entity-manager.js';
export { createDirectPool } from './direct-pool.js';
export { LockConnection } from './lock-connection.js';
export { LISTEN_URL, NotificationListener } from './notification-listener.js';
export { PeriodicTask } from './periodic-task.js';
export { Sql, affected, empty, isOneOf, join, row, rows, scalar, sql } from './sql.js';
export { columns } from './columns.js';
export { insertAllInto, insertInto, updateAllOf, updateOf, valuesOf, type Values } from './insert-update.js';
export {
  DatabaseBusy,
  DatabaseMisuse,
  DatabaseUnavailable,
  StatementTimeout,
  isDeadlock,
  isForeignKeyViolation,
  isLockTimeout,
  isOutOfResources,
  isRefusedByPolicy,
  isUniqueViolation,
  raisedCode,
  sqlState,
} from './errors.js';
export { RaisedCode } from './error-codes.js';
export { StartError } from './start-error.js';
export { assertServable } from './boot-check.js';
export { migrate } from './migrate/migrate.js';
export { appRole, workerRole } from './migrate/roles.js';
export { schemaText } from './migrate/schema-text.js';
