import { startApp, type TestApp } from '../e2e/app.js';
import { long, rounds, seed } from '../setup/prove.js';
import { fuzz } from './fuzz.js';
import { CALLERS, type CallerKind } from './populate.js';

/** Operations a caller: those of `npm run fuzz -- 2000`, or few within npm test and many within npm run prove. */
const operations = Number(process.env.FUZZ_OPERATIONS ?? rounds(70, 2_000));
const wanted = process.env.FUZZ_CALLER;
const callers: readonly CallerKind[] = CALLERS.filter((kind) => wanted === undefined || kind === wanted);

let app: TestApp;

beforeAll(async () => {
  // No caller is to run out of what they may spend: that is tried elsewhere.
  app = await startApp({ COST_PER_MINUTE: '0', LOG_LEVEL: process.env.FUZZ_LOG ?? 'silent' });
});
afterAll(() => app.close());

it(
  `${String(operations)} operations a caller: no failure, and no value that the caller may not see`,
  async () => {
    const used = seed('fuzz');
    const result = await fuzz({ app, seed: used, callers, operations });
    if (long || result.failures.length > 0) process.stdout.write(`${String(result)}\n`);
    for (const { caller, operation, problem, request, answer } of result.failures) {
      process.stdout.write(
        `\n${problem}\n  ${caller}, operation ${String(operation)}, SEED=${String(used)}\n  ${request}\n  ${answer}\n`,
      );
    }
    expect(result.failures.map(({ caller, problem }) => `${caller}: ${problem}`)).toEqual([]);
    // As many as were asked for, and not all of them refused.
    expect(result.operations).toBe(operations * callers.length);
    expect(result.answered).toBeGreaterThan(result.operations / 10);
  },
  60_000 + operations * callers.length * 200,
);
