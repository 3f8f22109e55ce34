import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ObservedRequest, Telemetry } from '#telemetry';

/** What is measured; whatever else is asked for (is it alive, is it ready) has its line in the log and no more. */
const MEASURED = '/graphql';

declare module 'fastify' {
  interface FastifyRequest {
    /** What telemetry knows of this request; undefined when it does not look. */
    observed: ObservedRequest | undefined;
  }
}

/** Has requests observed, and a line logged for each when it was answered, or its client has left. */
export function observe(fastify: FastifyInstance, telemetry: Telemetry, log: Logger): void {
  fastify.decorateRequest('observed', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const began = performance.now();
    const route = request.routeOptions.url;
    if (telemetry.on && route === MEASURED) {
      request.observed = telemetry.begin(
        { requestId: request.id, method: request.method, route },
        request.headers.traceparent?.toString(),
      );
    }
    // Comes for each answer, also for one that nobody waited for; Fastify's own hooks miss clients who leave after they asked.
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.statusCode : undefined;
      ended(request, status, performance.now() - began);
    });
    done();
  });
  // Not before: while a body is read, the asynchronous context is that of the connection.
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (request.observed === undefined) done();
    else telemetry.around(request.observed, done);
  });

  function ended(request: FastifyRequest, status: number | undefined, ms: number): void {
    const { observed } = request;
    const statistics = observed && telemetry.end(observed, status, ms);
    if (!log.isLevelEnabled('info')) return;
    log.info(
      {
        requestId: request.id,
        traceId: observed?.traceId,
        method: request.method,
        // The route and not the address asked for, which may hold anything.
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
