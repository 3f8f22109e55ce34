import {
  buildSchema,
  getIntrospectionQuery,
  Kind,
  parse,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { cpuTimeOf } from '../../../test/setup/cpu.js';
import { ApiError } from '../errors/errors.js';
import { checkLimits, LIMITS } from './limits.js';
import { measureOperation, type Measure } from './measure-operation.js';

const schema = buildSchema(`
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! }
  type Person implements Node { id: ID!, name: String!, manager: Person, friends: [Person!]!, reports(first: Int = 20, after: String): PersonConnection! }
  type PersonEdge { cursor: String!, node: Person! }
  type PersonConnection { edges: [PersonEdge!]!, nodes: [Person!]!, pageInfo: PageInfo! }
  union Thing = Person
  type Query { me: Person!, things: [Thing!]!, nodes(ids: [ID!]!): [Node]!, people(first: Int, after: String): PersonConnection! }
  type Mutation { rename(name: String!): Person! }
`);

function measure(text: string, cyclic = false): Measure {
  const document = parse(text);
  if (!cyclic) expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return measureOperation(schema, document, operation as OperationDefinitionNode);
}

const costs: readonly [string, number, Record<string, unknown>?][] = [
  ['{ __typename }', 0],
  ['{ me { name id } }', 1],
  ['{ me { manager { manager { name } } } }', 3],
  ['{ me { friends { name } } }', 2],
  ['{ me { friends { manager { name } } } }', 2 + 10],
  ['{ people { nodes { name } } }', 1 + 20 * 1],
  ['{ people(first: 3) { nodes { manager { name } } } }', 1 + 3 * (1 + 1)],
  ['{ people(first: 3) { edges { cursor node { name } } pageInfo { hasNextPage } } }', 1 + 3 * (1 + 1 + 1)],
  ['query ($n: Int) { people(first: $n) { nodes { name } } }', 1 + 7, { n: 7 }],
  ['query ($n: Int = 5) { people(first: $n) { nodes { name } } }', 1 + 5],
  ['query ($n: Int = 5) { people(first: $n) { nodes { name } } }', 1 + 20, { n: null }],
  ['query ($n: Int) { people(first: $n) { nodes { name } } }', 1 + 100, { n: 1e9 }],
  ['query ($n: Int) { people(first: $n) { nodes { name } } }', 1 + 1, { n: -5 }],
  ['query ($n: Int) { people(first: $n) { nodes { name } } }', 1 + 100, { n: 'many' }],
  ['{ people(first: 2) { nodes { reports(first: 3) { nodes { name } } } } }', 1 + 2 * (1 + 1 + 3)],
  ['{ nodes(ids: ["a", "b"]) { id ... on Person { manager { name } } } }', 1 + 2],
  [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { manager { name } } } }',
    1 + 4,
    { ids: ['a', 'b', 'c', 'd'] },
  ],
  ['{ things { ... on Person { manager { name } } } }', 1 + 10],
  ['{ a: me { ...F } b: me { ...F } } fragment F on Person { manager { name } }', 4],
];

it.each(costs)('estimates the cost of %s as %d', (text, cost, variables = {}) => {
  expect(measure(text).cost(variables)).toBe(cost);
});

const ANN = { name: 'Ann' };
const returned: readonly [string, object, number][] = [
  ['{ __typename }', { __typename: 'Query' }, 0],
  ['{ me { name } }', { me: ANN }, 1],
  ['{ me { manager { manager { name } } } }', { me: { manager: { manager: null } } }, 3],
  ['{ me { manager { manager { name } } } }', { me: { manager: null } }, 2],
  [
    '{ me { friends { manager { name } } } }',
    { me: { friends: [{ manager: ANN }, { manager: null }] } },
    2 + 2,
  ],
  ['{ me { friends { manager { name } } } }', { me: { friends: [] } }, 2],
  ['{ people { nodes { name } } }', { people: { nodes: [ANN, ANN, ANN] } }, 1 + 3],
  ['{ people(first: 100) { nodes { name } } }', { people: { nodes: [] } }, 1],
  [
    '{ people(first: 3) { edges { cursor node { name } } pageInfo { hasNextPage } } }',
    { people: { edges: [{ cursor: 'a', node: ANN }], pageInfo: { hasNextPage: false } } },
    1 + 1 + 1 + 1,
  ],
  [
    '{ nodes(ids: ["a", "b", "c"]) { id ... on Person { manager { name } } } }',
    { nodes: [{ id: 'a', manager: ANN }, null, { id: 'c' }] },
    1 + 1,
  ],
  [
    '{ me { ...F manager { ...F } } } fragment F on Person { friends { manager { name } } }',
    { me: { friends: [{ manager: ANN }], manager: { friends: [{ manager: ANN }] } } },
    1 + 2 + 1 + 2,
  ],
  [
    '{ me { a: manager { name } ... { a: manager { manager { name } } } } }',
    { me: { a: { manager: ANN } } },
    3,
  ],
];

it.each(returned)('charges %s with the result %j %3$d', (text, data, cost) => {
  const measured = measure(text);
  expect(measured.actualCost(data)).toBe(cost);
  expect(cost).toBeLessThanOrEqual(measured.cost({}));
});

it('counts fields, fragments, aliases and levels', () => {
  const {
    cost: _cost,
    actualCost: _actualCost,
    ...counts
  } = measure(
    'query @skip(if: false) { a: me { ...F @include(if: true) } b: me { ... on Person { c: name } } } fragment F on Person { manager { name } }',
    true,
  );
  expect(counts).toEqual({
    depth: 3,
    selections: 7,
    aliases: 3,
    rootFields: 2,
    directives: 2,
    introspects: false,
  });
});

it('counts root fields inside fragments', () => {
  expect(measure('{ ...F ...F } fragment F on Query { a: me { id } b: me { id } }').rootFields).toBe(4);
});

it('detects introspection at any depth, and measures it like other fields', () => {
  expect(measure('{ me { __typename } }').introspects).toBe(false);
  expect(
    measure('{ ...F } fragment F on Query { ... { x: __type(name: "Person") { name } } }').introspects,
  ).toBe(true);
  const standard = measure(getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }));
  expect(standard.introspects).toBe(true);
  expect(() => {
    checkLimits(standard, {});
  }).not.toThrow();
  // GraphQL refuses this one by itself; our own count would too.
  const circular = `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`;
  expect(validate(schema, parse(circular)).map(({ message }) => message)).toEqual([
    'Maximum introspection depth exceeded',
  ]);
  expect(() => {
    checkLimits(measure(circular, true), {});
  }).toThrow(ApiError);
});

it('stops counting at a fragment that contains itself, although validation refuses it earlier', () => {
  const { depth, selections } = measure('{ me { ...F } } fragment F on Person { manager { ...F } }', true);
  expect([depth, selections]).toEqual([2, 4]);
});

it('counts nested fragments in linear time, and refuses them', async () => {
  const fragments = Array.from(
    { length: 60 },
    (_, n) =>
      `fragment F${String(n)} on Person { a: manager { ...F${String(n + 1)} } b: manager { ...F${String(n + 1)} } }`,
  ).join(' ');
  const measured = measure(`{ me { ...F0 } } ${fragments} fragment F60 on Person { name }`, true);
  // Counted by their number they would take longer than anybody lives.
  const took = await cpuTimeOf(() => {
    expect(measured.cost({})).toBeGreaterThan(2 ** 60);
  });
  expect(took).toBeLessThan(2_000);
  expect(() => {
    checkLimits(measured, {}, { ...LIMITS, depth: 1_000, aliases: 1_000 });
  }).toThrow(
    'This operation may answer with more than 1,000,000,000 objects, by the sizes of its pages and lists; at most 10,000 are allowed.',
  );
});

const tooMuch: readonly [string, string, string][] = [
  [
    'levels',
    `{ me { ${'manager { '.repeat(14)} name ${'} '.repeat(14)} } }`,
    '16 levels of fields; at most 15',
  ],
  [
    'aliases',
    `{ me { ${Array.from({ length: 41 }, (_, n) => `a${String(n)}: name`).join(' ')} } }`,
    '41 aliases; at most 40',
  ],
  ['root fields', `{ ${'me { name } '.repeat(21)} }`, '21 fields at its root; at most 20'],
  ['selections', `{ ${'__typename '.repeat(401)} }`, '401 fields, fragments and spreads; at most 400'],
  [
    'directives',
    `{ me { ${Array.from({ length: 21 }, (_, n) => `a${String(n)}: name @include(if: true)`).join(' ')} } }`,
    '21 directives; at most 20',
  ],
  [
    'objects',
    '{ people(first: 100) { nodes { reports(first: 100) { nodes { name } } } } }',
    '10,201 objects, by the sizes of its pages and lists; at most 10,000',
  ],
];

it.each(tooMuch)('refuses too many %s with the limit and the value', (_what, text, words) => {
  const measured = measure(text);
  const error = (() => {
    try {
      checkLimits(measured, {});
      return undefined;
    } catch (thrown) {
      return thrown as ApiError;
    }
  })();
  expect(error?.extensions.code).toBe('TOO_COMPLEX');
  expect(error?.message).toContain(words);
});
