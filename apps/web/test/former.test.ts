/** Somebody whose employment has ended: they reach their own goals, their export and erasure, and nothing else. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { waitUntilSaved } from './kept.ts';
import { addPerson, PASSWORD, type Member } from './people.ts';
import { assertAbsent, assertAccessible, eventually, openPage, tell, url } from './stories.ts';

const CREATE = `mutation ($input: CreatePersonalGoalInput!) {
  createPersonalGoal(input: $input) { personalGoal { id } }
}`;

await tell('after the end of employment', (browser) => {
  it('leads to one’s own goals, which can be read, taken along and deleted, and to nothing else', async (test) => {
    const person = await leaver('Fred Story', 'Sail to Bornholm', 'Bake bread without a recipe');
    const { page, errors, operations } = await openPage(browser);
    await enter(page, person.email);
    await page.getByRole('heading', { name: 'My goals' }).waitFor();
    await page.getByRole('region', { name: 'Your employment has ended' }).getByText(/until/).waitFor();
    await page.getByText('Sail to Bornholm').waitFor();
    await assertAbsent(page.getByRole('textbox'));
    assert.deepEqual(operations, ['SignIn', 'MyGoals']);
    const pages = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    await eventually(() => pages.allTextContents(), ['My goalsMy goals', 'Me']);
    await assertAccessible(page, test);
    // There is nobody to look for.
    await page.keyboard.press('Control+k');
    await assertAbsent(page.getByRole('dialog'));

    await page.getByText('Sail to Bornholm').click();
    await page.getByRole('heading', { name: 'Sail to Bornholm' }).waitFor();
    await page.getByRole('heading', { name: 'Who has looked' }).waitFor();
    await assertAbsent(page.getByRole('button', { name: /^Edit/ }));
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Delete this goal' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Sail to Bornholm' }).waitFor();

    await page.goto(`${url}/me/data`);
    await page.getByRole('button', { name: 'Make a file to download' }).click();
    await page.getByText('The file is ready.').waitFor();
    await assertAbsent(page.locator('input[type=file]'));
    await page.getByRole('link', { name: 'Sign-in', exact: true }).click();
    await page.getByText('This device').waitFor();
    await waitUntilSaved(page);
    for (const path of ['/', '/team', '/business', '/barriers', '/trends', '/pulse', '/fit', '/handover']) {
      await page.goto(`${url}${path}`);
      await page.waitForURL(`${url}/goals`);
      await page.getByText('Bake bread without a recipe').waitFor();
    }
    assert.deepEqual(errors, []);
  });

  it('comes while a page is open', async () => {
    const person = await addPerson('Gil Story');
    const { page } = await openPage(browser);
    await enter(page, person.email);
    await page.getByRole('heading', { name: 'No conversation is planned' }).waitFor();
    await person.leave();
    await page.getByRole('link', { name: 'Trends' }).click();
    await page.getByRole('heading', { name: 'You cannot open this page' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There are no goals of yours here.').waitFor();
    await page.getByRole('region', { name: 'Your employment has ended' }).waitFor();
  });
});

/** A person with goals, who has left. */
async function leaver(name: string, ...titles: readonly string[]): Promise<Member> {
  const person = await addPerson(name);
  for (const title of titles) await person.ask(CREATE, { input: { title } });
  await person.leave();
  return person;
}

async function enter(page: Page, email: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
