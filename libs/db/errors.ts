import { findPostgresError } from '#common';

/** The database cannot be reached, or the connection was lost. Retrying later may succeed. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  /**
   * @param outcome 'unknown': the connection was lost during COMMIT, so the write may have been committed. 'nothing': nothing was
   * written.
   */
  constructor(
    readonly outcome: 'nothing' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(
      outcome === 'unknown'
        ? 'The connection to the database was lost during COMMIT: the write may have been committed.'
        : 'The database cannot be reached.',
      options,
    );
  }
}

/** The queue for connections is full. Nothing was sent. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';

  constructor() {
    super('The queue for database connections is full.');
  }
}

/** A statement exceeded the statement timeout and was cancelled; nothing was written. */
export class StatementTimeout extends Error {
  override readonly name = 'StatementTimeout';

  /** @param work what the statement belonged to; one that writes may have waited for a lock */
  constructor(
    readonly work: 'reading' | 'writing',
    options?: ErrorOptions,
  ) {
    super('A statement exceeded the statement timeout.', options);
  }
}

/** PostgreSQL answered COMMIT with another command tag (ROLLBACK): nothing was written, although the work resolved. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';

  constructor(tag: string, options?: ErrorOptions) {
    super(`PostgreSQL answered COMMIT with ${tag}: a statement failed and its error was ignored.`, options);
  }
}

/** `Database` was used incorrectly: a programming error. */
export class DatabaseMisuse extends Error {
  override readonly name = 'DatabaseMisuse';
}

/** The SQLSTATE (https://www.postgresql.org/docs/18/errcodes-appendix.html); undefined for an error that is not PostgreSQL's. */
export function sqlState(error: unknown): string | undefined {
  return findPostgresError(error)?.code;
}

/** The name of the constraint that was violated, if one was. */
export function constraintOf(error: unknown): string | undefined {
  return findPostgresError(error)?.constraint;
}

/** A unique or exclusion constraint (WITHOUT OVERLAPS) was violated: the one given, or any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23505', '23P01'], constraint);
}

/** A foreign key was violated: the one given, or any. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23503', '23001'], constraint);
}

/** A CHECK constraint was violated: the one given, or any. */
export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23514'], constraint);
}

/**
 * A policy or a function rejected a write. A missing privilege (aclcheck_error) is a fault of this service and does not count. Services
 * check permissions first, so this means that a permission ended in between: a role, a session or employment.
 */
export function isRefusedByPolicy(error: unknown): boolean {
  const refusal = findPostgresError(error);
  return refusal?.code === '42501' && refusal.routine !== 'aclcheck_error';
}

/**
 * PostgreSQL ended this transaction because of a conflict with another one (under READ COMMITTED: a deadlock). Repeating the whole
 * transaction can succeed.
 */
export function isDeadlock(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error) ?? '');
}

/** pg always fails with an Error, but its types say unknown. */
export function asError(failure: unknown): Error {
  return failure instanceof Error
    ? failure
    : new Error('The database driver failed without an error.', { cause: failure });
}

/** The statement timeout cancelled it. */
export function isTimeout(error: unknown): boolean {
  return sqlState(error) === '57014';
}

/** A prepared statement is outdated: after a migration, or because a pooler switched servers. */
export function isStale(error: unknown): boolean {
  return ['26000', '0A000'].includes(sqlState(error) ?? '');
}

/** The connection was lost, the server is shutting down or rejects connections, or an idle or transaction timeout expired. */
export function isConnectionGone(error: unknown): boolean {
  return /^(08...|57P0[1-5]|25P0[34]|53300)$/.test(sqlState(error) ?? '');
}

/** The lock timeout expired. Repeating the whole transaction later can succeed. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === '55P03';
}

/** PostgreSQL has run out of memory, disk space or connections (class 53). */
export function isOutOfResources(error: unknown): boolean {
  return sqlState(error)?.startsWith('53') === true;
}

/** The code that a function of this project raised (`using errcode = 'MU0xx'`). */
export function raisedCode(error: unknown): string | undefined {
  const code = sqlState(error);
  return code?.startsWith('MU') ? code : undefined;
}

function violates(error: unknown, codes: readonly string[], constraint: string | undefined): boolean {
  const found = findPostgresError(error);
  return (
    found !== undefined &&
    codes.includes(found.code) &&
    (constraint === undefined || found.constraint === constraint)
  );
}
