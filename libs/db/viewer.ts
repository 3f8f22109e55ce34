import type { EntityManager } from 'typeorm';
import type { Reading } from './reading.js';

/** What an administrator may hold beside being a person (domain.md, Role). No role reads personal goals or conversations. */
export const ROLES = ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be used for (domain.md, Session). None of them reaches personal content. */
export const TOKEN_SCOPES = ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/**
 * Has the effect of one mutation happen once, however often it is sent: called inside the transaction of its write, with the
 * work of that write, which it does unless it was done before.
 */
export type Once = <T>(em: EntityManager, work: () => Promise<T>) => Promise<T>;

/**
 * Who a transaction runs for. A value that is passed on, never ambient: a loader's batch runs in the async context of
 * whoever asked first. What the viewer may see is decided in Postgres from `sessionHash` alone; every other field is for
 * politeness (an early, clear error) and for filters that the law repeats.
 */
export interface Viewer {
  /** Hex SHA-256 of the bearer token: the only identity that the law believes. Never logged. */
  readonly sessionHash: string;
  readonly sessionId: string;
  readonly organizationId: string;
  /** Null for an API token. */
  readonly personId: string | null;
  /** False once employment has ended: the person's own goals only. */
  readonly employed: boolean;
  readonly roles: readonly Role[];
  /** Of an API token; empty for a person. */
  readonly scopes: readonly TokenScope[];
  /** While a mutation with an Idempotency-Key runs: goes with the viewer to the mutation's one write. */
  readonly once?: Once;
  /** What the operation that runs for this viewer reads, where it may be asked ahead. */
  readonly reading?: Reading;
}

/** A viewer with a person behind them: everybody but an API token. */
export type PersonViewer = Viewer & { readonly personId: string };
