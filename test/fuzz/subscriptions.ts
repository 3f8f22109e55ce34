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

/** A WebSocket of a caller, on which every message is kept as it came. */
export class FuzzSocket {
  private readonly bodies = new Map<string, string>();
  private readonly answered = new Set<string>();
  private received: Received[] = [];
  private isClosed = false;
  /** Messages of a form that the protocol does not have. */
  readonly malformed: string[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.take(data.toString());
    });
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => undefined);
  }

  /** Connects, and identifies the caller. */
  static async open(url: string, token: string | undefined): Promise<FuzzSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const opened = new FuzzSocket(socket);
    await Promise.race([once(socket, 'open'), once(socket, 'close')]);
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
    const {
      id = '',
      type,
      payload,
    } = JSON.parse(message) as { id?: string; type: string; payload?: unknown };
    if (!TYPES.includes(type)) this.malformed.push(message);
    this.answered.add(type === 'connection_ack' ? type : id);
    const body = this.bodies.get(id) ?? '';
    if (type === 'next') this.received.push({ body, text: JSON.stringify(payload) });
    if (type === 'error') this.received.push({ body, text: JSON.stringify({ errors: payload }) });
    if (type === 'error' || type === 'complete') this.bodies.delete(id);
  }
}
