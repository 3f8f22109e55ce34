/** Today: from the list of conversations to the page of two people. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, assertFocused, openPage, signIn, tell } from './stories.ts';

await tell('Today', tests);

function tests(browser: Browser): void {
  it('opens a conversation with Enter, and shows its keys with a question mark', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
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
}
