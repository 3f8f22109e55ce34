import { WebSocket } from 'ws';
import { World, day, type TestOrganization } from '../factories/world.js';
import { startApp, withApp, type TestApp } from './app.js';
import { pause } from './mailbox.js';
import {
  CHANGED,
  Subscriber,
  type ChangeNode,
  type Closed,
  type Failure,
  type Subscription,
} from './subscriber.js';
import { Writer, writer, writingPair, type WritingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;
const clients: Subscriber[] = [];

beforeAll(async () => {
  app = await startApp({ REQUEST_TIMEOUT_MS: '1000', CORS_ORIGINS: 'https://client.example' });
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
  // The worker announces changes.
  await app.sendMail();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => app.close());

/** Long enough for an event to arrive that should not, in milliseconds. */
const A_WHILE = 500;
/** Within which nothing more arrives once a session or one-to-one has ended, in milliseconds; here also for a busy machine. */
const A_SECOND = 1_000;

const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

function connect(token: string | undefined, to: Pick<TestApp, 'url'> = app, retries = 0): Subscriber {
  const client = new Subscriber(to, token, { retries });
  clients.push(client);
  return client;
}

/** Both participants look at their conversation. */
async function watched(
  pair?: WritingPair,
): Promise<WritingPair & { anas: Subscription; lees: Subscription }> {
  const made = pair ?? (await pairOf());
  const [anas, lees] = await Promise.all(
    [made.ana, made.lee].map(({ token }) => connect(token).watch(made.talk)),
  );
  return { ...made, anas: anas!, lees: lees! };
}

const of =
  (typename: ChangeNode['__typename'], id: string) =>
  (event: ChangeNode): boolean =>
    event.__typename === typename && event.id === id;

describe('the subscription conversationChanged', () => {
  it('shows both participants what the other and they themselves change', async () => {
    const { ana, lee, talk, anas, lees } = await watched();
    const target = { conversationId: talk };

    const point = await ana.add({ target, text: 'Hello' });
    for (const both of [anas, lees]) {
      expect(await both.next(of('TalkingPoint', point.id))).toMatchObject({
        text: 'Hello',
        draft: false,
        version: 1,
        position: 1,
        conversation: { id: talk },
      });
      expect(await both.next(of('Conversation', talk))).toMatchObject({ talkingPoints: [{ id: point.id }] });
    }
    await lee.update({ id: point.id, version: 1, discussed: true });
    expect(await anas.next(of('TalkingPoint', point.id))).toMatchObject({ discussed: true, version: 2 });

    const second = await lee.add({ target, text: 'Second' });
    await ana.move(second.id, point.id);
    const inOrder = (event: ChangeNode): boolean =>
      (event.talkingPoints as { id: string }[] | undefined)?.map(({ id }) => id).join() ===
      [second.id, point.id].join();
    expect(await lees.next(inOrder)).toMatchObject({ __typename: 'Conversation', id: talk });

    const notes = (await ana.writeNotes({ conversationId: talk, version: 0, text: 'We agree' })).made!;
    expect(await lees.next(of('SharedNotes', notes.id))).toMatchObject({ text: 'We agree', version: 1 });

    const item = await lee.promise({ target, text: 'I call them' });
    expect(await anas.next(of('ActionItem', item.id))).toMatchObject({ text: 'I call them', state: 'OPEN' });
    await lee.close(item.id);
    expect(await anas.next(of('ActionItem', item.id))).toMatchObject({ state: 'DONE' });

    await lee.remove(second.id);
    for (const both of [anas, lees]) {
      expect(await both.next(of('RemovedNode', second.id))).toMatchObject({ typename: 'TalkingPoint' });
    }
    await ana.hold(talk);
    expect(await lees.next(({ status }) => status === 'HELD')).toMatchObject({
      __typename: 'Conversation',
      id: talk,
    });
    await pause(A_WHILE);
    expect([anas.isOver, lees.isOver]).toEqual([false, false]);
  });

  it('shows a point that moves to another conversation to those who look at either', async () => {
    const { id, ana, lee, talk, lees } = await watched();
    const next = await lee.schedule(id, new Date(Date.now() + 9 * 86_400_000));
    const later = await connect(ana.token).watch(next.id);
    const point = await ana.add({ target: { conversationId: talk }, text: 'Not now' });
    await lees.next(of('TalkingPoint', point.id));
    await lee.postpone(point.id, talk);
    for (const either of [lees, later]) {
      const moved = await either.next(
        (event) => of('TalkingPoint', point.id)(event) && event.timesCarried === 1,
      );
      expect(moved).toMatchObject({ conversation: { id: next.id } });
    }
    await later.any(({ talkingPoints }) => JSON.stringify(talkingPoints ?? []).includes(point.id));
    await lees.next(
      (event) => of('Conversation', talk)(event) && JSON.stringify(event.talkingPoints) === '[]',
    );
  });

  it('shows action items of the one-to-one in each of its conversations', async () => {
    const { id, ana, lee, talk } = await pairOf();
    const next = await lee.schedule(id, new Date(Date.now() + 9 * 86_400_000));
    const item = await ana.promise({ target: { conversationId: talk }, text: 'Still open' });
    const later = await connect(lee.token).watch(next.id);
    await ana.close(item.id);
    await later.next((event) => of('ActionItem', item.id)(event) && event.state === 'DONE');
  });

  it('sends nothing for what the other cannot see, not even an empty event', async () => {
    const { ana, talk, id, lees } = await watched();
    const target = { conversationId: talk };
    const [shared, other] = [
      await ana.add({ target, text: 'Shared' }),
      await ana.add({ target, text: 'Other' }),
    ];
    const [draft, second] = [
      await ana.add({ target, text: 'A draft', draft: true }),
      await ana.add({ target, text: 'Another draft', draft: true }),
    ];
    await lees.next(of('TalkingPoint', other.id));
    await pause(A_WHILE);
    const before = lees.events.length;

    await ana.update({ id: draft.id, version: 1, text: 'Other words', fromCustomer: true });
    await ana.move(draft.id, shared.id);
    await ana.move(second.id, other.id);
    // A shared point moves among drafts only.
    await ana.move(shared.id, draft.id);
    await ana.update({ id: draft.id, version: 2, standing: true });
    await ana.remove(second.id);
    await ana.writePrivate(talk, 'Mine');
    await ana.writePrivate(talk, 'Mine, and more');
    const goal = await world.goal(ana.person, { title: 'A secret' });
    await ana.update({ id: shared.id, version: 1, aboutId: goal.id });
    await ana.get('mutation { saveAgendaTemplate(input: { name: "Mine", points: ["One"] }) { __typename } }');
    await pause(A_WHILE);
    expect(lees.events.length).toBe(before);

    // What follows is seen, so something would have been.
    await ana.share(draft.id);
    expect(await lees.next(of('TalkingPoint', draft.id))).toMatchObject({ text: 'Other words', about: null });
    expect(JSON.stringify(lees.events)).not.toMatch(/Another draft|Mine|secret/);
    expect(id).not.toBe(talk);
  });

  it('sends nothing about feedback before both have offered it', async () => {
    const { ana, lee, talk, anas, lees } = await watched();
    await ana.hold(talk);
    await lees.next(({ status }) => status === 'HELD');
    await pause(A_WHILE);
    const before = lees.events.length;
    const GIVE = `mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { __typename } }`;
    const give = (who: Writer, offered: boolean) =>
      who.get(GIVE, { input: { conversationId: talk, better: 'More time', offered } });
    await give(ana, false);
    await give(ana, true);
    await pause(A_WHILE);
    expect(lees.events.length).toBe(before);
    await give(lee, true);
    const version = (await lee.read(talk)).version;
    for (const both of [anas, lees]) {
      await both.next((event) => of('Conversation', talk)(event) && Number(event.version) >= version);
    }
    expect(JSON.stringify([anas.events, lees.events])).not.toMatch(/More time/);
  });

  it('shows a conversation that is marked as off the record as a query does', async () => {
    const { ana, lee, talk, lees } = await watched();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Elsewhere' });
    await ana.get(
      'mutation ($input: SetOffTheRecordInput!) { setOffTheRecord(input: $input) { __typename } }',
      {
        input: { id: talk, offTheRecord: true },
      },
    );
    expect(await lees.next(({ offTheRecord }) => offTheRecord === true)).toMatchObject({ talkingPoints: [] });
    const last = lees.events.findLast(of('TalkingPoint', point.id));
    expect(last).toMatchObject({ conversation: null });
    expect((await lee.read(talk)).talkingPoints).toEqual([]);
  });

  it('records that a goal was read before the event leaves, and shows none that cannot be recorded or is shared no more', async () => {
    const { ana, lee, talk, ...rest } = await watched();
    let { lees } = rest;
    const goal = await world.goal(ana.person, { title: 'Run far' });
    const share = await world.share(goal, lee.person);
    const point = await ana.add({
      target: { conversationId: talk },
      text: 'About running',
      aboutId: goal.id,
    });
    expect(await lees.next(of('TalkingPoint', point.id))).toMatchObject({
      about: { id: goal.id, title: 'Run far' },
    });
    const { rows } = await app.database.query('select reader_id, kind from goal_access where goal_id = $1', [
      goal.id,
    ]);
    expect(rows).toEqual([{ reader_id: lee.id, kind: 'LISTED' }]);

    const second = await world.goal(ana.person, { title: 'Swim far' });
    await world.share(second, lee.person);
    const secret = await connect(lee.token).watch(talk);
    const role = `${app.testDatabase.rolePrefix}_app`;
    await app.database.query(`revoke insert on goal_access from ${role}`);
    try {
      await ana.add({ target: { conversationId: talk }, text: 'About water', aboutId: second.id });
      expect(await secret.ended()).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
      expect(JSON.stringify([lees.results, secret.results])).not.toMatch(/Swim far|About water/);
    } finally {
      await app.database.query(`grant insert on goal_access to ${role}`);
    }
    lees = await connect(lee.token).watch(talk);

    await app.database.query('update goal_share set ended_at = now() where id = $1', [share.id]);
    await ana.update({ id: point.id, version: 1, discussed: true });
    expect(await lees.next(of('TalkingPoint', point.id))).toMatchObject({ discussed: true, about: null });
    expect((await lees.next(of('Conversation', talk), 200).catch(() => null))?.about).toBeUndefined();
  });

  it('has the errors of queries, and refuses everybody else as if there were no such conversation', async () => {
    const { talk, ana } = await pairOf();
    const third = await writer(app, world, organization);
    const errors = await connect(third.token).subscribe(CHANGED, { id: talk }).ended();
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
      expect(await connect(third.token).subscribe(CHANGED, { id }).ended()).toEqual(errors);
    }
    const mine = connect(ana.token);
    const code = async (
      query: string,
      variables: Record<string, unknown> = { id: talk },
    ): Promise<unknown> => {
      const ended = await mine.subscribe(query, variables).ended();
      return (ended as readonly Failure[]).map(({ extensions }) => extensions?.code);
    };
    expect(await code('subscription {')).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(await code('subscription { conversationsChanged { id } }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await code(CHANGED, {})).toEqual(['BAD_USER_INPUT']);
    const skipped = CHANGED.replace('(conversationId: $id)', '(conversationId: $id) @skip(if: true)');
    expect(await code(skipped)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    // graphql-js would throw while it validates.
    const perhaps = CHANGED.replace('($id: ID!)', '($id: ID!, $if: Boolean!)').replace(
      '(conversationId: $id)',
      '(conversationId: $id) @include(if: $if)',
    );
    expect(await code(perhaps, { id: talk, if: true })).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const overHttp = await app.graphql(perhaps, { id: talk, if: true }, ana.token);
    expect(overHttp.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(await code(`subscription { __typename }`)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('accepts subscriptions only over a WebSocket, and HTTP everything else only', async () => {
    const { ana, talk } = await pairOf();
    const add = `mutation { addTalkingPoint(input: { target: { conversationId: "${talk}" }, text: "Not this way" }) { __typename } }`;
    const client = connect(ana.token);
    for (const query of ['{ viewer { id } }', add, '{ __schema { types { name } } }']) {
      expect(await client.subscribe(query).ended()).toMatchObject([
        {
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
          message: expect.stringContaining('WebSocket') as string,
        },
      ]);
    }
    expect(await ana.agenda(talk)).toEqual([]);
    const overHttp = await app.graphql(CHANGED, { id: talk }, ana.token);
    expect(overHttp.errors).toMatchObject([{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }]);
  });

  it('has the limits of queries', async () => {
    const { ana, talk } = await pairOf();
    const client = connect(ana.token);
    const deep = `... on Conversation { ${'oneToOne { conversations(first: 100) { nodes { '.repeat(3)} id ${'} } } '.repeat(3)} }`;
    const many = Array.from({ length: 50 }, (_, n) => `a${String(n)}: id`).join(' ');
    for (const selection of [deep, `... on Conversation { ${many} }`]) {
      const query = `subscription ($id: ID!) { conversationChanged(conversationId: $id) { ${selection} } }`;
      expect(await client.subscribe(query, { id: talk }).ended()).toMatchObject([
        { extensions: { code: 'TOO_COMPLEX' } },
      ]);
    }
    const long = `subscription ($id: ID!) { conversationChanged(conversationId: $id) { ${'__typename '.repeat(2_100)} } }`;
    expect(await client.subscribe(long, { id: talk }).ended()).toMatchObject([
      { extensions: { code: 'TOO_COMPLEX' } },
    ]);
    await withApp(
      { COST_PER_MINUTE: '20' },
      async (poor) => {
        const frugal = connect(ana.token, poor);
        const watching = await frugal.watch(talk);
        for (let n = 0; n < 25 && !watching.isOver; n += 1) {
          await ana.add({ target: { conversationId: talk }, text: `Point ${String(n)}` });
        }
        expect(await watching.ended()).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
      },
      app.testDatabase,
    );
  });

  it('limits the subscriptions of a connection and the connections of a session', async () => {
    const { ana, lee, talk } = await pairOf();
    const client = connect(ana.token);
    const all = Array.from({ length: 21 }, () => client.subscribe(CHANGED, { id: talk }));
    await Promise.all(all.slice(0, 20).map((one) => one.next()));
    expect(await all[20]!.ended()).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    all[0]!.stop();
    await pause(100);
    await client.watch(talk);

    const more = Array.from({ length: 10 }, () => connect(lee.token));
    await Promise.all(more.map((one) => one.watch(talk)));
    expect(await connect(lee.token).subscribe(CHANGED, { id: talk }).ended()).toMatchObject({ code: 4429 });
    await more[0]!.close();
    await pause(100);
    await connect(lee.token).watch(talk);
  });
});

describe('a WebSocket', () => {
  it('is for sessions of employed people', async () => {
    const ended = (token: string | undefined) => connect(token).subscribe(CHANGED, { id: 'x' }).ended();
    expect(await ended(undefined)).toMatchObject({ code: 4401 });
    expect(await ended('unknown')).toMatchObject({ code: 4401 });
    expect(await ended(await world.apiToken(organization, ['DIRECTORY_READ']))).toMatchObject({ code: 4403 });
    const left = await writer(app, world, organization);
    await world.leaves(left.person, day(-3));
    expect(await ended(left.token)).toMatchObject({ code: 4403 });
  });

  it('is opened for pages of the named origins and for programs, and takes the token from the header too', async () => {
    const { ana, talk } = await pairOf();
    const open = (headers: Record<string, string>, init: object = {}) =>
      new Promise<unknown>((resolve) => {
        const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers,
        });
        socket.on('unexpected-response', (_request, { statusCode }) => {
          resolve(statusCode);
        });
        socket.on('error', () => undefined);
        socket.on('open', () => {
          socket.send(JSON.stringify({ type: 'connection_init', ...init }));
        });
        socket.on('message', (data: Buffer) => {
          const message = JSON.parse(data.toString()) as { type: string };
          if (message.type === 'connection_ack') {
            socket.send(
              JSON.stringify({
                id: '1',
                type: 'subscribe',
                payload: { query: CHANGED, variables: { id: talk } },
              }),
            );
          } else {
            resolve(message.type);
            socket.close();
          }
        });
        socket.on('close', (code) => {
          resolve(code);
        });
      });
    const authorization = `Bearer ${ana.token}`;
    expect(await open({ origin: 'https://client.example', authorization })).toBe('next');
    expect(await open({ origin: app.url, authorization })).toBe('next');
    expect(await open({ authorization })).toBe('next');
    expect(await open({}, { payload: { authorization } })).toBe('next');
    expect(await open({}, { payload: { authorization: ana.token } })).toBe(4401);
    for (const origin of [
      'https://evil.example',
      'https://client.example.evil',
      'http://client.example',
      'null',
    ]) {
      expect(await open({ origin, authorization })).toBe(403);
    }
  });

  it('is closed for messages that are none, or too large, and without an identification in time', async () => {
    const { ana } = await pairOf();
    const closedBy = (...messages: (string | Buffer)[]) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { authorization: `Bearer ${ana.token}` },
        });
        socket.on('error', () => undefined);
        socket.on('open', () => {
          for (const message of messages) socket.send(message);
        });
        socket.on('close', resolve);
      });
    const subscribe = '{"id":"1","type":"subscribe","payload":{"query":"subscription { __typename }"}}';
    const codes = await Promise.all([
      closedBy(),
      closedBy('nonsense'),
      closedBy('{"type":"unknown"}'),
      closedBy(Buffer.from('{"type":"connection_init"}')),
      closedBy(subscribe),
      closedBy('{"type":"connection_init"}', '{"type":"connection_init"}'),
      closedBy(`{"type":"connection_init","payload":{"x":"${'x'.repeat(200_000)}"}}`),
    ]);
    expect(codes).toEqual([4408, 4400, 4400, 4400, 4401, 4429, 1009]);
  });

  it('is closed within a second after its session has ended, also without an event, and nothing arrives any more', async () => {
    const { ana, lee, talk } = await pairOf();
    const enders: [string, () => Promise<unknown>][] = [
      ['signed out', () => lee.get('mutation { signOut { __typename } }')],
      [
        'revoked',
        () => app.database.query('update session set revoked_at = now() where person_id = $1', [lee.id]),
      ],
      [
        'disabled',
        () => app.database.query('update account set disabled_at = now() where person_id = $1', [lee.id]),
      ],
      [
        'unused',
        () =>
          app.database.query(
            `update session set last_seen_at = now() - interval '17 days' where person_id = $1`,
            [lee.id],
          ),
      ],
    ];
    await app.database.query(
      `insert into account (person_id, organization_id, sign_in_address, password_hash) values ($1, $2, $3, 'x') on conflict do nothing`,
      [lee.id, organization.id, `${lee.id}@example.com`],
    );
    for (const [how, end] of enders) {
      const token = how === 'signed out' ? lee.token : await world.signIn(lee.person);
      const client = connect(token);
      const lees = await client.watch(talk);
      await end();
      const began = performance.now();
      const { code } = await client.closed;
      expect([how, code]).toEqual([how, 4401]);
      expect(performance.now() - began).toBeLessThan(A_SECOND * 3);
      const before = lees.events.length;
      await ana.add({ target: { conversationId: talk }, text: how });
      await pause(A_WHILE);
      expect(lees.events.length).toBe(before);
      await app.database.query('update account set disabled_at = null where person_id = $1', [lee.id]);
    }
  });

  it('receives nothing of what follows the end of a session, however soon', async () => {
    const { ana, lee, talk, lees } = await watched();
    await app.database.query('update session set revoked_at = now() where person_id = $1', [lee.id]);
    const before = lees.events.length;
    await ana.add({ target: { conversationId: talk }, text: 'Too late' });
    await pause(A_SECOND);
    expect(lees.events.length).toBe(before);
  });

  it('is closed when employment ends, and the subscriptions of the other participant end', async () => {
    const { ana, lee, talk } = await pairOf();
    const [anas, client] = [await connect(ana.token).watch(talk), connect(lee.token)];
    await client.watch(talk);
    const item = await ana.promise({ target: { conversationId: talk } });
    await anas.next(of('ActionItem', item.id));
    await pause(A_WHILE);
    await world.leaves(lee.person, day(-1));
    expect(await client.closed).toMatchObject({ code: 4401 });
    const before = anas.events.length;
    // The one thing that can still change.
    await ana.close(item.id);
    expect(await anas.ended()).toBeUndefined();
    expect(anas.events.length).toBe(before);
  });

  it('completes subscriptions when the one-to-one ends or the conversation is deleted', async () => {
    const { id, ana, lee, talk, anas, lees } = await watched();
    const item = await ana.promise({ target: { conversationId: talk } });
    await lees.next(of('ActionItem', item.id));
    await ana.end(id);
    expect([await anas.ended(), await lees.ended()]).toEqual([undefined, undefined]);
    const before = lees.events.length;
    await ana.close(item.id);
    await pause(A_WHILE);
    expect(lees.events.length).toBe(before);
    expect(await connect(lee.token).subscribe(CHANGED, { id: talk }).ended()).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);

    const other = await watched();
    await app.database.query('delete from conversation where id = $1', [other.talk]);
    expect(await other.lees.ended()).toBeUndefined();
    expect(other.lees.events.at(-1)).toEqual({
      __typename: 'RemovedNode',
      id: other.talk,
      typename: 'Conversation',
    });
  });

  it('of a client that stops reading is closed, and others are not affected', async () => {
    const { ana, lee, talk } = await pairOf();
    const lees = await connect(lee.token).watch(talk);
    const slow = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${ana.token}` },
    });
    let received = 0;
    await new Promise<void>((resolve) => {
      slow.on('open', () => {
        slow.send('{"type":"connection_init"}');
      });
      slow.on('message', (data: Buffer) => {
        const { type } = JSON.parse(data.toString()) as { type: string };
        received += 1;
        if (type === 'connection_ack') {
          for (let id = 0; id < 20; id += 1) {
            slow.send(
              JSON.stringify({
                id: String(id),
                type: 'subscribe',
                payload: { query: CHANGED, variables: { id: talk } },
              }),
            );
          }
        }
        if (received === 21) resolve();
      });
    });
    const { _socket: socket } = slow as unknown as { _socket: { pause(): void; resume(): void } };
    socket.pause();
    const closed = new Promise<number>((resolve) => {
      slow.on('close', resolve);
    });
    const text = 'x'.repeat(20_000);
    let version = 0;
    for (let n = 0; n < 60; n += 1) {
      version = (
        await ana.writeNotes({ conversationId: talk, version, text: `${text.slice(5)}${String(n)}` })
      ).made!.version;
      if (n % 4 === 0) await pause(100);
    }
    await lees.next((event) => event.version === version && event.__typename === 'SharedNotes');
    await pause(2 * A_SECOND);
    socket.resume();
    expect(await closed).toBe(1006);
    expect(lees.isOver).toBe(false);
  });

  it('is closed with 1001 when the service stops', async () => {
    const { ana, talk } = await pairOf();
    let ended: Promise<Closed> | undefined;
    await withApp(
      {},
      async (other) => {
        const client = connect(ana.token, other);
        await client.watch(talk);
        ended = client.closed;
      },
      app.testDatabase,
    );
    expect(await ended).toMatchObject({ code: 1001 });
  });
});

describe('several processes', () => {
  it('of the API show the same', async () => {
    const { ana, lee, talk } = await pairOf();
    await withApp(
      {},
      async (other) => {
        const [here, there] = [
          await connect(lee.token).watch(talk),
          await connect(lee.token, other).watch(talk),
        ];
        const elsewhere = new Writer(other, ana.person, ana.token);
        const one = await ana.add({ target: { conversationId: talk }, text: 'Through one' });
        const two = await elsewhere.add({ target: { conversationId: talk }, text: 'Through the other' });
        for (const subscription of [here, there]) {
          await subscription.any(of('TalkingPoint', one.id));
          await subscription.any(of('TalkingPoint', two.id));
        }
      },
      app.testDatabase,
    );
  });

  it('show what was changed while no worker ran, once one runs again', async () => {
    const { ana, talk, lees } = await watched();
    await app.stopWorker();
    const point = await ana.add({
      target: { conversationId: talk },
      text: 'While it was away',
      draft: false,
    });
    await ana.update({ id: point.id, version: 1, text: 'The last words' });
    await pause(A_WHILE);
    expect(lees.rest).toEqual([]);
    await app.sendMail();
    expect(await lees.next(of('TalkingPoint', point.id))).toMatchObject({
      text: 'The last words',
      version: 2,
    });
  });

  it('disconnect their clients where changes may have been missed, who connect again and see them', async () => {
    const { ana, lee, talk } = await pairOf();
    const client = connect(lee.token, app, 100);
    const lees = await client.watch(talk);
    const { rowCount } = await app.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'mutual listener'`,
    );
    expect(rowCount).toBe(1);
    const point = await ana.add({ target: { conversationId: talk }, text: 'Meanwhile' });
    expect((await client.closed).code).toBe(1012);
    expect(
      await lees.next((event) => JSON.stringify(event.talkingPoints ?? []).includes(point.id)),
    ).toMatchObject({ __typename: 'Conversation' });
    const second = await ana.add({ target: { conversationId: talk }, text: 'Afterwards' });
    await lees.next(of('TalkingPoint', second.id));
  });
});
