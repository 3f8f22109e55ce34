import { World, day, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf } from './statements.js';
import {
  ADD_POINT,
  MOVE_POINT,
  READ_TALK,
  DELETE_POINT,
  SHARE_POINTS,
  SHARE_POINT,
  UPDATE_POINT,
  Writer,
  writer,
  writingPair,
  type PointNode,
  type WritingPair,
} from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

const MADE_UP = '00000000-0000-4000-8000-000000000000';
const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

async function nodeOf(who: Writer, id: string): Promise<unknown> {
  return (await who.get<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id })).node;
}

describe('a talking point', () => {
  it('is added by either participant as a draft, which only its author can see until it is shared', async () => {
    const { ana, lee, talk } = await pairOf();
    for (const [author, other] of [
      [ana, lee],
      [lee, ana],
    ] as const) {
      const draft = await author.add({ target: { conversationId: talk }, text: 'Mine', draft: undefined });
      expect(draft).toMatchObject({
        draft: true,
        text: 'Mine',
        discussed: false,
        timesCarried: 0,
        version: 1,
        author: { id: author.id },
        about: null,
        conversation: { id: talk },
        raisedIn: { id: talk },
        history: [{ version: 1, text: 'Mine', author: { id: author.id } }],
      });
      expect(await nodeOf(other, draft.id)).toBeNull();
      expect((await other.read(talk)).talkingPoints.map(({ id }) => id)).not.toContain(draft.id);

      const shared = await author.share(draft.id);
      expect(shared).toMatchObject({ id: draft.id, draft: false, version: 2 });
      expect(await nodeOf(other, draft.id)).toEqual({ id: draft.id });
      // The words did not change, so the history has not grown; and it is the author's.
      expect(shared.history).toHaveLength(1);
      const seen = (await other.read(talk)).talkingPoints.find(({ id }) => id === draft.id);
      expect(seen).toMatchObject({ text: 'Mine', draft: false, history: null });
      expect(await author.share(draft.id)).toEqual(shared);
      expect(await other.code(SHARE_POINT, { id: draft.id })).toBe('NOT_PERMITTED');
    }
  });

  it('can be shared when it is added', async () => {
    const { ana, lee, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'For both' });
    expect(point.draft).toBe(false);
    expect(await lee.agenda(talk)).toEqual(['For both']);
  });

  it('keeps the mark that it comes from a customer, which only its author can change', async () => {
    const { ana, lee, id, talk } = await pairOf();
    expect(await ana.add({ target: { conversationId: talk }, text: 'No mark' })).toMatchObject({
      fromCustomer: false,
    });
    const target = { conversationId: talk };
    const draft = await ana.add({ target, text: 'A gear slips', fromCustomer: true, draft: true });
    const point = await ana.share(draft.id);
    expect(point).toMatchObject({ fromCustomer: true, version: 2 });
    const unmark = { id: point.id, version: 2, fromCustomer: false };
    expect(await lee.code(UPDATE_POINT, unmark)).toBe('NOT_PERMITTED');
    expect(await lee.code(UPDATE_POINT, { ...unmark, fromCustomer: null })).toBe('BAD_USER_INPUT');

    const next = await lee.schedule(id, hours(30));
    await lee.hold(talk);
    const [, carried] = (await lee.read(next.id)).talkingPoints;
    expect(carried).toMatchObject({ id: point.id, fromCustomer: true, timesCarried: 1 });

    const { made } = await ana.update(unmark);
    expect(made).toMatchObject({ fromCustomer: false, text: 'A gear slips', version: 3 });
    expect(made?.history).toHaveLength(1);
    const { present } = await ana.update({ ...unmark, fromCustomer: true });
    expect(present).toMatchObject({ fromCustomer: false, version: 3 });
  });

  it('goes to the next conversation of a one-to-one, or waits while none is planned', async () => {
    const { ana, lee, id, talk } = await pairOf();
    expect(await ana.add({ target: { oneToOneId: id }, text: 'Next time' })).toMatchObject({
      conversation: { id: talk },
    });
    await lee.skip(talk);
    const waits = await ana.add({ target: { oneToOneId: id }, text: 'Some time' });
    const draft = await lee.add({ target: { oneToOneId: id }, text: 'Draft', draft: true });
    expect(waits).toMatchObject({ conversation: null, raisedIn: null, position: 2 });
    expect((await ana.waiting(id)).map(({ text }) => text)).toEqual(['Next time', 'Some time']);
    expect((await lee.waiting(id)).map(({ text, position }) => [text, position])).toEqual([
      ['Next time', 1],
      ['Some time', 2],
      ['Draft', 3],
    ]);
    expect(await ana.refused(MOVE_POINT, { id: waits.id })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'input.id' }] },
    });
    const next = await lee.schedule(id, hours(30));
    expect(await ana.agenda(next.id)).toEqual(['Next time', 'Some time']);
    expect(await lee.agenda(next.id)).toEqual(['Next time', 'Some time', 'Draft']);
    expect(await nodeOf(ana, draft.id)).toBeNull();
  });

  it('requires exactly one of an open one-to-one and a planned conversation', async () => {
    const { ana, lee, id, talk } = await pairOf();
    for (const target of [{}, { conversationId: talk, oneToOneId: id }, { conversationId: null }]) {
      expect(await ana.code(ADD_POINT, { target, text: 'Where?' })).toBe('BAD_USER_INPUT');
    }
    await lee.hold(talk);
    const over = await ana.refused(ADD_POINT, { target: { conversationId: talk }, text: 'Late' });
    expect(over.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.target.conversationId' }],
    });
    await lee.end(id);
    expect(await ana.code(ADD_POINT, { target: { oneToOneId: id }, text: 'Later' })).toBe('CONFLICT');
  });

  it('must have a text unless it is a draft about a goal, so that its absence does not reveal a hidden goal', async () => {
    const { ana, lee, talk } = await pairOf();
    const goal = await world.goal(ana.person);
    const blank = { target: { conversationId: talk }, text: ' \n' };
    for (const input of [
      { ...blank, draft: true },
      { ...blank, draft: false, aboutId: goal.id },
    ]) {
      const refusal = await ana.refused(ADD_POINT, input);
      expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.text' }] });
    }
    const draft = await ana.add({
      target: { conversationId: talk },
      text: '',
      aboutId: goal.id,
      draft: true,
    });
    expect(draft).toMatchObject({ text: '', about: { id: goal.id } });
    const early = await ana.refused(SHARE_POINT, { id: draft.id });
    expect(early.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.id' }] });
    for (const change of [{ aboutId: null }, { text: '', aboutId: null }]) {
      const refusal = await ana.refused(UPDATE_POINT, { id: draft.id, version: 1, ...change });
      expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.text' }] });
    }
    await ana.update({ id: draft.id, version: 1, text: 'The course' });
    await ana.share(draft.id);
    expect(await lee.agenda(talk)).toEqual(['The course']);
    expect(await ana.code(UPDATE_POINT, { id: draft.id, version: 3, text: '  ' })).toBe('BAD_USER_INPUT');
  });
});

describe('the text of a talking point', () => {
  it('can be changed by its author only, who alone can delete the point', async () => {
    const { ana, lee, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'One' });
    expect(await lee.code(UPDATE_POINT, { id: point.id, version: 1, text: 'Another' })).toBe('NOT_PERMITTED');
    expect(await lee.code(UPDATE_POINT, { id: point.id, version: 1, aboutId: null })).toBe('NOT_PERMITTED');
    expect(await lee.code(DELETE_POINT, { id: point.id })).toBe('NOT_PERMITTED');
    expect((await ana.update({ id: point.id, version: 1, text: 'Two' })).made).toMatchObject({
      text: 'Two',
      version: 2,
    });
    await ana.remove(point.id);
    expect(await lee.agenda(talk)).toEqual([]);
    for (const query of [UPDATE_POINT, DELETE_POINT]) {
      const input = { id: point.id, ...(query === UPDATE_POINT && { version: 2 }) };
      expect(await ana.code(query, input)).toBe('NOT_FOUND');
    }
  });

  it('returns the current state to an edit of an outdated version, by either participant', async () => {
    const { ana, lee, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'One' });
    expect((await lee.update({ id: point.id, version: 1, discussed: true })).made).toMatchObject({
      discussed: true,
      version: 2,
    });
    const refused = await ana.update({ id: point.id, version: 1, text: 'Two' });
    expect(refused.present).toMatchObject({ id: point.id, text: 'One', discussed: true, version: 2 });
    expect((await ana.update({ id: point.id, version: 2, text: 'Two' })).made?.version).toBe(3);
    // A form that holds all of it: what was seen is not what is there, which is no attempt at the other's words.
    const stale = await lee.update({ id: point.id, version: 2, text: 'One', discussed: false });
    expect(stale.present).toMatchObject({ text: 'Two', discussed: true, version: 3, history: null });
    const whole = await lee.update({ id: point.id, version: 3, text: 'Two', discussed: false });
    expect(whole.made).toMatchObject({ text: 'Two', discussed: false, version: 4 });
    // Saving what is there changes nothing.
    expect((await lee.update({ id: point.id, version: 4, discussed: false })).made?.version).toBe(4);
  });

  it('merges the versions of 10 minutes in the history, while the version rises with every change', async () => {
    const { ana, lee, talk } = await pairOf();
    let point: PointNode = await ana.add({ target: { conversationId: talk }, text: 'One' });
    const save = async (text: string): Promise<void> => {
      const { made } = await ana.update({ id: point.id, version: point.version, text });
      if (!made) throw new Error('not saved');
      point = made;
    };
    await save('Two');
    expect(point.history).toMatchObject([{ version: 2, text: 'Two' }]);
    await app.database.query(
      `update talking_point_version set started_at = started_at - interval '601 seconds' where point_id = $1`,
      [point.id],
    );
    await save('Three');
    await lee.update({ id: point.id, version: 3, discussed: true });
    point = { ...point, version: 4 };
    await save('Four');
    expect(point.history?.map(({ version, text }) => [version, text])).toEqual([
      [5, 'Four'],
      [2, 'Two'],
    ]);
  });
});

describe('carrying talking points over', () => {
  it('keeps ID, text, history and order of points, drafts too, and counts each', async () => {
    const pair = await writingPair(app, world, organization, { recurrence: 'FREQ=WEEKLY' });
    const { ana, lee, talk } = pair;
    const one = await ana.add({ target: { conversationId: talk }, text: 'One' });
    const hidden = await lee.add({ target: { conversationId: talk }, text: 'Hidden', draft: true });
    const talked = await lee.add({ target: { conversationId: talk }, text: 'Talked about' });
    const two = await lee.add({ target: { conversationId: talk }, text: 'Two' });
    await ana.update({ id: talked.id, version: 1, discussed: true });
    await ana.hold(talk);
    expect(await ana.agenda(talk)).toEqual(['Talked about']);
    const conversation = await nextOf(pair);
    const seen = (await ana.read(conversation)).talkingPoints;
    expect(seen.map(({ id, timesCarried, position }) => [id, timesCarried, position])).toEqual([
      [one.id, 1, 1],
      [two.id, 1, 2],
    ]);
    expect(seen[0]).toMatchObject({ raisedIn: { id: talk }, version: 1, history: [{ text: 'One' }] });
    const own = (await lee.read(conversation)).talkingPoints;
    expect(own.map(({ id, timesCarried, position }) => [id, timesCarried, position])).toEqual([
      [one.id, 1, 1],
      [hidden.id, 1, 2],
      [two.id, 1, 3],
    ]);
    await lee.reopen(talk);
    expect((await lee.read(talk)).talkingPoints.map(({ id, timesCarried }) => [id, timesCarried])).toEqual([
      [one.id, 0],
      [hidden.id, 0],
      [talked.id, 0],
      [two.id, 0],
    ]);
  });

  it('moves a point that is marked undiscussed in a closed conversation', async () => {
    const pair = await pairOf();
    const { ana, lee, talk } = pair;
    const point = await ana.add({ target: { conversationId: talk }, text: 'One' });
    await ana.update({ id: point.id, version: 1, discussed: true });
    await ana.hold(talk);
    const waits = await lee.update({ id: point.id, version: 2, discussed: false });
    expect(waits.made).toMatchObject({ conversation: null, timesCarried: 1, discussed: false, version: 3 });
    expect((await ana.waiting(pair.id)).map(({ id }) => id)).toEqual([point.id]);
    // And it comes back with the rest when the conversation does.
    await ana.reopen(talk);
    expect((await ana.read(talk)).talkingPoints).toMatchObject([{ id: point.id, timesCarried: 0 }]);
  });
});

async function nextOf({ id, ana }: WritingPair): Promise<string> {
  const { oneToOne } = await ana.get<{ oneToOne: { next: { id: string } } }>(
    'query ($id: ID!) { oneToOne(id: $id) { next { id } } }',
    { id },
  );
  return oneToOne.next.id;
}

describe('the order of talking points', () => {
  it('can be changed by either participant, and a new point comes last', async () => {
    const { ana, lee, talk } = await pairOf();
    const [a, b, c] = [
      await ana.add({ target: { conversationId: talk }, text: 'a' }),
      await lee.add({ target: { conversationId: talk }, text: 'b' }),
      await ana.add({ target: { conversationId: talk }, text: 'c' }),
    ];
    await lee.move(c.id, a.id);
    expect(await ana.agenda(talk)).toEqual(['c', 'a', 'b']);
    const moved = await ana.move(c.id.toUpperCase());
    expect(moved.talkingPoints.map(({ text, position }) => [text, position])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    await lee.move(b.id, c.id);
    expect(await lee.agenda(talk)).toEqual(['a', 'b', 'c']);
    await lee.add({ target: { conversationId: talk }, text: 'd' });
    expect(await ana.agenda(talk)).toEqual(['a', 'b', 'c', 'd']);
    const other = await pairOf();
    const elsewhere = await other.ana.add({ target: { conversationId: other.talk }, text: 'e' });
    for (const beforeId of [a.id, elsewhere.id, MADE_UP]) {
      const refusal = await ana.refused(MOVE_POINT, { id: a.id, beforeId });
      expect(refusal.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.beforeId' }],
      });
    }
    expect(await ana.agenda(talk)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('and positions are the same for the other participant with and without hidden drafts', async () => {
    // The same story twice, once with Lee's drafts all over it; Ana, who also has drafts, must see no difference.
    const seen: unknown[] = [];
    for (const hidden of [false, true]) {
      const { id, ana, lee, talk } = await pairOf();
      const secret = async (): Promise<PointNode[]> => {
        if (!hidden) return [];
        const conversationId = await nextOf({ id, ana } as WritingPair);
        return [
          await lee.add({ target: { conversationId }, text: 'x', draft: true }),
          await lee.add({ target: { conversationId }, text: 'y', draft: true }),
        ];
      };
      const watched: unknown[] = [];
      const watch = async (): Promise<void> => {
        const { version, talkingPoints, goals } = await ana.read(await nextOf({ id, ana } as WritingPair));
        watched.push([
          version,
          goals,
          talkingPoints.map((point) => [point.text, point.position, point.version, point.timesCarried]),
        ]);
      };
      await secret();
      const a = await ana.add({ target: { conversationId: talk }, text: 'a' });
      await ana.add({ target: { conversationId: talk }, text: 'own 1', draft: true });
      await ana.add({ target: { conversationId: talk }, text: 'own 2', draft: true });
      const [x, y] = await secret();
      const b = await lee.add({ target: { conversationId: talk }, text: 'b' });
      watched.push((await ana.get<{ node: PointNode }>(POINT_BY_ID, { id: b.id })).node.position);
      await watch();
      if (x && y) {
        await lee.move(y.id, a.id);
        await lee.move(x.id, a.id);
        await lee.move(x.id);
      }
      await watch();
      await lee.move(b.id, a.id);
      await watch();
      await secret();
      await lee.move(b.id);
      await watch();
      const made = await ana.add({ target: { conversationId: talk }, text: 'own 3', draft: true });
      watched.push(made.position);
      const next = await lee.schedule(id, hours(300));
      await ana.add({ target: { conversationId: next.id }, text: 'there' });
      if (hidden) await lee.add({ target: { conversationId: next.id }, text: 'z', draft: true });
      await ana.hold(talk);
      await watch();
      await lee.add({ target: { conversationId: next.id }, text: 'after' });
      await watch();
      if (x && y) {
        await lee.remove(x.id);
        await lee.update({ id: y.id, version: 1, text: 'y again' });
      }
      await watch();
      await ana.reopen(talk);
      await watch();
      await ana.skip(talk);
      await ana.skip(next.id);
      watched.push((await ana.waiting(id)).map(({ text, position, version }) => [text, position, version]));
      const last = await ana.schedule(id, hours(400));
      watched.push((await ana.read(last.id)).talkingPoints.map(({ text, position }) => [text, position]));
      seen.push(watched);
    }
    expect(seen[1]).toEqual(seen[0]);
    // The control: there was something to see.
    expect(JSON.stringify(seen[0])).toContain('own 3');
  });

  it('takes the same number of statements for any number of points', async () => {
    const { ana, lee, talk } = await pairOf();
    const count = () => statementsOf(() => ana.get(READ_TALK, { id: talk }));
    const one = await ana.add({ target: { conversationId: talk }, text: 'a' });
    const few = await count();
    for (let index = 0; index < 8; index += 1) {
      await (index % 2 ? ana : lee).add({
        target: { conversationId: talk },
        text: 'more',
        draft: index % 4 === 0,
      });
    }
    expect(await count()).toHaveLength(few.length);
    const alone = await statementsOf(() => ana.get(POINT_BY_ID, { id: one.id }));
    // Who asks, which table has it, and the row.
    expect(alone).toHaveLength(3);
  });
});

const POINT_BY_ID = 'query ($id: ID!) { node(id: $id) { ... on TalkingPoint { position } } }';

describe('a talking point about a goal', () => {
  it('shows the goal to those who can see both, for either kind of goal', async () => {
    const { ana, lee, talk } = await pairOf();
    const secret = await world.goal(ana.person, { title: 'Secret' });
    const shared = await world.goal(ana.person, { title: 'Shared' });
    await world.share(shared, lee.person);
    const business = await world.businessGoal(lee.person, await world.cycle(organization));
    const about = async (aboutId: string, draft = false) =>
      ana.add({ target: { conversationId: talk }, text: 'About', aboutId, draft });
    const points = [
      await about(secret.id),
      await about(shared.id),
      await about(business.id),
      await about(business.id),
    ];
    const draft = await about(shared.id, true);
    expect(draft.about).toEqual({ __typename: 'PersonalGoal', id: shared.id });

    const mine = await ana.read(talk);
    expect(mine.talkingPoints.map(({ about: goal }) => goal?.id)).toEqual([
      secret.id,
      shared.id,
      business.id,
      business.id,
      shared.id,
    ]);
    expect(mine.goals.map(({ id }) => id)).toEqual([secret.id, shared.id, business.id]);
    const theirs = await lee.read(talk);
    expect(theirs.talkingPoints.map(({ about: goal }) => goal)).toEqual([
      null,
      { __typename: 'PersonalGoal', id: shared.id },
      { __typename: 'BusinessGoal', id: business.id },
      { __typename: 'BusinessGoal', id: business.id },
    ]);
    expect(theirs.goals.map(({ id }) => id)).toEqual([shared.id, business.id]);

    // What it is about changes nothing that the other sees of it.
    const before = theirs.talkingPoints[0];
    for (const aboutId of [null, secret.id, (await world.goal(ana.person)).id]) {
      const { made } = await ana.update({ id: points[0]!.id, version: 1, aboutId });
      expect(made?.about?.id ?? null).toBe(aboutId);
      expect((await lee.read(talk)).talkingPoints[0]).toEqual(before);
    }
    // And a goal that is shared later is there then.
    await world.share(secret, lee.person);
    await ana.update({ id: points[0]!.id, version: 1, aboutId: secret.id });
    expect((await lee.read(talk)).talkingPoints[0]?.about?.id).toBe(secret.id);
  });

  it('can only be about a goal that its author can see', async () => {
    const { ana, lee, talk } = await pairOf();
    const hidden = await world.goal(lee.person, { title: 'Hidden' });
    const draft = await world.businessGoal(lee.person, await world.cycle(organization), { state: 'DRAFT' });
    const point = await ana.add({ target: { conversationId: talk }, text: 'A' });
    for (const aboutId of [hidden.id, draft.id]) {
      for (const [query, input] of [
        [ADD_POINT, { target: { conversationId: talk }, text: 'B' }],
        [UPDATE_POINT, { id: point.id, version: 1 }],
      ] as const) {
        const refusal = await ana.refused(query, { ...input, aboutId });
        expect(refusal.extensions.code).toBe('NOT_FOUND');
        expect(refusal).toEqual(await ana.refused(query, { ...input, aboutId: MADE_UP }));
      }
    }
    expect(await ana.agenda(talk)).toEqual(['A']);
    expect(
      (await lee.add({ target: { conversationId: talk }, text: 'C', aboutId: hidden.id })).about?.id,
    ).toBe(hidden.id);
    expect((await ana.read(talk)).talkingPoints[1]?.about).toBeNull();
  });

  it('can be given another goal when its author can no longer see the former one', async () => {
    const { ana, lee, talk } = await pairOf();
    const [lent, own] = [await world.goal(lee.person), await world.goal(ana.person)];
    const gone = await world.goal(lee.person);
    const drafts: PointNode[] = [];
    for (const goal of [lent, gone]) {
      const share = await world.share(goal, ana.person);
      drafts.push(
        await ana.add({ target: { conversationId: talk }, text: '', aboutId: goal.id, draft: true }),
      );
      await app.database.query('update goal_share set ended_at = now() where id = $1', [share.id]);
    }
    await app.database.query('delete from personal_goal where id = $1', [gone.id]);
    const [first, second] = drafts as [PointNode, PointNode];
    // Whether the goal is only hidden or was deleted: the answers are the same.
    const worded = { version: 1, text: ' ' };
    expect(await ana.refused(UPDATE_POINT, { id: first.id, ...worded })).toEqual(
      await ana.refused(UPDATE_POINT, { id: second.id, ...worded }),
    );
    for (const { id } of drafts) {
      const { made } = await ana.update({ id, version: 1, aboutId: own.id });
      expect(made?.about?.id).toBe(own.id);
    }
  });
});

describe('a person outside of the one-to-one', () => {
  it('cannot read or change a talking point, or learn that it exists', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const shared = await ana.add({ target: { conversationId: talk }, text: 'Shared' });
    const draft = await ana.add({ target: { conversationId: talk }, text: 'Draft', draft: true });
    const manager = await writer(app, world, organization);
    await world.line(lee.person, manager.person);
    const former = await writer(app, world, organization);
    await world.oneToOne(former.person, ana.person, { state: 'ENDED' });
    const admin = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin.person, role);
    const stranger = await writer(app, world, await world.organization());
    const attacks = (point: string, conversation: string, pair: string): [string, object][] => [
      [UPDATE_POINT, { id: point, version: 1, text: 'Mine now' }],
      [UPDATE_POINT, { id: point, version: 7, discussed: true }],
      [SHARE_POINT, { id: point }],
      [MOVE_POINT, { id: point, beforeId: shared.id }],
      [DELETE_POINT, { id: point }],
      [ADD_POINT, { target: { conversationId: conversation }, text: 'Hello' }],
      [ADD_POINT, { target: { oneToOneId: pair }, text: 'Hello' }],
    ];
    for (const outsider of [manager, former, admin, stranger]) {
      for (const point of [shared, draft]) {
        for (const [index, [query, input]] of attacks(point.id, talk, id).entries()) {
          const refusal = await outsider.refused(query, input as Record<string, unknown>);
          expect(refusal.extensions.code).toBe('NOT_FOUND');
          const none = attacks(MADE_UP, MADE_UP, MADE_UP)[index]![1] as Record<string, unknown>;
          expect(refusal).toEqual(await outsider.refused(query, none));
        }
        expect(await nodeOf(outsider, point.id)).toBeNull();
      }
      expect(await outsider.get(READ_TALK, { id: talk })).toEqual({ conversation: null });
    }
    // The other of the two, for the draft; and for what is before it.
    for (const [index, [query, input]] of attacks(draft.id, talk, id).slice(0, 5).entries()) {
      const refusal = await lee.refused(query, input as Record<string, unknown>);
      expect(refusal).toEqual(
        await lee.refused(query, attacks(MADE_UP, talk, id)[index]![1] as Record<string, unknown>),
      );
    }
    expect(await lee.refused(MOVE_POINT, { id: shared.id, beforeId: draft.id })).toEqual(
      await lee.refused(MOVE_POINT, { id: shared.id, beforeId: MADE_UP }),
    );
    const robot = new Writer(
      app,
      admin.person,
      await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE', 'TRENDS_READ', 'SCHEMA_READ']),
    );
    for (const [query, input] of attacks(shared.id, talk, id))
      expect(await robot.code(query, input as Record<string, unknown>)).toBe('NOT_PERMITTED');
    expect(await nodeOf(robot, shared.id)).toBeNull();
    // The control.
    expect((await ana.read(talk)).talkingPoints).toMatchObject([
      { text: 'Shared', version: 1 },
      { text: 'Draft', version: 1, draft: true },
    ]);
    await lee.move(shared.id);
    await ana.share(draft.id);
  });
});

describe('talking points of an ended one-to-one', () => {
  it('can be read and cannot be changed', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const talked = await ana.add({ target: { conversationId: talk }, text: 'Talked' });
    await lee.update({ id: talked.id, version: 1, discussed: true });
    const draft = await ana.add({ target: { conversationId: talk }, text: 'Draft', draft: true });
    await lee.end(id);
    for (const [query, input] of [
      [UPDATE_POINT, { id: talked.id, version: 2, text: 'Other' }],
      [UPDATE_POINT, { id: talked.id, version: 2, discussed: false }],
      [MOVE_POINT, { id: talked.id }],
      [DELETE_POINT, { id: talked.id }],
      [SHARE_POINT, { id: draft.id }],
    ] as const) {
      expect(await ana.code(query, input)).toBe('CONFLICT');
    }
    expect(await lee.agenda(talk)).toEqual(['Talked']);
    expect((await ana.waiting(id)).map(({ text }) => text)).toEqual(['Draft']);
    expect(await lee.waiting(id)).toEqual([]);
    // The error for a hidden draft does not even reveal that the one-to-one has ended.
    expect(await lee.code(UPDATE_POINT, { id: draft.id, version: 1, discussed: true })).toBe('NOT_FOUND');
  });

  it('are hidden from a participant who has left', async () => {
    const { ana, lee, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Here' });
    await world.leaves(ana.person, day(-1));
    expect(await ana.code(UPDATE_POINT, { id: point.id, version: 1, text: 'There' })).toBe('NOT_PERMITTED');
    expect(await nodeOf(ana, point.id)).toBeNull();
    expect(await lee.agenda(talk)).toEqual(['Here']);
    expect(await lee.code(UPDATE_POINT, { id: point.id, version: 1, discussed: true })).toBe('CONFLICT');
  });
});

describe('sharing several drafts', () => {
  it('shares all of them at once, and leaves those that are shared as they are', async () => {
    const { ana, lee, talk } = await pairOf();
    const drafts = [];
    for (const text of ['One', 'Two', 'Three'])
      drafts.push(await ana.add({ target: { conversationId: talk }, text, draft: true }));
    const shared = await ana.add({ target: { conversationId: talk }, text: 'Shared' });
    const { talkingPoints } = await ana.shareAll(talk, [drafts[2]!.id, shared.id, drafts[0]!.id]);
    expect(talkingPoints.map(({ text, draft, version }) => [text, draft, version])).toEqual([
      ['One', false, 2],
      ['Two', true, 1],
      ['Three', false, 2],
      ['Shared', false, 1],
    ]);
    expect(await lee.agenda(talk)).toEqual(['One', 'Three', 'Shared']);
    // Sent again, it changes nothing.
    expect((await ana.shareAll(talk, [drafts[0]!.id])).talkingPoints).toEqual(talkingPoints);
  });

  it('shares none of them if one cannot be shared', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const goal = await world.goal(ana.person);
    const draft = await ana.add({ target: { conversationId: talk }, text: 'One', draft: true });
    const empty = await ana.add({
      target: { conversationId: talk },
      text: '',
      aboutId: goal.id,
      draft: true,
    });
    const later = await lee.schedule(id, hours(90));
    const elsewhere = await ana.add({ target: { conversationId: later.id }, text: 'Later', draft: true });
    const theirs = await lee.add({ target: { conversationId: talk }, text: 'Theirs' });
    const hidden = await lee.add({ target: { conversationId: talk }, text: 'Hidden', draft: true });
    for (const [second, code] of [
      [empty.id, 'BAD_USER_INPUT'],
      [elsewhere.id, 'BAD_USER_INPUT'],
      [theirs.id, 'NOT_PERMITTED'],
      [hidden.id, 'NOT_FOUND'],
      [MADE_UP, 'NOT_FOUND'],
      [draft.id, 'BAD_USER_INPUT'],
    ] as const) {
      const input = { conversationId: talk, talkingPointIds: [draft.id, second] };
      const refusal = await ana.refused(SHARE_POINTS, input);
      expect([second, refusal.extensions.code]).toEqual([second, code]);
    }
    const refusal = await ana.refused(SHARE_POINTS, {
      conversationId: talk,
      talkingPointIds: [draft.id, empty.id],
    });
    expect(refusal.extensions).toMatchObject({ fields: [{ path: 'input.talkingPointIds.1' }] });
    expect(await ana.code(SHARE_POINTS, { conversationId: talk, talkingPointIds: [] })).toBe(
      'BAD_USER_INPUT',
    );
    expect(await lee.agenda(talk)).toEqual(['Theirs', 'Hidden']);
    await lee.end(id);
    expect(await ana.code(SHARE_POINTS, { conversationId: talk, talkingPointIds: [draft.id] })).toBe(
      'CONFLICT',
    );
  });

  it('is not possible in conversations of other people', async () => {
    const { ana, talk } = await pairOf();
    const draft = await ana.add({ target: { conversationId: talk }, text: 'One', draft: true });
    const outsider = await writer(app, world, organization);
    const attempt = (conversationId: string) =>
      outsider.refused(SHARE_POINTS, { conversationId, talkingPointIds: [draft.id] });
    expect((await attempt(talk)).extensions.code).toBe('NOT_FOUND');
    expect(await attempt(talk)).toEqual(await attempt(MADE_UP));
  });
});
