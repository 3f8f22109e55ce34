/** How work fits my life: placing business goals by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { assertAbsent, assertAccessible, openPage, signIn, tell, url, waitUntilRendered } from './stories.ts';

await tell('how work fits my life', tests);

const WORK = 'Joints eight to eleven';

function tests(browser: Browser): void {
  it('drags a business goal into a goal, asks how it serves that, and takes it back', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/fit`);
    await page.getByRole('heading', { level: 1, name: 'How work fits my life' }).waitFor();
    await assertAccessible(page, test);

    const tray = page.getByRole('region', { name: 'Not placed yet' });
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
    const tray = page.getByRole('region', { name: 'Not placed yet' });
    const disc = tray.getByRole('button', { name: WORK });
    await disc.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog').filter({ hasText: WORK });
    await dialog.getByRole('checkbox', { name: /Oma/ }).focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('How does it serve that?').waitFor();
    await assertAccessible(page, test);
    const line = `She asks about it. ${new Date().toISOString()}`;
    await dialog.getByLabel('How does it serve that?').fill(line);
    await dialog.getByRole('button', { name: 'Done' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    // "Done" has saved the line, and the circle, which is another one now, has the focus.
    const goal = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Oma/ }) });
    const placed = goal.getByRole('button', { name: WORK });
    await focused(placed);
    // The bar at the bottom is in front of the circles: the window ends just below one.
    await page.evaluate(() => {
      scrollTo(0, 0);
    });
    const box = await placed.boundingBox();
    assert.ok(box !== null);
    await page.setViewportSize({ width: 390, height: Math.round(box.y + box.height + 8) });
    const isBar = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('nav') != null, [
      box.x + box.width / 2,
      box.y + box.height - 8,
    ] as const);
    assert.ok(isBar);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await placed.focus();
    await page.keyboard.press('Enter');
    assert.equal(await dialog.getByLabel('How does it serve that?').inputValue(), line);
    await dialog.getByRole('checkbox', { name: /Oma/ }).focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('How does it serve that?').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Done' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await disc.waitFor();
    await focused(disc);
    assert.deepEqual(errors, []);
  });
}

/** Waits until an element has the focus: a moment after what had it is gone. */
async function focused(element: Locator): Promise<void> {
  await element
    .page()
    .waitForFunction((one) => one === document.activeElement, await element.elementHandle());
}
