import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { compareEdit, type EditConflict, type PersonRequest } from '#graphql';
import { BusinessGoalLoader } from '../goals/business-goal.loader.js';
import type { BusinessGoalPayload } from '../goals/business-goal.model.js';
import { BusinessGoalRepository } from '../goals/business-goal.repository.js';
import { editConflict, lockOwnGoal } from '../goals/business-goal.rules.js';
import type { SetKeyResultsInput } from './key-result.inputs.js';
import { KeyResultRepository } from './key-result.repository.js';
import {
  keyResultValues,
  requestedKeyResults,
  storedFields,
  type KeyResultValues,
} from './key-result.rules.js';

/** The owner of a business goal sets its key results, as one list that shares the version of the goal. */
@Injectable()
export class KeyResultService {
  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
    private readonly keyResults: KeyResultRepository,
    private readonly goalLoader: BusinessGoalLoader,
  ) {}

  /**
   * Saving the list that is already stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND, NOT_PERMITTED, BAD_USER_INPUT
   */
  async set(ctx: PersonRequest, input: SetKeyResultsInput): Promise<BusinessGoalPayload | EditConflict> {
    const outcome = await this.database.write(ctx, async (em) => {
      const goal = await lockOwnGoal(this.goals, em, input.id);
      const stored = (await this.keyResults.findByGoals(em, [goal.id])).get(goal.id) ?? [];
      const comparison = compareEdit(
        { version: goal.version, keyResults: stored.map(storedFields) },
        input.version,
        { keyResults: requestedKeyResults(input.keyResults, stored) },
      );
      if (comparison !== 'CHANGED') return comparison;
      const values = keyResultValues(input.keyResults, stored);
      const kept = values.filter(isStored);
      const ids = kept.map(({ id }) => id);
      await this.keyResults.deleteOthers(em, goal.id, ids);
      await this.keyResults.update(em, goal.id, kept);
      await this.keyResults.insert(
        em,
        goal,
        values.filter((value) => !isStored(value)),
      );
      await this.goals.update(em, goal.id, goal.version, {});
      return comparison;
    });
    if (outcome === 'OUTDATED') return editConflict(ctx, this.goalLoader, input.id);
    return {
      __typename: 'BusinessGoalPayload',
      businessGoal: await this.goalLoader.byId(ctx).load(input.id),
    };
  }
}

function isStored(values: KeyResultValues): values is KeyResultValues & { readonly id: string } {
  return values.id !== null;
}
