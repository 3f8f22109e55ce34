/** My goals: writing one down, everything on its page, who can read it, and edits that meet. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { waitForKept } from './kept.ts';
import {
  answerTo,
  assertAccessible,
  assertFocused,
  eventually,
  openPage,
  signIn,
  signInAs,
  tell,
  url,
} from './stories.ts';

await tell('my goals', tests);

/** Writes a goal down, and opens its page. */
async function writeGoal(page: Page, title: string): Promise<void> {
  await page.goto(`${url}/goals`);
  await page.getByLabel('A new goal').fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Deletes the goal whose page is open, for good. */
async function deleteGoal(page: Page): Promise<void> {
  const deleted = answerTo(page, 'DeleteGoal');
  await page.getByRole('button', { name: 'Delete this goal' }).click();
  await page.getByRole('main').getByRole('link', { name: 'My goals' }).last().click();
  await page.getByRole('heading', { level: 1, name: 'My goals' }).waitFor();
  await deleted;
}

function tests(browser: Browser): void {
  it('writes a goal down in one line, and edits its words in their place by keyboard', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    // A run that was interrupted may have left one.
    const title = `Build a boat ${Date.now()}`;
    await writeGoal(page, title);
    await page.getByText('Only you', { exact: true }).waitFor();

    const edit = page.getByRole('button', { name: 'Edit: Title' });
    await edit.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Title' }).press('End');
    await page.keyboard.type(' with Papa');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `${title} with Papa` }).waitFor();
    await assertFocused(edit);

    await page.getByRole('button', { name: 'Edit: Why' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('He has the *plans*.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('He has the plans.').waitFor();

    await page.getByLabel('Status').selectOption('Resting');
    await page.getByText('Saved.').waitFor();
    await page.getByLabel('How far ahead').selectOption('A few years');
    await page.getByLabel('Area of life').fill('Family');
    await page.keyboard.press('Enter');
    await page.getByText('Family · A few years · Resting').waitFor();

    // What was typed is there after a reload.
    await waitForKept(page, 'draft', 0);
    await page.getByRole('button', { name: 'Edit: Title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Build two boats');
    await waitForKept(page, 'draft', 1);
    await page.reload();
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Build two boats');
    await page.getByRole('textbox', { name: 'Title' }).press('Escape');
    await page.getByRole('heading', { level: 1, name: `${title} with Papa` }).waitFor();
    await assertAccessible(page, test);

    await page.getByRole('button', { name: 'Delete this goal' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: `${title} with Papa` }).waitFor();
    await deleteGoal(page);
    await page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
  });

  it('keeps milestones and a journal with a measure', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await writeGoal(page, 'Read the long novel');

    for (const title of ['Part one', 'Part two', 'Part three']) {
      await page.getByLabel('Add a milestone').fill(title);
      await page.keyboard.press('Enter');
      await page.getByRole('checkbox', { name: title }).waitFor();
    }
    await page.getByRole('checkbox', { name: 'Part one' }).click();
    await page
      .getByText('Reached today')
      .or(page.getByText(/^Reached on \d/))
      .waitFor();
    const titles = (): Promise<string[]> =>
      page
        .locator('section[aria-labelledby="milestones"] li [dir="auto"]')
        .evaluateAll((elements) => elements.map((element) => element.textContent));
    await page.getByRole('button', { name: 'Edit: Part three' }).click();
    await page.getByRole('button', { name: 'Move up' }).click();
    await page.waitForFunction(
      () =>
        document.querySelectorAll('section[aria-labelledby="milestones"] li [dir="auto"]')[1]?.textContent ===
        'Part three',
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    await eventually(titles, ['Part one', 'Part three', 'Part two']);

    await page.getByRole('button', { name: 'Edit: Part two' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('“Part two” is deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('checkbox', { name: 'Part two' }).waitFor();

    await page.getByRole('button', { name: 'Measure it' }).click();
    await page.getByLabel('What you count').fill('pages');
    await page.getByLabel('To', { exact: true }).fill('900');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('From 0 to 900 pages, now 0').waitFor();
    for (const [text, day, value] of [
      ['Slow.', '2026-01-10', '40'],
      ['Cannot stop.', '2026-02-14', '410'],
    ] as const) {
      await page.getByRole('textbox', { name: 'How is it going?' }).fill(text);
      await page.getByLabel('Day', { exact: true }).fill(day);
      await page.getByRole('spinbutton', { name: 'pages' }).fill(value);
      await page.keyboard.press('Enter');
      await page.getByRole('listitem').getByText(text).waitFor();
    }
    await page.getByText('From 0 to 900 pages, now 410').waitFor();
    const table = page.getByRole('region', { name: 'The measured values' }).getByRole('table');
    await table.getByRole('row').nth(2).waitFor();
    await eventually(() => table.getByRole('row').count(), 3);
    await assertAccessible(page, test);

    await page.getByText('Slow.').hover();
    await page.getByRole('button', { name: /^Edit: 10.January/ }).click();
    await page.getByRole('textbox', { name: 'Entry' }).fill('Slow, but warm.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Slow, but warm.').waitFor();
    await page.getByRole('button', { name: /^Delete: 10.January/ }).click();
    await page.getByText('The entry is deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Slow, but warm.').waitFor();
    await deleteGoal(page);
    assert.deepEqual(errors, []);
  });

  it('says who would read a goal before anything is saved, and waits for a manager to share first', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signInAs(page, 'salma@quince-gander.example');
    await writeGoal(page, 'Learn to weld');
    await page.getByText('No manager, no HR, no administrator').waitFor();
    await page.getByRole('button', { name: 'Change who can read it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The people who operate').waitFor();
    await dialog.getByText('You and people you name').click();
    // Before anything is typed: who one works with.
    await dialog.getByRole('combobox', { name: 'Share with' }).click();
    await page.getByRole('option', { name: /Oluwaseun/ }).waitFor();
    await assertAccessible(page, test);
    await page.keyboard.press('Escape');
    await dialog.getByRole('listbox').waitFor({ state: 'hidden' });
    await dialog.getByRole('combobox', { name: 'Share with' }).fill('oluwaseun');
    await page.getByRole('option', { name: /Oluwaseun/ }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Oluwaseun Adeyemi would wait').waitFor();
    // It is longer than the window, and its buttons stay in view.
    const save = await dialog.getByRole('button', { name: 'Save' }).boundingBox();
    assert.ok(save !== null && save.y + save.height < 844);
    await assertAccessible(page, test);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const panel = page.getByRole('complementary', { name: 'About this goal' });
    await panel.getByText(/^Waiting until Oluwaseun Adeyemi shares something first/).waitFor();
    await panel.getByRole('button', { name: 'Withdraw' }).click();
    await panel.getByRole('button', { name: 'Undo' }).click();
    await panel.getByRole('button', { name: 'Share without waiting' }).click();
    await panel.getByRole('button', { name: 'Stop sharing: Oluwaseun Adeyemi' }).click();
    await panel.getByText('Oluwaseun Adeyemi can no longer read it.').waitFor();
    await assertAccessible(page, test);
    await deleteGoal(page);
    assert.deepEqual(errors, []);
  });

  it('shows both texts when a title was changed elsewhere, and keeps both', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await writeGoal(page, 'Sail');
    const { page: other } = await openPage(browser);
    await signIn(other, /Leonie Ahrens/);
    await other.goto(page.url());
    await page.getByRole('button', { name: 'Edit: Title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Sail to Sweden');
    await other.getByRole('button', { name: 'Edit: Title' }).click();
    await other.getByRole('textbox', { name: 'Title' }).fill('Sail alone');
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { level: 1, name: 'Sail alone' }).waitFor();
    await page.getByRole('textbox', { name: 'Title' }).press('Enter');
    await page.getByText('This was changed elsewhere at the same time').waitFor();
    await page.getByRole('group', { name: 'The one that is saved' }).getByText('Sail alone').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sail to Sweden' }).waitFor();

    // An edit of another field is no conflict.
    await other.getByLabel('Status').selectOption('Achieved');
    await other.getByText('Saved.').waitFor();
    await page.getByLabel('How far ahead').selectOption('A lifetime');
    await page.getByText('A lifetime · Achieved').waitFor();
    await deleteGoal(page);
    assert.deepEqual(errors, []);
  });
}
