/** npm test: installs what is missing and runs the tests; `npm test -- PATH` runs some of them. */
import { main } from './processes.mjs';
import { runJest } from './jest.mjs';

await main(async () => {
  process.exitCode = await runJest(process.argv.slice(2));
});
