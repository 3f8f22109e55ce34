import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader, type PageArguments } from '#graphql';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

/** Pages of a person's business goals, all of one cycle or of any. */
export interface CarriedPage extends PageArguments {
  readonly cycleId?: string | null;
}

/** Business goals that the viewer may see, once an operation. */
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

  /** The goals right below each goal. */
  readonly children = createLoader<string, BusinessGoalRow[]>((ctx, parentIds) =>
    this.database.read(ctx, (em) => this.goals.findChildren(em, parentIds)),
  );

  /** What each person owns or is assigned to, newest first. */
  readonly ofPerson = createPageLoader<BusinessGoalRow, CarriedPage>((ctx, personIds, page) =>
    this.database.read(ctx, (em) => this.goals.findPagesOfPeople(em, personIds, page)),
  );
}
