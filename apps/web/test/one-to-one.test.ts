/** The page of two people, in two browsers at once. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { asPerson, type Ask } from './api.ts';
import {
  answerTo,
  assertAbsent,
  assertAccessible,
  eventually,
  openPage,
  signIn,
  tell,
  url,
  waitUntilRendered,
  type Opened,
} from './stories.ts';

await tell('the page of two people', tests);

/** Waits until a field of the page contains a text, or none does. */
async function waitForField(page: Page, text: string, isThere = true): Promise<void> {
  await page.waitForFunction(
    ([wanted, expected]) =>
      [...document.querySelectorAll('textarea')].some(({ value }) => value.includes(wanted)) === expected,
    [text, isThere] as const,
  );
}

/** Ends the one-to-one with a person that an interrupted run has left, accepting it first if need be. */
async function endPair(ask: Ask, personId: string): Promise<void> {
  const { person } = await ask('query ($id: ID!) { person(id: $id) { oneToOne { id state } } }', {
    id: personId,
  });
  const { oneToOne } = person as { oneToOne: { id: string; state: string } | null };
  if (oneToOne === null || oneToOne.state === 'ENDED') return;
  const input = { id: oneToOne.id };
  if (oneToOne.state === 'INVITED') {
    await ask(
      'mutation ($input: AcceptOneToOneInput!) { acceptOneToOne(input: $input) { oneToOne { id } } }',
      { input },
    );
  }
  await ask('mutation ($input: EndOneToOneInput!) { endOneToOne(input: $input) { oneToOne { id } } }', {
    input,
  });
}

async function idOf(ask: Ask): Promise<string> {
  const { viewer } = await ask('{ viewer { person { id } } }');
  return (viewer as { person: { id: string } }).person.id;
}

async function openWith(browser: Browser, person: RegExp, other: string): Promise<Opened> {
  const opened = await openPage(browser);
  await signIn(opened.page, person);
  await opened.page.getByRole('link', { name: other }).first().click();
  await opened.page.getByRole('heading', { level: 1, name: other }).waitFor();
  await waitUntilRendered(opened.page);
  return opened;
}

const asManager = (browser: Browser): Promise<Opened> =>
  openWith(browser, /Oluwaseun Adeyemi/, 'Leonie Ahrens');
const asReport = (browser: Browser): Promise<Opened> =>
  openWith(browser, /Leonie Ahrens/, 'Oluwaseun Adeyemi');

function tests(browser: Browser): void {
  it('shows who, how often, what the two share with each other, and reads no goal of the other before asking', async (test) => {
    const { page, errors, operations } = await asManager(browser);
    await page.getByText('Every Tuesday, 10:00').waitFor();
    await page.getByText('You and Leonie Ahrens share goals with each other.').waitFor();
    await page.getByRole('heading', { name: 'Earlier conversations' }).waitFor();
    assert.equal(operations.includes('Preparation'), false);
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Show what I could bring up' }).click();
    await page
      .getByRole('button', { name: /^Talk about it/ })
      .first()
      .waitFor();
    await eventually(() => operations.includes('Preparation'), true);
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('shows a draft to its author only, and to both at once when it is shared', async () => {
    const [manager, report] = await Promise.all([asManager(browser), asReport(browser)]);
    const text = `Shall we paint joint nine? ${Date.now()}`;
    await manager.page.getByLabel('Add a point').fill(text);
    await manager.page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    const own = manager.page.getByRole('listitem').filter({ hasText: text });
    await own.getByText('only you').waitFor();
    // What nobody else sees cannot be ticked, so there is no box.
    await assertAbsent(own.getByRole('checkbox'));
    await assertAbsent(report.page.getByText(text));

    await own.getByRole('button', { name: /^Share with Leonie/ }).click();
    const theirs = report.page.getByRole('listitem').filter({ hasText: text });
    await theirs.getByText('from Oluwaseun Adeyemi').waitFor();
    await theirs.getByRole('checkbox').click();
    await own.getByRole('checkbox', { checked: true }).waitFor();

    await own.getByRole('button', { name: /^More for/ }).click();
    await own.getByRole('button', { name: 'Remove' }).click();
    const undo = manager.page.getByRole('button', { name: 'Undo' });
    await undo.click();
    await own.waitFor();
    await own.getByRole('button', { name: /^More for/ }).click();
    await own.getByRole('button', { name: 'Remove' }).click();
    // Leaving the page removes it at once.
    await manager.page.getByRole('link', { name: 'My goals' }).click();
    await theirs.waitFor({ state: 'detached' });
    assert.deepEqual([...manager.errors, ...report.errors], []);
  });

  it('says who sees a point that was taken up, also about a goal, and how to share that one', async (test) => {
    const { page, errors } = await openWith(browser, /Oluwaseun Adeyemi/, 'Leonie Ahrens');
    const prepare = page.getByRole('region', { name: 'Prepare' });
    const asked = prepare.getByRole('button', { name: 'Show what I could bring up' });
    await asked.click();
    const line = prepare.getByRole('listitem').filter({ hasText: 'Your goal, quiet for' }).first();
    await line.getByRole('button', { name: /^Talk about it/ }).click();
    await line.getByText('On your agenda, only you see it').waitFor();
    await line.getByRole('button', { name: 'Undo' }).waitFor();

    const agenda = page.getByRole('region', { name: 'Agenda' });
    await agenda.getByRole('button', { name: /^Write what you want to say about it, then share/ }).click();
    const text = `When would I go? ${Date.now()}`;
    await agenda.getByLabel('Text of the point').fill(text);
    await agenda.getByLabel('Text of the point').press('Enter');
    const point = agenda.getByRole('listitem').filter({ hasText: text });
    await point.getByRole('button', { name: /^Share with Leonie/ }).click();
    await line.getByText('On your agenda, both of you see it').waitFor();
    await assertAbsent(line.getByRole('button'));
    await assertAccessible(page, test);
    await page.reload();
    await line.getByText('On your agenda, both of you see it').waitFor();

    await page.goto(url);
    const article = page.getByRole('article', { name: 'Leonie Ahrens' });
    await article.getByRole('button', { name: /^Show \d+/ }).click();
    await article.getByText('On your agenda, both of you see it').waitFor();
    await article.getByRole('link', { name: 'Leonie Ahrens' }).click();

    await point.getByRole('button', { name: /^More for/ }).click();
    await point.getByRole('button', { name: 'Remove' }).click();
    const removed = page.waitForResponse(
      (response) => response.request().postData()?.includes('deleteTalkingPoint') === true,
    );
    // Leaving the page removes it at once.
    await page.getByRole('link', { name: 'My goals' }).click();
    await removed;
    assert.deepEqual(errors, []);
  });

  it('leaves no empty space beside what is prepared: agenda, notes, promises, and then that they met', async () => {
    const { page, errors } = await asManager(browser);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.getByRole('button', { name: 'Show what I could bring up' }).click();
    await page
      .getByRole('button', { name: /^Talk about it/ })
      .first()
      .waitFor();
    const regions = ['Agenda', 'Notes', 'Promises'].map((name) =>
      page.getByRole('region', { name, exact: true }),
    );
    const boxes = await Promise.all(regions.map((one) => one.boundingBox()));
    const button = await page.getByRole('button', { name: 'We met', exact: true }).boundingBox();
    let end: number | undefined;
    for (const box of [...boxes, button]) {
      assert.ok(box !== null);
      if (end !== undefined && box !== button) assert.ok(box.y - end < 60, `${box.y - end} pixels are empty`);
      assert.ok(box.y >= (end ?? 0));
      end = box.y + box.height;
    }
    assert.deepEqual(errors, []);
  });

  it('orders the agenda by keyboard and by dragging', async () => {
    const { page, errors } = await asManager(browser);
    const agenda = page.getByRole('region', { name: 'Agenda' });
    const texts = (): Promise<string[]> =>
      agenda
        .getByRole('checkbox')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    await agenda.getByRole('checkbox').nth(2).waitFor();
    const before = await texts();
    assert.ok(before.length > 2);
    const moved = [before[1], before[0], ...before.slice(2)];
    const lowered = answerTo(page, 'MovePoint');
    await agenda
      .getByRole('button', { name: /^Move:/ })
      .first()
      .press('ArrowDown');
    await eventually(texts, moved);
    await lowered;
    await page.reload();
    await eventually(texts, moved);
    await waitUntilRendered(page);

    const handle = await agenda
      .getByRole('button', { name: /^Move:/ })
      .nth(1)
      .boundingBox();
    const first = await agenda.getByRole('listitem').first().boundingBox();
    assert.ok(handle !== null && first !== null);
    await page.mouse.move(handle.x + 5, handle.y + 10);
    await page.mouse.down();
    await page.mouse.move(handle.x + 5, first.y + 2, { steps: 5 });
    const lifted = answerTo(page, 'MovePoint');
    await page.mouse.up();
    await lifted;
    await page.reload();
    await eventually(texts, before);
    assert.deepEqual(errors, []);
  });

  it('saves notes while they are written, and shows them to the other without moving the cursor', async () => {
    const [manager, report] = await Promise.all([asManager(browser), asReport(browser)]);
    const [own, theirs] = [manager, report].map(({ page }) =>
      page.getByLabel('For both of you', { exact: true }),
    );
    assert.ok(own !== undefined && theirs !== undefined);
    await own.fill('Rain\n\nSun');
    await waitForField(report.page, 'Sun');
    await theirs.focus();
    await theirs.evaluate((field: HTMLTextAreaElement) => {
      field.setSelectionRange(field.value.length, field.value.length);
    });
    await own.fill('Rain and thunder\n\nSun');
    await waitForField(report.page, 'thunder');
    await theirs.pressSequentially('shine');
    await eventually(() => theirs.inputValue(), 'Rain and thunder\n\nSunshine');
    await waitForField(manager.page, 'Sunshine');
    await eventually(() => own.inputValue(), 'Rain and thunder\n\nSunshine');
    assert.deepEqual([...manager.errors, ...report.errors], []);
    await own.fill('');
    await waitForField(report.page, 'Sun', false);
  });

  it('shows both texts when both changed the same line, and keeps both', async (test) => {
    const [manager, report] = await Promise.all([asManager(browser), asReport(browser)]);
    const [own, theirs] = [manager, report].map(({ page }) =>
      page.getByLabel('For both of you', { exact: true }),
    );
    assert.ok(own !== undefined && theirs !== undefined);
    // What Leonie writes is sent first, and reaches the service after what Oluwaseun writes.
    const late = Promise.withResolvers<undefined>();
    const isSent = Promise.withResolvers<undefined>();
    await report.page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'WriteSharedNotes') {
        isSent.resolve(undefined);
        await late.promise;
      }
      await route.fallback();
    });
    await theirs.fill('Leonie writes this');
    await isSent.promise;
    const saved = answerTo(manager.page, 'WriteSharedNotes');
    await own.fill('Oluwaseun writes that');
    await saved;
    late.resolve(undefined);
    const conflict = report.page.getByRole('alert', { name: /changed this at the same time/ });
    await conflict.waitFor();
    await conflict.getByText('Oluwaseun writes that').waitFor();
    await assertAccessible(report.page, test);
    await conflict.getByRole('button', { name: 'Keep both' }).click();
    await waitForField(manager.page, 'Leonie writes this');
    await waitForField(manager.page, 'Oluwaseun writes that');
    await report.page.unroute('**/graphql');
    await own.fill('');
    await waitForField(report.page, 'writes', false);
    assert.deepEqual([...manager.errors, ...report.errors], []);
  });

  it('understands the day in a promise, and shows it to both', async () => {
    const [manager, report] = await Promise.all([asManager(browser), asReport(browser)]);
    const text = `Send the drawing ${Date.now()}`;
    const tomorrow = new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'long',
      timeZone: 'Europe/Berlin',
    }).format(Date.now() + 86_400_000);
    await manager.page.getByLabel('I promise …, by Friday').fill(`${text} by tomorrow`);
    await manager.page.getByText(new RegExp(`^Due: [A-Z][a-z]+, ${tomorrow}`)).waitFor();
    await manager.page.getByLabel('I promise …, by Friday').press('Enter');
    const own = manager.page.getByRole('listitem').filter({ hasText: text });
    await own.getByText('due tomorrow').waitFor();
    await report.page.getByRole('listitem').filter({ hasText: text }).getByText('due tomorrow').waitFor();
    await own.getByRole('checkbox').click();
    await own.getByRole('button', { name: 'Undo' }).click();
    await own.getByRole('checkbox', { checked: false }).waitFor();
    await own.getByRole('button', { name: /^More for/ }).click();
    await own.getByRole('button', { name: 'Edit' }).click();
    await manager.page.getByRole('button', { name: 'Written by mistake: remove' }).click();
    await report.page.getByText(text).waitFor({ state: 'detached' });
    assert.deepEqual([...manager.errors, ...report.errors], []);
  });

  it('says that the two met, asks once what would be better, and takes both back', async (test) => {
    const [manager, report] = await Promise.all([asManager(browser), asReport(browser)]);
    const before = manager.page.getByRole('region', { name: 'Earlier conversations' });
    const first = before.getByRole('listitem').getByRole('button').first();
    await before
      .getByRole('button', { name: /\d points?|notes/ })
      .first()
      .waitFor();
    assert.doesNotMatch(await first.innerText(), /^Today/);
    await manager.page.getByRole('button', { name: 'We met', exact: true }).click();
    await manager.page.getByText(/^You met today/).waitFor();
    // The confirmation has the focus, where it can be seen.
    const takeBack = manager.page.getByRole('button', { name: 'Take that back' });
    await manager.page.waitForFunction(() => document.activeElement?.textContent.startsWith('You met today'));
    const place = await takeBack.boundingBox();
    assert.ok(place !== null && place.y > 0 && place.y < 720, JSON.stringify(place));
    await manager.page.getByText('You have met today.').waitFor();
    await assertAbsent(manager.page.getByRole('button', { name: 'We met', exact: true }));
    await before.getByRole('button', { name: /^Today/ }).waitFor();
    await report.page
      .getByRole('region', { name: 'Earlier conversations' })
      .getByRole('button', { name: /^Today/ })
      .waitFor();
    await manager.page.getByRole('button', { name: 'Met again today?' }).click();
    await manager.page.getByRole('button', { name: 'We met again' }).waitFor();
    // The other page follows.
    await report.page.getByText(/^You met today/).waitFor();
    await manager.page.getByLabel('What would make the next one better?').waitFor();
    await assertAccessible(manager.page, test);
    await manager.page.getByRole('button', { name: 'Not this time' }).click();
    await manager.page.getByLabel('What would make the next one better?').waitFor({ state: 'detached' });
    await manager.page.getByRole('button', { name: 'Take that back' }).click();
    await manager.page.getByText(/^You met today/).waitFor({ state: 'detached' });
    await manager.page.getByRole('button', { name: 'We met', exact: true }).waitFor();
    await before.getByRole('button', { name: /^Today/ }).waitFor({ state: 'detached' });
    await manager.page.getByText(/^Next: tomorrow|^Next:/).waitFor();
    assert.deepEqual([...manager.errors, ...report.errors], []);
  });

  it('finds earlier conversations, and opens one in its place', async (test) => {
    const { page, errors } = await asReport(browser);
    await page.getByLabel('Search what you wrote').fill('torch');
    await page.getByText(/Found in \d+ conversation/).waitFor();
    const before = page.getByRole('region', { name: 'Earlier conversations' });
    await before.getByRole('listitem').getByRole('button').first().click();
    await before.getByText(/torch/i).first().waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('asks another person for a one-to-one, who accepts, and ends it', async (test) => {
    const asked = await openPage(browser);
    const asking = await openPage(browser);
    const asRosalind = await asPerson('rosalind@quince-gander.example');
    const asTomasz = await asPerson('tomasz@quince-gander.example');
    const [rosalind, tomasz] = [await idOf(asRosalind), await idOf(asTomasz)];
    await endPair(asRosalind, tomasz);
    const open = async ({ page }: Opened, who: RegExp): Promise<void> => {
      await page.goto(url);
      await page.getByRole('button', { name: who }).click();
      await page.getByRole('link', { name: 'Today' }).waitFor();
    };
    await open(asked, /Rosalind Achterberg/);
    await open(asking, /Tomasz Wierzbicki/);
    await asking.page.goto(`${url}/with/${rosalind}`);
    await asking.page.getByText(/^The next ones:/).waitFor();
    await assertAccessible(asking.page, test);
    await asking.page.getByRole('button', { name: 'Start', exact: true }).click();
    await asking.page
      .getByRole('heading', { name: 'You have asked Rosalind Achterberg for a one-to-one' })
      .waitFor();

    await asked.page.goto(`${url}/with/${tomasz}`);
    await asked.page.getByRole('button', { name: 'Accept' }).waitFor();
    await assertAccessible(asked.page, test);
    await asked.page.getByRole('button', { name: 'Accept' }).click();
    await asked.page.getByRole('heading', { name: 'Agenda' }).waitFor();
    await asked.page.getByRole('button', { name: 'Change rhythm, pause or end' }).click();
    await asked.page.getByRole('button', { name: 'End this one-to-one' }).click();
    await asked.page.getByRole('button', { name: 'Undo' }).click();
    // Leaving the page ends it at once.
    const ended = answerTo(asked.page, 'EndOneToOne');
    await asked.page.getByRole('button', { name: 'End this one-to-one' }).click();
    await asked.page.getByRole('link', { name: 'Today' }).click();
    await ended;
    await asked.page.goto(`${url}/with/${tomasz}`);
    await asked.page.getByRole('heading', { name: 'Start again with Tomasz Wierzbicki' }).waitFor();
    assert.deepEqual([...asked.errors, ...asking.errors], []);
  });
}
