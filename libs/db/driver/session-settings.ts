import type { EncodedStatement } from './pipeline.js';

/** Who asks Postgres, and how long each statement may take. */
export interface SessionSettings {
  /** '' for nobody: the law then shows no rows. */
  readonly sessionHash: string;
  readonly statementTimeoutMs: number;
}

/** Work that stands still, holding locks, is cut off; it waits for nothing but the database, so this is never met in health. */
const IDLE_TIMEOUT = '30s';

/**
 * The part of a statement's time that it may wait for a lock. Less than the whole: a statement that waited for somebody else is told
 * apart from one that was too much work by itself (55P03, not 57014).
 */
const LOCK_WAIT = 0.8;

/**
 * What is settled at the beginning of a transaction, and gone at its end (`true`), whoever gets the connection next: who asks, how
 * long a statement may take and wait for a lock, and that plans which fit all values are kept. Left to itself Postgres weighs for
 * each statement whether to plan it anew each time, and policies make that dearer than what it could gain.
 */
const COMMON = `set_config('app.session', $1, true), set_config('statement_timeout', $2, true),
  set_config('lock_timeout', $3, true), set_config('plan_cache_mode', 'force_generic_plan', true)`;

/** For a transaction that only reads: Postgres refuses every write in it, and does not let that be taken back. */
export function readOnlySettings(asking: SessionSettings): EncodedStatement {
  return {
    text: `select ${COMMON}, set_config('transaction_read_only', 'on', true)`,
    values: valuesOf(asking),
  };
}

/** For one that writes. */
export function readWriteSettings(asking: SessionSettings): EncodedStatement {
  return {
    text: `select ${COMMON}, set_config('idle_in_transaction_session_timeout', '${IDLE_TIMEOUT}', true)`,
    values: valuesOf(asking),
  };
}

function valuesOf({ sessionHash, statementTimeoutMs }: SessionSettings): EncodedStatement['values'] {
  return [
    sessionHash,
    `${String(statementTimeoutMs)}ms`,
    `${String(Math.ceil(statementTimeoutMs * LOCK_WAIT))}ms`,
  ];
}
