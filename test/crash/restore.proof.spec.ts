import { long } from '../setup/prove.js';
import { drill } from './drill.js';

/** The tests of the policies run by themselves too: on the restored copy only in the long form. */
const SHORT = long ? [] : ['--skip=policy-tests'];

describe('the restore drill', () => {
  it('finds everything that was backed up, and nothing that was ended since', async () => {
    const { code, lines } = await drill('restore', '--unrecorded', ...SHORT);
    expect(lines.filter((line) => line.startsWith('Fault'))).toEqual([]);
    expect(lines.at(-1)).toMatch(/^The restore drill passed\. \d{4,} rows in \d+ tables were restored, /);
    expect(code).toBe(0);
  }, 600_000);

  it('fails where what was ended is not ended again', async () => {
    const { code, lines } = await drill('restore', '--skip=after-restore', '--skip=policy-tests');
    expect(lines.filter((line) => line.startsWith('Fault'))).toEqual([
      'Fault: a session that was ended came back.',
      'Fault: a session from before came back.',
      'Fault: an API token that was revoked came back.',
      'Fault: a link for a new password that was used came back.',
      'Fault: an invitation that was accepted came back.',
      'Fault: goals whose sharing was ended came back.',
      'Fault: a change of address that was cancelled came back.',
      'Fault: mails that waited came back.',
      'Fault: proposals came back.',
      'Fault: the audit trail does not say that the database was restored.',
    ]);
    expect(code).toBe(1);
  }, 300_000);
});
