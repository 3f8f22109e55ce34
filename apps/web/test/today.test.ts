/** Today: from the list of conversations to the page of two people. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { addPerson, PASSWORD } from './people.ts';
import {
  assertAbsent,
  assertAccessible,
  assertFocused,
  openPage,
  signIn,
  signInAs,
  tell,
  url,
} from './stories.ts';

await tell('Today', tests);

function tests(browser: Browser): void {
  it('opens a conversation with Enter, and shows its keys with a question mark', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keys.getByText('open it').waitFor();
    await assertAccessible(page, test);
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await assertFocused(page.getByRole('article', { name: 'Leonie Ahrens' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Leonie Ahrens' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'to Leonie Ahrens' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Leonie Ahrens' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('shows so many conversations that nine fit on the screen of a laptop', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await signIn(page, /Inês Carvalhal/);
    const articles = page.getByRole('article');
    await articles.nth(4).waitFor();
    const boxes = await articles.evaluateAll((all) =>
      all.map((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return { top, bottom };
      }),
    );
    const [first, last] = [boxes[0], boxes.at(-1)];
    assert.ok(first !== undefined && last !== undefined && boxes.length > 4);
    const each = (last.bottom - first.top) / boxes.length;
    assert.ok(first.top + 9 * each <= 800, `nine would need ${first.top + 9 * each} pixels`);
    await assertAccessible(page, test);
    await articles
      .first()
      .getByRole('button', { name: /more/ })
      .or(page.getByRole('button', { name: /more/ }))
      .first()
      .click();
    await page.getByRole('button', { name: 'Show fewer' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('says whose goal a line is about, and where its owner sees who read it', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    const article = page.getByRole('article', { name: 'Leonie Ahrens' });
    // Also while it is folded away: her access log has it from when the page was loaded.
    const named = article.getByText('A goal of Leonie Ahrens is named here');
    await article.getByText('A goal of Leonie Ahrens is among what is not shown yet').waitFor();
    await article.getByText('under Me, Readers').waitFor();
    await assertAbsent(named);
    await article.getByRole('button', { name: /^Show \d+ / }).click();
    await article.getByText(/^Leonie Ahrens’s goal, /).waitFor();
    await named.waitFor();
    await article.getByText('under Me, Readers').waitFor();
    await article.getByText(/^Your goal, quiet for \d+ days/).waitFor();
    assert.deepEqual(errors, []);
  });

  it('starts one more one-to-one', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    assert.ok(operations.length <= 2, operations.join(' '));
    await page.getByRole('button', { name: 'Start a one-to-one with somebody' }).click();
    const find = page.getByRole('combobox');
    await find.waitFor();
    await assertAccessible(page, test);
    await find.fill('Tomasz');
    await page.getByRole('option', { name: /Tomasz Wierzbicki/ }).click();
    await page.getByRole('heading', { level: 1, name: /Tomasz Wierzbicki/ }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('asks a person without manager and conversations with whom to begin', async (test) => {
    const { email, leave } = await addPerson('Gil Story');
    const { page, errors } = await openPage(browser);
    await page.goto(url);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation').waitFor();
    await page.goto(url);
    await page.getByRole('combobox', { name: 'With whom?' }).waitFor();
    await assertAbsent(page.getByText('Or find somebody else by name'));
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
    await leave();
  });

  it('shows what somebody has to answer, and until when', async (test) => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'johanna@quince-gander.example');
    const mine = page.getByRole('region', { name: 'Yours to answer' });
    await mine
      .getByText(/^answer (due|was due) /)
      .first()
      .waitFor();
    await assertAccessible(page, test);
    await mine.getByRole('link', { name: /must print the return form/ }).click();
    await page.getByRole('button', { name: 'Answer it' }).waitFor();
    assert.deepEqual(errors, []);
  });
}
