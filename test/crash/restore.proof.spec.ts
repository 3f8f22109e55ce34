import { long } from '../setup/prove.js';
import { restoreDrill } from './restore-drill.js';
import { runDrill, say } from './run-drill.js';

describe('the restore drill', () => {
  it('finds everything that was backed up, and nothing that was ended since', async () => {
    // The tests of the policies run anyway: on the restored copy only in the long form.
    const { faults, rows, summary } = await restoreDrill({ skip: long ? [] : ['policy-tests'], say });
    expect(faults).toEqual([]);
    expect(rows).toBeGreaterThan(1_000);
    expect(summary).toMatch(/^passed\. \d+ rows in \d+ tables were restored, /);
  });

  // A second drill from the beginning, which takes as long as the first.
  (long ? it : it.skip)('fails where what was ended is not ended again', async () => {
    const { faults } = await restoreDrill({ skip: ['after-restore', 'policy-tests'], say });
    expect(faults).toEqual([
      'a session that was ended came back',
      'a session from before came back',
      'an API token that was revoked came back',
      'a link for a new password that was used came back',
      'an invitation that was accepted came back',
      'goals whose sharing was ended came back',
      'a change of address that was cancelled came back',
      'mails that waited came back',
      'proposals came back',
      'the audit trail has no entry about the restored database',
    ]);
  });

  it('says which steps can be skipped', async () => {
    expect(await runDrill('restore', '--skip=everything')).toEqual({
      code: 1,
      output: '--skip is after-restore or policy-tests, not everything.\n',
    });
  });
});
