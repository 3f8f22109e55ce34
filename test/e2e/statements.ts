import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { STATEMENT_CHANNEL, TRANSACTION_CHANNEL } from '../../libs/db/diagnostics.js';

/** What a transaction itself needs: its beginning, its settings, its end. */
export const OF_TRANSACTION = /^(?:BEGIN|COMMIT|ROLLBACK)\b|^select set_config\('app\.session'/;

/** Collects what is published on a diagnostics channel while `work` runs. */
export async function listening<T>(
  channel: string,
  hear: (message: unknown) => void,
  work: () => Promise<T>,
): Promise<T> {
  subscribe(channel, hear);
  try {
    return await work();
  } finally {
    unsubscribe(channel, hear);
  }
}

const requests = new AsyncLocalStorage<IncomingMessage>();

/**
 * Hears what is published on a diagnostics channel for requests that arrive from now on: without periodic tasks of the service and
 * without earlier requests.
 *
 * @returns what ends it
 */
export function inRequests(
  channel: string,
  hear: (message: unknown, request: IncomingMessage) => void,
): () => void {
  const ours = new WeakSet();
  // Node tells of a request just before it is handled, in the asynchronous context in which it then is.
  const begin = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    ours.add(request);
    requests.enterWith(request);
  };
  const hearOurs = (message: unknown): void => {
    const request = requests.getStore();
    if (request !== undefined && ours.has(request)) hear(message, request);
  };
  subscribe('http.server.request.start', begin);
  subscribe(channel, hearOurs);
  return () => {
    unsubscribe('http.server.request.start', begin);
    unsubscribe(channel, hearOurs);
  };
}

async function listeningToRequests<T>(
  channel: string,
  hear: (message: unknown) => void,
  work: () => Promise<T>,
): Promise<T> {
  const stop = inRequests(channel, hear);
  try {
    return await work();
  } finally {
    stop();
  }
}

/** The statements that `work` has the service send, without what each transaction itself needs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const hear = (message: unknown): void => {
    const { text } = message as { text: string };
    if (!OF_TRANSACTION.test(text)) sent.push(text);
  };
  await listeningToRequests(STATEMENT_CHANNEL, hear, work);
  return sent;
}

/** How many transactions `work` has the service open; of reads each is one message there and one back. */
export async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hear = (): void => {
    count += 1;
  };
  await listeningToRequests(`tracing:${TRANSACTION_CHANNEL}:start`, hear, work);
  return count;
}
