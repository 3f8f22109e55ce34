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
import { PAGE, PAGE_QUERIES, pageStaysCurrent, type PageClient } from './page.js';
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

describe('a page with three watched queries stays current after a mutation', () => {
  /** A person with one goal, and a fetch that counts what is sent as them. */
  async function page(): Promise<{
    goal: { id: string; title: string };
    fetch: typeof fetch;
    sent: () => number;
  }> {
    const { reportToken } = await three(app);
    const { data } = await app.graphql<{
      createPersonalGoal: { personalGoal: { id: string; title: string } };
    }>(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id title } } }',
      { input: { title: 'Read again', why: 'Because' } },
      reportToken,
    );
    let count = 0;
    return {
      goal: data!.createPersonalGoal.personalGoal,
      fetch: (url, init) => {
        count += 1;
        const headers = {
          ...(init?.headers as Record<string, string>),
          authorization: `Bearer ${reportToken}`,
        };
        return fetch(url, { ...init, headers });
      },
      sent: () => count,
    };
  }

  it('in @apollo/client with a plain InMemoryCache', async () => {
    const { goal, fetch: counted, sent } = await page();
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${app.url}/graphql`, fetch: counted }),
      cache: new InMemoryCache(),
    });
    const results: Record<string, unknown> = {};
    await pageStaysCurrent(
      {
        watch: (name, variables) =>
          new Promise((done, fail) => {
            client.watchQuery({ query: gql(PAGE[name]), variables }).subscribe({
              next: ({ data, dataState }) => {
                if (dataState !== 'complete') return;
                results[name] = data;
                done();
              },
              error: fail,
            });
          }),
        rename: async (variables) => {
          await client.mutate({ mutation: gql(PAGE.pageRenameMutation), variables });
        },
        results: () => results,
      },
      goal,
      sent,
    );
    client.stop();
  });

  it('in urql with its normalized cache', async () => {
    const { goal, fetch: counted, sent } = await page();
    const graphcache = createRequire(import.meta.url)('@urql/exchange-graphcache') as {
      cacheExchange: (options: object) => Exchange;
    };
    const client = createClient({
      url: `${app.url}/graphql`,
      preferGetMethod: false,
      exchanges: [graphcache.cacheExchange({}), fetchExchange],
      fetch: counted,
    });
    const results: Record<string, unknown> = {};
    await pageStaysCurrent(
      {
        watch: (name, variables) =>
          new Promise((done, fail) => {
            client.query(PAGE[name], variables).subscribe(({ data, error }) => {
              if (error) fail(error);
              results[name] = data;
              done();
            });
          }),
        rename: async (variables) => {
          const { error } = await client.mutation(PAGE.pageRenameMutation, variables).toPromise();
          if (error) throw error;
        },
        results: () => results,
      } satisfies PageClient,
      goal,
      sent,
    );
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

  it('keeps a page with three watched queries current after a mutation', async () => {
    await compile(Object.values(PAGE));
    const compiled = new Map<string, relay.ConcreteRequest>();
    for (const name of Object.keys(PAGE)) {
      const url = pathToFileURL(join(folder, 'artifacts', `${name}.graphql.js`)).href;
      compiled.set(name, ((await import(url)) as { default: relay.ConcreteRequest }).default);
    }
    const { reportToken } = await three(app);
    const { data } = await app.graphql<{
      createPersonalGoal: { personalGoal: { id: string; title: string } };
    }>(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id title } } }',
      { input: { title: 'Read again', why: 'Because' } },
      reportToken,
    );
    let sent = 0;
    const environment = new relay.Environment({
      network: relay.Network.create(async ({ text }, variables) => {
        sent += 1;
        const response = await app.graphql(text ?? '', variables, reportToken);
        return { data: response.data } as GraphQLResponse;
      }),
      store: new relay.Store(new relay.RecordSource()),
    });
    const watched = new Map<string, relay.OperationDescriptor>();
    const goal = data!.createPersonalGoal.personalGoal;
    await pageStaysCurrent(
      {
        watch: async (name, variables) => {
          const operation = relay.createOperationDescriptor(compiled.get(name)!, variables);
          environment.retain(operation);
          watched.set(name, operation);
          await relay.fetchQuery(environment, compiled.get(name)!, variables).toPromise();
        },
        rename: (variables) =>
          new Promise((done, fail) => {
            relay.commitMutation(environment, {
              mutation: compiled.get('pageRenameMutation')!,
              variables,
              onCompleted: () => {
                done();
              },
              onError: fail,
            });
          }),
        results: () =>
          Object.fromEntries(
            PAGE_QUERIES.map((name) => {
              const operation = watched.get(name)!;
              expect(environment.check(operation).status).toBe('available');
              return [name, environment.lookup(operation.fragment).data];
            }),
          ),
      },
      goal,
      () => sent,
    );
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
