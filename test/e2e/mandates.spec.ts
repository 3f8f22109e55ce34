import { World, day as dayIn, type TestOrganization, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

const day = (offset: number): string => dayIn(offset, 'Europe/Berlin');
const MADE_UP = '00000000-0000-4000-8000-000000000000';

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

interface MandateNode {
  readonly id: string;
  readonly text: string;
  readonly lastDay: string | null;
  readonly published: boolean;
  readonly endedAt: string | null;
  readonly version: number | null;
  readonly viewerCanEdit: boolean;
  readonly grantedBy: { readonly id: string };
  readonly to: { readonly id: string };
  readonly publicationAskedBy: { readonly id: string } | null;
  readonly oneToOne: { readonly id: string } | null;
}

const MANDATE = `fragment M on Mandate {
  id text lastDay published endedAt version viewerCanEdit grantedBy { id } to { id } publicationAskedBy { id } oneToOne { id }
}`;
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { mandate { ...M } } } ${MANDATE}`;
const GRANT = mutation('grantMandate', 'GrantMandateInput');
const END = mutation('endMandate', 'EndMandateInput');
const PUBLISH = mutation('publishMandate', 'PublishMandateInput');
const UNPUBLISH = mutation('unpublishMandate', 'UnpublishMandateInput');
const UPDATE = `mutation ($input: UpdateMandateInput!) { result: updateMandate(input: $input) {
  ... on MandatePayload { mandate { ...M } } ... on EditConflict { current { ...M } } } } ${MANDATE}`;
const LIST = `query ($id: ID!) { oneToOne(id: $id) { mandates { nodes { ...M } } } } ${MANDATE}`;
const OF_PERSON = `query ($id: ID!) { person(id: $id) { mandates { nodes { ...M } } } } ${MANDATE}`;
const NODE = `query ($id: ID!) { node(id: $id) { id ...M } } ${MANDATE}`;

interface Couple {
  readonly ana: Actor;
  readonly lee: Actor;
  readonly line: TestRow;
  readonly oneToOneId: string;
}
/** Ana, her manager Lee, and their one-to-one. */
async function couple(options: Parameters<World['line']>[2] = {}): Promise<Couple> {
  const [ana, lee] = [await actors.join(organization), await actors.join(organization)];
  const line = await world.line(ana, lee, options);
  return { ana, lee, line, oneToOneId: (await world.oneToOne(ana, lee)).id };
}
async function change(who: Actor, query: string, input: object): Promise<MandateNode> {
  return (await who.get<{ result: { mandate: MandateNode } }>(query, { input })).result.mandate;
}
const grant = ({ lee, oneToOneId }: Couple, input: object = {}): Promise<MandateNode> =>
  change(lee, GRANT, { oneToOneId, text: 'Refund up to 200 euros', ...input });
const refused = (who: Actor, query: string, input: object) => who.refusal(query, { input });
async function list(who: Actor, { oneToOneId }: Couple): Promise<readonly MandateNode[]> {
  const { oneToOne } = await who.get<{ oneToOne: { mandates: { nodes: MandateNode[] } } | null }>(LIST, {
    id: oneToOneId,
  });
  return oneToOne?.mandates.nodes ?? [];
}
async function ofPerson(who: Actor, id: string): Promise<readonly MandateNode[]> {
  const { person } = await who.get<{ person: { mandates: { nodes: MandateNode[] } } }>(OF_PERSON, { id });
  return person.mandates.nodes;
}
async function node(who: Actor, id: string): Promise<MandateNode | null> {
  return (await who.get<{ node: MandateNode | null }>(NODE, { id })).node;
}
async function published(pair: Couple): Promise<MandateNode> {
  const { id } = await grant(pair);
  await change(pair.ana, PUBLISH, { id, version: 1 });
  return change(pair.lee, PUBLISH, { id, version: 1 });
}

describe('a mandate', () => {
  it('is granted by a manager in a line of either kind, and both of the two people see it', async () => {
    for (const kind of ['PRIMARY', 'DOTTED'] as const) {
      const pair = await couple({ kind });
      const first = await grant(pair, { lastDay: day(0) });
      expect(first).toMatchObject({
        text: 'Refund up to 200 euros',
        lastDay: day(0),
        published: false,
        endedAt: null,
        version: 1,
        viewerCanEdit: true,
        grantedBy: { id: pair.lee.id },
        to: { id: pair.ana.id },
        publicationAskedBy: null,
        oneToOne: { id: pair.oneToOneId },
      });
      const second = await grant(pair, { text: 'Send a replacement' });
      expect((await list(pair.ana, pair)).map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(await node(pair.ana, first.id)).toEqual({ ...first, viewerCanEdit: false });
    }
  });

  it('cannot be granted by a report, a peer, a former or a future manager, for the past, or without words', async () => {
    const pair = await couple();
    const { ana, lee, line, oneToOneId } = pair;
    const words = { oneToOneId, text: 'Anything' };
    expect(await refused(ana, GRANT, words)).toBe('NOT_PERMITTED');
    const peer = await actors.join(organization);
    expect(await refused(peer, GRANT, words)).toBe('NOT_FOUND');
    expect(await refused(lee, GRANT, { ...words, oneToOneId: MADE_UP })).toBe('NOT_FOUND');
    const withPeer = await world.oneToOne(peer, ana);
    expect(await refused(peer, GRANT, { ...words, oneToOneId: withPeer.id })).toBe('NOT_PERMITTED');
    await world.line(ana, peer, { kind: 'DOTTED', from: day(3) });
    expect(await refused(peer, GRANT, { ...words, oneToOneId: withPeer.id })).toBe('NOT_PERMITTED');
    const answer = await lee.ask(GRANT, { input: { oneToOneId, text: ' ', lastDay: day(-1) } });
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.text' }],
    });
    const past = await lee.ask(GRANT, { input: { ...words, lastDay: day(-1) } });
    expect(past.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.lastDay', code: 'OUT_OF_RANGE' }],
    });
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect(await refused(lee, GRANT, words)).toBe('NOT_PERMITTED');
  });

  it('is changed by the manager only, and an outdated edit returns the conflict', async () => {
    const pair = await couple();
    const { ana, lee } = pair;
    const { id } = await grant(pair);
    const changed = await change(lee, UPDATE, { id, version: 1, text: 'Up to 500', lastDay: day(4) });
    expect(changed).toMatchObject({ text: 'Up to 500', lastDay: day(4), version: 2 });
    expect(await change(lee, UPDATE, { id, version: 1, text: 'Up to 500' })).toEqual(changed);
    const stale = await lee.get<{ result: { current: MandateNode } }>(UPDATE, {
      input: { id, version: 1, text: 'Up to 5' },
    });
    expect(stale.result.current).toEqual(changed);
    expect(await refused(ana, UPDATE, { id, version: 2, text: 'Everything' })).toBe('NOT_PERMITTED');
    expect(await refused(lee, UPDATE, { id, version: 2, lastDay: day(-1) })).toBe('BAD_USER_INPUT');
    expect(await change(lee, UPDATE, { id, version: 2, lastDay: null })).toMatchObject({
      lastDay: null,
      version: 3,
    });
  });

  it('is ended by either, for good', async () => {
    const pair = await couple();
    const { ana, lee } = pair;
    for (const by of [ana, lee]) {
      const { id } = await grant(pair);
      const ended = await change(by, END, { id });
      expect(ended.endedAt).not.toBeNull();
      expect(ended.viewerCanEdit).toBe(false);
      expect(await change(ana, END, { id })).toMatchObject({ endedAt: ended.endedAt });
      expect(await refused(lee, UPDATE, { id, version: 1, text: 'Again' })).toBe('CONFLICT');
      expect(await refused(ana, PUBLISH, { id, version: 1 })).toBe('CONFLICT');
      expect(await refused(ana, UNPUBLISH, { id })).toBe('CONFLICT');
      expect((await list(lee, pair)).find((one) => one.id === id)?.endedAt).toBe(ended.endedAt);
    }
  });

  it('ends after its last day and with the reporting line, without a job', async () => {
    const pair = await couple();
    const { ana, line } = pair;
    const over = await published(pair);
    await app.database.query('update mandate set last_day = $2 where id = $1', [over.id, day(-1)]);
    expect(await node(ana, over.id)).toMatchObject({ published: false, viewerCanEdit: false });
    expect((await node(ana, over.id))?.endedAt).not.toBeNull();
    const other = await grant(pair);
    expect(other.endedAt).toBeNull();
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect((await node(ana, other.id))?.endedAt).not.toBeNull();
  });

  it('lasts through the last day where the person lives', async () => {
    const pair = await couple();
    await world.insert('person_time_zone', {
      person_id: pair.ana.id,
      organization_id: organization.id,
      time_zone: 'Pacific/Pago_Pago',
    });
    const there = dayIn(0, 'Pacific/Pago_Pago');
    expect(await grant(pair, { lastDay: there })).toMatchObject({ lastDay: there, endedAt: null });
    expect(
      await refused(pair.lee, GRANT, {
        oneToOneId: pair.oneToOneId,
        text: 'It',
        lastDay: dayIn(-1, 'Pacific/Pago_Pago'),
      }),
    ).toBe('BAD_USER_INPUT');
  });

  it('suspended by a leaving holds again once the leaving is taken back', async () => {
    const pair = await couple();
    const { id } = await grant(pair);
    await world.leaves(pair.lee, day(-1));
    expect((await node(pair.ana, id))?.endedAt).not.toBeNull();
    await app.database.query('delete from employment_end where person_id = $1', [pair.lee.id]);
    expect((await node(pair.ana, id))?.endedAt).toBeNull();
  });
});

describe('publishing a mandate', () => {
  it('needs both people, and either can ask first, and shows it to everybody without what is between the two', async () => {
    const colleague = await actors.join(organization);
    for (const first of ['ana', 'lee'] as const) {
      const pair = await couple();
      const [asks, agrees] = first === 'ana' ? [pair.ana, pair.lee] : [pair.lee, pair.ana];
      const { id } = await grant(pair, { lastDay: day(5) });
      for (let times = 0; times < 2; times += 1) {
        expect(await change(asks, PUBLISH, { id, version: 1 })).toMatchObject({
          published: false,
          publicationAskedBy: { id: asks.id },
          version: 1,
        });
      }
      expect(await node(colleague, id)).toBeNull();
      expect(await ofPerson(colleague, pair.ana.id)).toEqual([]);
      expect(await change(agrees, PUBLISH, { id, version: 1 })).toMatchObject({ published: true });
      const seen = {
        id,
        text: 'Refund up to 200 euros',
        lastDay: day(5),
        published: true,
        endedAt: null,
        version: null,
        viewerCanEdit: false,
        grantedBy: { id: pair.lee.id },
        to: { id: pair.ana.id },
        publicationAskedBy: null,
        oneToOne: null,
      };
      expect(await node(colleague, id)).toEqual(seen);
      expect(await ofPerson(colleague, pair.ana.id)).toEqual([seen]);
      for (const [query, input] of [
        [UPDATE, { id, version: 1, text: 'Nothing' }],
        [END, { id }],
        [PUBLISH, { id, version: 1 }],
        [UNPUBLISH, { id }],
      ] as const) {
        expect(await refused(colleague, query, input)).toBe('NOT_PERMITTED');
      }
      await change(asks, END, { id });
      expect(await node(colleague, id)).toBeNull();
      expect(await ofPerson(colleague, pair.ana.id)).toEqual([]);
    }
  });

  it('agrees to the text as it was: a change takes the publication and a request for it back', async () => {
    const colleague = await actors.join(organization);
    const pair = await couple();
    const { ana, lee } = pair;
    const { id } = await grant(pair);
    await change(ana, PUBLISH, { id, version: 1 });
    await change(lee, UPDATE, { id, version: 1, text: 'Up to 5' });
    expect(await node(ana, id)).toMatchObject({ publicationAskedBy: null, version: 2 });
    expect(await refused(ana, PUBLISH, { id, version: 1 })).toBe('CONFLICT');
    await change(lee, PUBLISH, { id, version: 2 });
    await change(ana, PUBLISH, { id, version: 2 });
    expect(await node(colleague, id)).toMatchObject({ text: 'Up to 5' });
    await change(lee, UPDATE, { id, version: 2, lastDay: day(1) });
    expect(await node(colleague, id)).toBeNull();
  });

  it('is taken back by either, and needs both again', async () => {
    const colleague = await actors.join(organization);
    for (const by of ['ana', 'lee'] as const) {
      const pair = await couple();
      const { id } = await published(pair);
      expect(await node(colleague, id)).not.toBeNull();
      expect(await change(pair[by], UNPUBLISH, { id })).toMatchObject({
        published: false,
        publicationAskedBy: null,
        version: 1,
      });
      expect(await node(colleague, id)).toBeNull();
      expect(await change(pair[by], PUBLISH, { id, version: 1 })).toMatchObject({ published: false });
      expect(await change(pair[by], UNPUBLISH, { id })).toMatchObject({ publicationAskedBy: null });
    }
  });

  it('ends with the reporting line', async () => {
    const colleague = await actors.join(organization);
    const pair = await couple();
    const { id } = await published(pair);
    expect(await node(colleague, id)).not.toBeNull();
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [
      pair.line.id,
      day(0),
    ]);
    expect(await node(colleague, id)).toBeNull();
    expect(await ofPerson(colleague, pair.ana.id)).toEqual([]);
    expect(await node(pair.ana, id)).toMatchObject({ published: false });
  });

  it('of two people who agree at the same moment publishes once', async () => {
    const pair = await couple();
    const { id } = await grant(pair);
    await Promise.all([pair.ana, pair.lee].map((who) => change(who, PUBLISH, { id, version: 1 })));
    expect(await node(pair.ana, id)).toMatchObject({ published: true });
  });
});

describe('a mandate that is not published', () => {
  it('does not exist for a former manager, a new manager, a colleague, an administrator, or another organization', async () => {
    const pair = await couple();
    const { ana, line } = pair;
    const former = await actors.join(organization);
    await world.line(ana, former, { from: '2019-01-01', until: '2020-01-01' });
    const old = await world.mandate(former, ana);
    const { id } = await grant(pair);
    const admin = await actors.join(organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin, role);
    const colleague = await actors.join(organization);
    const stranger = await actors.join(await world.organization());
    for (const who of [former, admin, colleague, stranger]) {
      expect(await node(who, id)).toBeNull();
      expect(await list(who, pair)).toEqual([]);
      for (const [query, input] of [
        [UPDATE, { id, version: 1, text: 'Nothing' }],
        [END, { id }],
        [PUBLISH, { id, version: 1 }],
        [UNPUBLISH, { id }],
      ] as const) {
        expect(await refused(who, query, input)).toBe('NOT_FOUND');
      }
    }
    // The next manager inherits nothing.
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    const next = await actors.join(organization);
    await world.line(ana, next, { from: day(0) });
    await world.oneToOne(ana, next);
    for (const hidden of [id, old.id]) expect(await node(next, hidden)).toBeNull();
    // The former manager keeps what they wrote.
    expect(await node(former, old.id)).not.toBeNull();
  });
});
