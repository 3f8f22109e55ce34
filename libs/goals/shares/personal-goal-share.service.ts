import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import { PersonalGoalService } from '../personal-goals/personal-goal.service.js';
import type { PersonalGoalShareRow } from './personal-goal-share.entity.js';
import type { ShareGoalInput } from './personal-goal-share.inputs.js';
import { PersonalGoalShareRepository } from './personal-goal-share.repository.js';

/** Who may read a goal, by its owner: one goal, one person at a time. */
@Injectable()
export class PersonalGoalShareService {
  constructor(
    private readonly database: Database,
    private readonly personalGoals: PersonalGoalService,
    private readonly goals: PersonalGoalRepository,
    private readonly shares: PersonalGoalShareRepository,
  ) {}

  /**
   * Shares a goal, or changes the share that this person has. A share that is over stays over: sharing again is another share,
   * which waits anew if it has to.
   *
   * @throws NOT_FOUND for a goal or person that the viewer cannot see; NOT_PERMITTED, BAD_USER_INPUT
   */
  share(ctx: PersonContext, input: ShareGoalInput): Promise<PersonalGoalShareRow> {
    const withId = input.personId;
    return this.database.write(ctx, async (em) => {
      const goal = await this.personalGoals.own(em, ctx, input.goalId);
      await this.assertRecipients(em, ctx, [withId], () => 'input.personId');
      const expiresAt = await this.expiry(em, ctx, input.expiresOn);
      const before = await this.shares.findUnended(em, goal.id, withId);
      if (before !== undefined && before.state !== 'ENDED') {
        await this.shares.change(em, before.id, {
          ...(typeof input.includePast === 'boolean' && { includesPast: input.includePast }),
          ...(expiresAt !== undefined && { expiresAt }),
          letThrough: input.withoutWaiting === true,
        });
        return this.found(em, before.id);
      }
      if (before !== undefined) await this.shares.end(em, before.id);
      const share = await this.shares.insert(em, {
        goalId: goal.id,
        organizationId: ctx.viewer.organizationId,
        ownerId: ctx.viewer.personId,
        withId,
        includesPast: input.includePast ?? false,
        waits: input.withoutWaiting !== true,
        expiresAt: expiresAt ?? null,
      });
      // It has become SHARED: an edit that still says PRIVATE must not end this share unseen.
      if (goal.visibility === 'PRIVATE') await this.goals.touch(em, goal);
      return share;
    });
  }

  /** Ending what is over already changes nothing that anybody sees. @throws NOT_FOUND, NOT_PERMITTED */
  end(ctx: PersonContext, id: string): Promise<PersonalGoalShareRow> {
    return this.database.write(ctx, async (em) => {
      const share = await this.shares.lock(em, id);
      if (share === undefined) {
        const seen = await this.shares.findById(em, id);
        throw seen ? notPermitted('Only the owner of a personal goal ends its shares.') : notFound();
      }
      await this.shares.end(em, share.id);
      return this.found(em, share.id);
    });
  }

  /** @throws NOT_FOUND for people whom the viewer cannot see, BAD_USER_INPUT for oneself and for those who have left */
  async assertRecipients(
    em: EntityManager,
    ctx: PersonContext,
    personIds: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<void> {
    const known = await this.shares.findRecipients(em, personIds);
    personIds.forEach((personId, index) => {
      const person = known.get(personId);
      if (person === undefined) throw notFound('There is nobody here with this id.');
      if (personId === ctx.viewer.personId)
        throw badInput(pathOf(index), 'must be somebody else: your own goals are yours.');
      if (person.hasLeft)
        throw badInput(pathOf(index), 'must be somebody who has not left the organization.');
    });
  }

  private async expiry(
    em: EntityManager,
    ctx: PersonContext,
    expiresOn: string | null | undefined,
  ): Promise<Date | null | undefined> {
    if (typeof expiresOn !== 'string') return expiresOn;
    const end = await this.shares.endOfDay(em, ctx.viewer.personId, expiresOn);
    if (end.isPast) throw badInput('input.expiresOn', 'must be today or later.');
    return end.at;
  }

  private async found(em: EntityManager, id: string): Promise<PersonalGoalShareRow> {
    const share = await this.shares.findById(em, id);
    if (share === undefined) throw notFound();
    return share;
  }
}
