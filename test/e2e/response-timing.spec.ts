import { randomUUID } from 'node:crypto';
import { sharedTestDatabase } from '../setup/database.js';
import { createTestFixture, type TestFixture } from '../policies/fixture.js';
import { hiddenIds } from '../policies/sqlstates.js';
import { startAppOn, type TestApp } from './app.js';

/** As libs/graphql/execution/response-timing.ts has it, in milliseconds. */
const STEP_MS = 25;

let fixture: TestFixture;
let app: TestApp;
beforeAll(async () => {
  fixture = await createTestFixture();
  app = await startAppOn(sharedTestDatabase(fixture.database));
});
afterAll(async () => {
  await app.close();
  await fixture.end();
});

/** How long the answer took, in milliseconds, and what it says. */
async function timed(query: string, variables: Record<string, unknown>, token: string) {
  const began = performance.now();
  const { data, errors } = await app.graphql(query, variables, token);
  return { took: performance.now() - began, data, code: errors[0]?.extensions.code };
}

describe('that something does not exist', () => {
  it('takes as long to answer for a hidden object as for one that never existed', async () => {
    const actor = fixture.actors.find(({ name }) => name === 'AUDITOR');
    const hidden = await hiddenIds(fixture, actor!, 2);
    expect(hidden.length).toBeGreaterThan(20);
    for (const id of [...hidden, ...hidden.map(() => randomUUID())]) {
      const { took, data } = await timed('query ($id: ID!) { node(id: $id) { id } }', { id }, actor!.token!);
      expect(data).toEqual({ node: null });
      // Not before the first of these moments, however fast the database was.
      expect(took).toBeGreaterThanOrEqual(STEP_MS);
    }
  });

  it.each([
    [
      'a mutation',
      'mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }',
      'NOT_FOUND',
    ],
    ['a list of ids', 'query ($id: ID!) { nodes(ids: [$id]) { id } }', undefined],
  ])('takes as long for a hidden object as for a missing one in %s', async (_, query, expected) => {
    const actor = fixture.actors.find(({ name }) => name === 'AUDITOR');
    for (const id of [...(await hiddenIds(fixture, actor!, 2)).slice(0, 20), randomUUID()]) {
      const { took, code } = await timed(query, { id }, actor!.token!);
      expect(code).toBe(expected);
      expect(took).toBeGreaterThanOrEqual(STEP_MS);
    }
  });

  it('holds nothing up that exists', async () => {
    const actor = fixture.actors.find(({ name }) => name === 'the owner');
    const own = fixture.world.personal_goal.find(
      ({ owner_id }) =>
        owner_id ===
        fixture.world.person.find((person) => 'name' in person && person.name === 'the owner')?.id,
    );
    const all: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      const { took, data } = await timed(
        'query ($id: ID!) { node(id: $id) { id } }',
        { id: own!.id },
        actor!.token!,
      );
      expect(data).toEqual({ node: { id: own!.id } });
      all.push(took);
    }
    process.stdout.write(`the fastest answer about what exists took ${Math.min(...all).toFixed(1)} ms\n`);
  });
});
