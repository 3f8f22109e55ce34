/** The pages about one's own account. The people are of the stories' own, except where Leonie's readers are shown. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { waitUntilSaved } from './kept.ts';
import { addPerson, PASSWORD } from './people.ts';
import {
  assertAbsent,
  assertAccessible,
  eventually,
  openPage,
  signIn,
  tell,
  url,
  waitUntilRendered,
} from './stories.ts';

await tell('the pages about oneself', (browser) => {
  it('shows what others see, and keeps the settings', async (test) => {
    const { email, leave } = await addPerson('Cleo Story');
    const { page, errors, operations } = await openPage(browser, { colorScheme: 'dark' });
    await enter(page, email);
    operations.length = 0;
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByRole('heading', { name: 'Cleo Story' }).waitFor();
    assert.deepEqual(operations, ['Me']);
    await assertAccessible(page, test);
    await page.getByLabel('Time zone').selectOption('America/Buenos_Aires');
    await page.getByText('This device is set to Berlin').waitFor();
    await page.getByRole('switch', { name: 'Reminders by mail' }).focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('input[role=switch]:checked') === null);
    await waitUntilSaved(page);
    await page.reload();
    await eventually(() => page.getByLabel('Time zone').inputValue(), 'America/Buenos_Aires');
    await eventually(() => page.getByRole('switch').isChecked(), false);
    assert.deepEqual(errors, []);
    await leave();
  });

  it('changes the password, and signs other devices out', async (test) => {
    const { email, leave } = await addPerson('Dora Story');
    const here = await openPage(browser);
    const there = await openPage(browser);
    const third = await openPage(browser);
    for (const { page } of [here, there, third]) await enter(page, email);
    const { page } = here;
    await page.goto(`${url}/me/sign-in`);
    await page.getByText('This device').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Sign out Chrome on Linux' }).first().click();
    await page.getByText('One device was signed out.').waitFor();

    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByLabel('New address').fill(`next-${email}`);
    await page.getByLabel('Your password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(`It will be next-${email} once that address has confirmed`).waitFor();
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    await page.getByRole('button', { name: 'Change the address' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Change the address' }).waitFor();
    assert.equal(await page.getByText(`next-${email}`).count(), 0);

    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password', { exact: true }).fill('seven shy herons wait');
    await page.keyboard.press('Enter');
    await page.getByText('This is not your password.').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Your password was changed.').waitFor();
    await page.getByText('You are signed in nowhere else.').waitFor();
    await assertAccessible(page, test);
    await page.reload();
    await page.getByText('You are signed in nowhere else.').waitFor();
    for (const other of [there, third]) {
      await other.page.goto(`${url}/goals`);
      await other.page.waitForURL(/sign-in/);
    }
    assert.deepEqual(here.errors, []);
    await leave();
  });

  it('says who read which goal on which day, and no title of a goal of others', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/, `${url}/me/readers`);
    await page
      .getByText(/^Oluwaseun Adeyemi opened/)
      .first()
      .waitFor();
    const own = page.getByRole('region', { name: 'Read by me' });
    await own.getByText('You opened a goal of Salma Haddad').first().waitFor();
    await assertAbsent(own.getByRole('link'));
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('ends a share, and shares again', async (test) => {
    const { ask, email, leave } = await addPerson('Efe Story');
    const created = await ask(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input: { title: 'Sing in the choir' } },
    );
    const found = await ask('{ people(search: "Amadou Diallo") { nodes { id } } }');
    await ask(
      'mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }',
      {
        input: {
          goalId: (created['createPersonalGoal'] as { personalGoal: { id: string } }).personalGoal.id,
          personId: (found['people'] as { nodes: { id: string }[] }).nodes[0]?.id,
        },
      },
    );
    const { page, errors } = await openPage(browser);
    await enter(page, email);
    await page.goto(`${url}/me/shares`);
    const shares = page.getByRole('region', { name: 'Amadou Diallo' });
    await shares.getByText(/^Can be read since \d/).waitFor();
    await shares.getByRole('button', { name: 'Stop sharing: Sing in the choir' }).click();
    await shares.getByText('Amadou Diallo can no longer read it').waitFor();
    await assertAccessible(page, test);
    await shares.getByRole('button', { name: 'Share again: Sing in the choir' }).click();
    await shares.getByText('Can be read').waitFor();
    await waitUntilSaved(page);
    await page.reload();
    await shares.getByRole('button', { name: 'Stop sharing: Sing in the choir' }).click();
    await page.getByText('can no longer read it').waitFor();
    await waitUntilSaved(page);
    await page.reload();
    await page.getByText('You share no goal with anybody.').waitFor();
    assert.deepEqual(errors, []);
    await leave();
  });

  it('makes a file to download, and asks whether to erase', async (test) => {
    const { email, leave } = await addPerson('Fay Story');
    const { page, errors } = await openPage(browser);
    await enter(page, email);
    // Where the mail about an erasure leads.
    await page.goto(`${url}/account`);
    await page.waitForURL(`${url}/me/data`);
    await page.getByRole('button', { name: 'Make a file' }).click();
    await page.getByText('The file is ready.').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const file = await downloading;
    assert.match(file.suggestedFilename(), /^mutual-\d{4}-\d\d-\d\d\.zip$/);
    assert.equal(await file.failure(), null);

    await page.getByRole('button', { name: 'See what would be erased' }).click();
    await page.getByText('Are you sure?').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'No, keep everything' }).click();
    await page.getByRole('button', { name: 'See what would be erased' }).click();
    await page.getByRole('button', { name: 'Yes, erase it in seven days' }).click();
    await page.getByText('What you wrote will be erased').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Cancel, and keep everything' }).click();
    await page.getByRole('button', { name: 'See what would be erased' }).waitFor();
    assert.deepEqual(errors, []);
    await leave();
  });
});

async function enter(page: Page, email: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No conversation is planned' }).waitFor();
  await waitUntilRendered(page);
}
