import { createTestFixture, type TestFixture } from './fixture.js';
import { catchMutant, policiesAsText, makeMutants } from './mutants.js';
import { scenarioCount, runScenarios } from './scenarios.js';

describe('what the proof of the law is worth', () => {
  let fixture: TestFixture;
  beforeAll(async () => {
    fixture = await createTestFixture();
  });
  afterAll(() => fixture.end());

  it('holds in every story told about it', async () => {
    expect(await runScenarios(fixture.admin, fixture.prefix)).toEqual([]);
    process.stdout.write(`stories: ${String(scenarioCount)} told, 0 otherwise than designed\n`);
  });

  it('notices every single thing that could be wrong with it', async () => {
    const before = await policiesAsText(fixture.admin);
    const mutants = await makeMutants(fixture);
    const missed: string[] = [];
    for (const mutant of mutants) {
      if ((await catchMutant(fixture, mutant)) === undefined) missed.push(mutant.name);
    }
    process.stdout.write(`mutants ${mutants.length} caught ${mutants.length - missed.length}\n`);
    expect(missed).toEqual([]);
    expect(await policiesAsText(fixture.admin)).toBe(before);
  }, 300_000);
});
