import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { notFound, notPermitted } from '#graphql';
import type { OwnGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import { changedFields, ONLY_OWNER_CHANGES } from '../personal-goals/personal-goal.rules.js';
import { PersonalGoalService } from '../personal-goals/personal-goal.service.js';
import type { PersonalGoalUpdateRow } from './personal-goal-update.entity.js';
import type {
  AddPersonalGoalUpdateInput,
  UpdatePersonalGoalUpdateInput,
} from './personal-goal-update.inputs.js';
import { PersonalGoalUpdateRepository } from './personal-goal-update.repository.js';

interface UpdateOfGoal {
  readonly personalGoalUpdate: PersonalGoalUpdateRow;
  readonly personalGoal: OwnGoalRow;
}

/** Updates of personal goals, written by their owners. */
@Injectable()
export class PersonalGoalUpdateService {
  constructor(
    private readonly database: Database,
    private readonly personalGoals: PersonalGoalService,
    private readonly goals: PersonalGoalRepository,
    private readonly updates: PersonalGoalUpdateRepository,
  ) {}

  /** @throws NOT_FOUND, NOT_PERMITTED */
  add(ctx: PersonContext, { goalId, ...values }: AddPersonalGoalUpdateInput): Promise<UpdateOfGoal> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.personalGoals.lockOwn(em, ctx, goalId);
      const { organizationId } = ctx.viewer;
      const personalGoalUpdate = await this.updates.insert(em, { ...goal, organizationId }, values);
      return { personalGoalUpdate, personalGoal: await this.setMeasure(em, goal, personalGoalUpdate) };
    });
  }

  /** Saving what is stored already changes nothing. @throws NOT_FOUND, NOT_PERMITTED */
  update(ctx: PersonContext, { id, ...changes }: UpdatePersonalGoalUpdateInput): Promise<UpdateOfGoal> {
    return this.database.write(ctx, async (em) => {
      const goalId = await this.updates.findGoalId(em, id);
      if (goalId === undefined) throw notFound();
      const goal = await this.personalGoals.lockOwn(em, ctx, goalId);
      // Read again, because it may have been changed or deleted before the goal was locked.
      const stored = await this.updates.findOfOwnGoal(em, goal.id, id);
      if (stored === undefined) throw notFound();
      const changed = changedFields(stored, changes);
      if (Object.keys(changed).length === 0) return { personalGoalUpdate: stored, personalGoal: goal };
      const personalGoalUpdate = await this.updates.update(em, id, changed);
      const isMoved = changed.measuredValue !== undefined || changed.at !== undefined;
      return {
        personalGoalUpdate,
        personalGoal: isMoved ? await this.setMeasure(em, goal, personalGoalUpdate) : goal,
      };
    });
  }

  /** The measure of the goal stays as it is. @throws NOT_FOUND, NOT_PERMITTED */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (await this.updates.delete(em, id)) return;
      const isVisible = (await this.updates.findGoalId(em, id)) !== undefined;
      throw isVisible ? notPermitted(ONLY_OWNER_CHANGES) : notFound();
    });
  }

  /** The value of the update with the latest date becomes the current one of a goal that is measured. */
  private async setMeasure(
    em: EntityManager,
    goal: OwnGoalRow,
    { id, measuredValue: current }: PersonalGoalUpdateRow,
  ): Promise<OwnGoalRow> {
    const { measure } = goal;
    if (measure === null || current === null || measure.current === current) return goal;
    if (await this.updates.isLaterMeasured(em, id)) return goal;
    await this.goals.setCurrentMeasure(em, goal.id, current);
    return { ...(await this.goals.incrementVersion(em, goal)), measure: { ...measure, current } };
  }
}
