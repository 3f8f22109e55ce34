import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Database,
  isForeignKeyViolation,
  isRefusedByPolicy,
  type PersonContext,
  RaisedCode,
  raisedCode,
} from '#db';
import { badInput, conflict, notFound, notPermitted, type EditConflict, type PersonRequest } from '#graphql';
import { AssigneeRepository } from '../goals/assignee.repository.js';
import { BusinessGoalLoader } from '../goals/business-goal.loader.js';
import { BusinessGoalRepository } from '../goals/business-goal.repository.js';
import { editConflict, takesCheckIns } from '../goals/business-goal.rules.js';
import type { CurrentValueInput } from '../key-results/key-result.inputs.js';
import { KeyResultRepository } from '../key-results/key-result.repository.js';
import type { CheckInBusinessGoalInput } from './check-in.inputs.js';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInLoader } from './check-in.loader.js';
import type { CheckInPayload } from './check-in.model.js';
import { CheckInRepository } from './check-in.repository.js';

/** What became of a check-in: the id of the one added or, for one that was sent again, of the first. */
type Outcome = { readonly id: string } | 'OUTDATED';

/** Owner and assignees report the health of an open business goal. */
@Injectable()
export class CheckInService {
  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
    private readonly checkIns: CheckInRepository,
    private readonly keyResults: KeyResultRepository,
    private readonly assignees: AssigneeRepository,
    private readonly loader: CheckInLoader,
    private readonly goalLoader: BusinessGoalLoader,
  ) {}

  /**
   * A check-in with current values that is sent again, before anything else changed the goal, returns the first one.
   *
   * @returns EditConflict where current values are based on an outdated version
   * @throws NOT_FOUND for an unknown goal or key result; NOT_PERMITTED for people who neither own the goal nor are assigned to
   * it; CONFLICT for a goal that is not OPEN; BAD_USER_INPUT
   */
  async checkIn(ctx: PersonRequest, input: CheckInBusinessGoalInput): Promise<CheckInPayload | EditConflict> {
    const outcome = await this.database
      .write(ctx, (em) => this.write(em, ctx, input))
      .catch((error: unknown) => {
        if (isRefusedByPolicy(error)) throw onlyOwnerAndAssignees();
        if (raisedCode(error) === RaisedCode.NOT_OPEN_FOR_CHECK_INS) throw notOpen();
        // The goal was deleted between reading it and adding the check-in.
        if (isForeignKeyViolation(error)) throw notFound();
        throw error;
      });
    if (outcome === 'OUTDATED') return editConflict(ctx, this.goalLoader, input.id);
    const checkIn = await this.loader.byId(ctx).load(outcome.id);
    if (!checkIn) throw notFound();
    return { __typename: 'CheckInPayload', checkIn, businessGoalId: checkIn.businessGoalId };
  }

  private async write(
    em: EntityManager,
    ctx: PersonContext,
    input: CheckInBusinessGoalInput,
  ): Promise<Outcome> {
    const { id: businessGoalId, version, currentValues, ...values } = input;
    if (!(await this.goals.findById(em, businessGoalId))) throw notFound();
    if (currentValues && currentValues.length > 0) {
      const earlier = await this.setCurrentValues(em, ctx, input, currentValues, version);
      if (earlier !== undefined) return earlier;
    }
    const { organizationId, personId: authorId } = ctx.viewer;
    return { id: await this.checkIns.insert(em, { ...values, organizationId, businessGoalId, authorId }) };
  }

  /** @returns undefined where the values are set and the check-in is to be added */
  private async setCurrentValues(
    em: EntityManager,
    ctx: PersonContext,
    input: CheckInBusinessGoalInput,
    values: readonly CurrentValueInput[],
    version: number | null | undefined,
  ): Promise<Outcome | undefined> {
    if (typeof version !== 'number')
      throw badInput('input.version', 'is required with current values.', 'REQUIRED');
    if (new Set(values.map(({ keyResultId }) => keyResultId)).size < values.length) {
      throw badInput('input.currentValues', 'must name each key result once.', 'DUPLICATE');
    }
    const known = (await this.keyResults.findByGoals(em, [input.id])).get(input.id) ?? [];
    if (!values.every(({ keyResultId }) => known.some(({ id }) => id === keyResultId))) {
      throw notFound('This goal has no key result with this ID.');
    }
    if (await this.keyResults.setCurrent(em, input.id, version, values)) return undefined;
    const goal = await this.goals.findById(em, input.id);
    if (!goal) throw notFound();
    const assigned = await this.assignees.findAssigned(em, ctx.viewer.personId, [goal.id]);
    if (goal.ownerId !== ctx.viewer.personId && !assigned.has(goal.id)) throw onlyOwnerAndAssignees();
    if (!takesCheckIns(goal.state)) throw notOpen();
    const isStored = values.every(({ keyResultId, current }) =>
      known.some((keyResult) => keyResult.id === keyResultId && keyResult.current === current),
    );
    if (isStored && goal.version === version + 1) {
      const newest = await this.checkIns.findNewest(em, goal.id);
      if (newest?.authorId === ctx.viewer.personId && isSameReport(newest, input)) return newest;
    }
    return 'OUTDATED';
  }
}

function isSameReport(checkIn: CheckInRow, { text, confidence, health }: CheckInBusinessGoalInput): boolean {
  return checkIn.text === (text ?? null) && checkIn.confidence === confidence && checkIn.health === health;
}

function onlyOwnerAndAssignees(): Error {
  return notPermitted('Only the owner and the assignees of a business goal can check in.');
}

function notOpen(): Error {
  return conflict('Only an OPEN goal takes check-ins. Ask its owner to publish or reopen it.');
}
