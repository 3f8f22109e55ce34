import { checkCatalogue } from './catalogue.js';
import { createTestFixture, type TestFixture } from './fixture.js';
import { TABLES, keyOf } from './rows.js';
import { keyCondition, tryAll } from './session-queries.js';

/** A foreign key locks the row that it refers to, which would leave the transaction of a person who answers a pulse there. */
const WITHOUT_FOREIGN_KEYS: readonly string[] = [
  // Its key is checked at commit.
  'trend_figure_people',
  'session',
  'import_row',
  'idempotency_key',
  'pulse_answer',
  'pulse_answer_waiting',
  'pulse_participation',
  'pulse_pseudonym',
  'pulse_respondent',
];

describe('the catalogue that the policies rely on', () => {
  let fixture: TestFixture;
  beforeAll(async () => {
    fixture = await createTestFixture();
  });
  afterAll(() => fixture.end());

  it('has a policy on every table, a search_path on every SECURITY DEFINER function, and no grant without a policy', async () => {
    expect(await checkCatalogue(fixture.admin, fixture.prefix)).toEqual([]);
  });

  it('keeps every row in its organization, even for the owner of the tables', async () => {
    const { admin, world } = fixture;
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
        if (!names || WITHOUT_FOREIGN_KEYS.includes(table)) continue;
        moves.push(
          `update ${table} set organization_id = '${there?.id ?? ''}' where ${keyCondition(table, row as never)}`,
        );
      }
    }
    const outcomes = await tryAll(admin, null, moves);
    expect(moves.length).toBeGreaterThan(200);
    expect(
      outcomes.flatMap((outcome, index) =>
        'code' in outcome && ['23503', 'MU180'].includes(outcome.code) ? [] : [[moves[index], outcome]],
      ),
    ).toEqual([]);
  });

  it('has rows of every table in the company of the matrix', () => {
    expect(TABLES.filter((table) => fixture.world[table].length === 0)).toEqual([]);
    const named = new Set([...fixture.company.names.keys()].map((key) => key.split('/')[0]));
    expect(TABLES.filter((table) => !named.has(table))).toEqual([]);
    for (const key of fixture.company.names.keys()) {
      const [table, ...rest] = key.split('/') as [(typeof TABLES)[number], ...string[]];
      expect(fixture.world[table].some((row) => keyOf(table, row) === rest.join('/'))).toBe(true);
    }
  });
});
