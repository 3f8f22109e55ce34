import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalRepository, type PersonBusinessGoalsPage } from './business-goal.repository.js';

/** Business goals that the viewer can see. */
@Injectable()
export class BusinessGoalLoader {
  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
  ) {}

  readonly byId = createLoader<string, BusinessGoalRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.goals.findByIds(em, ids);
      return new Map(found.map((goal) => [goal.id, goal]));
    }),
  );

  /** The goal that continues each goal. */
  readonly continuationOf = createLoader<string, BusinessGoalRow>((ctx, ids) =>
    this.database.read(ctx, (em) => this.goals.findContinuations(em, ids)),
  );

  /** The goals directly below each goal, oldest first. */
  readonly children = createPageLoader<BusinessGoalRow>((ctx, parentIds, page) =>
    this.database.read(ctx, (em) => this.goals.findPagesOfChildren(em, parentIds, page)),
  );

  /** What each person owns or is assigned to, newest first. */
  readonly ofPerson = createPageLoader<BusinessGoalRow, PersonBusinessGoalsPage>((ctx, personIds, page) =>
    this.database.read(ctx, (em) => this.goals.findPagesOfPeople(em, personIds, page)),
  );
}
