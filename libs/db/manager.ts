import { EntityManager, type DataSource, type QueryRunner } from 'typeorm';
import type { Answer, Statement } from './batch.js';
import { DatabaseMisuse } from './errors.js';

/** Sends a statement to where an EntityManager belongs. */
export type Send = (statement: Statement) => Promise<Answer>;

const senders = new WeakMap<EntityManager, Send>();
const closers = new WeakMap<EntityManager, Send>();

/**
 * An EntityManager whose every statement goes through `send`, however it is made, and which opens no transaction itself.
 *
 * @param close sends the last statement together with the end of the transaction, where that is possible
 */
export function managerOf(dataSource: DataSource, send: Send, close?: Send): EntityManager {
  const manager = new EntityManager(dataSource);
  // Made when TypeORM itself wants to send something: what goes through `rows` does not need it, and it takes as long as a read.
  let runner: QueryRunner | undefined;
  Object.defineProperty(manager, 'queryRunner', {
    get: () => (runner ??= runnerOf(dataSource, manager, send)),
  });
  senders.set(manager, send);
  if (close) closers.set(manager, close);
  return manager;
}

function runnerOf(dataSource: DataSource, manager: EntityManager, send: Send): QueryRunner {
  return Object.assign(dataSource.createQueryRunner(), {
    manager,
    // What TypeORM itself sends, in the shape that it expects.
    query: async (text: string, values: unknown[] = [], structured = false): Promise<unknown> => {
      const { rows, command, count } = await send({ text, values });
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
  const close = closers.get(em);
  if (!close) return em;
  const last = Object.create(em) as EntityManager;
  senders.set(last, close);
  return last;
}

/**
 * How statements of an EntityManager are sent: as {@link managerOf} was told or, for one of a migration, by the connection that
 * it was made with.
 *
 * @throws Error for one that has no connection
 */
export function senderOf(em: EntityManager): Send {
  const send = senders.get(em);
  if (send) return send;
  const runner = em.queryRunner;
  if (!runner)
    throw new Error('SQL runs in db.read or db.write only: this EntityManager belongs to no transaction');
  return async ({ text, values }) => {
    const { records, affected } = await runner.query(text, [...values], true);
    return { rows: records as Answer['rows'], command: '', count: affected ?? null };
  };
}

function refuse(): never {
  throw new DatabaseMisuse('Transactions are opened and closed by db.read and db.write only.');
}
