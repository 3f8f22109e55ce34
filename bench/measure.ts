/** Measurements of the machine and the database. */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pin } from './pinning.ts';

/** Of /proc/PID/stat, in 1/100 s on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

/** CPU that a process has used, in milliseconds, with `children` those that have ended and were waited for; NaN where it is unknown. */
export function cpuOf(pid: number, children = false): number {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The name, in brackets, may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return ((user + system + (children ? endedUser + endedSystem : 0)) * 1000) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

/** The most memory that a process has had, in bytes; NaN where it is unknown. */
export function peakMemoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
  } catch {
    return NaN;
  }
}

/** The database as its owner sees it, for counting. */
export class DatabaseMeter {
  readonly client: pg.Client;
  private postmaster = NaN;

  private constructor(ownerUrl: string) {
    this.client = new pg.Client({ connectionString: ownerUrl });
  }

  static async open(ownerUrl: string): Promise<DatabaseMeter> {
    const meter = new DatabaseMeter(ownerUrl);
    await meter.client.connect();
    const { rows } = await meter.client.query<{ pid: number }>('select pg_backend_pid() as pid');
    meter.postmaster = parentOf(rows[0]?.pid ?? 0);
    return meter;
  }

  /** CPU of the whole server, in milliseconds; NaN where it is another machine's. */
  cpu(): number {
    return [...this.processes()].reduce((sum, pid) => {
      const used = cpuOf(pid, pid === this.postmaster);
      return sum + (Number.isNaN(used) && pid !== this.postmaster ? 0 : used);
    }, 0);
  }

  /** Pins the whole server to the cores that are not measured, or releases it. */
  pin(place: 'others' | 'anywhere'): void {
    for (const pid of this.processes()) if (!Number.isNaN(pid)) pin(pid, place);
  }

  /** Whether statements are counted from now on. What counts them costs a little, so it is off while time is taken. */
  async countStatements(counting: boolean): Promise<void> {
    await this.client.query(
      counting
        ? 'alter system reset pg_stat_statements.track'
        : `alter system set pg_stat_statements.track = 'none'`,
    );
    await this.client.query('select pg_reload_conf()');
    // Every process hears of it on its own.
    await sleep(300);
  }

  /** How many statements the serving role sends for `work`, BEGIN and COMMIT among them; NaN where nobody counts. */
  async statementsOf(work: () => Promise<unknown>): Promise<number> {
    const database = '(select oid from pg_database where datname = current_database())';
    try {
      await this.client.query(`select pg_stat_statements_reset(0, ${database}, 0)`);
    } catch {
      return NaN;
    }
    await work();
    const { rows } = await this.client.query<{ calls: number | null }>(
      `select sum(s.calls)::float8 as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where not r.rolsuper and s.dbid = ${database}`,
    );
    return rows[0]?.calls ?? 0;
  }

  /** The server's properties, for the report. */
  async describe(): Promise<{ version: string; settings: string }> {
    const { rows } = await this.client.query<{ version: string; settings: string }>(
      `select current_setting('server_version') as version,
         (select string_agg(name || ' ' || current_setting(name), ', ' order by name) from pg_settings
          where name in ('shared_buffers', 'synchronous_commit', 'fsync', 'full_page_writes')) as settings`,
    );
    const [found] = rows;
    if (found === undefined) throw new Error('SELECT returned nothing');
    return found;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private *processes(): Iterable<number> {
    yield this.postmaster;
    if (Number.isNaN(this.postmaster)) return;
    for (const name of readdirSync('/proc')) {
      if (/^\d+$/.test(name) && parentOf(Number(name)) === this.postmaster) yield Number(name);
    }
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'latin1'))?.[1]);
  } catch {
    return NaN;
  }
}
