import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { WebSocketServer } from 'ws';
import {
  execute,
  GraphQLError,
  MaxIntrospectionDepthRule,
  NoFragmentCyclesRule,
  OverlappingFieldsCanBeMergedRule,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
  type GraphQLSchema,
} from 'graphql';
import { Authenticator, RequestContext } from '#graphql';
import { readSettings } from '#settings';
import { makeLog } from '#telemetry';
import { createServer } from '../../apps/api/server.js';
import type { TestDatabase } from '../setup/database.js';

interface VulnerableRequest {
  readonly query?: string;
  readonly variables?: Record<string, unknown> | string;
  readonly extensions?: { readonly persistedQuery?: unknown };
}

interface VulnerableMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: VulnerableRequest & { readonly authorization?: string };
}

/** What a vulnerable server forgets; the rules cost time without end where attacks meet them together. */
const RULES = specifiedRules.filter(
  (rule) =>
    rule !== NoFragmentCyclesRule &&
    rule !== MaxIntrospectionDepthRule &&
    rule !== SingleFieldSubscriptionsRule &&
    rule !== OverlappingFieldsCanBeMergedRule,
);

/**
 * The same schema, resolvers and database behind a server with every guard left out, as many are: it takes GET, forms, texts and
 * lists, limits nothing, suggests names, shows stacks and timings, and has a page to try things. What finds nothing here proves
 * nothing of the real one.
 */
export async function startVulnerableServer(
  testDatabase: TestDatabase,
): Promise<{ url: string; close: () => Promise<void> }> {
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: testDatabase.appUrl,
    ROLE_PREFIX: testDatabase.rolePrefix,
    DATABASE_POOL_SIZE: '3',
    LOG_LEVEL: 'silent',
  });
  const application = await createServer(settings, makeLog(settings));
  await application.init();
  const { schema } = application.get(GraphQLSchemaHost, { strict: false });
  const authenticator = application.get(Authenticator, { strict: false });

  const server = createHttpServer((request, response) => {
    const answer = async (): Promise<void> => {
      response.setHeader('x-powered-by', 'Vulnerable 1.0');
      response.setHeader('access-control-allow-origin', '*');
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://vulnerable');
      if (request.headers.accept?.includes('text/html')) {
        response.setHeader('content-type', 'text/html');
        response.end('<title>GraphiQL</title>');
        return;
      }
      const body = await text(request);
      const viewer = await authenticator.authenticate(
        request.headers.authorization?.slice('Bearer '.length) ?? null,
      );
      const operation = () =>
        new RequestContext({
          viewer,
          requestId: 'vulnerable',
          clientAddress: '192.0.2.1',
          userAgent: 'test',
        });
      const asked = pathname === '/graphql' ? requestOf(body, searchParams) : {};
      const answers = await Promise.all([asked].flat().map((one) => answerTo(schema, one, operation())));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]));
    };
    answer().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.stack : String(error));
    });
  });
  // Every message is an operation, and its answer the only event.
  const sockets = new WebSocketServer({ server, handleProtocols: ([protocol = '']) => protocol });
  sockets.on('connection', (socket) => {
    let token: string | null = null;
    const answer = async (message: VulnerableMessage): Promise<object> => {
      if (message.type === 'connection_init') {
        token = message.payload?.authorization?.slice('Bearer '.length) ?? null;
        return { type: 'connection_ack' };
      }
      const viewer = await authenticator.authenticate(token);
      const from = { requestId: 'vulnerable', clientAddress: '192.0.2.1', userAgent: 'test' };
      const payload = await answerTo(schema, message.payload ?? {}, new RequestContext({ viewer, ...from }));
      return { id: message.id, type: 'next', payload };
    };
    socket.on('message', (data: Buffer) => {
      void answer(JSON.parse(data.toString()) as VulnerableMessage).then((message) => {
        socket.send(JSON.stringify(message));
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await application.close();
    },
  };
}

/** Wherever an operation may stand: the address, a form, the parts of a form, JSON. */
function requestOf(body: string, search: URLSearchParams): VulnerableRequest | VulnerableRequest[] {
  if (search.has('query')) return Object.fromEntries(search);
  const part = /\{"query".*\}/.exec(body)?.[0];
  if (/^(query|mutation)=/.test(body)) return Object.fromEntries(new URLSearchParams(body));
  if (/^\s*[{[]/.test(body)) {
    if (body.startsWith('{') && !body.startsWith('{"')) return { query: body };
    return JSON.parse(body) as VulnerableRequest;
  }
  return part === undefined ? {} : (JSON.parse(part) as VulnerableRequest);
}

async function answerTo(
  schema: GraphQLSchema,
  { query, variables, extensions }: VulnerableRequest,
  op: RequestContext,
) {
  if (query === undefined) {
    return {
      errors: [{ message: extensions?.persistedQuery ? 'PersistedQueryNotFound' : 'Must provide query.' }],
    };
  }
  try {
    const document = parse(query, { noLocation: true });
    const errors = validate(schema, document, RULES, { maxErrors: 1_000 });
    const timed = { extensions: { tracing: { version: 1, startTime: new Date() } } };
    if (errors.length > 0) {
      return {
        errors: errors.map(({ message, stack }) => ({ message, extensions: { exception: { stack } } })),
        ...timed,
      };
    }
    const result = await execute({
      schema,
      document,
      contextValue: op,
      variableValues: typeof variables === 'object' ? variables : {},
    });
    return { ...result, ...timed };
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message : String(error);
    return { errors: [{ message, extensions: { exception: { stack: (error as Error).stack } } }] };
  }
}
