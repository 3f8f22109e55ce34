/** What is typed and what is sent survives a reload, a lost connection, and a session that ends; and nobody else on the device sees it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { waitForKept } from './kept.ts';
import {
  answerTo,
  assertAbsent,
  assertAccessible,
  eventually,
  openPage,
  signIn,
  signInOnPage,
  tell,
  url,
  waitUntilRendered,
} from './stories.ts';

await tell('what is not saved yet', tests);

const PERSON = /Oluwaseun Adeyemi/;
const OTHER = 'Leonie Ahrens';

async function openAgenda(browser: Browser): Promise<{ page: Page; address: string }> {
  const { page } = await openPage(browser);
  await signIn(page, PERSON);
  await page.getByRole('link', { name: OTHER }).first().click();
  await page.getByLabel('Add a point').waitFor();
  return { page, address: page.url() };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Me', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function removePoint(page: Page, text: string): Promise<void> {
  const point = page.getByRole('listitem').filter({ hasText: text });
  const removed = answerTo(page, 'DeletePoint');
  await point.getByRole('button', { name: /^More for/ }).click();
  await point.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('link', { name: 'My goals' }).click();
  await removed;
}

function tests(browser: Browser): void {
  it('keeps what is typed over a reload, unreadable on the device, and destroys it when its person signs out', async () => {
    const { page } = await openAgenda(browser);
    // At once: while somebody types, the device has what was typed until a moment ago.
    await page.getByLabel('Add a point').fill('Half a sentence about');
    await waitForKept(page, 'draft', 1);
    await page.reload();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some(({ value }) => value === 'Half a sentence about'),
    );
    const stored = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('mutual');
        request.onsuccess = () => {
          resolve(request.result);
        };
      });
      const read = async (name: string): Promise<unknown[]> =>
        new Promise((resolve) => {
          const request = database.transaction(name).objectStore(name).getAll() as IDBRequest<unknown[]>;
          request.onsuccess = () => {
            resolve(request.result);
          };
        });
      const rows = (await read('rows')) as { bytes: ArrayBuffer }[];
      const [key] = (await read('keys')) as CryptoKey[];
      return {
        text: rows.map(({ bytes }) => new TextDecoder().decode(bytes)).join(' '),
        extractable: key?.extractable,
      };
    });
    assert.doesNotMatch(stored.text, /sentence/);
    assert.equal(stored.extractable, false);

    await signOut(page);
    await waitForKept(page, 'draft', 0);
    await signInOnPage(page, PERSON);
    await page.getByRole('link', { name: OTHER }).first().click();
    await page.getByLabel('Add a point').waitFor();
    await waitUntilRendered(page);
    await eventually(() => page.getByLabel('Add a point').inputValue(), '');
  });

  it('keeps the text when the session ends in the middle, for its person only', async () => {
    const { page, address } = await openAgenda(browser);
    await page.getByLabel('Add a point').fill('Words of a long evening');
    await waitForKept(page, 'draft', 1);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    await page.waitForURL(/sign-in\?next=/);

    // Another person of the same device.
    await page.getByRole('button', { name: /Leonie Ahrens/ }).click();
    await page.waitForURL((where) => where.pathname.startsWith('/with/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertAbsent(page.getByText('Words of a long evening'));
    await assertAbsent(page.getByText(/not saved/));
    await signOut(page);

    // What was sent as the session ended is saved once its person is back.
    await signInOnPage(page, PERSON);
    await page.goto(address);
    await page.getByRole('listitem').filter({ hasText: 'Words of a long evening' }).waitFor();
    await waitForKept(page, 'change', 0);
    await waitForKept(page, 'draft', 0);
    await eventually(() => page.getByLabel('Add a point').inputValue(), '');
    await removePoint(page, 'Words of a long evening');
  });

  it('saves once what was added without a connection, also after a reload', async (test) => {
    const { page } = await openAgenda(browser);
    const text = `Written in a tunnel ${Date.now()}`;
    await page.getByLabel('Add a point').fill(text);
    // The page itself can be loaded again, and nothing can be saved.
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'AddPoint') await route.abort('internetdisconnected');
      else await route.continue();
    });
    await page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    await page.getByText('1 change waits for the connection. It is kept on this device.').waitFor();
    await assertAccessible(page, test);
    await page.reload();
    await page.getByText('1 change waits for the connection. It is kept on this device.').waitFor();
    await eventually(() => page.getByLabel('Add a point').inputValue(), '');
    await page.unroute('**/graphql');
    await page.evaluate(() => {
      dispatchEvent(new Event('online'));
    });
    await page.getByRole('listitem').filter({ hasText: text }).waitFor();
    await page.reload();
    await page.getByRole('listitem').filter({ hasText: text }).waitFor();
    await eventually(() => page.getByRole('listitem').filter({ hasText: text }).count(), 1);
    await waitForKept(page, 'change', 0);
    await removePoint(page, text);
  });

  it('has one effect when the answer is lost', async () => {
    const { page } = await openAgenda(browser);
    const text = `Asked twice ${Date.now()}`;
    let answers = 0;
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'AddPoint' && (answers += 1) === 1) {
        await route.fetch();
        await route.abort('connectionreset');
      } else await route.continue();
    });
    await page.getByLabel('Add a point').fill(text);
    await page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    await page.getByRole('listitem').filter({ hasText: text }).waitFor();
    await eventually(() => answers, 2);
    await page.reload();
    await page.getByRole('listitem').filter({ hasText: text }).waitFor();
    await eventually(() => page.getByRole('listitem').filter({ hasText: text }).count(), 1);
    await page.unroute('**/graphql');
    await removePoint(page, text);
  });

  it('shows what an earlier page sent and the service rejected, with its text', async (test) => {
    const { page, address } = await openAgenda(browser);
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'AddPoint') await route.abort('internetdisconnected');
      else await route.continue();
    });
    await page.getByLabel('Add a point').fill('A point that comes too late');
    await page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    await page.getByText(/waits for the connection/).waitFor();
    // Without a page, nothing is sent: the first page would show itself what is rejected.
    await page.goto('about:blank');
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'AddPoint') {
        const errors = [
          {
            message: 'The conversation is over.',
            extensions: { code: 'CONFLICT' },
            path: ['addTalkingPoint'],
          },
        ];
        await route.fulfill({ json: { data: { addTalkingPoint: null }, errors } });
      } else await route.continue();
    });
    await page.goto(address);
    const unsaved = page.getByRole('region', { name: 'Not saved yet' });
    await unsaved.getByText('The conversation is over.').waitFor();
    await unsaved.getByText('A point that comes too late').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(page, test);
    await page.goto(`${url}/goals`);
    await unsaved.getByText('A point that comes too late').waitFor();
    await unsaved.getByRole('button', { name: 'Discard' }).click();
    await unsaved.waitFor({ state: 'detached' });
    await waitForKept(page, 'change', 0);
  });

  it('shows nothing of a person in any tab once they have signed out in one', async () => {
    const { page, address } = await openAgenda(browser);
    const other = await page.context().newPage();
    await other.goto(address);
    await other.getByLabel('Add a point').fill('Only for me');
    await waitForKept(other, 'draft', 1);
    await signOut(page);
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await waitForKept(other, 'draft', 0);
  });
}
