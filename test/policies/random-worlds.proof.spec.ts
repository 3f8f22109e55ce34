import fc from 'fast-check';
import type pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { rounds, seed } from '../setup/prove.js';
import { readableTables } from './matrix.js';
import { Oracle } from './oracle.js';
import { planOf, type Plan } from './random-plan.js';
import { buildWorld } from './random-world.js';
import { keyOf, type TableName } from './rows.js';
import { connect, readWorld, visibleKeysSql } from './session-queries.js';

describe('any world', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let readable: readonly TableName[];
  const counts = { worlds: 0, viewers: 0, rows: 0, seen: 0 };

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = await connect(database.adminUrl);
    readable = await readableTables(admin, `${database.rolePrefix}_app`);
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  /** Everything in which what a viewer sees differs from what the oracle says, in a world that is gone afterwards. */
  async function compare(plan: Plan): Promise<readonly string[]> {
    await admin.query('begin');
    try {
      const { sessions, problems } = await buildWorld(admin, plan);
      const found = [...problems];
      const world = await readWorld(admin);
      await admin.query(`set local role ${database.rolePrefix}_serving`);
      const query = { name: 'visible', text: visibleKeysSql(readable) };
      counts.worlds += 1;
      for (const session of sessions) {
        await admin.query(`select set_config('app.session', $1, true)`, [session ?? '']);
        const { rows } = await admin.query<{ name: TableName; keys: string[] }>(query);
        const oracle = new Oracle(world, session);
        counts.viewers += 1;
        for (const { name, keys } of rows) {
          const there = new Set(keys);
          for (const row of world[name]) {
            const key = keyOf(name, row);
            const should = oracle.mayRead(name, row);
            counts.rows += 1;
            counts.seen += should ? 1 : 0;
            if (there.delete(key) !== should) {
              found.push(
                `${name} ${JSON.stringify(row)}: ${should ? 'unseen' : 'seen'} by ${String(oracle.self)}`,
              );
            }
          }
          if (there.size > 0) found.push(`${name}: rows that are not there: ${[...there].join(', ')}`);
        }
      }
      return found;
    } finally {
      await admin.query('rollback');
    }
  }

  it('shows every viewer of a random world exactly the rows that the oracle expects', async () => {
    await fc.assert(
      fc.asyncProperty(planOf(), async (plan) => {
        expect(await compare(plan)).toEqual([]);
      }),
      { numRuns: rounds(15, 1000), seed: seed('random worlds'), endOnFailure: false },
    );
    const { worlds, viewers, rows, seen } = counts;
    process.stdout.write(
      `random worlds: ${worlds} worlds, ${viewers} viewers, ${rows} times a row was looked for, ${seen} times seen, 0 disagreements\n`,
    );
  });
});
