/** A pulse: answered in its own request, which nothing connects with the person. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible, assertFocused, eventually, openPage, signIn, tell, url } from './stories.ts';

await tell('a pulse', (browser) => {
  it('says who can read the answers before it asks, and can be changed and withdrawn', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page
      .getByRole('link', {
        name: /^A few questions for everybody, open until|^You have answered the questions/,
      })
      .click();
    await page.getByRole('heading', { level: 1, name: 'A short survey about your work' }).waitFor();
    await page.getByText(/Nobody in your company/).waitFor();
    await page.getByText('What happens to your answer').click();
    await page.getByText(/is destroyed when the figures of the (first|second|third|last) quarter/).waitFor();
    await assertAccessible(page, test);

    const sent: Record<string, string>[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('AnswerPulse') === true) sent.push(request.headers());
    });
    const question = questions(page).first();
    await question.getByLabel('Agree', { exact: true }).check();
    operations.length = 0;
    await page.getByRole('button', { name: /one answer$/ }).click();
    const status = page.getByRole('status').filter({ hasText: /Sent|Withdrawn/ });
    await status.getByText('Sent.').waitFor();
    await assertFocused(status);
    assert.deepEqual(operations, ['AnswerPulse']);
    assert.deepEqual(
      sent.map((headers) => headers['idempotency-key']),
      [undefined],
    );

    await page.reload();
    await page.getByText('You have answered.').waitFor();
    // No operation returns the scores, and the device has not kept them.
    await eventually(() => question.getByLabel('No answer').isChecked(), true);
    await eventually(() => question.getByLabel('Agree', { exact: true }).isChecked(), false);
    await page.getByRole('button', { name: 'Withdraw my answer' }).click();
    await status.getByText('Withdrawn').waitFor();
    await page.goto(url);
    await page.getByRole('link', { name: /^A few questions for everybody, open until/ }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('keeps what was chosen when it cannot be sent', async (test) => {
    const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Tomasz Wierzbicki/, `${url}/pulse`);
    const question = questions(page).first();
    await question.getByLabel('No answer').focus();
    await page.keyboard.press('ArrowUp');
    await eventually(() => question.getByLabel('Strongly agree').isChecked(), true);
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: /one answer$/ }).click();
    await page.getByRole('alert').getByText('no connection').waitFor();
    await eventually(() => question.getByLabel('Strongly agree').isChecked(), true);
    await assertAccessible(page, test);
  });
});

/** What unfolds about the answers is a group too. */
const questions = (page: Page): Locator => page.getByRole('group').filter({ has: page.getByRole('radio') });
