import { chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort, isFree } from '../../scripts/ports.mjs';
import { copyFolder, until, type Copy, type Running } from './copy.js';

const MINUTES = 60_000;

let copy: Copy;
let running: Running | undefined;
beforeAll(async () => {
  copy = await copyFolder();
});
afterAll(async () => {
  if (running !== undefined) {
    running.process.kill('SIGTERM');
    await running.ended;
  }
  await copy.remove();
});

const inData = (...path: string[]): string => join(copy.folder, '.data', 'postgres', ...path);

async function postmaster(): Promise<number> {
  return Number((await readFile(inData('data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A process that has ended and was not waited for has no command line. */
async function lives(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '')) !== '';
}

/** The process of the worker below a launcher. */
async function workerOf(launcher: number): Promise<number> {
  const id = String(launcher);
  const children = (await readFile(`/proc/${id}/task/${id}/children`, 'utf8')).trim().split(' ');
  for (const child of children) {
    if ((await readFile(`/proc/${child}/cmdline`, 'utf8')).includes('worker/main.js')) return Number(child);
  }
  throw new Error('there is no worker');
}

describe('npm start', () => {
  it(
    'starts a database again that was killed, and ends it with everything else when npm is asked to end',
    async () => {
      const port = await freePort();
      running = copy.start('npm', ['start'], { PORT: String(port), LOG_LEVEL: 'info' });
      await running.says(/Mutual serves at/);
      await running.says(/running jobs/);
      const ready = async (): Promise<boolean> =>
        fetch(`http://127.0.0.1:${String(port)}/ready`).then(
          ({ status }) => status === 200,
          () => false,
        );
      await until(ready);

      const first = await postmaster();
      process.kill(first, 'SIGKILL');
      await running.says(/The database has ended by itself: starting it again\./);
      await running.says(/The database runs again\./);
      await until(ready);
      const second = await postmaster();
      expect(second).not.toBe(first);

      running.process.kill('SIGTERM');
      await running.ended;
      running = undefined;
      expect(await lives(second)).toBe(false);
      expect(await isFree(port)).toBe(true);
    },
    3 * MINUTES,
  );

  it(
    'ends with one sentence when the worker is killed',
    async () => {
      const port = await freePort();
      running = copy.start(process.execPath, ['scripts/start.mjs'], {
        PORT: String(port),
        LOG_LEVEL: 'info',
      });
      await running.says(/Mutual serves at/);
      await running.says(/running jobs/);
      process.kill(await workerOf(running.pid), 'SIGKILL');
      expect(await running.ended).toBe(1);
      expect(running.output()).toMatch(
        /The worker was ended from outside \(SIGKILL\)\. Start again with npm start\.\n$/,
      );
      expect(await isFree(port)).toBe(true);
      running = undefined;
    },
    3 * MINUTES,
  );

  it(
    'ends with one sentence when the database ends again and again',
    async () => {
      const port = await freePort();
      running = copy.start(process.execPath, ['scripts/start.mjs'], {
        PORT: String(port),
        LOG_LEVEL: 'info',
      });
      await running.says(/Mutual serves at/);
      await running.says(/running jobs/);
      for (let time = 1; time <= 4; time++) {
        const pid = await postmaster();
        process.kill(pid, 'SIGKILL');
        if (time < 4) await running.says(new RegExp(`(?:The database runs again\\.[^]*){${String(time)}}`));
      }
      expect(await running.ended).toBe(1);
      expect(running.output()).toMatch(
        /The database has ended 4 times within five minutes: its log \(\S+\) says why\. Start again with npm start\.\n$/,
      );
      expect(await isFree(port)).toBe(true);
      running = undefined;
    },
    3 * MINUTES,
  );

  describe('says in one sentence what keeps the database from starting:', () => {
    async function startsWith(
      change: (folder: string) => Promise<void>,
      back: () => Promise<void>,
    ): Promise<string> {
      await change(inData());
      try {
        const failing = copy.start(process.execPath, ['scripts/start.mjs'], {
          PORT: String(await freePort()),
        });
        expect(await failing.ended).toBe(1);
        return failing.output();
      } finally {
        await back();
      }
    }

    /** Replaces the content of a file during one start. */
    async function withContent(path: string, content: string): Promise<string> {
      const file = inData(path);
      const kept = await readFile(file);
      return startsWith(
        () => writeFile(file, content),
        () => writeFile(file, kept),
      );
    }

    it('damaged passwords', async () => {
      expect(await withContent('passwords.json', '{"admin":')).toMatch(
        /^\S+\/passwords\.json is damaged: restore it, or delete the folder [^\n]*\n$/,
      );
    });

    it('other passwords', async () => {
      expect(await withContent('passwords.json', '{"admin":"other","application":"other"}')).toMatch(
        /^The database in \S+ refuses the password in its passwords\.json: [^\n]*\n$/,
      );
    });

    it('data of another version', async () => {
      expect(await withContent('data/PG_VERSION', '17\n')).toMatch(
        /^\S+ holds data of PostgreSQL 17 and this is 18: [^\n]*\n$/,
      );
    });

    it('a damaged data folder', async () => {
      expect(await withContent('data/global/pg_control', 'nothing')).toMatch(
        /^PostgreSQL cannot use its data folder \S+, because it is damaged: [^\n]*\n$/,
      );
    });

    it('a data folder that may not be written', async () => {
      expect(
        await startsWith(
          () => chmod(inData('data'), 0o500),
          () => chmod(inData('data'), 0o700),
        ),
      ).toMatch(
        /^PostgreSQL cannot use its data folder \S+, because the account that runs it may not [^\n]*\n$/,
      );
    });

    it('a data folder that others may open', async () => {
      expect(
        await startsWith(
          () => chmod(inData('data'), 0o777),
          () => chmod(inData('data'), 0o700),
        ),
      ).toMatch(/^PostgreSQL cannot use its data folder \S+, because others may open it: [^\n]*\n$/);
    });
  });
});

it('says in one sentence that another program uses the port, and starts no database', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  const { port } = taken.address() as AddressInfo;
  const other = await copyFolder();
  try {
    const failing = other.start(process.execPath, ['scripts/start.mjs'], { PORT: String(port) });
    expect(await failing.ended).toBe(1);
    expect(failing.output()).toBe(
      `Port ${String(port)} on 127.0.0.1 is in use by another program: stop that program, or choose another port (PORT=${String(port + 1)} npm start).\n`,
    );
    expect(await readdir(other.folder)).not.toContain('.data');
  } finally {
    await other.remove();
    taken.close();
  }
});

it('says in one sentence that the folder may not be written', async () => {
  const other = await copyFolder();
  try {
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
    await chmod(other.folder, 0o555);
    const failing = other.start(
      process.execPath,
      ['scripts/start.mjs'],
      { PORT: String(await freePort()) },
      nobody,
    );
    expect(await failing.ended).toBe(1);
    expect(failing.output()).toMatch(
      /^\S+\/\.data cannot be written, because this account may not: [^\n]*\n$/,
    );
  } finally {
    await chmod(other.folder, 0o755);
    await rm(other.folder, { recursive: true });
  }
});
