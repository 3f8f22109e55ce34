import { readFile } from 'node:fs/promises';
import { buildSchema, type GraphQLSchema } from 'graphql';
import pg from 'pg';
import { World } from '../factories/world.js';
import type { TestApp } from '../e2e/app.js';
import { pause } from '../e2e/mailbox.js';
import { connect, hashOf, loadWorld } from '../policies/session-queries.js';
import { ResponseChecks, errorsOf, parsed, SLOW_MS, type Reply } from './response-checks.js';
import { Cursors } from './cursors.js';
import { findings, Knowledge, Marks } from './knowledge.js';
import { bodyOf, Generator, type Generated } from './operations.js';
import { populate, type Caller, type CallerKind } from './populate.js';
import { Random } from './random.js';
import { malformedMessages, sendFrame } from './malformed-messages.js';
import { malformedRequest, sendLines } from './malformed-requests.js';
import { FuzzSocket } from './subscriptions.js';

const MOST_FAILURES = 25;
/** Callers who send at the same time: a response about a row that does not exist is delayed, and others are sent meanwhile. */
const AT_ONCE = 4;

/** How many of the operations are followed by a subscription, and how many subscriptions a connection has. */
const SUBSCRIPTIONS = 0.08;
const MOST_SUBSCRIPTIONS = 6;
/** How many of the operations are followed by malformed messages on a separate WebSocket. */
const MALFORMED_MESSAGES = 0.06;
/** Why the service closes a connection: the codes of WebSockets, of the protocol, and of this service (subscription-server.ts). */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1006, 1007, 1009, 1012, 1013, 4400, 4401, 4403, 4408, 4409, 4429,
]);
/** How long events may take to arrive, in milliseconds: those that arrive later are checked later. */
const EVENTS_WITHIN_MS = 40;

/** What was found, and what it was found with. */
export interface Failure {
  readonly caller: CallerKind;
  /** Which operation of this caller, counted from 1. */
  readonly operation: number;
  readonly problem: string;
  readonly request: string;
  readonly answer: string;
}

/** What a run counted. */
export class FuzzResult {
  operations = 0;
  callers = 0;
  answered = 0;
  changed = 0;
  /** Results of subscriptions. */
  events = 0;
  /** WebSockets with malformed messages, by the code with which they were closed; 0 for those that stayed open. */
  readonly closes = new Map<number, number>();
  readonly codes = new Map<string, number>();
  serverErrors = 0;
  internalErrors = 0;
  leaks = 0;
  slow = 0;
  otherProblems = 0;
  slowestMs = 0;
  readonly failures: Failure[] = [];

  toString(): string {
    const codes = [...this.codes]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code, count]) => `${code} ${String(count)}`);
    const closes = [...this.closes]
      .sort(([a], [b]) => a - b)
      .map(([code, count]) => `${String(code)} ${String(count)}`);
    const { operations, callers, answered, changed, slowestMs } = this;
    return (
      `operations ${String(operations)} callers ${String(callers)} with data ${String(answered)} ` +
      `that changed something ${String(changed)} events ${String(this.events)} errors by code ${codes.join(', ')}; ` +
      `malformed WebSockets by code ${closes.join(', ')}; slowest ${String(slowestMs)} ms\n` +
      `5xx ${String(this.serverErrors)} internal ${String(this.internalErrors)} leaks ${String(this.leaks)} ` +
      `slow ${String(this.slow)} other ${String(this.otherProblems)}`
    );
  }
}

export interface Options {
  readonly app: Pick<TestApp, 'url' | 'database' | 'testDatabase'>;
  readonly seed: number;
  readonly callers: readonly CallerKind[];
  /** Operations a caller. */
  readonly operations: number;
  /** The failure after which nothing more is sent. */
  readonly until?: ((failure: Failure) => boolean) | undefined;
}

/**
 * Sends operations that are made out of the schema, and malformed requests, as callers of each kind, and checks every answer: no failure, no
 * inner words, nothing that the caller may not see.
 */
export async function fuzz({ app, seed, callers, operations, until }: Options): Promise<FuzzResult> {
  const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  const result = new FuzzResult();
  const checks = new ResponseChecks(await namesOf(app.database));
  const marks = new Marks();
  const waiting = [...callers];
  const sendInTurn = async (): Promise<void> => {
    const admin = await connect(app.testDatabase.adminUrl);
    try {
      for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
        result.callers += 1;
        const run = new Run(
          app,
          admin,
          schema,
          checks,
          marks,
          result,
          kind,
          new Random(seed, kind),
          until,
          new Random(seed, `${kind}, subscriptions`),
        );
        await run.send(operations);
      }
    } finally {
      await admin.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, callers.length) }, sendInTurn));
  return result;
}

async function namesOf(database: pg.Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
     union select conname from pg_constraint where connamespace = 'public'::regnamespace
     union select polname from pg_policy`,
  );
  return rows.map(({ name }) => name).filter((name) => /^\w+$/.test(name));
}

/** One caller's operations, one after another. */
class Run {
  private caller!: Caller;
  private knowledge!: Knowledge;
  private readonly cursors: Cursors;
  private readonly generator: Generator;
  /** Separate, so that a seed gives the same operations with and without them. */
  private readonly subscriptions: Generator;
  private socket: FuzzSocket | undefined;
  private operation = 0;

  constructor(
    private readonly app: Options['app'],
    private readonly admin: pg.Client,
    schema: GraphQLSchema,
    private readonly checks: ResponseChecks,
    private readonly marks: Marks,
    private readonly result: FuzzResult,
    private readonly kind: CallerKind,
    private readonly random: Random,
    private readonly until: Options['until'],
    private readonly subscriptionRandom: Random,
  ) {
    this.generator = new Generator(schema, random);
    this.subscriptions = new Generator(schema, subscriptionRandom);
    this.cursors = new Cursors(random);
  }

  async send(count: number): Promise<void> {
    await this.begin();
    for (this.operation = 1; this.operation <= count; this.operation += 1) {
      const { failures } = this.result;
      if (failures.length >= MOST_FAILURES || (this.until !== undefined && failures.some(this.until))) return;
      this.result.operations += 1;
      if (this.random.chance(0.1)) await this.sendMalformed();
      else await this.sendOperation();
      if (this.subscriptionRandom.chance(SUBSCRIPTIONS)) await this.subscribe();
      if (this.subscriptionRandom.chance(MALFORMED_MESSAGES)) await this.sendMalformedMessages();
      if (this.operation % 100 === 0) await this.assertHealthy();
    }
    await this.assertHealthy();
    this.socket?.close();
  }

  /** Creates the caller’s organizations, which nobody else changes. */
  private async begin(): Promise<void> {
    this.caller = await populate(new World(this.admin), this.kind, this.marks.next);
    await this.look();
  }

  private async look(): Promise<void> {
    const { token } = this.caller;
    this.knowledge = new Knowledge(await loadWorld(this.admin), token === undefined ? null : hashOf(token));
  }

  private async sendOperation(): Promise<void> {
    const generated = this.generate();
    const body = bodyOf(generated.request);
    const reply = await this.post(body);
    const answer = parsed(reply.text);
    this.count(answer);
    this.result.slowestMs = Math.max(this.result.slowestMs, reply.milliseconds);
    for (const problem of this.checks.problems(reply)) this.fail(problem, body, reply);
    await this.lookForLeaks(body, reply, answer);
    if (reply.milliseconds > SLOW_MS) await this.assertSlow(body, reply);
    if (!hasData(answer)) return;
    this.generator.learn(answer.data);
    this.cursors.learn(answer.data);
    await this.afterChange(generated);
  }

  private generate(): Generated {
    const seeds = this.knowledge.seeds(this.caller.organizationIds, this.cursors.known, this.marks.next);
    return this.generator.next(seeds);
  }

  private async sendMalformed(): Promise<void> {
    if (this.random.chance(0.15)) {
      const { sent, answer } = await sendLines(this.app.url, this.random);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
      const text = answer.split('\r\n\r\n').slice(1).join('\r\n\r\n');
      const reply = { status, text, milliseconds: 0 };
      for (const problem of this.checks.problems(reply)) this.fail(problem, sent, reply);
      return;
    }
    const valid = this.generate();
    const { what, method, path, headers, body } = malformedRequest(this.random, valid.request.query);
    const reply = await this.request(path ?? '/graphql', {
      method: method ?? 'POST',
      headers: { ...this.authorization(), ...headers },
      ...(body !== undefined && { body }),
    });
    const answer = parsed(reply.text);
    this.count(answer);
    const shown = `${what}: ${method ?? 'POST'} ${path ?? '/graphql'} ${JSON.stringify(headers ?? {})} ${String(body)}`;
    for (const problem of this.checks.problems(reply)) this.fail(problem, shown, reply);
    await this.lookForLeaks(String(body), reply, answer);
    // A document with a sign too few may still be one that changes something.
    if (hasData(answer)) await this.afterChange({ isMutation: true });
  }

  /** Sends a subscription over the caller’s WebSocket, and checks what is received on it from then on. */
  private async subscribe(): Promise<void> {
    if (this.socket?.isOpen !== true || this.socket.active >= MOST_SUBSCRIPTIONS) {
      this.socket?.close();
      this.socket = await FuzzSocket.open(this.app.url, this.caller.token);
    }
    const seeds = this.knowledge.seeds(this.caller.organizationIds, this.cursors.known, this.marks.next);
    const body = bodyOf(this.subscriptions.subscription(seeds));
    const milliseconds = await this.socket.subscribe(`s${String(this.operation)}`, body);
    if (milliseconds > SLOW_MS) await this.assertSlowSubscription(body, milliseconds);
    await this.checkEvents();
    if (this.subscriptionRandom.chance(0.3)) await this.changeAsCounterpart();
  }

  /** Sends messages that are broken or too much on a separate WebSocket: each is answered as a message should be, or closes it. */
  private async sendMalformedMessages(): Promise<void> {
    const random = this.subscriptionRandom;
    if (random.chance(0.25)) {
      const { what, isUpgraded, text } = await sendFrame(this.app.url, random);
      const reply = { status: isUpgraded ? 200 : 0, text, milliseconds: 0 };
      if (!isUpgraded) this.fail('no upgrade', what, reply);
      for (const problem of this.checks.problems(reply)) this.fail(problem, what, reply);
      return;
    }
    const seeds = this.knowledge.seeds(this.caller.organizationIds, this.cursors.known, this.marks.next);
    const { query } = this.subscriptions.subscription(seeds);
    const { what, isUnidentified = false, messages } = malformedMessages(random, query);
    const { url } = this.app;
    const socket = isUnidentified
      ? await FuzzSocket.connect(url)
      : await FuzzSocket.open(url, this.caller.token);
    for (const message of messages) {
      const shown = `${what}: ${String(message).slice(0, 4_000)}`;
      const isTaken = await socket.sendAsItIs(message);
      const { code = 0, reason = '' } = socket.closed ?? {};
      const reply = { status: code, text: reason, milliseconds: 0 };
      if (!isTaken) this.fail('slow: a message without an answer', shown, reply);
      await this.checkReceived(socket, shown);
      if (socket.isOpen) continue;
      if (!CLOSE_CODES.has(code)) this.fail(`close code ${String(code)}`, shown, reply);
      for (const problem of this.checks.problems({ ...reply, status: 200 })) this.fail(problem, shown, reply);
      break;
    }
    const code = socket.closed?.code ?? 0;
    this.result.closes.set(code, (this.result.closes.get(code) ?? 0) + 1);
    socket.close();
  }

  /** Checks what was received on the caller’s WebSocket, as any answer. */
  private async checkEvents(): Promise<void> {
    const { socket } = this;
    if (socket === undefined || socket.active === 0) return;
    await this.admin.query('select app.announce_conversation_changes(1000)');
    await pause(EVENTS_WITHIN_MS);
    await this.checkReceived(socket);
  }

  /** @param sent what was sent, unless it was a subscription of this socket */
  private async checkReceived(socket: FuzzSocket, sent?: string): Promise<void> {
    for (const { body: subscribed, text } of socket.taken()) {
      const body = sent ?? subscribed;
      const reply: Reply = { status: 200, text, milliseconds: 0 };
      const answer = parsed(text);
      if (hasData(answer)) this.result.events += 1;
      for (const problem of this.checks.problems(reply)) this.fail(problem, body, reply);
      if (hasData(answer) && !body.includes('conversationChanged'))
        this.fail('a query was answered', body, reply);
      await this.lookForLeaks(body, reply, answer);
    }
    for (const text of socket.malformed.splice(0)) {
      this.fail('a message that the protocol does not have', text, { status: 0, text, milliseconds: 0 });
    }
  }

  /** Others change what they wrote in the caller’s one-to-ones: drafts and private notes too, of which nothing may be received. */
  private async changeAsCounterpart(): Promise<void> {
    const { person } = this.caller;
    if (person === undefined) return;
    const mine = `one_to_one_id in (select id from one_to_one where $1 in (first_id, second_id))`;
    const write = (sql: string): Promise<unknown> =>
      this.admin.query(sql, [person.id, `Words ${this.marks.next()}`]);
    await write(
      `update talking_point set text = $2, version = version + 1 where author_id <> $1 and ${mine}`,
    );
    await write(`update private_notes set text = $2, version = version + 1 where author_id <> $1
      and conversation_id in (select id from conversation where ${mine})`);
    await this.look();
    await this.checkEvents();
  }

  private authorization(): Record<string, string> {
    return this.caller.token === undefined ? {} : { authorization: `Bearer ${this.caller.token}` };
  }

  private post(body: string): Promise<Reply> {
    const headers = { ...this.authorization(), 'content-type': 'application/json' };
    return this.request('/graphql', { method: 'POST', headers, body });
  }

  private async request(path: string, init: RequestInit): Promise<Reply> {
    const started = performance.now();
    try {
      const response = await fetch(`${this.app.url}${path}`, init);
      const text = await response.text();
      return { status: response.status, text, milliseconds: Math.round(performance.now() - started) };
    } catch (error) {
      // The server may cut a connection on which more comes than it takes; that it still serves is checked apart.
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      return { status: 0, text: '', milliseconds: /timeout/i.test(cause) ? SLOW_MS + 1 : 0 };
    }
  }

  // ---------------------------------------------------------------------------------------------------- what is checked

  /** Everything found in an answer must be the caller's to know, before the operation or after it. */
  private async lookForLeaks(
    body: string,
    reply: Reply,
    answer: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    const sent = findings(body);
    const inData = findings(JSON.stringify(answer?.data ?? null, withoutRepeatedInput));
    // Words that the caller sent are theirs; an id is not, unless an error only repeats it.
    const suspects = [...findings(reply.text)].filter(
      (found) =>
        !(sent.has(found) && (!inData.has(found) || found.startsWith('zq'))) &&
        (!this.knowledge.isThere(found) || !this.knowledge.mayKnow(found)),
    );
    if (suspects.length === 0) return;
    const before = this.knowledge;
    await this.look();
    // What a mutation answered before it signed its caller out was theirs, and is.
    if (!this.isStillItself()) await this.signInAgain();
    const leaked = suspects.filter((found) => {
      const wasTheirs = before.isThere(found) && before.mayKnow(found);
      return !wasTheirs && !this.knowledge.mayKnow(found);
    });
    for (const found of leaked) {
      this.fail(`leak of ${found} (${this.knowledge.whereIs(found)})`, body, reply);
    }
  }

  private async assertSlow(body: string, first: Reply): Promise<void> {
    const isSlow = await isSlowEachTime(async () => (await this.post(body)).milliseconds);
    if (isSlow) this.fail(`slow: ${String(first.milliseconds)} ms`, body, first);
  }

  private async assertSlowSubscription(body: string, milliseconds: number): Promise<void> {
    const socket = await FuzzSocket.open(this.app.url, this.caller.token);
    try {
      const isSlow = await isSlowEachTime((time) => socket.subscribe(`again${String(time)}`, body));
      if (isSlow)
        this.fail('slow subscription', body, { status: socket.isOpen ? 200 : 0, text: '', milliseconds });
    } finally {
      socket.close();
    }
  }

  private async assertHealthy(): Promise<void> {
    const reply = await this.request('/ready', {});
    if (reply.status !== 200) this.fail(`not ready: status ${String(reply.status)}`, 'GET /ready', reply);
  }

  private count(answer: Readonly<Record<string, unknown>> | undefined): void {
    if (hasData(answer)) this.result.answered += 1;
    for (const { extensions } of errorsOf(answer)) {
      const code = String(extensions?.code);
      this.result.codes.set(code, (this.result.codes.get(code) ?? 0) + 1);
    }
  }

  private fail(problem: string, request: string, { status, text }: Reply): void {
    const { result } = this;
    if (problem.startsWith('status 5')) result.serverErrors += 1;
    else if (problem === 'internal error') result.internalErrors += 1;
    else if (problem.startsWith('leak')) result.leaks += 1;
    else if (problem.startsWith('slow')) result.slow += 1;
    else result.otherProblems += 1;
    if (result.failures.some((known) => known.problem === problem && known.request === request)) return;
    result.failures.push({
      caller: this.kind,
      operation: this.operation,
      problem,
      request: readable(request),
      answer: `${String(status)} ${text.slice(0, 1_500)}`,
    });
  }

  // ---------------------------------------------------------------------------------------------------- what goes on

  /** Mutations really run: what there is has changed, perhaps also who calls. */
  private async afterChange({ isMutation }: Pick<Generated, 'isMutation'>): Promise<void> {
    if (!isMutation) return;
    this.result.changed += 1;
    await this.look();
    await this.checkEvents();
    if (this.isStillItself()) return;
    this.socket?.close();
    this.socket = undefined;
    await this.signInAgain();
    if (!this.isStillItself()) await this.begin();
  }

  /** After signing out or another password: nothing else about them has changed. */
  private async signInAgain(): Promise<void> {
    const { person } = this.caller;
    if (person === undefined) return;
    this.caller = { ...this.caller, token: await new World(this.admin).signIn(person) };
    await this.look();
  }

  private isStillItself(): boolean {
    const { oracle } = this.knowledge;
    const { kind, person, role } = this.caller;
    if (kind === 'anonymous') return true;
    if (person === undefined) return oracle.home !== null;
    if (kind === 'former employee') return oracle.self === person.id && oracle.viewer === null;
    return oracle.viewer === person.id && (role === undefined || oracle.is(role, person.organizationId));
  }
}

/**
 * For JSON.stringify: leaves out IDs that only repeat the input, whether or not there is such an object: the refusals of a payload such as
 * that of invitePeople, and the cycle in the ID of a fit map.
 */
function withoutRepeatedInput(key: string, value: unknown): unknown {
  if (/^refusals(?:_\d+)?$/.test(key)) return undefined;
  return typeof value === 'string' && FIT_MAP_OF_A_CYCLE.test(value) ? value.slice(0, 36) : value;
}

const FIT_MAP_OF_A_CYCLE = /^[\da-f-]{36}\.[\da-f-]{36}$/i;

function hasData(
  answer: Readonly<Record<string, unknown>> | undefined,
): answer is { readonly data: Readonly<Record<string, unknown>> } {
  const data = answer?.data;
  return typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
}

/** A request to be read by people: what is long is cut, in the middle of a list or text. */
export function readable(request: string): string {
  const shorten = (text: string): string =>
    text.replace(/(.)\1{60,}/gsu, (run, one: string) => `${one.repeat(5)}…×${String(run.length)}`);
  const body = parsed(request);
  if (body === undefined) return shorten(request).slice(0, 4_000);
  const cut = (_key: string, value: unknown): unknown => {
    if (Array.isArray(value) && value.length > 8)
      return [...(value as unknown[]).slice(0, 8), `…×${String(value.length)}`];
    return typeof value === 'string' ? shorten(value).slice(0, 3_000) : value;
  };
  return JSON.stringify(body, cut);
}

/** On a busy machine an answer may be late: it is slow if the same takes as long each time. */
async function isSlowEachTime(ask: (time: number) => Promise<number>): Promise<boolean> {
  for (let time = 0; time < 5; time += 1) {
    if ((await ask(time)) <= SLOW_MS) return false;
  }
  return true;
}
