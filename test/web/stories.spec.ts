import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { DEMO_PASSWORD } from '#demo';
import { checkLimits, LIMITS } from '../../libs/graphql/limits/limits.js';
import { measureOperation } from '../../libs/graphql/limits/measure-operation.js';
import { capture, projectNode } from '../../scripts/processes.mjs';
import { NOT_PLAYED, PINNED } from './pinned-statements.js';
import { serveClient, WEB, type ServedClient } from './served-client.js';

const STORIES = readdirSync(join(WEB, 'test')).filter((name) => name.endsWith('.test.ts'));

/** Statements that belong to no operation: recording that a session is used, looking up one that is no longer cached. */
const ONCE_IN_A_WHILE = 2;

let client: ServedClient | undefined;
beforeAll(async () => {
  client = await serveClient();
});
afterAll(() => client?.close());

describe('the web client in a browser', () => {
  it.each(STORIES)('plays the stories of %s', async (file) => {
    const { code, stdout, stderr } = await capture(
      projectNode(),
      ['--test', '--test-reporter=spec', join('test', file)],
      { cwd: WEB, env: { ...process.env, WEB_URL: client?.url, MAIL_FOLDER: client?.app.mailbox.folder } },
    );
    const output = `${stdout}${stderr}`;
    if (code !== 0) throw new Error(output);
    // Without a browser they are skipped, and the rest of npm test still runs.
    for (const [, reason = ''] of output.matchAll(/^﹣ .* # (.+)$/gm)) console.warn(`${file}: ${reason}`);
    expect(output).toMatch(/^ℹ fail 0$/m);
  });

  it('sends what it asks for only where a list is longer than those of the demo organization', async () => {
    const answer = await ask(
      `mutation { signIn(input: { email: "leonie@quince-gander.example", password: "${DEMO_PASSWORD}" }) { token } }`,
    );
    const { token } = (answer.signIn ?? {}) as { token?: string };
    const { viewer, businessGoals } = (await ask(
      '{ viewer { person { personalGoals(first: 1) { nodes { id } } } } businessGoals(first: 1) { nodes { id } } }',
      { token },
    )) as {
      viewer: { person: { personalGoals: { nodes: { id: string }[] } } };
      businessGoals: { nodes: { id: string }[] };
    };
    const bodies = new Map((await operations()).map(({ name, body }) => [name, body]));
    for (const [name, id] of [
      ['EarlierLooks', viewer.person.personalGoals.nodes[0]?.id],
      ['EarlierCheckIns', businessGoals.nodes[0]?.id],
    ] as const) {
      const found = await ask(bodies.get(name) ?? '', { token, operationName: name, variables: { id } });
      expect(Object.values(found)).toEqual([expect.objectContaining({ id })]);
    }
  });

  it('sends operations that take no more SQL statements than are pinned', async () => {
    const most = client?.statements.most() ?? new Map<string, number>();
    // Nothing was played where there is no browser.
    if (most.size === 0) return;
    const names = (await operations()).map(({ name }) => name).sort();
    if (process.env.PIN_STATEMENTS === '1') await pin(names, most);
    else {
      expect([...Object.keys(PINNED), ...NOT_PLAYED].sort()).toEqual(names);
      expect([...most].filter(([name, count]) => count > (PINNED[name] ?? 0) + ONCE_IN_A_WHILE)).toEqual([]);
    }
  });

  it('sends operations within the limits of the API', async () => {
    const schema = buildSchema(await readFile(join(WEB, '..', '..', 'schema.graphql'), 'utf8'));
    for (const { name, body } of await operations()) {
      const document = parse(body, { maxTokens: LIMITS.tokens });
      const operation = getOperationAST(document, name);
      if (operation == null) throw new Error(`${name} is not in its own text.`);
      expect(() => {
        checkLimits(measureOperation(schema, document, operation), {}, LIMITS);
      }).not.toThrow();
    }
  });
});

/** Asks where the statements of operations are counted. */
async function ask(
  query: string,
  { token, ...request }: { token?: string | undefined; operationName?: string; variables?: object } = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(`${client?.statements.url ?? ''}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, ...request }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data ?? {};
}

async function operations(): Promise<{ name: string; body: string }[]> {
  const manifest = await readFile(join(WEB, 'dist', 'operations.json'), 'utf8');
  return (JSON.parse(manifest) as { operations: { name: string; body: string }[] }).operations;
}

/** Writes pinned-statements.ts, keeping its comments. */
async function pin(names: readonly string[], most: ReadonlyMap<string, number>): Promise<void> {
  const file = join(import.meta.dirname, 'pinned-statements.ts');
  const played = names.filter((name) => most.has(name));
  const pinned = played.map((name) => `  ${name}: ${String(most.get(name))},\n`).join('');
  const others = names.filter((name) => !most.has(name)).map((name) => `  '${name}',\n`);
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/= \{[^}]*\};/, `= {\n${pinned}};`).replace(/= \[[^\]]*\];/, `= [\n${others.join('')}];`),
  );
}
