import { findPostgresError } from '#common';

/** The database cannot be reached, or the connection was lost on the way. Trying again later may help. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  /**
   * @param outcome 'unknown' when the connection was lost while COMMIT was under way: the write may have happened. 'nothing'
   * otherwise: nothing was written.
   */
  constructor(
    readonly outcome: 'nothing' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(
      outcome === 'unknown'
        ? 'The connection to the database was lost during COMMIT: whether it happened is unknown.'
        : 'The database cannot be reached.',
      options,
    );
  }
}

/** As many callers wait for a connection as may: this one was refused at once. Nothing was sent. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';

  constructor() {
    super('Too many callers wait for a database connection.');
  }
}

/** A statement took longer than it may, and was cancelled; nothing was written. */
export class StatementTimeout extends Error {
  override readonly name = 'StatementTimeout';

  /** @param work what the statement belonged to. One that writes may have waited for a lock, and is not too large then. */
  constructor(
    readonly work: 'reading' | 'writing',
    options?: ErrorOptions,
  ) {
    super('A database statement took longer than it may.', options);
  }
}

/** COMMIT was answered by anything but COMMIT: nothing was written, although the work seemed to succeed. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';

  constructor(tag: string, options?: ErrorOptions) {
    super(`COMMIT was answered with ${tag}: a statement had failed and its error was swallowed.`, options);
  }
}

/** A mistake in our own code in using the database door, found at run time. Never the caller's fault. */
export class DatabaseMisuse extends Error {
  override readonly name = 'DatabaseMisuse';
}

/** The five-character SQLSTATE of a failure (https://www.postgresql.org/docs/18/errcodes-appendix.html), if Postgres gave one. */
export function sqlState(error: unknown): string | undefined {
  return findPostgresError(error)?.code;
}

/** The constraint that a statement ran into, if it was one. */
export function constraintOf(error: unknown): string | undefined {
  return findPostgresError(error)?.constraint;
}

/** A value that must be unique exists already; with a name, under that very constraint. Exclusion (WITHOUT OVERLAPS) counts. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23505', '23P01'], constraint);
}

/** A row that is pointed to does not exist, or one that is still pointed to was to go. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23503', '23001'], constraint);
}

/** A CHECK refused the value. */
export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates(error, ['23514'], constraint);
}

/**
 * A policy or a function refused a write, not a missing privilege (which is a fault of ours). Services ask first whether a caller may do
 * something, so what is left is a right that ended meanwhile: somebody else took the role, or ended the session or employment.
 */
export function isRefusedByPolicy(error: unknown): boolean {
  const refusal = findPostgresError(error);
  return refusal?.code === '42501' && refusal.routine !== 'aclcheck_error';
}

/**
 * Two transactions stood in each other's way and Postgres ended this one: trying the whole of it again would do. Under READ
 * COMMITTED that is a deadlock only.
 */
export function isDeadlock(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error) ?? '');
}

/** What pg failed with; always an Error, which its types do not know. */
export function asError(failure: unknown): Error {
  return failure instanceof Error
    ? failure
    : new Error('The database failed without saying why.', { cause: failure });
}

/** It was cancelled, since it took longer than it may. */
export function isTimeout(error: unknown): boolean {
  return sqlState(error) === '57014';
}

/** A prepared statement is not what this connection believes: after a migration, or when a pooler switched servers. */
export function isStale(error: unknown): boolean {
  return ['26000', '0A000'].includes(sqlState(error) ?? '');
}

/** Connection lost, server shutting down or not accepting, idle or transaction time over. */
export function isConnectionGone(error: unknown): boolean {
  return /^(08...|57P0[1-5]|25P0[34]|53300)$/.test(sqlState(error) ?? '');
}

/** PostgreSQL did not get a lock in time, and ended the statement: trying the whole again later may help. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === '55P03';
}

/** PostgreSQL has no memory, disk or connection left (class 53): the statement itself is not at fault. */
export function isOutOfResources(error: unknown): boolean {
  return sqlState(error)?.startsWith('53') === true;
}

/** The code of a `raise exception … using errcode = 'MU0xx'` in one of our own functions. */
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
