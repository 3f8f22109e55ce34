/**
 * npm run fuzz -- 2000: that many operations for each kind of caller, made out of schema.graphql, over HTTP. SEED=number repeats
 * a run that printed that seed, FUZZ_CALLER=manager only its part for one caller, FUZZ_LOG=error shows the service's log.
 */
import { Stop, main } from './processes.mjs';
import { runJest } from './jest.mjs';

await main(async () => {
  const [operations = '2000'] = process.argv.slice(2);
  if (!/^[1-9]\d{0,6}$/.test(operations))
    throw new Stop('Say how many operations a caller: npm run fuzz -- 2000');
  const args = ['--testPathPatterns', 'test/fuzz/fuzz\\.proof\\.spec\\.ts$', '--runInBand'];
  process.exitCode = await runJest(args, { PROVE: '1', FUZZ_OPERATIONS: operations });
});
