import { World, hours, type TestPerson, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

/** What is allowed by a limit or rule is allowed up to the very limit, and not beyond it. */
let app: TestApp;
let world: World;
let person: TestPerson;
let other: TestPerson;
let token: string;
let pair: TestRow;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  const organization = await world.organization();
  person = await world.person(organization);
  other = await world.person(organization);
  const line = await world.line(other, person);
  token = await world.signIn(person);
  pair = await world.oneToOne(person, other, { lineId: line.id });
});
afterAll(() => app.close());

async function codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const { errors } = await app.graphql(query, variables, token);
  return errors[0]?.extensions.code ?? 'OK';
}

const PEOPLE = 'query ($n: Int) { people(first: $n) { nodes { id } } }';

it.each([
  [1, 'OK'],
  [100, 'OK'],
  [0, 'BAD_USER_INPUT'],
  [101, 'BAD_USER_INPUT'],
])('a page of %d rows: %s', async (n, code) => {
  expect(await codeOf(PEOPLE, { n })).toBe(code);
});

const wrapped = (levels: number): string => {
  const [open, close] = [['viewer', 'person', ...Array<string>(levels - 3).fill('manager')], '}'];
  return `${open.map((field) => `{ ${field}`).join(' ')} { id ${close.repeat(levels)}`;
};

it.each<[string, string, Record<string, unknown>, string]>([
  ['15 levels', wrapped(15), {}, 'OK'],
  ['16 levels', wrapped(16), {}, 'TOO_COMPLEX'],
  [
    '10,000 values',
    'query ($n: Int) { __typename people(first: $n) { nodes { id } } }',
    valuesOf(10_000),
    'OK',
  ],
  [
    '10,001 values',
    'query ($n: Int) { __typename people(first: $n) { nodes { id } } }',
    valuesOf(10_001),
    'TOO_COMPLEX',
  ],
  ['40 aliases', aliases(40), {}, 'OK'],
  ['41 aliases', aliases(41), {}, 'TOO_COMPLEX'],
  ['20 root fields', `{ ${'__typename '.repeat(20)}}`, {}, 'OK'],
  ['21 root fields', `{ ${'__typename '.repeat(21)}}`, {}, 'TOO_COMPLEX'],
  ['400 selections', selections(400), {}, 'OK'],
  ['401 selections', selections(401), {}, 'TOO_COMPLEX'],
  ['20 directives', directives(20), {}, 'OK'],
  ['21 directives', directives(21), {}, 'TOO_COMPLEX'],
  ['10,000 objects', objects(99), {}, 'OK'],
  ['10,101 objects', objects(100), {}, 'TOO_COMPLEX'],
])('an operation with %s', async (_what, query, variables, code) => {
  expect(await codeOf(query, variables)).toBe(code);
});

function valuesOf(count: number): Record<string, unknown> {
  return { n: 1, unused: Array<number>(count - 2).fill(1) };
}
function aliases(count: number): string {
  return `{ viewer { ${Array.from({ length: count }, (_, n) => `a${String(n)}: roles`).join(' ')} } }`;
}
function selections(count: number): string {
  return `{ viewer { ${'roles '.repeat(count - 1)}} }`;
}
function directives(count: number): string {
  return `{ viewer { ${'roles @include(if: true) '.repeat(count)}} }`;
}
function objects(pageSize: number): string {
  return `{ people(first: ${String(pageSize)}) { nodes { directReports(first: 99) { nodes { id } } } } }`;
}

const LOG = `mutation ($input: HoldConversationInput!) { holdConversation(input: $input) { conversation { id } } }`;

it('a conversation is logged right before and right after another one, and not within its time', async () => {
  const { rows } = await app.database.query<{ minutes: number }>(
    'select duration_minutes as minutes from one_to_one where id = $1',
    [pair.id],
  );
  const length = rows[0]!.minutes * 60_000;
  const first = hours(-100);
  const log = (offset: number): Promise<string> =>
    codeOf(LOG, {
      input: { target: { oneToOneId: pair.id }, heldAt: new Date(first.getTime() + offset).toISOString() },
    });
  expect(await log(0)).toBe('OK');
  for (const within of [length - 1, 1 - length, 1, -1, 0])
    expect([within, await log(within)]).toEqual([within, 'CONFLICT']);
  expect(await log(length)).toBe('OK');
  expect(await log(-length)).toBe('OK');
});
