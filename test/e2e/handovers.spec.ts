import { PEOPLE_COLUMNS, peopleCsv, type PeopleCsvRow } from '../factories/people-csv.js';
import { World, day as dayIn, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

const day = (offset: number): string => dayIn(offset, 'Europe/Berlin');

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ timeZone: 'Europe/Berlin' });
});
afterAll(() => app.close());

interface HandoverNode {
  readonly id: string;
  readonly from: { readonly id: string };
  readonly to: { readonly id: string } | null;
  readonly openedOn: string;
  readonly completedAt: string | null;
  readonly formerShares: readonly { readonly goal: { readonly id: string } }[];
  readonly openActionItems: readonly { readonly id: string }[];
  readonly formerMandates: readonly { readonly id: string }[];
  readonly offered: readonly {
    readonly id: string;
    readonly text: string;
    readonly dueOn: string | null;
    readonly adopted: { readonly id: string } | null;
  }[];
  readonly offeredMandates: readonly {
    readonly id: string;
    readonly text: string;
    readonly lastDay: string | null;
    readonly granted: { readonly id: string } | null;
  }[];
}
const HANDOVER = `fragment H on Handover {
  id person { id } from { id } to { id } openedOn completedAt formerShares { goal { id } } openActionItems { id } formerMandates { id }
  offered { id text dueOn adopted { id } } offeredMandates { id text lastDay granted { id } }
}`;
const LIST = `{ viewer { handovers { ...H } } } ${HANDOVER}`;
const NODE = `query ($id: ID!) { node(id: $id) { id ...H } } ${HANDOVER}`;
const COMPLETE = `mutation ($input: CompleteHandoverInput!) { result: completeHandover(input: $input) { handover { ...H } } } ${HANDOVER}`;
const ADOPT = `mutation ($input: AdoptActionItemInput!) { result: adoptActionItem(input: $input) {
  actionItem { id text dueOn owner { id } author { id } oneToOne { id } } } }`;
const GRANT = `mutation ($input: GrantMandateInput!) { result: grantMandate(input: $input) { mandate { id text } } }`;
const CHANGE = `mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }`;
const CREATE = `mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }`;
const UPDATE = `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { person { id } } }`;
const IMPORT = `mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { managersChanged errors { message } } } }`;
const END = `mutation ($input: EndEmploymentInput!) { endEmployment(input: $input) { person { id } } }`;
const READ_GOAL = `query ($id: ID!) { personalGoal(id: $id) { title } }`;

async function handovers(who: Actor): Promise<readonly HandoverNode[]> {
  return (await who.get<{ viewer: { handovers: HandoverNode[] } }>(LIST)).viewer.handovers;
}
async function node(who: Actor, id: string): Promise<HandoverNode | null> {
  return (await who.get<{ node: HandoverNode | null }>(NODE, { id })).node;
}
async function complete(who: Actor, input: object): Promise<HandoverNode> {
  return (await who.get<{ result: { handover: HandoverNode } }>(COMPLETE, { input })).result.handover;
}
const refused = (who: Actor, query: string, input: object) => who.refusal(query, { input });

interface Story {
  readonly ana: Actor;
  readonly lee: Actor;
  readonly admin: Actor;
  readonly goalId: string;
  readonly mandateId: string;
  readonly promiseIds: readonly string[];
}
/** Ana reports to Lee, has shared a goal with him, has a mandate from him, and both have promised something. */
async function story(): Promise<Story> {
  const [ana, lee, admin] = [
    await actors.join(organization, { name: 'Ana' }),
    await actors.join(organization, { name: 'Lee' }),
    await actors.join(organization, { name: 'Admin' }),
  ];
  await world.role(admin, 'PEOPLE_ADMIN');
  const line = await world.line(ana, lee);
  const goal = await world.goal(ana);
  await world.share(goal, lee, { waits: false });
  const talk = await world.conversation(await world.oneToOne(ana, lee, { lineId: line.id }));
  const promises = [await world.actionItem(talk, lee), await world.actionItem(talk, ana)];
  const mandate = await world.mandate(lee, ana, { text: 'Refund up to 200 euros' });
  return {
    ana,
    lee,
    admin,
    goalId: goal.id,
    mandateId: mandate.id,
    promiseIds: promises.map(({ id }) => id),
  };
}
async function moved(before: Story, to: Actor): Promise<HandoverNode> {
  await before.admin.get(CHANGE, { input: { id: before.ana.id, managerId: to.id } });
  const [handover] = await handovers(before.ana);
  if (handover === undefined) throw new Error('no handover');
  return handover;
}

describe('a handover', () => {
  it('passes on what the person chooses, and nothing by itself', async () => {
    const before = await story();
    const { ana, lee, goalId, mandateId, promiseIds } = before;
    const [mia, colleague] = [await actors.join(organization), await actors.join(organization)];
    expect(await handovers(ana)).toEqual([]);
    const handover = await moved(before, mia);
    expect(handover).toMatchObject({
      from: { id: lee.id },
      to: { id: mia.id },
      openedOn: day(0),
      completedAt: null,
      formerShares: [{ goal: { id: goalId } }],
      openActionItems: promiseIds.map((id) => ({ id })),
      formerMandates: [{ id: mandateId }],
      offered: [],
      offeredMandates: [],
    });
    for (const who of [lee, mia, before.admin, colleague]) {
      expect(await handovers(who)).toEqual([]);
      expect(await node(who, handover.id)).toBeNull();
      expect(await refused(who, COMPLETE, { id: handover.id, toId: mia.id })).toBe('NOT_FOUND');
    }

    const done = await complete(ana, {
      id: handover.id,
      toId: mia.id,
      shares: [{ goalId, withoutWaiting: true }],
      mandateIds: [mandateId],
      promises: [{ text: 'A desk by the window', dueOn: day(3) }],
    });
    expect(done).toMatchObject({
      offered: [{ text: 'A desk by the window', dueOn: day(3), adopted: null }],
      offeredMandates: [{ text: 'Refund up to 200 euros', lastDay: null, granted: null }],
    });
    expect(done.completedAt).not.toBeNull();
    expect(await refused(ana, COMPLETE, { id: handover.id, toId: mia.id })).toBe('CONFLICT');

    // The new manager sees what is offered, and nothing of the former one.
    const [seen] = await handovers(mia);
    expect(seen).toMatchObject({
      id: handover.id,
      formerShares: [],
      openActionItems: [],
      formerMandates: [],
      offered: done.offered,
      offeredMandates: done.offeredMandates,
    });
    expect(
      (await mia.get<{ personalGoal: object | null }>(READ_GOAL, { id: goalId })).personalGoal,
    ).not.toBeNull();
    expect(
      (await lee.get<{ personalGoal: object | null }>(READ_GOAL, { id: goalId })).personalGoal,
    ).toBeNull();
    for (const who of [lee, before.admin, colleague]) expect(await node(who, handover.id)).toBeNull();

    const offerId = done.offered[0]!.id;
    expect(await refused(mia, ADOPT, { id: offerId })).toBe('CONFLICT');
    const pair = await world.oneToOne(ana, mia);
    for (const who of [lee, before.admin, colleague])
      expect(await refused(who, ADOPT, { id: offerId })).toBe('NOT_FOUND');
    expect(await refused(ana, ADOPT, { id: offerId })).toBe('NOT_PERMITTED');
    const { result } = await mia.get<{ result: { actionItem: { id: string } } }>(ADOPT, {
      input: { id: offerId },
    });
    expect(result.actionItem).toMatchObject({
      text: 'A desk by the window',
      dueOn: day(3),
      owner: { id: mia.id },
      author: { id: mia.id },
      oneToOne: { id: pair.id },
    });
    expect(await refused(mia, ADOPT, { id: offerId })).toBe('CONFLICT');
    const offered = {
      oneToOneId: pair.id,
      text: 'Refund up to 100 euros',
      offeredMandateId: done.offeredMandates[0]!.id,
    };
    const granted = await mia.get<{ result: { mandate: { id: string } } }>(GRANT, { input: offered });
    expect(await refused(mia, GRANT, offered)).toBe('CONFLICT');
    expect(await node(ana, handover.id)).toMatchObject({
      offered: [{ adopted: { id: result.actionItem.id } }],
      offeredMandates: [{ granted: { id: granted.result.mandate.id } }],
      openActionItems: promiseIds.map((id) => ({ id })),
    });
  });

  it('is open in every way in which a manager changes, and only if there is something to pass on', async () => {
    const mia = await actors.join(organization);
    const ways: Record<string, (before: Story) => Promise<unknown>> = {
      'a change to somebody': ({ admin, ana }) =>
        admin.get(CHANGE, { input: { id: ana.id, managerId: mia.id } }),
      'a change to nobody': ({ admin, ana }) => admin.get(CHANGE, { input: { id: ana.id, managerId: null } }),
      'a change to a person who was just created': async ({ admin, ana }) => {
        const { createPerson } = await admin.get<{ createPerson: { person: { id: string } } }>(CREATE, {
          input: { name: 'New manager', managerId: mia.id },
        });
        await admin.get(CHANGE, { input: { id: ana.id, managerId: createPerson.person.id } });
      },
      'an import of people': async ({ admin, ana, lee }) => {
        const ids = new Map([ana, lee, mia].map(({ id }) => [id, `x-${id}`]));
        for (const [id, externalId] of ids)
          await app.database.query('update person set external_id = $2 where id = $1', [id, externalId]);
        const row = {
          ...Object.fromEntries(PEOPLE_COLUMNS.map((column) => [column, ''])),
          external_id: ids.get(ana.id),
          email: ana.email,
          name: ana.name,
          manager_external_id: ids.get(mia.id),
        } as PeopleCsvRow;
        const { importPeople } = await admin.get<{
          importPeople: { importReport: { managersChanged: number; errors: object[] } };
        }>(IMPORT, { input: { csv: peopleCsv([row]), dryRun: false } });
        expect(importPeople.importReport).toEqual({ managersChanged: 1, errors: [] });
      },
      'the manager left': async ({ lee }) => world.leaves(lee, day(-1)),
      'an administrator recorded that the manager left': ({ admin, lee }) =>
        admin.get(END, { input: { id: lee.id, leftOn: day(-1) } }),
      'a line that had been planned began': async ({ ana, lee }) => {
        await app.database.query(
          'update reporting_line set closed_on = $3 where report_id = $1 and manager_id = $2',
          [ana.id, lee.id, day(0)],
        );
        await world.line(ana, mia, { from: day(0) });
      },
    };
    for (const [way, change] of Object.entries(ways)) {
      const before = await story();
      await change(before);
      expect([way, (await handovers(before.ana)).map(({ from }) => from.id)]).toEqual([way, [before.lee.id]]);
    }
    // Other changes of the person and of the directory open none.
    const unchanged = await story();
    await unchanged.admin.get(UPDATE, { input: { id: unchanged.ana.id, title: 'Frame builder' } });
    await unchanged.admin.get(CREATE, { input: { name: 'Colleague', managerId: unchanged.lee.id } });
    await unchanged.admin.get(CHANGE, { input: { id: unchanged.ana.id, managerId: unchanged.lee.id } });
    expect(await handovers(unchanged.ana)).toEqual([]);
    const nothing = await actors.join(organization);
    const line = await world.line(nothing, mia);
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect(await handovers(nothing)).toEqual([]);
  });

  it('disappears when the leaving of the manager is taken back', async () => {
    const before = await story();
    await world.leaves(before.lee, day(-1));
    expect(await handovers(before.ana)).toHaveLength(1);
    await before.admin.get(END, { input: { id: before.lee.id, leftOn: null } });
    expect(await handovers(before.ana)).toEqual([]);
  });

  it('waits for a new manager, goes to the present one, and lapses after 90 days', async () => {
    const before = await story();
    const { ana, admin, lee } = before;
    const [mia, noa] = [await actors.join(organization), await actors.join(organization)];
    await admin.get(CHANGE, { input: { id: ana.id, managerId: null } });
    const [waiting] = await handovers(ana);
    expect(waiting).toMatchObject({ to: null });
    expect(await refused(ana, COMPLETE, { id: waiting!.id, toId: mia.id })).toBe('CONFLICT');
    await admin.get(CHANGE, { input: { id: ana.id, managerId: noa.id } });
    expect(await refused(ana, COMPLETE, { id: waiting!.id, toId: mia.id })).toBe('CONFLICT');
    expect(await node(ana, waiting!.id)).toMatchObject({ to: { id: noa.id }, from: { id: lee.id } });
    await app.database.query(`update reporting_line set starts_on = $2, closed_on = $3 where id = $1`, [
      waiting!.id,
      day(-200),
      day(-91),
    ]);
    expect(await handovers(ana)).toEqual([]);
  });

  it('reports every fault at once and passes on nothing then', async () => {
    const before = await story();
    const mia = await actors.join(organization);
    const handover = await moved(before, mia);
    const { errors } = await before.ana.ask(COMPLETE, {
      input: {
        id: handover.id,
        toId: mia.id,
        shares: [{ goalId: before.goalId }, { goalId: before.goalId }],
        mandateIds: [before.goalId],
        promises: [{ text: 'It', dueOn: day(-1) }],
      },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'input.shares.1.goalId' },
        { path: 'input.mandateIds.0' },
        { path: 'input.promises.0.dueOn' },
      ],
    });
    const theirs = await world.goal(mia);
    expect(
      await refused(before.ana, COMPLETE, { id: handover.id, toId: mia.id, shares: [{ goalId: theirs.id }] }),
    ).toBe('NOT_FOUND');
    expect(await handovers(before.ana)).toMatchObject([{ completedAt: null }]);
    expect(await handovers(mia)).toEqual([]);
  });

  it('shares under the rule that leaders share first, which the new manager does not learn', async () => {
    const before = await story();
    const mia = await actors.join(organization);
    const handover = await moved(before, mia);
    await complete(before.ana, { id: handover.id, toId: mia.id, shares: [{ goalId: before.goalId }] });
    expect(await handovers(mia)).toEqual([]);
    expect(
      (await mia.get<{ personalGoal: object | null }>(READ_GOAL, { id: before.goalId })).personalGoal,
    ).toBeNull();
  });

  it('is completed once by concurrent requests, and its offers end with the new manager', async () => {
    const before = await story();
    const mia = await actors.join(organization);
    const handover = await moved(before, mia);
    const input = { id: handover.id, toId: mia.id, promises: [{ text: 'A desk' }] };
    const answers = await Promise.all([1, 2, 3].map(() => before.ana.ask(COMPLETE, { input })));
    expect(answers.map(({ errors }) => errors[0]?.extensions.code ?? 'DONE').sort()).toEqual([
      'CONFLICT',
      'CONFLICT',
      'DONE',
    ]);
    const [seen] = await handovers(mia);
    expect(seen?.offered).toHaveLength(1);
    await before.admin.get(CHANGE, { input: { id: before.ana.id, managerId: before.lee.id } });
    expect(await handovers(mia)).toEqual([]);
    expect(await refused(mia, ADOPT, { id: seen!.offered[0]!.id })).toBe('NOT_FOUND');
  });
});
