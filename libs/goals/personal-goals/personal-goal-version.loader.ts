import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createPageLoader } from '#graphql';
import type { PersonalGoalVersionRow } from './personal-goal-version.entity.js';
import { PersonalGoalVersionRepository } from './personal-goal-version.repository.js';

@Injectable()
export class PersonalGoalVersionLoader {
  constructor(
    private readonly database: Database,
    private readonly versions: PersonalGoalVersionRepository,
  ) {}

  /** By goal; empty for a goal of another person. */
  readonly ofGoal = createPageLoader<PersonalGoalVersionRow>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) => this.versions.findPagesByGoals(em, goalIds, page)),
  );
}
