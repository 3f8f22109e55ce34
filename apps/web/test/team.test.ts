/** Team: a manager's people. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAbsent, assertAccessible, openPage, signIn, tell, url, waitUntilRendered } from './stories.ts';

await tell('team', tests);

function tests(browser: Browser): void {
  it('shows a manager when they met and meet, and what they owe and share', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/);
    operations.length = 0;
    await page.getByRole('link', { name: 'Team' }).click();
    await page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
    // One request, which reads no goal of anybody else.
    await waitUntilRendered(page);
    assert.deepEqual(operations, ['Team']);
    const people = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading') });
    const names = await people.getByRole('heading').allTextContents();
    assert.deepEqual(names.toSorted(), ['Leonie Ahrens', 'Nguyễn Minh Quang', 'Salma Haddad']);
    const leonie = people.filter({ hasText: 'Leonie Ahrens' });
    await leonie.getByText('Ask for the training budget for Delft.').waitFor();
    await leonie.getByRole('link', { name: 'Hold still while other people think' }).waitFor();
    await people.getByText('You share nothing with Salma Haddad.').waitFor();
    await assertAccessible(page, test);
    const promises = leonie.getByRole('listitem').filter({ hasText: /due/ });
    // What is late comes first.
    const late = (await promises.allTextContents()).map((text) => text.includes('was due'));
    assert.deepEqual(
      late,
      late.toSorted((one, other) => Number(other) - Number(one)),
    );
    assert.ok(late.includes(true));

    const salma = people.filter({ hasText: 'Salma Haddad' });
    await salma.getByRole('link', { name: 'Share one of your goals' }).click();
    await page.getByText('Which goal do you want to share with Salma Haddad?').waitFor();
    await assertAccessible(page, test);
    await page
      .getByRole('main')
      .getByRole('link', { name: /workshop/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Who may read it?' });
    await dialog.getByRole('button', { name: 'Remove: Salma Haddad' }).waitFor();
    assert.equal(await dialog.getByLabel('You and people you name').isChecked(), true);
    assert.equal(await dialog.getByRole('button', { name: 'Save' }).isEnabled(), true);
    await assertAccessible(page, test);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Change who can read it' }).waitFor();
    assert.equal(await dialog.count(), 0);
    assert.deepEqual(errors, []);
  });

  it('is in the navigation of managers only, and says so to everybody else', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/);
    await assertAbsent(page.getByRole('link', { name: 'Team' }));
    await page.goto(`${url}/team`);
    await page.getByRole('heading', { name: 'Nobody reports to you' }).waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });
}
