import type { ApolloServerPlugin } from '@apollo/server';
import { publishOutcome } from '../diagnostics.js';
import { formatFailure } from '../errors/error-format.js';
import { setUnavailable } from '../errors/http-status.js';
import type { RequestContext } from '../request-context.js';
import { isAboutNothing, untilNextStep } from './response-timing.js';

/**
 * Completes a response: runs what `ctx.beforeResponse` registered, sends the cookie that signing in or out has changed, publishes the outcome,
 * and delays responses about missing rows.
 */
export function beforeResponsePlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ contextValue, operation, response }) {
          try {
            await contextValue.runBeforeResponse();
          } catch (error) {
            const formatted = formatFailure(error, contextValue.requestId);
            response.body = { kind: 'single', singleResult: { data: null, errors: [formatted] } };
            setUnavailable({ response });
          }
          const cookie = contextValue.sessionCookie?.header;
          if (cookie !== undefined) response.http.headers.set('set-cookie', cookie);
          const result = response.body.kind === 'single' ? response.body.singleResult : {};
          await contextValue.completeResult?.(result);
          const { data, errors } = result;
          publishOutcome(operation, errors);
          if (isAboutNothing(data, errors)) await untilNextStep(contextValue.startedAt);
        },
      }),
  };
}
