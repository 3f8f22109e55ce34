import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import { ReportingLineRepository, type ReportingLineRow } from './reporting-line.repository.js';

@Injectable()
export class ReportingLineLoader {
  /** A person's lines as a report, newest first; null for none. */
  readonly ofReport: (ctx: RequestContext) => Loader<string, ReportingLineRow[]>;
  /** The ID of a person's PRIMARY manager today. */
  readonly managerId: (ctx: RequestContext) => Loader<string, string>;

  constructor(database: Database, lines: ReportingLineRepository) {
    this.ofReport = createLoader<string, ReportingLineRow[]>((ctx, ids) =>
      database.read(ctx, async (em) =>
        Map.groupBy(await lines.findByReports(em, ids), ({ reportId }) => reportId),
      ),
    );
    this.managerId = createLoader<string, string>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await lines.findManagers(em, ids);
        return new Map(found.map(({ reportId, managerId }) => [reportId, managerId]));
      }),
    );
  }
}
