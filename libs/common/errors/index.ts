/** Errors as they are logged. */
export { errorForLog } from './error-for-log.js';
export { findPostgresError } from './postgres-error.js';
