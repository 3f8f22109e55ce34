/** What people bring along: goals from an export, the document that two people wrote in before, and proposals for goals of others. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addPerson, PASSWORD } from './people.ts';
import { assertAccessible, openPage, tell, url } from './stories.ts';
import type { Page } from 'playwright-core';

await tell('what is brought along', (browser) => {
  it('adds the goals of an export once, and says so of a file that is none', async (test) => {
    const person = await addPerson('Noor Haddad');
    const { page, errors } = await openPage(browser);
    await signInWithPassword(page, person.email);
    await page.goto(`${url}/me/data`);
    const input = page.getByLabel('The export');
    await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await page.getByText('This is not an export of Mutual').waitFor();
    const goals = Array.from({ length: 105 }, (_, at) => goal(at));
    const file = { format: 'mutual-goals', formatVersion: 1, goals };
    const buffer = Buffer.from(JSON.stringify(file));
    await input.setInputFiles({ name: 'goals.json', mimeType: 'application/json', buffer });
    await page.getByText('105 goals were added.').waitFor();
    await assertAccessible(page, test);
    await input.setInputFiles([]);
    await input.setInputFiles({ name: 'goals.json', mimeType: 'application/json', buffer });
    await page.getByText('No goal was new. 105 were there already.').waitFor();

    // A list of more than a hundred is shown whole, and each of them is known as one's own.
    await page.getByRole('link', { name: 'To my goals' }).click();
    await page.getByRole('link', { name: /^Brought along 104/ }).waitFor();
    await page.getByRole('link', { name: /^Brought along 0(?!\d)/ }).click();
    await page.getByRole('heading', { name: 'Brought along 0', exact: true }).first().waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Brought along 0', exact: true }).first().waitFor();
    assert.deepEqual(errors, []);
    await page.context().close();
    await person.leave();
  });

  it('proposes a document of before, which the other person accepts, and either takes back', async (test) => {
    const [mine, theirs] = [await addPerson('Pia Lindqvist'), await addPerson('Samuel Osei')];
    await startOneToOne(mine, theirs);
    const { page, errors } = await openPage(browser);
    await signInWithPassword(page, mine.email);
    await page.goto(`${url}/with/${theirs.id}`);
    await page.getByRole('button', { name: 'Bring in your earlier notes' }).click();
    const text = page.getByLabel('Or the text itself');
    await text.fill('# 3/4/2026\nThe budget\n');
    await page.getByRole('button', { name: 'Propose it' }).click();
    await page.getByText('places that could mean different things').waitFor();
    await text.fill('# 4 March 2026\nThe budget\n\n# 18 March 2026\nThe move\n');
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Propose it' }).click();
    await page
      .getByText('Samuel Osei has not answered yet whether to bring in the notes of 2 past conversations')
      .waitFor();

    const other = await openPage(browser);
    await signInWithPassword(other.page, theirs.email);
    await other.page.goto(`${url}/with/${mine.id}`);
    await other.page.getByText('Pia Lindqvist would like to bring in the notes of 2 past').waitFor();
    await other.page.getByText('Read them').click();
    await other.page.getByText('The move').waitFor();
    await assertAccessible(other.page, test);
    await other.page.getByRole('button', { name: 'Bring them in' }).click();
    await other.page.getByText('The notes of 2 past conversations were brought in.').waitFor();
    await other.page.getByRole('button', { name: /^Take it back/ }).click();
    await other.page
      .getByText('The notes of 2 past conversations were brought in.')
      .waitFor({ state: 'detached' });

    await page.reload();
    await page.getByRole('button', { name: 'Bring in your earlier notes' }).click();
    await page.getByLabel('Or the text itself').fill('# 4 March 2026\nOnce more\n');
    await page.getByRole('button', { name: 'Propose it' }).click();
    await page.getByRole('button', { name: 'Withdraw it' }).click();
    await page.getByRole('button', { name: 'Bring in your earlier notes' }).waitFor();
    assert.deepEqual([...errors, ...other.errors], []);
    await Promise.all([page.context().close(), other.page.context().close()]);
    await Promise.all([mine.leave(), theirs.leave()]);
  });

  it('proposes a business goal as a part of a goal that is open to proposals', async (test) => {
    const [owner, reader] = [await addPerson('Mila Novak'), await addPerson('Jonas Wirth')];
    const made = await owner.ask(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input: { title: 'Teach what I know', openToProposals: true } },
    );
    const { id } = (made['createPersonalGoal'] as { personalGoal: { id: string } }).personalGoal;
    await owner.ask(
      'mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }',
      { input: { goalId: id, personId: reader.id, withoutWaiting: true } },
    );
    const { page, errors } = await openPage(browser);
    await signInWithPassword(page, reader.email);
    await page.goto(`${url}/goals/${id}`);
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByRole('button', { name: 'Propose a business goal as a part of it' }).click();
    const choice = page.getByRole('combobox', { name: 'Business goal' });
    await choice.selectOption({ index: 1 });
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Propose it' }).click();
    await page.getByText('You proposed it. Mila Novak has not taken it up.').waitFor();
    assert.deepEqual(errors, []);
    await page.context().close();
    await Promise.all([owner.leave(), reader.leave()]);
  });
});

const goal = (at: number) => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  title: `Brought along ${at}`,
  why: null,
  area: null,
  horizon: null,
  targetOn: null,
  status: 'ACTIVE',
  measure: null,
  version: 1,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
  updatedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
  milestones: [],
  updates: [],
  history: [],
});

async function startOneToOne(
  mine: Awaited<ReturnType<typeof addPerson>>,
  theirs: Awaited<ReturnType<typeof addPerson>>,
): Promise<void> {
  // An answer to an invitation opens it.
  for (const [one, other] of [
    [mine, theirs],
    [theirs, mine],
  ] as const) {
    await one.ask('mutation ($input: StartOneToOneInput!) { startOneToOne(input: $input) { __typename } }', {
      input: { personId: other.id },
    });
  }
}

async function signInWithPassword(page: Page, email: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation').waitFor();
}
