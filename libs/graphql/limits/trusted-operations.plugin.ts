import type { ApolloServerPlugin } from '@apollo/server';
import { notPermitted } from '../errors/errors.js';
import type { RequestContext } from '../request-context.js';

/**
 * Accepts only registered operations from pages of browsers (NOT_PERMITTED): an attacker who gets a script into a page of a person who is
 * signed in can run nothing that the web client does not run itself. Other clients send a token that no page has, and may send any operation.
 *
 * @param isTrusted whether an operation with this text is registered
 */
export function trustedOperationsPlugin(
  isTrusted: (text: string) => boolean,
): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ source, contextValue }) =>
          contextValue.isFromPage && !isTrusted(source)
            ? Promise.reject(
                notPermitted('From pages, only the operations of the web client are accepted here.'),
              )
            : Promise.resolve(),
      }),
  };
}
