import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, pageLoader } from '#graphql';
import { AccessLog } from './access-log.js';
import type { GoalUpdateRow } from './goal-update.entity.js';
import { GoalUpdateRepository } from './goal-update.repository.js';

@Injectable()
export class GoalUpdateLoader {
  constructor(
    private readonly database: Database,
    private readonly updates: GoalUpdateRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /** For an update that was asked for by its id: its goal counts as opened. */
  readonly opened = operationLoader<string, GoalUpdateRow>(async (viewer, ids, op) => {
    const found = await this.database.read(viewer, (em) =>
      this.updates.findByIds(em, viewer?.personId ?? null, ids),
    );
    return new Map(Array.from(found, ([id, update]) => [id, this.accessLog.show(op, update, 'OPENED')]));
  });

  /** Those that the viewer may see, by goal. */
  readonly ofGoal = pageLoader<GoalUpdateRow>(async (viewer, goalIds, page, op) => {
    const pages = await this.database.read(viewer, (em) =>
      this.updates.findPagesByGoals(em, viewer?.personId ?? null, goalIds, page),
    );
    return new Map(
      Array.from(pages, ([goalId, one]) => [
        goalId,
        one.map((update) => this.accessLog.show(op, update, 'PART')),
      ]),
    );
  });
}
