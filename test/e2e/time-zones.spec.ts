import { World, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { HOLD, READ_PAIR, RESCHEDULE, START, signIn, type Signed } from './pairs.js';

/** One list of time zones decides at every entrance, and a stored name that is unknown by now makes nothing fail. */
let app: TestApp;
let world: World;
let organization: TestOrganization;
let admin: Signed;
let ana: Signed;
let lee: Signed;

const REFUSED = 'Choose a time zone from the IANA database, for example Asia/Kolkata.';
const UPDATE_PROFILE = `mutation ($input: UpdateMyProfileInput!) {
  updateMyProfile(input: $input) { person { timeZone } }
}`;
const UPDATE_SETTINGS = `mutation ($input: UpdateSettingsInput!) {
  updateSettings(input: $input) { organization { settings { timeZone } } }
}`;
const ZONES = `query ($id: ID!) { person(id: $id) { timeZone } organization { settings { timeZone } } }`;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization({ timeZone: 'Europe/Lisbon', leadersShareFirst: false });
  admin = await signIn(app, world, await world.person(organization));
  await world.role(admin, 'ORGANIZATION_ADMIN');
  ana = await signIn(app, world, await world.person(organization));
  lee = await signIn(app, world, await world.person(organization));
  await world.line(ana, lee);
});

/** What a client of any kind of these gets as JSON. */
async function ask(who: Signed, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  return who.ask(query, variables);
}

describe('a time zone', () => {
  const bad = ['US/Pacific-New', 'ECT', 'MIT', 'IST', 'EST', 'CET', '+02:00', 'Europe/Atlantis'];

  it.each(bad)('%s is refused at every entrance, with an example', async (timeZone) => {
    const start = { personId: lee.id, recurrence: 'FREQ=WEEKLY', startsAt: hours(5), timeZone };
    const { startOneToOne } = await ana.ask(START, { input: { personId: lee.id } });
    const reschedule = { id: startOneToOne.oneToOne.id, version: 1, timeZone };
    const entrances: [Signed, string, object][] = [
      [ana, UPDATE_PROFILE, { timeZone }],
      [admin, UPDATE_SETTINGS, { timeZone }],
      [ana, START, start],
      [ana, RESCHEDULE, reschedule],
    ];
    for (const [who, mutation, input] of entrances) {
      const { extensions } = await who.refused(mutation, { input });
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.timeZone', message: REFUSED }],
      });
    }
    expect(await ask(ana, ZONES, { id: ana.id })).toEqual({
      person: { timeZone: 'Europe/Lisbon' },
      organization: { settings: { timeZone: 'Europe/Lisbon' } },
    });
  });

  it('is kept in its IANA spelling, an alias as an alias', async () => {
    for (const [given, kept] of [
      ['europe/BERLIN', 'Europe/Berlin'],
      ['Europe/Kiev', 'Europe/Kiev'],
      ['asia/calcutta', 'Asia/Calcutta'],
    ]) {
      expect(await ask(ana, UPDATE_PROFILE, { input: { timeZone: given } })).toEqual({
        updateMyProfile: { person: { timeZone: kept } },
      });
      expect(await ask(admin, UPDATE_SETTINGS, { input: { timeZone: given } })).toEqual({
        updateSettings: { organization: { settings: { timeZone: kept } } },
      });
    }
  });
});

describe('a stored time zone that is unknown by now', () => {
  const GOAL = `query ($id: ID!) { personalGoal(id: $id) { title } }`;
  const CREATE = `mutation ($input: CreatePersonalGoalInput!) {
    createPersonalGoal(input: $input) { personalGoal { id } }
  }`;
  const SHARE = `mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }`;
  const PROMISE = `mutation ($input: AddActionItemInput!) { addActionItem(input: $input) { actionItem { dueOn } } }`;
  const ITEMS = `query ($id: ID!) { oneToOne(id: $id) { timeZone actionItems(owner: VIEWER, standing: [OPEN]) { nodes { dueOn } } } }`;

  async function isUsed(zoneOfAna: string): Promise<void> {
    const { createPersonalGoal } = (await ask(ana, CREATE, {
      input: { title: 'Learn the cello' },
    })) as { createPersonalGoal: { personalGoal: { id: string } } };
    const { id: goalId } = createPersonalGoal.personalGoal;
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zoneOfAna }).format(new Date());
    await ask(ana, SHARE, { input: { goalId, personId: lee.id, expiresOn: today } });
    expect(await ask(lee, GOAL, { id: goalId })).toEqual({ personalGoal: { title: 'Learn the cello' } });
    expect(await ask(lee, ZONES, { id: ana.id })).toMatchObject({ person: { timeZone: zoneOfAna } });
    const { startOneToOne } = await ana.ask(START, { input: { personId: lee.id } });
    const { id } = startOneToOne.oneToOne;
    await ask(ana, PROMISE, {
      input: { target: { oneToOneId: id }, ownerId: ana.id, text: 'Call', dueOn: today },
    });
    expect(await ask(ana, ITEMS, { id })).toMatchObject({
      oneToOne: {
        timeZone: zoneOfAna,
        actionItems: { nodes: [{ dueOn: today }] },
      },
    });
  }

  it('gives way to the organization’s where it is a person’s', async () => {
    await world.insert('person_time_zone', {
      person_id: ana.id,
      organization_id: organization.id,
      time_zone: 'US/Pacific-New',
    });
    await isUsed('Europe/Lisbon');
  });

  it('gives way to UTC where it is the organization’s', async () => {
    await app.database.query(`update organization set time_zone = 'Mars/Olympus' where id = $1`, [
      organization.id,
    ]);
    await isUsed('UTC');
    expect(await ask(lee, ZONES, { id: lee.id })).toMatchObject({
      organization: { settings: { timeZone: 'UTC' } },
    });
  });

  it('gives way to the organization’s where it is a one-to-one’s', async () => {
    const { startOneToOne } = await ana.ask(START, {
      input: { personId: lee.id, recurrence: 'FREQ=WEEKLY', startsAt: hours(5), timeZone: 'Asia/Tokyo' },
    });
    const pair = startOneToOne.oneToOne;
    await app.database.query(`update one_to_one set time_zone = 'ECT' where id = $1`, [pair.id]);
    await lee.ask(HOLD, { input: { target: { conversationId: pair.next?.id } } });
    expect((await lee.ask(READ_PAIR, { id: pair.id })).oneToOne).toMatchObject({
      timeZone: 'Europe/Lisbon',
      next: { status: 'PLANNED' },
    });
    const { result } = await ana.ask(RESCHEDULE, {
      input: { id: pair.id, version: 1, recurrence: 'FREQ=DAILY' },
    });
    expect(result.oneToOne).toMatchObject({ timeZone: 'Europe/Lisbon', recurrence: 'FREQ=DAILY' });
  });
});
