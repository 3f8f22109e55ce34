import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, print, visit, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

/** What a check resolves with. */
interface Finding {
  readonly counted: string;
  readonly problems: readonly string[];
}

const load = async (script: string): Promise<unknown> =>
  import(pathToFileURL(resolve('scripts', script)).href);

describe('breaking changes of schema.graphql', () => {
  let schemaChanges: (folder: string) => Promise<Finding>;
  let folder: string;
  let schema: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
      cwd: folder,
    });
  const write = (path: string, text: string) => writeFile(join(folder, path), text);

  beforeAll(async () => {
    ({ schemaChanges } = (await load('schema-changes.mjs')) as { schemaChanges: typeof schemaChanges });
    schema = await readFile('schema.graphql', 'utf8');
    folder = await mkdtemp(join(tmpdir(), 'mutual-release-'));
    git('init', '--quiet');
    await write('schema.graphql', schema);
    await write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\nSpeaks of `Person.email`.\n');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Begin');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The schema with this field of this type changed, or away. */
  const withField = (
    type: string,
    name: string,
    change: (field: FieldDefinitionNode) => FieldDefinitionNode | null,
  ) => {
    const inside = (field: FieldDefinitionNode) => (field.name.value === name ? change(field) : undefined);
    const changed = visit(parse(schema), {
      ObjectTypeDefinition: (node) =>
        node.name.value === type ? visit(node, { FieldDefinition: inside }) : false,
    });
    return print(changed);
  };
  const withoutEmail = () => withField('Person', 'email', () => null);

  it('are not looked for before there is a release', async () => {
    expect(await schemaChanges(folder)).toEqual({
      counted: 'nothing compared, no release is tagged',
      problems: [],
    });
  });

  it('are found: a field that is gone, an argument that is needed now', async () => {
    git('tag', 'v0.1.0');
    git('tag', 'of-no-release');
    expect(await schemaChanges(folder)).toEqual({ counted: '0 breaking changes since v0.1.0', problems: [] });

    await write('schema.graphql', withoutEmail());
    // What was in the changelog at the release says nothing about what came after it.
    expect(await schemaChanges(folder)).toEqual({
      counted: '1 breaking changes since v0.1.0',
      problems: [
        "Field 'email' was removed from object type 'Person': that breaks clients, and CHANGELOG.md says nothing new of `Person.email`",
      ],
    });

    const { fields } = parse('type T { f(why: String!): ID }').definitions[0] as ObjectTypeDefinitionNode;
    const needed = withField('Query', 'node', (field) => ({
      ...field,
      arguments: [...(field.arguments ?? []), ...(fields![0]!.arguments ?? [])],
    }));
    await write('schema.graphql', needed);
    expect((await schemaChanges(folder)).problems).toEqual([expect.stringContaining('`Query.node.why`')]);
  });

  it('need a word in the changelog that names them', async () => {
    await write('schema.graphql', withoutEmail());
    await write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- `Person.name` is gone.\n');
    expect((await schemaChanges(folder)).problems).toHaveLength(1);
    await write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- `Person.email` is gone.\n');
    expect(await schemaChanges(folder)).toEqual({ counted: '1 breaking changes since v0.1.0', problems: [] });
  });

  it('what is added breaks nobody', async () => {
    await write('schema.graphql', `${schema}\ntype More { id: ID! }\n`);
    expect(await schemaChanges(folder)).toEqual({ counted: '0 breaking changes since v0.1.0', problems: [] });
  });
});

describe('dependencies', () => {
  let dependencies: {
    isAllowed: (expression: string) => boolean;
    audit: (options: string[]) => Promise<Finding>;
  };
  beforeAll(async () => {
    dependencies = (await load('dependencies.mjs')) as typeof dependencies;
  });

  it.each([
    ['MIT', true],
    ['(MIT AND BSD-3-Clause)', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-3.0-only OR (AGPL-3.0-only OR ISC)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['AGPL-3.0-only', false],
    ['unknown', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['MIT MIT', false],
    ['(MIT', false],
    ['', false],
  ])('a licence “%s” may be used: %s', (expression, allowed) => {
    expect(dependencies.isAllowed(expression)).toBe(allowed);
  });

  describe('npm audit', () => {
    let registry: Server;
    let cache: string;
    let answer: { status: number; body: unknown };
    beforeAll(async () => {
      const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
        packages: Record<string, { version: string }>;
      };
      // npm asks for the weak package itself, and for those that need it, once there is something to say.
      const described = (name: string) => {
        const { version } = lock.packages[`node_modules/${name}`]!;
        return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version } } };
      };
      registry = createServer(({ method, url }, response) => {
        const body = method === 'GET' ? described(decodeURIComponent(url!.slice(1))) : answer.body;
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
      await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
    });
    beforeEach(async () => {
      cache = await mkdtemp(join(tmpdir(), 'mutual-npm-'));
    });
    afterEach(() => rm(cache, { recursive: true, force: true }));
    afterAll(() => registry.close());
    const auditAt = (port: number) =>
      dependencies.audit([
        `--registry=http://127.0.0.1:${String(port)}/`,
        `--cache=${cache}`,
        '--package-lock-only',
      ]);
    const here = () => (registry.address() as AddressInfo).port;
    const advisory = (severity: string) => ({
      status: 200,
      body: {
        fastify: [
          {
            id: severity,
            url: 'x',
            title: 'A made-up weakness',
            severity,
            vulnerable_versions: '>=1.0.0',
            cwe: [],
          },
        ],
      },
    });

    it('stops at what is known to be weak, from moderate up', async () => {
      answer = advisory('moderate');
      const { problems } = await auditAt(here());
      expect(problems).toContainEqual(expect.stringMatching(/^fastify .*: moderate: A made-up weakness$/));
    });

    it('and not at what is low, or not known', async () => {
      answer = advisory('low');
      expect((await auditAt(here())).problems).toEqual([]);
      answer = { status: 200, body: {} };
      const { counted, problems } = await auditAt(here());
      expect([counted, problems]).toEqual([expect.stringMatching(/^\d+ packages$/), []]);
    });

    it('where the registry answers none, it says that nothing was looked at', async () => {
      answer = { status: 405, body: {} };
      expect(await auditAt(here())).toEqual({
        counted: 'NOTHING LOOKED AT, the registry answers no audit (405)',
        problems: [],
      });
      // Nothing listens there.
      expect((await auditAt(1)).counted).toMatch(/^NOTHING LOOKED AT, the registry answers no audit/);
    });

    it('and a failure of another kind is one', async () => {
      answer = { status: 500, body: {} };
      expect(await auditAt(here())).toEqual({
        counted: 'nothing',
        problems: [expect.stringMatching(/^npm audit failed/)],
      });
    });
  });
});

describe('docs/security.md', () => {
  let securityDocument: (text?: string) => Promise<Finding>;
  beforeAll(async () => {
    ({ securityDocument } = (await load('security-document.mjs')) as {
      securityDocument: typeof securityDocument;
    });
  });

  it('names tests that exist', async () => {
    const { counted, problems } = await securityDocument();
    expect(problems).toEqual([]);
    expect(Number(counted.split(' ')[0])).toBeGreaterThan(50);
  });

  it('and no others: a file, a name or a row without either is found', async () => {
    const here = '`test/conformance/checks.spec.ts`';
    expect(
      (await securityDocument(`| 1.1.1 | 1 | words | ${here} “names tests that exist” |`)).problems,
    ).toEqual([]);
    expect(
      (await securityDocument('| 1.1.1 | 1 | words | not yet: nobody has written it |')).problems,
    ).toEqual([]);
    for (const wrong of [
      '`test/conformance/gone.spec.ts`',
      `${here} “${['a name', 'nobody gave'].join(' ')}”`,
      'shown somewhere',
      'not yet:',
    ]) {
      expect((await securityDocument(`| 1.1.1 | 1 | words | ${wrong} |`)).problems).toHaveLength(1);
    }
  });
});

describe('the documents', () => {
  let documents: (paths: readonly string[], read: (path: string) => Promise<string>) => Promise<Finding>;
  let unlistedScripts: (scripts: readonly string[], contributing: string) => string[];
  beforeAll(async () => {
    ({ documents, unlistedScripts } = (await load('documents.mjs')) as {
      documents: typeof documents;
      unlistedScripts: typeof unlistedScripts;
    });
  });

  it('a script that CONTRIBUTING.md does not list is found', () => {
    const text = '| `npm test` | … |\n| `npm run lint`, `start:dev` | … |\n| `npm run new -- NAME` | … |';
    expect(unlistedScripts(['test', 'lint', 'start:dev', 'new', 'check:lint'], text)).toEqual([]);
    expect(unlistedScripts(['lint', 'bench'], text)).toEqual([
      'CONTRIBUTING.md does not list the script bench',
    ]);
  });

  const problemsOf = async (text: string): Promise<readonly string[]> =>
    (await documents(['docs/domain.md'], () => Promise.resolve(text))).problems;

  it.each([
    ['a link to a file that is not there', '[a](gone.md)', /links to gone\.md, which does not exist/],
    ['a link to a heading that is not there', '# A `b`\n[a](#gone)', /no such heading/],
    ['a row with another number of cells', '| a | b |\n| - | - |\n| 1 | 2 | 3 |', /broken table at "\| 1/],
    ['rows that lost their head', '| a | b |\n| - | - |\n\n| 1 | 2 |', /broken table at "\| 1/],
  ])('%s is found', async (_, text, problem) => {
    expect(await problemsOf(text)).toEqual([expect.stringMatching(problem)]);
  });

  it('links that work and whole tables are not', async () => {
    const table = '| a | b |\n| - | - |\n| 1 \\| 1 | 2 |';
    expect(
      await problemsOf(`# A \`b\`\n[a](#a-b) [c](../README.md) [d](https://example.com)\n\n${table}`),
    ).toEqual([]);
  });
});
