/** Errors as they are logged. */
export { errorForLog } from './error-for-log.js';
export { findPostgresError, type PostgresError } from './postgres-error.js';
