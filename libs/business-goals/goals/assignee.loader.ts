import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { PersonRow } from '#people';
import { AssigneeRepository } from './assignee.repository.js';

/** Assignees of business goals. */
@Injectable()
export class AssigneeLoader {
  constructor(
    private readonly database: Database,
    private readonly assignees: AssigneeRepository,
  ) {}

  /** The assignees of each goal, by name. */
  readonly ofGoal = createPageLoader<PersonRow>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) => this.assignees.findPagesByGoals(em, goalIds, page)),
  );

  /** True for each goal that the viewer is assigned to; null for the others. */
  readonly isViewerAssigned = createLoader<string, true>((ctx, goalIds) =>
    this.database.read(ctx, (em) => this.assignees.findAssigned(em, ctx.viewer?.personId ?? null, goalIds)),
  );
}
