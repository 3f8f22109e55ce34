/**
 * Part of npm run build: writes dist/service-worker.js, which keeps the files of the client on the device, so that its pages open without a
 * connection and show what could not be sent. It keeps no answer of the API.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';

const dist = new URL('../dist/', import.meta.url);
/** Fonts of other alphabets load when a character asks for them. */
const KEPT = /\.(js|css)$|-latin-wght-normal-[\w-]+\.woff2$/;

const assets = (await readdir(new URL('assets/', dist))).filter((name) => KEPT.test(name)).sort();
const page = await readFile(new URL('index.html', dist));
const version = createHash('sha256').update(page).update(assets.join()).digest('hex').slice(0, 16);
const source = await readFile(new URL('service-worker.js', import.meta.url), 'utf8');
await writeFile(
  new URL('service-worker.js', dist),
  source
    .replace("'VERSION'", `'mutual-${version}'`)
    .replace("['FILES']", JSON.stringify(['/', '/icon.svg', ...assets.map((name) => `/assets/${name}`)])),
);
