/**
 * Part of npm run build: compresses the files of dist/ beside themselves, and measures what the browser loads before the first page.
 * Fails beyond the limit.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Of the JavaScript that any page needs when it is the first, compressed with brotli, which every browser accepts over HTTPS. */
const LIMIT_KB = 200;
const COMPRESSED = /\.(js|css|html|svg|json|webmanifest)$/;

const dist = new URL('../dist/', import.meta.url).pathname;
const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && COMPRESSED.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
for (const file of files) {
  const content = await readFile(file);
  await writeFile(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
  await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
}

const manifest = JSON.parse(await readFile(join(dist, '.vite', 'manifest.json'), 'utf8'));
/** The file of an entry and of what it imports at once. */
const initial = (name, seen = new Set()) => {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of manifest[name].imports ?? []) initial(imported, seen);
  return seen;
};
const scripts = (entry) => [...initial(entry)].map((name) => manifest[name].file);
const styles = (entry) => [...initial(entry)].flatMap((name) => manifest[name].css ?? []);
const size = async (names, suffix) => {
  const sizes = await Promise.all(
    [...new Set(names)].map(async (name) => (await readFile(join(dist, `${name}${suffix}`))).length),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000;
};
const kb = (number) => `${number.toFixed(1)} kB`;

const first = scripts('index.html');
const brotli = await size(first, '.br');
console.log(`Initial JavaScript: ${kb(brotli)} with brotli, ${kb(await size(first, '.gz'))} with gzip`);
console.log(`Initial CSS: ${kb(await size(styles('index.html'), '.br'))} with brotli`);
let largest = 0;
for (const [name, { isDynamicEntry, file }] of Object.entries(manifest)) {
  if (!isDynamicEntry || !existsSync(join(dist, `${file}.br`))) continue;
  const more = scripts(name).filter((script) => !first.includes(script));
  const kilobytes = await size(more, '.br');
  largest = Math.max(largest, kilobytes);
  console.log(`${name}: ${kb(kilobytes)} more with brotli`);
}
console.log(`At most ${kb(brotli + largest)} of JavaScript for a first page, of ${LIMIT_KB} kB`);
if (brotli + largest > LIMIT_KB) {
  console.error(`The JavaScript of a first page is larger than ${LIMIT_KB} kB: load some of it later.`);
  process.exitCode = 1;
}
