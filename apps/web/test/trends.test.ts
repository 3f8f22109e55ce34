/** Trends: the same figures for everybody, and what is done about them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
  answerTo,
  assertAbsent,
  assertAccessible,
  assertFocused,
  dayFromToday,
  eventually,
  openPage,
  signIn,
  tell,
  url,
  waitUntilRendered,
} from './stories.ts';

await tell('trends', (browser) => {
  it('has every figure in a table, in words where there is none', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Tomasz Wierzbicki/);
    operations.length = 0;
    await page.getByRole('link', { name: 'Trends' }).click();
    await page.getByRole('heading', { level: 2, name: 'Mutual trust: Quince & Gander' }).waitFor();
    await waitUntilRendered(page);
    assert.deepEqual(operations, ['Trends']);

    const table = page.getByRole('table', { name: 'Mutual trust' });
    const quarters = await quartersOf(page);
    await eventually(
      () => table.getByRole('columnheader').allTextContents(),
      ['Department', ...quarters, 'How many'],
    );
    const cells = (name: string) => (): Promise<string[]> =>
      table.getByRole('row', { name }).getByRole('cell').allTextContents();
    await eventually(cells('Quince & Gander'), ['3.7', '3.5', 'at least 3.9', '50 people or more']);
    await eventually(cells('Company office'), ['no figure', 'no figure', 'no figure', '']);
    await page
      .getByText(`Gone up: from 3.5 in ${quarters[1]} to at least 3.9 in ${quarters[2]}.`)
      .first()
      .waitFor();
    await page.getByText(/too few people, nobody answered/).waitFor();
    // Why, at the place itself: in the same words for every reason.
    const why = table.getByRole('row', { name: 'Company office' }).getByRole('button', { name: 'no figure' });
    await why.first().focus();
    await page.keyboard.press('Enter');
    const reasons = page.getByRole('note').getByText(/too few people, nobody answered/);
    await reasons.waitFor();
    await assertAccessible(page, test);
    await page.keyboard.press('Escape');
    await reasons.waitFor({ state: 'detached' });
    // The pictures are for those who see them: nothing of them is read out.
    const figures = page.getByRole('region', { name: 'Mutual trust: Quince & Gander' });
    await assertAbsent(figures.getByRole('img'));
    await figures.locator('svg').first().waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('shows everybody what HR reads', async () => {
    const texts = await Promise.all(
      [/Tomasz Wierzbicki/, /Leonie Ahrens/].map(async (person) => {
        const { page } = await openPage(browser);
        await signIn(page, person, `${url}/trends?metric=PROMISES_KEPT_BY_MANAGERS`);
        return page.getByRole('table').innerText();
      }),
    );
    assert.equal(texts[0], texts[1]);
  });

  it('leads to the groups below and back by keyboard, and keeps the choice in its address', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/, `${url}/trends`);
    await page.getByLabel('Groups').selectOption({ label: 'Managers and their people' });
    await page.getByRole('table').getByRole('link', { name: 'Inês Carvalhal' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Mutual trust: Inês Carvalhal' }).waitFor();
    await page.waitForURL(/tree=MANAGER/);
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
    await page.getByText('a group that does not exist').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('says that nobody has responded to a quarter, and lets only HR respond for a department', async () => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/trends`);
    const [first] = await quartersOf(page);
    await page.getByRole('region', { name: first }).getByText('Overdue').waitFor();
    await assertAbsent(page.getByRole('button', { name: /^Respond to/ }));
  });

  it('publishes a response, and says what came of it', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Tomasz Wierzbicki/, `${url}/trends?metric=ENPS&tree=LOCATION`);
    const response = await publishedResponse(page);
    await response.getByRole('button', { name: /came of it|Change/ }).click();
    const outcome = `Done on ${new Date().toISOString()}.`;
    await response.getByLabel('How it stands').selectOption({ label: 'not done' });
    await response.getByLabel('Why it was not done').fill('');
    await eventually(() => response.getByRole('button', { name: 'Save' }).isDisabled(), true);
    await response.getByLabel('How it stands').selectOption({ label: 'done' });
    await response.getByLabel('What came of it').fill(outcome);
    await assertAccessible(page, test);
    await response.getByRole('button', { name: 'Save' }).click();
    await response.getByRole('button', { name: 'Change' }).waitFor();
    await response.getByText(outcome).waitFor();
    await assertFocused(response);
    await page.reload();
    await response.getByText(outcome).waitFor();
    assert.deepEqual(errors, []);
  });

  it('shows what somebody else wrote in the meantime, and keeps what is typed', async () => {
    const open = async (): Promise<{ page: Page; response: Locator }> => {
      const { page } = await openPage(browser);
      await signIn(page, /Tomasz Wierzbicki/, `${url}/trends?metric=ENPS&tree=LOCATION`);
      const response = await publishedResponse(page);
      await response.getByRole('button', { name: /came of it|Change/ }).click();
      await response.getByLabel('How it stands').selectOption({ label: 'done' });
      return { page, response };
    };
    const first = await open();
    const second = await open();
    await first.response.getByLabel('What came of it').fill('Written first.');
    const saved = answerTo(first.page, 'UpdateTrendResponse');
    await first.response.getByRole('button', { name: 'Save' }).click();
    await saved;
    await first.response.getByRole('button', { name: 'Change' }).waitFor();
    await first.response.getByText('Written first.').waitFor();
    await second.response.getByLabel('What came of it').fill('Written second.');
    await second.response.getByRole('button', { name: 'Save' }).click();
    await second.response.getByRole('alert').getByText('Written first.').waitFor();
    await eventually(() => second.response.getByLabel('What came of it').inputValue(), 'Written second.');
    await second.response.getByRole('button', { name: 'Save' }).click();
    await second.response.getByRole('button', { name: 'Change' }).waitFor();
    await second.response.getByText('Written second.').waitFor();
  });

  it('saves the figures as a file, of a period or of all', async () => {
    const { page } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/trends`);
    const [first, second, third] = await quartersOf(page);
    const save = async (button: string): Promise<{ name: string; text: string }> => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      const download = await saved;
      const text = await readFile(await download.path(), 'utf8');
      assert.match(text, /^period,tree,group_key,/);
      return { name: download.suggestedFilename(), text };
    };
    const one = await save(`${second} (CSV)`);
    assert.equal(one.name, `trends-${keyOf(second)}.csv`);
    assert.match(one.text, new RegExp(`^${keyOf(second)},DEPARTMENT,`, 'm'));
    const all = await save('Download everything (CSV)');
    // Up to the last month that has settled, which may be one after the last quarter.
    const [, from = '', to = ''] = /^trends-(\d{4}-\d\d)-(\d{4}-\d\d)\.csv$/.exec(all.name) ?? [];
    assert.equal(from, monthsOf(first)[0]);
    assert.ok(to >= monthsOf(third)[2], all.name);
    assert.match(all.text, new RegExp(`^${to},`, 'm'));
    await page.route('**/trends*.csv*', (route) => route.abort());
    await page.getByRole('button', { name: 'Download everything (CSV)' }).click();
    await page.getByRole('alert').getByText('no connection').waitFor();
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

/** The quarters of the page, oldest first, such as `Q3 2026`: the demo organization has three that ended before today. */
async function quartersOf(page: Page): Promise<readonly [string, string, string]> {
  const heads = page.getByRole('table').first().getByRole('columnheader');
  await heads.nth(3).waitFor();
  const [, first = '', second = '', third = ''] = await heads.allTextContents();
  const months = [first, second, third].flatMap(monthsOf);
  assert.equal(new Set(months).size, 9, `${first}, ${second} and ${third} are quarters`);
  assert.deepEqual(months.toSorted(), months);
  assert.ok(dayFromToday(0) > (months.at(-1) ?? ''), `${third} has ended`);
  return [first, second, third];
}

/** `2026-Q3` for `Q3 2026`. */
const keyOf = (quarter: string): string => quarter.split(' ').toReversed().join('-');

/** The three months of a quarter, such as `2026-07`. */
function monthsOf(quarter: string): readonly [string, string, string] {
  const [, number = '', year = ''] = /^Q(\d) (\d{4})$/.exec(quarter) ?? [];
  const month = (at: number): string => `${year}-${String(Number(number) * 3 - 2 + at).padStart(2, '0')}`;
  return [month(0), month(1), month(2)];
}

/** The response of these stories to the last quarter. Responses cannot be deleted: the one of an earlier story or run is used again. */
async function publishedResponse(page: Page): Promise<Locator> {
  const [, , last] = await quartersOf(page);
  const quarter = page.getByRole('region', { name: last });
  await quarter.getByRole('button', { name: /^Respond to the figures/ }).waitFor();
  await waitUntilRendered(page);
  const text = 'Every shop gets a spare set of keys.';
  const response = quarter.getByRole('listitem').filter({ hasText: text });
  if ((await response.count()) > 0) return response;
  await quarter.getByRole('button', { name: /^Respond to the figures/ }).click();
  await page.getByLabel('What is going to be done').fill(text);
  await page.getByLabel('By when').fill('2020-01-01');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('must not be in the past').waitFor();
  await page.getByLabel('By when').fill(dayFromToday(60));
  await page.getByRole('button', { name: 'Publish' }).click();
  await response.waitFor();
  return response;
}
