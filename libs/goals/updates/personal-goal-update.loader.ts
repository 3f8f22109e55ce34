import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import { AccessLog } from '../access-log/access-log.js';
import type { PersonalGoalUpdateRow } from './personal-goal-update.entity.js';
import { PersonalGoalUpdateRepository } from './personal-goal-update.repository.js';

@Injectable()
export class PersonalGoalUpdateLoader {
  constructor(
    private readonly database: Database,
    private readonly updates: PersonalGoalUpdateRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /** An update requested by its ID: its goal counts as opened. */
  readonly opened = createLoader<string, PersonalGoalUpdateRow>(async (ctx, ids) => {
    const found = await this.database.read(ctx, (em) =>
      this.updates.findByIds(em, ctx.viewer?.personId ?? null, ids),
    );
    return new Map(Array.from(found, ([id, update]) => [id, this.accessLog.reveal(ctx, update, 'OPENED')]));
  });

  /** The updates that the viewer can see, by goal. */
  readonly ofGoal = createPageLoader<PersonalGoalUpdateRow>(async (ctx, goalIds, page) => {
    const pages = await this.database.read(ctx, (em) =>
      this.updates.findPagesByGoals(em, ctx.viewer?.personId ?? null, goalIds, page),
    );
    return new Map(
      Array.from(pages, ([goalId, one]) => [
        goalId,
        one.map((update) => this.accessLog.reveal(ctx, update, 'PART')),
      ]),
    );
  });
}
