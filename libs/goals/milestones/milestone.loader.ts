import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import { AccessLog } from '../access-log/access-log.js';
import type { MilestoneRow } from './milestone.entity.js';
import { MilestoneRepository } from './milestone.repository.js';

@Injectable()
export class MilestoneLoader {
  constructor(
    private readonly database: Database,
    private readonly milestones: MilestoneRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /** The milestones that the viewer can see, by goal. */
  readonly ofGoal = createLoader<string, MilestoneRow[]>(async (ctx, goalIds) => {
    const found = await this.database.read(ctx, (em) =>
      this.milestones.findByGoals(em, ctx.viewer?.personId ?? null, goalIds),
    );
    return goalIds.map((id) =>
      (found.get(id) ?? []).map((milestone) => this.accessLog.reveal(ctx, milestone, 'PART')),
    );
  });
}
