import { World, day as dayIn, type TestGoal, type TestOrganization } from '../factories/world.js';
import { peopleCsv, type PeopleCsvRow } from '../factories/people-csv.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

/**
 * What somebody's leaving does to reporting lines, shares and business goals, and that a leaving which is corrected leaves behind what
 * was there before it.
 */
const ZONE = 'America/Havana';
const day = (offset: number): string => dayIn(offset, ZONE);

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let admin: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization({ timeZone: ZONE });
  admin = await cast.join(organization, { name: 'Pat Admin' });
  await world.role(admin, 'PEOPLE_ADMIN');
});

const END = `mutation ($id: ID!, $leftOn: Date) {
  endEmployment(input: { id: $id, leftOn: $leftOn }) { person { id } } }`;
const LINE = `mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }`;
const READ = 'query ($id: ID!) { personalGoal(id: $id) { title } }';
const SHARES = 'query ($id: ID!) { personalGoal(id: $id) { ownerView { shares { nodes { state } } } } }';
const MANAGER = `query ($id: ID!) { person(id: $id) {
  manager { id } reportingLines { startsOn lastDay manager { id } } } }`;
const IMPORT = `mutation ($csv: String!) {
  importPeople(input: { csv: $csv, dryRun: false }) { importReport { errorCount ended restored } } }`;

const end = (person: { id: string }, leftOn: string | null) => admin.get(END, { id: person.id, leftOn });
const changeLine = (input: Record<string, unknown>) => admin.get(LINE, { input });

async function reads(reader: Actor, goal: TestGoal): Promise<boolean> {
  return (await reader.get<{ personalGoal: unknown }>(READ, { id: goal.id })).personalGoal !== null;
}

async function states(owner: Actor, goal: TestGoal): Promise<string[]> {
  const { personalGoal } = await owner.get<{
    personalGoal: { ownerView: { shares: { nodes: { state: string }[] } } };
  }>(SHARES, {
    id: goal.id,
  });
  return personalGoal.ownerView.shares.nodes.map(({ state }) => state);
}

interface Lines {
  manager: { id: string } | null;
  reportingLines: { startsOn: string; lastDay: string | null; manager: { id: string } }[];
}
async function linesOf(person: { id: string }): Promise<Lines> {
  return (await admin.get<{ person: Lines }>(MANAGER, { id: person.id })).person;
}

interface Two {
  readonly manager: Actor;
  readonly report: Actor;
  readonly lineId: string;
  /** Shared by the report with the manager, and the other way. */
  readonly upward: TestGoal;
  readonly downward: TestGoal;
}

/** A report and their manager, who let each other read a goal. */
async function two(): Promise<Two> {
  const [manager, report] = [await cast.join(organization), await cast.join(organization)];
  const { id } = await world.line(report, manager);
  const [upward, downward] = [await world.goal(report), await world.goal(manager)];
  await world.share(downward, report);
  await world.share(upward, manager);
  return { manager, report, lineId: id, upward, downward };
}

/** Moves the last day of a person, and the day on which it was recorded, this many days into the past. */
async function leftLongAgo(person: Actor, days: number): Promise<void> {
  await world.leaves(person, day(-days));
}

describe('a leaving that is taken back', () => {
  it.each(['report', 'manager'] as const)(
    'keeps a reporting line closed that was ended by hand when the last day of the %s is removed',
    async (who) => {
      const pair = await two();
      await changeLine({ id: pair.report.id, managerId: null });
      expect(await reads(pair.manager, pair.upward)).toBe(false);
      const before = await linesOf(pair.report);
      expect(before).toMatchObject({ manager: null, reportingLines: [{ lastDay: day(-1) }] });
      await end(pair[who], day(-3));
      expect(await linesOf(pair.report)).toMatchObject({ reportingLines: [{ lastDay: day(-3) }] });
      await end(pair[who], null);
      expect(await linesOf(pair.report)).toEqual(before);
      expect(await reads(pair.manager, pair.upward)).toBe(false);
      expect(await states(pair.report, pair.upward)).toEqual(['ENDED']);
      // This one rested on no line.
      expect(await states(pair.manager, pair.downward)).toEqual(['ACTIVE']);
    },
  );

  it('keeps the planned end of a reporting line when a last day is removed', async () => {
    const { report, manager } = await two();
    await changeLine({ id: report.id, managerId: null, startsOn: day(9) });
    await end(manager, day(4));
    expect((await linesOf(report)).reportingLines).toMatchObject([{ lastDay: day(4) }]);
    await end(manager, null);
    expect((await linesOf(report)).reportingLines).toMatchObject([{ lastDay: day(8) }]);
  });

  it('does not restore a reporting line that was ended meanwhile', async () => {
    const { report, manager } = await two();
    await end(manager, day(-2));
    await changeLine({ id: report.id, managerId: null });
    await end(manager, null);
    expect((await linesOf(report)).manager).toBeNull();
  });

  it('does not restore a reporting line that has a successor', async () => {
    const { report, manager, upward } = await two();
    const next = await cast.join(organization);
    await end(manager, day(-2));
    await changeLine({ id: report.id, managerId: next.id });
    await end(manager, null);
    expect((await linesOf(report)).manager).toEqual({ id: next.id });
    expect(await reads(manager, upward)).toBe(false);
    expect(await states(report, upward)).toEqual(['ENDED']);
  });

  it('refuses to remove a last day if the restored reporting lines form a cycle with later ones', async () => {
    const { report, manager } = await two();
    const above = await cast.join(organization);
    await world.line(manager, above);
    await end(manager, day(-2));
    await changeLine({ id: above.id, managerId: report.id });
    const { errors } = await admin.ask(END, { id: manager.id, leftOn: null });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.leftOn' }],
    });
    expect((await linesOf(report)).manager).toBeNull();
  });
});

describe('shares', () => {
  it.each(['report', 'manager'] as const)(
    'suspends shares in both directions while the %s has left, and resumes them on return',
    async (who) => {
      const pair = await two();
      const { report, manager, upward, downward } = pair;
      const waiting = await world.goal(report);
      const other = await cast.join(organization);
      await world.line(other, report);
      await world.share(waiting, manager, { waits: false });
      expect([await reads(manager, upward), await reads(report, downward)]).toEqual([true, true]);
      await end(pair[who], day(-1));
      const stays = who === 'report' ? manager : report;
      expect(await reads(stays, who === 'report' ? upward : downward)).toBe(false);
      expect(await states(stays, who === 'report' ? downward : upward)).toEqual(['ENDED']);
      await end(pair[who], null);
      expect([await reads(manager, upward), await reads(report, downward)]).toEqual([true, true]);
      expect(await states(report, upward)).toEqual(['ACTIVE']);
    },
  );

  it('keeps a pending share pending after a return', async () => {
    const [manager, report] = [await cast.join(organization), await cast.join(organization)];
    await world.line(report, manager);
    const goal = await world.goal(report);
    await world.share(goal, manager);
    await end(manager, day(-1));
    expect(await states(report, goal)).toEqual(['ENDED']);
    await end(manager, null);
    expect(await states(report, goal)).toEqual(['PENDING']);
    expect(await reads(manager, goal)).toBe(false);
  });

  it('activates a pending share on return if the leader has shared meanwhile', async () => {
    const [manager, report] = [await cast.join(organization), await cast.join(organization)];
    await world.line(report, manager);
    const goal = await world.goal(report);
    await world.share(goal, manager);
    await end(report, day(-1));
    const wide = await world.goal(manager);
    await app.database.query(`update personal_goal set visibility = 'ORGANIZATION' where id = $1`, [wide.id]);
    await end(report, null);
    expect(await states(report, goal)).toEqual(['ACTIVE']);
  });

  it('keeps shares ended that were ended while the person was away', async () => {
    const { manager, report, upward } = await two();
    await end(manager, day(-1));
    const { personalGoal } = await report.get<{
      personalGoal: { ownerView: { shares: { nodes: { id: string }[] } } };
    }>('query ($id: ID!) { personalGoal(id: $id) { ownerView { shares { nodes { id } } } } }', {
      id: upward.id,
    });
    await report.get('mutation ($id: ID!) { endShare(input: { id: $id }) { personalGoalShare { id } } }', {
      id: personalGoal.ownerView.shares.nodes[0]?.id,
    });
    await end(manager, null);
    expect(await reads(manager, upward)).toBe(false);
  });

  it.each([
    ['taken back', null],
    ['moved to a day to come', 5],
    ['moved to yesterday', -1],
  ] as const)('ends shares for good after ninety days, also when the leaving is %s', async (_, offset) => {
    const { manager, report, upward, downward } = await two();
    await leftLongAgo(manager, 91);
    await end(manager, offset === null ? null : day(offset));
    await end(manager, null);
    expect([await reads(manager, upward), await reads(report, downward)]).toEqual([false, false]);
    expect(await states(report, upward)).toEqual(['ENDED']);
    expect(await states(manager, downward)).toEqual(['ENDED']);
  });

  it('resumes shares on the ninetieth day', async () => {
    const { manager, report, upward, downward } = await two();
    await leftLongAgo(manager, 90);
    await end(manager, null);
    expect([await reads(manager, upward), await reads(report, downward)]).toEqual([true, true]);
  });

  it('does not revive shares by an import after ninety days', async () => {
    const { manager, report, upward } = await two();
    const rows = [manager, report, admin].map((person, index) => csvRow(person, `E${String(index)}`));
    await leftLongAgo(manager, 91);
    const { importPeople } = await admin.get<{
      importPeople: { importReport: { errorCount: number; restored: number } };
    }>(IMPORT, { csv: peopleCsv(rows) });
    expect(importPeople.importReport).toMatchObject({ errorCount: 0, restored: 1 });
    expect(await reads(manager, upward)).toBe(false);
    expect(await states(report, upward)).toEqual(['ENDED']);
  });

  it('does not revive shares that ended with a reporting line when the line is reopened', async () => {
    const { manager, report, upward, lineId } = await two();
    const close = (on: string | null) =>
      app.database.query('update reporting_line set closed_on = $2 where id = $1', [lineId, on]);
    await close(day(0));
    expect(await reads(manager, upward)).toBe(false);
    for (const later of [null, day(7)]) {
      await close(later);
      expect((await linesOf(report)).manager).toEqual({ id: manager.id });
      expect(await reads(manager, upward)).toBe(false);
      expect(await states(report, upward)).toEqual(['ENDED']);
      await close(day(0));
    }
  });
});

function csvRow(person: Actor, externalId: string, values: Partial<PeopleCsvRow> = {}): PeopleCsvRow {
  return {
    external_id: externalId,
    email: person.email,
    name: person.name,
    title: '',
    department: '',
    location: '',
    manager_external_id: '',
    hired_on: '',
    left_on: '',
    ...values,
  };
}

describe('the ninety days', () => {
  const OWN = '{ viewer { person { id } personalGoals: person { personalGoals { nodes { title } } } } }';
  const works = async (actor: Actor): Promise<boolean> => (await actor.ask(OWN)).errors.length === 0;

  const until = async ({ id }: Actor): Promise<string | undefined> => {
    const { rows } = await app.database.query<{ until: string }>(
      `select (access_until at time zone $2)::date::text as until from employment_end where person_id = $1`,
      [id, ZONE],
    );
    return rows[0]?.until;
  };

  it('counts the ninety days from the day on which an earlier last day was recorded', async () => {
    const leaver = await cast.join(organization);
    await world.goal(leaver, { title: 'Mine' });
    await end(leaver, day(-91));
    expect(await works(leaver)).toBe(true);
    // Nor do corrections shorten them.
    await end(leaver, day(-400));
    expect(await works(leaver)).toBe(true);
    await end(leaver, null);
    await end(leaver, day(-91));
    expect(await works(leaver)).toBe(true);
    expect(await until(leaver)).toBe(day(91));
  });

  it('does not shorten the ninety days by an import that moves or removes the last day', async () => {
    const leaver = await cast.join(organization);
    await world.leaves(leaver, day(-30));
    expect(await until(leaver)).toBe(day(61));
    for (const left_on of [day(-30), day(-200), day(-300), '', day(-300)]) {
      const rows = [csvRow(admin, 'A'), csvRow(leaver, 'L', { left_on })];
      const { importPeople } = await admin.get<{ importPeople: { importReport: { errorCount: number } } }>(
        IMPORT,
        { csv: peopleCsv(rows) },
      );
      expect(importPeople.importReport.errorCount).toBe(0);
      expect(await until(leaver)).toBe(left_on === day(-30) ? day(61) : left_on === '' ? undefined : day(91));
      expect(await works(leaver)).toBe(true);
    }
  });

  it('does not shorten the ninety days by a correction, even if it is recorded on an earlier day than the last day was', async () => {
    const leaver = await cast.join(organization);
    await end(leaver, day(-1));
    // As written in a time zone where it was a day later, or by a clock that was a day ahead.
    await app.database.query(
      `update employment_end set access_until = access_until + interval '1 day' where person_id = $1`,
      [leaver.id],
    );
    await end(leaver, day(-2));
    expect(await until(leaver)).toBe(day(92));
    // Who has not left yet leaves when the new last day says.
    await end(leaver, day(20));
    await end(leaver, day(10));
    expect(await until(leaver)).toBe(day(101));
  });

  it('ends access on the ninetieth day after a last day that was recorded in advance', async () => {
    const [in90, in91] = [await cast.join(organization), await cast.join(organization)];
    await world.leaves(in90, day(-90));
    await world.leaves(in91, day(-91));
    expect([await works(in90), await works(in91)]).toEqual([true, false]);
  });

  it('keeps the ninety days of access when the account is disabled before or after the last day', async () => {
    const disable = (person: Actor, disabled = true) =>
      admin.get(
        `mutation ($id: ID!, $disabled: Boolean!) { setAccountDisabled(input: { id: $id, disabled: $disabled }) { person { id } } }`,
        { id: person.id, disabled },
      );
    const leaver = await cast.join(organization);
    await end(leaver, day(-1));
    await disable(leaver);
    expect(await works(leaver)).toBe(true);
    // It takes effect if they return.
    await end(leaver, null);
    expect(await works(leaver)).toBe(false);
    await end(leaver, day(-1));
    expect(await works(leaver)).toBe(true);

    const disabled = await cast.join(organization);
    await disable(disabled);
    expect(await works(disabled)).toBe(false);
    await end(disabled, day(-1));
    expect(await works(await cast.signIn(disabled))).toBe(true);
    await app.database.query('delete from employment_end where person_id = $1', [disabled.id]);
    await world.leaves(disabled, day(-91));
    expect(await works(await cast.signIn(disabled))).toBe(false);
  });
});

describe('business goals of somebody who leaves', () => {
  const ownerOf = async ({ id }: { id: string }): Promise<unknown> =>
    (await world.find('business_goal', id)).owner_id;

  it('transfers a leaver’s business goals, including drafts, to the PRIMARY manager of the last day', async () => {
    const [leaver, manager, dotted] = [
      await cast.join(organization),
      await cast.join(organization),
      await cast.join(organization),
    ];
    await world.line(leaver, manager);
    await world.line(leaver, dotted, { kind: 'DOTTED' });
    const cycle = await world.cycle(organization);
    const goal = await world.businessGoal(leaver, cycle);
    const draft = await world.businessGoal(leaver, cycle, { state: 'DRAFT' });
    await end(leaver, day(-1));
    expect([await ownerOf(goal), await ownerOf(draft)]).toEqual([manager.id, manager.id]);
    expect(
      await manager.get('query ($id: ID!) { node(id: $id) { ... on BusinessGoal { state } } }', {
        id: draft.id,
      }),
    ).toEqual({ node: { state: 'DRAFT' } });
  });

  it.each([
    ['closed on the last day: somebody else was manager then', 0, 'next'],
    ['closed on the day after', 1, 'former'],
  ] as const)(
    'transfers a leaver’s business goals where the reporting line was %s',
    async (_, offset, heir) => {
      const leaver = await cast.join(organization);
      const people = { former: await cast.join(organization), next: await cast.join(organization) };
      const last = -5;
      await world.line(leaver, people.former, { until: day(last + offset) });
      await world.line(leaver, people.next, { from: day(last + offset) });
      const goal = await world.businessGoal(leaver, await world.cycle(organization));
      await end(leaver, day(last));
      expect(await ownerOf(goal)).toBe(people[heir].id);
    },
  );

  it.each([
    [0, false],
    [1, true],
  ] as const)(
    'transfers a leaver’s business goals where the reporting line was closed %i days after the last day without a successor',
    async (offset, goes) => {
      const [leaver, former] = [await cast.join(organization), await cast.join(organization)];
      await world.line(leaver, former, { until: day(-5 + offset) });
      const goal = await world.businessGoal(leaver, await world.cycle(organization));
      await end(leaver, day(-5));
      expect(await ownerOf(goal)).toBe(goes ? former.id : leaver.id);
    },
  );

  it.each([
    ['left on the same day', -5, 'above'],
    ['left yesterday', -1, 'above'],
    ['has their last day today', 0, 'manager'],
  ] as const)('transfers a leaver’s business goals where the manager %s', async (_, managersLast, heir) => {
    const leaver = await cast.join(organization);
    const people = { manager: await cast.join(organization), above: await cast.join(organization) };
    await world.line(leaver, people.manager);
    await world.line(people.manager, people.above);
    await end(people.manager, day(managersLast));
    const goal = await world.businessGoal(leaver, await world.cycle(organization));
    await end(leaver, day(-5));
    expect(await ownerOf(goal)).toBe(people[heir].id);
  });

  it('keeps business goals with their owner on the last day, and transfers them on the next', async () => {
    const [leaver, manager] = [await cast.join(organization), await cast.join(organization)];
    await world.line(leaver, manager);
    const goal = await world.businessGoal(leaver, await world.cycle(organization));
    await end(leaver, day(0));
    expect(await ownerOf(goal)).toBe(leaver.id);
    await end(leaver, day(-1));
    expect(await ownerOf(goal)).toBe(manager.id);
  });

  it('returns business goals when a last day is removed, unless somebody has changed them since', async () => {
    const [leaver, manager] = [await cast.join(organization), await cast.join(organization)];
    await world.line(leaver, manager);
    const cycle = await world.cycle(organization);
    const [untouched, edited, given] = [
      await world.businessGoal(leaver, cycle),
      await world.businessGoal(leaver, cycle),
      await world.businessGoal(leaver, cycle, { state: 'DRAFT' }),
    ];
    const own = await world.businessGoal(manager, cycle);
    await end(leaver, day(-3));
    await manager.get(
      `mutation ($input: UpdateBusinessGoalInput!) { updateBusinessGoal(input: $input) { __typename } }`,
      { input: { id: edited.id, version: 2, title: 'In other words' } },
    );
    await end(leaver, null);
    const owners: unknown[] = [];
    for (const goal of [untouched, edited, given, own]) owners.push(await ownerOf(goal));
    expect(owners).toEqual([leaver.id, manager.id, leaver.id, manager.id]);
    // And go again when they leave again.
    await end(leaver, day(-2));
    expect(await ownerOf(untouched)).toBe(manager.id);
  });
});
