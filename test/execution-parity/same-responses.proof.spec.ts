import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { Random } from '../fuzz/random.js';
import { long, rounds, seed } from '../setup/prove.js';
import { observeCompiledOperations } from './compiled-operations.js';

/*
 * The fast way of executing operations (EXECUTION=fast: compiled, reads together, sessions recognized) answers, refuses, writes and
 * logs what the plain way does.
 */

const compiled = await observeCompiledOperations();
const { PrefetchCache } = await import('#db');
const { startServerPair } = await import('./server-pair.js');
const { compareQueries } = await import('./compare-queries.js');
const { compareMutations, MutationComparison } = await import('./compare-mutations.js');
const { disableRecordedAccess } = await import('./access-log.js');

/** Operations by callers; each is sent nine times. */
const QUERIES = rounds(120, 6_000);
/** In each world; a mutation is sent four times. */
const MUTATIONS = rounds(80, 250);
const WORLDS = rounds(1, 8);

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
});

it(
  `${String(QUERIES)} queries are answered the same, and leave the same access log`,
  async () => {
    const used = seed('same answers');
    const servers = await startServerPair();
    const remember = disableRecordedAccess();
    let ahead = 0;
    const { prefetch } = PrefetchCache.prototype as unknown as { prefetch: (...asked: unknown[]) => void };
    const counting = jest.spyOn(PrefetchCache.prototype, 'prefetch').mockImplementation(function (
      this: InstanceType<typeof PrefetchCache>,
      ...asked
    ) {
      ahead += 1;
      prefetch.apply(this, asked);
    });
    try {
      const comparison = await compareQueries(servers, schema, new Random(used, 'queries'), QUERIES);
      const all = `${String(comparison)}; ${String(compiled.executions)} of them compiled, ${String(ahead)} statements asked ahead, SEED=${String(used)}\n`;
      if (long || comparison.differences.length > 0) process.stdout.write(all);
      for (const found of comparison.differences) process.stdout.write(`\n${found}\n`);
      expect(comparison.differences).toEqual([]);
      // Enough of everything to say so.
      expect(comparison.pairs).toBeGreaterThanOrEqual(QUERIES);
      expect(comparison.withData).toBeGreaterThan(QUERIES / 10);
      expect(comparison.withErrors).toBeGreaterThan(QUERIES / 10);
      // Few random queries reach a shared goal. cached-identity.spec.ts compares the access log of queries that do.
      if (long) expect(comparison.logged).toBeGreaterThan(QUERIES / 200);
      expect(compiled.executions).toBeGreaterThan(QUERIES / 2);
      expect(ahead).toBeGreaterThan(QUERIES / 2);
    } finally {
      counting.mockRestore();
      remember();
      await servers.close();
    }
  },
  60_000 + QUERIES * 400,
);

it(
  `${String(MUTATIONS * WORLDS)} mutations do the same, and say the same of it`,
  async () => {
    const used = seed('same mutations');
    const comparison = new MutationComparison();
    const executed = compiled.executions;
    for (let world = 1; world <= WORLDS; world += 1) {
      await compareMutations(schema, new Random(used, `mutations ${String(world)}`), MUTATIONS, comparison);
    }
    const all = `${String(comparison)}; ${String(compiled.executions - executed)} compiled, SEED=${String(used)}\n`;
    if (long || comparison.differences.length > 0) process.stdout.write(all);
    for (const found of comparison.differences) process.stdout.write(`\n${found}\n`);
    expect(comparison.differences).toEqual([]);
    expect(comparison.done).toBeGreaterThan((MUTATIONS * WORLDS) / 40);
    expect(comparison.refused).toBeGreaterThan((MUTATIONS * WORLDS) / 40);
    expect(comparison.changedRows).toBeGreaterThan((MUTATIONS * WORLDS) / 40);
    expect(compiled.executions - executed).toBeGreaterThan((MUTATIONS * WORLDS) / 4);
  },
  60_000 + MUTATIONS * WORLDS * 500,
);
