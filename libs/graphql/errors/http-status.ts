import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../request-context.js';

function isRefusal({ errors = [] }: FormattedExecutionResult): boolean {
  return errors.length > 0 && errors.every(({ extensions }) => extensions?.code !== 'INTERNAL_SERVER_ERROR');
}

/**
 * 503 and Retry-After if nothing of the operation could be returned because the service is busy or its database is down, so that load
 * balancers and clients without knowledge of GraphQL notice. A partial response keeps its status.
 */
export function setUnavailable({
  response: { body, http },
}: Pick<GraphQLRequestContextWillSendResponse<RequestContext>, 'response'>): void {
  if (body.kind !== 'single' || !body.singleResult.errors) return;
  const { data, errors } = body.singleResult;
  const waits = errors.flatMap(({ extensions }) =>
    extensions?.code === 'UNAVAILABLE' && typeof extensions.retryAfter === 'number'
      ? extensions.retryAfter
      : [],
  );
  if (waits.length === 0) return;
  http.headers.set('retry-after', String(Math.max(...waits)));
  const isAnswered = Object.values(data ?? {}).some((value) => value !== null);
  http.status = isAnswered ? 200 : 503;
}

/** What clients without a preference send. */
const ANY_JSON: ReadonlySet<string> = new Set([
  '',
  '*/*',
  'application/json',
  'application/json, text/plain, */*',
]);
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * Sets the status of a request that was well-formed HTTP but refused as an operation, as in the GraphQL over HTTP specification (2025,
 * section 6.4): 400 for application/graphql-response+json, whose status refers to GraphQL; 200 for application/json, because an
 * intermediary could also return 400.
 */
export function statusPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ request, response }) {
          const { body, http } = response;
          const accept = request.http?.headers.get('accept') ?? '';
          // The same result as Apollo's, which parses it as a list of weighted types.
          if (ANY_JSON.has(accept)) http.headers.set('content-type', 'application/json; charset=utf-8');
          // Errors of fields do not change the status, with one exception.
          if (body.kind === 'single' && 'data' in body.singleResult) http.status = 200;
          setUnavailable({ response });
          // Apollo's status for operations that a plugin refused, including ours.
          if (http.status === 500 && body.kind === 'single' && isRefusal(body.singleResult))
            http.status = 400;
          if (http.status === 400 && body.kind === 'single' && request.query) {
            if (!accept.includes(GRAPHQL_RESPONSE)) http.status = 200;
          }
          return Promise.resolve();
        },
      }),
  };
}
