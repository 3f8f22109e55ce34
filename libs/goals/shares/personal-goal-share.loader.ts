import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader, Page, type PageArguments, type RequestContext } from '#graphql';
import type { PersonalGoalShareRow } from './personal-goal-share.entity.js';
import { PersonalGoalShareRepository } from './personal-goal-share.repository.js';

/** Shares hold nothing of a goal's content, so that reading them is not logged. */
@Injectable()
export class PersonalGoalShareLoader {
  constructor(
    private readonly database: Database,
    private readonly shares: PersonalGoalShareRepository,
  ) {}

  readonly byId = createLoader<string, PersonalGoalShareRow>((ctx, ids) =>
    this.database.read(ctx, (em) => this.shares.findByIds(em, ids)),
  );

  /** All shares of the viewer's own goals, by goal; empty for a goal of another person. */
  readonly ofGoal = createPageLoader<PersonalGoalShareRow>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) =>
      this.shares.findPagesByGoals(em, ctx.viewer?.personId ?? null, goalIds, page),
    ),
  );

  /** The active and pending shares of all of the viewer's goals. */
  async ofViewer(ctx: RequestContext, page: PageArguments): Promise<Page<PersonalGoalShareRow>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    return this.database.read(ctx, (em) => this.shares.findLivePage(em, personId, page));
  }
}
