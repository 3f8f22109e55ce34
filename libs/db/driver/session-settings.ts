import type { EncodedStatement } from './statement.js';

/** The viewer's session and the limits that a transaction runs with. */
export interface SessionSettings {
  /** '' for no session: the policies then show no rows. */
  readonly sessionHash: string;
  readonly statementTimeoutMs: number;
}

/**
 * Ends a transaction that holds locks and sends nothing, in milliseconds. Services wait for the database only, so this does not happen normally. A call
 * that may hold its locks longer, because it gave its statements more time, may also compute so long between two of them.
 */
const LEAST_IDLE_TIMEOUT_MS = 30_000;

/**
 * The share of the statement timeout that a statement may wait for a lock. It is below 1 so that waiting for another transaction
 * (55P03) can be distinguished from a slow statement (57014).
 */
const LOCK_TIMEOUT_SHARE = 0.8;

/**
 * Set at the beginning of a transaction and reset at its end (`true`), so that the next user of the connection does not inherit
 * them. Generic plans are forced because PostgreSQL otherwise compares them with a new plan for each execution, and with policies
 * planning costs more than a better plan saves.
 */
const COMMON = `set_config('app.session', $1, true), set_config('statement_timeout', $2, true),
  set_config('lock_timeout', $3, true), set_config('plan_cache_mode', 'force_generic_plan', true)`;

/** Begins a read-only transaction; PostgreSQL rejects every write in it, and the setting cannot be reverted. */
export function readOnlySettings(settings: SessionSettings): EncodedStatement {
  return {
    text: `select ${COMMON}, set_config('transaction_read_only', 'on', true)`,
    values: valuesOf(settings),
  };
}

/** Begins a transaction that writes. */
export function readWriteSettings(settings: SessionSettings): EncodedStatement {
  return {
    text: `select ${COMMON}, set_config('idle_in_transaction_session_timeout', $4, true)`,
    values: [
      ...valuesOf(settings),
      `${String(Math.max(LEAST_IDLE_TIMEOUT_MS, settings.statementTimeoutMs))}ms`,
    ],
  };
}

export function isSameSession(one: SessionSettings, other: SessionSettings): boolean {
  return one.sessionHash === other.sessionHash && one.statementTimeoutMs === other.statementTimeoutMs;
}

function valuesOf({ sessionHash, statementTimeoutMs }: SessionSettings): EncodedStatement['values'] {
  return [
    sessionHash,
    `${String(statementTimeoutMs)}ms`,
    `${String(Math.ceil(statementTimeoutMs * LOCK_TIMEOUT_SHARE))}ms`,
  ];
}
