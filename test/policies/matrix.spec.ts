import { createTestFixture, type TestFixture } from './fixture.js';
import { checkReads, checkWrites, type Findings } from './matrix.js';
import { TABLES } from './rows.js';

describe('the policies, for every actor, table and action', () => {
  let fixture: TestFixture;
  beforeAll(async () => {
    fixture = await createTestFixture();
  });
  afterAll(() => fixture.end());

  function report(what: string, { counts, disagreements }: Findings): void {
    const numbers = Object.entries(counts).map(([name, count]) => `${String(count)} ${name}`);
    process.stdout.write(
      `${what}: ${fixture.actors.length} actors, ${TABLES.length} tables, ${numbers.join(', ')}\n`,
    );
    expect(disagreements).toEqual([]);
  }

  it('shows each actor exactly the rows that the oracle expects', async () => {
    report('matrix, reading', await checkReads(fixture, fixture.readable));
  });

  it('lets each actor change exactly what the oracle expects', async () => {
    report('matrix, writing', await checkWrites(fixture));
  });
});
