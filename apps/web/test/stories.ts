/** What the stories of every page share: a browser on a running `npm start`, and how to sign in and to check a page. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, describe, it, type TestContext } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';

/** Where the client is served. */
export const url = process.env['WEB_URL'] ?? 'http://127.0.0.1:4000';
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Registers stories, or one skipped test that says why they cannot be played. */
export async function tell(subject: string, stories: (browser: Browser) => void): Promise<void> {
  const serves = await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
  const started = serves ? await startBrowser() : `Nothing serves at ${url}: run npm start, or set WEB_URL.`;
  if (typeof started === 'string') {
    it('needs a running service and a browser', { skip: started }, () => undefined);
    return;
  }
  after(() => started.close());
  describe(subject, () => {
    stories(started);
  });
}

export interface Opened {
  readonly page: Page;
  /** What the browser reported, such as a violation of the content security policy. A story asserts that it is empty. */
  readonly errors: string[];
  /** The names of the operations that the page has sent. */
  readonly operations: string[];
}

export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Opened> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Stories that cut the connection of a page would not see what the worker fetches.
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const operations: string[] = [];
  page.on('console', (message) => {
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  // The console names only the status.
  page.on('response', (response) => {
    if (response.status() < 500) return;
    const sent = response.request().postData() ?? '';
    const report = (body: string): void => {
      errors.push(`${String(response.status())} ${response.url()} ${sent.slice(0, 100)}: ${body}`);
    };
    response.text().then(report, () => {
      report('no body');
    });
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) {
      const { operationName } = request.postDataJSON() as { operationName: string };
      // What surrounds every page asks once after a page was loaded.
      if (operationName !== 'Shell') operations.push(operationName);
    }
  });
  return { page, errors, operations };
}

/** Signs in as a person whom the sign-in page offers. */
export async function signIn(page: Page, person: RegExp, at = url): Promise<void> {
  await page.goto(at);
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
}

/** The password of everybody in the demo organization. */
const PASSWORD = 'two-wheels-one-gander';

/** Signs in as anybody of the demo organization. */
export async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation').waitFor();
}

/** Longer than a page takes on the busiest machine. */
const RENDERED_WITHIN = 60_000;

/**
 * Waits until a page has what every page has, and nothing of it is on its way: an address changes before its page is rendered, and a
 * heading comes before a list.
 *
 * @throws if it never comes that far, with what was missing
 */
export async function waitUntilRendered(page: Page): Promise<void> {
  const end = Date.now() + RENDERED_WITHIN;
  let missing: string[];
  do {
    // A page that is just being replaced by the next one cannot be asked.
    missing = await page.evaluate(missingInPage).catch((error: unknown) => [String(error)]);
    if (missing.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end && !page.isClosed());
  assert.fail(`${page.url()} is not rendered: ${missing.join(', ')}.`);
}

/** Runs in the page: what it does not show yet, or shows only for now. */
function missingInPage(): string[] {
  const isShown = (selector: string): boolean =>
    [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
  const isMoving = document
    .getAnimations()
    .some(
      ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
    );
  return [
    ...(isShown('main, [role=main]') ? [] : ['no main landmark']),
    ...(isShown('h1, [role=heading][aria-level="1"]') ? [] : ['no heading of level 1']),
    ...(isShown('[data-skeleton]') ? ['a skeleton'] : []),
    ...(isShown('[aria-busy=true]') ? ['a part that is busy'] : []),
    ...(isMoving ? ['the end of a motion'] : []),
  ];
}

/** Waits until the page is rendered, and fails with every fault that axe finds in it. */
export async function assertAccessible(page: Page, test: TestContext): Promise<void> {
  await waitUntilRendered(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  for (const fault of faults) test.diagnostic(`${page.url()}: ${fault}`);
  if (faults.length > 0) assert.fail(`axe finds faults in ${page.url()}:\n${faults.join('\n')}`);
}
