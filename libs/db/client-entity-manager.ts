import type pg from 'pg';
import type { EntityManager } from 'typeorm';
import { servingDataSource } from './data-source.js';
import { typeParsers } from './driver/type-parsers.js';
import { encodeStatement } from './driver/statement.js';
import { ScopedEntityManager } from './scoped-entity-manager.js';

/**
 * An EntityManager that sends statements over a connection of the caller, in whatever transaction it has: for operator commands that write as the
 * owner of the tables with code of the service. Opens and closes nothing.
 */
export function entityManagerOn(client: pg.Client): EntityManager {
  const unconnected = servingDataSource({ url: '', poolSize: 1, statementTimeoutMs: 0 });
  return new ScopedEntityManager(unconnected, async (statement) => {
    const { text, values } = encodeStatement(statement);
    const { rows, command, rowCount } = await client.query<Record<string, unknown>>({
      text,
      values: [...values],
      types: typeParsers,
    });
    return { rows, command, count: rowCount };
  });
}
