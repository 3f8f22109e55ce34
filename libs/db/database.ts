import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { poolUse, toldTransaction, type PoolUse } from './diagnostics.js';
import { DatabaseMisuse } from './errors.js';
import { Transaction } from './transaction.js';
import type { Viewer } from './viewer.js';

/** Where the module keeps what the door needs; nobody else asks for them. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');
export const STATEMENT_TIMEOUT_MS = Symbol('STATEMENT_TIMEOUT_MS');

/** What one call may ask for beside the viewer. */
export interface CallOptions {
  /** How long each statement may take, in milliseconds, where the setting is too short (an import, an export). */
  readonly statementTimeoutMs?: number;
}

type Work<T> = (em: EntityManager) => Promise<T>;

interface Inside {
  ended: boolean;
  readonly afterCommit: (() => void)[];
}

/** Of a viewer only this is needed, also before it is known who that is. */
type Identity = Pick<Viewer, 'sessionHash' | 'once'>;

/**
 * The one door to Postgres. An EntityManager is a capability: only here is one handed out, for one short transaction that
 * runs as one viewer, and it is of no use afterwards.
 *
 * Every call takes one connection of the pool. A call inside another would hold one and wait for a second; as many of those
 * at once as the pool has connections wait for ever. So it is refused: what is called by others takes `em`.
 */
@Injectable()
export class Database {
  /**
   * Whether this async context is inside somebody's work. Set around `work` only, so that what runs before and after it, the
   * loaders of the same operation among them, is outside. Things begun inside may outlive the transaction (a loader's batch, a
   * timer): they see `ended` and are let through. A loader asked inside of `work` is refused: its batch runs in this context,
   * and whoever awaits it here would hold one connection and wait for another.
   */
  private readonly inside = new AsyncLocalStorage<Inside>();

  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(STATEMENT_TIMEOUT_MS) private readonly statementTimeoutMs: number,
  ) {}

  /**
   * A short read-only transaction as `viewer` (null: as nobody, who sees no rows). READ COMMITTED: each statement sees what was
   * committed when it began. Postgres refuses every write in it.
   *
   * @throws what `work` throws; DatabaseUnavailable, StatementTimeout, NotCommitted, DatabaseMisuse (errors.ts).
   */
  read<T>(viewer: Identity | null, work: Work<T>, options: CallOptions = {}): Promise<T> {
    return toldTransaction({ readOnly: true }, () => this.transact(true, viewer, work, options));
  }

  /**
   * A short transaction as `viewer`, committed when `work` resolves, rolled back when it rejects. READ COMMITTED: lock the
   * aggregate's root (`for update`) where two writers could step on each other. Never retried: `work` may have told others;
   * whoever can repeat the whole (isDeadlock) does so outside.
   *
   * With a viewer that carries `once` (a mutation that was sent with a key) the work is done only if it was not done before.
   *
   * @throws as `read` does. After DatabaseUnavailable with outcome 'unknown' the write may have happened.
   */
  write<T>(viewer: Identity | null, work: Work<T>, options: CallOptions = {}): Promise<T> {
    const once = viewer?.once;
    return toldTransaction({ readOnly: false }, () =>
      this.transact(false, viewer, once ? (em) => once(em, () => work(em)) : work, options),
    );
  }

  /**
   * Has something begun once the transaction around this call has committed, and never if it does not: to tell others that there
   * is something to look at. `begin` must not throw; what it begins is its own to wait for.
   */
  afterCommit(begin: () => void): void {
    const around = this.inside.getStore();
    if (around?.ended !== false) throw new DatabaseMisuse('There is no transaction around this to wait for.');
    around.afterCommit.push(begin);
  }

  /** How the connections are used at this moment. */
  get poolUse(): PoolUse {
    return poolUse(this.dataSource);
  }

  private async transact<T>(
    readOnly: boolean,
    viewer: Identity | null,
    work: Work<T>,
    options: CallOptions,
  ): Promise<T> {
    if (this.inside.getStore()?.ended === false) {
      throw new DatabaseMisuse(
        'db.read and db.write cannot be called inside one another: pass `em` on instead.',
      );
    }
    const transaction = await Transaction.begin(this.dataSource.createQueryRunner(), {
      readOnly,
      sessionHash: viewer?.sessionHash ?? '',
      statementTimeoutMs: options.statementTimeoutMs ?? this.statementTimeoutMs,
    });
    const context: Inside = { ended: false, afterCommit: [] };
    try {
      await transaction.open();
      const result = await this.inside.run(context, () => work(transaction.manager));
      context.ended = true;
      await transaction.commit();
      for (const begin of context.afterCommit) begin();
      return result;
    } catch (error) {
      context.ended = true;
      throw await transaction.fail(error);
    }
  }
}
