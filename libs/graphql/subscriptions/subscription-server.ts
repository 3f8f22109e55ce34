import { randomUUID } from 'node:crypto';
import { ServerResponse, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLSchema, parse, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { errorForLog } from '#common';
import type { Viewer } from '#identity';
import { tooComplex } from '../errors/errors.js';
import { isFromAllowedOrigin } from '../origin.js';
import type { RequestContext, SubscriptionExecution } from '../request-context.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { EventQueueOverflow } from './event-queue.js';
import { errorsOfConditions } from './subscription-field.rule.js';
import { SUBSCRIPTION_ENDED, type EventSource, type SubscriptionEvent } from './subscription-event.js';
import { SubscriptionFailure, SubscriptionResults, type Result } from './subscription-results.js';

/** How often it is checked which sessions have ended, in milliseconds. */
const CHECK_SESSIONS_EVERY_MS = 500;
/** How often a client that sends nothing is pinged, in milliseconds. Without an answer until the next ping, it is gone. */
const PING_EVERY_MS = 15_000;
/** How much may wait to be written to one client that keeps sending, in bytes. */
const MOST_UNWRITTEN = 1_048_576;
/** How long a client may take to close its connection, in milliseconds. */
const CLOSE_WITHIN_MS = 2_000;

/** The close codes of this server, beside those of the protocol. The client of graphql-ws connects again after the first three. */
const GOING_AWAY = [1001, 'Going away'] as const;
const SERVICE_RESTART = [1012, 'Changes were missed'] as const;
const TRY_AGAIN_LATER = [1013, 'Try again later'] as const;
const UNAUTHORIZED = [CloseCode.Unauthorized, 'Unauthorized'] as const;
const SESSION_ENDED = [CloseCode.Unauthorized, 'Session ended'] as const;
const FORBIDDEN = [CloseCode.Forbidden, 'Forbidden'] as const;
const TOO_MANY_CONNECTIONS = [CloseCode.TooManyInitialisationRequests, 'Too many connections'] as const;

/** Who connects. */
interface ConnectionRequest {
  readonly token: string | null;
  readonly requestId: string;
  readonly clientAddress: string;
  readonly userAgent: string;
  /** Whether its session is in the cookie of a page. */
  readonly isFromPage: boolean;
}

export interface SubscriptionOptions {
  /** The session token of the headers of a request for a connection. */
  readonly tokenOf: (headers: IncomingHttpHeaders) => string | null;
  /** The context of one execution: its viewer is looked up again each time, if it is cached while the execution begins. */
  readonly contextOf: (request: ConnectionRequest) => Promise<RequestContext>;
  /** Those of these sessions, by their hashes, that have ended, or whose person is no longer employed. */
  readonly findEndedSessions: (sessionHashes: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The origins of other sites whose pages may connect. */
  readonly origins: readonly string[];
  /** The largest message of a client, in bytes. */
  readonly messageBytes: number;
  /** How many executions run at the same time. */
  readonly concurrency: number;
  /** How long a client may stop reading, in milliseconds. */
  readonly stallMs: number;
}

const SUBSCRIPTION_LIMITS = {
  /** Connections of one session to one process. */
  connections: 10,
  /** Subscriptions of one connection. */
  subscriptions: 20,
};

/** One client's connection. */
interface Connection {
  readonly socket: WebSocket;
  readonly request: Omit<ConnectionRequest, 'token' | 'requestId' | 'isFromPage'>;
  readonly headers: IncomingHttpHeaders;
  token: string | null;
  isFromPage: boolean;
  /** Set once the client has been identified. */
  viewer: Viewer | null;
  subscriptions: number;
  isAlive: boolean;
}

type Extra = Context<Record<string, unknown>, Connection>;

/** What graphql-ws is given: operations are parsed and executed by Apollo, with everything that applies to them over HTTP. */
const OPERATION = { schema: new GraphQLSchema({}), document: parse('subscription { event }') };

type Close = readonly [code: number, reason: string];

/** Rejects a client that wants to be identified. */
function refuse(socket: WebSocket, close: Close): false {
  socket.close(...close);
  return false;
}

/**
 * Subscriptions over WebSockets with the protocol graphql-transport-ws, at the address of the endpoint. Each execution goes through
 * Apollo as an operation over HTTP does: limits, cost, errors, access log. It has a new context, whose viewer is looked up again.
 */
@Injectable()
export class SubscriptionServer {
  private readonly logger = new Logger('Subscriptions');
  private readonly connections = new Set<Connection>();
  private readonly upgrades = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();
  private sockets: WebSocketServer | undefined;
  private apollo!: ApolloServer<RequestContext>;
  private schema!: GraphQLSchema;
  private options!: SubscriptionOptions;
  private executions!: ConcurrencyLimit;
  private isSuspended = false;
  private isClosing = false;
  private checking = false;
  private readonly timers: NodeJS.Timeout[] = [];
  /** How many events were sent. */
  sent = 0;

  get connectionCount(): number {
    return this.connections.size;
  }

  get subscriptionCount(): number {
    let count = 0;
    for (const { subscriptions } of this.connections) count += subscriptions;
    return count;
  }

  /** Disconnects all clients, who connect again and then read what they have missed; rejects others until {@link resume}. */
  suspend(): void {
    this.isSuspended = true;
    for (const { socket } of this.connections) socket.close(...SERVICE_RESTART);
  }

  resume(): void {
    this.isSuspended = false;
  }

  /** Has connections upgraded by the server of this application. Its GET route at the endpoint calls {@link accept} for them. */
  attach(
    app: FastifyInstance,
    apollo: ApolloServer<RequestContext>,
    schema: GraphQLSchema,
    options: SubscriptionOptions,
  ): void {
    this.apollo = apollo;
    this.schema = schema;
    this.options = options;
    this.executions = new ConcurrencyLimit(options.concurrency);
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: options.messageBytes, handleProtocols });
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrades.set(request, { socket, head });
      // Routed as other requests, for their client address, headers and log.
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket as never);
      response.once('finish', () => socket.end());
      app.routing(request, response);
    });
    app.addHook('preClose', () => this.close());
    this.timers.push(
      setInterval(() => void this.checkSessions(), CHECK_SESSIONS_EVERY_MS).unref(),
      setInterval(() => {
        this.ping();
      }, PING_EVERY_MS).unref(),
    );
  }

  /** Whether this request is to become a WebSocket. */
  isUpgrade(request: FastifyRequest): boolean {
    return this.upgrades.has(request.raw);
  }

  /** Whether pages of this origin may connect. Programs that are not browsers send no origin. */
  allows({ headers }: FastifyRequest): boolean {
    return isFromAllowedOrigin(headers, this.options.origins);
  }

  /** Whether the client offers the protocol of this server. */
  isSpoken(request: FastifyRequest): boolean {
    return handleProtocols(request.headers['sec-websocket-protocol'] ?? '') !== false;
  }

  /** Makes a WebSocket of a request. */
  accept(request: FastifyRequest, reply: FastifyReply): void {
    const upgrade = this.upgrades.get(request.raw);
    if (upgrade === undefined || this.sockets === undefined) throw new Error('This request is no upgrade.');
    reply.hijack();
    reply.raw.detachSocket(upgrade.socket as never);
    this.sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => {
      this.opened(socket, request);
    });
  }

  private opened(socket: WebSocket, request: FastifyRequest): void {
    const connection: Connection = {
      socket,
      request: {
        clientAddress: request.ip,
        userAgent: request.headers['user-agent'] ?? '',
      },
      headers: request.headers,
      token: null,
      isFromPage: true,
      viewer: null,
      subscriptions: 0,
      isAlive: true,
    };
    this.connections.add(connection);
    if (this.isClosing) socket.close(...GOING_AWAY);
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => this.send(socket, data),
        close: (code, reason) => {
          socket.close(code, reason);
        },
        onMessage: (receive) => {
          socket.on('message', (data: Buffer, isBinary) => {
            connection.isAlive = true;
            if (isBinary) {
              socket.close(CloseCode.BadRequest, 'Invalid message received');
            } else if (socket.bufferedAmount > MOST_UNWRITTEN) {
              socket.terminate();
            } else {
              receive(data.toString()).catch((error: unknown) => {
                this.fail(socket, error);
              });
            }
          });
        },
      },
      connection,
    );
    socket.on('pong', () => {
      connection.isAlive = true;
    });
    // The connection is closed by ws after an error, such as a message that is too large.
    socket.on('error', (error) => {
      this.logger.debug({ message: 'a WebSocket failed', ...errorForLog(error) });
    });
    socket.once('close', (code: number, reason: Buffer) => {
      this.connections.delete(connection);
      closed(code, reason.toString()).catch((error: unknown) => {
        this.logger.error({ message: 'a subscription could not be ended', ...errorForLog(error) });
      });
    });
  }

  private readonly protocol = makeServer<Record<string, unknown>, Connection>({
    onConnect: ({ extra, connectionParams }: Extra) => this.identify(extra, connectionParams),
    onSubscribe: async ({ extra }: Extra, _id, payload) => {
      try {
        return { ...OPERATION, rootValue: await this.start(extra, payload) };
      } catch (error) {
        return [SubscriptionFailure.of(error).wrapped];
      }
    },
    subscribe: ({ rootValue }) => rootValue as AsyncGenerator<ExecutionResult>,
    onNext: (_ctx, _id, _payload, _args, result) => {
      this.sent += 1;
      return result as FormattedExecutionResult;
    },
    onError: ({ extra }: Extra, _id, _payload, [error]) => {
      const { originalError } = error ?? {};
      if (originalError instanceof EventQueueOverflow) extra.socket.close(...TRY_AGAIN_LATER);
      return SubscriptionFailure.of(originalError).errors;
    },
  });

  /** @returns whether the client may go on */
  private async identify(
    connection: Connection,
    params: Readonly<Record<string, unknown>> | undefined,
  ): Promise<boolean> {
    const { socket } = connection;
    if (this.isSuspended) return refuse(socket, TRY_AGAIN_LATER);
    const given = params?.authorization ?? params?.Authorization;
    const headers = typeof given === 'string' ? { authorization: given } : connection.headers;
    connection.token = this.options.tokenOf(headers);
    connection.isFromPage = headers.authorization === undefined;
    const ctx = await this.contextFor(connection);
    await ctx.verifyViewer();
    const { viewer } = ctx;
    if (viewer === null) return refuse(socket, UNAUTHORIZED);
    if (!viewer.employed) return refuse(socket, FORBIDDEN);
    connection.viewer = viewer;
    const ofSession = [...this.connections].filter((other) => other.viewer?.sessionId === viewer.sessionId);
    if (ofSession.length > SUBSCRIPTION_LIMITS.connections) return refuse(socket, TOO_MANY_CONNECTIONS);
    return true;
  }

  private contextFor({ token, isFromPage, request }: Connection): Promise<RequestContext> {
    return this.options.contextOf({ ...request, token, isFromPage, requestId: randomUUID() });
  }

  /** Starts a subscription, and reads its first event. @throws SubscriptionFailure */
  private async start(connection: Connection, payload: SubscribePayload): Promise<SubscriptionResults> {
    if (connection.subscriptions >= SUBSCRIPTION_LIMITS.subscriptions) {
      throw tooComplex(
        `This connection has too many subscriptions; at most ${String(SUBSCRIPTION_LIMITS.subscriptions)} are allowed.`,
      );
    }
    const refused = errorsOfConditions(this.schema, payload.query);
    if (refused.length > 0) throw new SubscriptionFailure(refused);
    connection.subscriptions += 1;
    const onEnd = (): void => {
      connection.subscriptions -= 1;
    };
    const execution: SubscriptionExecution = {};
    try {
      const first = await this.executions.run(async () => {
        const ctx = await this.contextFor(connection);
        ctx.subscription = execution;
        return this.execute(ctx, payload);
      });
      const { source } = execution;
      // Without a source there is an error, which was thrown.
      if (source === undefined) throw new Error('A subscription has no events.');
      return new SubscriptionResults(
        first,
        source as EventSource,
        (event) => this.next(connection, payload, event),
        onEnd,
      );
    } catch (error) {
      onEnd();
      await execution.source?.return?.();
      throw error;
    }
  }

  /** The result of one event. @returns null where nothing is sent, undefined where the subscription is over @throws SubscriptionFailure */
  private next(
    connection: Connection,
    payload: SubscribePayload,
    event: SubscriptionEvent,
  ): Promise<Result | null | undefined> {
    return this.executions.run(async () => {
      const ctx = await this.contextFor(connection);
      // Reads at once where the viewer is cached: the policies check the session in every statement.
      let root = await event.read(ctx);
      if (!(await ctx.verifyViewer())) root = await event.read(ctx);
      if (ctx.viewer?.employed !== true) {
        connection.socket.close(...SESSION_ENDED);
        return undefined;
      }
      if (root === SUBSCRIPTION_ENDED) return undefined;
      if (root === null) return null;
      ctx.subscription = { root };
      const result = await this.execute(ctx, payload);
      // The session may have ended while it was read.
      return connection.socket.readyState === connection.socket.OPEN ? result : undefined;
    });
  }

  /** @throws SubscriptionFailure for a result without data */
  private async execute(
    ctx: RequestContext,
    { query, variables, operationName }: SubscribePayload,
  ): Promise<Result> {
    const { body } = await this.apollo.executeOperation(
      {
        query,
        ...(variables != null && { variables }),
        ...(operationName != null && { operationName }),
      },
      { contextValue: ctx },
    );
    if (body.kind !== 'single') throw new Error('Incremental results are not offered.');
    const { data, errors, extensions } = body.singleResult;
    if (data == null) throw new SubscriptionFailure(errors ?? []);
    return { data, ...(errors && { errors }), ...(extensions && { extensions }) };
  }

  /** Resolves when the message was handed to the operating system, so that a client that does not read gets nothing new. */
  private send(socket: WebSocket, data: string): Promise<void> {
    return new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) {
        resolve();
        return;
      }
      const stalled = setTimeout(() => {
        socket.terminate();
      }, this.options.stallMs).unref();
      socket.send(data, () => {
        clearTimeout(stalled);
        resolve();
      });
    });
  }

  private fail(socket: WebSocket, error: unknown): void {
    this.logger.warn({ message: 'a message of a WebSocket could not be handled', ...errorForLog(error) });
    socket.close(...TRY_AGAIN_LATER);
  }

  private async checkSessions(): Promise<void> {
    const connections = [...this.connections].filter(({ viewer }) => viewer !== null);
    if (connections.length === 0 || this.checking) return;
    this.checking = true;
    try {
      const hashes = new Set(connections.map(({ viewer }) => viewer?.sessionHash ?? ''));
      const ended = await this.options.findEndedSessions([...hashes]);
      for (const { socket, viewer } of connections) {
        if (ended.has(viewer?.sessionHash ?? '')) socket.close(...SESSION_ENDED);
      }
    } catch (error) {
      // Each event checks the session anyway.
      this.logger.warn({ message: 'sessions cannot be checked; trying again soon', ...errorForLog(error) });
    } finally {
      this.checking = false;
    }
  }

  private ping(): void {
    for (const connection of this.connections) {
      if (!connection.isAlive) connection.socket.terminate();
      connection.isAlive = false;
      if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    }
  }

  private async close(): Promise<void> {
    this.isClosing = true;
    for (const timer of this.timers) clearInterval(timer);
    const closed = [...this.connections].map(
      ({ socket }) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => {
            resolve();
          });
          socket.close(...GOING_AWAY);
          setTimeout(() => {
            socket.terminate();
          }, CLOSE_WITHIN_MS).unref();
        }),
    );
    await Promise.all(closed);
  }
}
