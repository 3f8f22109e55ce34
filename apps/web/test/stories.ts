/** What the stories of every page share: a browser on a running `npm start`, and how to sign in and to check a page. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, describe, it, type TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page, Request, Response } from 'playwright-core';
import { beginSession, url, type Session } from './api.ts';
import { startBrowser } from './browser.ts';
import { waitUntilSaved } from './kept.ts';

export { url };
const TIME_ZONE = 'Europe/Berlin';
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long a story waits for something. Longer than anything takes on a busy machine; what does not come at all fails a little later. */
const PATIENCE = 60_000;

/**
 * STORIES_SLOWED=6 plays the stories in pages whose processor is slowed down six times, and whose answers of the API come 300 milliseconds later:
 * what fails by chance on a busy machine fails there.
 */
const SLOWED = Number(process.env['STORIES_SLOWED'] ?? 1);
const SLOWED_BY_MS = 300;

/** Registers stories, or one skipped test that says why they cannot be played. Where WEB_URL names the client, it has to be there. */
export async function tell(subject: string, stories: (browser: Browser) => void): Promise<void> {
  const serves = await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!serves && process.env['WEB_URL'] !== undefined) throw new Error(`Nothing serves at ${url}.`);
  const started = serves ? await startBrowser() : `Nothing serves at ${url}: run npm start, or set WEB_URL.`;
  if (typeof started === 'string') {
    it('needs a running service and a browser', { skip: started }, () => undefined);
    return;
  }
  after(() => started.close());
  describe(subject, () => {
    afterEach(() => Promise.all(started.contexts().map(close)));
    stories(started);
  });
}

/** Closes the pages of a story once everything that they have sent is answered: the next story finds what this one has left. */
async function close(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await waitUntilSaved(page).catch(() => undefined);
  await context.close();
}

/** What each page has asked the API, and is not answered yet. */
const unanswered = new WeakMap<Page, Set<Request>>();
const isOperation = (request: Request): boolean => request.url().endsWith('/graphql');

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
    timezoneId: TIME_ZONE,
    // Stories that cut the connection of a page would not see what the worker fetches.
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  // What waits for an "Undo" for ten seconds waits for a minute: a busy machine presses it later than a person would.
  await context.addInitScript(() => {
    const setInterval = window.setInterval.bind(window);
    window.setInterval = ((handler: TimerHandler, ms = 0, ...rest: unknown[]) =>
      setInterval(handler, ms === 10_000 ? 60_000 : ms, ...rest)) as typeof window.setInterval;
  });
  context.on('page', (opened) => {
    const requests = new Set<Request>();
    unanswered.set(opened, requests);
    opened.on('request', (request) => {
      // Another document has nothing to do with what the last one has asked.
      if (request.isNavigationRequest() && request.frame() === opened.mainFrame()) requests.clear();
      if (isOperation(request)) requests.add(request);
    });
    for (const event of ['requestfinished', 'requestfailed'] as const)
      opened.on(event as 'requestfinished', (request) => requests.delete(request));
  });
  const page = await context.newPage();
  if (SLOWED > 1) await slowDown(page);
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
    // What surrounds every page asks once after a page was loaded.
    if (isOperation(request) && nameOf(request) !== 'Shell') operations.push(nameOf(request));
  });
  return { page, errors, operations };
}

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.context().route('**/graphql', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOWED_BY_MS));
    await route.fallback();
  });
}

/** The name of the operation that a request sends. */
const nameOf = (request: Request): string =>
  (request.postDataJSON() as { operationName?: string } | null)?.operationName ?? '';

/** The answer to the next request with an operation. Call it before what sends that. */
export function answerTo(page: Page, operation: string): Promise<Response> {
  return page.waitForResponse((response) => {
    const request = response.request();
    return isOperation(request) && nameOf(request) === operation;
  });
}

/** Waits until what was read is what is expected: a page shows what was done to it some time later. */
export async function eventually<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const actual = await read();
    if (isDeepStrictEqual(actual, expected)) return;
    if (Date.now() > end) assert.deepEqual(actual, expected);
    await pause();
  }
}

/** Fails if the page shows such an element once it is rendered. */
export async function assertAbsent(locator: Locator): Promise<void> {
  await waitUntilRendered(locator.page());
  assert.equal(await locator.count(), 0, `${String(locator)} is in ${locator.page().url()}`);
}

/** Waits until an element has the focus. */
export function assertFocused(locator: Locator): Promise<void> {
  return eventually(() => locator.evaluate((element) => element === document.activeElement), true);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** The day so many days from today where the pages of the stories are, YYYY-MM-DD. */
export function dayFromToday(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(Date.now() + days * 86_400_000);
}

/** Signs in on the sign-in page as a person whom it offers. */
export async function signInOnPage(page: Page, person: RegExp): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
  await waitUntilRendered(page);
}

/**
 * Opens an address, Today unless another is named, as a person whom the sign-in page offers. Without that page, which takes longer than most
 * of what comes after it.
 */
export async function signIn(page: Page, person: RegExp, address = url): Promise<void> {
  const account = (await demoAccounts()).find(({ name }) => person.test(name));
  assert.ok(account, `The sign-in page offers nobody like ${String(person)}.`);
  await signInAs(page, account.email, address);
}

/** Opens an address, Today unless another is named, as anybody of the demo organization. */
export async function signInAs(page: Page, email: string, address = url): Promise<void> {
  await openIn(await beginSession(email), page, address);
  await waitUntilRendered(page);
}

/** Opens an address in a session that has begun already. */
export async function openIn({ id, token }: Session, page: Page, address: string): Promise<void> {
  const isSecure = new URL(url).protocol === 'https:';
  const name = isSecure ? '__Host-mutual' : 'mutual';
  await page.context().addCookies([
    {
      name,
      value: token,
      url: new URL(address).origin,
      // Like the session itself; without it, a profile that is opened again would have none.
      expires: Math.floor(Date.now() / 1000) + 90 * 86_400,
      httpOnly: true,
      secure: isSecure,
      sameSite: 'Strict',
    },
  ]);
  // A file of the client without a script, so that the page finds what signing in would have left.
  await page.goto(new URL('/icon.svg', address).href);
  await page.evaluate((person) => {
    localStorage.setItem('mutual.signedIn', 'yes');
    localStorage.setItem('mutual.person', person);
  }, id);
  await page.goto(address);
}

let accounts: Promise<readonly { readonly name: string; readonly email: string }[]> | undefined;

/** The people whom the sign-in page offers. */
function demoAccounts(): NonNullable<typeof accounts> {
  accounts ??= fetch(new URL('/demo-accounts.json', url)).then(
    async (response) => ((await response.json()) as { accounts: Awaited<typeof accounts> }).accounts ?? [],
  );
  return accounts;
}

/**
 * Waits until a page has what every page has, and nothing of it is on its way: an address changes before its page is rendered, a heading comes
 * before a list, and keys are heard a moment after what is shown.
 *
 * @throws if it never comes that far, with what was missing
 */
export async function waitUntilRendered(page: Page): Promise<void> {
  const end = Date.now() + PATIENCE;
  let missing: readonly string[];
  do {
    const count = unanswered.get(page)?.size ?? 0;
    // A page that is just being replaced by the next one cannot be asked.
    missing = await page.evaluate(missingInPage).catch((error: unknown) => [String(error)]);
    if (count + (unanswered.get(page)?.size ?? 0) > 0) missing = [...missing, 'an answer of the API'];
    if (missing.length === 0) return;
    await pause();
  } while (Date.now() < end && !page.isClosed());
  assert.fail(`${page.url()} is not rendered: ${missing.join(', ')}.`);
}

/** Runs in the page, once it has nothing to do: what it does not show yet, or shows only for now. */
async function missingInPage(): Promise<string[]> {
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 }));
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
    ...(document.fonts.status === 'loading' ? ['a font'] : []),
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
