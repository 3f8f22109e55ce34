import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { errorForLog } from '#common';
import { pageStyle, pageText, type DemoAccount } from './page.js';

/** Where the page of GraphiQL finds its scripts and styles. */
const ASSETS = '/graphiql';

/** GraphiQL and React as their packages ship them for a script element, without a build step. */
const PACKAGED: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'react.js': ['react/umd/react.production.min.js', 'text/javascript'],
  'react-dom.js': ['react-dom/umd/react-dom.production.min.js', 'text/javascript'],
  'graphiql.js': ['graphiql/graphiql.min.js', 'text/javascript'],
  'graphiql.css': ['graphiql/graphiql.min.css', 'text/css'],
};

/** Nothing from another host, and no inline script. Only this page has it: every other answer allows nothing at all. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  // Includes WebSockets of this host, for subscriptions.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/**
 * Serves GraphiQL to a browser that opens GET /graphql. For development only: its packages are development dependencies, and nothing of it
 * exists where they are not installed.
 *
 * @param demoAccounts the people to sign in as with one click; none where the database does not hold the demo organization
 */
export async function serveGraphiql(
  fastify: FastifyInstance,
  demoAccounts: () => Promise<readonly DemoAccount[]>,
): Promise<void> {
  const assets = await readAssets().catch((error: unknown) => {
    new Logger('GraphiQL').warn({
      message: 'GraphiQL is not installed, so it is not served',
      ...errorForLog(error),
    });
    return undefined;
  });
  if (assets === undefined) return;

  // A hook, because the route of GET /graphql refuses operations sent with GET.
  fastify.addHook('onRequest', async (request, reply) => {
    const isPage =
      request.method === 'GET' && request.url === '/graphql' && acceptsHtml(request.headers.accept);
    if (!isPage) return;
    return reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .type('text/html; charset=utf-8')
      .send(pageText(ASSETS, await demoAccounts()));
  });
  for (const [name, { type, content }] of assets) {
    fastify.get(`${ASSETS}/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content));
  }
}

interface Asset {
  readonly type: string;
  readonly content: string;
}

async function readAssets(): Promise<Map<string, Asset>> {
  const { resolve } = createRequire(import.meta.url);
  const assets = new Map<string, Asset>();
  for (const [name, [file, type]] of Object.entries(PACKAGED)) {
    // What a package exports are its modules; these files are not exported.
    const [packageName = '', ...path] = file.split('/');
    const folder = dirname(resolve(`${packageName}/package.json`));
    assets.set(name, { type, content: await readFile(join(folder, ...path), 'utf8') });
  }
  const script = await readFile(new URL('./client.js', import.meta.url), 'utf8');
  assets.set('client.js', { type: 'text/javascript', content: script });
  return assets.set('client.css', { type: 'text/css', content: pageStyle });
}

/** As a browser does that opens an address; a client of the API names JSON or nothing. */
function acceptsHtml(accept = ''): boolean {
  return accept.split(',').some((type) => type.split(';', 1)[0]?.trim().toLowerCase() === 'text/html');
}
