import { Controller, Get, Inject, Logger, ServiceUnavailableException } from '@nestjs/common';
import { assertServable, StartError } from '#db';
import { errorForLog } from '#common';
import { Public } from '#identity';
import type { Settings } from '#settings';
import { SETTINGS } from './settings.js';

/** How long a finding about the database is passed on before it is looked at again, in milliseconds. */
const KEPT_FOR_MS = 1_000;

/** For load balancers and whoever watches: is it alive, and may it be sent requests. */
@Public()
@Controller()
export class HealthController {
  private readonly logger = new Logger('Health');
  private finding: { at: number; readonly reason: Promise<string | undefined> } | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Alive: the process answers. Says nothing about the database, so that losing it does not restart every process. */
  @Get('health')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Ready: the database can be reached, and is migrated. 503 with the reason otherwise. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    const reason = await this.whyNotReady();
    if (reason !== undefined) throw new ServiceUnavailableException({ status: 'not ready', reason });
    return { status: 'ready' };
  }

  /** Anybody may ask, so many questions at once are one look, on a connection of its own. */
  private whyNotReady(): Promise<string | undefined> {
    if (this.finding === undefined || Date.now() - this.finding.at > KEPT_FOR_MS) {
      const reason = assertServable({ url: this.settings.databaseUrl ?? '', patienceMs: 2_000 }).then(
        () => undefined,
        (error: unknown) => {
          this.logger.warn({ message: 'not ready', ...errorForLog(error) });
          return inPublic(error);
        },
      );
      // However long it takes to find out, there is one look at a time.
      const finding = { at: Infinity, reason };
      this.finding = finding;
      void reason.then(() => (finding.at = Date.now()));
    }
    return this.finding.reason;
  }
}

/** The reason without the names of servers, databases and logins, which are in the log. */
function inPublic(error: unknown): string {
  const words = error instanceof StartError ? error.message : '';
  if (words.includes('not migrated')) return 'The database is not migrated.';
  if (words.includes('cannot be reached') || words === '') return 'The database cannot be reached.';
  return 'The database is not as it must be; the log says what is wrong.';
}
