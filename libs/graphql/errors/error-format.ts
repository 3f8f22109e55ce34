import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { badInput, type ApiError } from './errors.js';
import { toApiError } from './error-mapping.js';
import type { RequestContext } from '../request-context.js';
import {
  givenUp,
  inShort,
  pathOfLiteral,
  pathOfVariable,
  refusedArgument,
  refusedVariable,
} from './validation-errors.js';

/** GraphQL's and HTTP's own codes: a request that never became an operation. */
const PROTOCOL_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
]);

/** What is known of an error beside itself. */
interface Circumstances {
  readonly requestId: string;
  /** Where the refused value stands, if it was written into the document. */
  readonly literal: string | undefined;
  /** Where the refused variable is used in the arguments. */
  readonly variable: string | undefined;
}

const circumstances = new WeakMap<object, Circumstances>();

/** Remembers of each error its request, and its place in the document, for {@link formatError} is told neither. */
export function correlationPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue: { requestId }, document }) {
          for (const error of errors) {
            const [node] = error.path === undefined ? (error.nodes ?? []) : [];
            circumstances.set(error, {
              requestId,
              literal: document && pathOfLiteral(document, node),
              variable: document && pathOfVariable(document, node),
            });
          }
          return Promise.resolve();
        },
      }),
  };
}

/**
 * An allow-list: our own errors and the protocol's keep their words. Everything else becomes INTERNAL_SERVER_ERROR with
 * the correlation id, and is logged.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { requestId, literal, variable } = circumstancesOf(error);
  // With a path it comes out of a resolver, and is no refusal of the protocol, whatever its code.
  if (error instanceof GraphQLError && error.path === undefined) {
    const refused =
      refusedVariable(error, variable) ??
      givenUp(error) ??
      (literal === undefined ? undefined : badInput(literal, inShort(error.message)));
    if (refused) return present(refused, formatted);
    if (PROTOCOL_CODES.has(formatted.extensions?.code)) return formatted;
  }
  return present(refusedArgument(error) ?? toApiError(error, { requestId }), formatted);
}

/** Anything thrown outside of an operation's fields, in the form of an answer's error. */
export function formatFailure(error: unknown, requestId: string): GraphQLFormattedError {
  return present(toApiError(error, { requestId }));
}

function circumstancesOf(error: unknown): Circumstances {
  const known = typeof error === 'object' && error !== null ? circumstances.get(error) : undefined;
  // Unknown when the request failed before it had an operation.
  return known ?? { requestId: randomUUID(), literal: undefined, variable: undefined };
}

function present(
  error: ApiError,
  { locations, path }: Partial<GraphQLFormattedError> = {},
): GraphQLFormattedError {
  const { http: _http, ...extensions } = error.extensions;
  return { message: error.message, ...(locations && { locations }), ...(path && { path }), extensions };
}
