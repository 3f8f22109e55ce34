import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader } from '#graphql';
import { AccessLog } from './access-log.js';
import type { AlignmentRow } from './alignment.entity.js';
import { AlignmentRepository } from './alignment.repository.js';

/**
 * Alignments as the viewer may see them. One in somebody else's goal shows something of that goal, so it is in the access log
 * before the answer leaves.
 */
@Injectable()
export class AlignmentLoader {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /** An alignment that was asked for by its id. */
  readonly opened = operationLoader<string, AlignmentRow>(async (viewer, ids, op) => {
    const found = await this.database.read(viewer, (em) =>
      this.alignments.findByIds(em, viewer?.personId ?? null, ids),
    );
    return new Map(Array.from(found, ([id, one]) => [id, this.accessLog.show(op, one, 'OPENED')]));
  });

  /** Those of a personal goal that is shown too. */
  readonly ofPersonalGoal = operationLoader<string, AlignmentRow[]>(async (viewer, goalIds, op) => {
    const found = await this.database.read(viewer, (em) =>
      this.alignments.findByPersonalGoals(em, viewer?.personId ?? null, goalIds),
    );
    return new Map(
      Array.from(found, ([goalId, all]) => [goalId, all.map((one) => this.accessLog.show(op, one, 'PART'))]),
    );
  });
}
