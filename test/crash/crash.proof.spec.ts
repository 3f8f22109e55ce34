import { long, rounds } from '../setup/prove.js';
import { crashDrill } from './crash-drill.js';
import { runDrill, say } from './run-drill.js';

describe('the crash drill', () => {
  it('loses nothing that was acknowledged, and leaves nothing half done', async () => {
    const result = await crashDrill({ rounds: rounds(1, 5), durable: true, say });
    expect(result).toMatchObject({ lost: 0, half: 0 });
    expect(result.acknowledged).toBeGreaterThanOrEqual(100);
    expect(result.slowestRecoveryMs).toBeLessThanOrEqual(result.allowedRecoveryMs);
  });

  // A second drill from the beginning, which takes as long as the first.
  (long ? it : it.skip)('finds losses where PostgreSQL acknowledges before it has written', async () => {
    const { lost } = await crashDrill({ rounds: 5, durable: false, say });
    expect(lost).toBeGreaterThan(0);
  });

  it('says that the number of rounds is wrong', async () => {
    expect(await runDrill('crash', '0')).toEqual({
      code: 1,
      output: 'The number of rounds must be 1 or more.\n',
    });
  });
});
