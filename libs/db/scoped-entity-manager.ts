import { EntityManager, type DataSource, type QueryRunner } from 'typeorm';
import type { QueryResult, Statement } from './driver/statement.js';
import { DatabaseMisuse } from './errors.js';

/** Sends one statement and returns its result. */
export type SendStatement = (statement: Statement) => Promise<QueryResult>;

/**
 * An EntityManager that sends every statement through `send` and opens no transaction itself: it is valid for one call of
 * `Database.read` or `Database.write`.
 */
export class ScopedEntityManager extends EntityManager {
  private runner: QueryRunner | undefined;

  constructor(
    dataSource: DataSource,
    readonly send: SendStatement,
  ) {
    super(dataSource);
  }

  /** For TypeORM's own methods. Created when first used, since `rows` does not need it and creating it takes as long as a read. */
  getQueryRunner(): QueryRunner {
    return (this.runner ??= createQueryRunner(this));
  }
}

// TypeORM declares queryRunner as a property. The accessor is defined on the prototype: one on each instance would keep instances,
// and the rows that they read, in memory until the next major garbage collection.
Object.defineProperty(ScopedEntityManager.prototype, 'queryRunner', {
  get(this: ScopedEntityManager): QueryRunner {
    return this.getQueryRunner();
  },
});

function createQueryRunner(manager: ScopedEntityManager): QueryRunner {
  return Object.assign(manager.dataSource.createQueryRunner(), {
    manager,
    // Returns what TypeORM's own `query` returns.
    query: async (text: string, values: unknown[] = [], structured = false): Promise<unknown> => {
      const { rows, command, count } = await manager.send({ text, values });
      const raw = command === 'UPDATE' || command === 'DELETE' ? [rows, count] : rows;
      return structured ? { raw, records: rows, affected: count } : raw;
    },
    startTransaction: rejectTransaction,
    commitTransaction: rejectTransaction,
    rollbackTransaction: rejectTransaction,
    // Query builders check it before they open a transaction themselves.
    isTransactionActive: true,
  });
}

function rejectTransaction(): never {
  throw new DatabaseMisuse('Only db.read and db.write open and close transactions.');
}

/**
 * How statements of an EntityManager are sent. Besides ScopedEntityManager it supports the manager of a migration.
 *
 * @throws Error for a manager without a connection
 */
export function senderOf(em: EntityManager): SendStatement {
  if (em instanceof ScopedEntityManager) return em.send;
  const runner = em.queryRunner;
  if (!runner)
    throw new Error('This EntityManager has no connection: use the one that db.read or db.write passes.');
  return async ({ text, values }) => {
    const { records, affected } = await runner.query(text, [...values], true);
    return { rows: records as QueryResult['rows'], command: '', count: affected ?? null };
  };
}
