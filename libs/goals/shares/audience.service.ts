import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import type { WhoWouldSeeArgs } from '../personal-goals/personal-goal.inputs.js';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import type { AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';
import { PersonalGoalShareService } from './personal-goal-share.service.js';

/** Who would see a goal, asked before it is shared. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceRepository,
    private readonly goals: PersonalGoalRepository,
    private readonly shares: PersonalGoalShareService,
  ) {}

  /** @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT as sharing does */
  whoWouldSee(
    ctx: PersonContext,
    { goalId = null, visibility, personIds }: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    const chosen = [...new Set(personIds)];
    if (visibility === 'PRIVATE' && chosen.length > 0) {
      throw badInput('personIds', 'must be left out for PRIVATE: a goal that is shared is not PRIVATE.');
    }
    return this.database.read(ctx, async (em) => {
      if (goalId !== null && !(await this.goals.isOwn(em, goalId))) {
        throw (await this.goals.isVisible(em, goalId))
          ? notPermitted('Only the owner of a personal goal shares it.')
          : notFound();
      }
      await this.shares.assertRecipients(em, ctx, chosen, () => 'personIds');
      return this.audiences.suppose(em, ctx.viewer.personId, { goalId, visibility, personIds: chosen });
    });
  }
}
