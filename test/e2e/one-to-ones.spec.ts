import { World, day as dayIn, hours, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startOfDay } from '../policies/rows.js';
import { startApp, type TestApp } from './app.js';
import {
  ACCEPT,
  DECLINE,
  END,
  PAIR,
  READ_CONVERSATION,
  READ_PAIR,
  RESCHEDULE,
  SCHEDULE,
  START,
  asking,
  signIn,
  type Data,
  type Signed,
} from './pairs.js';

const day = (offset: number): string => dayIn(offset, 'Europe/Berlin');

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ timeZone: 'Europe/Berlin' });
  // The outbox forgets what was sent, so what is put in is kept aside.
  await app.database.query(`
    create table seen_mail (recipient text, kind text);
    create function see_mail() returns trigger language plpgsql security definer set search_path = public as $$
      begin insert into seen_mail values (new.recipient, new.kind); return null; end $$;
    create trigger see_mail after insert on outbox_mail for each row execute function see_mail();`);
});
afterAll(() => app.close());

async function somebody(name?: string): Promise<Signed> {
  return signIn(app, world, await world.person(organization, name === undefined ? {} : { name }));
}

/** Two with an open line between them. */
async function lined(
  kind: 'PRIMARY' | 'DOTTED' = 'PRIMARY',
): Promise<{ ana: Signed; lee: Signed; lineId: string }> {
  const ana = await somebody('Ana');
  const lee = await somebody('Lee');
  const { id } = await world.line(ana, lee, { kind });
  return { ana, lee, lineId: id };
}

async function start(
  who: Signed,
  other: TestPerson,
  input: Record<string, unknown> = {},
): Promise<Data['startOneToOne']> {
  const { startOneToOne } = await who.ask(START, { input: { personId: other.id, ...input } });
  return startOneToOne;
}

const WITH_ME = `query ($id: ID!) { person(id: $id) { oneToOne { ...Pair } } } ${PAIR}`;
const MINE = `{ viewer { oneToOnes { nodes { id state } pageInfo { endCursor } } nextConversations { nodes { id scheduledAt oneToOne { id } } } } }`;

async function mailsTo(address: string): Promise<{ kind: string }[]> {
  const { rows } = await app.database.query<{ kind: string }>(
    'select kind from seen_mail where recipient = $1',
    [address],
  );
  return rows;
}

describe('starting a one-to-one', () => {
  it.each([
    ['report', 'PRIMARY'],
    ['manager', 'PRIMARY'],
    ['report', 'DOTTED'],
    ['manager', 'DOTTED'],
  ] as const)('the %s in an open %s line opens it at once', async (starter, kind) => {
    const { ana, lee } = await lined(kind);
    const [who, other] = starter === 'report' ? [ana, lee] : [lee, ana];
    const result = await start(who, other);
    expect(result).toMatchObject({
      __typename: 'OneToOnePayload',
      oneToOne: {
        state: 'OPEN',
        recurrence: null,
        startsAt: null,
        timeZone: 'Europe/Berlin',
        durationMinutes: 30,
        endedAt: null,
        version: 1,
        next: null,
        lastHeldAt: null,
        counterpart: { id: other.id },
        startedBy: { id: who.id },
        conversations: { nodes: [] },
      },
    });
    expect(result.oneToOne.participants.map(({ id }) => id).sort()).toEqual([ana.id, lee.id].sort());
    expect((await other.ask(READ_PAIR, { id: result.oneToOne.id })).oneToOne.counterpart.id).toBe(who.id);
    expect(await mailsTo(other.email)).toEqual([]);
  });

  it.each([
    ['that has closed', { from: day(-100), until: day(0) }],
    ['that is still to come', { from: day(3) }],
  ])('with a reporting line %s sends an invitation', async (_, line) => {
    const [ana, lee] = [await somebody(), await somebody()];
    await world.line(ana, lee, line);
    expect((await start(ana, lee)).oneToOne.state).toBe('INVITED');
  });

  it('without a reporting line invites the other person, who accepts', async () => {
    const [ana, bo] = [await somebody('Ana Peer'), await somebody()];
    const { oneToOne } = await start(ana, bo);
    expect(oneToOne.state).toBe('INVITED');
    expect((await bo.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toMatchObject({
      state: 'INVITED',
      startedBy: { id: ana.id },
    });
    const { result } = await bo.ask(ACCEPT, { input: { id: oneToOne.id } });
    expect(result.oneToOne).toMatchObject({ state: 'OPEN', version: 2, counterpart: { id: ana.id } });
    expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('OPEN');
  });

  it('sends the invitation to the other person’s sign-in address', async () => {
    const ana = await somebody('Ana Mailing');
    const bo = await world.person(organization);
    await world.signIn(bo);
    const signInAddress = `private.${bo.email}`;
    await app.database.query('update account set sign_in_address = $1 where person_id = $2', [
      signInAddress,
      bo.id,
    ]);
    await start(ana, bo);
    expect(await mailsTo(bo.email)).toEqual([]);
    expect(await mailsTo(signInAddress)).toEqual([{ kind: 'ONE_TO_ONE_INVITATION' }]);
    const mail = await app.mailbox.next(signInAddress, 'Ana Mailing would like to have one-to-ones with you');
    expect(mail.links).toEqual(['http://localhost:4000/one-to-ones']);
    // Asking again sends nothing.
    await start(ana, bo);
    expect(await mailsTo(signInAddress)).toHaveLength(1);
  });

  it('lets only the invited person answer', async () => {
    const [ana, bo] = [await somebody(), await somebody()];
    const { oneToOne } = await start(ana, bo);
    expect((await ana.refused(ACCEPT, { input: { id: oneToOne.id } })).extensions.code).toBe('NOT_PERMITTED');
    expect((await ana.refused(DECLINE, { input: { id: oneToOne.id } })).extensions.code).toBe(
      'NOT_PERMITTED',
    );
    await bo.ask(ACCEPT, { input: { id: oneToOne.id } });
    expect((await bo.refused(ACCEPT, { input: { id: oneToOne.id } })).extensions.code).toBe('CONFLICT');
    expect((await bo.refused(DECLINE, { input: { id: oneToOne.id } })).extensions.code).toBe('CONFLICT');
  });

  it('returns the one-to-one that two people already have', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee);
    for (const [who, other] of [
      [ana, lee],
      [lee, ana],
    ] as const) {
      expect(await start(who, other)).toMatchObject({
        __typename: 'OneToOneExists',
        oneToOne: { id: oneToOne.id },
      });
    }
  });

  it('creates one when both people send five requests at the same moment', async () => {
    const { ana, lee } = await lined();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? start(ana, lee) : start(lee, ana))),
    );
    expect(new Set(results.map(({ oneToOne }) => oneToOne.id)).size).toBe(1);
    expect(results.filter(({ __typename }) => __typename === 'OneToOnePayload')).toHaveLength(1);
  });

  it('opens it when two people invite each other at the same moment', async () => {
    const [ana, bo] = [await somebody(), await somebody()];
    await Promise.all([start(ana, bo), start(bo, ana)]);
    expect((await ana.ask(WITH_ME, { id: bo.id })).person?.oneToOne.state).toBe('OPEN');
  });

  it('is refused with oneself, with nobody, across organizations and with a person who has left', async () => {
    const ana = await somebody();
    const refusal = async (personId: string) =>
      (await ana.refused(START, { input: { personId } })).extensions;
    expect(await refusal(ana.id)).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.personId' }],
    });
    expect(await refusal('nobody')).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.personId' }],
    });
    expect((await refusal('00000000-0000-4000-8000-000000000000')).code).toBe('NOT_FOUND');
    const elsewhere = await world.person(await world.organization());
    expect((await refusal(elsewhere.id)).code).toBe('NOT_FOUND');
    const gone = await world.person(organization);
    await world.leaves(gone, day(-1));
    expect(await refusal(gone.id)).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.personId' }],
    });
    // Their last day is theirs.
    const leaving = await world.person(organization);
    await world.leaves(leaving, day(0));
    expect((await start(ana, leaving)).oneToOne.state).toBe('INVITED');
  });
});

describe('a declined invitation', () => {
  it('disappears for the person who declined it and looks unanswered to its sender', async () => {
    const [ana, bo, cy] = [await somebody(), await somebody(), await somebody()];
    const declined = (await start(ana, bo)).oneToOne;
    const unanswered = (await start(ana, cy)).oneToOne;
    const { declineOneToOne } = await bo.ask(DECLINE, { input: { id: declined.id } });
    expect(declineOneToOne.deletedId).toBe(declined.id);

    // No query returns anything of it to the person who declined.
    expect((await bo.ask(READ_PAIR, { id: declined.id })).oneToOne).toBeNull();
    expect((await bo.ask('query ($id: ID!) { node(id: $id) { id } }', { id: declined.id })).node).toBeNull();
    expect((await bo.ask(WITH_ME, { id: ana.id })).person?.oneToOne).toBeNull();
    expect((await bo.ask(MINE)).viewer.oneToOnes.nodes).toEqual([]);
    expect((await bo.refused(ACCEPT, { input: { id: declined.id } })).extensions.code).toBe('NOT_FOUND');
    expect((await bo.refused(DECLINE, { input: { id: declined.id } })).extensions.code).toBe('NOT_FOUND');

    // For the sender, both look and answer alike.
    const looks = async (id: string, other: TestPerson) => {
      const answers = await Promise.all([
        ana.send(READ_PAIR, { id }),
        ana.send(START, { input: { personId: other.id, recurrence: 'FREQ=WEEKLY', startsAt: hours(48) } }),
        ana.send(ACCEPT, { input: { id } }),
        ana.send(DECLINE, { input: { id } }),
        ana.send(END, { input: { id } }),
        ana.send(RESCHEDULE, { input: { id, version: 1, durationMinutes: 45 } }),
        ana.send(SCHEDULE, { input: { oneToOneId: id, scheduledAt: hours(24) } }),
        ana.send('query ($id: ID!) { node(id: $id) { id } }', { id }),
        ana.send(WITH_ME, { id: other.id }),
      ]);
      return JSON.stringify(answers.map(({ data, errors }) => ({ data, errors })))
        .replaceAll(/"participants":\[.*?\]/g, '')
        .replaceAll(id, 'ID')
        .replaceAll(other.id, 'OTHER')
        .replaceAll(other.name, 'NAME');
    };
    const seen = await looks(declined.id, bo);
    expect(seen).toBe(await looks(unanswered.id, cy));
    expect(seen).toContain('"INVITED"');
    const { nodes } = (await ana.ask(MINE)).viewer.oneToOnes;
    expect(nodes.map(({ state }) => state)).toEqual(['INVITED', 'INVITED']);
  });

  it('lapses after 30 days like an unanswered one, and can then be replaced', async () => {
    const [ana, bo, cy] = [await somebody(), await somebody(), await somebody()];
    for (const declines of [true, false]) {
      const other = declines ? bo : cy;
      const { oneToOne } = await start(ana, other);
      if (declines) await other.ask(DECLINE, { input: { id: oneToOne.id } });
      const invited = (at: Date) =>
        app.database.query('update one_to_one set invited_at = $1 where id = $2', [at, oneToOne.id]);
      await invited(hours(-30 * 24 + 1));
      expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('INVITED');
      expect((await start(ana, other)).__typename).toBe('OneToOneExists');
      await invited(hours(-30 * 24 - 1));
      expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toBeNull();
      expect((await other.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toBeNull();
      expect((await other.refused(ACCEPT, { input: { id: oneToOne.id } })).extensions.code).toBe('NOT_FOUND');
      const again = await start(ana, other);
      expect(again).toMatchObject({ __typename: 'OneToOnePayload', oneToOne: { state: 'INVITED' } });
      expect(again.oneToOne.id).not.toBe(oneToOne.id);
      expect((await other.ask(READ_PAIR, { id: again.oneToOne.id })).oneToOne.state).toBe('INVITED');
    }
  });

  it('is accepted when the person who declined it starts one, which looks the same to its sender', async () => {
    const [ana, bo, cy] = [await somebody(), await somebody(), await somebody()];
    const declined = (await start(ana, bo)).oneToOne;
    const unanswered = (await start(ana, cy)).oneToOne;
    await bo.ask(DECLINE, { input: { id: declined.id } });
    for (const [who, id] of [
      [bo, declined.id],
      [cy, unanswered.id],
    ] as const) {
      expect(await start(who, ana, { durationMinutes: 45 })).toMatchObject({
        __typename: 'OneToOnePayload',
        oneToOne: { id, state: 'OPEN', durationMinutes: 45, version: 2, startedBy: { id: ana.id } },
      });
      expect((await ana.ask(READ_PAIR, { id })).oneToOne).toMatchObject({ state: 'OPEN', version: 2 });
    }
  });

  it('cannot be ended or answered by its sender, or undone by anybody else', async () => {
    const [ana, bo, cy] = [await somebody(), await somebody(), await somebody()];
    const { oneToOne } = await start(ana, bo);
    expect((await ana.refused(END, { input: { id: oneToOne.id } })).extensions.code).toBe('CONFLICT');
    expect((await bo.refused(END, { input: { id: oneToOne.id } })).extensions.code).toBe('CONFLICT');
    expect((await cy.refused(DECLINE, { input: { id: oneToOne.id } })).extensions.code).toBe('NOT_FOUND');
    expect((await bo.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('INVITED');
  });

  it('can be opened by either person once a reporting line is open', async () => {
    const [ana, bo] = [await somebody(), await somebody()];
    const { oneToOne } = await start(ana, bo);
    await bo.ask(DECLINE, { input: { id: oneToOne.id } });
    await world.line(ana, bo);
    expect(await start(ana, bo)).toMatchObject({
      __typename: 'OneToOnePayload',
      oneToOne: { id: oneToOne.id, state: 'OPEN' },
    });
    expect((await bo.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('OPEN');
  });
});

/** YYYYMMDD, in UTC. */
function basicDay(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}

describe('the recurrence', () => {
  const startsAt = hours(50);
  const beginning = new Date(Math.floor(startsAt.getTime() / 1000) * 1000).toISOString();

  it('plans the first conversation in the transaction that sets it', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, {
      recurrence: 'FREQ=WEEKLY;INTERVAL=2',
      startsAt,
      timeZone: 'America/Lima',
    });
    expect(oneToOne).toMatchObject({
      recurrence: 'FREQ=WEEKLY;INTERVAL=2',
      startsAt: beginning,
      timeZone: 'America/Lima',
      next: { status: 'PLANNED', scheduledAt: beginning },
    });
    expect(oneToOne.conversations.nodes).toHaveLength(1);
    expect((await lee.ask(MINE)).viewer.nextConversations.nodes).toEqual([
      { id: oneToOne.next?.id, scheduledAt: beginning, oneToOne: { id: oneToOne.id } },
    ]);
  });

  it('plans the first conversation of an invitation when it is accepted', async () => {
    const [ana, bo] = [await somebody(), await somebody()];
    const { oneToOne } = await start(ana, bo, { recurrence: 'FREQ=DAILY', startsAt });
    expect(oneToOne).toMatchObject({ state: 'INVITED', recurrence: 'FREQ=DAILY', next: null });
    const { result } = await bo.ask(ACCEPT, { input: { id: oneToOne.id } });
    expect(result.oneToOne.next?.scheduledAt).toBe(beginning);
  });

  it.each([
    [{ recurrence: 'FREQ=WEEKLY' }, 'input.startsAt'],
    [{ startsAt }, 'input.startsAt'],
    [{ recurrence: 'FREQ=WEEKLY', startsAt: hours(24 * 400) }, 'input.startsAt'],
    [{ recurrence: 'FREQ=HOURLY', startsAt }, 'input.recurrence'],
    [{ recurrence: 'FREQ=DAILY;BYHOUR=9,10', startsAt }, 'input.recurrence'],
    [{ recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', startsAt }, 'input.recurrence'],
    [{ recurrence: 'FREQ=WEEKLY;UNTIL=20200101T000000Z', startsAt }, 'input.recurrence'],
    // Over before it is asked for.
    [{ recurrence: 'FREQ=WEEKLY;COUNT=3', startsAt: hours(-24 * 7 * 13) }, 'input.recurrence'],
    [{ recurrence: 'FREQ=WEEKLY;UNTIL=20260601', startsAt: hours(-24 * 360) }, 'input.recurrence'],
    [{ recurrence: 'FREQ=YEARLY;BYDAY=53MO', startsAt }, 'input.recurrence'],
    [{ recurrence: 'FREQ=YEARLY;BYYEARDAY=1,100;BYDAY=MO', startsAt }, 'input.recurrence'],
    [{ recurrence: 'FREQ=YEARLY;BYWEEKNO=20', startsAt }, 'input.recurrence'],
    [{ durationMinutes: 4 }, 'input.durationMinutes'],
    [{ durationMinutes: 481 }, 'input.durationMinutes'],
  ])('refuses %j with the field', async (input, path) => {
    const { ana, lee } = await lined();
    const { extensions } = await ana.refused(START, { input: { personId: lee.id, ...input } });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(extensions.fields?.map((field) => field.path)).toEqual([path]);
  });

  it.each(['FREQ=SOMETIMES', 'weekly', 'RRULE:', 'FREQ=WEEKLY\nDTSTART:20200101T000000Z', ''])(
    'refuses %j',
    async (recurrence) => {
      const { ana, lee } = await lined();
      const { extensions } = await ana.refused(START, { input: { personId: lee.id, recurrence, startsAt } });
      expect(extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  it('is refused without a date in the future, also when it is changed', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt });
    for (const input of [
      { recurrence: 'FREQ=WEEKLY;COUNT=3', startsAt: hours(-24 * 7 * 13) },
      { recurrence: `FREQ=WEEKLY;UNTIL=${basicDay(hours(-48))}`, startsAt: hours(-24 * 7 * 13) },
    ]) {
      const { extensions } = await lee.refused(RESCHEDULE, {
        input: { id: oneToOne.id, version: 1, ...input },
      });
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.recurrence', message: 'Recurrence gives no date in the future.' }],
      });
    }
    expect((await lee.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toMatchObject({
      recurrence: 'FREQ=WEEKLY',
      version: 1,
      next: { scheduledAt: beginning },
    });
  });

  it('names a new start that does not fit', async () => {
    const { ana, lee } = await lined();
    const recurrence = `FREQ=WEEKLY;UNTIL=${basicDay(hours(24 * 30))}`;
    const { oneToOne } = await start(ana, lee, { recurrence, startsAt });
    for (const [input, path, message] of [
      [
        { startsAt: hours(24 * 60) },
        'input.startsAt',
        'Start time does not fit the recurrence, which ends before its first date.',
      ],
      [
        { startsAt: hours(24 * 60), recurrence },
        'input.recurrence',
        'Recurrence ends before its first date.',
      ],
    ] as const) {
      const { extensions } = await lee.refused(RESCHEDULE, {
        input: { id: oneToOne.id, version: 1, ...input },
      });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
    }
  });

  it('is accepted as calendars write it, with UNTIL as a date in its time zone', async () => {
    const until = hours(24 * 30);
    const endOfDay = `${until.toISOString().slice(0, 10).replaceAll('-', '')}T145959Z`;
    for (const written of [
      `RRULE:FREQ=WEEKLY;UNTIL=${basicDay(until)}`,
      `freq=weekly;until=${basicDay(until)};`,
    ]) {
      const { ana, lee } = await lined();
      const { oneToOne } = await start(ana, lee, { recurrence: written, startsAt, timeZone: 'Asia/Tokyo' });
      expect(oneToOne).toMatchObject({
        recurrence: `FREQ=WEEKLY;UNTIL=${endOfDay}`,
        next: { scheduledAt: beginning },
      });
    }
  });

  it('can be changed by either participant, based on the version they read', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt });
    const later = hours(75);
    const { result } = await lee.ask(RESCHEDULE, {
      input: {
        id: oneToOne.id,
        version: 1,
        recurrence: 'FREQ=MONTHLY',
        startsAt: later,
        durationMinutes: 60,
      },
    });
    expect(result.oneToOne).toMatchObject({ recurrence: 'FREQ=MONTHLY', durationMinutes: 60, version: 2 });
    // What the old recurrence planned has moved, with its identity.
    expect(result.oneToOne.next?.id).toBe(oneToOne.next?.id);
    expect(new Date(result.oneToOne.next?.scheduledAt ?? 0).getTime()).toBe(
      Math.floor(later.getTime() / 1000) * 1000,
    );
    const { result: outdated } = await ana.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 1, durationMinutes: 15 },
    });
    expect(outdated).toMatchObject({
      __typename: 'EditConflict',
      current: { version: 2, durationMinutes: 60 },
    });
    expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.durationMinutes).toBe(60);
  });

  it('changes nothing, not even the version, when it is sent again', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt, timeZone: 'UTC' });
    const same = { recurrence: 'FREQ=WEEKLY', startsAt, timeZone: 'UTC', durationMinutes: 30 };
    for (const input of [same, { durationMinutes: 30 }, {}]) {
      const { result } = await ana.ask(RESCHEDULE, { input: { id: oneToOne.id, version: 1, ...input } });
      expect(result.oneToOne).toEqual(oneToOne);
    }
    const { result } = await lee.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 1, durationMinutes: 31 },
    });
    expect(result.oneToOne.version).toBe(2);
  });

  it('takes one of several concurrent changes of one version and returns EditConflict for the others', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee);
    const change = (who: Signed, durationMinutes: number) =>
      who.send(RESCHEDULE, { input: { id: oneToOne.id, version: 1, durationMinutes } });
    const answers = await Promise.all([change(ana, 45), change(lee, 60), change(ana, 50), change(lee, 65)]);
    const results = answers.map(({ data }) => data?.result.__typename);
    expect(results.filter((name) => name === 'OneToOnePayload')).toHaveLength(1);
    expect(results.filter((name) => name === 'EditConflict')).toHaveLength(3);
    expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.version).toBe(2);
  });

  it('leaves a conversation that was moved by hand, and the planned one when it is removed', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt });
    const { result: none } = await ana.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 1, recurrence: null },
    });
    expect(none.oneToOne).toMatchObject({
      recurrence: null,
      startsAt: null,
      next: { id: oneToOne.next?.id },
    });
    const { result: again } = await ana.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 2, recurrence: 'FREQ=DAILY', startsAt: hours(30) },
    });
    expect(again.oneToOne.conversations.nodes).toHaveLength(1);
  });

  it('keeps its local time in another time zone', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, {
      recurrence: 'FREQ=DAILY',
      startsAt: `${day(5)}T08:00:00Z`,
      timeZone: 'UTC',
    });
    const { result } = await ana.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 1, timeZone: 'Asia/Tokyo' },
    });
    expect(result.oneToOne.startsAt).toBe(`${day(4)}T23:00:00.000Z`);
    expect(result.oneToOne.next?.scheduledAt).toBe(`${day(4)}T23:00:00.000Z`);
  });

  it('ends with the reporting line under which it was set, while the one-to-one stays open', async () => {
    const { ana, lee, lineId } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt });
    const close = (on: string) =>
      app.database.query('update reporting_line set closed_on = $1 where id = $2', [on, lineId]);
    await close(day(1));
    expect((await lee.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.recurrence).toBe('FREQ=WEEKLY');
    await close(day(0));
    expect((await lee.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toMatchObject({
      state: 'OPEN',
      recurrence: null,
      startsAt: null,
      next: { id: oneToOne.next?.id },
    });
    // Changing something else does not bring it back; asking for one does.
    const { result } = await lee.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 1, durationMinutes: 20 },
    });
    expect(result.oneToOne).toMatchObject({ recurrence: null, durationMinutes: 20 });
    const { result: asked } = await ana.ask(RESCHEDULE, {
      input: { id: oneToOne.id, version: 2, recurrence: 'FREQ=MONTHLY', startsAt },
    });
    expect(asked.oneToOne.recurrence).toBe('FREQ=MONTHLY');
  });
});

describe('the end of a one-to-one', () => {
  it('cancels planned conversations, keeps past ones readable, and allows another to be started', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=DAILY', startsAt: hours(20) });
    const { result } = await lee.ask(END, { input: { id: oneToOne.id } });
    expect(result.oneToOne).toMatchObject({ state: 'ENDED', recurrence: null, next: null, version: 2 });
    expect(result.oneToOne.endedAt).not.toBeNull();
    expect(result.oneToOne.conversations.nodes).toMatchObject([
      { id: oneToOne.next?.id, status: 'CANCELLED' },
    ]);
    expect((await ana.ask(MINE)).viewer.nextConversations.nodes).toEqual([]);
    for (const [query, input] of [
      [END, { id: oneToOne.id }],
      [RESCHEDULE, { id: oneToOne.id, version: 2, durationMinutes: 20 }],
      [SCHEDULE, { oneToOneId: oneToOne.id, scheduledAt: hours(24) }],
    ] as const) {
      expect((await ana.refused(query, { input })).extensions.code).toBe('CONFLICT');
    }
    expect((await ana.ask(WITH_ME, { id: lee.id })).person?.oneToOne.id).toBe(oneToOne.id);
    const again = await start(lee, ana);
    expect(again.__typename).toBe('OneToOnePayload');
    expect((await ana.ask(WITH_ME, { id: lee.id })).person?.oneToOne).toMatchObject({
      id: again.oneToOne.id,
      state: 'OPEN',
    });
    expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('ENDED');
  });

  it('comes on the day after the last day of a participant', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=DAILY', startsAt: hours(20) });
    await world.leaves(ana, day(0));
    expect((await lee.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('OPEN');
    await app.database.query('update employment_end set ended_on = $1 where person_id = $2', [
      day(-1),
      ana.id,
    ]);
    expect((await lee.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toMatchObject({
      state: 'ENDED',
      recurrence: null,
      next: null,
      endedAt: new Date(startOfDay(day(0), 'Europe/Berlin') / 1_000).toISOString(),
    });
    expect((await lee.ask(MINE)).viewer.nextConversations.nodes).toEqual([]);
    expect(
      (await lee.refused(SCHEDULE, { input: { oneToOneId: oneToOne.id, scheduledAt: hours(24) } })).extensions
        .code,
    ).toBe('CONFLICT');
    // A person who has left can read nothing of it.
    const { data } = await ana.send(READ_PAIR, { id: oneToOne.id });
    expect(data?.oneToOne ?? null).toBeNull();
    // Restored employment brings it back.
    await app.database.query('delete from employment_end where person_id = $1', [ana.id]);
    expect((await ana.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.state).toBe('OPEN');
  });
});

describe('listing one-to-ones', () => {
  it('returns pages, newest first, and planned conversations, earliest first', async () => {
    const ana = await somebody();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const other = await somebody();
      await world.line(other, ana);
      const { oneToOne } = await start(index % 2 ? ana : other, index % 2 ? other : ana, {
        recurrence: 'FREQ=WEEKLY',
        startsAt: hours(100 - index * 10),
      });
      ids.unshift(oneToOne.id);
    }
    const page = `query ($after: String) { viewer {
      oneToOnes(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    } }`;
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { viewer }: Data = await ana.ask(page, { after });
      seen.push(...viewer.oneToOnes.nodes.map(({ id }) => id));
      after = viewer.oneToOnes.pageInfo.endCursor;
      more = viewer.oneToOnes.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(ids);

    const planned = `query ($after: String) { viewer {
      nextConversations(first: 3, after: $after) { nodes { scheduledAt oneToOne { id } } pageInfo { endCursor } }
    } }`;
    const first = (await ana.ask(planned)).viewer.nextConversations;
    const second = (await ana.ask(planned, { after: first.pageInfo.endCursor })).viewer.nextConversations;
    expect([...first.nodes, ...second.nodes].map((node) => node.oneToOne.id)).toEqual(ids);
  });
});

describe('a person outside of the one-to-one', () => {
  it('cannot find it or its conversations through any field', async () => {
    const { ana, lee } = await lined();
    const other = await somebody();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt: hours(20) });
    const conversationId = oneToOne.next!.id;

    const managersManager = await somebody();
    await world.line(lee, managersManager);
    const former = await somebody();
    await app.database.query(`update reporting_line set starts_on = $1 where report_id = $2`, [
      day(-30),
      ana.id,
    ]);
    await world.line(ana, former, { from: day(-400), until: day(-30) });
    const people = [other, managersManager, former];
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR']) {
      const holder = await somebody();
      await world.role(holder, role);
      people.push(holder);
    }
    people.push(await signIn(app, world, await world.person(await world.organization())));

    for (const outsider of people) {
      expect((await outsider.ask(READ_PAIR, { id: oneToOne.id })).oneToOne).toBeNull();
      expect((await outsider.ask(READ_CONVERSATION, { id: conversationId })).conversation).toBeNull();
      expect(
        (
          await outsider.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
            ids: [oneToOne.id, conversationId],
          })
        ).nodes,
      ).toEqual([null, null]);
      expect((await outsider.ask(MINE)).viewer).toMatchObject({
        oneToOnes: { nodes: [] },
        nextConversations: { nodes: [] },
      });
      for (const person of [ana, lee]) {
        const { data } = await outsider.send(WITH_ME, { id: person.id });
        expect(data?.person?.oneToOne ?? null).toBeNull();
      }
      for (const [query, input] of [
        [ACCEPT, { id: oneToOne.id }],
        [DECLINE, { id: oneToOne.id }],
        [END, { id: oneToOne.id }],
        [RESCHEDULE, { id: oneToOne.id, version: 1, durationMinutes: 20 }],
        [SCHEDULE, { oneToOneId: oneToOne.id, scheduledAt: hours(24) }],
      ] as const) {
        const refusal = await outsider.refused(query, { input });
        const madeUp = await outsider.refused(query, {
          input: { ...input, ...('id' in input ? { id: other.id } : { oneToOneId: other.id }) },
        });
        expect(refusal.extensions.code).toBe('NOT_FOUND');
        expect({ ...refusal, extensions: refusal.extensions }).toEqual(madeUp);
      }
    }
    // The control: both of the two do.
    for (const participant of [ana, lee]) {
      expect((await participant.ask(READ_PAIR, { id: oneToOne.id })).oneToOne.id).toBe(oneToOne.id);
      expect(
        (
          await participant.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', {
            ids: [oneToOne.id, conversationId],
          })
        ).nodes,
      ).toEqual([
        { id: oneToOne.id, __typename: 'OneToOne' },
        { id: conversationId, __typename: 'Conversation' },
      ]);
    }
  });

  it('cannot with an API token, or signed out', async () => {
    const { ana, lee } = await lined();
    const { oneToOne } = await start(ana, lee, { recurrence: 'FREQ=WEEKLY', startsAt: hours(20) });
    const scopes = ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'];
    const robot = asking(app, await world.apiToken(organization, scopes));
    expect((await robot.refused(READ_PAIR, { id: oneToOne.id })).extensions.code).toBe('NOT_PERMITTED');
    expect((await robot.refused(READ_CONVERSATION, { id: oneToOne.next?.id })).extensions.code).toBe(
      'NOT_PERMITTED',
    );
    expect((await robot.refused(START, { input: { personId: ana.id } })).extensions.code).toBe(
      'NOT_PERMITTED',
    );
    expect(
      (await robot.ask('query ($id: ID!) { node(id: $id) { id } }', { id: oneToOne.id })).node,
    ).toBeNull();
    expect((await robot.ask(WITH_ME, { id: ana.id })).person?.oneToOne).toBeNull();
    const { errors } = await app.graphql(READ_PAIR, { id: oneToOne.id });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('previewRecurrence', () => {
  const PREVIEW = `query ($recurrence: RecurrenceRule!, $startsAt: DateTime!, $timeZone: TimeZone!) {
    previewRecurrence(recurrence: $recurrence, startsAt: $startsAt, timeZone: $timeZone)
  }`;
  const preview = async (who: Signed, variables: Record<string, unknown>): Promise<unknown> =>
    ((await who.ask(PREVIEW, variables)) as unknown as { previewRecurrence: unknown }).previewRecurrence;

  it('returns the next three dates, as they are planned once it is saved', async () => {
    const { ana, lee } = await lined();
    const from = hours(-24 * 30);
    const schedule = { recurrence: 'RRULE:freq=weekly;', startsAt: from, timeZone: 'Europe/Berlin' };
    const dates = (await preview(ana, schedule)) as string[];
    expect(dates).toHaveLength(3);
    expect(dates.every((date) => Date.parse(date) > Date.now())).toBe(true);
    expect(dates).toEqual(dates.toSorted());
    const { startOneToOne } = await ana.ask(START, { input: { personId: lee.id, ...schedule } });
    expect(startOneToOne.oneToOne.next?.scheduledAt).toBe(dates[0]);
  });

  it('returns fewer dates of a recurrence that ends', async () => {
    const ana = await somebody();
    const dates = await preview(ana, {
      recurrence: 'FREQ=DAILY;COUNT=2',
      startsAt: hours(5),
      timeZone: 'UTC',
    });
    expect(dates).toHaveLength(2);
  });

  it('names what is wrong with a recurrence', async () => {
    const ana = await somebody();
    for (const [recurrence, reason] of [
      ['FREQ=HOURLY', 'Recurrence must not repeat more often than daily.'],
      ['FREQ=DAILY;COUNT=1', 'Recurrence gives no date in the future.'],
    ]) {
      const { extensions } = await ana.refused(PREVIEW, {
        recurrence,
        startsAt: hours(-48),
        timeZone: 'UTC',
      });
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'recurrence', message: reason }],
      });
    }
  });
});
