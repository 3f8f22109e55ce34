import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ApiError } from './errors.js';
import { toApiError } from './error-mapping.js';
import type { RequestContext } from '../request-context.js';
import { givenUp, inputErrors, refusedArgument } from './input-errors.js';

/** Codes of GraphQL and HTTP, for requests that did not become an operation. */
const PROTOCOL_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
]);

/** Additional facts about an error. */
interface Circumstances {
  readonly requestId: string;
  /** Its replacement: null to omit it, undefined to keep it. */
  readonly replacement: ApiError | null | undefined;
}

const circumstances = new WeakMap<object, Circumstances>();

/** Replaces an error that is included in another one. */
const LEFT_OUT: GraphQLFormattedError = { message: '' };

/** Stores the request and replacement of each error, because {@link formatError} receives only the error. */
export function correlationPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue, schema, document, operation, request }) {
          const { requestId } = contextValue;
          const variables = request.variables ?? {};
          const replaced = inputErrors(errors, { schema, document, operation, variables });
          for (const error of errors) {
            const replacement = replaced.has(error) ? (replaced.get(error) ?? null) : undefined;
            circumstances.set(error, { requestId, replacement });
          }
          return Promise.resolve();
        },
        willSendResponse({ response: { body } }) {
          if (body.kind === 'single' && body.singleResult.errors?.includes(LEFT_OUT)) {
            body.singleResult.errors = body.singleResult.errors.filter((error) => error !== LEFT_OUT);
          }
          return Promise.resolve();
        },
      }),
  };
}

/**
 * An allow-list: ApiErrors and errors of the protocol keep their message. Everything else becomes INTERNAL_SERVER_ERROR with the request
 * ID, and is logged.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { requestId, replacement } = circumstancesOf(error);
  if (replacement === null) return LEFT_OUT;
  if (replacement) return present(replacement, formatted);
  // An error with a path was thrown by a resolver and is not one of the protocol, whatever its code.
  if (error instanceof GraphQLError && error.path === undefined) {
    const refused = givenUp(error);
    if (refused) return present(refused, formatted);
    if (PROTOCOL_CODES.has(formatted.extensions?.code)) return formatted;
  }
  return present(refusedArgument(error) ?? toApiError(error, { requestId }), formatted);
}

/** Formats anything thrown outside of an operation's fields. */
export function formatFailure(error: unknown, requestId: string): GraphQLFormattedError {
  return present(toApiError(error, { requestId }));
}

function circumstancesOf(error: unknown): Circumstances {
  const known = typeof error === 'object' && error !== null ? circumstances.get(error) : undefined;
  // Unknown if the request failed before it had an operation.
  return known ?? { requestId: randomUUID(), replacement: undefined };
}

function present(
  error: ApiError,
  { locations, path }: Partial<GraphQLFormattedError> = {},
): GraphQLFormattedError {
  const { http: _http, ...extensions } = error.extensions;
  return { message: error.message, ...(locations && { locations }), ...(path && { path }), extensions };
}
