import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, notFound, notPermitted } from '#graphql';
import type { CreatePersonalGoalInput, UpdatePersonalGoalInput } from './personal-goal.inputs.js';
import type { OwnGoalRow } from './personal-goal.entity.js';
import { PersonalGoalRepository } from './personal-goal.repository.js';
import { changedFields, measureFrom, MOST_GOALS, ONLY_OWNER_CHANGES } from './personal-goal.rules.js';
import { PersonalGoalVersionRepository } from './personal-goal-version.repository.js';

/** Personal goals, changed by their owners. The policies permit nobody else to. */
@Injectable()
export class PersonalGoalService {
  constructor(
    private readonly database: Database,
    private readonly goals: PersonalGoalRepository,
    private readonly versions: PersonalGoalVersionRepository,
  ) {}

  create(ctx: PersonContext, { measure, ...values }: CreatePersonalGoalInput): Promise<OwnGoalRow> {
    const { personId: ownerId, organizationId } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      const goal = await this.goals.insert(
        em,
        { ownerId, organizationId },
        { ...values, measure: measure ? measureFrom(measure, null) : null },
      );
      await this.versions.insert(em, organizationId, goal);
      await this.assertNotTooMany(em, ownerId, 'input');
      return goal;
    });
  }

  /**
   * After goals were added. Simultaneous requests can exceed the number by what they add.
   *
   * @param path of what added them @throws BAD_USER_INPUT
   */
  async assertNotTooMany(em: EntityManager, ownerId: string, path: string): Promise<void> {
    const owned = await this.goals.countOwn(em, ownerId);
    if (owned <= MOST_GOALS) return;
    throw badInput(
      path,
      `would make ${String(owned)} goals; a person can have at most ${String(MOST_GOALS)}. Delete some first.`,
      'TOO_MANY',
    );
  }

  /**
   * Saving what is stored already changes nothing.
   *
   * @returns the goal, or its current state if the version is outdated
   * @throws NOT_FOUND, NOT_PERMITTED
   */
  update(
    ctx: PersonContext,
    { id, version, measure, ...values }: UpdatePersonalGoalInput,
  ): Promise<{ updated: OwnGoalRow } | { current: OwnGoalRow }> {
    return this.database.write(ctx, async (em) => {
      const goal = await this.lockOwn(em, ctx, id);
      const wanted = { ...values, measure: measure && measureFrom(measure, goal.measure) };
      const comparison = compareEdit(goal, version, wanted);
      if (comparison === 'OUTDATED') return { current: goal };
      if (comparison === 'UNCHANGED') return { updated: goal };
      const changes = changedFields(goal, wanted);
      const updated = await this.goals.update(em, goal, changes);
      if (changes.title !== undefined || changes.why !== undefined) {
        await this.versions.insert(em, ctx.viewer.organizationId, updated);
      }
      return { updated };
    });
  }

  /** Deletes the goal with its parts. Entries of the access log are kept. @throws NOT_FOUND, NOT_PERMITTED */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (!(await this.goals.delete(em, id))) throw await this.refusal(em, id);
    });
  }

  /**
   * One of the viewer's own goals, locked until the transaction ends.
   *
   * @throws NOT_FOUND, or NOT_PERMITTED if the viewer can see the goal of another person
   */
  async lockOwn(em: EntityManager, ctx: PersonContext, id: string): Promise<OwnGoalRow> {
    const goal = await this.goals.lockOwn(em, ctx.viewer.personId, id);
    if (goal === undefined) throw await this.refusal(em, id);
    return goal;
  }

  private async refusal(em: EntityManager, id: string): Promise<Error> {
    return (await this.goals.isVisible(em, id)) ? notPermitted(ONLY_OWNER_CHANGES) : notFound();
  }
}
