import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { createLoaders, type Loaders } from './loaders.js';

/** The GraphQL context: one transaction with the caller's session, and the loaders that read in it. */
export interface Operation {
  readonly manager: EntityManager;
  readonly loaders: Loaders;
  readonly viewerId: string | null;
  readonly queryRunner: QueryRunner;
}

/** Row-level security knows the caller by the SHA-256 of their token, for the length of a transaction. */
export async function openOperation(
  dataSource: DataSource,
  authorization: string | undefined,
): Promise<Operation> {
  const session = createHash('sha256')
    .update(authorization?.replace(/^Bearer /, '') ?? '')
    .digest('hex');
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.startTransaction();
    await queryRunner.query(`select set_config('app.session', $1, true)`, [session]);
    const [viewer] = (await queryRunner.query('select app.signed_in_person() as id')) as {
      id: string | null;
    }[];
    const { manager } = queryRunner;
    return { manager, loaders: createLoaders(manager), viewerId: viewer?.id ?? null, queryRunner };
  } catch (error) {
    await queryRunner.release();
    throw error;
  }
}

/** Ends the operation's transaction before its answer leaves. */
@Plugin()
export class OperationPlugin implements ApolloServerPlugin<Operation> {
  async requestDidStart() {
    return Promise.resolve({
      async willSendResponse({
        contextValue: { queryRunner },
        errors,
      }: {
        contextValue: Operation;
        errors?: unknown;
      }) {
        try {
          if (errors === undefined) await queryRunner.commitTransaction();
          else await queryRunner.rollbackTransaction();
        } finally {
          await queryRunner.release();
        }
      },
    });
  }
}
