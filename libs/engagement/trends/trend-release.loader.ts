import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { TrendReleaseRow } from './trend-release.entity.js';
import { TrendReleaseRepository } from './trend-release.repository.js';

@Injectable()
export class TrendReleaseLoader {
  constructor(
    private readonly database: Database,
    private readonly releases: TrendReleaseRepository,
  ) {}

  readonly byId = createLoader<string, TrendReleaseRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.releases.findByIds(em, ids);
      return new Map(found.map((release) => [release.id, release]));
    }),
  );
}
