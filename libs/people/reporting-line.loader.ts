import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import { ReportingLineRepository, type ReportingLineRow } from './reporting-line.repository.js';

/** Who reports to whom, once an operation. */
@Injectable()
export class ReportingLineLoader {
  /** A person's lines as a report, newest first; null for none. */
  readonly ofReport: (op: Operation) => Loader<string, ReportingLineRow[]>;
  /** The id of a person's manager of today. */
  readonly managerId: (op: Operation) => Loader<string, string>;

  constructor(database: Database, lines: ReportingLineRepository) {
    this.ofReport = operationLoader<string, ReportingLineRow[]>((viewer, ids) =>
      database.read(viewer, async (em) =>
        Map.groupBy(await lines.findByReports(em, ids), ({ reportId }) => reportId),
      ),
    );
    this.managerId = operationLoader<string, string>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await lines.findManagers(em, ids);
        return new Map(found.map(({ reportId, managerId }) => [reportId, managerId]));
      }),
    );
  }
}
