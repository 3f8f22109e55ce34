import { forgetRecorded } from './access-log.js';
import { hasErrors } from './answers.js';
import { startBoth, type Both } from './both.js';
import { problemsOfCrowd, problemsOfOneTurn, watchGroups } from './groups.js';
import { Stage, type Reader } from './stage.js';

/** What one reader asks at the same time travels together: with nobody else's, and failing with nothing else. */
describe('reads that travel together', () => {
  let both: Both;
  let stage: Stage;
  let readers: readonly Reader[];
  let remember: () => void;
  beforeAll(async () => {
    remember = forgetRecorded();
    both = await startBoth();
    stage = await Stage.on(both);
    const made: Reader[] = [];
    for (let count = 0; count < 8; count += 1) made.push(await stage.reader());
    // One who sees no more than themselves, and one who is nobody by now.
    made.push({
      ...made[0]!,
      token: await stage.world.signIn(await stage.world.person(await stage.world.organization())),
    });
    await stage.setSession(made[1]!, 'revoked_at = now()');
    readers = made;
  }, 60_000);
  afterAll(async () => {
    remember();
    await both.close();
  });

  it('never share a transaction with those of another session', async () => {
    const groups = watchGroups();
    try {
      expect(await problemsOfCrowd(stage, readers)).toEqual([]);
    } finally {
      groups.stop();
    }
    expect(groups.strangers).toEqual([]);
    // Of the fast way some travelled with others: the plain way alone would have as many transactions as statements.
    expect(groups.statements).toBeGreaterThan(groups.transactions + 10);
  });

  it('stay apart also when they are asked in one turn', async () => {
    expect(await problemsOfOneTurn(stage, readers)).toEqual([]);
  });

  it('are answered right beside one that fails', async () => {
    const role = `${both.fast.testDatabase.rolePrefix}_app`;
    await both.fast.database.query(`revoke select on business_goal from ${role}`);
    try {
      expect(await problemsOfCrowd(stage, readers)).toEqual([]);
      const [reader] = readers;
      const failing = await stage.ask('{ businessGoals { nodes { title } } }', reader!.token);
      expect(hasErrors(failing)).toBe(true);
    } finally {
      await both.fast.database.query(`grant select on business_goal to ${role}`);
    }
    expect(await problemsOfCrowd(stage, readers)).toEqual([]);
  });
});
