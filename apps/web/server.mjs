/**
 * Serves the web client: the files of dist/ under a strict content security policy, and /graphql, /exports and the CSV files of trends from
 * the API, so that page and API have one origin. In production any web server can do the same (docs/decisions/0100-web-client.md).
 *
 *   API_URL        the address of the API (http://127.0.0.1:3000)
 *   WEB_HOST       the address to listen on (127.0.0.1)
 *   WEB_PORT       the port to listen on (4000)
 *   DEMO_ACCOUNTS  JSON of { password, accounts } for the sign-in page, in development
 */
import { readFile } from 'node:fs/promises';
import fastifyHttpProxy from '@fastify/http-proxy';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';

const dist = new URL('./dist/', import.meta.url).pathname;

/** No script and no style but the files of this host. Values that React sets in style properties are not markup, so they need nothing. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  // Includes WebSockets of this host, for subscriptions.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // One policy, which returns one constant address (src/service-worker.ts).
  'trusted-types service-worker',
].join(';');

/** Files of dist/ that are not for browsers. */
const NOT_SERVED = ['/index.html', '/operations.json'];

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** @param {{ apiUrl: string, demoAccounts?: string | undefined }} options */
export async function createServer({ apiUrl, demoAccounts }) {
  const server = Fastify({ logger: false, bodyLimit: 4 * 1024 * 1024 });

  server.addHook('onRequest', async (request, reply) => {
    if (!isOfApi(request.url)) reply.headers(HEADERS);
  });
  // Set before the routes of the API: a plugin inherits the handler that is there when it is registered.
  server.setErrorHandler((error, request, reply) => {
    const status = error.statusCode ?? 500;
    // The API is not reachable, or restarts.
    if (isOfApi(request.url) && status >= 500) {
      return reply
        .code(503)
        .send({ errors: [{ message: 'The API is not reachable.', extensions: { code: 'UNAVAILABLE' } }] });
    }
    return reply.code(status).type('text/plain; charset=utf-8').send('This request cannot be answered.\n');
  });
  for (const prefix of ['/graphql', '/exports', '/trends', '/trends.csv']) {
    // The API compares the origin of a page with the host that it was asked by, and an API whose TRUST_PROXY names this process limits
    // attempts by the address of the client.
    const asAsked = ({ headers: { host, 'x-forwarded-for': before }, ip }) => ({
      host,
      'x-forwarded-for': before ? `${before}, ${ip}` : ip,
    });
    await server.register(fastifyHttpProxy, {
      upstream: apiUrl,
      prefix,
      rewritePrefix: prefix,
      http2: false,
      ...(prefix === '/graphql' && { websocket: true }),
      // Also the address of a page, which the last handler sends.
      ...(prefix === '/trends' && {
        preHandler: async (request, reply) => (isOfApi(request.url) ? undefined : reply.callNotFound()),
      }),
      wsClientOptions: {
        rewriteRequestHeaders: (headers, request) => ({
          ...headers,
          ...asAsked(request),
          ...(request.headers.origin !== undefined && { origin: request.headers.origin }),
          ...(request.headers.cookie !== undefined && { cookie: request.headers.cookie }),
        }),
      },
      replyOptions: { rewriteRequestHeaders: (request, headers) => ({ ...headers, ...asAsked(request) }) },
    });
  }
  if (demoAccounts !== undefined) {
    server.get('/demo-accounts.json', (_request, reply) =>
      reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(demoAccounts),
    );
  }
  // Read each time: after a build, the page names other assets.
  const sendPage = async (reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readPage(demoAccounts !== undefined));
  server.get('/', (_request, reply) => sendPage(reply));
  await server.register(fastifyStatic, {
    root: dist,
    index: false,
    preCompressed: true,
    cacheControl: false,
    allowedPath: (path) => !path.startsWith('/.vite') && !NOT_SERVED.includes(path),
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        // Names of assets contain a hash of their content.
        path.includes('/dist/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  // Every address of a page is the same document. A missing asset must not be: it would be run as a script.
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (request.method !== 'GET' || path.startsWith('/assets/') || /\.\w+$/.test(path)) {
      return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing at this address.\n');
    }
    return sendPage(reply);
  });
  return server;
}

/** Below `/trends`, which is a page, only files: `/trends.csv` and `/trends/2026-Q3.csv`. */
const isOfApi = (url) =>
  /^\/(graphql|exports)(?![^/?])/.test(url) || /^\/trends(\/[^/?]+)?\.csv(\?|$)/.test(url);

async function readPage(withDemo) {
  const page = await readFile(`${dist}index.html`, 'utf8');
  return withDemo
    ? page.replace('</head>', '  <meta name="mutual-demo" content="/demo-accounts.json" />\n  </head>')
    : page;
}

if (import.meta.main ?? import.meta.filename === process.argv[1]) {
  const host = process.env.WEB_HOST || '127.0.0.1';
  const port = Number(process.env.WEB_PORT || 4000);
  const server = await createServer({
    apiUrl: process.env.API_URL || 'http://127.0.0.1:3000',
    demoAccounts: process.env.NODE_ENV === 'production' ? undefined : process.env.DEMO_ACCOUNTS || undefined,
  });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  await server.listen({ host, port });
}
