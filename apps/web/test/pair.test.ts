/** What two people arrange and write in their one-to-one, each in a separate browser. Both are people of these stories. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { addPerson, addTwo, openAs, type Member, type Two } from './people.ts';
import { assertAccessible, dayFromToday, tell, url, type Opened } from './stories.ts';

await tell('two people and their one-to-one', tests);

const head = (page: Page): Locator => page.getByRole('main').locator('header');
const agenda = (page: Page): Locator => page.getByRole('region', { name: 'Agenda' });
const line = (within: Page | Locator, text: string): Locator =>
  within.getByRole('listitem').filter({ hasText: text });

function tests(browser: Browser): void {
  let two: Two;
  let manager: Opened;
  let report: Opened;

  async function openWith(who: Member, other: Member): Promise<Opened> {
    const opened = await openAs(browser, who, `/with/${other.id}`);
    await opened.page.getByRole('heading', { level: 1, name: other.name }).waitFor();
    return opened;
  }

  before(async () => {
    two = await addTwo('Mona Story', 'Ravi Story');
  });
  beforeEach(async () => {
    [manager, report] = await Promise.all([
      openWith(two.manager, two.report),
      openWith(two.report, two.manager),
    ]);
  });
  afterEach(() => {
    assert.deepEqual([...manager.errors, ...report.errors], []);
  });
  after(() => two.leave());

  it('is moved and skipped by either, and the other sees that at once', async (test) => {
    await head(manager.page).getByRole('button', { name: 'Move', exact: true }).click();
    const form = head(manager.page).locator('form');
    await form.getByLabel('Day').fill(dayFromToday(3));
    await form.getByLabel('Time').fill('14:35');
    await form.getByText('Only this conversation moves.').waitFor();
    await assertAccessible(manager.page, test);
    await form.getByLabel('Time').press('Enter');
    await head(manager.page)
      .getByText(/^Next: .*14:35/)
      .waitFor();
    await form.waitFor({ state: 'detached' });
    await head(report.page)
      .getByText(/^Next: .*14:35/)
      .waitFor();

    // Moving it again is no conflict for the one who has only seen it move.
    await head(report.page).getByRole('button', { name: 'Move', exact: true }).click();
    await head(report.page).getByLabel('Time').fill('15:05');
    await head(report.page).getByLabel('Time').press('Enter');
    await head(manager.page)
      .getByText(/^Next: .*15:05/)
      .waitFor();

    await head(report.page).getByRole('button', { name: 'Skip' }).click();
    await report.page.getByText(/^Skipped: /).waitFor();
    await manager.page.getByText(/^Skipped: /).waitFor();
    await assertAccessible(report.page, test);
    await manager.page.getByRole('button', { name: 'Take that back' }).click();
    await manager.page.getByText(/^Skipped: /).waitFor({ state: 'detached' });
    await head(manager.page)
      .getByText(/^Next: .*15:05/)
      .waitFor();
    await report.page.reload();
    await head(report.page)
      .getByText(/^Next: .*15:05/)
      .waitFor();
    assert.equal(await report.page.getByText(/^Skipped: /).count(), 0);
  });

  it('gets another rhythm, a break, and no rhythm at all: then each conversation is planned, or was held unplanned', async (test) => {
    const { page } = manager;
    const change = head(page).getByRole('button', { name: 'Change rhythm, pause or end' });
    const schedule = page.getByRole('region', { name: 'Change rhythm, pause or end' });
    await change.click();
    await schedule.getByLabel('How often').selectOption('Every second week');
    await schedule.getByText(/^The next ones:/).waitFor();
    await assertAccessible(page, test);
    await schedule.getByRole('button', { name: 'Save the rhythm' }).click();
    await schedule.waitFor({ state: 'detached' });
    await head(page)
      .getByText(/^Every second /)
      .waitFor();

    await change.click();
    await schedule.getByLabel('Until the end of').fill(dayFromToday(20));
    await schedule.getByRole('button', { name: 'Pause', exact: true }).click();
    await schedule.waitFor({ state: 'detached' });
    await head(page)
      .getByText(/^You two are on a break until /)
      .waitFor();
    await report.page.reload();
    await head(report.page)
      .getByText(/^You two are on a break until /)
      .waitFor();
    await head(report.page)
      .getByText(/^Every second /)
      .waitFor();
    await change.click();
    await schedule.getByRole('button', { name: 'End the pause now' }).click();
    await head(page)
      .getByText(/^You two are on a break until /)
      .waitFor({ state: 'detached' });

    await change.click();
    await schedule.getByLabel('How often').selectOption('Without a rhythm');
    await schedule.getByRole('button', { name: 'Save the rhythm' }).click();
    await schedule.waitFor({ state: 'detached' });
    await head(page).getByText('Without a rhythm: you plan each conversation.').waitFor();
    // A conversation that was planned stays until it is skipped.
    const plan = page.getByRole('region', { name: 'No conversation is planned' });
    const skip = head(page).getByRole('button', { name: 'Skip' });
    await plan.or(skip).first().waitFor();
    if (await skip.isVisible()) await skip.click();
    await plan.waitFor();
    await assertAccessible(page, test);
    await plan.getByRole('button', { name: 'We have just met' }).click();
    await page.getByText(/^You met today/).waitFor();
    await page.getByRole('button', { name: 'Not this time' }).click();
    await plan.getByLabel('Day').fill(dayFromToday(2));
    await plan.getByLabel('Time').fill('11:15');
    await plan.getByRole('button', { name: 'Plan it' }).click();
    await head(page)
      .getByText(/^Next: .*11:15/)
      .waitFor();
    await report.page.reload();
    await head(report.page)
      .getByText(/^Next: .*11:15/)
      .waitFor();
    await report.page.getByText(/^You met today/).waitFor();
  });

  it('has an agenda from questions, drafts and templates, of which the other sees what is shared', async (test) => {
    const { page } = manager;
    const questions = page.getByRole('region', { name: 'Prepare' });
    await questions.getByRole('button', { name: 'Stuck? Two questions' }).click();
    const take = questions.getByRole('button', { name: /^Talk about it: / }).first();
    const question = ((await take.getAttribute('aria-label')) ?? '').replace('Talk about it: ', '');
    await take.click();
    await line(agenda(page), question).getByText('only you').waitFor();
    await questions.getByRole('button', { name: 'Two others' }).click();
    await questions.getByText(question).waitFor({ state: 'detached' });

    const text = 'Where do we put the second jig?';
    await page.getByLabel('Add a point').fill(text);
    await page.getByRole('button', { name: 'Add as a draft, only for me' }).click();
    await line(page, text).getByText('only you').waitFor();
    assert.equal(await report.page.getByText(text).count(), 0);
    await page.getByRole('button', { name: /^Share all 2 drafts with Ravi Story/ }).click();
    await line(report.page, text).getByText('from Mona Story').waitFor();
    await line(report.page, question).getByText('from Mona Story').waitFor();

    await page.getByRole('button', { name: 'Templates' }).click();
    await page.getByLabel('Keep this agenda as a template called').fill('After a trial week');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    const template = line(page, 'After a trial week');
    await template.getByText('2 points').waitFor();
    await assertAccessible(page, test);

    // Next time: it waits for the conversation after this one, for both.
    await line(page, text)
      .getByRole('button', { name: /^More for/ })
      .click();
    await line(page, text).getByRole('button', { name: 'Move to next time' }).click();
    await line(page, text).waitFor({ state: 'detached' });
    await line(report.page, text).waitFor({ state: 'detached' });

    await template.getByRole('button', { name: 'Add to the agenda: After a trial week' }).click();
    await line(page, text).getByText('only you').waitFor();
    assert.equal(await line(report.page, text).count(), 0);
    await template.getByRole('button', { name: 'Remove: After a trial week' }).click();
    await page.getByText('After a trial week is removed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await template.getByRole('button', { name: 'Remove: After a trial week' }).click();
    const removed = page.waitForResponse(
      (response) => response.request().postData()?.includes('DeleteTemplate') === true,
    );
    // Folding the list away removes it at once.
    await page.getByRole('button', { name: 'Templates' }).click();
    await removed;
    await page.getByRole('button', { name: 'Templates' }).click();
    await page.getByText('After a trial week').waitFor({ state: 'detached' });
  });

  it('goes off the record for both, and back by the one who wanted that', async (test) => {
    await agenda(report.page).waitFor();
    await manager.page.getByRole('button', { name: 'Make this one off the record' }).click();
    await manager.page.getByText(/^Off the record: nothing is written/).waitFor();
    await agenda(manager.page).waitFor({ state: 'detached' });
    await report.page.getByText(/^Mona Story made this off the record/).waitFor();
    await agenda(report.page).waitFor({ state: 'detached' });
    assert.equal(await report.page.getByRole('button', { name: 'Put it on the record again' }).count(), 0);
    await assertAccessible(manager.page, test);
    await manager.page.getByRole('button', { name: 'Put it on the record again' }).click();
    await agenda(manager.page).waitFor();
    await agenda(report.page).waitFor();
  });

  it('has notes that only their author reads', async () => {
    const own = manager.page.getByLabel('Only for you', { exact: true });
    await own.fill('Ask about the *night shift*.');
    const side = manager.page.locator('[data-side=private]');
    await side.getByText('Saved', { exact: true }).waitFor();
    await manager.page.reload();
    await own.waitFor();
    await manager.page.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some(
        ({ value }) => value === 'Ask about the *night shift*.',
      ),
    );
    await side.getByRole('button', { name: 'Preview' }).click();
    await side.locator('em', { hasText: 'night shift' }).waitFor();
    await report.page.reload();
    await report.page.getByLabel('Only for you', { exact: true }).waitFor();
    assert.equal(await report.page.getByLabel('Only for you', { exact: true }).inputValue(), '');
    assert.equal((await report.page.content()).includes('night shift'), false);
  });

  it('moves the date of a promise, and both see that it moved', async () => {
    const text = 'Order the brake cables';
    await manager.page.getByLabel('I promise …, by Friday').fill(`${text} by tomorrow`);
    await manager.page.getByLabel('I promise …, by Friday').press('Enter');
    await line(report.page, text).getByText('due tomorrow').waitFor();
    const own = line(manager.page, text);
    await own.getByRole('button', { name: /^More for/ }).click();
    await own.getByRole('button', { name: 'Edit' }).click();
    await manager.page.getByText('Both of you see that the date was moved.').waitFor();
    await manager.page.getByLabel('What is promised').fill(`${text}, forty of them`);
    await manager.page.getByLabel('Due on').fill(dayFromToday(30));
    await manager.page.getByRole('button', { name: 'Save', exact: true }).click();
    for (const { page } of [manager, report]) {
      await line(page, `${text}, forty of them`).getByText('moved once').waitFor();
    }
  });

  it('has mandates, which a manager grants and words, either ends, and both publish', async (test) => {
    const granted = manager.page.getByRole('region', { name: 'Ravi Story may decide' });
    const mine = report.page.getByRole('region', { name: 'You may decide' });
    await granted.getByRole('button', { name: 'Write down what Ravi Story may decide' }).click();
    await granted
      .getByLabel('What Ravi Story may decide without asking, and up to which limit')
      .fill('Refunds up to 80 €');
    await granted.getByLabel(/^Valid until/).fill(dayFromToday(90));
    await assertAccessible(manager.page, test);
    await granted.getByRole('button', { name: 'Allow it' }).click();
    await granted.getByText('Refunds up to 80 €').waitFor();
    await granted.getByRole('button', { name: /^More for/ }).click();
    await granted.getByRole('button', { name: 'Edit' }).click();
    await granted
      .getByLabel('What Ravi Story may decide without asking, and up to which limit')
      .fill('Refunds up to 90 €');
    await granted.getByRole('button', { name: 'Save' }).click();
    await granted.getByText('Refunds up to 90 €').waitFor();

    await report.page.reload();
    await mine.getByText('the two of you see this').waitFor();
    await mine.getByRole('button', { name: /^More for/ }).click();
    assert.equal(await mine.getByRole('button', { name: 'Edit' }).count(), 0);
    await mine.getByRole('button', { name: 'Publish to the organization' }).click();
    await mine.getByText('you want to publish it; Mona Story has not agreed yet').waitFor();
    await manager.page.reload();
    await granted.getByText('Ravi Story wants everybody in the organization to see this').waitFor();
    await granted.getByRole('button', { name: /^More for/ }).click();
    await granted.getByRole('button', { name: 'Agree to publish' }).click();
    await granted.getByText('everybody in the organization sees this').waitFor();
    await granted.getByRole('button', { name: 'Do not publish' }).click();
    await granted.getByText('the two of you see this').waitFor();
    await granted.getByRole('button', { name: 'End it' }).click();
    await granted.getByRole('button', { name: 'Undo' }).click();
    await granted.getByText('Refunds up to 90 €').waitFor();
    await granted.getByRole('button', { name: 'End it' }).click();
    const ended = manager.page.waitForResponse(
      (response) => response.request().postData()?.includes('EndMandate') === true,
    );
    await manager.page.getByRole('link', { name: 'My goals' }).click();
    await ended;
    await manager.page.goBack();
    await granted.getByText(/^Nothing written down yet/).waitFor();
    await report.page.reload();
    await report.page.getByRole('heading', { name: 'Promises' }).waitFor();
    assert.equal(await mine.count(), 0);
  });

  it('is followed by feedback, which both see at the same moment', async (test) => {
    // They have met today already.
    await manager.page.getByRole('button', { name: 'Met again today?' }).click();
    await manager.page.getByRole('button', { name: 'We met again' }).click();
    // The question about an earlier conversation has gone by then.
    await manager.page.getByRole('region', { name: 'No conversation is planned' }).waitFor();
    const [own, theirs] = [manager, report].map(({ page }) => page.getByLabel(/^What would make the next/));
    assert.ok(own !== undefined && theirs !== undefined);
    await own.fill('Fewer slides.');
    await manager.page.getByRole('radio', { name: '4' }).check();
    await assertAccessible(manager.page, test);
    await manager.page.getByRole('button', { name: 'Offer to Ravi Story' }).click();
    await manager.page.getByText(/^Offered\. Ravi Story sees it once/).waitFor();
    await manager.page.getByText('Fewer slides.').waitFor();
    // The other sees nothing of it, not even that it was offered.
    await report.page.reload();
    await theirs.waitFor();
    assert.equal((await report.page.content()).includes('Fewer slides.'), false);
    await manager.page.getByRole('button', { name: 'Keep it for me after all' }).click();
    await manager.page.getByText('Kept for you.').waitFor();
    await theirs.fill('Start on time.');
    await report.page.getByRole('button', { name: 'Offer to Mona Story' }).click();
    await report.page.getByText(/^Offered\. Mona Story sees it once/).waitFor();
    await manager.page.reload();
    await manager.page.getByText('Kept for you.').waitFor();
    assert.equal((await manager.page.content()).includes('Start on time.'), false);

    await manager.page.getByRole('button', { name: 'Offer it after all' }).click();
    await manager.page.getByText('Start on time.').waitFor();
    await report.page.reload();
    await report.page.getByText('Fewer slides.').waitFor();
    await report.page.getByText('(worth it: 4 of 5)').waitFor();
    assert.equal(await report.page.getByRole('button', { name: 'Keep it for me after all' }).count(), 0);
    await assertAccessible(report.page, test);
  });

  it('is declined by somebody who is asked for one, without a word to the one who asked', async () => {
    const stranger = await addPerson('Xenia Story');
    const asking = await openAs(browser, stranger, `/with/${two.report.id}`);
    await asking.page.getByRole('button', { name: 'Start', exact: true }).click();
    await asking.page.getByRole('heading', { name: 'You have asked Ravi Story for a one-to-one' }).waitFor();
    const asked = await openAs(browser, two.report, `/with/${stranger.id}`);
    await asked.page.getByText(/If you decline, Xenia Story is not notified/).waitFor();
    await asked.page.getByRole('button', { name: 'Decline' }).click();
    await asked.page.getByRole('heading', { name: 'Start a one-to-one with Xenia Story' }).waitFor();
    await asking.page.goto(`${url}/with/${two.report.id}`);
    await asking.page.getByRole('heading', { level: 1, name: /Ravi Story/ }).waitFor();
    assert.equal(await asking.page.getByText(/declined/i).count(), 0);
    assert.deepEqual([...asked.errors, ...asking.errors], []);
    await stranger.leave();
  });
}
