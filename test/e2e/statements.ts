import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { STATEMENT_CHANNEL, TRANSACTION_CHANNEL } from '#db';

/** What a transaction itself needs: its beginning, its settings, its end. */
const OF_TRANSACTION = /^(?:BEGIN|COMMIT|ROLLBACK)\b|^select set_config\('app\.session'/;

/** Hears what is told on a channel while `work` is done. */
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

/** The statements that `work` has the service send, without what each transaction itself needs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const hear = (message: unknown): void => {
    const { text } = message as { text: string };
    if (!OF_TRANSACTION.test(text)) sent.push(text);
  };
  await listening(STATEMENT_CHANNEL, hear, work);
  return sent;
}

/** How many transactions `work` has the service open; of reads each is one message there and one back. */
export async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hear = (): void => {
    count += 1;
  };
  await listening(`tracing:${TRANSACTION_CHANNEL}:start`, hear, work);
  return count;
}
