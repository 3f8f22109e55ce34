import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { DataExportRow } from './data-export.entity.js';
import { DataExportRepository } from './data-export.repository.js';

@Injectable()
export class DataExportLoader {
  constructor(
    private readonly database: Database,
    private readonly exports: DataExportRepository,
  ) {}

  /** The viewer's own. */
  readonly byId = createLoader<string, DataExportRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.exports.findByIds(em, ids);
      return new Map(found.map((one) => [one.id, one]));
    }),
  );
}
