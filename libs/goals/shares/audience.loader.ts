import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import { toAudienceMember, type AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';

@Injectable()
export class AudienceLoader {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceRepository,
  ) {}

  /** Who can read a goal now, by goal; null for a goal of another person. */
  readonly ofGoal = createLoader<string, AudienceMember[]>(async (ctx, goalIds) => {
    const found = await this.database.read(ctx, (em) => this.audiences.findByGoals(em, goalIds));
    return new Map(
      Array.from(found, ([goalId, members]) => [
        goalId,
        members.map((member) => toAudienceMember(member, goalId)),
      ]),
    );
  });
}
