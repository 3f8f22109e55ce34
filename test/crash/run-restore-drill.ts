/**
 * npm run drill:restore [-- --skip=after-restore --skip=policy-tests --unrecorded]: backs up a running service, destroys it, restores
 * it, checks the result, and writes its date and result into README.md unless something is skipped.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stop, main, root } from '../../scripts/processes.mjs';
import { SKIPPABLE, restoreDrill } from './restore-drill.js';

const MARKS = ['<!-- restore drill -->', '<!-- end of restore drill -->'] as const;

async function recordInReadme(summary: string): Promise<void> {
  const file = join(root, 'README.md');
  const text = await readFile(file, 'utf8');
  const [begin, end] = [text.indexOf(MARKS[0]), text.indexOf(MARKS[1])];
  if (begin < 0 || end < begin) throw new Stop(`README.md has no place for the result: ${MARKS.join(' … ')}`);
  const line = `The last restore drill, on ${new Date().toISOString().slice(0, 10)}, ${summary}`;
  await writeFile(file, `${text.slice(0, begin)}${MARKS[0]}\n\n${line}\n\n${text.slice(end)}`);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      skip: { type: 'string', multiple: true, default: [] },
      unrecorded: { type: 'boolean', default: false },
    },
  });
  const skip = values.skip.map((name) => {
    const known = SKIPPABLE.find((skippable) => skippable === name);
    if (known === undefined) throw new Stop(`--skip is ${SKIPPABLE.join(' or ')}, not ${name}.`);
    return known;
  });
  const { faults, summary } = await restoreDrill({
    skip,
    say: (sentence) => process.stdout.write(`${sentence}\n`),
  });
  if (!values.unrecorded && skip.length === 0) await recordInReadme(summary);
  if (faults.length > 0) process.exitCode = 1;
});
