/**
 * npm run prove: the long forms of the proofs. Files named *.proof.spec.ts run in a short form within npm test, and here
 * with PROVE=1 in their long one. SEED=number repeats a run that printed that seed.
 */
import { main } from './processes.mjs';
import { runJest } from './jest.mjs';

await main(async () => {
  const args = ['--testPathPatterns', '\\.proof\\.spec\\.ts$', '--runInBand', ...process.argv.slice(2)];
  process.exitCode = await runJest(args, { PROVE: '1' });
});
