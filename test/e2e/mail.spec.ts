import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { World } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { startApp, type TestApp } from './app.js';
import { pause, readMail, type ReadMail } from './mailbox.js';

/** What the mail server does with the next message. */
type Mood = 'accepts' | 'refuses' | 'hangs';

let mood: Mood = 'accepts';
const arrived: { mail: ReadMail; messageId: string }[] = [];
const begun: string[] = [];
let server: SMTPServer;
let smtpUrl: string;
let app: TestApp;
let world: World;
const children: ChildProcess[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const present = mood;
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const message = Buffer.concat(chunks).toString('utf8');
        const mail = readMail(message);
        begun.push(mail.to);
        if (present === 'hangs') return;
        if (present === 'refuses') {
          done(Object.assign(new Error('Try again, a@example.com'), { responseCode: 451 }));
          return;
        }
        arrived.push({ mail, messageId: /^message-id: (.*)$/im.exec(message)?.[1] ?? '' });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  smtpUrl = `smtp://127.0.0.1:${String(address.port)}`;
  app = await startApp({ SMTP_URL: smtpUrl, MAIL_FROM: 'Mutual <mutual@example.com>' });
  await app.sendMail();
  world = new World(app.database);
});
afterEach(() => {
  mood = 'accepts';
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await app.close();
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
});

async function until<T>(what: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 25_000;
  while (Date.now() < end) {
    const found = await what();
    if (found !== undefined) return found;
    await pause(25);
  }
  throw new Error('it did not happen in 25 seconds');
}

const to = (address: string) => (): (typeof arrived)[number] | undefined =>
  arrived.find(({ mail }) => mail.to === address);

interface Waiting {
  attempts: number;
  last_error: string | null;
  seconds: number;
}

const JOB_OF = `graphile_worker._private_jobs j, outbox_mail m where m.id::text = j.payload ->> 'id' and m.recipient = $1`;

async function waiting(address: string): Promise<Waiting | undefined> {
  const { rows } = await app.database.query<Waiting>(
    `select j.attempts, j.last_error, round(extract(epoch from j.run_at - now()))::int as seconds from ${JOB_OF}`,
    [address],
  );
  return rows[0];
}

/** Lets the next attempt begin now. */
async function tryAgain(address: string): Promise<void> {
  await app.database.query(
    `update graphile_worker._private_jobs set run_at = now() where id in (select j.id from ${JOB_OF})`,
    [address],
  );
}

async function queue(address: string): Promise<void> {
  await app.database.query(`insert into outbox_mail (kind, recipient, about) values ('TEXT', $1, $2)`, [
    address,
    { subject: 'Hello', text: 'Wörds' },
  ]);
}

/** Another process that sends mail. */
function anotherProcess({ workerUrl, rolePrefix }: TestDatabase): ChildProcess {
  const child = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      WORKER_DATABASE_URL: workerUrl,
      ROLE_PREFIX: rolePrefix,
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'mutual@example.com',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  return child;
}

it('a mail leaves by SMTP, once, and nothing of it stays', async () => {
  const person = await world.person(await world.organization(), { email: 'zoe@example.com' });
  await world.signIn(person);
  await app.graphql('mutation { requestPasswordReset(input: { email: "ZOE@example.com" }) { email } }');
  const { mail, messageId } = await until(to('zoe@example.com'));
  expect(mail.subject).toBe('A new password for Mutual');
  expect(mail.token).toMatch(/^[\w-]{43}$/);
  expect(messageId).toMatch(/^<[\da-f-]{36}\.1@mutual>$/);
  await until(async () => ((await waiting('zoe@example.com')) ? undefined : true));
  expect(arrived.filter((one) => one.mail.to === 'zoe@example.com')).toHaveLength(1);
});

it('a refused mail waits, longer each time, and leaves when it can', async () => {
  mood = 'refuses';
  await queue('later@example.com');
  const failed = (attempts: number): Promise<Waiting> =>
    until(async () => {
      const row = await waiting('later@example.com');
      return row?.last_error != null && row.attempts === attempts && row.seconds > 0 ? row : undefined;
    });
  const first = await failed(1);
  // The kind of failure, not the words of the mail server, which may hold addresses.
  expect(first.last_error).not.toContain('example.com');
  expect(first.last_error).toContain('451');
  await tryAgain('later@example.com');
  const second = await failed(2);
  expect(second.seconds).toBeGreaterThan(first.seconds);
  mood = 'accepts';
  await tryAgain('later@example.com');
  expect((await until(to('later@example.com'))).mail.text).toContain('Wörds');
});

it('a mail whose last attempt fails is given up, counted, and deleted a week later', async () => {
  mood = 'refuses';
  await queue('never@example.com');
  await until(() => (begun.includes('never@example.com') ? true : undefined));
  await until(async () => ((await waiting('never@example.com'))?.last_error == null ? undefined : true));
  const last = `update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts - 1
    where id in (select j.id from ${JOB_OF})`;
  await app.database.query(last, ['never@example.com']);
  const counted = async (): Promise<unknown> =>
    (await app.database.query('select waiting, given_up as "givenUp" from app.waiting_mail()')).rows[0];
  await until(async () => ((await waiting('never@example.com'))?.attempts === 21 ? true : undefined));
  await until(async () =>
    JSON.stringify(await counted()) === '{"waiting":0,"givenUp":1}' ? true : undefined,
  );
  await app.database.query(`
    update outbox_mail set created_at = now() - interval '11 days';
    update graphile_worker._private_jobs set run_at = now() - interval '8 days' where attempts = max_attempts;
    select graphile_worker.add_job('delete_given_up_jobs')`);
  await until(async () => ((await waiting('never@example.com')) ? undefined : true));
  await app.database.query(`select graphile_worker.add_job('delete_undeliverable_mail')`);
  await until(async () =>
    JSON.stringify(await counted()) === '{"waiting":0,"givenUp":0}' ? true : undefined,
  );
});

it('a mail taken by a process that is killed is sent by another', async () => {
  const own = await createTestDatabase();
  const admin = new pg.Client({ connectionString: own.adminUrl });
  await admin.connect();
  try {
    mood = 'hangs';
    await admin.query(
      `insert into outbox_mail (kind, recipient, about) values ('TEXT', 'survivor@example.com', '{"subject": "Hello", "text": "x"}')`,
    );
    const first = anotherProcess(own);
    await until(() => (begun.includes('survivor@example.com') ? true : undefined));
    first.kill('SIGKILL');
    await once(first, 'exit');
    mood = 'accepts';
    const second = anotherProcess(own);
    await until(to('survivor@example.com'));
    second.kill('SIGTERM');
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
  } finally {
    await admin.end();
    await own.drop();
  }
});

it('processes share the work, and each mail leaves once', async () => {
  anotherProcess(app.testDatabase);
  anotherProcess(app.testDatabase);
  await pause(1_500);
  await app.database.query(
    `insert into outbox_mail (kind, recipient, about)
     select 'TEXT', 'many' || n || '@example.com', '{"subject": "Hello", "text": "x"}' from generate_series(1, 60) n`,
  );
  const many = (): string[] =>
    arrived.map(({ mail }) => mail.to).filter((address) => address.startsWith('many'));
  await until(() => (many().length >= 60 ? true : undefined));
  await pause(300);
  expect(new Set(many()).size).toBe(60);
  expect(many()).toHaveLength(60);
});
