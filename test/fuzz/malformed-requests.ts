import { connect } from 'node:net';
import { bodyOf, type Request } from './operations.js';
import { Verbatim } from './hostile-values.js';
import type { Random } from './random.js';

/** A request of which hardly anything is as it should be. */
export interface MalformedRequest {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const DEEP = 20_000;
const QUERY = '{ organization { id name } viewer { person { id name } } }';

/** Documents that are none, or that ask for more than is allowed. */
const DOCUMENTS: readonly ((random: Random, query: string) => Request | Record<string, unknown>)[] = [
  (random, query) => ({ query: query.slice(0, random.int(0, query.length)) }),
  (random, query) => ({ query: without(query, random.int(0, query.length)) }),
  (random, query) => {
    const at = random.int(0, query.length);
    const sign = random.pick([
      '{',
      '}',
      '(',
      '$',
      '@',
      '...',
      '!',
      '"""',
      '"',
      '\0',
      '\ufeff',
      '\ud800',
      ':',
      '&',
      '|',
      '#',
    ]);
    return { query: `${query.slice(0, at)}${sign}${query.slice(at)}` };
  },
  () => ({ query: '' }),
  () => ({ query: '# nothing' }),
  () => ({ query: '\ufeff{ viewer { person { id } } }' }),
  () => ({ query: '{'.repeat(1_900) }),
  () => ({ query: '{a'.repeat(900) + '}'.repeat(900) }),
  () => ({ query: `{ ${'organization { '.repeat(50)} id ${'}'.repeat(50)} }` }),
  () => ({ query: `{ ${'__typename '.repeat(3_000)} }` }),
  () => ({
    query: `{ ${Array.from({ length: 300 }, (_, index) => `a${String(index)}: __typename`).join(' ')} }`,
  }),
  () => ({ query: `{ viewer ${'@include(if: true) '.repeat(100)} { person { id } } }` }),
  () => ({ query: `# ${'x'.repeat(200_001)}\n${QUERY}` }),
  () => ({
    query:
      '{ organization { ...A } } fragment A on Organization { ...B } fragment B on Organization { ...A }',
  }),
  () => ({ query: 'query { a } query { b }' }),
  () => ({ query: 'query A { viewer { person { id } } } query B { organization { id } }' }),
  () => ({ query: 'query A { organization { id } } query A { organization { id } }', operationName: 'A' }),
  () => ({ query: QUERY, operationName: 'Nobody' }),
  () => ({ query: QUERY, operationName: 7 }),
  () => ({ query: QUERY, variables: [] }),
  () => ({ query: QUERY, variables: 'text' }),
  () => ({ query: QUERY, variables: 5 }),
  () => ({ query: QUERY, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  () => ({ query: QUERY, extensions: 'text' }),
  () => ({ query: 5 }),
  () => ({ query: [QUERY] }),
  () => ({ query: null, variables: {} }),
  () => ({}),
  () => ({ query: 'subscription { a }' }),
  () => ({ query: 'type Query { a: Int }' }),
  () => ({ query: 'extend type Query { a: Int } { viewer { person { id } } }' }),
  () => ({ query: '{ __schema { types { name fields { name } } } }' }),
  () => ({ query: '{ __type(name: "Person") { fields { name } } }' }),
  () => ({ query: '{ organisation { id } vieuwer { id } }' }),
  () => ({ query: 'query ($a: ID! = "x", $a: ID!) { node(id: $a) { id } }' }),
  () => ({ query: 'query ($a: ID!) { node(id: $b) { id } }' }),
  () => ({ query: 'query ($a: Nope!) { node(id: $a) { id } }' }),
  () => ({ query: '{ node(id: {a: {b: [1, 2.5, $x]}}) { id } }' }),
  () => ({ query: '{ node(id: "\\u{110000}") { id } }' }),
  () => ({ query: '{ node(id: "\\ud800") { id } }' }),
  () => ({ query: '{ node(id: 999999999999999999999999) { id } }' }),
  () => ({ query: '{ node(id: 1) @skip { id } }' }),
  () => ({ query: '{ node(id: 1) @nope(a: 1) { id } }' }),
  () => ({
    query: '{ organization { people(first: 100) { nodes { directReports(first: 100) { nodes { id } } } } } }',
  }),
  () => ({ query: QUERY, variables: new Verbatim(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`) }),
];

function without(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}

const json = { 'content-type': 'application/json' };

const REQUESTS: readonly MalformedRequest[] = [
  { what: 'no body', headers: json },
  { what: 'an empty body', headers: json, body: '' },
  { what: 'half of a body', headers: json, body: '{"query":"{ viewer' },
  { what: 'a text', headers: json, body: '"text"' },
  { what: 'null', headers: json, body: 'null' },
  { what: 'a number', headers: json, body: '1' },
  { what: 'a list', headers: json, body: '[]' },
  { what: 'a batch', headers: json, body: JSON.stringify([{ query: QUERY }, { query: QUERY }]) },
  { what: 'nothing but brackets', headers: json, body: '['.repeat(100_000) },
  { what: 'a prototype', headers: json, body: `{"__proto__":{"viewer":1},"query":${JSON.stringify(QUERY)}}` },
  { what: 'the same key twice', headers: json, body: '{"query":"{ a }","query":"{ b }"}' },
  {
    what: 'bytes that are no UTF-8',
    headers: json,
    body: new Uint8Array([123, 34, 0xff, 0xfe, 0xc0, 34, 125]),
  },
  { what: 'UTF-16', headers: json, body: Buffer.from('{"query":"{ a }"}', 'utf16le') },
  {
    what: 'another declared encoding',
    headers: { 'content-type': 'application/json; charset=utf-16' },
    body: '{}',
  },
  {
    what: 'compressed, it says',
    headers: { ...json, 'content-encoding': 'gzip' },
    body: '{"query":"{ a }"}',
  },
  {
    what: 'a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'query={viewer{id}}',
  },
  { what: 'parts', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n\r\n--x--' },
  { what: 'plain text', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: QUERY }) },
  { what: 'GraphQL as such', headers: { 'content-type': 'application/graphql' }, body: QUERY },
  { what: 'a content type that is none', headers: { 'content-type': ';;;=,' }, body: '{}' },
  {
    what: 'a content type of some length',
    headers: { 'content-type': `application/json; a=${'b'.repeat(4_000)}` },
    body: '{}',
  },
  {
    what: 'an answer wanted that nobody gives',
    headers: { ...json, accept: 'image/png' },
    body: JSON.stringify({ query: QUERY }),
  },
  {
    what: 'another answer',
    headers: { ...json, accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: '{ nope }' }),
  },
  {
    what: 'pieces wanted',
    headers: { ...json, accept: 'multipart/mixed' },
    body: JSON.stringify({ query: QUERY }),
  },
  {
    what: 'a token of any length',
    headers: { ...json, authorization: `Bearer ${'a'.repeat(6_000)}` },
    body: JSON.stringify({ query: QUERY }),
  },
  {
    what: 'a token with signs',
    headers: { ...json, authorization: "Bearer ' or 1=1 --" },
    body: JSON.stringify({ query: QUERY }),
  },
  {
    what: 'a name and password',
    headers: { ...json, authorization: 'Basic YTpi' },
    body: JSON.stringify({ query: QUERY }),
  },
  {
    what: 'an idempotency key of any length',
    headers: { ...json, 'idempotency-key': 'k'.repeat(3_000) },
    body: JSON.stringify({ query: 'mutation { signOut { revokedId } }' }),
  },
  {
    what: 'an idempotency key with signs',
    headers: { ...json, 'idempotency-key': '"\\\'; --' },
    body: JSON.stringify({ query: 'mutation { signOut { revokedId } }' }),
  },
  { what: 'GET', method: 'GET', path: `/graphql?query=${encodeURIComponent(QUERY)}` },
  { what: 'HEAD', method: 'HEAD' },
  { what: 'PUT', method: 'PUT', headers: json, body: '{}' },
  { what: 'DELETE', method: 'DELETE' },
  { what: 'OPTIONS', method: 'OPTIONS' },
  { what: 'an unknown method', method: 'PROPFIND' },
  { what: 'another path', path: '/graphql/../../etc/passwd' },
  { what: 'a path that cannot be decoded', method: 'GET', path: '/%E0%A4%A' },
  { what: 'a path with NUL', method: 'GET', path: '/%00' },
  { what: 'a long path', method: 'GET', path: `/${'a'.repeat(10_000)}` },
  { what: 'a trailing slash', path: '/graphql/', headers: json, body: '{}' },
  { what: 'more than is allowed', headers: json, body: `{"query":"${'x'.repeat(11 * 1024 * 1024)}"}` },
];

/** A document that is broken or too much, or a request that is. */
export function malformedRequest(random: Random, query: string): MalformedRequest {
  if (random.chance(0.4)) return random.pick(REQUESTS);
  const document = random.pick(DOCUMENTS)(random, query);
  return { what: 'a document', headers: json, body: bodyOf(document) };
}

const LINES: readonly string[] = [
  '\r\n\r\n',
  'GET\r\n\r\n',
  'POST /graphql HTTP/9.9\r\nHost: a\r\n\r\n',
  'POST /graphql HTTP/1.1\r\n\r\n',
  'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  `POST /graphql HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
  'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n',
  'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nA\0B: c\r\n\r\n',
];

/** What is hardly HTTP, straight into the socket. @returns what was sent, and all that came back */
export async function sendLines(url: string, random: Random): Promise<{ sent: string; answer: string }> {
  const sent = random.pick(LINES);
  const { hostname, port } = new URL(url);
  const answer = await new Promise<string>((done) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const end = (): void => {
      socket.destroy();
      done(text);
    };
    socket.setTimeout(300, end);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(sent, 'latin1');
  });
  return { sent, answer };
}
