import { createTestFixture, type TestFixture } from './fixture.js';
import { catchMutant, policiesAsText, makeMutants } from './mutants.js';
import { scenarioCount, runScenarios } from './scenarios.js';

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
    const mutants = await makeMutants(fixture);
    const missed: string[] = [];
    for (const mutant of mutants) {
      if ((await catchMutant(fixture, mutant)) === undefined) missed.push(mutant.name);
    }
    process.stdout.write(`mutants ${mutants.length} caught ${mutants.length - missed.length}\n`);
    expect(missed).toEqual([]);
    expect(await policiesAsText(fixture.admin)).toBe(before);
  }, 600_000);
});
