/**
 * npm run screenshots: pictures of every page in its states, on a desktop and on a phone, in light and dark, in English and German, of
 * the client at WEB_URL with the demo organization. Written to a new temporary folder, whose path is printed last.
 *
 *   npm run web -- screenshots             every scene (pictures/scenes.ts)
 *   npm run web -- screenshots today goal  those whose names begin with one of these
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { takePicturesOfParts } from './pictures-of-parts.ts';
import { findAddresses } from './pictures/addresses.ts';
import { SCENES } from './pictures/scenes.ts';
import { Stage, type Who } from './pictures/stage.ts';
import { pretend, type State } from './pictures/states.ts';
import { loadWords } from './pictures/words.ts';
import { signInAs, url } from './stories.ts';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
type View = readonly [size: keyof typeof SIZES, colour: 'light' | 'dark'];

const EVERY: readonly View[] = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'dark'],
  ['phone', 'light'],
];
const TWO: readonly View[] = [
  ['desktop', 'light'],
  ['phone', 'dark'],
];
const OTHER_TWO: readonly View[] = [
  ['desktop', 'dark'],
  ['phone', 'light'],
];
/** States in which there is nothing to act on. */
const UNANSWERED: ReadonlySet<State | undefined> = new Set(['fault', 'offline', 'loading']);
/** How many pages are open at the same time. */
const AT_ONCE = 4;

const started = await startBrowser();
if (typeof started === 'string') {
  console.log(`No screenshots were made. ${started}`);
  process.exit(0);
}
const browser = started;
const folder = await mkdtemp(join(tmpdir(), 'mutual-screenshots-'));
const words = { en: await loadWords('en'), de: await loadWords('de') };
const addresses = await findAddresses();
type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>;
const sessions = new Map<Who, Promise<Session>>();

const chosen = process.argv.slice(2);
const scenes = SCENES.filter(
  ({ name }) => chosen.length === 0 || chosen.some((start) => name.startsWith(start)),
);
const tasks = scenes.flatMap((scene) => [
  { scene, state: undefined, language: 'en' as const, views: scene.brief === true ? TWO : EVERY },
  { scene, state: undefined, language: 'de' as const, views: OTHER_TWO },
  ...(scene.states ?? []).map((state) => ({
    scene,
    state,
    language: state === 'offline' ? ('de' as const) : ('en' as const),
    views: state === 'long' || state === 'offline' ? OTHER_TWO : TWO,
  })),
]);
let count = 0;
const left = tasks.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const task of left) await take(task);
  }),
);
if (chosen.length === 0 || chosen.includes('parts')) await takePicturesOfParts(browser, folder);
await browser.close();
console.log(`${String(count)} pictures`);
console.log(folder);

async function take({ scene, state, language, views }: (typeof tasks)[number]): Promise<void> {
  const name = [scene.name, state, language === 'de' ? 'de' : undefined]
    .filter((part) => part !== undefined)
    .join('-');
  const context = await browser.newContext({
    viewport: SIZES.desktop,
    timezoneId: 'Europe/Berlin',
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    serviceWorkers: 'block',
    ...(scene.as !== undefined && { storageState: await sessionOf(scene.as) }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  // What a page says of an answer that was pretended, or that says no, is no fault.
  const say = (text: string): void => {
    if (!/status of 4|ERR_INTERNET|ERR_FAILED|Failed to fetch|registration blocked/.test(text))
      console.log(`${name}: ${text}`);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') say(message.text());
  });
  page.on('pageerror', (error) => {
    say(error.message);
  });
  try {
    if (state !== undefined) {
      await pretend(page, state);
      // What comes over it is not changed.
      await page.routeWebSocket('**', () => undefined);
    }
    const stage = new Stage(page, words[language], { url, addresses, state });
    // The same page in every size and colour: what was opened on it stays open.
    for (const [at, [size, colour]] of views
      .filter(([size]) => scene.only !== 'phone' || size === 'phone')
      .entries()) {
      await page.emulateMedia({ colorScheme: colour });
      await page.setViewportSize(SIZES[size]);
      if (at === 0) {
        await stage.go(scene.path);
        if (scene.act !== undefined && !UNANSWERED.has(state)) await scene.act(stage);
        await stage.settle();
      }
      await picture(page, `${name}-${size}-${colour}`, SIZES[size], scene.window === true);
      count += 1;
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    await page.screenshot({ path: join(folder, `FAILED-${name}.png`) });
  } finally {
    // What a page would send as it closes must not reach the service.
    await context.setOffline(true);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  }
}

async function picture(
  page: Page,
  name: string,
  viewport: { readonly width: number; readonly height: number },
  isWindow: boolean,
): Promise<void> {
  const { width, height } = await measure(page);
  if (width > viewport.width)
    console.log(`${name}: wider than the screen, by ${String(width - viewport.width)}`);
  // A window of the height of the page: the bar of a phone is fixed to its bottom.
  if (!isWindow) await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
  // Until what is fixed to the bottom is there.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** How large the page is, once it grows no more: parts of some pages load after the others. */
async function measure(page: Page): Promise<{ readonly width: number; readonly height: number }> {
  const look = () =>
    page.evaluate(() => {
      const { scrollWidth: width, scrollHeight: height } = document.documentElement;
      document.documentElement.scrollTop = 0;
      return { width, height };
    });
  let size = await look();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.waitForTimeout(150);
    const next = await look();
    if (next.height === size.height) return next;
    size = next;
  }
  return size;
}

/** Signs in once a person: what follows begins with the session. */
function sessionOf(who: Who): Promise<Session> {
  const known = sessions.get(who) ?? signInOnce(who);
  sessions.set(who, known);
  return known;
}

async function signInOnce(who: Who): Promise<Session> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await signInAs(page, `${who}@quince-gander.example`);
  await page.waitForLoadState('networkidle');
  const state = await context.storageState();
  await context.close();
  return state;
}
