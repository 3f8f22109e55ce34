import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readSettings } from '#settings';
import { freePort } from '../../scripts/ports.mjs';
import { World } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { pause, readMail } from './mailbox.js';

/** The compiled worker, as an operator starts it. */
interface Program {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

let database: TestDatabase;
let admin: pg.Client;
let folder: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  folder = await mkdtemp(join(tmpdir(), 'mutual-worker-'));
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await admin.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

function start(environment: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/worker/main.js'], {
    env: {
      NODE_ENV: 'test',
      WORKER_DATABASE_URL: database.workerUrl,
      ROLE_PREFIX: database.rolePrefix,
      MAIL_FOLDER: folder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { process: child, output: () => output, errors: () => errors, ended };
}

async function until<T>(what: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    const found = await what();
    if (found !== undefined) return found;
    await pause(25);
  }
  throw new Error('it did not happen in a minute');
}

const written = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.eml'));

describe('the worker', () => {
  it('sends what is queued, gives metrics about what waits, and ends when asked to', async () => {
    const world = new World(admin);
    const person = await world.person(await world.organization(), { email: 'kim@example.com' });
    await world.signIn(person);
    const port = await freePort();
    const worker = start({ WORKER_METRICS_PORT: String(port) });
    await until(() => (worker.output().includes('running jobs') ? true : undefined));

    const figures = async (): Promise<string> =>
      (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    await until(async () => (/^mutual_mail_waiting\S* 0$/m.test(await figures()) ? true : undefined));
    // One that it has no template for waits, and is counted.
    await admin.query(
      `insert into outbox_mail (kind, recipient, created_at) values ('OF_A_NEWER_VERSION', 'x@example.com', now() - interval '1 hour')`,
    );
    await until(async () => (/^mutual_mail_waiting\S* 1$/m.test(await figures()) ? true : undefined));
    const age = /^mutual_mail_oldest_age\S* ([\d.]+)$/m.exec(await figures());
    expect(Number(age?.[1])).toBeGreaterThan(3_500);

    await admin.query(`select app.request_password_reset('KIM@example.com')`);
    const [name] = await until(async () => ((await written()).length > 0 ? written() : undefined));
    const raw = await readFile(join(folder, name ?? ''), 'utf8');
    const mail = readMail(raw);
    expect(mail.to).toBe('kim@example.com');
    // It points to the web client, and is on a separate line of the file, unbroken.
    expect(mail.links).toEqual([`http://localhost:4000/reset-password#${mail.token}`]);
    expect(raw.split('\r\n')).toContain(mail.links[0]);
    expect(mail.token).toMatch(/^[\w-]{43}$/);

    worker.process.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(worker.errors()).toBe('');
  });

  it('counts what waits while the mail server does not answer, and ends when asked to', async () => {
    await admin.query('delete from outbox_mail');
    const silent = createServer();
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    await admin.query(
      `insert into outbox_mail (kind, recipient, about) values ('ONE_TO_ONE_INVITATION', 'li@example.com', '{"name": "Li"}')`,
    );
    const port = await freePort();
    const worker = start({
      WORKER_METRICS_PORT: String(port),
      SMTP_URL: `smtp://127.0.0.1:${String((silent.address() as AddressInfo).port)}`,
    });
    let socket: Socket | undefined;
    silent.once('connection', (connection) => (socket = connection));
    try {
      await until(() => socket);
      await until(async () => {
        const figures = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
        return /^mutual_mail_waiting\S* 1$/m.test(figures) ? true : undefined;
      });
      // It is still the first attempt.
      expect(worker.output()).not.toContain('could not be sent');
      worker.process.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
    } finally {
      worker.process.kill('SIGKILL');
      socket?.destroy();
      silent.close();
      await admin.query('delete from outbox_mail');
    }
  });

  it('keeps links whole beside words of any language', async () => {
    await admin.query(
      `insert into outbox_mail (kind, recipient, about) values ('ONE_TO_ONE_INVITATION', 'li@example.com', '{"name": "Łukasz Ørsted 😀"}')`,
    );
    const worker = start({ PUBLIC_URL: `https://${'long-'.repeat(14)}.example.com/mutual` });
    const raw = await until(async () => {
      for (const name of await written()) {
        const text = await readFile(join(folder, name), 'utf8');
        if (text.includes('li@example.com')) return text;
      }
      return undefined;
    });
    expect(readMail(raw).subject).toContain('Łukasz Ørsted 😀');
    expect(raw).toContain('Łukasz Ørsted 😀 asks you');
    expect(raw).toContain(`https://${'long-'.repeat(14)}.example.com/mutual/one-to-ones`);
    worker.process.kill('SIGINT');
    expect(await worker.ended).toBe(0);
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['no database named', () => ({ WORKER_DATABASE_URL: '' }), /^WORKER_DATABASE_URL is not set: /],
    [
      'the login of the API',
      () => ({ WORKER_DATABASE_URL: database.appUrl }),
      /^The login of WORKER_DATABASE_URL is a member of "\w+_app"/,
    ],
    [
      'the owner of the tables',
      () => ({ WORKER_DATABASE_URL: database.adminUrl }),
      /^The login of WORKER_DATABASE_URL is, or can become, /,
    ],
    [
      'production without its settings',
      () => ({ NODE_ENV: 'production', WORKER_DATABASE_URL: '' }),
      /^WORKER_DATABASE_URL is missing, [^]*PUBLIC_URL is missing, [^]*SMTP_URL is missing, [^]*MAIL_FROM is missing/,
    ],
  ])('does not start with %s, and says so in a sentence', async (_, environment, sentence) => {
    const worker = start(environment());
    expect(await worker.ended).toBe(1);
    expect(worker.errors()).toMatch(sentence);
    expect(worker.errors()).not.toMatch(/\n\s+at /);
  });
});

describe('in production', () => {
  const common = { NODE_ENV: 'production', PUBLIC_URL: 'https://mutual.example.com' };

  it('the API needs neither a mail server nor the login of the worker', () => {
    expect(() => readSettings({ ...common, DATABASE_URL: database.appUrl })).not.toThrow();
    expect(() => readSettings(common)).toThrow(/^DATABASE_URL is missing/);
  });

  it('the worker needs no login but its own', () => {
    const mail = { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'a@example.com' };
    expect(() =>
      readSettings({ ...common, ...mail, WORKER_DATABASE_URL: database.workerUrl }, 'worker'),
    ).not.toThrow();
  });
});
