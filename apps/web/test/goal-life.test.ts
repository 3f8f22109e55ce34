/** A goal over its years: a long journal, what it was called before, who reads it, and business goals that others propose for it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { addPerson, openAs, type Member } from './people.ts';
import { assertAccessible, tell, url, type Opened } from './stories.ts';

await tell('a goal over its years', tests);

/** A page of the journal has 50 entries. */
const ENTRIES = 52;

function tests(browser: Browser): void {
  let owner: Member;
  let other: Member;
  let goalId: string;
  let mine: Opened;

  before(async () => {
    [owner, other] = [await addPerson('Nora Story'), await addPerson('Piet Story')];
    const created = await owner.ask(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input: { title: 'Walk the coast in winter', openToProposals: true } },
    );
    goalId = (created['createPersonalGoal'] as { personalGoal: { id: string } }).personalGoal.id;
    for (let at = 1; at <= ENTRIES; at += 1) {
      await owner.ask(
        'mutation ($input: AddPersonalGoalUpdateInput!) { addPersonalGoalUpdate(input: $input) { personalGoal { id } } }',
        {
          input: {
            goalId,
            text: `Walk number ${String(at)}.`,
            at: new Date(Date.now() - (ENTRIES + 1 - at) * 86_400_000).toISOString(),
          },
        },
      );
    }
  });
  beforeEach(async () => {
    mine = await openAs(browser, owner, `/goals/${goalId}`);
    await mine.page.getByRole('heading', { level: 1, name: /^Walk the coast/ }).waitFor();
  });
  afterEach(() => {
    assert.deepEqual(mine.errors, []);
  });
  after(async () => {
    await owner.leave();
    await other.leave();
  });

  it('has earlier entries, of which one goes for good, and earlier wordings', async (test) => {
    const { page } = mine;
    const journal = page.getByRole('region', { name: 'Journal' });
    await journal.getByText('Walk number 52.').waitFor();
    assert.equal(await journal.getByText('Walk number 1.', { exact: true }).count(), 0);
    await journal.getByRole('button', { name: 'Earlier entries' }).click();
    await journal.getByText('Walk number 1.', { exact: true }).waitFor();
    await assertAccessible(page, test);

    const entry = journal.getByRole('listitem').filter({ hasText: 'Walk number 51.' });
    await entry.hover();
    await entry.getByRole('button', { name: /^Delete: / }).click();
    await journal.getByText('The entry is deleted.').waitFor();
    const deleted = page.waitForResponse(
      (response) => response.request().postData()?.includes('DeleteEntry') === true,
    );
    await page.getByRole('main').getByRole('link', { name: 'My goals' }).last().click();
    await deleted;
    await page.goto(`${url}/goals/${goalId}`);
    await journal.getByText('Walk number 52.').waitFor();
    assert.equal(await journal.getByText('Walk number 51.').count(), 0);

    await page.getByRole('button', { name: 'Edit: Title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Walk the coast in every season');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Walk the coast in every season' }).waitFor();
    await page.getByRole('button', { name: 'Earlier wordings' }).click();
    await page.getByRole('listitem').getByText('Walk the coast in winter').waitFor();
    await assertAccessible(page, test);
  });

  it('is read by everybody while its owner wants that, and by nobody after that', async () => {
    const { page } = mine;
    const reader = await openAs(browser, other, `/goals/${goalId}`);
    await reader.page.getByRole('button', { name: 'Read it' }).click();
    await reader.page
      .getByRole('heading', { name: 'There is no such goal, or you cannot read it' })
      .waitFor();

    const panel = page.getByRole('complementary', { name: 'About this goal' });
    await panel.getByRole('button', { name: 'Change who can read it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Everyone in the organization').first().click();
    await dialog.getByText('It is published. Who reads it is not recorded, not even for you.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await panel.getByText('Everyone in the organization.').waitFor();
    await reader.page.reload();
    await reader.page.getByRole('button', { name: 'Read it' }).click();
    await reader.page.getByRole('heading', { level: 1, name: 'Walk the coast in every season' }).waitFor();
    assert.equal(await reader.page.getByText('Walk the coast in winter').count(), 0);
    assert.equal(await reader.page.getByRole('button', { name: /^Edit/ }).count(), 0);
    assert.deepEqual(reader.errors, []);
  });

  it('has business goals as parts, which others propose and its owner accepts or declines', async (test) => {
    const { page } = mine;
    const business = page.getByRole('region', { name: 'Business goals that are part of it' });
    await business.getByText('It is a part of life beyond work.').waitFor();
    await business.getByRole('button', { name: 'Make a business goal part of it' }).click();
    const choice = business.getByLabel('Business goal');
    await choice.locator('option').nth(3).waitFor({ state: 'attached' });
    const titles = await choice.locator('optgroup option').allTextContents();
    const [first = '', second = '', third = ''] = titles;
    await choice.selectOption({ label: first });
    await business.getByLabel('How does it serve this goal?').fill('It brings me to the sea.');
    await business.getByRole('button', { name: 'Make it part of this goal' }).click();
    await business.getByRole('button', { name: `Take out: ${first}` }).waitFor();
    await business.getByText('It brings me to the sea.').waitFor();
    await assertAccessible(page, test);

    const { businessGoals } = (await other.ask(
      '{ businessGoals(first: 100, state: [OPEN]) { nodes { id title } } }',
    )) as { businessGoals: { nodes: { id: string; title: string }[] } };
    for (const title of [second, third]) {
      await other.ask(
        'mutation ($input: PlaceBusinessGoalInput!) { placeBusinessGoal(input: $input) { __typename } }',
        {
          input: {
            businessGoalId: businessGoals.nodes.find((one) => one.title === title)?.id,
            personalGoalId: goalId,
            how: `Proposed: ${title}`,
          },
        },
      );
    }
    await page.reload();
    await business.getByText('Piet Story proposes this as a part of it').first().waitFor();
    await assertAccessible(page, test);
    await business.getByRole('button', { name: `Make it part: ${second}` }).click();
    await business.getByRole('button', { name: `Take out: ${second}` }).waitFor();
    await business.getByRole('button', { name: `Decline: ${third}` }).click();
    await business.getByRole('button', { name: `Decline: ${third}` }).waitFor({ state: 'detached' });
    await business.getByText(`Proposed: ${third}`).waitFor({ state: 'detached' });

    // To the other it looks as if it had not been answered.
    const { personalGoal } = (await other.ask(
      'query ($id: ID!) { personalGoal(id: $id) { alignments { state businessGoal { title } } } }',
      { id: goalId },
    )) as { personalGoal: { alignments: { state: string; businessGoal: { title: string } }[] } };
    const states = new Map(
      personalGoal.alignments.map(({ state, businessGoal }) => [businessGoal.title, state]),
    );
    assert.equal(states.get(second), 'PLACED');
    assert.equal(states.get(third), 'PROPOSED');
  });
}
