/** Change of manager. A handover can be completed once, so the open one of most stories is the answer of a pretended service. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { asPerson, type Ask } from './api.ts';
import { asAdministrator } from './people.ts';
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
    await page.getByLabel('Share it at once').check();
    await page.getByLabel('Ask Beatriz Lourenço to promise this').check();
    const submit = page.getByRole('button', { name: /^Pass on/ });
    await eventually(() => submit.isDisabled(), true);
    await page.getByLabel('In your words').fill('A second screen for joint nine.');
    await page.getByLabel('Ask Beatriz Lourenço for it again').check();
    await assertAccessible(page, test);
    await page.getByRole('button', { name: 'Pass on 3 things to Beatriz Lourenço' }).click();
    await page.getByText('You asked Beatriz Lourenço for:').waitFor();
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
    await page.getByText('There is nothing to do yet').waitFor();
    await assertAbsent(page.getByRole('checkbox'));
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('is completed by the person, and then the new manager promises and grants what they want', async (test) => {
    const { person, former, next } = await moveSomebody();
    const mine = await openPage(browser);
    await signInAs(mine.page, person.email);
    await mine.page.goto(url);
    await mine.page
      .getByRole('link', { name: new RegExp(former.name) })
      .last()
      .waitFor();
    await mine.page.goto(`${url}/handover`);
    const open = mine.page.getByRole('region', { name: `From ${former.name} to ${next.name}` });
    await open.getByLabel(`Share it with ${next.name}`).first().check();
    await open.getByLabel('Share it at once').first().check();
    await open.getByLabel(`Ask ${next.name} to promise this`).first().check();
    await open.getByLabel('In your words').fill('A quiet hour on Fridays.');
    await open.getByLabel(`Ask ${next.name} for it again`).first().check();
    await assertAccessible(mine.page, test);
    await open.getByRole('button', { name: `Pass on 3 things to ${next.name}` }).click();
    await mine.page.getByText('Not promised so far').waitFor();
    await mine.page.getByText('Not granted so far').waitFor();

    const theirs = await openPage(browser);
    await signInAs(theirs.page, next.email);
    await theirs.page.goto(`${url}/handover`);
    const asked = theirs.page.getByRole('region', { name: `${person.name} asks you for something` });
    await asked.getByText('A quiet hour on Fridays.').waitFor();
    // Not in the words in which the former manager had promised it.
    assert.equal(await theirs.page.getByText('One hour without calls').count(), 0);
    await asked.getByRole('button', { name: `Promise it to ${person.name}` }).click();
    await asked.getByText('You have promised it.').waitFor();
    await asked.getByRole('button', { name: 'Agree to it' }).click();
    await asked.getByText('You have agreed to it.').waitFor();
    await mine.page.reload();
    await mine.page.getByText('Promised to you', { exact: true }).waitFor();
    await mine.page.getByText('Agreed', { exact: true }).waitFor();
    assert.deepEqual([...mine.errors, ...theirs.errors], []);
  });

  it('shows a new manager what they are asked for, from Today on', async (test) => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'johanna@quince-gander.example');
    await page.getByRole('link', { name: /Siobhán Kelleher, whose manager you are now/ }).click();
    const asked = page.getByRole('region', { name: 'Siobhán Kelleher asks you for something' });
    await asked.getByText('A second person on Mondays.').waitFor();
    await asked.getByRole('button', { name: 'Promise it to Siobhán Kelleher' }).waitFor();
    await asked.getByText('You have agreed to it.').waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('says what became of what was passed on', async (test) => {
    const { page, errors } = await openPage(browser);
    await signInAs(page, 'siobhan@quince-gander.example', `${url}/handover`);
    await page.getByRole('region', { name: 'From Henrik Solberg to Johanna Seidel' }).waitFor();
    await page.getByText('Not promised so far').waitFor();
    await page.getByText('Agreed', { exact: true }).waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });

  it('says so where nothing is open', async (test) => {
    const { page, errors } = await openPage(browser);
    await signIn(page, /Leonie Ahrens/, `${url}/handover`);
    await page.getByRole('heading', { level: 1, name: 'No change of manager is under way' }).waitFor();
    await assertAccessible(page, test);
    assert.deepEqual(errors, []);
  });
});

interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Gives somebody of the demo organization another manager, after the present one has promised something and granted a mandate: a line that
 * has begun before today cannot be made for a person of the story's own. Each run needs somebody whose manager did not change today.
 */
async function moveSomebody(): Promise<{ person: DemoPerson; former: DemoPerson; next: DemoPerson }> {
  const asAdmin = await asAdministrator();
  const today = new Date().toISOString().slice(0, 10);
  for (const key of ['marisol', 'jyoti', 'meera', 'farhan', 'lobsang']) {
    const email = `${key}@quince-gander.example`;
    const ask = await asPerson(email);
    const { viewer } = (await ask(
      '{ viewer { handovers { id } person { id name reportingLines { startsOn lastDay kind manager { id name email } } } } }',
    )) as {
      viewer: {
        handovers: { id: string }[];
        person: {
          id: string;
          name: string;
          reportingLines: { startsOn: string; lastDay: string | null; kind: string; manager: DemoPerson }[];
        };
      };
    };
    const { id, name, reportingLines } = viewer.person;
    const line = reportingLines.find(({ kind, lastDay }) => kind === 'PRIMARY' && lastDay === null);
    if (line === undefined || line.startsOn >= today || viewer.handovers.length > 0) continue;
    const former = line.manager;
    const asFormer = await asPerson(former.email);
    const oneToOneId = await pairOf(asFormer, id);
    const created = await ask(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input: { title: `Story of ${name}` } },
    );
    const goalId = (created['createPersonalGoal'] as { personalGoal: { id: string } }).personalGoal.id;
    await ask(
      'mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }',
      { input: { goalId, personId: former.id, withoutWaiting: true } },
    );
    await asFormer(
      'mutation ($input: AddActionItemInput!) { addActionItem(input: $input) { actionItem { id } } }',
      { input: { ownerId: former.id, text: 'One hour without calls', target: { oneToOneId } } },
    );
    await asFormer(
      'mutation ($input: GrantMandateInput!) { grantMandate(input: $input) { mandate { id } } }',
      {
        input: { oneToOneId, text: 'Spend up to 50 € on tools.' },
      },
    );
    const found = await asAdmin('{ people(search: "Noor van Rijn", first: 1) { nodes { id name email } } }');
    const [next] = (found['people'] as { nodes: DemoPerson[] }).nodes;
    assert.ok(next);
    await asAdmin(
      'mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }',
      { input: { id, managerId: next.id } },
    );
    await pairOf(await asPerson(next.email), id);
    return { person: { id, name, email }, former, next };
  }
  throw new Error('Everybody of this story has a new manager since today.');
}

/** The one-to-one that somebody has with a person, which it starts if there is none. @returns its id */
async function pairOf(ask: Ask, personId: string): Promise<string> {
  const { person } = await ask('query ($id: ID!) { person(id: $id) { oneToOne { id state } } }', {
    id: personId,
  });
  const { oneToOne } = person as { oneToOne: { id: string; state: string } | null };
  if (oneToOne?.state === 'OPEN') return oneToOne.id;
  const started = await ask(
    'mutation ($input: StartOneToOneInput!) { startOneToOne(input: $input) { ... on OneToOnePayload { oneToOne { id } } } }',
    { input: { personId } },
  );
  return (started['startOneToOne'] as { oneToOne: { id: string } }).oneToOne.id;
}

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
