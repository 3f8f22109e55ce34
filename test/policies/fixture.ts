import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { connect } from './session-queries.js';
import { buildFixture, type CompanyFixture } from './build-fixture.js';

/** A separate database that holds the company. */
export interface TestFixture extends CompanyFixture {
  readonly database: TestDatabase;
  end(): Promise<void>;
}

export async function createTestFixture(): Promise<TestFixture> {
  const database = await createTestDatabase();
  const [app, admin] = await Promise.all([connect(database.appUrl), connect(database.adminUrl)]);
  return {
    ...(await buildFixture(app, admin, database.rolePrefix)),
    database,
    end: async () => {
      await Promise.all([app.end(), admin.end()]);
      await database.drop();
    },
  };
}
