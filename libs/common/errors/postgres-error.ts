/** What PostgreSQL reports about a failed statement. TypeORM and this project's own errors wrap it. */
export interface PostgresError {
  /** The SQLSTATE: https://www.postgresql.org/docs/18/errcodes-appendix.html */
  readonly code: string;
  readonly table?: string;
  readonly constraint?: string;
  /** The function in PostgreSQL's source code that reported the error. */
  readonly routine?: string;
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
const MAX_DEPTH = 5;

/** PostgreSQL's own error inside the errors that wrap it; undefined when the failure did not come from PostgreSQL. */
export function findPostgresError(error: unknown): PostgresError | undefined {
  let inner = error;
  for (let depth = 0; typeof inner === 'object' && inner !== null && depth < MAX_DEPTH; depth += 1) {
    if (
      'code' in inner &&
      typeof inner.code === 'string' &&
      SQLSTATE.test(inner.code) &&
      'severity' in inner
    ) {
      return inner as unknown as PostgresError;
    }
    inner = 'driverError' in inner ? inner.driverError : 'cause' in inner ? inner.cause : undefined;
  }
  return undefined;
}
