/** How work fits my life: placing business goals by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAbsent, assertAccessible, openPage, signIn, tell, url, waitUntilRendered } from './stories.ts';

await tell('how work fits my life', tests);

const WORK = 'Joints eight to eleven';

function tests(browser: Browser): void {
  it('drags a business goal into a goal, asks how it serves that, and takes it back', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/fit`);
    await page.getByRole('heading', { level: 1, name: 'How work fits my life' }).waitFor();
    await assertAccessible(page, test);

    const tray = page.getByRole('region', { name: 'Part of nothing yet' });
    const goal = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: /half-marathon/ }) });
    await tray.getByRole('button', { name: WORK }).dragTo(goal);
    await page.getByText(`${WORK} is now part of Run the Leipzig half-marathon`).waitFor();
    await goal.getByRole('button', { name: WORK }).waitFor();
    await assertAbsent(tray.getByRole('button', { name: WORK }));
    await page.getByLabel('How does it serve that?').fill('It pays for the shoes.');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    await assertAccessible(page, test);

    await page.reload();
    await page.getByText('List', { exact: true }).click();
    await page.getByText('It pays for the shoes.').waitFor();
    await assertAccessible(page, test);
    await page.getByText('Picture', { exact: true }).click();
    await waitUntilRendered(page);
    await goal.getByRole('button', { name: WORK }).dragTo(tray);
    await page.getByText(`${WORK} is no longer part of that goal.`).waitFor();
    await tray.getByRole('button', { name: WORK }).waitFor();

    await page.getByRole('button', { name: 'Undo' }).click();
    await goal.getByRole('button', { name: WORK }).waitFor();
    await waitUntilRendered(page);
    await goal.getByRole('button', { name: WORK }).dragTo(tray);
    await tray.getByRole('button', { name: WORK }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('is whole by keyboard, on a phone', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/, `${url}/fit`);
    const tray = page.getByRole('region', { name: 'Part of nothing yet' });
    const disc = tray.getByRole('button', { name: WORK });
    await disc.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: WORK });
    await dialog.getByRole('checkbox', { name: /Oma/ }).focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('How does it serve that?').waitFor();
    await assertAccessible(page, test);
    await dialog.getByRole('checkbox', { name: /Oma/ }).click();
    await dialog.getByLabel('How does it serve that?').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await disc.waitFor();
    assert.deepEqual(errors, []);
  });
}
