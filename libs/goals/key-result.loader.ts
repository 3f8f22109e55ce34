import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader } from '#graphql';
import type { KeyResultRow } from './key-result.entity.js';
import { KeyResultRepository } from './key-result.repository.js';

/** Key results, once an operation. */
@Injectable()
export class KeyResultLoader {
  constructor(
    private readonly database: Database,
    private readonly keyResults: KeyResultRepository,
  ) {}

  readonly byId = operationLoader<string, KeyResultRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.keyResults.findByIds(em, ids);
      return new Map(found.map((keyResult) => [keyResult.id, keyResult]));
    }),
  );

  /** A goal's, in their order. */
  readonly ofGoal = operationLoader<string, KeyResultRow[]>((viewer, goalIds) =>
    this.database.read(viewer, (em) => this.keyResults.findByGoals(em, goalIds)),
  );
}
