import type pg from 'pg';
import { buildCompany, type Company } from './company.js';
import { readableTables, type Fixture } from './matrix.js';
import type { TableName } from './rows.js';
import { loadWorld } from './session-queries.js';

/** A world to look at, and what is known about it. */
export interface CompanyFixture extends Fixture {
  readonly company: Company;
  readonly readable: readonly TableName[];
  /** The prefix of the roles' names. */
  readonly prefix: string;
}

/** The company in an empty database that is there already. */
export async function buildFixture(
  app: pg.Client,
  admin: pg.Client,
  prefix: string,
): Promise<CompanyFixture> {
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
