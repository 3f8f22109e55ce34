import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../request-context.js';

function isRefusal({ errors = [] }: FormattedExecutionResult): boolean {
  return errors.length > 0 && errors.every(({ extensions }) => extensions?.code !== 'INTERNAL_SERVER_ERROR');
}

/**
 * 503 and Retry-After where the service was too busy, or its database away, for anything of the operation to be answered: so that
 * load balancers and clients that know nothing of GraphQL see it too. An answer that holds something is as any other.
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

/** What clients that leave it to us send. */
const ANY_JSON: ReadonlySet<string> = new Set([
  '',
  '*/*',
  'application/json',
  'application/json, text/plain, */*',
]);
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * Answers a GraphQL request that was well-formed as HTTP, but refused as an operation, as the GraphQL over HTTP
 * specification has it (2025, section 6.4): 400 where the client takes application/graphql-response+json, whose status
 * speaks of GraphQL; 200 where it takes application/json, since whoever stands between may have answered a 400 too.
 */
export function statusPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ request, response }) {
          const { body, http } = response;
          const accept = request.http?.headers.get('accept') ?? '';
          // What Apollo would come to as well, having parsed it as a list of weighed types.
          if (ANY_JSON.has(accept)) http.headers.set('content-type', 'application/json; charset=utf-8');
          // What happened in fields does not change the status of an answer, with one exception.
          if (body.kind === 'single' && 'data' in body.singleResult) http.status = 200;
          setUnavailable({ response });
          // Apollo's answer to whatever a plugin refused an operation with, our own refusals among them.
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
