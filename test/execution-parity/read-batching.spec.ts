import { disableRecordedAccess } from './access-log.js';
import { hasErrors } from './responses.js';
import { startServerPair, type ServerPair } from './server-pair.js';
import { problemsOfCrowd, problemsOfOneTurn, watchBatches } from './read-batching.js';
import { SharedGoal, type Reader } from './shared-goal.js';

/** Simultaneous reads of one session share a transaction, never with reads of another session, and fail by themselves. */
describe('reads that travel together', () => {
  let servers: ServerPair;
  let fixture: SharedGoal;
  let readers: readonly Reader[];
  let remember: () => void;
  beforeAll(async () => {
    remember = disableRecordedAccess();
    servers = await startServerPair();
    fixture = await SharedGoal.on(servers);
    const made: Reader[] = [];
    for (let count = 0; count < 8; count += 1) made.push(await fixture.reader());
    // One who sees no more than themselves, and one who is nobody by now.
    made.push({
      ...made[0]!,
      token: await fixture.world.signIn(await fixture.world.person(await fixture.world.organization())),
    });
    await fixture.setSession(made[1]!, 'revoked_at = now()');
    readers = made;
  });
  afterAll(async () => {
    remember();
    await servers.close();
  });

  it('never share a transaction with those of another session', async () => {
    const batches = watchBatches();
    try {
      expect(await problemsOfCrowd(fixture, readers)).toEqual([]);
    } finally {
      batches.stop();
    }
    expect(batches.strangers).toEqual([]);
    // Of the fast way some travelled with others: the plain way alone would have as many transactions as statements.
    expect(batches.statements).toBeGreaterThan(batches.transactions + 10);
  });

  it('stay apart also when they are asked in one turn', async () => {
    expect(await problemsOfOneTurn(fixture, readers)).toEqual([]);
  });

  it('are answered right beside one that fails', async () => {
    const role = `${servers.fast.testDatabase.rolePrefix}_app`;
    await servers.fast.database.query(`revoke select on business_goal from ${role}`);
    try {
      expect(await problemsOfCrowd(fixture, readers)).toEqual([]);
      const [reader] = readers;
      const failing = await fixture.ask('{ businessGoals { nodes { title } } }', reader!.token);
      expect(hasErrors(failing)).toBe(true);
    } finally {
      await servers.fast.database.query(`grant select on business_goal to ${role}`);
    }
    expect(await problemsOfCrowd(fixture, readers)).toEqual([]);
  });
});
