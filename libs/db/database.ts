import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { DatabaseContext } from './database-context.js';
import { poolUse, traceTransaction, type PoolUse } from './diagnostics.js';
import { ConnectionPool } from './driver/connection-pool.js';
import type { Notice } from './driver/pipelining-client.js';
import { PrefetchCache } from './driver/prefetch-cache.js';
import { ReadBatcher } from './driver/read-batcher.js';
import type { SessionSettings } from './driver/session-settings.js';
import { encodeStatement } from './driver/statement.js';
import { WriteTransaction } from './driver/write-transaction.js';
import { DatabaseMisuse } from './errors.js';
import { LastStatement } from './last-statement.js';
import { ScopedEntityManager, senderOf } from './scoped-entity-manager.js';

/** Injection tokens of {@link Database}, provided by DbModule. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');
export const STATEMENT_TIMEOUT_MS = Symbol('STATEMENT_TIMEOUT_MS');
export const BATCH_READS = Symbol('BATCH_READS');
export const QUEUE_SIZE = Symbol('QUEUE_SIZE');

export interface CallOptions {
  /** Of each statement, in milliseconds, where the setting is too short (imports, exports). */
  readonly statementTimeoutMs?: number;
}

export interface WriteOptions extends CallOptions {
  /** Called with each notice of the transaction, for example the progress of an import. Must not throw. */
  readonly onNotice?: (notice: Notice) => void;
}

type Work<T> = (em: EntityManager) => Promise<T>;

/** One call of `read` or `write`. */
interface Call {
  isEnded: boolean;
}

/**
 * The only access to PostgreSQL. `read` and `write` pass an EntityManager to `work`, valid for this call and this viewer only.
 *
 * Calls cannot be nested: a write inside another call would hold one connection while it waits for a second, and as many of these
 * as the pool has connections would wait forever. Functions that are called inside `work` take `em` as an argument.
 */
@Injectable()
export class Database {
  /**
   * The call that the current async context runs in. It is set around `work` only. What `work` starts and leaves running (a loader's
   * batch, a timer) may outlive the call; once `isEnded`, it can make calls itself.
   */
  private readonly currentCall = new AsyncLocalStorage<Call>();

  private readonly connections: ConnectionPool;
  private readonly reads: ReadBatcher;

  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(STATEMENT_TIMEOUT_MS) private readonly statementTimeoutMs: number,
    @Inject(BATCH_READS) batchReads = true,
    @Inject(QUEUE_SIZE) queueSize = Infinity,
  ) {
    // TypeORM keeps the pool under this name.
    const { master } = dataSource.driver as unknown as { master: pg.Pool };
    this.connections = new ConnectionPool(master, queueSize);
    this.reads = new ReadBatcher(this.connections, batchReads);
  }

  /**
   * Reads as the viewer of `ctx` (null: without a session, which sees no rows). Each statement runs in a read-only transaction and sees
   * what was committed when it started (READ COMMITTED). Statements of one viewer may share a transaction ({@link ReadBatcher}), but
   * no two are guaranteed to.
   *
   * @throws what `work` throws; DatabaseBusy, DatabaseUnavailable, StatementTimeout, DatabaseMisuse (errors.ts)
   */
  async read<T>(ctx: DatabaseContext | null, work: Work<T>, options: CallOptions = {}): Promise<T> {
    const call = this.beginCall();
    const settings = this.sessionSettings(ctx, options);
    const prefetchCache = options.statementTimeoutMs === undefined ? ctx?.prefetchCache : undefined;
    let pending = 0;
    const em = new ScopedEntityManager(this.dataSource, async (statement) => {
      if (call.isEnded) throw new DatabaseMisuse('A statement was sent after its read had ended.');
      pending += 1;
      try {
        const encoded = encodeStatement(statement);
        return await (prefetchCache?.query(encoded) ?? this.reads.query(settings, encoded));
      } finally {
        pending -= 1;
      }
    });
    try {
      const result = await this.currentCall.run(call, () => work(em));
      if (pending > 0) throw new DatabaseMisuse('A statement was not awaited before its read ended.');
      return result;
    } finally {
      call.isEnded = true;
    }
  }

  /**
   * Runs `work` in one transaction as the viewer of `ctx`: committed when it resolves, rolled back when it rejects. READ COMMITTED: lock
   * the root of the aggregate (`for update`) where concurrent writes could conflict. Never retried here, since `work` may have had
   * other effects; a caller that can repeat all of them checks isDeadlock.
   *
   * If `ctx` carries `runIdempotently` (a mutation with an Idempotency-Key), `work` is skipped when it ran before.
   *
   * Where `work` returns a {@link LastStatement}, that statement and COMMIT are sent as one message.
   *
   * @throws as `read` does. After DatabaseUnavailable with outcome 'unknown' the write may have been committed.
   */
  async write<T>(
    ctx: DatabaseContext | null,
    work: Work<T | LastStatement<T>>,
    options: WriteOptions = {},
  ): Promise<T> {
    const call = this.beginCall();
    const runIdempotently = ctx?.runIdempotently;
    return traceTransaction({ readOnly: false }, async () => {
      const transaction = await WriteTransaction.begin(this.connections, this.sessionSettings(ctx, options));
      const stopListening = options.onNotice && transaction.onNotice(options.onNotice);
      const em = new ScopedEntityManager(this.dataSource, (statement) => transaction.query(statement));
      try {
        const result = await this.currentCall.run(call, () =>
          // Its result is stored before COMMIT.
          runIdempotently ? runIdempotently(em, async () => sent(em, await work(em))) : work(em),
        );
        call.isEnded = true;
        if (result instanceof LastStatement) {
          return result.complete(await transaction.commitWith(result.query));
        }
        await transaction.commit();
        return result;
      } catch (error) {
        call.isEnded = true;
        throw await transaction.fail(error);
      } finally {
        stopListening?.();
      }
    });
  }

  /** A cache for one request of this viewer; see {@link DatabaseContext.prefetchCache}. */
  createPrefetchCache(ctx: DatabaseContext): PrefetchCache {
    const settings = this.sessionSettings(ctx, {});
    return new PrefetchCache((statement) => this.reads.query(settings, statement));
  }

  /** The current use of the connection pool. */
  get poolUse(): PoolUse {
    return poolUse(this.dataSource);
  }

  /** @throws DatabaseMisuse inside of another call */
  private beginCall(): Call {
    if (this.currentCall.getStore()?.isEnded === false) {
      throw new DatabaseMisuse(
        'db.read and db.write cannot be nested: pass `em` to the inner function instead.',
      );
    }
    return { isEnded: false };
  }

  private sessionSettings(ctx: DatabaseContext | null, options: CallOptions): SessionSettings {
    return {
      sessionHash: ctx?.viewer?.sessionHash ?? '',
      statementTimeoutMs: options.statementTimeoutMs ?? this.statementTimeoutMs,
    };
  }
}

/** The result, after sending a last statement as any other. */
async function sent<T>(em: EntityManager, result: T | LastStatement<T>): Promise<T> {
  return result instanceof LastStatement ? result.complete(await senderOf(em)(result.query)) : result;
}
