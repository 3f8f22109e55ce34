import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.js';
import { Database } from './database.js';
import { DbModule } from './db.module.js';
import { row, sql } from './sql.js';
import { StartError } from './start-error.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

@Injectable()
class Asker {
  constructor(@Inject(Database) private readonly db: Database) {}

  ask(): Promise<unknown> {
    return this.db.read(null, (em) => row(em, sql`select ${'yes'}::text as answer`));
  }
}

@Module({ providers: [Asker] })
class AskingModule {}

function application(url: string) {
  @Module({ imports: [DbModule.forRoot({ url, poolSize: 1, statementTimeoutMs: 1_000 }), AskingModule] })
  class App {}
  return NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
}

it('provides Database to every module and the DataSource to none', async () => {
  const app = await application(test.appUrl);
  try {
    expect(await app.get(Asker, { strict: false }).ask()).toEqual({ answer: 'yes' });
    expect(() => app.get(DataSource, { strict: false })).toThrow();
  } finally {
    await app.close();
  }
  await expect(app.get(Asker, { strict: false }).ask()).rejects.toThrow('cannot be reached');
});

it('stops the start when the database is away', async () => {
  const away = new URL(test.appUrl);
  away.port = '1';
  await expect(application(away.href)).rejects.toThrow(StartError);
});
