import fc from 'fast-check';
import { World, type TestOrganization } from '../factories/world.js';
import { rounds, seed } from '../setup/prove.js';
import { startApp, type TestApp } from './app.js';
import {
  CANCEL,
  END,
  HOLD,
  MOVE,
  REOPEN,
  RESCHEDULE,
  SCHEDULE,
  SKIP,
  START,
  signIn,
  type Signed,
} from './pairs.js';
import { ADD_POINT, POSTPONE_POINT, UPDATE_POINT } from './writing.js';

/**
 * Whatever two people do with their conversations, one thing after the other: what they have planned, and where each point waits and
 * how often it was carried or put off, is what a small model says. No point is lost or doubled, no two conversations are planned for one
 * moment, the recurrence plans its next free date, and versions only rise.
 */

const HOUR_MS = 3_600_000;
/** Moments are hours since the first date of the recurrence, which is daily or every other day. */
type Hour = number;
type Status = 'PLANNED' | 'HELD' | 'SKIPPED' | 'CANCELLED';

interface Conversation {
  readonly id: string;
  status: Status;
  at: Hour;
  series: Hour | null;
  readonly plannedAfter: string | null;
  offTheRecord?: boolean;
}
interface Point {
  readonly id: string;
  readonly draft: boolean;
  raisedIn: string | null;
  in: string | null;
  carried: number;
  discussed: boolean;
  standing: boolean;
  /** Whether it went along when the pair was started again; else it stays with the former one. */
  former: boolean;
}

/** That a point left a conversation, and where it went. */
interface Carry {
  readonly point: Point;
  readonly from: string;
  to: string | null;
  /** It is standing, and was discussed there: not counted. */
  readonly discussed: boolean;
  readonly postponed: boolean;
}

/** What the service should have, of one pair of two people. */
class Model {
  conversations: Conversation[] = [];
  readonly points: Point[] = [];
  /** Of a point and the conversation that it left: where it went. */
  private readonly carried = new Map<string, Carry>();
  interval: 24 | 48 = 24;

  get planned(): Conversation[] {
    return this.conversations.filter(({ status }) => status === 'PLANNED').sort((a, b) => a.at - b.at);
  }

  get onTheRecord(): Conversation[] {
    return this.planned.filter(({ offTheRecord }) => !offTheRecord);
  }

  isTaken(at: Hour, except?: Conversation): boolean {
    return this.conversations.some(
      (one) => one !== except && one.at === at && (one.status === 'PLANNED' || one.status === 'HELD'),
    );
  }

  /** The date that the recurrence plans, if it plans one now. */
  nextDate(): Hour | null {
    return this.planned.some(({ series }) => series !== null) ? null : this.freeDate();
  }

  freeDate(moving?: Conversation): Hour {
    const others = this.conversations.filter((one) => one !== moving);
    let date = 0;
    while (others.some(({ at, series }) => at === date || series === date)) date += this.interval;
    return date;
  }

  add(conversation: Conversation): void {
    this.conversations.push(conversation);
    this.admit();
  }

  admit(): void {
    for (const point of this.points.filter(({ former }) => !former)) {
      const next = this.onTheRecord.find(({ at }) => at > this.postponedUntil(point));
      const present = this.planned.find(({ id }) => id === point.in);
      const moves =
        point.in === null || (point.standing && !point.discussed && present && next && next.at < present.at);
      if (!next || !moves) continue;
      for (const carry of this.carried.values())
        if (carry.point === point && carry.to === point.in) carry.to = next.id;
      point.in = next.id;
    }
  }

  /** The time of the last planned conversation that the point was put off from. */
  private postponedUntil(point: Point): Hour {
    const from = [...this.carried.values()].filter((carry) => carry.point === point && carry.postponed);
    return Math.max(
      -Infinity,
      ...this.planned.filter(({ id }) => from.some((carry) => carry.from === id)).map(({ at }) => at),
    );
  }

  carry(from: Conversation): void {
    for (const point of this.points.filter((one) => one.in === from.id && (!one.discussed || one.standing))) {
      this.leave(point, from.id, false);
    }
  }

  postpone(point: Point): void {
    this.leave(point, point.in ?? '', true);
    this.admit();
  }

  private leave(point: Point, from: string, postponed: boolean): void {
    const { discussed } = point;
    this.carried.set(`${point.id} ${from}`, { point, from, to: null, discussed, postponed });
    point.in = null;
    point.carried += discussed ? 0 : 1;
    point.discussed = false;
  }

  /** Whether something was discussed there that both can see. */
  isDiscussed(conversation: Conversation): boolean {
    return this.points.some((point) => point.in === conversation.id && !point.draft && point.discussed);
  }

  setOffTheRecord(conversation: Conversation, offTheRecord: boolean): void {
    conversation.offTheRecord = offTheRecord;
    if (offTheRecord) {
      for (const [key, carry] of this.carried) {
        if (carry.from === conversation.id) this.carried.delete(key);
        else if (carry.to === conversation.id) carry.to = null;
      }
      for (const point of this.points) {
        if (point.raisedIn === conversation.id) point.raisedIn = null;
        if (point.in === conversation.id) point.in = null;
      }
    }
    this.admit();
  }

  /** The postponements that can be taken back. */
  get postponements(): Carry[] {
    return [...this.carried.values()].filter(
      ({ point, from, to, postponed }) =>
        postponed && !point.discussed && point.in === to && this.planned.some(({ id }) => id === from),
    );
  }

  takeBack({ point, from }: Carry): void {
    this.carried.delete(`${point.id} ${from}`);
    point.in = from;
    point.carried -= 1;
  }

  undo(conversation: Conversation): void {
    conversation.status = 'PLANNED';
    for (const [key, { point, from, to, discussed, postponed }] of this.carried) {
      if (postponed) continue;
      const stands =
        to === null || this.conversations.some((one) => one.id === to && one.status === 'PLANNED');
      if (from !== conversation.id || point.discussed || point.in !== to || !stands) continue;
      this.carried.delete(key);
      point.in = conversation.id;
      point.carried -= discussed ? 0 : 1;
      point.discussed = discussed;
    }
    for (const after of this.planned.filter((one) => one.plannedAfter === conversation.id)) {
      this.withdraw(after, conversation);
    }
    this.admit();
  }

  private withdraw(after: Conversation, reopened: Conversation): void {
    const present = (): Point[] => this.points.filter((point) => point.in === after.id);
    const raised = this.points.filter((point) => point.raisedIn === after.id);
    if (after.at !== after.series || after.offTheRecord || reopened.offTheRecord) return;
    if (raised.some(({ draft }) => !draft) || present().some(({ draft, discussed }) => !draft && discussed))
      return;
    for (const [key, carry] of this.carried) {
      if (carry.from === after.id) {
        this.carried.delete(key);
        if (carry.postponed) carry.point.carried -= 1;
      } else if (carry.to !== after.id) continue;
      else if (carry.from !== reopened.id) carry.to = reopened.id;
      else if (carry.postponed) {
        carry.to = null;
        if (carry.point.in === after.id) carry.point.in = null;
      } else {
        this.carried.delete(key);
        carry.point.carried -= carry.discussed ? 0 : 1;
      }
    }
    for (const point of present()) point.in = reopened.id;
    for (const point of raised) point.raisedIn = reopened.id;
    this.conversations = this.conversations.filter((one) => one !== after);
  }

  end(): void {
    for (const conversation of this.planned) {
      conversation.status = 'CANCELLED';
      this.carry(conversation);
    }
  }

  startAgain(): void {
    this.conversations = [];
    for (const point of this.points)
      point.former ||= point.in !== null || (point.discussed && !point.standing);
  }
}

type Step =
  | { readonly do: 'schedule'; readonly at: Hour }
  | { readonly do: 'move'; readonly which: number; readonly at: Hour }
  | { readonly do: 'close'; readonly which: number; readonly as: Exclude<Status, 'PLANNED'> }
  | { readonly do: 'undo'; readonly which: number }
  | { readonly do: 'raise'; readonly which: number; readonly draft: boolean; readonly standing: boolean }
  | { readonly do: 'discuss'; readonly which: number }
  | { readonly do: 'put on every agenda, or take off'; readonly which: number }
  | { readonly do: 'postpone'; readonly which: number }
  | { readonly do: 'take back a postponement'; readonly which: number }
  | { readonly do: 'go off the record, or on'; readonly which: number }
  | { readonly do: 'change the recurrence'; readonly interval: 24 | 48 }
  | { readonly do: 'end and start again' };

const SET_OFF_THE_RECORD = `mutation ($input: SetOffTheRecordInput!) {
  setOffTheRecord(input: $input) { conversation { id } }
}`;
const CLOSE = { HELD: HOLD, SKIPPED: SKIP, CANCELLED: CANCEL } as const;

const moment = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }).map((day) => day * 24) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((day) => day * 24 + 6) },
);
const which = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('schedule' as const), at: moment }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), which, at: moment }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      which,
      as: fc.constantFrom('HELD' as const, 'SKIPPED' as const, 'CANCELLED' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('raise' as const),
      which,
      draft: fc.boolean(),
      standing: fc.nat({ max: 3 }).map((one) => one === 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('discuss' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('put on every agenda, or take off' as const), which }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('postpone' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take back a postponement' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('go off the record, or on' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change the recurrence' as const),
      interval: fc.constantFrom(24 as const, 48 as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end and start again' as const) }) },
);

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
});
afterAll(() => app.close());

/** Two people who do what the steps say, and the model beside them. */
class Play {
  private readonly model = new Model();
  private readonly versions = new Map<string, number>();
  private readonly first = new Date((Math.floor(Date.now() / HOUR_MS) + 30) * HOUR_MS);
  private pair = '';
  private turns = 0;

  constructor(private readonly people: readonly [Signed, Signed]) {}

  async start(): Promise<void> {
    const [one, other] = this.people;
    const { startOneToOne } = await one.ask(START, {
      input: {
        personId: other.id,
        recurrence: `FREQ=DAILY;INTERVAL=${String(this.model.interval / 24)}`,
        startsAt: this.first,
        timeZone: 'UTC',
      },
    });
    this.pair = startOneToOne.oneToOne.id;
    await this.learnPlanned(null);
  }

  async take(step: Step): Promise<void> {
    const { model } = this;
    switch (step.do) {
      case 'schedule': {
        const input = { oneToOneId: this.pair, scheduledAt: this.date(step.at) };
        const id = await this.send(SCHEDULE, input, !model.isTaken(step.at));
        if (id !== undefined) {
          model.add({ id, status: 'PLANNED', at: step.at, series: null, plannedAfter: null });
        }
        return;
      }
      case 'move': {
        const conversation = pick(model.planned, step.which);
        if (!conversation) return;
        const version = this.versions.get(conversation.id);
        const input = { id: conversation.id, version, scheduledAt: this.date(step.at) };
        if (await this.send(MOVE, input, !model.isTaken(step.at, conversation))) {
          if (conversation.at !== step.at) {
            conversation.at = step.at;
            model.admit();
          }
        }
        return;
      }
      case 'close': {
        const conversation = pick(model.planned, step.which);
        if (!conversation) return;
        const { id } = conversation;
        await this.send(
          CLOSE[step.as],
          step.as === 'HELD' ? { target: { conversationId: id } } : { id },
          true,
        );
        conversation.status = step.as;
        await this.learnPlanned(conversation.id);
        model.carry(conversation);
        model.admit();
        return;
      }
      case 'undo': {
        const conversation = pick(
          model.conversations.filter(({ status }) => status !== 'PLANNED'),
          step.which,
        );
        if (!conversation) return;
        const possible = !model.isTaken(conversation.at, conversation);
        if (await this.send(REOPEN, { id: conversation.id }, possible)) model.undo(conversation);
        return;
      }
      case 'raise': {
        const conversation = pick(model.onTheRecord, step.which);
        const target = conversation ? { conversationId: conversation.id } : { oneToOneId: this.pair };
        const { data, errors } = await app.graphql<{ result: { talkingPoint: { id: string } } }>(
          ADD_POINT,
          { input: { target, text: 'Point', draft: step.draft, standing: step.standing } },
          this.turn().token,
        );
        expect(errors).toEqual([]);
        const id = data!.result.talkingPoint.id;
        const inside = conversation?.id ?? null;
        const { draft, standing } = step;
        const raised = { id, draft, standing, raisedIn: inside, in: inside };
        model.points.push({ ...raised, carried: 0, discussed: false, former: false });
        if (standing) model.admit();
        return;
      }
      case 'discuss': {
        const point = pick(
          model.points.filter((one) => !one.former && !one.draft && !one.discussed && one.in !== null),
          step.which,
        );
        if (!point) return;
        const input = { id: point.id, version: this.versions.get(point.id), discussed: true };
        const { errors } = await this.turn().send(UPDATE_POINT, { input });
        expect(errors).toEqual([]);
        point.discussed = true;
        return;
      }
      case 'put on every agenda, or take off': {
        const point = pick(
          model.points.filter((one) => !one.former && !one.draft),
          step.which,
        );
        if (!point) return;
        const standing = !point.standing;
        const input = { id: point.id, version: this.versions.get(point.id), standing };
        const { errors } = await this.turn().send(UPDATE_POINT, { input });
        expect(errors).toEqual([]);
        point.standing = standing;
        if (!standing) return;
        const closed = model.conversations.find(({ id, status }) => id === point.in && status !== 'PLANNED');
        if (closed) model.carry(closed);
        model.admit();
        return;
      }
      case 'postpone': {
        const point = pick(
          model.points.filter(
            (one) =>
              !one.former && !one.draft && !one.discussed && model.planned.some(({ id }) => id === one.in),
          ),
          step.which,
        );
        if (!point) return;
        await this.send(POSTPONE_POINT, { id: point.id, conversationId: point.in }, true);
        model.postpone(point);
        return;
      }
      case 'go off the record, or on': {
        const conversation = pick(model.planned, step.which);
        if (!conversation) return;
        const offTheRecord = !conversation.offTheRecord;
        const possible = !offTheRecord || !model.isDiscussed(conversation);
        // By the same person every time, who can take it back.
        const { errors } = await this.people[0].send(SET_OFF_THE_RECORD, {
          input: { id: conversation.id, offTheRecord },
        });
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(possible ? [] : ['CONFLICT']);
        if (possible) model.setOffTheRecord(conversation, offTheRecord);
        return;
      }
      case 'take back a postponement': {
        const postponement = pick(
          model.postponements.filter(({ point }) => !point.former && !point.draft),
          step.which,
        );
        if (!postponement) return;
        const { point, from } = postponement;
        await this.send(POSTPONE_POINT, { id: point.id, conversationId: from, postponed: false }, true);
        model.takeBack(postponement);
        return;
      }
      case 'change the recurrence': {
        const same = model.interval === step.interval;
        model.interval = step.interval;
        const recurrence = `FREQ=DAILY;INTERVAL=${String(step.interval / 24)}`;
        const input = { id: this.pair, version: this.versions.get(this.pair), recurrence };
        await this.turn().ask(RESCHEDULE, { input });
        if (same) return;
        const following = model.planned.find(({ at, series }) => at === series);
        if (following) {
          following.at = model.freeDate(following);
          following.series = following.at;
          model.admit();
        } else await this.learnPlanned(null);
        return;
      }
      case 'end and start again': {
        await this.turn().ask(END, { input: { id: this.pair } });
        model.end();
        model.startAgain();
        await this.start();
      }
    }
  }

  /** Compares everything with the model. */
  async check(): Promise<void> {
    const { model } = this;
    const conversations = await this.rows<{ status: Status; at: Date; series: Date | null }>(
      `select id, version, status, scheduled_at as at, series_at as series from conversation where one_to_one_id = $1`,
    );
    const hour = (date: Date | null): Hour | null =>
      date && (date.getTime() - this.first.getTime()) / HOUR_MS;
    expect(
      conversations.map(({ id, status, at, series }) => ({ id, status, at: hour(at), series: hour(series) })),
    ).toEqual(
      model.conversations
        .map(({ id, status, at, series }) => ({ id, status, at, series }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const moments = model.planned.map(({ at }) => at);
    expect(new Set(moments).size).toBe(moments.length);

    const points = await this.rows<{
      in: string | null;
      carried: number;
      raisedIn: string | null;
      discussed: boolean;
      standing: boolean;
      here: boolean;
    }>(
      `select id, version, conversation_id as in, times_carried as carried, raised_in_id as "raisedIn",
         discussed, standing, one_to_one_id = $1 as here
       from talking_point where one_to_one_id in (
         select o.id from one_to_one o join one_to_one p on (p.first_id, p.second_id) = (o.first_id, o.second_id) where p.id = $1
       )`,
    );
    expect(points.map(({ version: _, ...point }) => point)).toEqual(
      model.points
        .map((point) => ({
          id: point.id,
          in: point.in,
          carried: point.carried,
          raisedIn: point.raisedIn,
          discussed: point.discussed,
          standing: point.standing,
          here: !point.former,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    await this.rows('select id, version from one_to_one where id = $1');
  }

  /** The rows, by id; their versions never fall. */
  private async rows<Row extends object>(query: string): Promise<(Row & { id: string; version: number })[]> {
    const { rows } = await app.database.query<Row & { id: string; version: number }>(`${query} order by id`, [
      this.pair,
    ]);
    for (const { id, version } of rows) {
      expect(version).toBeGreaterThanOrEqual(this.versions.get(id) ?? 1);
      this.versions.set(id, version);
    }
    return rows;
  }

  /** If the recurrence plans a conversation now, the model says when, and the database what id it has. */
  private async learnPlanned(plannedAfter: string | null): Promise<void> {
    const date = this.model.nextDate();
    if (date === null) return;
    const { rows } = await app.database.query<{ id: string }>(
      'select id from conversation where one_to_one_id = $1 and series_at = $2',
      [this.pair, this.date(date)],
    );
    expect(rows).toHaveLength(1);
    this.model.add({ id: rows[0]!.id, status: 'PLANNED', at: date, series: date, plannedAfter });
  }

  /** The id of the conversation, or undefined where it is refused as a conflict, which must be what is expected. */
  private async send(
    mutation: string,
    input: Record<string, unknown>,
    possible: boolean,
  ): Promise<string | undefined> {
    const { data, errors } = await this.turn().send(mutation, { input });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(possible ? [] : ['CONFLICT']);
    return possible ? data!.result.conversation.id : undefined;
  }

  private turn(): Signed {
    return this.people[(this.turns += 1) % 2]!;
  }

  private date(hour: Hour): Date {
    return new Date(this.first.getTime() + hour * HOUR_MS);
  }
}

function pick<Value>(values: readonly Value[], which: number): Value | undefined {
  return values[which % Math.max(values.length, 1)];
}

it('keeps conversations and points as the model does, whatever two people do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const [one, other] = [
        await signIn(app, world, await world.person(organization)),
        await signIn(app, world, await world.person(organization)),
      ];
      await world.line(one, other);
      const play = new Play([one, other]);
      await play.start();
      await play.check();
      for (const each of steps) {
        await play.take(each);
        await play.check();
      }
    }),
    {
      seed: seed('conversations of a series'),
      numRuns: rounds(10, 300),
      endOnFailure: !process.env.SHRINK,
    },
  );
});
