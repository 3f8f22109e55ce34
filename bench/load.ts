/**
 * The load: some connections that are kept open, each of which sends its next request when the last was answered. It shares a core
 * with Postgres, so it does no more than it must: requests are bytes made beforehand, of answers it looks for the end.
 */
import { connect, type Socket } from 'node:net';
import type { Caller, Contestant, Question } from './contestant.ts';

/** An answer that is not what was asked for: status 200 without errors. Stops the run. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

export interface Load {
  /** Responses per second. */
  readonly rate: number;
  readonly count: number;
  /** In milliseconds, from the first byte sent to the last one received. */
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The bytes of a contestant's request. */
export function requestOf(contestant: Contestant, question: Question, caller: Caller): Buffer {
  const { path, headers, body } = contestant.request(question, caller);
  return postOf(path, body, caller.token, headers);
}

/** The bytes of a POST with JSON. */
export function postOf(
  path: string,
  body: string,
  token: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    'accept: application/json',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${String(Buffer.byteLength(body))}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Sends one request on a separate connection. */
export async function once(port: number, request: Buffer): Promise<Answer> {
  const [answer] = await each(port, [request]);
  if (answer === undefined) throw new Error('There was no answer.');
  return answer;
}

/** Sends requests one after the other, and returns the responses in that order, with any status. */
export async function each(port: number, requests: readonly Buffer[]): Promise<Answer[]> {
  const connection = await Connection.open(port);
  try {
    const answers: Answer[] = [];
    for (const request of requests) {
      const { status, body } = await connection.ask(request);
      answers.push({ status, body: body.toString('utf8') });
    }
    return answers;
  } finally {
    connection.close();
  }
}

/**
 * Sends requests for some seconds (or this many), in the same order, starting again at the end.
 *
 * @throws BadAnswer
 */
export async function load(
  port: number,
  requests: readonly Buffer[],
  { connections, seconds, count = Infinity }: { connections: number; seconds: number; count?: number },
): Promise<Load> {
  const opened = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const latencies: number[] = [];
  let next = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  try {
    await Promise.all(
      opened.map(async (connection) => {
        while (next < count) {
          const request = requests[next++ % requests.length];
          if (request === undefined) return;
          const sent = performance.now();
          if (sent >= end) return;
          const { status, body } = await connection.ask(request);
          latencies.push(performance.now() - sent);
          if (status !== 200 || body.includes(ERRORS)) {
            throw new BadAnswer(`status ${String(status)}: ${body.toString('utf8', 0, 4_000)}`);
          }
        }
      }),
    );
  } finally {
    for (const connection of opened) connection.close();
  }
  const spent = (performance.now() - began) / 1000;
  const sorted = Float64Array.from(latencies).sort();
  return {
    rate: sorted.length / spent,
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    mean: latencies.reduce((sum, one) => sum + one, 0) / latencies.length,
  };
}

const ERRORS = Buffer.from('"errors"');

/** Of sorted values. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** One connection, with at most one request under way. */
class Connection {
  private received: Buffer[] = [];
  private size = 0;
  /** Of the whole answer, once its head has come; of a chunked one it is not known beforehand. */
  private expected = Infinity;
  private settle: ((answer: RawAnswer) => void) | undefined;
  private refuse: ((error: Error) => void) | undefined;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.take(chunk);
    });
    socket.on('error', (error) => this.refuse?.(error));
    socket.on('close', () => this.refuse?.(new Error('The server closed the connection.')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((done, failed) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.off('error', failed);
        done(new Connection(socket));
      });
    });
  }

  ask(request: Buffer): Promise<RawAnswer> {
    return new Promise((done, failed) => {
      this.settle = done;
      this.refuse = failed;
      this.socket.write(request);
    });
  }

  close(): void {
    this.refuse = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received.push(chunk);
    this.size += chunk.length;
    if (this.expected !== Infinity && this.size < this.expected) return;
    const whole = this.received.length === 1 ? chunk : Buffer.concat(this.received, this.size);
    const headEnd = whole.indexOf(END_OF_HEAD);
    if (headEnd < 0) return;
    const head = whole.toString('latin1', 0, headEnd).toLowerCase();
    const bodyStart = headEnd + END_OF_HEAD.length;
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    let body: Buffer | undefined;
    if (length !== undefined) {
      this.expected = bodyStart + Number(length);
      if (this.size >= this.expected) body = whole.subarray(bodyStart, this.expected);
    } else {
      body = unchunked(whole, bodyStart);
    }
    if (body === undefined) return;
    this.received = [];
    this.size = 0;
    this.expected = Infinity;
    // As in "HTTP/1.1 200 OK".
    this.settle?.({ status: Number(head.slice(9, 12)), body });
  }
}

/** The body of a chunked answer; undefined until its end has come. */
function unchunked(whole: Buffer, start: number): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const line = whole.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const length = Number.parseInt(whole.toString('latin1', at, line), 16);
    const end = line + 2 + length;
    if (whole.length < end + 2) return undefined;
    if (length === 0) return Buffer.concat(parts);
    parts.push(whole.subarray(line + 2, end));
    at = end + 2;
  }
}
