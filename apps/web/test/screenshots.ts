/**
 * npm run screenshots: pictures of every page on a desktop and on a phone, in light and dark, of the client at WEB_URL with the demo
 * organization. Written to a new temporary folder, whose path is printed last.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { takePicturesOfParts } from './pictures-of-parts.ts';

const url = process.env['WEB_URL'] ?? 'http://127.0.0.1:4000';
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** Pages for people who are not signed in; behind # is a token. */
const OUTSIDE = [
  '/forgot-password',
  '/accept-invitation#token',
  '/reset-password#token',
  '/confirm-address#token',
];
/** Pages that need no more than their address, by who sees them. */
const BY_PERSON: readonly (readonly [person: RegExp, paths: readonly string[]])[] = [
  [/Leonie Ahrens/, ['/welcome', '/me/sign-in', '/me/readers', '/me/shares', '/me/data']],
  [
    /Lucía Ferreyra/,
    [
      '/admin/people',
      '/admin/people/new',
      '/admin/import',
      '/admin/invitations',
      '/admin/places',
      '/admin/tokens',
    ],
  ],
  [/Matthias Okafor-Brandt/, ['/admin/settings', '/admin/roles', '/admin/cycles', '/admin/areas']],
  [/Rosalind Achterberg/, ['/admin/audit']],
];

const started = await startBrowser();
if (typeof started === 'string') {
  console.log(`No screenshots were made. ${started}`);
  process.exit(0);
}
const folder = await mkdtemp(join(tmpdir(), 'mutual-screenshots-'));

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await started.newContext({
      viewport,
      colorScheme,
      deviceScaleFactor: 1,
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      hasTouch: size === 'phone',
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() !== 'debug' && message.type() !== 'info')
        console.log(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => {
      console.log(`error: ${error.message}`);
    });
    const picture = async (name: string): Promise<void> => {
      // A window of the height of the page: the bar of a phone is fixed to its bottom.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
      await page.setViewportSize(viewport);
    };

    const visit = async (path: string): Promise<void> => {
      await page.goto(url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await picture(path.replace(/^\/|#.*/g, '').replaceAll('/', '-'));
    };

    for (const path of OUTSIDE) await visit(path);
    await page.goto(url);
    await page.getByRole('button', { name: /Leonie Ahrens/ }).waitFor();
    await picture('sign-in');
    await signIn(page, /Oluwaseun Adeyemi/);
    await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
    await picture('today-manager');
    await visit('/team');
    await visit('/business');
    await page.getByRole('link', { name: /Joints eight to eleven/ }).click();
    await page.getByRole('heading', { name: 'Check-ins' }).waitFor();
    await picture('business-goal');
    await page.goto(url);
    await page.getByRole('link', { name: 'Leonie Ahrens' }).first().click();
    await page.getByRole('heading', { name: 'Before' }).waitFor();
    await picture('one-to-one');
    await page.getByRole('button', { name: 'Show what I could bring up' }).click();
    await page.getByRole('button', { name: 'Change rhythm, pause or end' }).click();
    await page.getByText(/^The next ones:/).waitFor();
    await page
      .getByRole('button', { name: /November|December|October/ })
      .first()
      .click();
    await page.waitForLoadState('networkidle');
    await picture('one-to-one-open');
    await page.goto(`${url}/me`);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await picture('me');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, /Leonie Ahrens/);
    await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
    await picture('today-employee');
    await page.goto(`${url}/goals`);
    await page.getByRole('heading', { name: 'My goals' }).waitFor();
    await picture('goals');
    const first = page.locator('main a[href^="/goals/"]');
    await first.first().click();
    await page.getByRole('heading', { name: 'Journal' }).waitFor();
    await picture('goal');
    await page.getByRole('button', { name: 'Change who can read it' }).click();
    await page.getByRole('dialog').waitFor();
    await page.screenshot({ path: join(folder, `goal-readers-${size}-${colorScheme}.png`) });
    await visit('/fit');
    await page.goto(`${url}/goals/00000000-0000-4000-8000-000000000000`);
    await page.getByRole('button', { name: 'Read it' }).waitFor();
    await picture('goal-of-other');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByRole('heading', { name: /no such goal/ }).waitFor();
    await picture('goal-absent');
    await page.goto(`${url}/barriers`);
    await page.getByRole('button', { name: 'Raise something' }).waitFor();
    await picture('barriers');
    await page.getByRole('button', { name: 'Raise something' }).click();
    await page.getByLabel('Without my name').check();
    await picture('barriers-raise');
    await page.goto(`${url}/barriers`);
    await page
      .getByRole('link', { name: /brake cable/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Answers' }).waitFor();
    await picture('barrier');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await picture('palette');
    await page.keyboard.press('Escape');
    await page.goto(`${url}/handover`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture('handover-none');
    await page.goto(`${url}/pulse`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture('pulse');
    await page.goto(`${url}/trends`);
    await page.getByRole('table').waitFor();
    await picture('trends');
    await page.goto(`${url}/trends?metric=PULSE_SCORE&driver=VOICE&tree=LOCATION&by=MONTH`);
    await page.getByRole('table').waitFor();
    await picture('trends-months');
    for (const [person, paths] of BY_PERSON) {
      await page.goto(`${url}/sign-in`);
      await signIn(page, person);
      await page.waitForURL((address) => address.pathname !== '/sign-in');
      for (const path of paths) await visit(path);
    }
    await page.goto(`${url}/nowhere`);
    await page.getByRole('heading').waitFor();
    await picture('not-found');
    await page.route('**/graphql', (route) => route.abort());
    await page.goto(`${url}/goals`);
    await page.getByRole('alert').waitFor();
    await picture('offline');
    await context.close();
  }
}
await takePicturesOfParts(started, folder);
await started.close();
console.log(folder);

async function signIn(page: Page, person: RegExp): Promise<void> {
  await page.getByRole('button', { name: person }).click();
}
