import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, notFound, notPermitted } from '#graphql';
import type { AddPersonalGoalUpdateInput } from './personal-goal-update.inputs.js';
import { PersonalGoalUpdateRepository } from './personal-goal-update.repository.js';
import type { PersonalGoalUpdateRow } from './personal-goal-update.entity.js';
import type { MilestoneRow } from './milestone.entity.js';
import { MilestoneRepository, type MilestoneValues } from './milestone.repository.js';
import type {
  CreatePersonalGoalInput,
  PersonalGoalMeasureInput,
  MilestoneInput,
  SetMilestonesInput,
  UpdatePersonalGoalInput,
} from './personal-goal.inputs.js';
import type { PersonalGoalMeasure } from './personal-goal.model.js';
import type { OwnGoalRow } from './personal-goal.entity.js';
import { PersonalGoalRepository } from './personal-goal.repository.js';

/** What the owner of a goal does with it. Nobody else can do any of it: the law lets nobody else through. */
@Injectable()
export class PersonalGoalService {
  constructor(
    private readonly database: Database,
    private readonly goals: PersonalGoalRepository,
    private readonly milestones: MilestoneRepository,
    private readonly updates: PersonalGoalUpdateRepository,
  ) {}

  create(ctx: PersonContext, input: CreatePersonalGoalInput): Promise<OwnGoalRow> {
    const owner = { id: ctx.viewer.personId, organizationId: ctx.viewer.organizationId };
    return this.database.write(ctx, (em) =>
      this.goals.insert(em, owner, {
        title: input.title,
        why: input.why ?? null,
        area: input.area ?? null,
        horizon: input.horizon ?? null,
        targetOn: input.targetOn ?? null,
        status: input.status,
        visibility: input.visibility,
        openToProposals: input.openToProposals,
        measure: input.measure ? measureOf(input.measure, null) : null,
      }),
    );
  }

  /**
   * Saving what is stored already changes nothing.
   *
   * @returns the goal, or what it is now where the edit saw another version
   * @throws NOT_FOUND, NOT_PERMITTED
   */
  update(
    ctx: PersonContext,
    { id, version, measure, ...changes }: UpdatePersonalGoalInput,
  ): Promise<{ updated: OwnGoalRow } | { current: OwnGoalRow }> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.own(em, ctx, id);
      const wanted = { ...changes, measure: measure && measureOf(measure, goal.measure) };
      const comparison = compareEdit(goal, version, wanted);
      if (comparison === 'OUTDATED') return { current: goal };
      if (comparison === 'UNCHANGED') return { updated: goal };
      const updated = await this.goals.update(em, ctx.viewer.organizationId, goal, {
        ...goal,
        ...changes,
        measure: wanted.measure === undefined ? goal.measure : wanted.measure,
      });
      return { updated };
    });
  }

  /** With everything that belongs to it; the entries of the access log stay. @throws NOT_FOUND, NOT_PERMITTED */
  async remove(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (!(await this.goals.remove(em, id))) throw await this.refusal(em, id);
    });
  }

  /**
   * Saving the list that is stored already changes nothing.
   *
   * @throws NOT_FOUND, NOT_PERMITTED, CONFLICT where another version was seen, BAD_USER_INPUT
   */
  setMilestones(ctx: PersonContext, input: SetMilestonesInput): Promise<OwnGoalRow> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.own(em, ctx, input.goalId);
      const present = await this.milestones.findOfOwnGoal(em, goal.id);
      const comparison = compareEdit(
        { version: goal.version, milestones: present.map(wordsOf) },
        input.version,
        {
          milestones: input.milestones.map((milestone, index) => wanted(milestone, present, present[index])),
        },
      );
      if (comparison === 'UNCHANGED') return goal;
      if (comparison === 'OUTDATED') {
        throw conflict('This goal was changed meanwhile. Read it again, then change it.');
      }
      const byId = new Map(present.map((milestone) => [milestone.id, milestone]));
      const today = await this.goals.findToday(em, goal.ownerId);
      const used = new Set<string>();
      const milestones = input.milestones.map(({ id, title, reachedOn }, index): MilestoneValues => {
        const at = `input.milestones.${String(index)}`;
        const known = typeof id === 'string' ? byId.get(id) : undefined;
        if (typeof id === 'string' && known === undefined) {
          throw badInput(`${at}.id`, 'is no milestone of this goal.');
        }
        if (known !== undefined && used.has(known.id)) throw badInput(`${at}.id`, 'is listed twice.');
        if (known !== undefined) used.add(known.id);
        if (typeof reachedOn === 'string' && reachedOn > today) {
          throw badInput(`${at}.reachedOn`, 'must be a day that has come.');
        }
        const reached = reachedOn === undefined ? (known?.reachedOn ?? null) : reachedOn;
        return { id: known?.id ?? null, title, reachedOn: reached };
      });
      await this.milestones.setOfOwnGoal(
        em,
        { ...goal, organizationId: ctx.viewer.organizationId },
        milestones,
      );
      return this.goals.touch(em, goal);
    });
  }

  /** A measured value becomes the current one of a goal that is measured. @throws NOT_FOUND, NOT_PERMITTED */
  addUpdate(
    ctx: PersonContext,
    { goalId, text, measuredValue = null }: AddPersonalGoalUpdateInput,
  ): Promise<{ personalGoalUpdate: PersonalGoalUpdateRow; personalGoal: OwnGoalRow }> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.own(em, ctx, goalId);
      const personalGoalUpdate = await this.updates.insert(
        em,
        { ...goal, organizationId: ctx.viewer.organizationId },
        { text, measuredValue },
      );
      if (measuredValue === null || goal.measure === null || goal.measure.current === measuredValue) {
        return { personalGoalUpdate, personalGoal: goal };
      }
      await this.goals.setCurrentMeasure(em, goal.id, measuredValue);
      const touched = await this.goals.touch(em, goal);
      return {
        personalGoalUpdate,
        personalGoal: { ...touched, measure: { ...goal.measure, current: measuredValue } },
      };
    });
  }

  /** @throws NOT_FOUND, NOT_PERMITTED */
  async removeUpdate(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (await this.updates.remove(em, id)) return;
      throw (await this.updates.isVisible(em, id)) ? notPermitted(OWNER_ONLY) : notFound();
    });
  }

  /**
   * The viewer's own goal, kept from others until the transaction ends.
   *
   * @throws NOT_FOUND, or NOT_PERMITTED where it is somebody else's that the viewer can see
   */
  async own(em: EntityManager, ctx: PersonContext, id: string): Promise<OwnGoalRow> {
    const goal = await this.goals.lock(em, ctx.viewer.personId, id);
    if (goal === undefined) throw await this.refusal(em, id);
    return goal;
  }

  private async refusal(em: EntityManager, id: string): Promise<Error> {
    return (await this.goals.isVisible(em, id)) ? notPermitted(OWNER_ONLY) : notFound();
  }
}

const OWNER_ONLY = 'Only the owner of a personal goal changes it.';

function measureOf(input: PersonalGoalMeasureInput, before: PersonalGoalMeasure | null): PersonalGoalMeasure {
  const { unit, start, target } = input;
  return { unit, start, current: input.current ?? before?.current ?? start, target };
}

/** What its owner writes of a milestone. */
function wordsOf({ id, title, reachedOn }: MilestoneRow): MilestoneValues {
  return { id, title, reachedOn };
}

/**
 * The milestone that an entry of a list asks for. One without an id is new, or the one that is stored in its place.
 */
function wanted(
  { id, title, reachedOn }: MilestoneInput,
  present: readonly MilestoneRow[],
  inPlace: MilestoneRow | undefined,
): MilestoneValues {
  const known = present.find((milestone) => milestone.id === id);
  return {
    id: id ?? inPlace?.id ?? null,
    title,
    reachedOn: reachedOn === undefined ? (known?.reachedOn ?? null) : reachedOn,
  };
}
