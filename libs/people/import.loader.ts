import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { ImportReportRow } from './import.entity.js';
import { ImportRepository } from './import.repository.js';

/** Reports of imports, once an operation. */
@Injectable()
export class ImportReportLoader {
  /** By id; null for what the viewer may not see. */
  readonly byId: (op: Operation) => Loader<string, ImportReportRow>;

  constructor(database: Database, imports: ImportRepository) {
    this.byId = operationLoader<string, ImportReportRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await imports.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
