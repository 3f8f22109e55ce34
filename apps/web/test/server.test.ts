/** server.mjs before an API of this test that repeats what it receives. */
import assert from 'node:assert/strict';
import { createServer as createApi, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { createServer } from '../server.mjs';

const upgrades: IncomingHttpHeaders[] = [];
const api = createApi((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.headers));
});
api.on('upgrade', (request, socket) => {
  upgrades.push(request.headers);
  socket.destroy();
});
await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
const server = await createServer({
  apiUrl: `http://127.0.0.1:${String((api.address() as AddressInfo).port)}`,
});
const url = await server.listen({ host: '127.0.0.1', port: 0 });

after(async () => {
  await server.close();
  api.closeAllConnections();
  api.close();
});

describe('requests that are passed on to the API', () => {
  const received = async (headers: Record<string, string>): Promise<IncomingHttpHeaders> =>
    (await (
      await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{}' })
    ).json()) as IncomingHttpHeaders;

  it('name the host of the page and the address of the client', async () => {
    const headers = await received({ 'content-type': 'application/json', cookie: 'mutual=x' });
    assert.equal(headers.host, new URL(url).host);
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers.cookie, 'mutual=x');
  });

  it('keep the addresses of proxies before', async () => {
    const headers = await received({ 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' });
    assert.equal(headers['x-forwarded-for'], '192.0.2.7, 127.0.0.1');
  });

  it('do so for WebSockets too', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => {
      socket.addEventListener('close', resolve);
    });
    assert.equal(upgrades.length, 1);
    assert.equal(upgrades[0]?.host, new URL(url).host);
    assert.equal(upgrades[0]['x-forwarded-for'], '127.0.0.1');
  });
});

describe('an API that cannot be reached', () => {
  it('is reported as the API would', async () => {
    // Nothing listens where a server has just been closed.
    const gone = createApi();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const alone = await createServer({ apiUrl: `http://127.0.0.1:${String(port)}` });
    const answer = await fetch(`${await alone.listen({ host: '127.0.0.1', port: 0 })}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(answer.status, 503);
    assert.partialDeepStrictEqual(await answer.json(), { errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    await alone.close();
  });

  it('is reported so too where it ends a connection in the middle', async () => {
    const rude = createApi((request) => request.socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as AddressInfo;
    const behind = await createServer({ apiUrl: `http://127.0.0.1:${String(port)}` });
    const answer = await fetch(`${await behind.listen({ host: '127.0.0.1', port: 0 })}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(answer.status, 503);
    await behind.close();
    rude.close();
  });
});

describe('files that are not for browsers', () => {
  it('are not served', async () => {
    for (const path of ['/operations.json', '/.vite/manifest.json', '/index.html']) {
      assert.equal((await fetch(url + path)).status, 404, path);
    }
  });
});
