import { createTestFixture, type TestFixture } from './fixture.js';
import { catchMutant, policiesAsText, makeMutants } from './mutants.js';
import { rounds, seed } from '../setup/prove.js';
import { scenarioCount, runScenarios } from './scenarios.js';

/** Within npm test, every twelfth mutant, beginning with a random one of the first twelve. */
const STEP = rounds(12, 1);

describe('mutants of the policies', () => {
  let fixture: TestFixture;
  beforeAll(async () => {
    fixture = await createTestFixture();
  });
  afterAll(() => fixture.end());

  it('passes every scenario with the unchanged policies', async () => {
    expect(await runScenarios(fixture.admin, fixture.prefix)).toEqual([]);
    process.stdout.write(`scenarios: ${String(scenarioCount)}, 0 failed\n`);
  });

  it('detects every mutant of the policies', async () => {
    const before = await policiesAsText(fixture.admin);
    const first = seed('mutants') % STEP;
    const mutants = (await makeMutants(fixture)).filter((_mutant, index) => index % STEP === first);
    const missed: string[] = [];
    for (const mutant of mutants) {
      if ((await catchMutant(fixture, mutant)) === undefined) missed.push(mutant.name);
    }
    process.stdout.write(`mutants ${mutants.length} caught ${mutants.length - missed.length}\n`);
    expect(missed).toEqual([]);
    expect(await policiesAsText(fixture.admin)).toBe(before);
  });
});
