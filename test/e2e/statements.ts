import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { STATEMENT_CHANNEL, TRANSACTION_CHANNEL } from '#db';

/** What a transaction itself needs: its beginning, its settings, its end. */
const OF_TRANSACTION = /^(?:BEGIN|COMMIT|ROLLBACK)\b|^select set_config\('app\.session'/;

/** The statements that `work` has the service send, without what each transaction itself needs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const listen = (message: unknown): void => {
    const { text } = message as { text: string };
    if (!OF_TRANSACTION.test(text)) sent.push(text);
  };
  subscribe(STATEMENT_CHANNEL, listen);
  try {
    await work();
  } finally {
    unsubscribe(STATEMENT_CHANNEL, listen);
  }
  return sent;
}

/** How many transactions `work` has the service open; of reads each is one message there and one back. */
export async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const listen = (): void => {
    count += 1;
  };
  const began = `tracing:${TRANSACTION_CHANNEL}:start`;
  subscribe(began, listen);
  try {
    await work();
  } finally {
    unsubscribe(began, listen);
  }
  return count;
}
