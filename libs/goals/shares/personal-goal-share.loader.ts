import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type RequestContext } from '#graphql';
import type { AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';
import type { PersonalGoalShareRow } from './personal-goal-share.entity.js';
import { PersonalGoalShareRepository } from './personal-goal-share.repository.js';
import type { Mirror } from './mirror.model.js';
import { MirrorRepository } from './mirror.repository.js';

/** Shares, and what follows from them. None of it shows anything of a goal. */
@Injectable()
export class PersonalGoalShareLoader {
  constructor(
    private readonly database: Database,
    private readonly shares: PersonalGoalShareRepository,
    private readonly audiences: AudienceRepository,
    private readonly mirrors: MirrorRepository,
  ) {}

  readonly byId = createLoader<string, PersonalGoalShareRow>((ctx, ids) =>
    this.database.read(ctx, (em) => this.shares.findByIds(em, ids)),
  );

  /** By goal; null for a goal of somebody else. */
  readonly ofGoal = createLoader<string, PersonalGoalShareRow[]>((ctx, goalIds) =>
    this.database.read(ctx, (em) => this.shares.findByOwnGoals(em, goalIds)),
  );

  /** Who can read a goal now, by goal; null for a goal of somebody else. */
  readonly audience = createLoader<string, AudienceMember[]>((ctx, goalIds) =>
    this.database.read(ctx, (em) => this.audiences.findByGoals(em, goalIds)),
  );

  /** What the viewer and a person share, by person. */
  readonly mirror = createLoader<string, Mirror>((ctx, personIds) =>
    this.database.read(ctx, (em) => this.mirrors.findByPeople(em, ctx.viewer?.personId ?? null, personIds)),
  );

  /** What of the viewer's own waits for their manager to share first. */
  async pending(ctx: RequestContext): Promise<PersonalGoalShareRow[]> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return [];
    return this.database.read(ctx, (em) => this.shares.findPending(em, personId));
  }
}
