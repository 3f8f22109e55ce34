/** The administration, by role. The stories add what they change. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { asPerson } from './api.ts';
import { addPerson, endEmployment, openAs, PASSWORD } from './people.ts';
import {
  answerTo,
  assertAbsent,
  assertAccessible,
  dayFromToday,
  openPage,
  signIn,
  tell,
  url,
  waitUntilRendered,
} from './stories.ts';

const HEADER = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on';

await tell('the administration', (browser) => {
  it('adds a person, changes and invites them, and ends their employment', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Lucía Ferreyra/);
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await assertAccessible(page, test);

    const email = `admin-story-${String(Date.now())}@quince-gander.example`;
    await page.getByRole('link', { name: 'Add a person' }).click();
    await page.getByLabel('E-mail address').fill('leonie@quince-gander.example');
    await page.getByRole('button', { name: 'Add to the directory' }).click();
    await page.getByText('Please enter a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Gail Story');
    await page.getByRole('button', { name: 'Add to the directory' }).click();
    await page.getByText(/belongs to another person/).waitFor();
    await assertAccessible(page, test);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('combobox', { name: 'Manager' }).fill('beatriz');
    await page.getByRole('option', { name: /Beatriz Lourenço/ }).click();
    await page.getByText('Chosen: Beatriz Lourenço').waitFor();
    await page.getByRole('button', { name: 'Add to the directory' }).click();
    await page.getByRole('heading', { level: 1, name: 'Gail Story' }).waitFor();
    const id = idOf(page);
    await page.getByText('Beatriz Lourenço').waitFor();
    await assertAccessible(page, test);

    await page.getByLabel('Job title').fill('Welder');
    await page.getByLabel('Job title').press('Enter');
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Change manager' }).click();
    await page.getByRole('button', { name: 'Reports to nobody' }).click();
    await page.getByRole('region', { name: 'Reports to' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Change manager' }).waitFor();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('One person was invited.').waitFor();
    await page.getByLabel('Last day').fill(dayFromToday(30));
    await page.getByRole('button', { name: 'Set the last day' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Take it back' }).waitFor({ state: 'detached' });

    await page.goto(`${url}/admin/people`);
    await page.getByLabel('Name, title').fill(email);
    await page.waitForURL(/text=admin-story/);
    await page.getByRole('link', { name: 'Gail Story' }).first().waitFor();
    const listed = answerTo(page, 'AdminPeople');
    await page.getByLabel('Account').selectOption('INVITED');
    // Another list has other people to choose: choose once it is there.
    await page.waitForURL(/account=INVITED/);
    await listed;
    await waitUntilRendered(page);
    await page.getByRole('checkbox', { name: 'Invited: choose Gail Story' }).first().check();
    await page.getByRole('button', { name: 'Invite 1 person' }).click();
    await page.getByText('One person was invited.').waitFor();
    await page.goto(`${url}/admin/invitations`);
    await page.getByRole('button', { name: 'Invite again: Gail Story' }).first().waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
    await endEmployment(id);
  });

  it('checks a file line by line, and applies it as a whole', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Lucía Ferreyra/, `${url}/admin/import`);
    const key = `STORY-${String(Date.now())}`;
    const file = (
      lines: readonly string[],
    ): Parameters<ReturnType<typeof page.getByLabel>['setInputFiles']>[0] => ({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([HEADER, ...lines, ''].join('\n')),
    });
    const input = page.getByLabel(/CSV file/);
    await input.setInputFiles(file([`${key},,Ha Story,,,,,2026-13-01,`, `${key},,Ho Story,,,,NOBODY,,`]));
    await page.getByText(/In 2 rows\. Nothing has changed\./).waitFor();
    await page
      .getByRole('cell', { name: `${key},,Ha Story` })
      .first()
      .waitFor();
    await assertAbsent(page.getByRole('button', { name: /^Import / }));
    await assertAccessible(page, test);
    await input.setInputFiles(file([`${key},${key}@quince-gander.example,Ha ${key},Welder,,,,2026-01-01,`]));
    await page.getByText('1 person in the file: 1 new.').waitFor();
    await page.getByRole('button', { name: 'Import one person' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    await page.getByRole('link', { name: 'Look at those without an account' }).click();
    await page.getByLabel('Name, title').fill(key);
    await page.getByRole('link', { name: `Ha ${key}` }).click();
    await page.getByRole('heading', { level: 1, name: `Ha ${key}` }).waitFor();
    await endEmployment(idOf(page));
    assert.deepEqual(errors, []);
  });

  it('says what merging two departments means before it does', async (test) => {
    const ask = await asPerson('lucia@quince-gander.example');
    const ids: string[] = [];
    const name = `Story ${String(Date.now())}`;
    for (const department of [`${name} A`, `${name} B`]) {
      const made = await ask(
        'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }',
        { input: { name: 'Ivo Story', department } },
      );
      ids.push((made['createPerson'] as { person: { id: string } }).person.id);
    }
    const { page, errors } = await openPage(browser, { colorScheme: 'dark' });
    await signIn(page, /Lucía Ferreyra/, `${url}/admin/places`);
    await page.getByRole('button', { name: `Rename: ${name} A` }).click();
    await page.getByLabel('Name', { exact: true }).fill(`${name} b`);
    await page.keyboard.press('Enter');
    await page.getByText(`Everybody in ${name} A moves to ${name} B`).waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText(`${name} A`, { exact: true }).waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
    for (const id of ids) await endEmployment(id);
  });

  it('renames departments and locations, merges locations, and both show where people are', async (test) => {
    const ask = await asPerson('lucia@quince-gander.example');
    const name = `Story ${String(Date.now())}`;
    const ids: string[] = [];
    for (const at of ['A', 'B']) {
      const made = await ask(
        'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }',
        { input: { name: `Kim Story ${at}`, department: `${name} D${at}`, location: `${name} L${at}` } },
      );
      ids.push((made['createPerson'] as { person: { id: string } }).person.id);
    }
    const { page, errors } = await openPage(browser);
    await signIn(page, /Lucía Ferreyra/);
    await page.goto(`${url}/admin/places`);
    for (const [from, to] of [
      ['DA', 'welding'],
      ['LA', 'harbour'],
    ] as const) {
      await page.getByRole('button', { name: `Rename: ${name} ${from}`, exact: true }).click();
      await page.getByLabel('Name', { exact: true }).fill(`${name} ${to}`);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: `Rename: ${name} ${to}`, exact: true }).waitFor();
      assert.equal(await page.getByText(`${name} ${from}`, { exact: true }).count(), 0);
    }
    await page.getByRole('button', { name: `Merge: ${name} LB` }).click();
    await page.getByLabel('Merge into').selectOption(`${name} harbour`);
    await page.getByText(`Everybody in ${name} LB moves to ${name} harbour`).waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('button', { name: `Merge: ${name} LB` }).waitFor({ state: 'detached' });
    await page.getByText(`${name} LB`, { exact: true }).waitFor({ state: 'detached' });
    await page.goto(`${url}/admin/people/${ids[1] ?? ''}`);
    await page.getByRole('heading', { level: 1, name: 'Kim Story B' }).waitFor();
    await page.getByLabel('Location').and(page.locator('input, select')).first().waitFor();
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')].some(
          (field) =>
            field.value === wanted ||
            (field instanceof HTMLSelectElement && field.selectedOptions[0]?.text === wanted),
        ),
      `${name} harbour`,
    );
    assert.deepEqual(errors, []);
    for (const id of ids) await endEmployment(id);
  });

  it('disables an account, which signs out at once, and enables it again', async (test) => {
    const member = await addPerson('Jo Story');
    const { page, errors } = await openPage(browser);
    await signIn(page, /Lucía Ferreyra/);
    const theirs = await openAs(browser, member, '/goals');
    await theirs.page.getByRole('heading', { level: 1, name: 'No goal written down yet' }).waitFor();
    await page.goto(`${url}/admin/people/${member.id}`);
    await page.getByRole('button', { name: 'Disable the account' }).click();
    await page.getByText('Disabled', { exact: true }).waitFor();
    await assertAccessible(page, test);
    await theirs.page.reload();
    await theirs.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByRole('button', { name: 'Enable the account again' }).click();
    await page.getByText('Active', { exact: true }).waitFor();
    await theirs.page.getByLabel('E-mail address').fill(member.email);
    await theirs.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await theirs.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await theirs.page.getByRole('heading', { level: 1, name: 'No goal written down yet' }).waitFor();
    assert.deepEqual(errors, []);
    await member.leave();
  });

  it('renames the organization, and adds a cycle', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Matthias Okafor-Brandt/);
    await page.goto(`${url}/admin/settings`);
    const field = page.getByLabel('Name of the organization');
    const section = page.getByRole('region', { name: 'Name', exact: true });
    await field.waitFor();
    const before = await field.inputValue();
    for (const name of [`${before} & Daughters`, before]) {
      await field.fill(name);
      await section.getByRole('button', { name: 'Save' }).click();
      // It is saved when there is nothing left to save.
      await section.locator('button:disabled').waitFor();
      await page.reload();
      await field.waitFor();
      assert.equal(await field.inputValue(), name);
    }

    await page.goto(`${url}/admin/cycles`);
    await page.getByRole('button', { name: 'Add a cycle' }).click();
    // Far from those of the demo organization.
    const year = 2100 + (Date.now() % 99);
    const cycle = `Story ${String(Date.now())}`;
    await page.getByLabel('Name', { exact: true }).fill(cycle);
    await page.getByLabel('First day').fill(`${String(year)}-01-01`);
    await page.getByLabel('Last day').fill(`${String(year)}-03-31`);
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: `Edit: ${cycle}` }).waitFor();
    await page.getByRole('button', { name: 'Add a cycle' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('keeps settings, roles, areas, cycles and tokens', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Matthias Okafor-Brandt/, `${url}/admin`);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await assertAccessible(page, test);
    const days = page.getByLabel('HR sees figures this many days before everybody');
    const before = await days.inputValue();
    for (const value of ['99', before === '8' ? '9' : '8']) {
      await days.fill(value);
      await days.press('Enter');
      await page.getByText(value === '99' ? 'Please give a whole number from 0 to 14.' : 'Saved.').waitFor();
    }
    await days.fill(before);
    await days.press('Enter');
    await page.getByText('Saved.').waitFor();

    await page.getByRole('link', { name: 'Roles' }).click();
    const auditors = page.getByRole('region', { name: 'Auditor' });
    await auditors.getByRole('combobox', { name: 'Give this role to' }).fill('leonie');
    await auditors.getByRole('option', { name: /Leonie Ahrens/ }).click();
    await auditors.getByRole('button', { name: 'Give the role to Leonie Ahrens' }).click();
    await page.getByRole('button', { name: 'Revoke: Auditor of Leonie Ahrens' }).click();
    await page.getByText('Leonie Ahrens no longer has this role').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Revoke: Auditor of Leonie Ahrens' }).click();
    await page.getByText('Leonie Ahrens no longer has this role').waitFor();
    await assertAccessible(page, test);

    await page.getByRole('link', { name: 'Who answers what' }).click();
    await page.getByRole('button', { name: 'Add an area' }).click();
    const area = `Story ${String(Date.now())}`;
    await page.getByLabel(/^Name/).fill(area);
    await page.getByRole('combobox', { name: 'Who answers' }).fill('beatriz');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /Beatriz Lourenço/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Chosen: Beatriz Lourenço').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: `Delete: ${area}` }).click();
    await page.getByText(area).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Cycles' }).click();
    await page
      .getByRole('button', { name: /^Edit: / })
      .first()
      .click();
    await page.getByLabel('Last day').fill('2020-01-01');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/must not be before/).waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('link', { name: 'API tokens' }).click();
    await page.getByLabel('What it is for').fill(area);
    await page.getByLabel('Read the schema of the API').check();
    await page.getByRole('button', { name: 'Create it' }).click();
    await page.getByText('It is shown only now.').waitFor();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: `Revoke: ${area}` }).click();
    await page.getByText(`${area} no longer works.`).waitFor();
    assert.deepEqual(errors, []);
  });

  it('is only for those whose role it is', async (test) => {
    const auditor = await openPage(browser);
    await signIn(auditor.page, /Rosalind Achterberg/);
    await auditor.page.getByRole('link', { name: 'Administration' }).click();
    await auditor.page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
    await auditor.page.getByLabel('What', { exact: true }).selectOption('ROLE_GRANTED');
    await auditor.page.getByRole('cell', { name: 'gave a role' }).first().waitFor();
    await auditor.page
      .getByRole('cell', { name: /, HR analyst$/ })
      .first()
      .waitFor();
    await assertAccessible(auditor.page, test);
    await assertAbsent(auditor.page.getByRole('link', { name: 'Invitations' }));

    const analyst = await openPage(browser);
    await signIn(analyst.page, /Tomasz Wierzbicki/);
    await analyst.page.getByRole('link', { name: 'Me', exact: true }).waitFor();
    await assertAbsent(analyst.page.getByRole('link', { name: 'Administration' }));

    const employee = await openPage(browser);
    await signIn(employee.page, /Leonie Ahrens/, `${url}/admin`);
    await employee.page
      .getByRole('heading', { name: 'You cannot open this part of the administration' })
      .waitFor();
  });
});

/** The id of the person whose page is open. */
const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
