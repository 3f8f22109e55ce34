import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { cacheExchange, createClient, fetchExchange, type Exchange } from '@urql/core';
import relay, { type GraphQLResponse } from 'relay-runtime';
import { startApp, type TestApp } from '../e2e/app.js';
import { PAGE, pageStaysCurrent, PARTS, partsStayComplete, type PageClient } from './page.js';
import { mainFlow, OPERATIONS, three, type ClientOf, type OperationName } from './flow.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('@apollo/client drives the main flow', async () => {
  await mainFlow(await three(app), (token) => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${app.url}/graphql`, headers: { authorization: `Bearer ${token}` } }),
      cache: new InMemoryCache(),
      defaultOptions: { query: { fetchPolicy: 'network-only' } },
    });
    return {
      send: async (name, variables) => {
        const document = gql(OPERATIONS[name]);
        const { data } = name.endsWith('Mutation')
          ? await client.mutate({ mutation: document, variables })
          : await client.query({ query: document, variables });
        return data;
      },
    };
  });
});

it('urql runs the main flow when it is configured to send POST', async () => {
  const clientOf =
    (preferGetMethod: boolean) =>
    (token: string): ClientOf => {
      const client = createClient({
        url: `${app.url}/graphql`,
        exchanges: [cacheExchange, fetchExchange],
        requestPolicy: 'network-only',
        preferGetMethod,
        fetchOptions: { headers: { authorization: `Bearer ${token}` } },
      });
      return {
        send: async (name, variables) => {
          const { data, error } = name.endsWith('Mutation')
            ? await client.mutation<unknown>(OPERATIONS[name], variables).toPromise()
            : await client.query<unknown>(OPERATIONS[name], variables).toPromise();
          if (error) throw error;
          return data;
        },
      };
    };
  const people = await three(app);
  await mainFlow(people, clientOf(false));
  // Reads by GET would stand, arguments and all, in the logs of whatever is between.
  await expect(
    clientOf(true)(people.reportToken).send('flowNodeQuery', { id: people.report.id }),
  ).rejects.toThrow('Operations are sent with POST.');
});

/** A fetch that counts what is sent with this token. */
function countingFetch(token: string): { fetch: typeof fetch; sent: () => number } {
  let count = 0;
  return {
    fetch: (url, init) => {
      count += 1;
      const headers = { ...(init?.headers as Record<string, string>), authorization: `Bearer ${token}` };
      return fetch(url, { ...init, headers });
    },
    sent: () => count,
  };
}

async function send<Data>(token: string, query: string, input: object): Promise<Data> {
  const { data, errors } = await app.graphql<Data>(query, { input }, token);
  expect(errors).toEqual([]);
  return data!;
}

const CREATE_GOAL = `mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id title } } }`;
interface CreatedGoal {
  createPersonalGoal: { personalGoal: { id: string; title: string } };
}

/** A person with one goal. */
async function page(): Promise<{ token: string; goal: { id: string; title: string } }> {
  const { reportToken: token } = await three(app);
  const input = { title: 'Read again', why: 'Because' };
  const { createPersonalGoal } = await send<CreatedGoal>(token, CREATE_GOAL, input);
  return { token, goal: createPersonalGoal.personalGoal };
}

/** A person and their manager who share goals with each other, read them, and have a conversation with notes. */
async function parts(): Promise<{ token: string; variables: { goalId: string; managerId: string } }> {
  const { report, reportToken, manager, managerToken } = await three(app);
  const share = async (token: string, input: object, personId: string): Promise<string> => {
    const { createPersonalGoal } = await send<CreatedGoal>(token, CREATE_GOAL, input);
    const goalId = createPersonalGoal.personalGoal.id;
    const mutation =
      'mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }';
    await send(token, mutation, { goalId, personId });
    return goalId;
  };
  await share(managerToken, { title: 'Learn to listen' }, report.id);
  const measure = { unit: 'evenings', start: 0, current: 1, target: 5 };
  const goalId = await share(reportToken, { title: 'Read again', area: 'Home', measure }, manager.id);
  await app.graphql('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: goalId }, managerToken);
  const { startOneToOne } = await send<{ startOneToOne: { oneToOne: { next: { id: string } } } }>(
    managerToken,
    `mutation ($input: StartOneToOneInput!) {
      startOneToOne(input: $input) { ... on OneToOnePayload { oneToOne { next { id } } } }
    }`,
    {
      personId: report.id,
      recurrence: 'FREQ=WEEKLY',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      timeZone: 'Europe/Lisbon',
    },
  );
  const conversationId = startOneToOne.oneToOne.next.id;
  await send(
    reportToken,
    'mutation ($input: WritePrivateNotesInput!) { writePrivateNotes(input: $input) { __typename } }',
    {
      conversationId,
      version: 0,
      text: 'For myself',
    },
  );
  await send(
    reportToken,
    'mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { __typename } }',
    {
      conversationId,
      version: 0,
      text: 'For both',
    },
  );
  return { token: reportToken, variables: { goalId, managerId: manager.id } };
}

const DOCUMENTS = { ...PAGE, ...PARTS };

function apolloPage(fetch: typeof globalThis.fetch): PageClient & { stop(): void } {
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${app.url}/graphql`, fetch }),
    cache: new InMemoryCache(),
  });
  const results: Record<string, unknown> = {};
  return {
    watch: (name, variables) =>
      new Promise((done, fail) => {
        client.watchQuery({ query: gql(DOCUMENTS[name]), variables }).subscribe({
          next: ({ data, dataState }) => {
            results[name] = dataState === 'complete' ? data : undefined;
            if (dataState === 'complete') done();
          },
          error: fail,
        });
      }),
    mutate: async (name, variables) => {
      await client.mutate({ mutation: gql(DOCUMENTS[name]), variables });
    },
    results: () => results,
    stop: () => {
      client.stop();
    },
  };
}

function urqlPage(fetch: typeof globalThis.fetch): PageClient {
  const graphcache = createRequire(import.meta.url)('@urql/exchange-graphcache') as {
    cacheExchange: (options: object) => Exchange;
  };
  const client = createClient({
    url: `${app.url}/graphql`,
    preferGetMethod: false,
    exchanges: [graphcache.cacheExchange({}), fetchExchange],
    fetch,
  });
  const results: Record<string, unknown> = {};
  return {
    watch: (name, variables) =>
      new Promise((done, fail) => {
        client.query(DOCUMENTS[name], variables).subscribe(({ data, error }) => {
          if (error) fail(error);
          results[name] = data;
          done();
        });
      }),
    mutate: async (name, variables) => {
      const { error } = await client.mutation(DOCUMENTS[name], variables).toPromise();
      if (error) throw error;
    },
    results: () => results,
  };
}

describe('a page with three watched queries stays current after a mutation', () => {
  it('in @apollo/client with a plain InMemoryCache', async () => {
    const { token, goal } = await page();
    const { fetch, sent } = countingFetch(token);
    const client = apolloPage(fetch);
    await pageStaysCurrent(client, goal, sent);
    client.stop();
  });

  it('in urql with its normalized cache', async () => {
    const { token, goal } = await page();
    const { fetch, sent } = countingFetch(token);
    await pageStaysCurrent(urqlPage(fetch), goal, sent);
  });
});

describe('two watched queries keep all of their fields when they ask for different fields of the same objects', () => {
  it('in @apollo/client with a plain InMemoryCache', async () => {
    const { token, variables } = await parts();
    const { fetch, sent } = countingFetch(token);
    const client = apolloPage(fetch);
    await partsStayComplete(client, variables, sent);
    client.stop();
  });

  it('in urql with its normalized cache', async () => {
    const { token, variables } = await parts();
    const { fetch, sent } = countingFetch(token);
    await partsStayComplete(urqlPage(fetch), variables, sent);
  });
});

describe('Relay', () => {
  const compiler = createRequire(import.meta.url)('relay-compiler') as string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mutual-relay-'));
    await copyFile('schema.graphql', join(folder, 'schema.graphql'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(folder, 'relay.config.json'),
      JSON.stringify({
        src: './src',
        schema: './schema.graphql',
        language: 'javascript',
        artifactDirectory: './artifacts',
        eagerEsModules: true,
      }),
    );
    await mkdir(join(folder, 'src'));
    await mkdir(join(folder, 'artifacts'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Compiles a source file with these texts; rejects with what the compiler says. */
  async function compile(texts: readonly string[]): Promise<void> {
    const source = texts.map((text) => `graphql\`${text}\`;`).join('\n');
    await writeFile(join(folder, 'src', 'flow.js'), `import { graphql } from 'relay-runtime';\n${source}\n`);
    await promisify(execFile)(compiler, ['--output', 'quiet-with-errors', 'relay.config.json'], {
      cwd: folder,
    });
  }

  /** What only Relay asks of a schema: connections by name, and objects that can be fetched again by their id. */
  const PAGED = `fragment flow_goals on Person
    @refetchable(queryName: "flowGoalsPaginationQuery")
    @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" }) {
    personalGoals(first: $first, after: $after) @connection(key: "flow_personalGoals") {
      edges { node { id title } }
    }
  }`;

  it('its compiler accepts schema.graphql, connections and refetching included', async () => {
    await compile([...Object.values(OPERATIONS), PAGED]);
    const pagination = await readFile(
      join(folder, 'artifacts', 'flowGoalsPaginationQuery.graphql.js'),
      'utf8',
    );
    expect(pagination).toMatch(/node\(\s*id: \$id/);
    expect(pagination).toContain('endCursor');
  });

  it('and refuses what the schema does not have, or a connection that is none', async () => {
    await expect(compile(['query flowWrongQuery { viewer { nothing } }'])).rejects.toThrow(/nothing/);
    await expect(compile([PAGED.replace('edges { node { id title } }', 'nodes { id }')])).rejects.toThrow(
      /edges/,
    );
  });

  /** An environment with an ordinary store and the compiled documents. */
  async function relayPage(fetch: typeof globalThis.fetch): Promise<PageClient> {
    await compile(Object.values(DOCUMENTS));
    const compiled = new Map<string, relay.ConcreteRequest>();
    for (const name of Object.keys(DOCUMENTS)) {
      const url = pathToFileURL(join(folder, 'artifacts', `${name}.graphql.js`)).href;
      compiled.set(name, ((await import(url)) as { default: relay.ConcreteRequest }).default);
    }
    const environment = new relay.Environment({
      network: relay.Network.create(async ({ text }, variables) => {
        const response = await fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: text, variables }),
        });
        return (await response.json()) as GraphQLResponse;
      }),
      store: new relay.Store(new relay.RecordSource()),
    });
    const watched = new Map<string, relay.OperationDescriptor>();
    return {
      watch: async (name, variables) => {
        const operation = relay.createOperationDescriptor(compiled.get(name)!, variables);
        environment.retain(operation);
        watched.set(name, operation);
        await relay.fetchQuery(environment, compiled.get(name)!, variables).toPromise();
      },
      mutate: (name, variables) =>
        new Promise((done, fail) => {
          relay.commitMutation(environment, {
            mutation: compiled.get(name)!,
            variables,
            onCompleted: () => {
              done();
            },
            onError: fail,
          });
        }),
      results: () =>
        Object.fromEntries(
          Array.from(watched, ([name, operation]) => {
            expect(environment.check(operation).status).toBe('available');
            return [name, environment.lookup(operation.fragment).data];
          }),
        ),
    };
  }

  it('keeps a page with three watched queries current after a mutation', async () => {
    const { token, goal } = await page();
    const { fetch, sent } = countingFetch(token);
    await pageStaysCurrent(await relayPage(fetch), goal, sent);
  });

  it('keeps all fields of two watched queries that ask for different fields of the same objects', async () => {
    const { token, variables } = await parts();
    const { fetch, sent } = countingFetch(token);
    await partsStayComplete(await relayPage(fetch), variables, sent);
  });

  it('an environment drives the main flow with the compiled operations', async () => {
    await compile(Object.values(OPERATIONS));
    const compiled = new Map<OperationName, relay.ConcreteRequest>();
    for (const name of Object.keys(OPERATIONS) as OperationName[]) {
      const artifact = (await import(
        pathToFileURL(join(folder, 'artifacts', `${name}.graphql.js`)).href
      )) as { default: relay.ConcreteRequest };
      compiled.set(name, artifact.default);
    }
    await mainFlow(await three(app), (token) => {
      const environment = new relay.Environment({
        network: relay.Network.create(async ({ text }, variables) => {
          const response = await fetch(`${app.url}/graphql`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              accept: 'application/graphql-response+json',
              authorization: `Bearer ${token}`,
            },
            body: JSON.stringify({ query: text, variables }),
          });
          return (await response.json()) as GraphQLResponse;
        }),
        store: new relay.Store(new relay.RecordSource()),
      });
      return {
        send: (name, variables) => {
          const request = compiled.get(name)!;
          if (name.endsWith('Query')) return relay.fetchQuery(environment, request, variables).toPromise();
          return new Promise((done, fail) => {
            relay.commitMutation(environment, {
              mutation: request,
              variables,
              onCompleted: (data, errors) => {
                if (errors?.length) fail(new Error(errors[0]!.message));
                else done(data);
              },
              onError: fail,
            });
          });
        },
      };
    });
  });
});
