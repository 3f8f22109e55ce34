/** Trends: the same figures for everybody, and what is done about them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, openPage, signIn, tell, url } from './stories.ts';

await tell('trends', (browser) => {
  it('has every figure in a table, in words where there is none', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Tomasz Wierzbicki/);
    operations.length = 0;
    await page.getByRole('link', { name: 'Trends' }).click();
    await page.getByRole('heading', { level: 2, name: 'Mutual trust: Quince & Gander' }).waitFor();
    assert.deepEqual(operations, ['Trends']);

    const table = page.getByRole('table', { name: 'Mutual trust' });
    assert.deepEqual(await table.getByRole('columnheader').allTextContents(), [
      'Department',
      'Q1 2026',
      'Q2 2026',
      'Q3 2026',
      'How many',
    ]);
    const cells = async (name: string): Promise<string[]> =>
      table.getByRole('row', { name }).getByRole('cell').allTextContents();
    assert.deepEqual(await cells('Quince & Gander'), ['3.7', '3.5', 'at least 3.9', '50 people or more']);
    assert.deepEqual(await cells('Company office'), ['no figure', 'no figure', 'no figure', '']);
    await page.getByText('Rose by at least 0.4 since Q2 2026').first().waitFor();
    await page.getByText(/too few people, nobody answered/).waitFor();
    // The pictures are for those who see them: nothing of them is read out.
    const figures = page.getByRole('region', { name: 'Mutual trust: Quince & Gander' });
    assert.equal(await figures.getByRole('img').count(), 0);
    assert.notEqual(await figures.locator('svg').count(), 0);
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('shows everybody what HR reads', async () => {
    const texts = await Promise.all(
      [/Tomasz Wierzbicki/, /Leonie Ahrens/].map(async (person) => {
        const { page } = await openPage(browser);
        await signIn(page, person);
        await page.goto(`${url}/trends?metric=PROMISES_KEPT_BY_MANAGERS`);
        const text = await page.getByRole('table').innerText();
        await page.context().close();
        return text;
      }),
    );
    assert.equal(texts[0], texts[1]);
  });

  it('leads to the groups below and back by keyboard, and keeps the choice in its address', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/trends`);
    await page.getByLabel('Groups').selectOption({ label: 'Managers and their people' });
    await page.getByRole('table').getByRole('link', { name: 'Inês Carvalhal' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Mutual trust: Inês Carvalhal' }).waitFor();
    assert.match(page.url(), /tree=MANAGER/);
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Promises kept by managers' });
    await page
      .getByRole('heading', { level: 2, name: 'Promises kept by managers: Inês Carvalhal' })
      .waitFor();
    await assertAccessible(page, test);
    await page.reload();
    await page.getByRole('link', { name: 'The group above' }).click();
    await page
      .getByRole('heading', { level: 2, name: 'Promises kept by managers: Quince & Gander' })
      .waitFor();
    await page.goto(`${url}/trends?tree=NONSENSE&metric=1&group=nowhere`);
    await page.getByText('There is no such group').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('says that nobody has responded to a quarter, and lets only HR respond for a department', async () => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/trends`);
    await page.getByRole('region', { name: 'Q1 2026' }).getByText('Overdue').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Say what/ }).count(), 0);
    await page.context().close();
  });

  it('publishes a response, and says what came of it', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Tomasz Wierzbicki/);
    await page.goto(`${url}/trends?metric=ENPS&tree=LOCATION`);
    const quarter = page.getByRole('region', { name: 'Q3 2026' });
    await quarter.getByRole('button', { name: /^Say what is done/ }).waitFor();
    const text = 'Every shop gets a spare set of keys.';
    const response = quarter.getByRole('listitem').filter({ hasText: text });
    // Responses cannot be deleted: the one of an earlier run is used again.
    if ((await response.count()) === 0) await publish(page, text);
    await response.getByRole('button', { name: /came of it|Change/ }).click();
    const outcome = `Done on ${new Date().toISOString()}.`;
    await response.getByLabel('How it stands').selectOption({ label: 'not done' });
    await response.getByLabel('Why it was not done').fill('');
    assert.equal(await response.getByRole('button', { name: 'Save' }).isDisabled(), true);
    await response.getByLabel('How it stands').selectOption({ label: 'done' });
    await response.getByLabel('What came of it').fill(outcome);
    await assertAccessible(page, test);
    await response.getByRole('button', { name: 'Save' }).click();
    await response.getByRole('button', { name: 'Change' }).waitFor();
    await response.getByText(outcome).waitFor();
    assert.equal(await response.evaluate((element) => element === document.activeElement), true);
    await page.reload();
    await response.getByText(outcome).waitFor();
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('shows what somebody else wrote in the meantime, and keeps what is typed', async () => {
    const [first, second] = await Promise.all(
      [0, 1].map(async () => {
        const { page } = await openPage(browser);
        await signIn(page, /Tomasz Wierzbicki/);
        await page.goto(`${url}/trends`);
        const response = page.getByRole('listitem').filter({ hasText: 'Every shop gets a spare set' });
        await response.getByRole('button', { name: 'Change' }).click();
        return { page, response };
      }),
    );
    assert.ok(first && second);
    await first.response.getByLabel('What came of it').fill('Written first.');
    await first.response.getByRole('button', { name: 'Save' }).click();
    await first.response.getByText('Written first.').waitFor();
    await second.response.getByLabel('What came of it').fill('Written second.');
    await second.response.getByRole('button', { name: 'Save' }).click();
    await second.response.getByRole('alert').getByText('Written first.').waitFor();
    assert.equal(await second.response.getByLabel('What came of it').inputValue(), 'Written second.');
    await second.response.getByRole('button', { name: 'Save' }).click();
    await second.response.getByText('Written second.').waitFor();
    await Promise.all([first.page.context().close(), second.page.context().close()]);
  });

  it('saves the figures as a file, of a period or of all', async () => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/trends`);
    for (const [button, name, line] of [
      ['Q2 2026 as CSV', 'trends-2026-Q2.csv', /^2026-Q2,DEPARTMENT,/m],
      ['Download everything as CSV', 'trends-2026-01-2026-10.csv', /^2026-10,/m],
    ] as const) {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      const download = await saved;
      assert.equal(download.suggestedFilename(), name);
      const text = await readFile(await download.path(), 'utf8');
      assert.match(text, /^period,tree,group_key,/);
      assert.match(text, line);
    }
    await page.route('**/trends*.csv*', (route) => route.abort());
    await page.getByRole('button', { name: 'Download everything as CSV' }).click();
    await page.getByRole('alert').getByText('no connection').waitFor();
    await page.context().close();
  });

  it('has an address that is a page, below which only files come from the API', async () => {
    const page = await fetch(`${url}/trends?metric=ENPS`);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.ok(page.headers.has('content-security-policy'));
    await page.text();
    for (const path of ['/trends.csv?from=2026-01&to=2026-12', '/trends/2026-Q3.csv']) {
      const file = await fetch(url + path);
      assert.equal(file.status, 401);
      assert.match(await file.text(), /UNAUTHENTICATED/);
    }
    assert.equal((await fetch(`${url}/trends`, { method: 'POST' })).status, 404);
    assert.equal((await fetch(`${url}/trends/a/b.csv`)).status, 404);
  });
});

async function publish(page: Page, text: string): Promise<void> {
  const quarter = page.getByRole('region', { name: 'Q3 2026' });
  await quarter.getByRole('button', { name: /^Say what is done/ }).click();
  await page.getByLabel('What is going to be done').fill(text);
  await page.getByLabel('By when').fill('2020-01-01');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('must not be in the past').waitFor();
  const later = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('By when').fill(later);
  await page.getByRole('button', { name: 'Publish' }).click();
  await quarter.getByRole('listitem').filter({ hasText: text }).waitFor();
}
