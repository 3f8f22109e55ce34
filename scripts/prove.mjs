/**
 * npm run prove: the long forms of the proofs. Files named *.proof.spec.ts run in a short form within npm test, and here
 * with PROVE=1 in their long one: about half an hour on two cores. SEED=number repeats a run that printed that seed,
 * `npm run prove -- random-worlds` runs those whose path has that in it.
 */
import { main } from './processes.mjs';
import { runJest } from './jest.mjs';

await main(async () => {
  const given = process.argv.slice(2);
  const paths = given.filter((argument) => !argument.startsWith('-'));
  const options = given.filter((argument) => argument.startsWith('-'));
  const patterns = (paths.length === 0 ? [''] : paths).map((path) => `${path}.*\\.proof\\.spec\\.ts$`);
  process.exitCode = await runJest([...options, '--testPathPatterns', ...patterns], { PROVE: '1' });
});
