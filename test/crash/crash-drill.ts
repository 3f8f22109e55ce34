/**
 * Kills the service and the database with -9 while sixteen writers write, starts them again, and checks whether anything that was
 * acknowledged is lost or anything is half done. Uses a throw-away PostgreSQL that writes as durably as a real one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { freePort } from '../../scripts/ports.mjs';
import { Stop, until } from '../../scripts/processes.mjs';
import { withClient } from '../setup/client.js';
import { createPairs } from './company.js';
import { Ledger } from './ledger.js';
import { addressesWithoutMail, brokenRules, isQuiet, observe, ruleCount } from './observe.js';
import { provideDatabase, runCommand, startServer } from './server.js';
import { Service } from './service.js';
import { Writer } from './writer.js';
import { writeUntil } from './writes.js';

/** How long the service may take from its restart until it is ready, in milliseconds. */
const RECOVERY_MS = 10_000;
/** On a busy machine: this many times as long as its first start took. */
const SLOWER_THAN_A_START = 4;

/** The least number of writes before each kill, however slow the machine is. */
const WRITES_BEFORE_A_KILL = 100;

/** How many faults of a kind are shown for each kill. */
const SHOWN = 10;

export interface CrashDrillOptions {
  /** How often the service and the database are killed, each. */
  readonly rounds: number;
  /**
   * With false, PostgreSQL acknowledges commits before it has written them (synchronous_commit = off), and only the database is killed:
   * the drill must find losses.
   */
  readonly durable: boolean;
  /** Receives each line of the report. */
  readonly say: (sentence: string) => void;
}

export interface CrashDrillResult {
  readonly acknowledged: number;
  /** Acknowledged writes of which something is missing. */
  readonly lost: number;
  /** Writes of which a part happened, and broken rules. */
  readonly half: number;
  readonly slowestRecoveryMs: number;
  readonly allowedRecoveryMs: number;
}

export async function crashDrill(options: CrashDrillOptions): Promise<CrashDrillResult> {
  const mailFolder = await mkdtemp(join(tmpdir(), 'mutual-drill-'));
  const postgres = await startServer();
  let service: Service | undefined;
  try {
    const database = await provideDatabase(postgres, 'test');
    await runCommand(database, 'migrate');
    service = new Service({
      ...database,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      LOG_LEVEL: 'fatal',
      COST_PER_MINUTE: '0',
      MAIL_FOLDER: mailFolder,
    });
    const drill = new CrashDrill(options, database.DATABASE_ADMIN_URL, service, mailFolder);
    await drill.prepare();
    for (let round = 1; round <= options.rounds; round += 1) {
      const running = service;
      // Without durability only the database loses something.
      if (options.durable) {
        const start = (): Promise<void> => {
          running.start();
          return Promise.resolve();
        };
        await drill.round(`service ${round}`, () => running.kill(), start);
      }
      await drill.round(
        `database ${round}`,
        () => postgres.crash(),
        () => postgres.restart(),
      );
    }
    return drill.report();
  } finally {
    await service?.stop();
    await postgres.stop();
    await rm(mailFolder, { recursive: true, force: true });
  }
}

class CrashDrill {
  private readonly ledger = new Ledger();
  private writers: readonly Writer[] = [];
  private lost = 0;
  private half = 0;
  private kills = 0;
  private losingKills = 0;
  private slowest = 0;
  private allowed = RECOVERY_MS;
  private readBack = 0;

  constructor(
    private readonly options: CrashDrillOptions,
    private readonly adminUrl: string,
    private readonly service: Service,
    private readonly mailFolder: string,
  ) {}

  /** Starts the service, and everything that the writers need. */
  async prepare(): Promise<void> {
    const began = performance.now();
    this.service.start();
    const pairs = await this.asOwner(createPairs);
    await this.service.ready();
    this.allowed = Math.max(RECOVERY_MS, Math.round(SLOWER_THAN_A_START * (performance.now() - began)));
    this.writers = pairs.map((pair) => new Writer(pair, this.service, this.ledger));
    for (const writer of this.writers) await writer.meet();
    await this.asOwner(async (admin) => {
      for (const writer of this.writers) await writer.resume(admin);
      if (!this.options.durable) await acknowledgeEarly(admin);
    });
  }

  /** Everybody writes, something is killed and starts again, and the database is compared with what was acknowledged. */
  async round(name: string, kill: () => Promise<void>, restart: () => Promise<void>): Promise<void> {
    const { durable, say } = this.options;
    const before = { ...this.ledger.counts };
    let stopped = false;
    const written = Promise.all(this.writers.map((writer) => writeUntil(writer, () => stopped)));
    written.catch(() => undefined);
    const enough = (): boolean =>
      this.ledger.counts.acknowledged - before.acknowledged >= WRITES_BEFORE_A_KILL;
    await sleep(1_000 + Math.random() * 1_000);
    await until(enough, 20_000);
    await kill();
    stopped = true;
    const began = performance.now();
    await restart();
    await this.service.ready();
    const recovery = Math.round(performance.now() - began);
    // No request and no transaction is in progress, so the state no longer changes.
    await written;
    const { settlement, broken, unmailed } = await this.asOwner(async (admin) => {
      if (!(await until(() => isQuiet(admin), 10_000))) throw new Stop('A transaction did not end.');
      return {
        settlement: this.ledger.settle(await observe(admin)),
        broken: await brokenRules(admin),
        unmailed: await addressesWithoutMail(admin, this.mailFolder),
      };
    });
    const misread = durable ? await this.readEverything() : [];
    const lost = [...settlement.lost, ...misread, ...unmailed.map((address) => `no mail to ${address}`)];
    const half = [...settlement.half, ...broken];
    const { acknowledged, unknown } = this.ledger.counts;
    say(
      `${name}: ${acknowledged - before.acknowledged} acknowledged, ${unknown - before.unknown} unanswered of which ` +
        `${settlement.happened} happened, ready after ${recovery} ms, ${settlement.checked} facts and ${ruleCount} rules checked: ` +
        `lost ${lost.length}, half done ${half.length}`,
    );
    for (const sentence of lost.slice(0, durable ? SHOWN : 1)) say(`  lost: ${sentence}`);
    for (const sentence of half.slice(0, SHOWN)) say(`  half done: ${sentence}`);
    if (recovery > this.allowed) say(`  too slow: ${recovery} ms`);
    this.kills += 1;
    if (lost.length > 0) this.losingKills += 1;
    this.lost += lost.length;
    this.half += half.length;
    this.slowest = Math.max(this.slowest, recovery);
    await this.asOwner(async (admin) => {
      for (const writer of this.writers) await writer.resume(admin);
    });
  }

  report(): CrashDrillResult {
    const { say } = this.options;
    const { acknowledged, refused, unknown } = this.ledger.counts;
    const list = (counts: ReadonlyMap<string, number>): string =>
      Array.from(counts, ([name, count]) => `${name} ${count}`).join(', ') || 'none';
    say(`acknowledged by kind: ${list(this.ledger.kinds)}`);
    say(
      `refused ${refused}: ${list(this.ledger.refusals)}; not answered ${unknown}: ${list(this.ledger.failures)}`,
    );
    say(
      `${this.kills} kills, ${this.readBack} rows read back through the service, slowest recovery ${this.slowest} ms ` +
        `(allowed ${this.allowed}), half done ${this.half}, kills after which something was lost: ${this.losingKills}`,
    );
    say(`acknowledged ${acknowledged} lost ${this.lost}`);
    return {
      acknowledged,
      lost: this.lost,
      half: this.half,
      slowestRecoveryMs: this.slowest,
      allowedRecoveryMs: this.allowed,
    };
  }

  /** A sentence for everything that the service returns and that differs from the ledger. */
  private async readEverything(): Promise<string[]> {
    const wrong: string[] = [];
    for (const writer of this.writers) {
      const result = await writer.readBack();
      this.readBack += result.read;
      wrong.push(...result.wrong);
    }
    return wrong;
  }

  private asOwner<T>(work: (admin: Client) => Promise<T>): Promise<T> {
    return withClient(this.adminUrl, work);
  }
}

/**
 * From now on PostgreSQL acknowledges commits before it has written them, and writes late: within the usual 0.6 s a kill in a quiet
 * moment would find nothing to lose. Everything written before is kept.
 */
async function acknowledgeEarly(admin: Client): Promise<void> {
  await admin.query('checkpoint');
  await admin.query('alter system set synchronous_commit = off');
  await admin.query("alter system set wal_writer_delay = '10s'");
  await admin.query('select pg_reload_conf()');
}
