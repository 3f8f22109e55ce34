import { getIntrospectionQuery } from 'graphql';
import { errorsOf, executed, type Reply, type Target } from './target.js';

/** One way to harm or explore a GraphQL service. */
export interface Attack {
  readonly name: string;
  /** What was found, in words; null: nothing. */
  readonly find: (target: Target) => Promise<string | null>;
  /** Much like the attack, and as it should be: has to be answered, or a service that answers nothing would do best. */
  readonly honest?: string;
  /** Whether it is nothing but an operation, which can be sent over a WebSocket too. */
  readonly isOperation?: boolean;
}

export const times = (count: number, part: (n: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, n) => part(n)).join(between);

/** What an operation that may not be executed came to. */
export const ifExecuted = (reply: Reply): string | null => {
  if (executed(reply)) return `executed: ${reply.text.slice(0, 80)}`;
  if (reply.status >= 500) return `failed with ${String(reply.status)}: ${reply.text.slice(0, 80)}`;
  return reply.milliseconds > 2_000 ? `took ${String(Math.round(reply.milliseconds))} ms` : null;
};

/** The first finding of several tries. */
async function first(tries: readonly (() => Promise<string | null>)[]): Promise<string | null> {
  for (const attempt of tries) {
    const found = await attempt();
    if (found !== null) return found;
  }
  return null;
}

export const refused = (
  name: string,
  query: string,
  honest: string,
  variables?: Readonly<Record<string, unknown>>,
): Attack => ({
  name,
  find: async (target) => ifExecuted(await target.ask(query, variables)),
  honest,
  isOperation: true,
});

/** Too large to be looked at: refused before it is known whether it makes sense. */
export const unread = (name: string, query: string, honest: string): Attack => ({
  name,
  find: async (target) => {
    const reply = await target.ask(query);
    const read = errorsOf(reply).some(({ extensions }) => extensions?.code !== 'TOO_COMPLEX');
    return ifExecuted(reply) ?? (read ? `read to the end: ${reply.text.slice(0, 80)}` : null);
  },
  honest,
  isOperation: true,
});

export const nested = (depth: number, field: string, inside: string): string =>
  `${`${field} { `.repeat(depth)}${inside}${' }'.repeat(depth)}`;

/** F0 to F9 and so on, each with the next one twice. */
export const doubling = (count: number): string => {
  const next = (n: number, alias: string) => `${alias}: manager { ...F${String(n + 1)} }`;
  const each = times(count, (n) => `fragment F${String(n)} on Person { ${next(n, 'a')} ${next(n, 'b')} }`);
  return `${each} fragment F${String(count)} on Person { id }`;
};

export const SUGGESTION = /did you mean/i;
export const TRACE =
  /"(tracing|ftv1|timing|startTime|duration|exception|stacktrace|stack)"|\bat .*\.[jt]s:\d+/;

/** Operations that a browser sends for another site without asking, or that stay in logs and histories. */
const MUTATION = 'mutation { signOut { __typename } }';
const OTHER_WAYS: readonly [string, (target: Target) => Promise<Reply>][] = [
  ['GET query', (target) => target.send(`/graphql?query=${encodeURIComponent('{ __typename }')}`)],
  ['GET mutation', (target) => target.send(`/graphql?query=${encodeURIComponent(MUTATION)}`)],
  [
    'GET with the header that Apollo lets through',
    (target) =>
      target.send(`/graphql?query=${encodeURIComponent('{ __typename }')}`, {
        headers: { 'apollo-require-preflight': 'true', 'content-type': 'application/json' },
      }),
  ],
  [
    'operation in the address of a POST',
    (target) =>
      target.send(`/graphql?query=${encodeURIComponent('{ __typename }')}`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
  ],
  [
    'form-encoded query',
    (target) =>
      target.post(`query=${encodeURIComponent('{ __typename }')}`, {
        'content-type': 'application/x-www-form-urlencoded',
      }),
  ],
  [
    'form-encoded mutation',
    (target) =>
      target.post(`query=${encodeURIComponent(MUTATION)}`, {
        'content-type': 'application/x-www-form-urlencoded',
      }),
  ],
  [
    'form-encoded mutation with the header that Apollo lets through',
    (target) =>
      target.post(`query=${encodeURIComponent(MUTATION)}`, {
        'content-type': 'application/x-www-form-urlencoded',
        'apollo-require-preflight': 'true',
      }),
  ],
  [
    'JSON as text/plain',
    (target) => target.post('{"query":"{ __typename }"}', { 'content-type': 'text/plain' }),
  ],
  [
    'mutation as text/plain, JSON in its parameter',
    (target) =>
      target.post(JSON.stringify({ query: MUTATION }), { 'content-type': 'text/plain; x=application/json' }),
  ],
  ['no type at all', (target) => target.post(new TextEncoder().encode('{"query":"{ __typename }"}'), {})],
  [
    'document as application/graphql',
    (target) => target.post('{ __typename }', { 'content-type': 'application/graphql' }),
  ],
  [
    'multipart form',
    (target) =>
      target.post(
        '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--\r\n',
        { 'content-type': 'multipart/form-data; boundary=x' },
      ),
  ],
];

/** A page to try operations in. */
function page(path: string): Attack {
  return {
    name: `a page to try operations in: ${path}`,
    find: async (target) => {
      const { status, headers, text } = await target.send(path, { headers: { accept: 'text/html' } });
      const html = headers.get('content-type')?.includes('html') === true || /<html|<title/i.test(text);
      return status < 400 || html ? `${path}: ${String(status)} ${text.slice(0, 80)}` : null;
    },
  };
}

/** GraphiQL, which is served in development (test/e2e/graphiql.spec.ts). */
export const GRAPHIQL = page('/graphql');

const PAGES: readonly Attack[] = [
  '/',
  '/graphiql',
  '/playground',
  '/altair',
  '/voyager',
  '/console',
  '/sandbox',
  '/graphql/playground',
].map(page);

export const ATTACKS: readonly Attack[] = [
  // What graphql-cop looks for, and the OWASP GraphQL cheat sheet names.
  refused(
    'alias overload',
    `{ ${times(101, (n) => `alias${String(n)}: __typename`)} }`,
    `{ ${times(20, (n) => `alias${String(n)}: __typename`)} }`,
  ),
  {
    name: 'array-based batch',
    find: async (target) =>
      ifExecuted(
        await target.post(JSON.stringify(Array(10).fill({ query: '{ __typename }' })), {
          'content-type': 'application/json',
        }),
      ),
    honest: '{ __typename }',
  },
  {
    name: 'batch of one',
    find: async (target) =>
      ifExecuted(await target.post('[{"query":"{ __typename }"}]', { 'content-type': 'application/json' })),
  },
  {
    name: 'overload with directives that do not exist',
    find: async (target) => {
      const reply = await target.ask(`{ __typename ${'@aa'.repeat(10)} }`);
      return errorsOf(reply).length >= 10
        ? `${String(errorsOf(reply).length)} errors looked for`
        : ifExecuted(reply);
    },
    honest: '{ __typename @include(if: true) }',
  },
  refused(
    'overload with directives that do',
    `{ ${times(19, (n) => `a${String(n)}: __typename @include(if: true) @skip(if: false)`)} }`,
    `{ ${times(9, (n) => `a${String(n)}: __typename @include(if: true) @skip(if: false)`)} }`,
  ),
  refused('field duplication', `{ ${'__typename '.repeat(500)} }`, `{ ${'__typename '.repeat(20)} }`),
  refused(
    'circular fragments',
    '{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A }',
    '{ ...A } fragment A on Query { __typename ...B } fragment B on Query { __typename }',
  ),
  refused(
    'circular introspection',
    '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    '{ __typename }',
  ),
  {
    name: 'field, argument, input and value suggestions',
    find: async (target) => {
      for (const query of [
        '{ __schema { directive } }',
        '{ viewr { id } }',
        '{ viewer { persn { id } } }',
        '{ people(frst: 1) { nodes { id } } }',
        'mutation { signIn(input: { emal: "a@example.com", password: "x" }) { token } }',
        'mutation { createPersonalGoal(input: { title: "x", horizon: FEW_YEAR }) { personalGoal { id } } }',
        '{ node(id: "x") { ... on Persn { id } } }',
      ]) {
        const { text } = await target.ask(query);
        if (SUGGESTION.test(text)) return text.slice(0, 200);
      }
      const { text } = await target.ask(
        'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
        { input: { emal: 'a@example.com', password: 'x' } },
      );
      return SUGGESTION.test(text) ? text.slice(0, 200) : null;
    },
    honest: '{ __typename }',
  },
  {
    name: 'operations by other ways than JSON in a POST',
    find: (target) =>
      first(
        OTHER_WAYS.map(([way, send]) => async () => {
          const found = ifExecuted(await send(target));
          return found === null ? null : `${way}: ${found}`;
        }),
      ),
    honest: '{ __typename }',
  },
  {
    name: 'trace and debug modes',
    find: (target) =>
      first(
        [
          ['{ __typename }', undefined],
          ['query cop { abc }', undefined],
          ['{ __typename ', undefined],
          ['query ($id: ID!) { node(id: $id) { id } }', { id: { a: 1 } }],
          ['{ node(id: "\\u0000") { id } }', undefined],
          ['subscription { __typename }', undefined],
        ].map(([query, variables]) => async () => {
          const { text } = await target.ask(
            query as string,
            variables as Record<string, unknown> | undefined,
            {
              'apollo-tracing': '1',
              'apollo-federation-include-trace': 'ftv1',
              'apollo-query-plan-experimental': '1',
              'x-debug': 'true',
              debug: '1',
            },
          );
          return TRACE.exec(text)?.[0] ?? null;
        }),
      ),
  },
  ...PAGES,
  {
    name: 'stored operations',
    find: async (target) => {
      const { text } = await target.post(
        JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
        { 'content-type': 'application/json' },
      );
      return text.includes('PersistedQueryNotFound') ? text : null;
    },
  },

  // Large in ways that counting words does not show.
  refused(
    'depth',
    `{ people(first: 1) { nodes { ${nested(14, 'manager', 'id')} } } }`,
    `{ people(first: 1) { nodes { ${nested(10, 'manager', 'id')} } } }`,
  ),
  refused(
    'width: pages in pages',
    '{ people(first: 100) { nodes { directReports(first: 100) { nodes { directReports(first: 100) { nodes { id } } } } } } }',
    '{ people(first: 5) { nodes { directReports(first: 5) { nodes { id } } } } }',
  ),
  refused(
    'width, with its numbers in variables',
    'query ($n: Int) { people(first: $n) { nodes { directReports(first: $n) { nodes { directReports(first: $n) { nodes { id } } } } } } }',
    'query ($n: Int = 5) { people(first: $n) { nodes { id } } }',
    { n: 100 },
  ),
  refused(
    'fragments that double, ten times',
    `{ people(first: 10) { nodes { ...F0 } } } ${doubling(10)}`,
    `{ people(first: 10) { nodes { ...F0 } } } ${doubling(3)}`,
  ),
  refused(
    'many root fields',
    `{ ${times(30, (n) => `a${String(n)}: people(first: 100) { nodes { id } }`)} }`,
    `{ ${times(3, (n) => `a${String(n)}: people(first: 10) { nodes { id } }`)} }`,
  ),
  refused(
    'many mutations in one operation',
    `mutation { ${times(30, (n) => `a${String(n)}: signOut { __typename }`)} }`,
    '{ __typename }',
  ),
  refused('many words', `{ ${times(3_000, (n) => `a${String(n % 10)}: __typename`)} }`, '{ __typename }'),
  refused('many comments', `{ __typename } ${'#\n'.repeat(100_000)}`, '{ __typename } # why\n'),
  refused('long text', `{ __typename } # ${'x'.repeat(1_000_000)}`, `{ __typename } # ${'x'.repeat(1_000)}`),
  unread(
    'values in values',
    `{ node(id: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { id } }`,
    '{ node(id: "x") { id } }',
  ),
  unread('selections in selections', `{ ${nested(3_000, 'a', 'b')} }`, '{ __typename }'),
  refused(
    'introspection in a fragment, under another name',
    `{ ...F } fragment F on Query { x: __type(name: "Person") { ${'fields { type { ofType { '.repeat(4)}name${' } } }'.repeat(4)} } }`,
    '{ __typename }',
  ),
  refused('a huge text in a variable', '{ __typename }', '{ __typename }', { x: 'x'.repeat(9_000_000) }),
  refused(
    'two hundred thousand values in a variable',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    'query ($ids: [ID!]! = ["x"]) { nodes(ids: $ids) { id } }',
    { ids: Array<number>(200_000).fill(1) },
  ),
  {
    name: 'a refused value that comes back',
    find: async (target) => {
      const long = 'x'.repeat(100_000);
      for (const reply of [
        await target.ask('query ($id: ID!) { node(id: $id) { id } }', { id: { long } }),
        await target.ask('query ($n: Int) { people(first: $n) { nodes { id } } }', { n: long }),
        await target.ask(`{ people(first: "${long}") { nodes { id } } }`),
      ]) {
        if (reply.text.length > 10_000) return `${String(reply.text.length)} characters`;
      }
      return null;
    },
    honest: '{ people(first: 1) { nodes { id } } }',
  },
  {
    name: 'many errors, each reported',
    find: async (target) => {
      const { length } = errorsOf(await target.ask(`{ ${times(200, (n) => `x${String(n)}`)} }`));
      return length > 10 ? `${String(length)} errors` : null;
    },
  },
];

/** Callers who cannot read the schema. */
export const INTROSPECTION: Attack = {
  name: 'introspection',
  find: async (target) => ifExecuted(await target.ask(getIntrospectionQuery())),
  honest: '{ __typename }',
};
