import { Controller, Get, Inject, Logger, ServiceUnavailableException } from '@nestjs/common';
import { assertServable, StartError } from '#db';
import { errorForLog } from '#common';
import { Public } from '#identity';
import type { Settings } from '#settings';
import { SETTINGS } from './settings.js';

/** How long a result about the database is cached, in milliseconds. */
const KEPT_FOR_MS = 1_000;

/** Liveness and readiness, for load balancers and monitoring. */
@Public()
@Controller()
export class HealthController {
  private readonly logger = new Logger('Health');
  private finding: { at: number; readonly reason: Promise<string | undefined> } | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Liveness: the process responds. It does not check the database, so that losing it does not restart every process. */
  @Get('health')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Readiness: the database is reachable and migrated. Otherwise 503 with the reason. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    const reason = await this.whyNotReady();
    if (reason !== undefined) throw new ServiceUnavailableException({ status: 'not ready', reason });
    return { status: 'ready' };
  }

  /** Anonymous, so concurrent requests share one check, on a separate connection. */
  private whyNotReady(): Promise<string | undefined> {
    if (this.finding === undefined || Date.now() - this.finding.at > KEPT_FOR_MS) {
      const reason = assertServable({ url: this.settings.databaseUrl ?? '', patienceMs: 2_000 }).then(
        () => undefined,
        (error: unknown) => {
          this.logger.warn({ message: 'not ready', ...errorForLog(error) });
          return inPublic(error);
        },
      );
      // One check at a time, however long it takes.
      const finding = { at: Infinity, reason };
      this.finding = finding;
      void reason.then(() => (finding.at = Date.now()));
    }
    return this.finding.reason;
  }
}

/** The reason without names of servers, databases and logins; those are in the log. */
function inPublic(error: unknown): string {
  const words = error instanceof StartError ? error.message : '';
  if (words.includes('not migrated')) return 'The database is not migrated.';
  if (words.includes('cannot be reached') || words === '') return 'The database cannot be reached.';
  return 'The database is not as it must be; the log says what is wrong.';
}
