import { WebSocket } from 'ws';
import { Target, type Reply } from './target.js';

/** How long a service may take to answer a subscription, in milliseconds. */
const ANSWER_WITHIN_MS = 20_000;

/** The same service over a WebSocket: an operation is sent as a subscription, on a separate connection, and its first message is the answer. */
export class SocketTarget extends Target {
  /** @param variables of every operation, beside its own */
  constructor(
    url: string,
    token: string | undefined,
    private readonly variables: Readonly<Record<string, unknown>> = {},
  ) {
    super(url, token);
  }

  override async ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Reply> {
    const before = process.cpuUsage();
    const payload = { query, variables: { ...this.variables, ...variables } };
    const { status, answer } = await this.first(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    const { user, system } = process.cpuUsage(before);
    return {
      status,
      headers: new Headers(),
      text: JSON.stringify(answer ?? null),
      json: answer,
      milliseconds: (user + system) / 1_000,
    };
  }

  /** @returns status 200 with the first result or its errors, and the close code of a connection that is closed instead */
  private first(message: string): Promise<{ status: number; answer: unknown }> {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const timer = setTimeout(() => {
      socket.terminate();
    }, ANSWER_WITHIN_MS);
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    };
    return new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('open', () => {
        const payload = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
        send(JSON.stringify({ type: 'connection_init', payload }));
      });
      socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
        if (type === 'connection_ack') send(message);
        else if (type === 'next') resolve({ status: 200, answer: payload });
        else if (type === 'error') resolve({ status: 200, answer: { errors: payload } });
        else if (type === 'complete') resolve({ status: 200, answer: undefined });
        else return;
        if (type !== 'connection_ack') socket.close();
      });
      socket.on('close', (code) => {
        clearTimeout(timer);
        resolve({ status: code < 1_000 ? 500 : 400, answer: undefined });
      });
    });
  }
}
