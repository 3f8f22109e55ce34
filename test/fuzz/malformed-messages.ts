import { connect } from 'node:net';
import { Verbatim } from './hostile-values.js';
import { bodyOf } from './operations.js';
import type { Random } from './random.js';

/** Messages on one WebSocket of which hardly any is as it should be. */
export interface MalformedMessages {
  readonly what: string;
  /** Sends no `connection_init` before them. */
  readonly isUnidentified?: boolean;
  readonly messages: readonly (string | Uint8Array)[];
}

const DEEP = 20_000;
/** More than a message may have. */
const LARGE = 200_000;

const message = (type: unknown, rest: Readonly<Record<string, unknown>> = {}): string =>
  bodyOf({ type, ...rest });
const subscribe = (payload: unknown, id: unknown = 'm'): string => message('subscribe', { id, payload });

/** @param query a valid subscription */
const CASES: readonly ((random: Random, query: string) => MalformedMessages)[] = [
  (random, query) => {
    const whole = subscribe({ query });
    return { what: 'half of a message', messages: [whole.slice(0, random.int(0, whole.length - 1))] };
  },
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
      '"',
      '\0',
      '\ufeff',
      '\ud800',
      ':',
      '&',
      '#',
    ]);
    return {
      what: 'a broken document',
      messages: [subscribe({ query: `${query.slice(0, at)}${sign}${query.slice(at)}` })],
    };
  },
  (random) => ({
    what: 'a value that is no message',
    messages: [
      random.pick(['', ' ', 'null', '1', '"text"', '[]', '[{}]', '{}', '{"type":null}', '{"type":{}}']),
    ],
  }),
  (random) => ({
    what: 'an unknown type',
    messages: [
      message(random.pick(['start', 'stop', 'data', 'next', 'error', 'connection_ack', '__proto__', 7])),
    ],
  }),
  () => ({
    what: 'a prototype',
    messages: ['{"type":"subscribe","id":"__proto__","payload":{"__proto__":{"query":"{ a }"}}}'],
  }),
  (random, query) => ({
    what: 'a strange ID',
    messages: [
      subscribe(
        { query },
        random.pick(['', 7, null, {}, ['m'], '__proto__', 'constructor', 'x'.repeat(50_000)]),
      ),
    ],
  }),
  (_random, query) => ({ what: 'the same ID twice', messages: [subscribe({ query }), subscribe({ query })] }),
  (random, query) => ({
    what: 'a strange payload',
    messages: [
      subscribe(
        random.pick([
          null,
          'text',
          [],
          {},
          { query: 7 },
          { query: [query] },
          { query: '' },
          { query, variables: 'text' },
          { query, variables: [] },
          { query, variables: 7 },
          { query, operationName: 7 },
          { query, operationName: 'Nobody' },
          { query, extensions: 'text' },
          { query, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
          { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
          { query, variables: new Verbatim(`${'{"a":'.repeat(DEEP / 2)}1${'}'.repeat(DEEP / 2)}`) },
        ]),
      ),
    ],
  }),
  (random) => ({
    what: 'no subscription, or more than one',
    messages: [
      subscribe({
        query: random.pick([
          '{ viewer { person { id } } }',
          'mutation { signOut { revokedId } }',
          'subscription { __typename }',
          'subscription { a b }',
          'subscription { __schema { types { name } } }',
          'subscription A { a } subscription B { b }',
          'subscription { ...A } fragment A on Subscription { ...A }',
          `subscription { ${'{a'.repeat(800)} }`,
          'type Subscription { a: Int }',
        ]),
      }),
    ],
  }),
  (_random, query) => ({
    what: 'a connection that is not identified',
    isUnidentified: true,
    messages: [subscribe({ query })],
  }),
  () => ({ what: 'two identifications', messages: [message('connection_init')] }),
  (random) => ({
    what: 'a strange identification',
    isUnidentified: true,
    messages: [
      message('connection_init', {
        payload: random.pick([
          null,
          'text',
          [],
          { authorization: 7 },
          { authorization: ['Bearer x'] },
          { authorization: "Bearer ' or 1=1 --" },
          { authorization: 'Basic YTpi' },
          { authorization: `Bearer ${'a'.repeat(6_000)}` },
          { authorization: 'Bearer \0' },
        ]),
      }),
    ],
  }),
  () => ({ what: 'completing what was not begun', messages: [message('complete', { id: 'nothing' })] }),
  () => ({ what: 'completing without an ID', messages: [message('complete')] }),
  (_random, query) => ({
    what: 'completing at once, twice',
    messages: [subscribe({ query }), message('complete', { id: 'm' }), message('complete', { id: 'm' })],
  }),
  () => ({ what: 'pings and pongs', messages: [message('ping', { payload: { a: 1 } }), message('pong')] }),
  () => ({ what: 'bytes', messages: [Buffer.from('{"type":"ping"}'), new Uint8Array([0, 0xff, 0xfe])] }),
  () => ({ what: 'nothing but brackets', messages: ['['.repeat(50_000)] }),
  () => ({
    what: 'more than is allowed',
    messages: [`{"type":"ping","payload":{"x":"${'x'.repeat(LARGE)}"}}`],
  }),
  (_random, query) => ({
    what: 'many at once',
    messages: Array.from({ length: 200 }, (_, n) => subscribe({ query }, `m${String(n)}`)),
  }),
];

/** @param query a valid subscription */
export function malformedMessages(random: Random, query: string): MalformedMessages {
  return random.pick(CASES)(random, query);
}

/** Frames that RFC 6455 does not allow, unless they say otherwise. */
const FRAMES: readonly (readonly [what: string, frame: Uint8Array])[] = [
  ['a frame without a mask', new Uint8Array([0x81, 0x02, 0x7b, 0x7d])],
  ['reserved bits', new Uint8Array([0xf1, 0x80, 0, 0, 0, 0])],
  ['an unknown opcode', new Uint8Array([0x83, 0x80, 0, 0, 0, 0])],
  ['a continuation of nothing', new Uint8Array([0x80, 0x80, 0, 0, 0, 0])],
  ['a ping in pieces', new Uint8Array([0x09, 0x80, 0, 0, 0, 0])],
  ['a long ping', new Uint8Array([0x89, 0xfe, 0xff, 0xff, 0, 0, 0, 0])],
  ['a text that is no UTF-8', new Uint8Array([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe])],
  ['a length of more bytes than there are', new Uint8Array([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
  ['a negative length', new Uint8Array([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
  ['a close code that is none', new Uint8Array([0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01])],
  ['half of a close code', new Uint8Array([0x88, 0x81, 0, 0, 0, 0, 0x03])],
  ['an end without a close', new Uint8Array([])],
];

const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'Host: fuzz',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
  '',
  '',
].join('\r\n');

/** How long a connection is kept on which nothing is received, in milliseconds. */
const QUIET_MS = 300;

/** Sends a frame as bytes on a separate connection. @returns what was received after the upgrade, as text */
export async function sendFrame(
  url: string,
  random: Random,
): Promise<{ readonly what: string; readonly isUpgraded: boolean; readonly text: string }> {
  const [what, frame] = random.pick(FRAMES);
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    let isUpgraded = false;
    const end = (): void => {
      socket.destroy();
      done({ what, isUpgraded, text: received.split('\r\n\r\n').slice(1).join('\r\n\r\n') });
    };
    socket.setTimeout(QUIET_MS, end);
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (isUpgraded || !received.includes('\r\n\r\n')) return;
      isUpgraded = received.startsWith('HTTP/1.1 101');
      if (frame.length > 0) socket.write(frame);
      else socket.destroy();
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(UPGRADE);
  });
}
