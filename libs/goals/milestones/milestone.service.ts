import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { assertNoFaults, compareEdit, notFound, type InputFault } from '#graphql';
import type { OwnGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalRepository } from '../personal-goals/personal-goal.repository.js';
import { PersonalGoalService } from '../personal-goals/personal-goal.service.js';
import type { MilestoneRow, MilestoneValues } from './milestone.entity.js';
import type { MilestoneInput, ReachMilestoneInput, SetMilestonesInput } from './milestone.inputs.js';
import { MilestoneRepository } from './milestone.repository.js';

/** The steps towards a personal goal, changed by its owner. Each change increments the version of the goal. */
@Injectable()
export class MilestoneService {
  constructor(
    private readonly database: Database,
    private readonly personalGoals: PersonalGoalService,
    private readonly goals: PersonalGoalRepository,
    private readonly milestones: MilestoneRepository,
  ) {}

  /**
   * Setting the stored list again changes nothing.
   *
   * @returns the goal, or its current state if the version is outdated
   * @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT
   */
  set(
    ctx: PersonContext,
    input: SetMilestonesInput,
  ): Promise<{ updated: OwnGoalRow } | { current: OwnGoalRow }> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.personalGoals.lockOwn(em, ctx, input.id);
      const stored = await this.milestones.findOfOwnGoal(em, goal.id);
      const comparison = compareEdit(
        { version: goal.version, milestones: stored.map(valuesOf) },
        input.version,
        { milestones: input.milestones.map((wanted, index) => merge(wanted, stored, stored[index])) },
      );
      if (comparison === 'UNCHANGED') return { updated: goal };
      if (comparison === 'OUTDATED') return { current: goal };
      const milestones = validate(input.milestones, stored, await this.goals.findToday(em, goal.ownerId));
      await this.milestones.setOfOwnGoal(
        em,
        { ...goal, organizationId: ctx.viewer.organizationId },
        milestones,
      );
      return { updated: await this.goals.incrementVersion(em, goal) };
    });
  }

  /**
   * Marks one milestone as reached, or as not reached again. Repeating it changes nothing.
   *
   * @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT for a day in the future
   */
  reach(ctx: PersonContext, { id, reachedOn }: ReachMilestoneInput): Promise<OwnGoalRow> {
    return this.database.write(ctx, async (em) => {
      const goalId = await this.milestones.findGoalId(em, id);
      if (goalId === undefined) throw notFound();
      const goal = await this.personalGoals.lockOwn(em, ctx, goalId);
      // Read again, because it may have been changed or deleted before the goal was locked.
      const stored = (await this.milestones.findOfOwnGoal(em, goal.id)).find((one) => one.id === id);
      if (stored === undefined) throw notFound();
      const today = await this.goals.findToday(em, goal.ownerId);
      assertNoFaults(futureFaults(reachedOn, today, 'input.reachedOn'));
      const day = reachedOn === undefined ? (stored.reachedOn ?? today) : reachedOn;
      if (day === stored.reachedOn) return goal;
      await this.milestones.setReachedOn(em, id, day);
      return this.goals.incrementVersion(em, goal);
    });
  }
}

/** @throws BAD_USER_INPUT */
function validate(
  wanted: readonly MilestoneInput[],
  stored: readonly MilestoneRow[],
  today: string,
): MilestoneValues[] {
  const used = new Set<string>();
  const faults: InputFault[] = [];
  const values = wanted.map((milestone, index) => {
    const { id, reachedOn } = milestone;
    const path = `input.milestones.${String(index)}`;
    const known = stored.find((one) => one.id === id);
    if (typeof id === 'string') {
      if (known === undefined)
        faults.push({
          path: `${path}.id`,
          message: 'Choose a milestone of this goal, or omit the ID to add one.',
        });
      if (used.has(id))
        faults.push({ path: `${path}.id`, message: 'must not be listed twice.', code: 'DUPLICATE' });
      used.add(id);
    }
    faults.push(...futureFaults(reachedOn, today, `${path}.reachedOn`));
    return {
      ...milestone,
      id: known?.id ?? null,
      reachedOn: reachedOn === undefined ? (known?.reachedOn ?? null) : reachedOn,
    };
  });
  assertNoFaults(faults);
  return values;
}

function futureFaults(day: string | null | undefined, today: string, path: string): InputFault[] {
  const isFuture = typeof day === 'string' && day > today;
  return isFuture ? [{ path, message: 'must not be in the future.', code: 'OUT_OF_RANGE' }] : [];
}

function valuesOf({ goalId: _, ...values }: MilestoneRow): MilestoneValues {
  return values;
}

/** What an entry of the list asks for. An entry without an ID is compared with the milestone stored at its index. */
function merge(
  wanted: MilestoneInput,
  stored: readonly MilestoneRow[],
  atIndex: MilestoneRow | undefined,
): MilestoneValues {
  const { id, reachedOn } = wanted;
  const known = stored.find((milestone) => milestone.id === id);
  return {
    ...wanted,
    id: id ?? atIndex?.id ?? null,
    reachedOn: reachedOn === undefined ? (known?.reachedOn ?? null) : reachedOn,
  };
}
