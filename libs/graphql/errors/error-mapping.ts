import { HttpException, Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { errorForLog } from '#common';
import {
  DatabaseBusy,
  DatabaseUnavailable,
  isDeadlock,
  isLockTimeout,
  isOutOfResources,
  isRefusedByPolicy,
  sqlState,
  StatementTimeout,
} from '#db';
import { ApiError, notFound, notPermitted, tooComplex, unauthenticated, unavailable } from './errors.js';

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const QUERY_CANCELED = '57014';

/** When to retry if the database is down, in seconds: about the time of a restart. */
const DATABASE_AWAY_SECONDS = 5;

const logger = new Logger('GraphQL');

/** Where a failure happened. Without the path in the response, which contains aliases chosen by clients; the stack identifies the field. */
export interface ErrorContext {
  readonly requestId: string;
}

/**
 * Maps anything thrown to the error for the client: an ApiError stays as it is, known failures of lower libraries get an ApiError, and
 * everything else only contains the request id. Details go to the log.
 */
export function toApiError(error: unknown, context: ErrorContext): ApiError {
  return ownError(error) ?? translated(root(error), context) ?? internal(root(error), context);
}

/** The ApiError inside of GraphQL's wrapper. */
function ownError(error: unknown): ApiError | undefined {
  const inner = root(error);
  return inner instanceof ApiError ? inner : undefined;
}

/** What a resolver threw, without GraphQL's wrapper. */
function root(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 8; depth += 1) {
    if (current instanceof ApiError || !(current instanceof GraphQLError) || !current.originalError)
      return current;
    current = current.originalError;
  }
  return current;
}

/** Failures of lower libraries that a client can react to. */
function translated(error: unknown, { requestId }: ErrorContext): ApiError | undefined {
  if (error instanceof HttpException) {
    if (error.getStatus() === 401) return unauthenticated();
    if (error.getStatus() === 403) return notPermitted();
    if (error.getStatus() === 404) return notFound();
    return undefined;
  }
  const warn = (message: string): void => {
    logger.warn({ message, requestId, ...errorForLog(error) });
  };
  if (error instanceof StatementTimeout || sqlState(error) === QUERY_CANCELED) {
    warn('a statement took too long');
    return error instanceof StatementTimeout && error.work === 'reading'
      ? tooComplex('This operation takes longer than the service allows: request fewer items or levels.')
      : unavailable('Saving this takes too long at the moment.');
  }
  if (isDeadlock(error) || isLockTimeout(error)) {
    warn('a statement lost a race for a lock');
    return unavailable('Somebody else is changing this at the moment.');
  }
  if (isRefusedByPolicy(error)) {
    warn('a policy refused a write');
    return notPermitted();
  }
  if (error instanceof DatabaseBusy) {
    warn('too many wait for a connection');
    return unavailable('The service is busy.');
  }
  if (error instanceof DatabaseUnavailable || isOutOfResources(error)) {
    warn('the database is not available');
    return unavailable(
      error instanceof DatabaseUnavailable && error.outcome === 'unknown'
        ? 'The connection to the database was lost while this was being saved, so it may or may not have been saved. With the same Idempotency-Key you can send it again without a second effect; without one, check first.'
        : 'The database cannot be reached at the moment.',
      DATABASE_AWAY_SECONDS,
    );
  }
  return undefined;
}

function internal(error: unknown, { requestId }: ErrorContext): ApiError {
  logger.error({ message: 'unexpected failure', requestId, ...errorForLog(error) });
  return new ApiError('INTERNAL_SERVER_ERROR', `Internal error. Request ID: ${requestId}`, {
    requestId,
  });
}
