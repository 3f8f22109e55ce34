import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createPageLoader } from '#graphql';
import type { PersonRow } from '#people';
import { AssigneeRepository } from './assignee.repository.js';

/** Who business goals are assigned to, once an operation. */
@Injectable()
export class AssigneeLoader {
  constructor(
    private readonly database: Database,
    private readonly assignees: AssigneeRepository,
  ) {}

  /** A goal's, by name. */
  readonly ofGoal = createPageLoader<PersonRow>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) => this.assignees.findPagesByGoals(em, goalIds, page)),
  );
}
