import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { HttpException, Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DatabaseUnavailable, isDeadlock, sqlState, StatementTimeout } from '#db';
import type { Operation } from './operation.js';

/** Every code of ours; a client may rely on there being no other beside GraphQL's own. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'TOO_COMPLEX',
  'RATE_LIMITED',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** GraphQL's and HTTP's own codes: a request that never became an operation. */
const PROTOCOL_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
]);

/** One refused value: where it is in the arguments (`input.title`), and why. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An error whose words are meant for the client. Everything else that is thrown reaches nobody but the log. */
export class ApiError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
    this.name = 'ApiError';
  }
}

/** The input is refused; every refused value is named. */
export function badInput(fields: readonly FieldError[]): ApiError;
/** The input is refused for one value, at `path` in the arguments (`input.title`). */
export function badInput(path: string, message: string): ApiError;
export function badInput(at: string | readonly FieldError[], message = ''): ApiError {
  const fields = typeof at === 'string' ? [{ path: at, message }] : at;
  const words = fields.map((field) => (field.path ? `${field.path}: ${field.message}` : field.message));
  return new ApiError('BAD_USER_INPUT', words.join(' '), { fields });
}

/** It does not exist, or not for this viewer: the words are the same. */
export function notFound(message = 'There is nothing here with this id.'): ApiError {
  return new ApiError('NOT_FOUND', message);
}

/** A role or scope is missing, decided before any row is read; or the viewer sees the row and may not change it. */
export function notPermitted(message = 'You may not do this.'): ApiError {
  return new ApiError('NOT_PERMITTED', message);
}

/** What was asked contradicts the present state. */
export function conflict(message: string): ApiError {
  return new ApiError('CONFLICT', message);
}

/** Nobody is signed in. */
export function unauthenticated(message = 'Sign in first.'): ApiError {
  return new ApiError('UNAUTHENTICATED', message);
}

/** Too many tries; `seconds` until the next one may succeed, also sent as Retry-After. */
export function rateLimited(seconds: number): ApiError {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new ApiError('RATE_LIMITED', `Too many tries. Try again in ${String(retryAfterSeconds)} seconds.`, {
    retryAfterSeconds,
    http: { headers: new Map([['retry-after', String(retryAfterSeconds)]]) },
  });
}

/** The Idempotency-Key was used before with another body. */
export function idempotencyKeyReused(): ApiError {
  return new ApiError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used before, with another request.',
  );
}

/** The operation is larger than a limit allows; the message says which limit, and the value. */
export function tooComplex(message: string): ApiError {
  return new ApiError('TOO_COMPLEX', message, { http: { status: 400 } });
}

const logger = new Logger('GraphQL');
const requests = new WeakMap<object, string>();

/** Remembers the request of each error, for {@link formatError} is not told. */
export function correlationPlugin(): ApolloServerPlugin<Operation> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) requests.set(error, contextValue.requestId);
          return Promise.resolve();
        },
      }),
  };
}

/**
 * An allow-list: {@link ApiError}s and the protocol's own errors keep their words. Everything else becomes
 * INTERNAL_SERVER_ERROR with the correlation id, and is logged.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const own = ownError(error);
  if (own) return present(formatted, own);
  if (error instanceof GraphQLError && error.path === undefined) {
    const refused = refusedVariable(error);
    if (refused) return present(formatted, refused);
    if (PROTOCOL_CODES.has(formatted.extensions?.['code'])) return formatted;
  }
  const refused = refusedArgument(error);
  if (refused) return present(formatted, refused);
  const requestId = typeof error === 'object' && error !== null ? requests.get(error) : undefined;
  return present(
    formatted,
    translated(root(error)) ?? internal(error, requestId ?? randomUUID(), formatted.path),
  );
}

/** An unexpected failure as a response shows it; logs it with its stack. */
export function internalError(error: unknown, requestId: string): GraphQLFormattedError {
  const known = ownError(error) ?? translated(root(error)) ?? internal(error, requestId);
  return { message: known.message, extensions: withoutHttp(known.extensions) };
}

function present(formatted: GraphQLFormattedError, error: ApiError): GraphQLFormattedError {
  return {
    message: error.message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: withoutHttp(error.extensions),
  };
}

function withoutHttp({ http: _http, ...extensions }: GraphQLError['extensions']): Record<string, unknown> {
  return extensions;
}

function internal(error: unknown, requestId: string, path?: readonly (string | number)[]): ApiError {
  logger.error({ message: 'unexpected failure', requestId, at: path?.join('.'), ...describe(root(error)) });
  return new ApiError('INTERNAL_SERVER_ERROR', `Something failed on our side. Its number is ${requestId}.`, {
    requestId,
  });
}

/** What a resolver threw, without GraphQL's wrapping. */
function root(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof GraphQLError && current.originalError; depth += 1) {
    current = current.originalError;
  }
  return current;
}

function ownError(error: unknown): ApiError | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof GraphQLError; depth += 1) {
    if (current instanceof ApiError) return current;
    current = current.originalError;
  }
  return undefined;
}

/** Failures of libraries below that a client can do something about. */
function translated(error: unknown): ApiError | undefined {
  if (error instanceof HttpException) {
    if (error.getStatus() === 401) return unauthenticated();
    if (error.getStatus() === 403) return notPermitted();
    if (error.getStatus() === 404) return notFound();
    return undefined;
  }
  if (error instanceof StatementTimeout || sqlState(error) === QUERY_CANCELED) {
    logger.warn({ message: 'statement timeout', ...describe(error) });
    return tooComplex('This takes longer than the service allows. Ask for fewer rows, or for fewer levels.');
  }
  if (isDeadlock(error) || sqlState(error) === LOCK_NOT_AVAILABLE) {
    logger.warn({ message: 'lost a race for a lock', ...describe(error) });
    return conflict('Somebody changed this at the same moment. Try again.');
  }
  return undefined;
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const QUERY_CANCELED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * What a log may hold of an error. Words of the database and of a parser quote values, which may be somebody's
 * words: of those only the code, the names and the stack's frames are kept. Variables and parameters never are.
 */
export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  const code = sqlState(error);
  if (code !== undefined) {
    const { table, constraint, routine } = postgresNames(error);
    return { error: error.name, sqlState: code, table, constraint, routine, stack: frames };
  }
  const quotes = error instanceof SyntaxError;
  const cause = error instanceof DatabaseUnavailable ? error.cause : undefined;
  return {
    error: error.name,
    ...(!quotes && { reason: error.message }),
    ...(cause instanceof Error && { cause: cause.message }),
    stack: frames,
  };
}

/** Names of the schema that PostgreSQL gives beside its words; they quote no value. */
function postgresNames(error: Error): { table?: string; constraint?: string; routine?: string } {
  const inner: unknown = (error as { driverError?: unknown }).driverError ?? error.cause;
  return inner instanceof Error && !('routine' in error) ? postgresNames(inner) : (error as object);
}

const VARIABLE_REFUSED =
  /^Variable "\$(\w+)" (?:got invalid value|of required type|of non-null type|has invalid value)/;

/** A variable that does not fit its type, as GraphQL itself finds it: BAD_USER_INPUT that names the field. */
function refusedVariable(error: GraphQLError): ApiError | undefined {
  const name = VARIABLE_REFUSED.exec(error.message)?.[1];
  if (name === undefined || error.nodes?.[0]?.kind !== 'VariableDefinition') return undefined;
  const inner = error.originalError;
  if (!(inner instanceof GraphQLError) || !error.message.endsWith(`; ${inner.message}`)) {
    return badInput(name, error.message.includes('must not be null') ? 'must not be null.' : 'is required.');
  }
  // The words before the last "; " end in the path, and quote the value, which is not repeated here.
  const before = error.message.slice(0, -`; ${inner.message}`.length);
  const path = / at "([\w.[\]]+)"$/.exec(before)?.[1];
  return badInput(path?.startsWith(name) ? path.replace(/\[(\d+)\]/g, '.$1') : name, inner.message);
}

/** An argument whose variable turned out null while it runs. */
function refusedArgument(error: unknown): ApiError | undefined {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  if (!(inner instanceof GraphQLError) || inner.originalError !== undefined) return undefined;
  const name = /^Argument "(\w+)" (?:of (?:non-null|required) type|has invalid value)/.exec(
    inner.message,
  )?.[1];
  return name === undefined ? undefined : badInput(name, 'must not be null.');
}
