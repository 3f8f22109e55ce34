import { WebSocket } from 'ws';

/** A class of WebSockets that send these headers, as a browser sends a cookie and an origin, for the client of graphql-ws. */
export function socketWithHeaders(
  headers: Record<string, string>,
): new (address: string, protocols: string) => WebSocket {
  return class extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers });
    }
  };
}
