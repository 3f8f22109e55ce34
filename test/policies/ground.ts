import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { connect } from './serving.js';
import { standOn, type Standing } from './stand.js';

/** A database of its own with the matrix's company in it. */
export interface TestGround extends Standing {
  readonly database: TestDatabase;
  end(): Promise<void>;
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
