/**
 * npm run drill:crash [-- ROUNDS] [--synchronous-commit=off]: kills the service and the database with -9 in the middle of the
 * writes of sixteen, ROUNDS times each (5), starts them again, and looks whether anything that was acknowledged is lost
 * or anything is half done. Runs on a throw-away PostgreSQL that writes as durably as a real one, on this machine alone.
 *
 * With --synchronous-commit=off PostgreSQL acknowledges before it has written: then the drill must find losses, and fails if
 * it finds none.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { databaseEnvironment, ensureDatabase } from './database.mjs';
import { Ledger } from './drill/ledger.mjs';
import { broken, observe, quiet, rules, unmailed } from './drill/observe.mjs';
import { Service } from './drill/service.mjs';
import { Writer, settle } from './drill/writers.mjs';
import { startPostgres } from './postgres.mjs';
import { Stop, capture, main, projectEnvironment, projectNode, until } from './processes.mjs';
import { setup } from './setup.mjs';

/** What quality.md allows from the start of the recovery to the first /ready, in milliseconds. */
const RECOVERY_MS = 10_000;
/** On a machine that is busy with something else: so many times what a start took when nothing was wrong. */
const SLOWER_THAN_A_START = 4;
const GIVEN_UP_AFTER_MS = 60_000;

/** How many writes come before each kill at least, on however slow a machine. */
const WRITES_BEFORE_A_KILL = 100;

const options = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { 'synchronous-commit': { type: 'string', default: 'on' } },
});
const rounds = Number(options.positionals[0] ?? 5);
const durable = options.values['synchronous-commit'] !== 'off';
const say = (sentence) => process.stdout.write(`${sentence}\n`);

class Drill {
  #ledger = new Ledger();
  #lost = 0;
  #half = 0;
  #kills = 0;
  #losingKills = 0;
  #slowest = 0;
  #allowed = RECOVERY_MS;
  #readBack = 0;

  constructor(adminUrl, mailFolder) {
    this.adminUrl = adminUrl;
    this.mailFolder = mailFolder;
  }

  static async prepare(postgres, mailFolder, onStart) {
    const adminUrl = await ensureDatabase(postgres.adminUrl, 'mutual');
    const logins = databaseEnvironment(adminUrl, 'mutual', postgres.password);
    const database = { ...logins, ROLE_PREFIX: 'mutual', NODE_ENV: 'test' };
    const migrated = await capture(projectNode(), ['dist/apps/cli/main.js', 'migrate'], {
      env: projectEnvironment(database),
    });
    if (migrated.code !== 0)
      throw new Stop(`The database was not migrated:\n${migrated.stdout}${migrated.stderr}`);

    const service = new Service({
      ...database,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      LOG_LEVEL: 'fatal',
      COST_PER_MINUTE: '0',
      MAIL_FOLDER: mailFolder,
    });
    onStart(service);
    const begun = performance.now();
    service.start();
    const drill = new Drill(adminUrl, mailFolder);
    const pairs = await drill.#asOwner(settle);
    await service.ready(GIVEN_UP_AFTER_MS);
    drill.#allowed = Math.max(RECOVERY_MS, Math.round(SLOWER_THAN_A_START * (performance.now() - begun)));
    drill.writers = pairs.map((pair) => new Writer(pair, { service, ledger: drill.#ledger }));
    for (const writer of drill.writers) await writer.meet();
    await drill.#asOwner(async (admin) => {
      for (const writer of drill.writers) await writer.resume(admin);
      if (!durable) await becomeForgetful(admin);
    });
    return drill;
  }

  /** Sixteen write; something is killed; it starts again; what is there is compared with what was acknowledged. */
  async round(name, service, kill, restart) {
    const before = { ...this.#ledger.counts };
    let stopped = false;
    const writing = this.writers.map((writer) => writer.run(() => stopped));
    const failed = Promise.all(writing);
    failed.catch(() => undefined);
    const enough = () => this.#ledger.counts.acknowledged - before.acknowledged >= WRITES_BEFORE_A_KILL;
    await sleep(1_000 + Math.random() * 1_000);
    await until(enough, 20_000);
    await kill();
    stopped = true;
    const begun = performance.now();
    await restart();
    await service.ready(GIVEN_UP_AFTER_MS);
    const recovery = Math.round(performance.now() - begun);
    // No request and no transaction is in progress, so the state no longer changes.
    await failed;
    const { found, wrong, mails } = await this.#asOwner(async (admin) => {
      if (!(await until(() => quiet(admin), 10_000))) throw new Stop('A transaction did not end.');
      const found = this.#ledger.settle(await observe(admin));
      return {
        found: { ...found, read: durable ? await this.#readEverybody() : [] },
        wrong: await broken(admin),
        mails: await unmailed(admin, this.mailFolder),
      };
    });
    const { acknowledged, unknown } = this.#ledger.counts;
    say(
      `${name}: ${acknowledged - before.acknowledged} acknowledged, ${unknown - before.unknown} unanswered of which ` +
        `${found.happened} happened, ready after ${recovery} ms, ${found.checked} facts and ${rules} rules looked at: ` +
        `lost ${found.lost.length + found.read.length + mails.length}, half done ${found.half.length + wrong.length}`,
    );
    const lost = [...found.lost, ...found.read, ...mails.map((address) => `no mail to ${address}`)];
    for (const sentence of lost.slice(0, durable ? 10 : 1)) say(`  lost: ${sentence}`);
    for (const sentence of [...found.half, ...wrong].slice(0, 10)) say(`  half done: ${sentence}`);
    if (recovery > this.#allowed) say(`  too slow: ${recovery} ms`);
    this.#kills += 1;
    if (lost.length > 0) this.#losingKills += 1;
    this.#lost += lost.length;
    this.#half += found.half.length + wrong.length;
    this.#slowest = Math.max(this.#slowest, recovery);
    await this.#asOwner(async (admin) => {
      for (const writer of this.writers) await writer.resume(admin);
    });
  }

  report() {
    const { acknowledged, refused, unknown } = this.#ledger.counts;
    const list = (counts) => [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
    say(`acknowledged by kind: ${list(this.#ledger.kinds)}`);
    say(
      `refused ${refused}: ${list(this.#ledger.refusals)}; not answered ${unknown}: ${list(this.#ledger.failures)}`,
    );
    say(
      `${this.#kills} kills, ${this.#readBack} rows read back through the service, ` +
        `slowest recovery ${this.#slowest} ms (allowed ${this.#allowed}), half done ${this.#half}, kills after which something was lost: ${this.#losingKills}`,
    );
    const passed = durable
      ? this.#lost === 0 && this.#half === 0 && this.#slowest <= this.#allowed
      : this.#lost > 0;
    if (!passed) process.exitCode = 1;
    say(`acknowledged ${acknowledged} lost ${this.#lost}`);
  }

  /** @returns what the service gives otherwise than it is */
  async #readEverybody() {
    const wrong = [];
    for (const writer of this.writers) {
      const result = await writer.readBack();
      this.#readBack += result.read;
      wrong.push(...result.wrong);
    }
    return wrong;
  }

  async #asOwner(work) {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: this.adminUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

await main(async () => {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Stop('The number of rounds must be 1 or more.');
  await setup();
  const mailFolder = await mkdtemp(join(tmpdir(), 'mutual-drill-'));
  const postgres = await startPostgres({ throwaway: true, durable: true });
  let service;
  try {
    const drill = await Drill.prepare(postgres, mailFolder, (started) => (service = started));
    for (let round = 1; round <= rounds; round += 1) {
      // Without durability the service may die as often as it likes: only the database loses something.
      if (durable)
        await drill.round(
          `service ${round}`,
          service,
          () => service.kill(),
          () => service.start(),
        );
      await drill.round(`database ${round}`, service, postgres.crash, postgres.restart);
    }
    drill.report();
  } finally {
    await service?.stop();
    await postgres.stop();
    await rm(mailFolder, { recursive: true, force: true });
  }
});

/**
 * From now on PostgreSQL acknowledges before it has written, and writes late: within the usual 0.6 s a kill in a quiet moment
 * would find nothing to lose. What was settled before is kept.
 */
async function becomeForgetful(admin) {
  await admin.query('checkpoint');
  await admin.query('alter system set synchronous_commit = off');
  await admin.query("alter system set wal_writer_delay = '10s'");
  await admin.query('select pg_reload_conf()');
}
