import { EntityManager, type DataSource, type QueryRunner } from 'typeorm';
import type { QueryResult, Statement } from './driver/pipeline.js';
import { DatabaseMisuse } from './errors.js';

/** Sends a statement to where an EntityManager belongs. */
export type Send = (statement: Statement) => Promise<QueryResult>;

/**
 * An EntityManager whose every statement goes through `send`, however it is made, and which opens no transaction itself.
 *
 * Its accessor stands on the prototype: one defined on each object would have V8 keep them, and with them all that was read,
 * until the next full garbage collection.
 */
class ScopedEntityManager extends EntityManager {
  runner: QueryRunner | undefined;

  /** @param close sends the last statement together with the end of the transaction, where that is possible */
  constructor(
    dataSource: DataSource,
    readonly send: Send,
    readonly close: Send | undefined,
  ) {
    super(dataSource);
  }

  /** The same, whose next statement is the last. */
  closing(): ScopedEntityManager {
    return this.close ? new ScopedEntityManager(this.dataSource, this.close, undefined) : this;
  }
}

// TypeORM declares a property. It is made when TypeORM itself wants to send something: what goes through `rows` does not need it,
// and it takes as long as a read.
Object.defineProperty(ScopedEntityManager.prototype, 'queryRunner', {
  get(this: ScopedEntityManager): QueryRunner {
    return (this.runner ??= runnerOf(this));
  },
});

/** @param close sends the last statement together with the end of the transaction, where that is possible */
export function createScopedEntityManager(dataSource: DataSource, send: Send, close?: Send): EntityManager {
  return new ScopedEntityManager(dataSource, send, close);
}

function runnerOf(manager: ScopedEntityManager): QueryRunner {
  return Object.assign(manager.dataSource.createQueryRunner(), {
    manager,
    // What TypeORM itself sends, in the shape that it expects.
    query: async (text: string, values: unknown[] = [], structured = false): Promise<unknown> => {
      const { rows, command, count } = await manager.send({ text, values });
      const raw = command === 'UPDATE' || command === 'DELETE' ? [rows, count] : rows;
      return structured ? { raw, records: rows, affected: count } : raw;
    },
    startTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    // Query builders look at it before opening a transaction of their own.
    isTransactionActive: true,
  });
}

/**
 * For the statement after which nothing is left to do but to commit: COMMIT travels with it, which spares a round trip. Once it has
 * been answered the work is done, and cannot be refused any more.
 *
 * ```ts
 * return this.points.insert(closing(em), values);
 * ```
 *
 * Where something has to follow after all (a mutation with an Idempotency-Key remembers what came of it) it is as any other.
 */
export function closing(em: EntityManager): EntityManager {
  return em instanceof ScopedEntityManager ? em.closing() : em;
}

/**
 * How statements of an EntityManager are sent: as {@link createScopedEntityManager} was told or, for one of a migration, by the connection that
 * it was made with.
 *
 * @throws Error for one that has no connection
 */
export function senderOf(em: EntityManager): Send {
  if (em instanceof ScopedEntityManager) return em.send;
  const runner = em.queryRunner;
  if (!runner)
    throw new Error('SQL runs in db.read or db.write only: this EntityManager belongs to no transaction');
  return async ({ text, values }) => {
    const { records, affected } = await runner.query(text, [...values], true);
    return { rows: records as QueryResult['rows'], command: '', count: affected ?? null };
  };
}

function refuse(): never {
  throw new DatabaseMisuse('Transactions are opened and closed by db.read and db.write only.');
}
