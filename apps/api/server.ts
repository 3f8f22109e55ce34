import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Database, StartError } from '#db';
import { SubscriptionServer } from '#graphql';
import type { Settings } from '#settings';
import { nestLogger, Telemetry } from '#telemetry';
import { AppModule } from './app.module.js';
import { demoAccounts, refuseDemoOrganization } from './demo-organization.js';
import { serveGraphiql } from './graphiql/graphiql.js';
import { observe, observeSubscriptions } from './telemetry.js';

/** How long a client may take to send a request's headers, in milliseconds, if REQUEST_TIMEOUT_MS is longer. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often slow clients are detected, in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** How long requests in progress may take to finish during shutdown, in milliseconds. */
export const FINISH_WITHIN_MS = 10_000;
/** The maximum duration of a shutdown, in milliseconds. */
export const END_WITHIN_MS = 20_000;

/** The application on its HTTP server, connected to its database, not yet listening. @throws StartError */
export async function createServer(settings: Settings, log: Logger): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // Fastify's log would contain client addresses and URLs; requests are logged in telemetry.ts.
    logger: false,
    genReqId: () => randomUUID(),
    // For other routes, which read no body (libs/graphql/limits/request-body.ts has the limits for operations).
    bodyLimit: 4_096,
    requestTimeout: settings.requestTimeoutMs,
    http: {
      requestTimeout: settings.requestTimeoutMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, settings.requestTimeoutMs),
      // Other protocols are ignored, as Node does where nothing handles them; some clients offer HTTP/2 in each request.
      shouldUpgradeCallback: ({ method, headers }) =>
        method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket',
      // Node checks every 30 seconds by default, which would close a slow connection after up to a minute.
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    trustProxy: trusted(settings.trustProxy),
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (_error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      // Only for malformed URLs, for which no hook runs.
      void reply
        .code(400)
        .headers({ ...NOT_A_PAGE, 'content-type': 'application/json; charset=utf-8' })
        .send(
          JSON.stringify({
            errors: [{ message: 'This request cannot be read.', extensions: { code: 'BAD_REQUEST' } }],
          }),
        );
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings), adapter, {
    logger: nestLogger(log),
    abortOnError: false,
  });
  try {
    await refuseDemoOrganization(app.get(Database), settings);
  } catch (error) {
    await app.close();
    throw error;
  }

  const fastify = adapter.getInstance();
  const security = securityHeaders(settings);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(security).header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
  observe(fastify, app.get(Telemetry), log);
  observeSubscriptions(app.get(SubscriptionServer), app.get(Telemetry));
  if (settings.nodeEnv === 'development') {
    await serveGraphiql(fastify, () => demoAccounts(app.get(Database)));
  }
  // A kept-alive connection would prevent the process from ending.
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.server.maxConnections = settings.maxConnections;
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // Node closes a connection that is idle for this long; after the response, the keep-alive timeout applies.
    request.raw.socket.setTimeout(settings.requestTimeoutMs);
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
  if (settings.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...settings.corsOrigins],
      // Files, such as the CSV of trends, are read with GET.
      methods: ['GET', 'POST'],
      // For the cookie of a session (libs/auth/session-tokens.ts).
      credentials: true,
      allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'mutual-session'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: 600,
    });
  }
  return app;
}

/** The headers that helmet sets on every response, computed once because they never change. */
function securityHeaders({ corsOrigins }: Pick<Settings, 'corsOrigins'>): Readonly<Record<string, string>> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const set = helmet({
    // No response is a page, so browsers load and run nothing.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: corsOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
  });
  set(response.req, response, () => undefined);
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}

const NOT_A_PAGE = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Requests that are not HTTP, or have larger headers than Node reads, get a status and nothing else. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  // The client has disconnected.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  socket.destroy(error);
}

/** The proxies whose header is trusted for the client's address; none by default, or a client could choose its address. */
function trusted(
  proxies: Settings['trustProxy'],
): false | string[] | ((address: string, hop: number) => boolean) {
  if (proxies === undefined) return false;
  // Fastify no longer accepts a number, since it cannot know that only those proxies can connect; the operator does.
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies;
  return [...proxies];
}

/** Starts listening. @returns the application's address @throws StartError */
export async function listen(
  app: NestFastifyApplication,
  { host, port, metricsHost, metricsPort }: Pick<Settings, 'host' | 'port' | 'metricsHost' | 'metricsPort'>,
): Promise<string> {
  await listening(app, { host, port, names: ['HOST', 'PORT'] }, () => app.listen({ host, port }));
  if (metricsPort !== undefined) {
    const at = { host: metricsHost, port: metricsPort, names: ['METRICS_HOST', 'METRICS_PORT'] as const };
    await listening(app, at, () => app.get(Telemetry).listen(metricsHost, metricsPort));
  }
  const address = app.getHttpServer().address();
  return addressOf(host, typeof address === 'object' && address !== null ? address.port : port);
}

/** The address as written in a browser. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

interface ListeningAt {
  readonly host: string;
  readonly port: number;
  /** The names of these settings. */
  readonly names: readonly [host: string, port: string];
}

async function listening(
  app: NestFastifyApplication,
  at: ListeningAt,
  begin: () => Promise<unknown>,
): Promise<void> {
  try {
    await begin();
  } catch (error) {
    await app.close();
    throw notListening(error, at);
  }
}

function notListening(error: unknown, { host, port, names: [hostName, portName] }: ListeningAt): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${String(port)} on ${host} is in use by another program: stop that program, or set ${portName} to another port.`,
        options,
      );
    case 'EACCES':
      return new StartError(
        `Port ${String(port)} on ${host} may not be used by this user: set ${portName} to a port from 1024 up.`,
        options,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`${host} is no address of this machine: correct ${hostName}.`, options);
    default:
      return error;
  }
}
