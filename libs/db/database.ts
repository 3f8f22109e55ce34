import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { poolUse, traceTransaction, type PoolUse } from './diagnostics.js';
import type { SessionSettings } from './driver/session-settings.js';
import { encodeStatement } from './driver/pipeline.js';
import { ConnectionPool } from './driver/connection-pool.js';
import { DatabaseMisuse } from './errors.js';
import { createScopedEntityManager } from './scoped-entity-manager.js';
import { PrefetchCache } from './driver/prefetch-cache.js';
import { ReadBatcher } from './driver/read-batcher.js';
import type { Notice } from './driver/pipelining-client.js';
import { WriteTransaction } from './driver/write-transaction.js';
import type { DatabaseContext } from './database-context.js';

/** Where the module keeps what the door needs; nobody else asks for them. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');
export const STATEMENT_TIMEOUT_MS = Symbol('STATEMENT_TIMEOUT_MS');
export const BATCH_READS = Symbol('BATCH_READS');
export const QUEUE_SIZE = Symbol('QUEUE_SIZE');

/** What one call may ask for beside the viewer. */
export interface CallOptions {
  /** How long each statement may take, in milliseconds, where the setting is too short (an import, an export). */
  readonly statementTimeoutMs?: number;
}

export interface WriteOptions extends CallOptions {
  /** Called with each notice while the transaction lasts: a function that takes minutes says how far it is. It must not throw. */
  readonly onNotice?: (notice: Notice) => void;
}

type Work<T> = (em: EntityManager) => Promise<T>;

interface WorkScope {
  ended: boolean;
}

/**
 * The one door to Postgres. An EntityManager is a capability: only here is one handed out, for one piece of work that runs as
 * one viewer, and it is of no use afterwards.
 *
 * A write takes one connection of the pool. A call inside another would hold one and wait for a second; as many of those at
 * once as the pool has connections wait for ever. So it is refused: what is called by others takes `em`.
 */
@Injectable()
export class Database {
  /**
   * Whether this async context is inside somebody's work. Set around `work` only, so that what runs before and after it, the
   * loaders of the same operation among them, is outside. Things begun inside may outlive the transaction (a loader's batch, a
   * timer): they see `ended` and are let through. A loader asked inside of `work` is refused: its batch runs in this context,
   * and whoever awaits it here would hold one connection and wait for another.
   */
  private readonly activeWork = new AsyncLocalStorage<WorkScope>();

  private readonly connections: ConnectionPool;
  private readonly reads: ReadBatcher;

  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(STATEMENT_TIMEOUT_MS) private readonly statementTimeoutMs: number,
    @Inject(BATCH_READS) together = true,
    @Inject(QUEUE_SIZE) queueSize = Infinity,
  ) {
    // TypeORM keeps it under this name.
    const { master } = dataSource.driver as unknown as { master: pg.Pool };
    this.connections = new ConnectionPool(master, queueSize);
    this.reads = new ReadBatcher(this.connections, together);
  }

  /**
   * ReadBatcher as the viewer of `ctx` (null: without a session, which sees no rows). Each statement sees what was committed when it began (READ
   * COMMITTED), and runs in a read-only transaction: Postgres refuses every write. Those that one viewer asks at the same time
   * share one ({@link ReadBatcher}); no two are promised to.
   *
   * @throws what `work` throws; DatabaseBusy, DatabaseUnavailable, StatementTimeout, DatabaseMisuse (errors.ts).
   */
  async read<T>(ctx: DatabaseContext | null, work: Work<T>, options: CallOptions = {}): Promise<T> {
    const context = this.enter();
    const reader = this.asking(ctx, options);
    const prefetched = options.statementTimeoutMs === undefined ? ctx?.prefetchCache : undefined;
    let unanswered = 0;
    const manager = createScopedEntityManager(this.dataSource, async (statement) => {
      if (context.ended) throw new DatabaseMisuse('A statement came after the end of its work.');
      unanswered += 1;
      try {
        const asked = encodeStatement(statement);
        return await (prefetched?.ask(asked) ?? this.reads.ask(reader, asked));
      } finally {
        unanswered -= 1;
      }
    });
    try {
      const result = await this.activeWork.run(context, () => work(manager));
      if (unanswered > 0) throw new DatabaseMisuse('A statement was not awaited before its work ended.');
      return result;
    } finally {
      context.ended = true;
    }
  }

  /**
   * A short transaction as the viewer of `ctx`, committed when `work` resolves, rolled back when it rejects. READ COMMITTED: lock the
   * aggregate's root (`for update`) where two writers could step on each other. Never retried: `work` may have told others;
   * whoever can repeat the whole (isDeadlock) does so outside.
   *
   * With a context that carries `runIdempotently` (a mutation that was sent with an Idempotency-Key) the work is done only if it was not done before.
   *
   * @throws as `read` does. After DatabaseUnavailable with outcome 'unknown' the write may have happened.
   */
  async write<T>(ctx: DatabaseContext | null, work: Work<T>, options: WriteOptions = {}): Promise<T> {
    const context = this.enter();
    const runIdempotently = ctx?.runIdempotently;
    return traceTransaction({ readOnly: false }, async () => {
      const transaction = await WriteTransaction.begin(this.connections, this.asking(ctx, options));
      const unlisten = options.onNotice && transaction.onNotice(options.onNotice);
      const manager = createScopedEntityManager(
        this.dataSource,
        (statement) => transaction.send(statement),
        runIdempotently ? undefined : (statement) => transaction.close(statement),
      );
      try {
        const result = await this.activeWork.run(context, () =>
          runIdempotently ? runIdempotently(manager, () => work(manager)) : work(manager),
        );
        context.ended = true;
        await transaction.commit();
        return result;
      } catch (error) {
        context.ended = true;
        throw await transaction.fail(error);
      } finally {
        unlisten?.();
      }
    });
  }

  /** For a request whose reads may be sent before a resolver asks for them. */
  createPrefetchCache(ctx: DatabaseContext): PrefetchCache {
    const reader = this.asking(ctx, {});
    return new PrefetchCache((statement) => this.reads.ask(reader, statement));
  }

  /** How the connections are used at this moment. */
  get poolUse(): PoolUse {
    return poolUse(this.dataSource);
  }

  /** @throws DatabaseMisuse inside of another call */
  private enter(): WorkScope {
    if (this.activeWork.getStore()?.ended === false) {
      throw new DatabaseMisuse(
        'db.read and db.write cannot be called inside one another: pass `em` on instead.',
      );
    }
    return { ended: false };
  }

  private asking(ctx: DatabaseContext | null, options: CallOptions): SessionSettings {
    return {
      sessionHash: ctx?.viewer?.sessionHash ?? '',
      statementTimeoutMs: options.statementTimeoutMs ?? this.statementTimeoutMs,
    };
  }
}
