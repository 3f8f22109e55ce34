/** The search that opens with Ctrl or Cmd and K. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { answerTo, assertAccessible, assertFocused, eventually, openPage, signIn, tell } from './stories.ts';

await tell('the palette', (browser) => {
  it('loads when it is opened, finds people by keyboard, and returns the focus', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/Palette-')) scripts.push(request.url());
    });
    await signIn(page, /Leonie Ahrens/);
    assert.deepEqual(scripts, []);
    operations.length = 0;
    const opener = page.getByRole('button', { name: 'Search' });
    await opener.focus();
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: /^Find people/ });
    await input.waitFor();
    assert.notEqual(scripts.length, 0);
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'detached' });
    await assertFocused(opener);

    await page.keyboard.press('Control+k');
    await assertFocused(input);
    await page.keyboard.type('adeyemi');
    const person = page
      .getByRole('group', { name: 'People' })
      .getByRole('option', { name: /Oluwaseun Adeyemi/ });
    await person.waitFor();
    await eventually(() => person.getAttribute('aria-selected'), 'true');
    const id = await person.getAttribute('id');
    await eventually(() => input.getAttribute('aria-activedescendant'), id);
    await assertAccessible(page, test);
    assert.deepEqual([...new Set(operations)], ['FindAnything']);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/with\//);
    assert.deepEqual(errors, []);
  });

  it('keeps what is typed before it has loaded', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/Palette-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('adeyex');
    await page.keyboard.press('Backspace');
    release();
    const input = page.getByRole('combobox', { name: /^Find people/ });
    await input.waitFor();
    await page.keyboard.type('mi');
    await page.getByRole('option', { name: /Oluwaseun Adeyemi/ }).waitFor();
    assert.equal(await input.inputValue(), 'adeyemi');
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('finds what the viewer wrote, and never a goal of somebody else', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: 'Search' }).click();
    const input = page.getByRole('combobox', { name: /^Find people/ });
    await input.fill('half-marathon');
    const own = page.getByRole('group', { name: 'In your goals and conversations' });
    await own
      .getByRole('option', { name: /half-marathon.*your goal/ })
      .first()
      .waitFor();
    await assertAccessible(page, test);
    await own
      .getByRole('option', { name: /half-marathon.*your goal/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /half-marathon/ }).waitFor();
    assert.deepEqual(errors, []);

    // It is shared with Oluwaseun, who would look at it without being warned.
    const other = await openPage(browser);
    await signIn(other.page, /Oluwaseun Adeyemi/);
    await other.page.keyboard.press('Control+k');
    await assertFocused(other.page.getByRole('combobox', { name: /^Find people/ }));
    const answered = answerTo(other.page, 'FindAnything');
    await other.page.keyboard.type('Run the Leipzig half-marathon');
    await answered;
    await other.page.getByText('Nothing found.').waitFor();
  });

  it('leads to pages and actions, without a connection too', async () => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: /^Find people/ });
    const answered = answerTo(page, 'FindAnything');
    await input.fill('raise');
    await page.getByRole('option', { name: 'Raise what gets in the way' }).waitFor();
    await answered;
    await page.keyboard.press('ArrowUp');
    await page.getByRole('option', { name: 'Raise what gets in the way' }).click();
    await page.getByLabel('What did a customer run into?').waitFor();
    await page.waitForURL(/\/barriers#raise$/);

    await page.keyboard.press('Control+k');
    for (const word of ['download', 'export']) {
      await input.fill(word);
      await page.getByRole('option', { name: /^Download my data/ }).waitFor();
    }
    await page.keyboard.press('Escape');

    await page.route('**/graphql', (route) => route.abort());
    await page.keyboard.press('Control+k');
    await input.fill('trends');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByRole('option', { name: 'Trends' }).waitFor();
  });
});
