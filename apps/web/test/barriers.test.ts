/** What gets in the way: the board, raising with and without a name, answers, and stories of what worked. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { asPerson } from './api.ts';
import { waitForKept } from './kept.ts';
import {
  answerTo,
  assertAbsent,
  assertAccessible,
  dayFromToday,
  eventually,
  openPage,
  signIn,
  signInAs,
  tell,
  url,
  waitUntilRendered,
} from './stories.ts';

/** Answered barriers cannot be deleted, so this one is used by every run. */
const TITLE = 'The key of the tool cupboard is with one person';
const REMOVED = 'A customer waits nine days for a brake cable';

await tell('what gets in the way', (browser) => {
  it('shows customers first, and the facts or the provision for which something stays', async (test) => {
    const { page, errors, operations } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    operations.length = 0;
    await page.getByRole('link', { name: 'In the way' }).click();
    const waiting = page.getByRole('region', { name: 'Waits for an answer' });
    await waiting.waitFor();
    await eventually(() => operations, ['Barriers']);
    const first = waiting.getByRole('listitem').first();
    await first.getByText('Customers run into it').waitFor();

    const stays = page.getByRole('region', { name: 'Stays, for a reason' });
    await stays.getByText('Machinery Regulation (EU) 2023/1230, Annex IV, Part A').waitFor();
    await stays.getByText('a broken wrist').waitFor();
    await stays.getByText('about once in 2 years').waitFor();
    await stays.getByText('A customer waits for up to two days').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('is one list on a phone, and a card opens as a page', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/, `${url}/barriers`);
    const columns = page.getByRole('region', { name: /Waits for|Stays|Removed/ });
    await columns.first().waitFor();
    await waitUntilRendered(page);
    const lefts = await columns.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    assert.equal(new Set(lefts).size, 1);
    await page
      .getByRole('link', { name: new RegExp(REMOVED) })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: new RegExp(REMOVED) }).waitFor();
    await page.getByRole('article', { name: 'Trial without it' }).waitFor();
    await assertAccessible(page, test);
    await page.goto(`${url}/barriers/00000000-0000-4000-8000-000000000000`);
    await page.getByRole('heading', { name: /not here any more/ }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('is raised with a name, kept while typed, and deleted before it is answered', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/barriers`);
    await page.getByRole('button', { name: 'Raise something' }).click();
    const title = `Story ${crypto.randomUUID()}`;
    await page.getByLabel('What did a customer run into?').fill(title);
    await assertAccessible(page, test);
    await waitForKept(page, 'draft', 1);
    await page.reload();
    await page.getByRole('button', { name: 'Raise something' }).click();
    await page.getByLabel('What did a customer run into?').and(page.getByText(title)).waitFor();
    await page.getByRole('button', { name: 'Raise it with my name' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText('raised by Leonie Ahrens').waitFor();
    // Nobody can support what they raised.
    await assertAbsent(page.getByRole('button', { name: 'It hinders me too' }));
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    const deleted = answerTo(page, 'DeleteBarrier');
    await page.getByRole('link', { name: 'What gets in the way' }).click();
    await deleted;
    await page.reload();
    await page.getByRole('region', { name: 'Waits for an answer' }).waitFor();
    await assertAbsent(page.getByText(title));
    assert.deepEqual(errors, []);
  });

  it('says what without a name means, and sends nothing that connects it with its author', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/barriers`);
    await page.getByRole('button', { name: 'Raise something' }).click();
    await page.getByLabel('What did a customer run into?').fill('Nobody answers the shop’s phone at noon');
    await page.getByLabel('Without my name').check();
    await page.getByText(/Leaving out your name is permanent/).waitFor();
    await page.getByText(/Leave out what only you can know/).waitFor();
    await assertAccessible(page, test);
    // Answered here: what is raised without a name cannot be deleted.
    let headers: Record<string, string> | undefined;
    let sent = '';
    await page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('RaiseNamelessBarrier')) return route.fallback();
      headers = route.request().headers();
      sent = body;
      const appearsOn = dayFromToday(1);
      return route.fulfill({
        json: { data: { raiseNamelessBarrier: { __typename: 'RaiseNamelessBarrierPayload', appearsOn } } },
      });
    });
    await page.getByRole('button', { name: 'Raise it without a name' }).click();
    await page.getByText(/It appears tomorrow/).waitFor();
    assert.ok(headers);
    assert.equal(headers['idempotency-key'], undefined);
    // The only field of its operation.
    const { query } = JSON.parse(sent) as { query: string };
    assert.match(query, /^mutation [^{]*\{\s*raiseNamelessBarrier\([^)]*\)\s*\{[^}]*\}\s*\}\s*$/);
    // The device has forgotten it.
    await page.reload();
    await page.getByRole('button', { name: 'Raise something' }).click();
    await eventually(() => page.getByLabel('What did a customer run into?').inputValue(), '');
    assert.deepEqual(errors, []);
  });

  it('is raised without a name: nobody sees it today, not even the one who raised it', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/barriers`);
    await page.getByRole('button', { name: 'Raise something' }).click();
    const title = `The lift is for pallets only ${crypto.randomUUID()}`;
    await page.getByLabel('What did a customer run into?').fill(title);
    await page.getByLabel('Without my name').check();
    await page.getByRole('button', { name: 'Raise it without a name' }).click();
    await page.getByText(/^It appears .*Nothing connects it with you\.$/).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Waits for an answer' }).waitFor();
    assert.equal(await page.getByText(title).count(), 0);
    assert.deepEqual(errors, []);
  });

  it('is given to an area by an administrator, whose answerer then finds it among theirs', async (test) => {
    const title = `Nobody knows whom to ask ${crypto.randomUUID()}`;
    const asLeonie = await asPerson('leonie@quince-gander.example');
    const raised = await asLeonie(
      'mutation ($input: RaiseBarrierInput!) { raiseBarrier(input: $input) { barrier { id } } }',
      { input: { title, hindersCustomers: false } },
    );
    const { id } = (raised['raiseBarrier'] as { barrier: { id: string } }).barrier;
    const { page, errors } = await openPage(browser);
    await signIn(page, /Matthias Okafor-Brandt/);
    await page.goto(`${url}/barriers/${id}`);
    await page.getByText('belongs to no area yet').waitFor();
    await page.getByRole('button', { name: 'Give it to an area' }).click();
    await page.getByLabel('Area').selectOption({ label: 'Purchasing' });
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Give it to them' }).click();
    await page.getByText(/^Purchasing · .+ answers/).waitFor();
    await page.getByRole('button', { name: 'Give it to them' }).waitFor({ state: 'detached' });

    const answerer = await openPage(browser);
    await signInAs(answerer.page, 'rui@quince-gander.example');
    await answerer.page.goto(`${url}/barriers`);
    await answerer.page
      .getByRole('region', { name: 'Yours to answer' })
      .getByRole('link', { name: title })
      .waitFor();
    await asLeonie('mutation ($input: DeleteInput!) { deleteBarrier(input: $input) { deletedId } }', {
      input: { id },
    });
    assert.deepEqual([...errors, ...answerer.errors], []);
  });

  it('is supported by others, and given back', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/barriers`);
    await page.getByRole('link', { name: 'Customers must print the return form' }).click();
    await page.getByRole('button', { name: 'It hinders me too', exact: true }).click();
    await page.getByRole('button', { name: /yes, take it back/ }).click();
    await page.getByRole('button', { name: 'It hinders me too', exact: true }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('is answered: a trial, or facts for staying, and not by policy alone', async (test) => {
    await raiseOnce(browser);
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'rui@quince-gander.example', `${url}/barriers`);
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await page.getByRole('button', { name: 'Answer it' }).click();
    await page.getByRole('radio', { name: 'It stays', exact: true }).waitFor();
    // Nothing is decided for the person who answers.
    assert.equal(await page.locator('input[name=decision]:checked').count(), 0);
    await page.getByRole('radio', { name: 'It stays', exact: true }).check();
    await page.getByLabel('Because it is legally required').check();
    await page.getByLabel('Which legal provision').fill('policy');
    await page.getByLabel('Your answer').fill('The key stays where it is.');
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.locator('form [aria-invalid=true]').waitFor();
    await page.getByLabel('We try without it').check();
    await page.getByLabel('Until when').fill(dayFromToday(30));
    await page.getByLabel('We got this wrong').check();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByRole('button', { name: 'Answer it' }).waitFor();
    await page
      .getByRole('article', { name: 'Trial without it' })
      .first()
      .getByText(/Use your judgement until/)
      .waitFor();
    assert.deepEqual(errors, []);
  });

  it('becomes a story, whose author is named by their own yes only, and which others adopt', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Oluwaseun Adeyemi/, `${url}/barriers`);
    await page
      .getByRole('link', { name: new RegExp(REMOVED) })
      .first()
      .click();
    await page.getByRole('button', { name: 'Tell how it worked here' }).click();
    const text = `We keep a tin on the shelf. ${crypto.randomUUID()}`;
    await page.getByLabel('What you did').fill(text);
    await page.getByRole('button', { name: 'Tell it' }).click();
    const story = page.getByRole('listitem').filter({ hasText: text });
    await story.getByText('by you, without your name').waitFor();
    await story.getByRole('button', { name: 'Put my name to it' }).click();
    await story.getByText('Oluwaseun Adeyemi').waitFor();
    await assertAccessible(page, test);

    const other = await openPage(browser);
    await signIn(other.page, /Leonie Ahrens/, `${url}/barriers`);
    const shown = other.page.getByRole('complementary').getByRole('listitem').filter({ hasText: text });
    await shown.getByRole('button', { name: 'We do this too' }).click();
    await shown.getByRole('button', { name: /yes, take it back/ }).click();
    await shown.getByRole('button', { name: 'We do this too', exact: true }).waitFor();
    assert.deepEqual(other.errors, []);

    await story.getByRole('button', { name: 'Delete' }).click();
    // It is deleted when the page is left.
    const deleted = answerTo(page, 'DeleteStory');
    await page.getByRole('link', { name: 'What gets in the way' }).click();
    await deleted;
    await page.getByRole('heading', { level: 1, name: 'What gets in the way' }).waitFor();
    await assertAbsent(page.getByText(text));
    assert.deepEqual(errors, []);
  });
});

async function raiseOnce(browser: Browser): Promise<void> {
  const { page } = await openPage(browser);
  await signIn(page, /Leonie Ahrens/, `${url}/barriers`);
  await page.getByRole('button', { name: 'Raise something' }).waitFor();
  if ((await page.getByRole('link', { name: TITLE }).count()) === 0) {
    await page.getByRole('button', { name: 'Raise something' }).click();
    await page.getByLabel('Colleagues only').check();
    await page.getByLabel('Which procedure hinders you?').fill(TITLE);
    await page.getByLabel('Area').selectOption({ label: 'Purchasing' });
    await page.getByRole('button', { name: 'Raise it with my name' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  }
}
