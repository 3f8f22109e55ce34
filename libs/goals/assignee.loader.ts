import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { pageLoader } from '#graphql';
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
  readonly ofGoal = pageLoader<PersonRow>((viewer, goalIds, page) =>
    this.database.read(viewer, (em) => this.assignees.findPagesByGoals(em, goalIds, page)),
  );
}
