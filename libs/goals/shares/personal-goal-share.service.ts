import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import { PersonalGoalService } from '../personal-goals/personal-goal.service.js';
import type { PersonalGoalShareRow } from './personal-goal-share.entity.js';
import type { ShareGoalInput } from './personal-goal-share.inputs.js';
import { PersonalGoalShareRepository, type ShareChanges } from './personal-goal-share.repository.js';
import { assertRecipient } from './personal-goal-share.rules.js';

/** Shares of personal goals, made and ended by the owners of the goals. */
@Injectable()
export class PersonalGoalShareService {
  constructor(
    private readonly database: Database,
    private readonly personalGoals: PersonalGoalService,
    private readonly goals: PersonalGoalRepository,
    private readonly shares: PersonalGoalShareRepository,
  ) {}

  /**
   * Shares a goal with a person, or changes the live share with them. A share that has ended is not revived: sharing again creates
   * another one, which waits again if it has to.
   *
   * @throws NOT_FOUND for a goal or person that the viewer cannot see; NOT_PERMITTED, BAD_USER_INPUT
   */
  share(ctx: PersonContext, input: ShareGoalInput): Promise<PersonalGoalShareRow> {
    return this.database.write(ctx, (em) => this.shareOne(em, ctx, input, 'input'));
  }

  /**
   * Shares several goals in the transaction of `em`, each as {@link share} does.
   *
   * @param path of the list in the input, for errors
   * @throws as {@link share}
   */
  async shareAll(
    em: EntityManager,
    ctx: PersonContext,
    inputs: readonly ShareGoalInput[],
    path: string,
  ): Promise<void> {
    // All goals are locked before the people that the first share locks, and in one order.
    for (const goalId of inputs.map((input) => input.goalId).sort()) {
      await this.personalGoals.lockOwn(em, ctx, goalId);
    }
    for (const [index, input] of inputs.entries()) {
      await this.shareOne(em, ctx, input, `${path}.${String(index)}`);
    }
  }

  private async shareOne(
    em: EntityManager,
    ctx: PersonContext,
    input: ShareGoalInput,
    path: string,
  ): Promise<PersonalGoalShareRow> {
    const { personId: ownerId, organizationId } = ctx.viewer;
    const { personId: withId, includePast: includesPast, withoutWaiting = false } = input;
    const goal = await this.personalGoals.lockOwn(em, ctx, input.goalId);
    const recipients = await this.shares.findRecipients(em, [withId]);
    assertRecipient(withId, recipients.get(withId), ownerId, `${path}.personId`);
    const expiresAt = await this.findExpiry(em, ownerId, input.expiresOn, `${path}.expiresOn`);
    const unended = await this.shares.findUnended(em, goal.id, withId);
    if (unended !== undefined && unended.state !== 'ENDED') {
      return this.change(em, unended, {
        includesPast,
        expiresAt,
        waiting: withoutWaiting ? false : undefined,
      });
    }
    if (unended !== undefined) await this.shares.end(em, unended.id);
    const share = await this.shares.insert(em, {
      organizationId,
      goalId: goal.id,
      ownerId,
      withId,
      includesPast: includesPast ?? false,
      waiting: !withoutWaiting,
      expiresAt: expiresAt ?? null,
    });
    // The first share makes the goal SHARED: an edit that still says PRIVATE must not end the share without a conflict.
    if (goal.visibility === 'PRIVATE') await this.goals.incrementVersion(em, goal);
    return share;
  }

  /** Ending an ended share again changes nothing. @throws NOT_FOUND, NOT_PERMITTED */
  end(ctx: PersonContext, id: string): Promise<PersonalGoalShareRow> {
    return this.database.write(ctx, async (em) => {
      const share = await this.shares.lock(em, id);
      if (share === undefined) {
        const isVisible = (await this.shares.findById(em, id)) !== undefined;
        throw isVisible ? notPermitted('Only the owner of a personal goal can end its shares.') : notFound();
      }
      await this.shares.end(em, share.id);
      return this.read(em, share.id);
    });
  }

  private async change(
    em: EntityManager,
    share: PersonalGoalShareRow,
    changes: ShareChanges,
  ): Promise<PersonalGoalShareRow> {
    if (Object.values(changes).every((value) => value === undefined)) return share;
    await this.shares.change(em, share.id, changes);
    return this.read(em, share.id);
  }

  /** Undefined to leave the expiry as it is, null for none. */
  private async findExpiry(
    em: EntityManager,
    ownerId: string,
    expiresOn: string | null | undefined,
    path: string,
  ): Promise<Date | null | undefined> {
    if (typeof expiresOn !== 'string') return expiresOn;
    const end = await this.shares.findEndOfDay(em, ownerId, expiresOn);
    if (end.isPast) throw badInput(path, 'must be today or later.', 'OUT_OF_RANGE');
    return end.at;
  }

  private async read(em: EntityManager, id: string): Promise<PersonalGoalShareRow> {
    const share = await this.shares.findById(em, id);
    if (share === undefined) throw notFound();
    return share;
  }
}
