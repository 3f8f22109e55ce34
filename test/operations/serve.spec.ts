import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, isFree } from '../../scripts/ports.mjs';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { copyFolder, until, type Copy, type Running } from './copy.js';

const root = join(import.meta.dirname, '..', '..');

let copy: Copy;
let testDatabase: TestDatabase;
let running: Running | undefined;
beforeAll(async () => {
  copy = await copyFolder();
  testDatabase = await createTestDatabase();
});
afterEach(() => running?.process.kill('SIGKILL'));
afterAll(async () => {
  await testDatabase.drop();
  await copy.remove();
});

async function settings(): Promise<{ port: number; environment: Record<string, string> }> {
  const port = await freePort();
  return {
    port,
    environment: {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
      DATABASE_URL: testDatabase.appUrl,
      ROLE_PREFIX: testDatabase.rolePrefix,
      MAIL_FOLDER: '.data/mail',
    },
  };
}

describe('npm run serve', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'ends the server when npm gets %s, and frees the port',
    async (signal) => {
      const { port, environment } = await settings();
      running = copy.start('npm', ['run', 'serve'], environment);
      await running.says(/serving url/);
      expect(await isFree(port)).toBe(false);
      running.process.kill(signal);
      // Its output is closed once the last of its processes has ended.
      await running.ended;
      expect(running.output()).toMatch(/stopping/);
      expect(await isFree(port)).toBe(true);
    },
  );

  it('goes on when the shell that called npm has ended', async () => {
    const { port, environment } = await settings();
    running = copy.start('sh', ['-c', 'npm run serve & echo "npm=$!"; wait'], environment);
    const npm = Number(await running.says(/^npm=(\d+)$/m));
    try {
      await running.says(/serving url/);
      const shellEnded = new Promise((done) => running?.process.once('exit', done));
      running.process.kill('SIGKILL');
      await shellEnded;
      // Several times as long as detecting the end of npm takes.
      await new Promise((done) => setTimeout(done, 1_500));
      expect(await (await fetch(`http://127.0.0.1:${String(port)}/health`)).json()).toEqual({ status: 'ok' });
    } finally {
      process.kill(npm, 'SIGTERM');
    }
    await until(() => isFree(port));
  });
});

describe('the unit file of the API', () => {
  it('starts the server with the same flags as npm run serve, and SIGTERM ends it in order', async () => {
    const unit = await readFile(join(root, 'deploy', 'mutual-api.service'), 'utf8');
    const line = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
    const [command = '', ...args] = line.replaceAll('/opt/mutual', copy.folder).split(' ');
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(args.join(' ')).toBe(
      scripts.serve?.replace(/^exec node --import \.\/scripts\/end-with-npm\.mjs /, ''),
    );

    const { port, environment } = await settings();
    running = copy.start(command, args, environment);
    await running.says(/serving url/);
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(await isFree(port)).toBe(true);
  });
});
