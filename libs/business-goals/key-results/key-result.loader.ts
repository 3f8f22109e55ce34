import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { KeyResultRow } from './key-result.entity.js';
import { KeyResultRepository } from './key-result.repository.js';

/** Key results that the viewer can see. */
@Injectable()
export class KeyResultLoader {
  constructor(
    private readonly database: Database,
    private readonly keyResults: KeyResultRepository,
  ) {}

  readonly byId = createLoader<string, KeyResultRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.keyResults.findByIds(em, ids);
      return new Map(found.map((keyResult) => [keyResult.id, keyResult]));
    }),
  );

  /** The key results of each goal, in display order. */
  readonly ofGoal = createLoader<string, KeyResultRow[]>((ctx, goalIds) =>
    this.database.read(ctx, (em) => this.keyResults.findByGoals(em, goalIds)),
  );
}
