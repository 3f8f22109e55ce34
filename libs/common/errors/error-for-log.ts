import { findPostgresError } from './postgres-error.js';

const MAX_REASON_LENGTH = 300;

/**
 * The fields of a log line about an error.
 *
 * Messages of PostgreSQL and of parsers quote values, which may be personal: of those errors only the code, the names in the
 * schema and the stack frames are kept. Of other messages, quoted values are removed.
 */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!Error.isError(error)) return { error: typeof error };
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  const postgresError = findPostgresError(error);
  if (postgresError) {
    const { code, table, constraint, routine } = postgresError;
    return { error: error.name, sqlState: code, table, constraint, routine, stack };
  }
  const reason = reasonOf(error);
  const cause = Error.isError(error.cause) ? reasonOf(error.cause) : undefined;
  return {
    error: error.name,
    ...(reason !== undefined && { reason }),
    ...(cause !== undefined && { cause }),
    stack,
  };
}

/** Undefined for a parser's message, which consists of what was parsed. */
function reasonOf(error: Error): string | undefined {
  return error instanceof SyntaxError ? undefined : withoutValues(error.message);
}

/**
 * The message without the values that libraries quote in it, as in `Int cannot represent non-integer value: "…"`. The name of a
 * property that was read of undefined is code, and is kept.
 */
function withoutValues(message: string): string {
  return message
    .replace(/(?<!\(reading )(["'`])(?:(?!\1).)*\1/gs, '$1…$1')
    .replace(/\b(value|specified|Received):? .*$/s, '$1 …')
    .slice(0, MAX_REASON_LENGTH);
}
