import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { EncodedStatement } from '#db';
import { ReadBatcher } from '../../libs/db/driver/read-batcher.js';
import { Random } from '../fuzz/random.js';
import { observeCompiledOperations } from './compiled-operations.js';
import type { ServerPair } from './server-pair.js';
import type { SharedGoal as Fixture } from './shared-goal.js';

/*
 * That both ways answer the same says something only if it would be noticed when they do not. Here the fast way is broken, in one
 * place at a time.
 */

const compiled = await observeCompiledOperations();
const { SessionAuthenticator } = await import('../../libs/auth/session.authenticator.js');
const { RequestContext } = await import('#graphql');
const { PrefetchCache } = await import('#db');
const { disableRecordedAccess } = await import('./access-log.js');
const { startServerPair } = await import('./server-pair.js');
const { problemsOfOneTurn, watchBatches } = await import('./read-batching.js');
const { delayLookups } = await import('./session-lookups.js');
const { compareQueries } = await import('./compare-queries.js');
const { CHANGES, problemsOf, problemsOfFailure, problemsOfMutation, problemsOfWaiting } =
  await import('./cached-identity.js');
const { SharedGoal } = await import('./shared-goal.js');

const SEED = 4;
const QUERIES = 60;

let servers: ServerPair;
let fixture: Fixture;
let remember: () => void;
beforeAll(async () => {
  remember = disableRecordedAccess();
  servers = await startServerPair();
  fixture = await SharedGoal.on(servers);
});
afterEach(() => {
  jest.restoreAllMocks();
  compiled.answer = (answer) => answer;
  remember = disableRecordedAccess();
});
afterAll(async () => {
  remember();
  await servers.close();
});

async function differences(): Promise<readonly string[]> {
  const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  return (await compareQueries(servers, schema, new Random(SEED, 'sensitivity'), QUERIES)).differences;
}

/** A server that believes what it remembers. */
function believe(): void {
  const { getCachedIdentity } = SessionAuthenticator.prototype as unknown as {
    getCachedIdentity: (
      token: string | null,
    ) => ReturnType<InstanceType<typeof SessionAuthenticator>['getCachedIdentity']>;
  };
  jest.spyOn(SessionAuthenticator.prototype, 'getCachedIdentity').mockImplementation(function (
    this: InstanceType<typeof SessionAuthenticator>,
    token,
  ) {
    const known = getCachedIdentity.call(this, token);
    known?.verifiedViewer.catch(() => undefined);
    return known && { ...known, verifiedViewer: Promise.resolve(known.viewer) };
  });
}

function leaveOutConfirm(): void {
  jest.spyOn(RequestContext.prototype, 'verifyViewer').mockResolvedValue(true);
}

/** Every reader of a batch gets the session of the first. */
function groupWithoutSession(): void {
  const { query } = ReadBatcher.prototype as unknown as {
    query: (...args: Parameters<ReadBatcher['query']>) => ReturnType<ReadBatcher['query']>;
  };
  let first: Parameters<ReadBatcher['query']>[0] | undefined;
  jest.spyOn(ReadBatcher.prototype, 'query').mockImplementation(function (
    this: ReadBatcher,
    reader,
    statement,
  ) {
    const { batches, waiting } = this as unknown as {
      batches: boolean;
      waiting: readonly unknown[];
    };
    if (!batches) return query.call(this, reader, statement);
    if (waiting.length === 0) first = reader;
    return query.call(this, first ?? reader, statement);
  });
}

/** Prefetches with the values of the first prefetch, of any session. */
function readAheadForTheFirst(): void {
  const first = new Map<string, EncodedStatement>();
  jest.spyOn(PrefetchCache.prototype, 'prefetch').mockImplementation(function (
    this: InstanceType<typeof PrefetchCache>,
    statement,
  ) {
    const { send, prefetched } = this as unknown as {
      send: (statement: EncodedStatement) => Promise<unknown>;
      prefetched: { statement: EncodedStatement; result: Promise<unknown> }[];
    };
    const asked = first.get(statement.text) ?? statement;
    first.set(statement.text, asked);
    const result = send(asked);
    result.catch(() => undefined);
    prefetched.push({ statement, result });
  });
}

describe('a server that confirms without looking', () => {
  it.each(CHANGES)('is caught by a session that $name', async (change) => {
    believe();
    expect(await problemsOf(fixture, change, 'before')).not.toEqual([]);
  });

  it('is caught by a look-up that fails', async () => {
    believe();
    expect(await problemsOfFailure(fixture, 'failing')).not.toEqual([]);
  });
});

describe('a server that does not confirm', () => {
  it.each(CHANGES)('is caught by a session that $name', async (change) => {
    leaveOutConfirm();
    expect(await problemsOf(fixture, change, 'before')).not.toEqual([]);
  });

  it('is caught by a mutation, by a slow look-up and by one that fails', async () => {
    leaveOutConfirm();
    expect(await problemsOfMutation(fixture, 'before')).not.toEqual([]);
    expect(await problemsOfFailure(fixture, 'failing')).not.toEqual([]);
    delayLookups();
    expect(await problemsOfWaiting(fixture)).not.toEqual([]);
  });
});

it('a server that keeps what was begun as somebody else is caught by a look-up that fails', async () => {
  const forgetful = RequestContext.prototype as unknown as { reset: () => void };
  jest.spyOn(forgetful, 'reset').mockImplementation(() => undefined);
  delayLookups();
  expect(await problemsOfFailure(fixture, 'failing')).not.toEqual([]);
});

it('compiled operations that drop errors are caught', async () => {
  compiled.answer = ({ data }) => ({ data: data as Record<string, unknown> });
  expect(await differences()).not.toEqual([]);
});

it('compiled operations that leave out a field are caught', async () => {
  compiled.answer = ({ data, ...rest }) => {
    const [[name] = [], ...others] = Object.entries(data ?? {});
    return {
      ...rest,
      data: (name === undefined ? data : Object.fromEntries(others)) as Record<string, unknown>,
    };
  };
  expect(await differences()).not.toEqual([]);
});

it('reads that travel together without regard to the session are caught', async () => {
  const readers = [await fixture.reader(), await fixture.reader(), await fixture.reader()];
  groupWithoutSession();
  expect(await problemsOfOneTurn(fixture, readers)).not.toEqual([]);
});

it('reads ahead with the ids of somebody else are caught', async () => {
  readAheadForTheFirst();
  expect(await differences()).not.toEqual([]);
});

it('and nothing is found where nothing is broken', async () => {
  const batches = watchBatches();
  expect(await differences()).toEqual([]);
  batches.stop();
  expect(batches.strangers).toEqual([]);
});
