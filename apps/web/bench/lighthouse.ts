/**
 * npm run web -- lighthouse: what Lighthouse says of the main pages, of the client that `npm start` serves at WEB_URL with the demo
 * organization. Fails where accessibility is below 100 or performance below 95, the median of three runs.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { browserOptions } from '../test/browser.ts';
import { signIn, url } from '../test/stories.ts';

const PAGES = ['/', '/goals', '/fit', '/team', '/trends', '/me'];
const RUNS = 3;
const LEAST = { accessibility: 100, performance: 95 };

const options = await browserOptions();
if (typeof options === 'string') {
  console.log(`Lighthouse did not run. ${options}`);
  process.exit(0);
}
const port = await freePort();
const front = await withoutReferrerPolicy();
const folder = await mkdtemp(join(tmpdir(), 'mutual-lighthouse-'));
try {
  const context = await chromium.launchPersistentContext(folder, { ...options, locale: 'en-GB' });
  await signIn(await context.newPage(), /Oluwaseun Adeyemi/, front.url);
  await context.close();
  // Started again with the session in its profile: Playwright and Lighthouse cannot both control new pages of one browser.
  const browser = spawn(
    options.executablePath,
    [...options.args, '--headless', `--user-data-dir=${folder}`, `--remote-debugging-port=${String(port)}`],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => browser.once('close', resolve));
  try {
    await answers(port);
    for (const path of PAGES) await measure(path);
  } finally {
    browser.kill();
    await ended;
  }
} finally {
  front.close();
  await rm(folder, { recursive: true, force: true });
}

/** The client without its header Referrer-Policy: Lighthouse 13.5 with Chromium 147 reports every page that has one as aborted. */
async function withoutReferrerPolicy(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { method, headers } = request;
    const passed = ask(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
      const { 'referrer-policy': _, ...others } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, others);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Waits until the browser can be controlled. @throws after half a minute */
async function answers(at: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(`http://127.0.0.1:${String(at)}/json/version`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The browser does not start.');
}

async function measure(path: string): Promise<void> {
  const scores: Record<keyof typeof LEAST, number[]> = { accessibility: [], performance: [] };
  const faults = new Set<string>();
  for (let run = 0; run < RUNS; run++) {
    const result = await lighthouse(
      front.url + path,
      // The page is read as the person who has signed in.
      { port, disableStorageReset: true, onlyCategories: Object.keys(LEAST), logLevel: 'error' },
      desktopConfig,
    );
    if (result === undefined) throw new Error(`Lighthouse gave no result for ${path}.`);
    const { categories, audits, finalDisplayedUrl, runtimeError } = result.lhr;
    if (runtimeError !== undefined) throw new Error(`${path}: ${runtimeError.message}`);
    if (new URL(finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${finalDisplayedUrl}.`);
    for (const name of ['accessibility', 'performance'] as const) {
      scores[name].push(Math.round((categories[name]?.score ?? 0) * 100));
    }
    for (const { id } of categories['accessibility']?.auditRefs ?? []) {
      if (audits[id]?.score === 0) faults.add(id);
    }
  }
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;
  const [accessibility, performance] = [middle(scores.accessibility), middle(scores.performance)];
  console.log(
    `${path}: accessibility ${String(accessibility)}, performance ${String(performance)} (${scores.performance.join(', ')}) ${[...faults].join(' ')}`,
  );
  if (accessibility < LEAST.accessibility || performance < LEAST.performance) process.exitCode = 1;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => {
        resolve(free);
      });
    });
  });
}
