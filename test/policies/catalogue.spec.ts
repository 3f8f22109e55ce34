import { checkCatalogue } from './catalogue.js';
import { testGround, type TestGround } from './ground.js';
import { TABLES, keyOf } from './rows.js';
import { keyCondition, tryAll } from './serving.js';

describe('what the catalogue must look like for the law to hold', () => {
  let ground: TestGround;
  beforeAll(async () => {
    ground = await testGround();
  });
  afterAll(() => ground.end());

  it('has a policy on every table, pins every definer function, and grants nothing that the law does not name', async () => {
    expect(await checkCatalogue(ground.admin, ground.prefix)).toEqual([]);
  });

  it('keeps every row in its organization, whoever moves it', async () => {
    const { admin, world } = ground;
    const [here, there] = world.organization;
    const moves: string[] = [];
    for (const table of TABLES) {
      for (const row of world[table]) {
        if (!('organization_id' in row) || row.organization_id !== here?.id) continue;
        // What refers to an organization alone belongs to whichever it names.
        const names = Object.entries(row).some(
          ([column, value]) =>
            column !== 'id' && column !== 'organization_id' && column.endsWith('_id') && value !== null,
        );
        if (!names || ['session', 'import_row', 'idempotency_key'].includes(table)) continue;
        moves.push(
          `update ${table} set organization_id = '${there?.id ?? ''}' where ${keyCondition(table, row as never)}`,
        );
      }
    }
    const outcomes = await tryAll(admin, null, moves);
    expect(moves.length).toBeGreaterThan(200);
    expect(
      outcomes.flatMap((outcome, index) =>
        'code' in outcome && outcome.code === '23503' ? [] : [[moves[index], outcome]],
      ),
    ).toEqual([]);
  });

  it('has rows of every table in the matrix’s company, so that nothing is proved about nothing', () => {
    expect(TABLES.filter((table) => ground.world[table].length === 0)).toEqual([]);
    const named = new Set([...ground.company.names.keys()].map((key) => key.split('/')[0]));
    expect(TABLES.filter((table) => !named.has(table))).toEqual([]);
    for (const key of ground.company.names.keys()) {
      const [table, ...rest] = key.split('/') as [(typeof TABLES)[number], ...string[]];
      expect(ground.world[table].some((row) => keyOf(table, row) === rest.join('/'))).toBe(true);
    }
  });
});
