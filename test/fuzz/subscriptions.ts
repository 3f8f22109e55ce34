import { once } from 'node:events';
import { WebSocket } from 'ws';
import { pause } from '../e2e/mailbox.js';
import { SLOW_MS } from './response-checks.js';

/** A message about one operation, as it was received. */
export interface Received {
  /** What was sent for it. */
  readonly body: string;
  /** In the form of an answer over HTTP. */
  readonly text: string;
}

/** The messages that a service sends. */
const TYPES = ['connection_ack', 'next', 'error', 'complete', 'pong'];

/** Why a connection was closed. */
export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket of a caller, on which every message is kept as it came. */
export class FuzzSocket {
  private readonly bodies = new Map<string, string>();
  private readonly answered = new Set<string>();
  private received: Received[] = [];
  private isClosed = false;
  /** Once it is closed by the service. */
  closed: Close | undefined;
  /** Messages of a form that the protocol does not have. */
  readonly malformed: string[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.take(data.toString());
    });
    socket.on('close', (code: number, reason: Buffer) => {
      this.isClosed = true;
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('error', () => undefined);
  }

  /** Connects, and does not say who it is. */
  static async connect(url: string): Promise<FuzzSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const connected = new FuzzSocket(socket);
    await Promise.race([once(socket, 'open'), once(socket, 'close')]);
    return connected;
  }

  /** Connects, and identifies the caller. */
  static async open(url: string, token: string | undefined): Promise<FuzzSocket> {
    const opened = await FuzzSocket.connect(url);
    const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
    opened.send(JSON.stringify({ type: 'connection_init', payload }));
    await opened.until(() => opened.answered.has('connection_ack'));
    return opened;
  }

  get isOpen(): boolean {
    return !this.isClosed;
  }

  /** The operations that were not completed. */
  get active(): number {
    return this.bodies.size;
  }

  /** Sends an operation, and waits for its first message. @returns how long that took, in milliseconds */
  async subscribe(id: string, body: string): Promise<number> {
    const began = performance.now();
    this.bodies.set(id, body);
    this.send(`{"id":"${id}","type":"subscribe","payload":${body}}`);
    await this.until(() => this.answered.has(id));
    return performance.now() - began;
  }

  /** Sends a message as it is, and waits until the service has taken it: it answers a ping, or closes the connection. @returns whether it did */
  async sendAsItIs(message: string | Uint8Array): Promise<boolean> {
    this.answered.delete('pong');
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
    this.send('{"type":"ping"}');
    await this.until(() => this.answered.has('pong'));
    return !this.isOpen || this.answered.has('pong');
  }

  /** What was received since the last time. */
  taken(): Received[] {
    return this.received.splice(0);
  }

  close(): void {
    this.socket.close();
  }

  private send(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  private async until(condition: () => boolean): Promise<void> {
    for (const end = performance.now() + SLOW_MS; !condition() && this.isOpen && performance.now() < end;) {
      await pause(2);
    }
  }

  private take(message: string): void {
    const parsed = messageIn(message);
    if (parsed === undefined) {
      this.malformed.push(message);
      return;
    }
    const { id = '', type, payload } = parsed;
    this.answered.add(type === 'connection_ack' || type === 'pong' ? type : id);
    const body = this.bodies.get(id) ?? '';
    if (type === 'next') this.received.push({ body, text: JSON.stringify(payload) });
    if (type === 'error') this.received.push({ body, text: JSON.stringify({ errors: payload }) });
    if (type === 'error' || type === 'complete') this.bodies.delete(id);
  }
}

/** A message of the protocol; undefined if it is none. */
function messageIn(text: string): { id?: string; type: string; payload?: unknown } | undefined {
  try {
    const message = JSON.parse(text) as { id?: string; type: string; payload?: unknown };
    return TYPES.includes(message.type) ? message : undefined;
  } catch {
    return undefined;
  }
}
