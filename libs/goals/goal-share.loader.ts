import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Operation } from '#graphql';
import type { AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';
import type { GoalShareRow } from './goal-share.entity.js';
import { GoalShareRepository } from './goal-share.repository.js';
import type { Mirror } from './mirror.model.js';
import { MirrorRepository } from './mirror.repository.js';

/** Shares, and what follows from them. None of it shows anything of a goal. */
@Injectable()
export class GoalShareLoader {
  constructor(
    private readonly database: Database,
    private readonly shares: GoalShareRepository,
    private readonly audiences: AudienceRepository,
    private readonly mirrors: MirrorRepository,
  ) {}

  readonly byId = operationLoader<string, GoalShareRow>((viewer, ids) =>
    this.database.read(viewer, (em) => this.shares.findByIds(em, ids)),
  );

  /** By goal; null for a goal of somebody else. */
  readonly ofGoal = operationLoader<string, GoalShareRow[]>((viewer, goalIds) =>
    this.database.read(viewer, (em) => this.shares.findByOwnGoals(em, goalIds)),
  );

  /** Who can read a goal now, by goal; null for a goal of somebody else. */
  readonly audience = operationLoader<string, AudienceMember[]>((viewer, goalIds) =>
    this.database.read(viewer, (em) => this.audiences.findByGoals(em, goalIds)),
  );

  /** What the viewer and a person share, by person. */
  readonly mirror = operationLoader<string, Mirror>((viewer, personIds) =>
    this.database.read(viewer, (em) => this.mirrors.findByPeople(em, viewer?.personId ?? null, personIds)),
  );

  /** What of the viewer's own waits for their manager to share first. */
  async pending(op: Operation): Promise<GoalShareRow[]> {
    const personId = op.viewer?.personId;
    if (typeof personId !== 'string') return [];
    return this.database.read(op.viewer, (em) => this.shares.findPending(em, personId));
  }
}
