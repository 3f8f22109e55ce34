/** Every text field keeps what is typed over a reload; signing out destroys it, and nobody else on the device sees it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { addPerson, PASSWORD } from './people.ts';
import { openPage, signInAs, tell, url } from './stories.ts';

/** Fields for texts and numbers. Passwords must not be kept; what is searched for and picked from a list need not. */
const FIELDS = [
  'main input:not([type])',
  'main input[type=text]',
  'main input[type=email]',
  'main input[type=number]',
  'main textarea',
]
  .map((selector) => `${selector}:not([role=combobox])`)
  .join(', ');
const MARK = 'kept-on-this-device';

await tell('drafts of every text field', (browser) => {
  it('keeps what is typed into every form of the administration', async () => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'lucia@quince-gander.example');
    const walk: readonly [path: string, open: readonly RegExp[]][] = [
      ['/admin/people/new', []],
      ['/admin/places', [/^Rename/]],
      ['/me/sign-in', [/^Change the address/]],
      ['/goals', []],
      ['/barriers', [/^Raise/]],
    ];
    let count = 0;
    for (const [path, open] of walk) count += await keepsTexts(page, path, open);
    assert.ok(count >= 8, `only ${String(count)} fields were found`);

    // Unreadable on the device, and gone with the person.
    assert.equal(JSON.stringify(await storedTexts(page)).includes(MARK), false);
    await page.goto(`${url}/me`);
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await storedTexts(page), []);
    await signInAs(page, 'matthias@quince-gander.example');
    await page.goto(`${url}/goals`);
    const fields = page.locator(FIELDS);
    await fields.first().waitFor();
    for (const field of await fields.all()) assert.equal((await field.inputValue()).includes(MARK), false);

    const more: readonly [path: string, open: readonly RegExp[]][] = [
      ['/admin/cycles', [/^Add a cycle/]],
      ['/admin/areas', [/^Add an area/]],
      ['/admin/tokens', []],
      ['/admin/settings', []],
    ];
    count = 0;
    for (const [path, open] of more) count += await keepsTexts(page, path, open);
    assert.ok(count >= 4, `only ${String(count)} fields were found`);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('keeps what is typed about a goal', async () => {
    const person = await addPerson('Ida Brandt');
    const made = await person.ask(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input: { title: 'Sail to Gotland', measure: { unit: 'miles', start: 0, target: 200 } } },
    );
    const { id } = (made['createPersonalGoal'] as { personalGoal: { id: string } }).personalGoal;
    const { page, errors } = await openPage(browser);
    await page.goto(url);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation').waitFor();
    const count = await keepsTexts(page, `/goals/${id}`, [/^Edit: Title/, /^Change what is measured/]);
    assert.ok(count >= 5, `only ${String(count)} fields were found`);
    assert.deepEqual(errors, []);
    await page.context().close();
    await person.leave();
  });
});

/** Opens the forms of a page, types into each field, and finds the texts again after a reload. @returns how many fields there were */
async function keepsTexts(page: Page, path: string, open: readonly RegExp[]): Promise<number> {
  await page.goto(`${url}${path}`);
  await openForms(page, open);
  const fields = page.locator(FIELDS);
  await fields.first().waitFor();
  // Typing may show further fields.
  const typed: string[] = [];
  for (let at = 0; at < (await fields.count()); at += 1) {
    const field = fields.nth(at);
    const text = (await field.getAttribute('type')) === 'number' ? String(40 + at) : `${MARK} ${String(at)}`;
    await field.fill(text);
    typed.push(`${await nameOf(field)}: ${text}`);
  }
  // At most 200 ms, and as long as encrypting takes.
  await page.waitForTimeout(800);
  await page.reload();
  await openForms(page, open);
  await fields.first().waitFor();
  let shown: string[] = [];
  for (let attempt = 0; attempt < 50; attempt += 1) {
    shown = await Promise.all(
      (await fields.all()).map(async (field) => `${await nameOf(field)}: ${await field.inputValue()}`),
    );
    if (JSON.stringify(shown) === JSON.stringify(typed)) break;
    await page.waitForTimeout(200);
  }
  assert.deepEqual(shown, typed, path);
  return typed.length;
}

async function openForms(page: Page, open: readonly RegExp[]): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  for (const name of open) {
    const button = page.locator('main').getByRole('button', { name }).first();
    // A form with a draft may be open already.
    await button.or(page.locator(FIELDS).first()).first().waitFor();
    if (await button.isVisible()) await button.click();
  }
}

const nameOf = (field: Locator): Promise<string> =>
  field.evaluate(
    (element) =>
      element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
  );

/** What the device holds, read past the client. */
async function storedTexts(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('mutual');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('There is no database.'));
      };
    });
    const rows = await new Promise<{ bytes: ArrayBuffer }[]>((resolve) => {
      const request = database.transaction('rows').objectStore('rows').getAll() as IDBRequest<
        { bytes: ArrayBuffer }[]
      >;
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    database.close();
    return rows.map(({ bytes, ...row }) => ({ ...row, text: new TextDecoder('latin1').decode(bytes) }));
  });
}
