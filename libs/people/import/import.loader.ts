import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { ImportReportRow } from './import.entity.js';
import { ImportRepository } from './import.repository.js';

/** Reports of imports, once an operation. */
@Injectable()
export class ImportReportLoader {
  /** By id; null for what the viewer may not see. */
  readonly byId: (ctx: RequestContext) => Loader<string, ImportReportRow>;

  constructor(database: Database, imports: ImportRepository) {
    this.byId = createLoader<string, ImportReportRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await imports.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
