import pg from 'pg';
import { startApp, type TestApp } from '../e2e/app.js';
import { World } from '../factories/world.js';
import { rounds } from '../setup/prove.js';
import { loadSeparately } from '../setup/service.js';
import { conversationRaces } from './conversations.races.js';
import { erasureRaces } from './erasure.races.js';
import { goalRaces } from './goals.races.js';
import { peopleRaces } from './people.races.js';
import { run, type Race, type RaceContext, type RaceResult } from './race.js';
import { dropLocksOfFunctions, dropLocksOfStatements } from './remove-locks.js';

/**
 * Simultaneous requests have the same result as requests one after the other. As a control, each race finds anomalies without the
 * locks, and without the constraint if that is what prevents them.
 */
const races = [...peopleRaces, ...goalRaces, ...conversationRaces, ...erasureRaces];

const MILLISECONDS = rounds(6_000, 60_000);
/** Enough connections for the clients of all races, so that they do not wait for each other in the pool. */
const CONNECTIONS = '40';

describe('races', () => {
  let app: TestApp;
  let context: RaceContext;
  beforeAll(async () => {
    app = await startApp({ DATABASE_POOL_SIZE: CONNECTIONS });
    context = contextOf(app);
  });
  afterAll(async () => {
    await context.owner.end();
    await app.close();
  });

  it(
    `leaves no anomaly in ${MILLISECONDS / 1_000} seconds of ${races.length} simultaneous races`,
    async () => {
      const end = Date.now() + MILLISECONDS;
      const results = await Promise.all(
        races.map((race) => run(race, context, ({ rounds }) => rounds === 0 || Date.now() < end)),
      );
      const deadlocks = await deadlocksOf(app);
      const lines = races.map((race, index) => describeResult(race, results[index]!));
      const sum = (of: (result: RaceResult) => number): number =>
        results.reduce((total, result) => total + of(result), 0);
      const anomalies = races.flatMap((race, index) =>
        results[index]!.anomalies.map((anomaly) => `${race.name}: ${anomaly}`),
      );
      say([
        ...lines,
        `${sum(({ rounds }) => rounds)} rounds, ${sum(({ answers }) => answers)} answers, ${deadlocks} deadlocks, ` +
          `${anomalies.length} anomalies`,
      ]);
      expect(anomalies).toEqual([]);
      expect(deadlocks).toBe(0);
    },
    MILLISECONDS + 60_000,
  );
});

describe('races without locks', () => {
  let app: TestApp;
  let context: RaceContext;
  let restoreLocks: () => void;
  beforeAll(async () => {
    restoreLocks = dropLocksOfStatements();
    // The driver whose methods were replaced belongs to this test file.
    await loadSeparately();
    app = await startApp({ DATABASE_POOL_SIZE: CONNECTIONS });
    context = contextOf(app);
    expect(await dropLocksOfFunctions(app.database)).toBeGreaterThan(5);
  });
  afterAll(async () => {
    restoreLocks();
    await context.owner.end();
    await app.close();
  });

  it.each(races)(
    'detects an anomaly without locks where $name',
    async (race) => {
      // Run one after the other, the requests cause no anomaly: the anomalies come from simultaneity, not from the removed locks.
      const control = await run(race, context, ({ rounds }) => rounds < 1, 'one by one');
      expect(control.anomalies).toEqual([]);
      if (race.guard !== undefined) await app.database.query(race.guard);
      const end = Date.now() + 20_000;
      const before = await deadlocksOf(app);
      const result = await run(
        race,
        context,
        // A deadlock is answered UNAVAILABLE.
        ({ anomalies, refusals }) =>
          anomalies.length === 0 && !refusals.has('UNAVAILABLE') && Date.now() < end,
      );
      const deadlocks = (await deadlocksOf(app)) - before;
      const noticed = [...result.anomalies, ...(deadlocks > 0 ? ['a deadlock'] : [])];
      say([`without locks, ${race.name}: in round ${result.rounds}, ${noticed[0] ?? 'nothing'}`]);
      expect(noticed).not.toEqual([]);
    },
    40_000,
  );
});

function contextOf(app: TestApp): RaceContext {
  const owner = new pg.Pool({ connectionString: app.testDatabase.adminUrl, max: 10 });
  // Ending the pool does not wait for its connections, and dropping the database can end one of them first.
  owner.on('error', () => undefined);
  return {
    owner,
    world: new World(owner),
    ask: (token, query, variables) => app.graphql(query, variables, token),
  };
}

/** The number of transactions that PostgreSQL ended because of a deadlock. */
async function deadlocksOf({ database }: TestApp): Promise<number> {
  const { rows } = await database.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.deadlocks);
}

function describeResult({ name }: Race, { rounds, answers, refusals, anomalies }: RaceResult): string {
  const refused = [...refusals].map(([code, times]) => `${code} ${times}`).join(', ') || 'none';
  return `${name}: ${rounds} rounds, ${answers} answers, refused ${refused}, anomalies ${anomalies.length}`;
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
