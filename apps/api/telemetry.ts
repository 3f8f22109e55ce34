import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { SubscriptionServer } from '#graphql';
import type { ObservedRequest, Telemetry } from '#telemetry';

/** The route that is observed; requests to others (/health, /ready) are logged only. */
const MEASURED = '/graphql';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined if the request is not observed. */
    observed: ObservedRequest | undefined;
  }
}

/** Observes requests, and logs each when its response was sent or its client has disconnected. */
export function observe(fastify: FastifyInstance, telemetry: Telemetry, log: Logger): void {
  fastify.decorateRequest('observed', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const began = performance.now();
    const route = request.routeOptions.url;
    // A WebSocket is no request that is answered: libs/graphql/subscriptions counts it.
    if (telemetry.isEnabled && route === MEASURED && request.headers.upgrade === undefined) {
      request.observed = telemetry.begin(
        { requestId: request.id, method: request.method, route },
        request.headers.traceparent?.toString(),
      );
    }
    // Also emitted if the client disconnects after sending the request, which Fastify's hooks miss.
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.statusCode : undefined;
      ended(request, status, performance.now() - began);
    });
    done();
  });
  // Not earlier: while the body is read, the asynchronous context is that of the connection.
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (request.observed === undefined) done();
    else telemetry.run(request.observed, done);
  });

  function ended(request: FastifyRequest, status: number | undefined, ms: number): void {
    const { observed } = request;
    const statistics = observed && telemetry.end(observed, status, ms);
    // No line for an operation of which no trace may lead to its viewer.
    if (statistics?.isUntraceable === true || !log.isLevelEnabled('info')) return;
    log.info(
      {
        requestId: request.id,
        traceId: observed?.traceId,
        method: request.method,
        // The route, because the URL may contain anything.
        route: request.routeOptions.url ?? 'none',
        status,
        ms: Math.round(ms),
        operation: statistics?.operation,
        code: statistics?.code,
        statements: statistics?.statements,
        rows: statistics?.rows,
      },
      status === undefined ? 'abandoned' : 'answered',
    );
  }
}

/** Counts WebSockets and what they are for. */
export function observeSubscriptions(server: SubscriptionServer, telemetry: Telemetry): void {
  telemetry.gauge(
    'mutual.websocket.count',
    'WebSockets that are open.',
    '{connection}',
    () => server.connectionCount,
  );
  telemetry.gauge(
    'mutual.subscription.count',
    'Subscriptions that are active.',
    '{subscription}',
    () => server.subscriptionCount,
  );
  telemetry.counter('mutual.subscription.events', 'Events that were sent.', '{event}', () => server.sent);
}
