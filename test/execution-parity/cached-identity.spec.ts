import { disableRecordedAccess } from './access-log.js';
import { delayLookups } from './session-lookups.js';
import { startServerPair, type ServerPair } from './server-pair.js';
import {
  CHANGES,
  problemsOf,
  problemsOfFailure,
  problemsOfMutation,
  problemsOfWaiting,
} from './cached-identity.js';
import { SharedGoal } from './shared-goal.js';

/** A query may begin as whom its session belonged to the last time: nothing of that may reach an answer, a row or the access log. */
describe('a session that was recognized', () => {
  let servers: ServerPair;
  let fixture: SharedGoal;
  let remember: () => void;
  beforeAll(async () => {
    remember = disableRecordedAccess();
    servers = await startServerPair();
    fixture = await SharedGoal.on(servers);
  });
  afterAll(async () => {
    remember();
    await servers.close();
  });

  describe.each([
    ['before', 'first'],
    ['meanwhile', 'first'],
    ['before', 'last'],
    ['meanwhile', 'last'],
  ] as const)('where the look-up finds what happened %s, and is answered %s', (when, order) => {
    let takeBack: () => void = () => undefined;
    beforeAll(() => {
      if (order === 'last') takeBack = delayLookups();
    });
    afterAll(() => {
      takeBack();
    });

    it.each(CHANGES)('and $name', async (change) => {
      expect(await problemsOf(fixture, change, when)).toEqual([]);
    });

    it('and a mutation comes with it, does nothing once it is revoked', async () => {
      expect(await problemsOfMutation(fixture, when)).toEqual([]);
    });

    it.each(['failing', 'cut off'] as const)('is refused while the look-up is %s', async (how) => {
      expect(await problemsOfFailure(fixture, how)).toEqual([]);
    });
  });

  it('reads at once, and is answered after the look-up', async () => {
    const takeBack = delayLookups();
    try {
      expect(await problemsOfWaiting(fixture)).toEqual([]);
    } finally {
      takeBack();
    }
  });
});
