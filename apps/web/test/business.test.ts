/** Business goals: the tree of a cycle, and a goal from its draft to its end. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { answerTo, assertAbsent, assertAccessible, openPage, signIn, tell, url } from './stories.ts';

await tell('business goals', tests);

function tests(browser: Browser): void {
  it('shows the tree of a cycle, and a goal that others own', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/business`);
    const branch = page.getByRole('listitem').filter({
      has: page.locator(':scope > a', { hasText: 'The frame that we can promise for twenty years' }),
    });
    await branch.getByRole('link', { name: /Joints eight to eleven/ }).waitFor();
    await assertAccessible(page, test);
    await branch.getByRole('link', { name: /Joints eight to eleven/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Joints eight to eleven' }).waitFor();
    await page.getByText('Oluwaseun Adeyemi owns it; nobody else can edit it.').waitFor();
    await assertAbsent(page.getByRole('button', { name: /^Edit/ }));
    await assertAccessible(page, test);

    await page.goto(`${url}/business`);
    await page.getByLabel('Cycle').selectOption({ index: 2 });
    await page.waitForURL(/cycle=/);
    await page.getByRole('heading', { level: 1, name: 'Business goals' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('writes a draft with key results and people, and deletes it', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/, `${url}/business`);
    await page.getByLabel('A new business goal').fill('Spare parts in a day');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Spare parts in a day' }).waitFor();
    await page.getByText('A draft: only its owner').waitFor();

    await page.getByRole('button', { name: 'Add a key result' }).click();
    await page.getByLabel('What is measured').fill('Parts sent the same day');
    await page.getByLabel('Unit').fill('%');
    await page.getByLabel('From', { exact: true }).fill('40');
    await page.getByLabel('To', { exact: true }).fill('90');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Now 40 % · from 40 % to 90 %').waitFor();

    await page.getByRole('combobox', { name: 'Assign somebody' }).fill('salma');
    await page.getByRole('option', { name: /Salma Haddad/ }).click();
    await page.getByRole('button', { name: 'Remove: Salma Haddad' }).click();
    await page.getByText('Salma Haddad no longer works on it.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Remove: Salma Haddad' }).waitFor();
    await assertAccessible(page, test);

    await page.getByRole('button', { name: 'Delete this draft' }).click();
    const deleted = answerTo(page, 'DeleteBusinessGoal');
    await page.getByText('The draft is deleted.').waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Business goals/ })
      .press('Enter');
    await deleted;
    await page.getByRole('link', { name: /Spare parts in a day/ }).waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
  });

  it('publishes a goal, checks in with new values, and closes it', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/business`);
    const title = `A quieter workshop ${Date.now()}`;
    await page.getByLabel('A new business goal').fill(title);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('button', { name: 'Add a key result' }).click();
    await page.getByLabel('What is measured').fill('Noise at the bench');
    await page.getByLabel('Unit').fill('dB');
    await page.getByLabel('From', { exact: true }).fill('80');
    await page.getByLabel('To', { exact: true }).fill('60');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Now 80 · from 80 to 60 dB').waitFor();

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Going on. Everybody in the organization sees it.').waitFor();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByRole('radio', { name: 'May be missed' }).click();
    await page.getByLabel('Noise at the bench, now in dB').fill('70');
    await page.getByLabel('What happened since the last time?').fill('New hinges.');
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByText('New hinges.').waitFor();
    await page.getByText('Now 70 · from 80 to 60 dB').waitFor();
    await page.getByText('confidence 3 of 5').waitFor();
    await page.getByRole('combobox', { name: 'State' }).selectOption('Cancelled');
    await page.getByText('Closed: it is no longer wanted.').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('continues a goal that was missed in the next cycle, from where it was', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/business`);
    // The cycle before the present one: the last but one of those that are offered.
    const cycles = page.getByLabel('Cycle');
    await cycles.locator('option').nth(1).waitFor({ state: 'attached' });
    const earlier = (await cycles.locator('option').allTextContents()).at(-1) ?? '';
    await cycles.selectOption({ label: earlier });
    await page.waitForURL(/cycle=/);
    const title = `Fewer returns ${Date.now()}`;
    await page.getByLabel('A new business goal').fill(title);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('button', { name: 'Add a key result' }).click();
    await page.getByLabel('What is measured').fill('Returns a month');
    await page.getByLabel('Unit').fill('bikes');
    await page.getByLabel('From', { exact: true }).fill('9');
    await page.getByLabel('To', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Now 9 · from 9 to 3 bikes').waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByLabel('Returns a month, now in bikes').fill('6');
    await page.getByLabel('What happened since the last time?').fill('Halfway.');
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByText('Now 6 · from 9 to 3 bikes').waitFor();
    await page.getByRole('combobox', { name: 'State' }).selectOption('Missed');
    await page.getByText('Closed, and not achieved.').waitFor();
    await page.getByRole('button', { name: /^Continue in / }).click();
    await page.getByText(`Continues from ${earlier}:`).waitFor();
    await page.getByText(/^Now 6\s· from [69] to 3\sbikes$/).waitFor();
    await assertAccessible(page, test);
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('link', { name: /^Continued in / }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Continue in / }).count(), 0);
    assert.deepEqual(errors, []);
  });
}
