import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { errorForLog } from '#common';

/** How often the connection is checked, in milliseconds, and how long the server may take to answer. */
const CHECK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;
/** How long to wait before connecting again, in milliseconds: doubled after each failure. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Injects the URL of a direct connection for LISTEN. */
export const LISTEN_URL = Symbol('LISTEN_URL');

export interface NotificationListenerOptions {
  /** A direct connection, not through a pooler in transaction mode. */
  readonly url: string;
  readonly channel: string;
  /** Called with the payload of each notification. Must not throw. */
  readonly onNotification: (payload: string) => void;
  /** Called whenever it listens from now on. Notifications sent before are lost. Must not throw. */
  readonly onListening: () => void;
  /** Called when the connection is lost, and not when it is stopped. Must not throw. */
  readonly onLost: () => void;
}

/**
 * One connection that does nothing but LISTEN. It connects again whenever the connection is lost.
 *
 * A pooler in transaction mode accepts LISTEN and delivers nothing, so each connection first sends itself a notification with an empty
 * payload, and counts as listening once that has arrived.
 */
export class NotificationListener {
  private readonly logger = new Logger('Listener');
  private readonly stopping = new AbortController();
  private readonly stopped: Promise<void>;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: NotificationListenerOptions) {
    this.stopped = new Promise((resolve) => {
      this.stopping.signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let wait = FIRST_WAIT_MS;
    while (!signal.aborted) {
      try {
        await this.listen();
        wait = FIRST_WAIT_MS;
      } catch (error) {
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        this.logger.warn({
          message: 'Changes cannot be received; connecting again soon.',
          ...errorForLog(error),
        });
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the connection is lost after it has listened, or when it is stopped. @throws if it could not listen */
  private async listen(): Promise<void> {
    const { url, channel, onNotification, onListening, onLost } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: 'mutual listener',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => {
        resolve();
      });
    });
    const heard = new Promise<void>((resolve) => {
      client.on('notification', ({ payload = '' }) => {
        if (payload === '') resolve();
        else onNotification(payload);
      });
    });
    const connected = client.connect().then(async () => {
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      await client.query('select pg_notify($1, $2)', [channel, '']);
      const isLate = sleep(ANSWER_WITHIN_MS, true, { ref: false });
      if ((await Promise.race([heard, ended, isLate])) === true) {
        throw new Error('No notification arrives: use a direct connection or a pooler in session mode.');
      }
    });
    try {
      await Promise.race([connected, this.stopped]);
      if (this.isStopping()) return;
      onListening();
      const check = setInterval(() => {
        client.query('select 1').catch(() => void client.end().catch(() => undefined));
      }, CHECK_EVERY_MS).unref();
      await Promise.race([ended, this.stopped]);
      clearInterval(check);
      if (!this.isStopping()) onLost();
    } finally {
      // Not awaited: pg does not answer while it connects.
      client.end().catch(() => undefined);
      connected.catch(() => undefined);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
