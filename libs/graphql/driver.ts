import { ApolloServer, HeaderMap, type ApolloServerOptionsWithSchema } from '@apollo/server';
import { Injectable, Logger } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execution } from './executor.js';
import { formatFailure } from './error-format.js';
import type { Operation } from './operation.js';
import { describe, inOurWords } from './failures.js';

type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Operation>;

const logger = new Logger('GraphQL');

export interface PostDriverConfig extends ApolloDriverConfig {
  /** Whether operations that come often are compiled. */
  readonly compiles: boolean;
}

/**
 * Nest's Apollo driver with an HTTP side of its own: POST and nothing else, and every refusal, also that of a body that
 * was never read, in the form of a GraphQL answer.
 *
 * Nest stops the HTTP server before it stops this, so Apollo's plugin for draining it is left out.
 */
@Injectable()
export class PostDriver extends ApolloDriver {
  protected override async registerFastify({ compiles, ...options }: PostDriverConfig): Promise<void> {
    const app = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const url = options.path ?? '/graphql';
    const {
      schema,
      plugins = [],
      ...others
    } = options as unknown as ApolloServerOptionsWithSchema<Operation>;
    const { plugin, gateway } = execution(schema, compiles);
    const server = new ApolloServer<Operation>({ ...others, plugins: [...plugins, plugin], gateway });
    await server.start();
    this.apolloServer = server as unknown as typeof this.apolloServer;
    const contextOf = options.context as ContextOf;

    app.route({
      method: 'POST',
      url,
      handler: async (request, reply) => {
        if (!isJson(request.headers['content-type'])) return refuse(reply, 415, ONLY_JSON);
        const { body, headers, status } = await server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: 'POST', headers: headersOf(request), body: request.body, search: '' },
          // Apollo takes the status from what is thrown, which so is an error of ours.
          context: () =>
            contextOf(request, reply).catch((error: unknown) => {
              throw inOurWords(error, { requestId: request.id });
            }),
        });
        for (const [name, value] of headers) void reply.header(name, value);
        void reply.code(status ?? 200);
        if (body.kind !== 'complete') throw new Error('Incremental answers are not offered.');
        return body.string;
      },
      errorHandler: (error, request, reply) => {
        const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
        void reply.send(refuse(reply, status, refusal(error, request)));
      },
    });
    app.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      handler: (_request, reply) =>
        reply.header('allow', 'POST').send(refuse(reply, 405, badRequest('Operations are sent with POST.'))),
    });
  }
}

/** Those that Apollo asks for: what is accepted, and what tells an operation from a form of another site. */
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

/**
 * A page of another site can make a browser send any other type without asking first. Apollo refuses those too, in words
 * that name it; text and forms, which are parsed elsewhere, get no further than this.
 */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** Sets status and type; the body to send. */
function refuse(reply: FastifyReply, status: number, error: Refusal): string {
  void reply.code(status).header('content-type', 'application/json; charset=utf-8');
  return JSON.stringify({ errors: [error] });
}

function badRequest(message: string): Refusal {
  return { message, extensions: { code: 'BAD_REQUEST' } };
}

function refusal(error: FastifyError, request: FastifyRequest): Refusal {
  const { statusCode = 500 } = error;
  if (statusCode === 413) {
    const limit = request.routeOptions.bodyLimit;
    return {
      message: `This request is larger than the ${limit.toLocaleString('en')} bytes that are allowed.`,
      extensions: { code: 'TOO_COMPLEX' },
    };
  }
  if (statusCode === 415) return ONLY_JSON;
  if (statusCode < 500) {
    logger.debug({ message: 'request refused', requestId: request.id, ...describe(error) });
    return badRequest('The body of this request is not JSON.');
  }
  return formatFailure(error, request.id);
}
