/** npm run check:security: every test that docs/security.md names exists. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportCheck, root } from './processes.mjs';

/** `path/of.spec.ts` “name of the test”, or the path alone. */
const REFERENCE = /`([\w./-]+\.(?:spec\.ts|mjs))`(?:\s+“([^”]+)”)?/g;

/** `{ counted, problems }` for this text, or for docs/security.md. */
export async function securityDocument(text) {
  const document = text ?? (await readFile(join(root, 'docs', 'security.md'), 'utf8'));
  const problems = [];
  let count = 0;
  for (const [, path, name] of document.matchAll(REFERENCE)) {
    count += 1;
    const file = join(root, path);
    if (!existsSync(file)) problems.push(`docs/security.md names ${path}, which does not exist`);
    else if (name !== undefined && !named(await readFile(file, 'utf8'), name)) {
      problems.push(`docs/security.md names “${name}”, and ${path} has no such test`);
    }
  }
  for (const line of document.split('\n').filter((row) => /^\| \d+\.\d+\.\d+ /.test(row))) {
    const [, number, , , shown = ''] = line.split('|').map((cell) => cell.trim());
    if (!shown.match(REFERENCE) && !/^(not yet|not applicable|operator): \S/.test(shown)) {
      problems.push(`docs/security.md: ${number} names neither a test nor a reason why there is none`);
    }
  }
  return { counted: `${count} tests named`, problems };
}

/** A title can span lines, and contain escaped quotes. */
function named(source, name) {
  const plain = (words) => words.replaceAll(/\\(['"`])/g, '$1').replaceAll(/\s+/g, ' ');
  return plain(source).includes(plain(name));
}

await reportCheck(import.meta.url, () => securityDocument());
