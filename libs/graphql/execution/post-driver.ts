import { ApolloServer, HeaderMap, type ApolloServerOptionsWithSchema } from '@apollo/server';
import { Injectable, Logger } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorForLog } from '#common';
import { execution } from './executor.js';
import { formatFailure } from '../errors/error-format.js';
import type { RequestContext } from '../request-context.js';
import { toApiError } from '../errors/error-mapping.js';
import { RequestBodies, type Intake } from '../limits/request-body.js';
import { errorsOfConditions } from '../subscriptions/subscription-field.rule.js';
import type { SubscriptionOptions, SubscriptionServer } from '../subscriptions/subscription-server.js';

type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>;

const logger = new Logger('GraphQL');

export interface PostDriverConfig extends ApolloDriverConfig {
  /** Whether frequent operations are compiled. */
  readonly compiles: boolean;
  readonly intake: Intake;
  /** Without it, WebSockets are not accepted. */
  readonly webSockets?: { readonly server: SubscriptionServer; readonly options: SubscriptionOptions };
}

/**
 * Nest's Apollo driver with a separate HTTP layer: POST only, and every refusal, also of a body that was not read, has the form of a
 * GraphQL response.
 *
 * Nest stops the HTTP server first, so Apollo's drain plugin is not used.
 */
@Injectable()
export class PostDriver extends ApolloDriver {
  protected override async registerFastify({
    compiles,
    intake,
    webSockets,
    ...options
  }: PostDriverConfig): Promise<void> {
    const app = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const url = options.path ?? '/graphql';
    const {
      schema,
      plugins = [],
      ...others
    } = options as unknown as ApolloServerOptionsWithSchema<RequestContext>;
    const { plugin, gateway } = execution(schema, compiles);
    const server = new ApolloServer<RequestContext>({ ...others, plugins: [...plugins, plugin], gateway });
    await server.start();
    this.apolloServer = server as unknown as typeof this.apolloServer;
    const contextOf = options.context as ContextOf;

    const sockets = webSockets?.server;
    if (webSockets) sockets?.attach(app, server, schema, webSockets.options);

    const bodies = new RequestBodies(app, intake);

    const post = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
      if (!isJson(request.headers['content-type'])) return refuse(reply, 415, ONLY_JSON);
      const sent = await bodies.read(request, reply);
      const refused = errorsOfConditions(schema, (sent.value as { query?: unknown } | null)?.query);
      if (refused.length > 0) {
        void reply.header('content-type', 'application/json; charset=utf-8');
        return JSON.stringify({ errors: refused });
      }
      const { body, headers, status } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: headersOf(request), body: sent.value, search: '' },
        // Apollo takes the status from the thrown error, so it must be an ApiError.
        context: () =>
          contextOf(request, reply).then(
            (operation) => {
              operation.bodyBytes = sent.bytes;
              return operation;
            },
            (error: unknown) => {
              throw toApiError(error, { requestId: request.id });
            },
          ),
      });
      for (const [name, value] of headers) void reply.header(name, value);
      void reply.code(status ?? 200);
      if (body.kind !== 'complete') throw new Error('Incremental answers are not offered.');
      return body.string;
    };
    // Not for other routes, which read no bodies.
    app.register((here, _options, done) => {
      here.removeAllContentTypeParsers();
      here.addContentTypeParser('application/json', (_request, _payload, parsed) => {
        parsed(null, undefined);
      });
      here.route({
        method: 'POST',
        url,
        handler: post,
        errorHandler: (error, request, reply) => {
          void reply.send(answerFailure(reply, error, request));
        },
      });
      done();
    });
    app.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      handler: (request, reply) => {
        if (sockets?.isUpgrade(request) !== true) {
          const refusal = refuse(reply, 405, badRequest('Operations are sent with POST.'));
          return reply.header('allow', 'POST').send(refusal);
        }
        if (!sockets.allows(request)) return reply.send(refuse(reply, 403, OTHER_ORIGIN));
        if (!sockets.isSpoken(request)) return reply.send(refuse(reply, 400, OTHER_PROTOCOL));
        sockets.accept(request, reply);
        return reply;
      },
    });
  }
}

/** The headers that Apollo needs: Accept, and those of its CSRF prevention. */
const HEADERS = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'] as const;

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (value !== undefined && value !== '')
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

interface Refusal {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const ONLY_JSON = badRequest('Operations are sent as application/json.');

const OTHER_PROTOCOL = badRequest('Connect with the protocol graphql-transport-ws.');
const OTHER_ORIGIN: Refusal = {
  message: 'Pages of this origin cannot connect to this service.',
  extensions: { code: 'NOT_PERMITTED' },
};

/**
 * A page of another site can make a browser send other content types without a preflight. Apollo refuses those too, with a message that
 * names it; this refuses them before.
 */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** Sets status and type. @returns the body to send */
function refuse(reply: FastifyReply, status: number, error: Refusal): string {
  void reply.code(status).header('content-type', 'application/json; charset=utf-8');
  return JSON.stringify({ errors: [error] });
}

function badRequest(message: string): Refusal {
  return { message, extensions: { code: 'BAD_REQUEST' } };
}

/** Sets status and headers for a request that did not become an operation. @returns the body to send */
function answerFailure(reply: FastifyReply, error: FastifyError, { id: requestId }: FastifyRequest): string {
  const { statusCode = 500 } = error;
  if (statusCode === 415) return refuse(reply, 415, ONLY_JSON);
  if (statusCode < 500) {
    logger.debug({ message: 'request refused', requestId, ...errorForLog(error) });
    return refuse(reply, statusCode, badRequest('The body of this request is not JSON.'));
  }
  const known = toApiError(error, { requestId });
  const { http } = known.extensions as { http?: { status?: number; headers?: ReadonlyMap<string, string> } };
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value);
  return refuse(reply, http?.status ?? 500, formatFailure(known, requestId));
}
