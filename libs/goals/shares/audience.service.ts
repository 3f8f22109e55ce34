import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#common';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import type { WhoWouldSeeArgs } from './audience.inputs.js';
import { toAudienceMember, type AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';
import { PersonalGoalShareRepository } from './personal-goal-share.repository.js';
import { assertRecipient, ONLY_OWNER_SHARES } from './personal-goal-share.rules.js';

@Injectable()
export class AudienceService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceRepository,
    private readonly goals: PersonalGoalRepository,
    private readonly shares: PersonalGoalShareRepository,
  ) {}

  /** @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT as sharing does */
  whoWouldSee(
    ctx: PersonContext,
    { goalId = null, visibility, personIds }: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    const chosen = [...new Set(personIds)];
    if (visibility === 'PRIVATE' && chosen.length > 0) {
      throw badInput('personIds', 'must be empty for PRIVATE, because a shared goal is not PRIVATE.');
    }
    return this.database.read(ctx, async (em) => {
      if (goalId !== null && !(await this.goals.isOwn(em, goalId))) {
        throw (await this.goals.isVisible(em, goalId)) ? notPermitted(ONLY_OWNER_SHARES) : notFound();
      }
      const { personId: viewerId } = ctx.viewer;
      const recipients = await this.shares.findRecipients(em, chosen);
      for (const id of chosen) assertRecipient(id, recipients.get(id), viewerId, 'personIds');
      const proposed = { goalId, visibility, personIds: chosen };
      const members = await this.audiences.findProposed(em, viewerId, proposed);
      const audience = canonicalJson(proposed);
      return members.map((member) => toAudienceMember(member, audience));
    });
  }
}
