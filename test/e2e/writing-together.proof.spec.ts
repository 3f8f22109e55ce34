import { setTimeout as sleep } from 'node:timers/promises';
import { World, hours, type TestOrganization } from '../factories/world.js';
import { long, rounds, seed } from '../setup/prove.js';
import { startApp, type TestApp } from './app.js';
import {
  Writer,
  writingPair,
  type Edited,
  type PointNode,
  type Version,
  type WritingPair,
} from './writing.js';

const ROUNDS = rounds(40, 400);
/** These take longer. */
const CLOSING_ROUNDS = rounds(25, 300);

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

/** Numbers below `below`, the same for the same seed (Mulberry32). */
class Chance {
  constructor(private state: number) {}

  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  }

  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }
}

function report(line: string): void {
  if (long) process.stdout.write(`${line}\n`);
}

/** One text that several windows edit at once, and what each received. */
interface Row {
  readonly version: number;
  readonly text: string;
}
interface Save {
  readonly by: string;
  readonly version: number;
  /** What it was saved as; null for a change of something else. */
  readonly text: string | null;
}
class Edits<Node extends Row> {
  /** By version. */
  private readonly saves = new Map<number, Save>();
  refused = 0;
  private readonly shown: Node[] = [];

  constructor(private readonly first: Node) {}

  get saved(): readonly Save[] {
    return [...this.saves.values()];
  }

  /** What a window knows at its start. */
  get start(): Node {
    return this.first;
  }

  /** Notes the answer; gives what the window knows from now on. */
  note(by: Writer, seen: Node, text: string | null, { made, present }: Edited<Node>): Node {
    if (present) {
      // Refused only with reason, and with the current version in the answer.
      expect(present.version).toBeGreaterThan(seen.version);
      this.refused += 1;
      this.shown.push(present);
      return present;
    }
    if (!made) throw new Error('Neither made nor refused.');
    if (text !== null) {
      expect(made.version).toBe(seen.version + 1);
      expect(made.text).toBe(text);
      expect(this.saves.get(made.version)?.text ?? null).toBeNull();
    } else if (this.saves.has(made.version)) {
      // Another window had marked the point the same way: nothing was changed, and the present state was answered.
      return made;
    }
    this.saves.set(made.version, { by: by.id, version: made.version, text });
    return made;
  }

  /** No update lost, none doubled; refusals correct; nothing acknowledged is missing in the history. */
  verify(end: Row, history: readonly Version[]): void {
    const inOrder = this.saved.toSorted((a, b) => a.version - b.version);
    expect(inOrder.map(({ version }) => version)).toEqual(
      inOrder.map((_, index) => this.first.version + 1 + index),
    );
    expect(end.version).toBe(this.first.version + inOrder.length);
    const worded = inOrder.filter((one) => one.text !== null);
    expect(end.text).toBe(worded.at(-1)?.text ?? this.first.text);
    for (const present of this.shown) {
      expect(present.text).toBe(
        worded.findLast(({ version }) => version <= present.version)?.text ?? this.first.text,
      );
    }
    // Within ten minutes: of each author's saves without another's between, the last.
    const kept = worded.filter((one, index) => worded[index + 1]?.by !== one.by);
    const known = new Set(worded.map(({ text }) => text));
    expect(
      history
        .filter(({ text }) => known.has(text))
        .map(({ version, text, author }) => ({ by: author.id, version, text })),
    ).toEqual(kept.toReversed());
  }
}

describe('two people who write at the same time', () => {
  it('lose no change of notes, points and action items, each from two windows of both', async () => {
    const chance = new Chance(seed('writing together'));
    const counted = { saved: 0, refused: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const { ana, lee, talk } = await writingPair(app, world, organization);
      const point = await ana.add({ target: { conversationId: talk }, text: 'first' });
      const item = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, text: 'first' });
      const notes = new Edits((await ana.read(talk)).sharedNotes);
      const points = new Edits(point);
      const items = new Edits(item);
      let count = 0;
      const window = async (who: Writer, plan: readonly number[]): Promise<void> => {
        let [seenNotes, seenPoint, seenItem] = [notes.start, points.start, items.start];
        for (const step of plan) {
          await sleep(step % 4);
          count += 1;
          const text = `${who === ana ? 'Ana' : 'Lee'} ${String(count)}`;
          if (step % 3 === 0) {
            const edited = await who.writeNotes({ conversationId: talk, version: seenNotes.version, text });
            seenNotes = notes.note(who, seenNotes, text, edited);
          } else if (step % 3 === 1) {
            const { id, version, discussed } = seenPoint;
            // The words are Ana's; either marks it.
            const words = who === ana && step % 2 === 0;
            const change = words ? { text } : { discussed: !discussed };
            const edited = await who.update({ id, version, ...change });
            seenPoint = points.note(who, seenPoint, words ? text : null, edited);
          } else {
            const { id, version } = seenItem;
            const date = who === ana && step % 2 === 0;
            const dueOn = new Date(Date.now() + (2 + count) * 86_400_000).toISOString().slice(0, 10);
            const edited = await who.updateItem({ id, version, ...(date ? { dueOn } : { text }) });
            seenItem = items.note(who, seenItem, date ? null : text, edited);
          }
        }
      };
      const plan = (): number[] => Array.from({ length: 6 }, () => chance.below(24));
      await Promise.all([ana, lee, ana, lee].map((who) => window(who, plan())));

      const end = await ana.read(talk);
      const [endPoint] = end.talkingPoints;
      const [endItem] = end.actionItems;
      if (!endPoint || !endItem) throw new Error('something is gone');
      notes.verify(end.sharedNotes, end.sharedNotes.history);
      points.verify(endPoint, endPoint.history ?? []);
      items.verify(endItem, endItem.history);
      for (const edits of [notes, points, items]) {
        counted.saved += edits.saved.length;
        counted.refused += edits.refused;
      }
    }
    // Else nobody was in anybody's way, and nothing was shown.
    expect(counted.refused).toBeGreaterThan(ROUNDS);
    report(
      `writing together: ${String(ROUNDS)} interleavings, ${String(counted.saved)} saves, all there; ` +
        `${String(counted.refused)} refused, each with the present state`,
    );
  });

  it('lose no point while conversations are closed and reopened', async () => {
    const chance = new Chance(seed('points while conversations close'));
    const counted = { steps: 0, refused: 0, points: 0, carried: 0 };
    for (let round = 0; round < CLOSING_ROUNDS; round += 1) {
      const recurrence = chance.below(2) === 0 ? { recurrence: 'FREQ=WEEKLY' } : {};
      const pair = await writingPair(app, world, organization, recurrence);
      const agenda = new Agenda(pair);
      await agenda.begin();
      const plan = (): number[] => Array.from({ length: 7 }, () => chance.below(1_000));
      await Promise.all([pair.ana, pair.lee, pair.ana, pair.lee].map((who) => agenda.window(who, plan())));
      await agenda.verify();
      counted.steps += agenda.steps;
      counted.refused += agenda.refused;
      counted.points += agenda.added.size;
      counted.carried += agenda.carried;
    }
    expect(counted.carried).toBeGreaterThan(CLOSING_ROUNDS);
    report(
      `points while conversations close: ${String(CLOSING_ROUNDS)} interleavings of ${String(counted.steps)} steps ` +
        `(${String(counted.refused)} refused), ${String(counted.points)} points, carried ${String(counted.carried)} times: ` +
        'none left behind, lost or doubled',
    );
  });
});

/** The codes with which a write may be refused while others change the same rows. */
const REFUSALS = new Set(['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT']);

/** The points of a pair while everybody does everything. */
class Agenda {
  /** Acknowledged, by id: whose. */
  readonly added = new Map<string, Writer>();
  readonly removed = new Set<string>();
  steps = 0;
  refused = 0;
  carried = 0;
  private hour = 200;
  private readonly talks: string[];

  constructor(private readonly pair: WritingPair) {
    this.talks = [pair.talk];
  }

  async begin(): Promise<void> {
    for (const [who, draft] of [
      [this.pair.ana, false],
      [this.pair.lee, true],
      [this.pair.lee, false],
    ] as const) {
      const { id } = await who.add({ target: { conversationId: this.pair.talk }, text: 'begin', draft });
      this.added.set(id, who);
    }
  }

  async window(who: Writer, plan: readonly number[]): Promise<void> {
    for (const step of plan) {
      await sleep(step % 3);
      this.steps += 1;
      try {
        await this.step(who, step);
      } catch (error) {
        const code = /"code":"([A-Z_]+)"/.exec(String(error))?.[1];
        if (code === undefined || !REFUSALS.has(code)) throw error;
        this.refused += 1;
      }
    }
  }

  private async step(who: Writer, step: number): Promise<void> {
    const talk = this.talks[Math.floor(step / 10) % this.talks.length] ?? this.pair.talk;
    switch (step % 10) {
      case 0:
      case 1:
      case 2: {
        const target = step % 4 === 0 ? { oneToOneId: this.pair.id } : { conversationId: talk };
        const { id } = await who.add({ target, text: `point ${String(step)}`, draft: step % 3 === 0 });
        this.added.set(id, who);
        return;
      }
      case 3:
      case 4: {
        const { talkingPoints } = await who.read(talk);
        const [moved, before] = [talkingPoints.at(step % 7), talkingPoints.at(step % 5)];
        if (moved && moved.id !== before?.id) await who.move(moved.id, before?.id ?? null);
        return;
      }
      case 5: {
        const point = (await who.read(talk)).talkingPoints.at(step % 4);
        if (point) await who.update({ id: point.id, version: point.version, discussed: !point.discussed });
        return;
      }
      case 6: {
        const own = (await who.read(talk)).talkingPoints.find(({ author }) => author.id === who.id);
        if (!own) return;
        if (step % 3 === 0) await who.share(own.id);
        else {
          await who.remove(own.id);
          this.removed.add(own.id);
        }
        return;
      }
      case 7:
        await (step % 20 < 10 ? who.hold(talk) : who.skip(talk));
        return;
      case 8:
        await who.reopen(talk);
        return;
      default: {
        this.hour += 1;
        this.talks.push((await who.schedule(this.pair.id, hours(this.hour))).id);
      }
    }
  }

  async verify(): Promise<void> {
    const { rows } = await app.database.query<{
      id: string;
      conversation_id: string | null;
      status: string | null;
      discussed: boolean;
      draft: boolean;
      times_carried: number;
      carries: number;
      author_id: string;
      planned: boolean;
    }>(
      `select t.id, t.conversation_id, c.status, t.discussed, t.draft, t.times_carried, t.author_id,
         (select count(*)::int from talking_point_carry k where k.point_id = t.id) as carries,
         exists (select 1 from conversation p where p.one_to_one_id = t.one_to_one_id and p.status = 'PLANNED') as planned
       from talking_point t left join conversation c on c.id = t.conversation_id where t.one_to_one_id = $1`,
      [this.pair.id],
    );
    // Everything that was acknowledged, once, and nothing else.
    const alive = [...this.added.keys()].filter((id) => !this.removed.has(id));
    expect(rows.map(({ id }) => id).sort()).toEqual(alive.sort());
    for (const point of rows) {
      if (!point.discussed && point.conversation_id !== null) expect(point.status).toBe('PLANNED');
      // None waits while there is where to go.
      if (point.conversation_id === null) expect(point.planned).toBe(false);
      // Not fewer: what a conversation had carried on stays counted when that one goes again.
      expect(point.times_carried).toBeGreaterThanOrEqual(point.carries);
      this.carried += point.times_carried;
    }
    for (const who of [this.pair.ana, this.pair.lee]) {
      const lists: (readonly Listed[])[] = [...(await this.lists(who)), await who.waiting(this.pair.id)];
      for (const list of lists)
        expect(list.map(({ position }) => position)).toEqual(list.map((_, index) => index + 1));
      const visible = rows.filter(({ draft, author_id: author }) => !draft || author === who.id);
      expect(
        lists
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(visible.map(({ id }) => id).sort());
    }
  }

  private async lists(who: Writer): Promise<Listed[][]> {
    const { oneToOne } = await who.get<{
      oneToOne: { conversations: { nodes: { talkingPoints: Listed[] }[] } };
    }>(
      `query ($id: ID!) { oneToOne(id: $id) { conversations(first: 50) { nodes { talkingPoints { id position } } } } }`,
      { id: this.pair.id },
    );
    return oneToOne.conversations.nodes.map(({ talkingPoints }) => talkingPoints);
  }
}

type Listed = Pick<PointNode, 'id' | 'position'>;
