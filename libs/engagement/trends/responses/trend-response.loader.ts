import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { TrendResponseRow } from './trend-response.entity.js';
import { TrendResponseRepository } from './trend-response.repository.js';

@Injectable()
export class TrendResponseLoader {
  constructor(
    private readonly database: Database,
    private readonly responses: TrendResponseRepository,
  ) {}

  readonly byId = createLoader<string, TrendResponseRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.responses.findByIds(em, ids);
      return new Map(found.map((response) => [response.id, response]));
    }),
  );

  /** By the ID of the release, by due date. */
  readonly byRelease = createLoader<string, TrendResponseRow[]>((ctx, releaseIds) =>
    this.database.read(ctx, (em) => this.responses.findByReleases(em, releaseIds)),
  );
}
