import { Injectable } from '@nestjs/common';
import { Throttle } from '#auth';
import { Database, type DatabaseContext, type PersonContext } from '#db';
import { archive } from './archive.js';
import type { DataExportRow } from './data-export.entity.js';
import { DataExportRepository, type ExportFile } from './data-export.repository.js';

const EXPORTS_A_DAY = 3;
/** All that a person wrote in years is read by one statement. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** What a person takes with them (docs/export-format.md). */
@Injectable()
export class DataExportService {
  constructor(
    private readonly database: Database,
    private readonly exports: DataExportRepository,
    private readonly throttle: Throttle,
  ) {}

  /** Makes a file of the viewer's own goals and own words. @throws RATE_LIMITED */
  create(ctx: PersonContext): Promise<DataExportRow> {
    const { personId, organizationId, employed } = ctx.viewer;
    return this.database.write(
      ctx,
      async (em) => {
        await this.throttle.daily(em, 'export', [''], EXPORTS_A_DAY);
        await this.exports.lock(em, organizationId);
        const content = await archive(await this.exports.collect(em, personId, employed));
        return this.exports.insert(em, { organizationId, personId, content });
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }

  /** The viewer's exports that have not expired, newest first. */
  list(ctx: PersonContext): Promise<DataExportRow[]> {
    return this.database.read(ctx, (em) => this.exports.findByPerson(em, ctx.viewer.personId));
  }

  /** The file of one of the viewer's exports; undefined for any other id. */
  file(ctx: DatabaseContext, id: string): Promise<ExportFile | undefined> {
    return this.database.read(ctx, (em) => this.exports.findFile(em, id), {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
  }
}
