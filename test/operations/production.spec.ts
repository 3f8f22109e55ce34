import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { copyFolder, keepPackages, replaceCommand, type Copy } from './copy.js';

let copy: Copy;
let testDatabase: TestDatabase;
beforeAll(async () => {
  copy = await copyFolder();
  // As `npm prune --omit=dev` leaves them.
  await keepPackages(copy, (_path, { dev }) => dev !== true);
  // Prints a line if it is called.
  await replaceCommand(copy, 'npm', `console.error('npm was called'); process.exit(1);`);
  testDatabase = await createTestDatabase();
});
afterAll(async () => {
  await testDatabase.drop();
  await copy.remove();
});

async function run(
  script: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<{ code: number | string; output: string }> {
  const running = copy.start(process.execPath, [join('scripts', script), ...args], {
    DATABASE_URL: testDatabase.appUrl,
    DATABASE_ADMIN_URL: testDatabase.adminUrl,
    ROLE_PREFIX: testDatabase.rolePrefix,
    ...environment,
  });
  return { code: await running.ended, output: running.output() };
}

async function without(path: string, work: () => Promise<void>): Promise<void> {
  await rename(join(copy.folder, path), join(copy.folder, 'aside'));
  try {
    await work();
  } finally {
    await rm(join(copy.folder, path), { recursive: true, force: true });
    await rename(join(copy.folder, 'aside'), join(copy.folder, path));
  }
}

describe('a folder that serves', () => {
  it('runs commands without the development packages, and installs none', async () => {
    expect(await run('cli.mjs', ['migrate'])).toEqual({ code: 0, output: '' });
    expect(await run('cli.mjs', ['migrate'], { NODE_ENV: 'production', ...production() })).toEqual({
      code: 0,
      output: '',
    });
  });

  it.each([
    ['cli.mjs', ['migrate']],
    ['start.mjs', []],
  ])('says what is missing instead of installing it: %s', async (script, args) => {
    await without('node_modules/fastify', async () => {
      const { code, output } = await run(script, args, { NODE_ENV: 'production' });
      expect(code).toBe(1);
      expect(output).toBe(
        'The packages are not those of package-lock.json (fastify), and nothing is installed in production: run "npm ci --omit=dev" in a copy of this folder and serve from that, or here while nothing serves.\n',
      );
    });
  });

  it('says that the compiled code is missing instead of compiling it', async () => {
    await without('dist', async () => {
      const { code, output } = await run('cli.mjs', ['migrate'], { NODE_ENV: 'production' });
      expect(code).toBe(1);
      expect(output).toMatch(
        /^The compiled code \(dist\/\) is missing, and nothing is compiled in production: [^\n]*\n$/,
      );
    });
  });

  it('says that the compiled code is of other sources', async () => {
    const added = join(copy.folder, 'libs', 'db', 'added.ts');
    await writeFile(added, 'export const added = 1;\n');
    try {
      const { code, output } = await run('cli.mjs', ['migrate']);
      expect(code).toBe(1);
      expect(output).toMatch(
        /^The compiled code \(dist\/\) was made from other sources than those beside it, [^\n]*\n$/,
      );
    } finally {
      await rm(added);
    }
  });

  it('is known by NODE_ENV in .env too', async () => {
    await writeFile(join(copy.folder, '.env'), 'NODE_ENV=production\n');
    try {
      await without('node_modules/fastify', async () => {
        const { output } = await run('cli.mjs', ['migrate']);
        expect(output).toMatch(/nothing is installed in production/);
      });
    } finally {
      await rm(join(copy.folder, '.env'));
    }
  });

  it('compiles only with the packages for it, and says which are missing', async () => {
    const before = await readFile(join(copy.folder, 'dist', '.built-from'), 'utf8');
    const { code, output } = await run('setup.mjs', ['--rebuild']);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^Compiling needs the development packages, and \S+ and \d+ more is not installed: [^\n]*\n$/,
    );
    expect(await readFile(join(copy.folder, 'dist', '.built-from'), 'utf8')).toBe(before);
  });
});

function production(): Record<string, string> {
  return {
    PUBLIC_URL: 'https://client.example.com',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Mutual <mutual@example.com>',
  };
}

describe('a folder for development', () => {
  let fresh: Copy;
  beforeAll(async () => {
    fresh = await copyFolder();
  });
  afterAll(() => fresh.remove());

  it('installs again where only some development packages are missing, as after a change of package-lock.json', async () => {
    await keepPackages(fresh, (path) => path !== 'node_modules/prettier');
    await replaceCommand(
      fresh,
      'npm',
      `console.error('npm ' + process.argv.slice(2, 4).join(' ')); process.exit(1);`,
    );
    const running = fresh.start(process.execPath, ['scripts/cli.mjs', 'migrate']);
    expect(await running.ended).toBe(1);
    const output = running.output();
    expect(output).toMatch(/^Installing packages \(npm ci\)\. /);
    expect(output).toContain('npm ci --include=dev\n');
    expect(output).not.toContain('production');
  });

  it('shows how far npm has come while it installs, and what npm says', async () => {
    await rm(join(fresh.folder, 'node_modules'), { recursive: true, force: true });
    // Unpacks one package every two seconds like npm, and is then interrupted.
    await replaceCommand(
      fresh,
      'npm',
      `import { mkdirSync, writeFileSync } from 'node:fs';
       const names = ['pg', 'fastify', 'graphql'];
       const next = () => {
         const name = names.pop();
         if (name === undefined) { console.error('npm error network is gone'); process.exit(1); }
         mkdirSync('node_modules/' + name, { recursive: true });
         writeFileSync('node_modules/' + name + '/package.json', '{}');
         setTimeout(next, 2500);
       };
       next();`,
    );
    const running = fresh.start(process.execPath, ['scripts/start.mjs'], {});
    expect(await running.ended).toBe(1);
    const lines = running.output().trimEnd().split('\n');
    expect(lines[0]).toBe('Installing packages (npm ci). This takes a minute or two, the first time only.');
    const counts = lines.flatMap(
      (line) => /^ {2}(\d+) of (\d+) packages \(\d+ s\)$/.exec(line)?.slice(1, 3) ?? [],
    );
    const [first = 0, all = 0] = counts.map(Number);
    const last = Number(counts.at(-2));
    expect(all).toBeGreaterThan(500);
    expect(first).toBeGreaterThan(0);
    expect(last).toBeGreaterThan(first);
    expect(lines.slice(-2)).toEqual([
      'npm error network is gone',
      'npm could not install the packages: its message above says why. Try again once it is put right.',
    ]);
  });
});
