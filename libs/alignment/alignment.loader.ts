import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import { AccessLog } from '#goals';
import type { AlignmentRow } from './alignment.entity.js';
import { AlignmentRepository } from './alignment.repository.js';

/** Alignments as the viewer sees them. One in another person's SHARED goal shows something of that goal, so it is recorded in the access log. */
@Injectable()
export class AlignmentLoader {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /** An alignment that is requested by its id. */
  readonly opened = createLoader<string, AlignmentRow>(async (ctx, ids) => {
    const found = await this.database.read(ctx, (em) =>
      this.alignments.findByIds(em, ctx.viewer?.personId ?? null, ids),
    );
    return new Map(Array.from(found, ([id, one]) => [id, this.accessLog.reveal(ctx, one, 'OPENED')]));
  });

  /** The alignments of a personal goal that the answer contains as well, so that they need no further entry in the access log. */
  readonly ofPersonalGoal = createLoader<string, AlignmentRow[]>(async (ctx, goalIds) => {
    const found = await this.database.read(ctx, (em) =>
      this.alignments.findByPersonalGoals(em, ctx.viewer?.personId ?? null, goalIds),
    );
    return new Map(
      Array.from(found, ([goalId, all]) => [
        goalId,
        all.map((one) => this.accessLog.reveal(ctx, one, 'PART')),
      ]),
    );
  });
}
