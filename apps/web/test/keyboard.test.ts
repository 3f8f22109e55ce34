/** The main job of each page without a mouse: the focus can always be seen, and is where the eye is. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertFocus, assertVisibleFocus, pageOf, press, tabTo, walk } from './keyboard.ts';
import { addTwo, openAs, PASSWORD, type Two } from './people.ts';
import { openPage, signIn, tell, url, waitUntilRendered, type Opened } from './stories.ts';

await tell('the client by keyboard', tests);

function tests(browser: Browser): void {
  let two: Two;
  let manager: Opened;

  before(async () => {
    two = await addTwo('Kaya Story', 'Lev Story');
    // Something to bring up.
    await two.manager.ask(
      'mutation ($input: AddActionItemInput!) { addActionItem(input: $input) { actionItem { id } } }',
      {
        input: {
          ownerId: two.report.id,
          text: 'Count the tubes',
          dueOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
          target: { oneToOneId: two.oneToOneId },
        },
      },
    );
  });
  beforeEach(async () => {
    manager = await openAs(browser, two.manager, '/');
  });
  afterEach(() => {
    assert.deepEqual(manager.errors, []);
  });
  after(() => two.leave());

  it('signs in, skips the navigation, and opens pages with the focus at their beginning', async () => {
    const { page, errors } = await openPage(browser);
    await page.goto(`${url}/sign-in`);
    await tabTo(page.getByLabel('E-mail address'));
    await page.keyboard.type(two.report.email);
    await tabTo(page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
    await page.keyboard.press('Tab');
    await assertFocus(page.getByRole('link', { name: 'Skip to the page' }));
    await page.keyboard.press('Enter');
    await assertFocus(pageOf(page));
    await tabTo(page.getByRole('link', { name: 'Business goals' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Business goals' }).waitFor();
    await assertFocus(pageOf(page));

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find people/ }).waitFor();
    await page.keyboard.type('trends');
    await page.getByRole('option', { name: 'Trends', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/trends/);
    await assertFocus(pageOf(page));
    assert.deepEqual(errors, []);
  });

  it('Today: walks through conversations, shows its keys, and opens one', async () => {
    const { page } = manager;
    await page.goto(url);
    await page.getByRole('heading', { name: 'Next conversations' }).waitFor();
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('j');
    const first = page.locator('[data-conversation]').first();
    await assertFocus(first);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await assertFocus(keys.getByRole('button'));
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await assertFocus(first);
    await page.keyboard.press('t');
    await first.getByText('On your agenda, only you see it').waitFor();
    await assertVisibleFocus(page);
    await tabTo(first.getByRole('button', { name: /^Undo/ }));
    await page.keyboard.press('Enter');
    await first.getByText('On your agenda, only you see it').waitFor({ state: 'detached' });
    await assertVisibleFocus(page);
    await page.keyboard.press('k');
    await assertFocus(first);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Lev Story' }).waitFor();
    await assertFocus(pageOf(page));
  });

  it('One-to-one: moves it, writes the agenda and promises, grants a mandate, and says that they met', async () => {
    const { page } = manager;
    await page.goto(`${url}/with/${two.report.id}`);
    const move = page.locator('header').getByRole('button', { name: 'Move', exact: true }).first();
    await press(move);
    await assertFocus(page.getByLabel('Day'));
    await tabTo(page.locator('header form').getByRole('button', { name: 'Move' }));
    await page.keyboard.press('Enter');
    await page.locator('header form').waitFor({ state: 'detached' });
    await assertFocus(move);
    await press(page.getByRole('button', { name: 'Change rhythm, pause or end' }));
    await tabTo(page.getByRole('button', { name: 'Save the rhythm' }));
    await page.keyboard.press('Enter');
    await assertFocus(page.getByRole('button', { name: 'Change rhythm, pause or end' }));

    const add = page.getByLabel('Add a point');
    for (const text of ['Paint', 'Tyres', 'Bells']) {
      await tabTo(add);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: new RegExp(`^Move: ${text}`) }).waitFor();
      await assertFocus(add);
      assert.equal(await add.inputValue(), '');
    }
    const handle = page.getByRole('button', { name: /^Move: Bells/ });
    await tabTo(handle, 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    await page.getByText('Moved to place 2 of 3').waitFor();
    await assertFocus(handle);
    const bells = page.getByRole('listitem').filter({ hasText: 'Bells' });
    // A draft cannot be ticked off.
    await press(bells.getByRole('button', { name: /^Share with Lev Story/ }));
    await bells.getByText('from you').waitFor();
    await assertVisibleFocus(page);
    await tabTo(bells.getByRole('checkbox'), 'Shift+Tab');
    await page.keyboard.press('Space');
    await bells.getByRole('checkbox', { checked: true }).waitFor();
    await assertFocus(bells.getByRole('checkbox'));
    await press(bells.getByRole('button', { name: /^More for/ }));
    await bells.getByRole('button', { name: 'Edit' }).waitFor();
    await tabTo(bells.getByRole('button', { name: 'Edit' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await assertFocus(page.getByLabel('Text of the point'));
    await page.keyboard.press('Escape');
    await assertFocus(bells.getByRole('button', { name: /^More for/ }));
    await page.keyboard.press('Enter');
    await bells.getByRole('button', { name: 'Remove' }).waitFor();
    await tabTo(bells.getByRole('button', { name: 'Remove' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await assertFocus(page.getByRole('button', { name: 'Undo' }));
    await page.keyboard.press('Enter');
    await bells.getByRole('checkbox').waitFor();
    await assertVisibleFocus(page);

    const promise = page.getByLabel('I promise …, by Friday');
    for (const text of ['Call the port', 'Call the painter']) {
      await tabTo(promise);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await page.getByRole('checkbox', { name: `Done: ${text}` }).waitFor();
      await assertFocus(promise);
    }
    const port = page.getByRole('listitem').filter({ hasText: 'Call the port' });
    await tabTo(port.getByRole('button', { name: /^More for/ }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await port.getByRole('button', { name: 'Edit' }).waitFor();
    await tabTo(port.getByRole('button', { name: 'Edit' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await assertFocus(page.getByLabel('What is promised'));
    await press(page.getByRole('button', { name: 'Written by mistake: remove' }));
    await port.waitFor({ state: 'detached' });
    // The next of the list.
    await assertFocus(
      page.getByRole('listitem').filter({ hasText: 'Call the painter' }).locator('input, button').first(),
    );

    const mandates = page.getByRole('region', { name: 'Lev Story may decide' });
    const write = mandates.getByRole('button', { name: 'Write down what Lev Story may decide' });
    await press(write);
    await assertFocus(mandates.getByRole('textbox').first());
    await page.keyboard.type('Order bells.');
    await press(mandates.getByRole('button', { name: 'Allow it' }));
    await mandates.getByText('Order bells.').waitFor();
    await assertFocus(write);

    await tabTo(page.getByRole('button', { name: 'We met', exact: true }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/^You met today/).waitFor();
    await assertVisibleFocus(page);
    await tabTo(page.getByLabel('What would make the next one better?'), 'Shift+Tab');
    await page.keyboard.type('Less noise.');
    await press(page.getByRole('radio', { name: '1' }), 'ArrowRight');
    await page.getByRole('radio', { name: '2', checked: true }).waitFor();
    await press(page.getByRole('button', { name: 'Keep for me' }));
    await page.getByText('Kept for you.').waitFor();
    await assertVisibleFocus(page);
  });

  it('My goals: writes a goal, its milestones and journal, and chooses who reads it', async () => {
    const { page } = manager;
    await page.goto(`${url}/goals`);
    await tabTo(page.getByLabel('A new goal'));
    await page.keyboard.type('Play the accordion');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Play the accordion' }).waitFor();
    await assertVisibleFocus(page);
    await press(page.getByRole('button', { name: 'Edit: Why' }));
    await assertFocus(page.getByRole('textbox', { name: 'Why' }));
    await page.keyboard.type('For the children.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('For the children.').waitFor();
    await assertFocus(page.getByRole('button', { name: 'Edit: Why' }));

    const milestone = page.getByLabel('Add a milestone');
    for (const title of ['One song', 'Two songs']) {
      await tabTo(milestone);
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
      await page.getByRole('checkbox', { name: title }).waitFor();
      await assertFocus(milestone);
    }
    await tabTo(page.getByRole('button', { name: 'Edit: One song' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await assertVisibleFocus(page);
    await press(page.getByRole('button', { name: 'Cancel' }));
    await assertFocus(page.getByRole('button', { name: 'Edit: One song' }));
    await page.keyboard.press('Enter');
    await press(page.getByRole('button', { name: 'Delete', exact: true }));
    await page.getByText('“One song” is deleted.').waitFor();
    await assertFocus(page.getByRole('button', { name: 'Undo' }));

    const entry = page.getByRole('textbox', { name: 'How is it going?' });
    await tabTo(entry);
    await page.keyboard.type('Loud.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').getByText('Loud.').waitFor();
    await assertFocus(entry);

    const readers = page.getByRole('button', { name: 'Change who can read it' });
    await press(readers);
    const dialog = page.getByRole('dialog');
    await press(dialog.getByRole('radio', { name: 'Only you' }), 'ArrowDown');
    await dialog.getByRole('radio', { name: 'You and people you name', checked: true }).waitFor();
    await tabTo(dialog.getByRole('combobox', { name: 'Share with' }));
    await page.keyboard.type('lev story');
    await dialog
      .getByRole('option', { name: /Lev Story/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Remove: Lev Story' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await assertFocus(readers);
  });

  it('How work fits: makes a business goal part of a goal, and comes back to it', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    await page.goto(`${url}/fit`);
    const disc = page.getByRole('region', { name: 'Not placed yet' }).getByRole('button').first();
    await tabTo(disc);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(dialog.getByRole('checkbox').first());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await assertFocus(disc);
    assert.deepEqual(errors, []);
  });

  it('Business goals: writes a draft with a key result, and assigns somebody', async () => {
    const { page } = manager;
    await page.goto(`${url}/business`);
    await tabTo(page.getByLabel('A new business goal'));
    await page.keyboard.type('Bells on every bike');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bells on every bike' }).waitFor();
    await assertVisibleFocus(page);
    const add = page.getByRole('button', { name: 'Add a key result' });
    await press(add);
    await assertFocus(page.getByLabel('What is measured'));
    await page.keyboard.type('Bells');
    await tabTo(page.getByLabel('Unit'));
    await page.keyboard.type('%');
    await tabTo(page.getByLabel('From', { exact: true }));
    await page.keyboard.type('10');
    await tabTo(page.getByLabel('To', { exact: true }));
    await page.keyboard.type('100');
    await press(page.getByRole('button', { name: 'Save' }));
    await page.getByText('Now 10 % · from 10 % to 100 %').waitFor();
    await assertVisibleFocus(page);
    const assign = page.getByRole('combobox', { name: 'Assign somebody' });
    await tabTo(assign);
    await page.keyboard.type('salma');
    await page.getByRole('option', { name: /Salma Haddad/ }).waitFor();
    await page.keyboard.press('Enter');
    const remove = page.getByRole('button', { name: 'Remove: Salma Haddad' });
    await remove.waitFor();
    await assertFocus(assign);
    await tabTo(remove, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Salma Haddad no longer works on it.').waitFor();
    await assertFocus(page.getByRole('button', { name: 'Undo' }));
  });

  it('What gets in the way: raises something', async () => {
    const { page } = manager;
    await page.goto(`${url}/barriers`);
    await press(page.getByRole('button', { name: 'Raise something' }));
    const title = page.getByLabel('What did a customer run into?');
    await assertFocus(title);
    await page.keyboard.type(`No bell by keyboard ${crypto.randomUUID()}`);
    await tabTo(page.getByLabel('Without my name').or(page.getByLabel(/^With my name/)));
    await page.keyboard.press('ArrowDown');
    await page.getByText(/Leaving out your name is permanent/).waitFor();
    await page.keyboard.press('ArrowUp');
    await press(page.getByRole('button', { name: 'Cancel' }));
    await assertFocus(page.getByRole('button', { name: 'Raise something' }));
    await page.keyboard.press('Enter');
    await press(page.getByRole('button', { name: 'Raise it with my name' }));
    await page.getByRole('heading', { level: 1, name: /^No bell by keyboard/ }).waitFor();
    await assertVisibleFocus(page);
    await press(page.getByRole('button', { name: 'Delete' }));
    await assertFocus(page.getByRole('button', { name: 'Undo' }));
  });

  it('shows the focus at each stop of every other page', async () => {
    const { page } = manager;
    for (const path of ['/team', '/handover', '/me', '/me/sign-in', '/me/shares', '/me/data', '/trends']) {
      await page.goto(`${url}${path}`);
      await waitUntilRendered(page);
      const stops = await walk(page);
      assert.ok(stops.length > 8, `${path}: ${stops.join(', ')}`);
    }
    const administrator = await openPage(browser);
    await signIn(administrator.page, /Matthias Okafor-Brandt/);
    for (const path of [
      '/admin/settings',
      '/admin/roles',
      '/admin/cycles',
      '/admin/areas',
      '/admin/tokens',
    ]) {
      await administrator.page.goto(`${url}${path}`);
      await waitUntilRendered(administrator.page);
      await walk(administrator.page);
    }
    // A form takes the place of its button, and gives it back.
    const { page: admin } = administrator;
    await admin.goto(`${url}/admin/cycles`);
    const add = admin.getByRole('button', { name: 'Add a cycle' });
    await press(add);
    await assertFocus(admin.getByLabel('Name', { exact: true }));
    await press(admin.getByRole('button', { name: 'Cancel' }));
    await assertFocus(add);
  });
}
