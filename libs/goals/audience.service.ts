import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import type { AudienceMember } from './audience.model.js';
import { AudienceRepository } from './audience.repository.js';
import { GoalShareService } from './goal-share.service.js';
import type { WhoWouldSeeArgs } from './personal-goal.inputs.js';
import { PersonalGoalRepository } from './personal-goal.repository.js';

/** Who would see a goal, asked before it is shared. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceRepository,
    private readonly goals: PersonalGoalRepository,
    private readonly shares: GoalShareService,
  ) {}

  /** @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT as sharing does */
  whoWouldSee(
    viewer: PersonViewer,
    { goalId = null, visibility, personIds }: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    const chosen = [...new Set(personIds)];
    if (visibility === 'PRIVATE' && chosen.length > 0) {
      throw badInput('personIds', 'must be left out for PRIVATE: a goal that is shared is not PRIVATE.');
    }
    return this.database.read(viewer, async (em) => {
      if (goalId !== null && !(await this.goals.isOwn(em, goalId))) {
        throw (await this.goals.isVisible(em, goalId))
          ? notPermitted('Only the owner of a personal goal shares it.')
          : notFound();
      }
      await this.shares.assertRecipients(em, viewer, chosen, () => 'personIds');
      return this.audiences.suppose(em, viewer.personId, { goalId, visibility, personIds: chosen });
    });
  }
}
