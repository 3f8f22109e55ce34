import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, pageLoader, type PageArguments } from '#graphql';
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

  readonly byId = operationLoader<string, BusinessGoalRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.goals.findByIds(em, ids);
      return new Map(found.map((goal) => [goal.id, goal]));
    }),
  );

  /** The goals right below each goal. */
  readonly children = operationLoader<string, BusinessGoalRow[]>((viewer, parentIds) =>
    this.database.read(viewer, (em) => this.goals.findChildren(em, parentIds)),
  );

  /** What each person owns or is assigned to, newest first. */
  readonly ofPerson = pageLoader<BusinessGoalRow, CarriedPage>((viewer, personIds, page) =>
    this.database.read(viewer, (em) => this.goals.findPagesOfPeople(em, personIds, page)),
  );
}
