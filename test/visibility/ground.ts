import type pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { buildCompany, type Company } from './cast.js';
import { readableTables, type Ground } from './matrix.js';
import type { TableName } from './rows.js';
import { connect, loadWorld } from './serving.js';

/** A database of its own with the matrix's company in it. */
export interface TestGround extends Ground {
  readonly database: TestDatabase;
  readonly company: Company;
  readonly readable: readonly TableName[];
  /** The prefix of the roles' names. */
  readonly prefix: string;
  end(): Promise<void>;
}

/** The company in an empty database that is there already. */
export async function standOn(
  app: pg.Client,
  admin: pg.Client,
  prefix: string,
): Promise<Omit<TestGround, 'database' | 'end'>> {
  const company = await buildCompany(admin);
  return {
    app,
    admin,
    prefix,
    company,
    actors: company.actors,
    world: await loadWorld(admin),
    readable: await readableTables(admin, `${prefix}_app`),
  };
}

export async function testGround(): Promise<TestGround> {
  const database = await createTestDatabase();
  const [app, admin] = await Promise.all([connect(database.appUrl), connect(database.adminUrl)]);
  return {
    ...(await standOn(app, admin, database.rolePrefix)),
    database,
    end: async () => {
      await Promise.all([app.end(), admin.end()]);
      await database.drop();
    },
  };
}
