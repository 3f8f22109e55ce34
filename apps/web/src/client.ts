import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { BaseHttpLink } from '@apollo/client/link/http';
import { makeInOrderLink } from './saving/in-order.ts';

/** The API is on the same host as the page: server.mjs, or the web server in production, passes /graphql on. */
export function makeClient(): ApolloClient {
  return new ApolloClient({
    // The session is in a cookie that only counts together with this header.
    link: ApolloLink.from([
      makeInOrderLink(),
      new BaseHttpLink({
        uri: '/graphql',
        credentials: 'same-origin',
        headers: {
          'mutual-session': 'cookie',
          accept: 'application/graphql-response+json, application/json',
        },
      }),
    ]),
    cache: new InMemoryCache(),
    defaultOptions: {
      // What is known is shown at once, and then agrees with the service.
      watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' },
    },
  });
}
