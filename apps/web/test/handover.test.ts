/** Change of manager. A handover can be completed once, so the open one of these stories is the answer of a pretended service. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import {
  assertAbsent,
  assertAccessible,
  eventually,
  openPage,
  signIn,
  signInAs,
  tell,
  url,
} from './stories.ts';

const FROM = { __typename: 'Person', id: 'from', name: 'Friederike Vogt' };
const TO = { __typename: 'Person', id: 'to', name: 'Beatriz Lourenço' };

await tell('a change of manager', (browser) => {
  it('lets the person choose what moves on, and passes on nothing else', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/);
    const inputs = await pretend(page);
    await page.goto(`${url}/handover`);
    await page.getByRole('heading', { name: 'From Friederike Vogt to Beatriz Lourenço' }).waitFor();
    await page.getByRole('button', { name: 'Complete it, and pass on nothing' }).waitFor();
    await assertAccessible(page, test);

    await page.getByLabel('Share it with Beatriz Lourenço').check();
    await page.getByLabel('At once').check();
    await page.getByLabel('Ask Beatriz Lourenço to promise this').check();
    const submit = page.getByRole('button', { name: /^Pass on/ });
    await eventually(() => submit.isDisabled(), true);
    await page.getByLabel('In your words').fill('A second screen for joint nine.');
    await page.getByLabel('Ask Beatriz Lourenço for it again').check();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Pass on 3 things to Beatriz Lourenço' }).click();
    await page.getByText('Beatriz Lourenço was offered:').waitFor();
    assert.deepEqual(inputs, [
      {
        id: 'handover',
        toId: 'to',
        mandateIds: ['mandate'],
        promises: [{ text: 'A second screen for joint nine.', dueOn: null }],
        shares: [{ goalId: 'goal', expiresOn: null, includePast: false, withoutWaiting: true }],
      },
    ]);
    assert.deepEqual(errors, []);
  });

  it('waits while there is no new manager', async (test) => {
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await signIn(page, /Leonie Ahrens/);
    await pretend(page, { to: null });
    await page.goto(`${url}/handover`);
    await page.getByText('You have no new manager yet.').waitFor();
    await assertAbsent(page.getByRole('checkbox'));
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('shows a new manager what they are asked for, from Today on', async (test) => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'johanna@quince-gander.example');
    await page.getByRole('link', { name: /Siobhán Kelleher, whose manager you are now/ }).click();
    const asked = page.getByRole('region', { name: 'Siobhán Kelleher asks you for something' });
    await asked.getByText('A second person on Mondays.').waitFor();
    await asked.getByRole('button', { name: 'Promise it to Siobhán Kelleher' }).waitFor();
    await asked.getByText('You have granted it again.').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('says what became of what was passed on', async (test) => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'siobhan@quince-gander.example', `${url}/handover`);
    await page.getByRole('region', { name: 'From Henrik Solberg to Johanna Seidel' }).waitFor();
    await page.getByText('not promised so far').waitFor();
    await page.getByText('granted again', { exact: true }).waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('says so where nothing is open', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/handover`);
    await page.getByRole('heading', { level: 1, name: 'No change of manager is open' }).waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });
});

/** Answers the query of the page with an open handover. @returns the inputs with which it was completed */
async function pretend(page: Page, { to = TO }: { to?: typeof TO | null } = {}): Promise<unknown[]> {
  const inputs: unknown[] = [];
  const open = {
    __typename: 'Handover',
    id: 'handover',
    completedAt: null as string | null,
    openedOn: '2026-11-02',
    from: FROM,
    to,
    person: { __typename: 'Person', id: 'me', name: 'Leonie Ahrens', oneToOne: null },
    formerShares: [
      {
        __typename: 'PersonalGoalShare',
        id: 'share',
        goal: { __typename: 'PersonalGoal', id: 'goal', title: 'Run the Leipzig half-marathon' },
      },
    ],
    openActionItems: [
      { __typename: 'ActionItem', id: 'theirs', text: 'A second screen.', dueOn: null, owner: FROM },
      {
        __typename: 'ActionItem',
        id: 'mine',
        text: 'Draw joint nine.',
        dueOn: null,
        owner: { __typename: 'Person', id: 'me', name: 'Leonie Ahrens' },
      },
    ],
    formerMandates: [
      { __typename: 'Mandate', id: 'mandate', text: 'Order up to 500 € without asking.', lastDay: null },
    ],
    offered: [] as unknown[],
    offeredMandates: [],
  };
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON() as {
      operationName: string;
      variables: { input?: { promises: { text: string }[] } };
    };
    if (operationName === 'Handovers') {
      // The viewer stays who they are, for what surrounds the page.
      const response = await route.fetch();
      const json = (await response.json()) as {
        data: { viewer: { person: { id: string }; handovers: unknown[] } };
      };
      open.person.id = json.data.viewer.person.id;
      json.data.viewer.handovers = [open];
      return route.fulfill({ json });
    }
    if (operationName === 'CompleteHandover') {
      inputs.push(variables.input);
      open.completedAt = new Date().toISOString();
      open.offered =
        variables.input?.promises.map(({ text }, at) => ({
          __typename: 'OfferedPromise',
          id: `offer-${String(at)}`,
          text,
          dueOn: null,
          adopted: null,
        })) ?? [];
      return route.fulfill({
        json: { data: { completeHandover: { __typename: 'HandoverPayload', handover: open } } },
      });
    }
    return route.fallback();
  });
  return inputs;
}
