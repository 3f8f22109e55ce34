/**
 * The web client in a real browser, against the service and the demo organization that `npm start` serves at WEB_URL.
 *
 *   npm run web -- test
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { waitUntilSaved } from './kept.ts';
import { assertAccessible, assertFocused, openPage, signIn, signInOnPage, tell, url } from './stories.ts';

await tell('the web client', tests);

function tests(browser: Browser): void {
  it('shows a manager the next conversations, with one request', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signInOnPage(page, /Oluwaseun Adeyemi/);
    assert.deepEqual(operations, ['SignIn', 'Today']);
    for (const name of ['Dmytro Kovalenko', 'Leonie Ahrens', 'Nguyễn Minh Quang', 'Salma Haddad']) {
      await page.getByRole('article', { name }).waitFor();
    }
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('makes a suggestion a point that only the author sees, and takes that back', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    const conversation = page.getByRole('article', { name: 'Dmytro Kovalenko' });
    const line = conversation.getByRole('listitem').filter({ hasText: 'Design reviews' });
    await line.getByRole('button', { name: /^Talk about it/ }).click();
    await line.getByText('On your agenda, only you see it').waitFor();
    await conversation.getByText('2 points on the agenda').waitFor();
    await waitUntilSaved(page);

    await page.reload();
    await line.getByRole('button', { name: 'Undo' }).click();
    await line.getByRole('button', { name: /^Talk about it/ }).waitFor();
    await conversation.getByText('1 point on the agenda').waitFor();
    assert.deepEqual(errors, []);
  });

  it('is walked through with j, k and t', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    const focused = (name: string): Promise<void> => assertFocused(page.getByRole('article', { name }));
    await page.keyboard.press('j');
    await focused('Dmytro Kovalenko');
    await page.keyboard.press('j');
    await focused('Leonie Ahrens');
    await page.keyboard.press('k');
    await focused('Dmytro Kovalenko');
    await page.keyboard.press('t');
    const conversation = page.getByRole('article', { name: 'Dmytro Kovalenko' });
    await conversation.getByRole('button', { name: 'Undo' }).click();
    await conversation.getByText('1 point on the agenda').waitFor();
    assert.deepEqual(errors, []);
  });

  it('says who can read a goal, and opens it as a page', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/);
    await page.getByRole('link', { name: 'My goals' }).click();
    const card = page.getByRole('link', { name: /Run the Leipzig half-marathon/ });
    await card.getByText('You, Catarina Moutinho and Oluwaseun Adeyemi').waitFor();
    await page
      .getByRole('link', { name: /Be with Oma on her Thursdays/ })
      .getByText('Only you')
      .waitFor();
    await assertAccessible(page, test);

    await card.click();
    await page.getByRole('heading', { level: 1, name: /half-marathon/ }).waitFor();
    await page.getByText('Sixteen and a half.').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('asks before it reads a goal of another person', async () => {
    const { page, operations } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/goals`);
    await page.getByRole('link', { name: /half-marathon/ }).click();
    await page.getByRole('heading', { level: 1, name: /half-marathon/ }).waitFor();
    const address = page.url();
    await page.context().clearCookies();
    await page.goto(url);
    await page.waitForURL(/sign-in/);
    await page.getByRole('button', { name: /Oluwaseun Adeyemi/ }).click();
    await page.getByRole('heading', { name: 'Next conversations' }).waitFor();

    operations.length = 0;
    await page.goto(address);
    await page.getByText('the person it belongs to will see that you read it today').waitFor();
    assert.deepEqual(operations, ['MyGoals']);
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('A goal of Leonie Ahrens').waitFor();
    assert.deepEqual(operations, ['MyGoals', 'Goal']);
  });

  it('leads back to the page after signing in, and to nowhere else', async (test) => {
    const { page, errors } = await openPage(browser);
    await page.goto(`${url}/goals`);
    await page.waitForURL(/sign-in\?next=%2Fgoals/);
    await assertAccessible(page, test);
    await page.getByRole('button', { name: /Leonie Ahrens/ }).click();
    await page.getByRole('heading', { name: 'My goals' }).waitFor();
    // The last one is a path of this host, which alone would be an address of another.
    for (const elsewhere of ['//example.com', 'https://example.com/', '/\\example.com', '/.//example.com']) {
      await page.goto(`${url}/sign-in?next=${encodeURIComponent(elsewhere)}`);
      await page.getByRole('button', { name: /Leonie Ahrens/ }).click();
      await page.getByRole('navigation').waitFor();
      assert.equal(new URL(page.url()).origin, new URL(url).origin);
    }
    assert.deepEqual(errors, []);
  });

  it('says why signing in fails, and signs out', async (test) => {
    const { page, errors } = await openPage(browser, { colorScheme: 'dark' });
    await page.goto(url);
    await page.getByLabel('E-mail address').fill('nobody@quince-gander.example');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('do not belong together').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: /Tomasz Wierzbicki/ }).click();
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await assertAccessible(page, test);
    await page.getByText('Deutsch').click();
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    assert.deepEqual(
      (await page.context().cookies()).filter(({ name }) => name.endsWith('mutual')),
      [],
    );
    assert.deepEqual(errors, []);
  });

  it('says what happened and what was kept when there is no connection, and goes on afterwards', async (test) => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: 'My goals' }).click();
    await page.getByRole('alert').getByText('Everything you saved before is kept.').waitFor();
    await assertAccessible(page, test);
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'My goals' }).waitFor();
  });

  it('is served with a policy that allows no inline script or style, and caches what never changes', async () => {
    const page = await fetch(`${url}/goals`);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    const asset = await fetch(url + script, { headers: { 'accept-encoding': 'br' } });
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(asset.headers.get('content-encoding'), 'br');
    const absent = await fetch(`${url}/assets/absent.js`);
    assert.equal(absent.status, 404);
    await absent.text();
    assert.equal((await fetch(`${url}/.vite/manifest.json`)).status, 404);
  });
}
