import { testGround, type TestGround } from './ground.js';
import { catchMutant, lawAsText, makeMutants } from './mutants.js';
import { storyCount, tellAll } from './scenarios.js';

describe('what the proof of the law is worth', () => {
  let ground: TestGround;
  beforeAll(async () => {
    ground = await testGround();
  });
  afterAll(() => ground.end());

  it('holds in every story told about it', async () => {
    expect(await tellAll(ground.admin, ground.prefix)).toEqual([]);
    process.stdout.write(`stories: ${String(storyCount)} told, 0 otherwise than designed\n`);
  });

  it('notices every single thing that could be wrong with it', async () => {
    const before = await lawAsText(ground.admin);
    const mutants = await makeMutants(ground);
    const missed: string[] = [];
    for (const mutant of mutants) {
      if ((await catchMutant(ground, mutant)) === undefined) missed.push(mutant.name);
    }
    process.stdout.write(`mutants ${mutants.length} caught ${mutants.length - missed.length}\n`);
    expect(missed).toEqual([]);
    expect(await lawAsText(ground.admin)).toBe(before);
  }, 300_000);
});
