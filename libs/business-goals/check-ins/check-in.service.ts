import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isRefusedByPolicy, type PersonContext, RaisedCode, raisedCode } from '#db';
import { badInput, conflict, notFound, notPermitted, type PersonRequest } from '#graphql';
import { BusinessGoalRepository } from '../goals/business-goal.repository.js';
import { changedMeanwhile } from '../goals/business-goal.errors.js';
import { KeyResultRepository } from '../key-results/key-result.repository.js';
import type { CheckInBusinessGoalInput } from './check-in.inputs.js';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInLoader } from './check-in.loader.js';
import type { CheckInPayload } from './check-in.model.js';
import { CheckInRepository } from './check-in.repository.js';

/** Owner and assignees say how a business goal stands. */
@Injectable()
export class CheckInService {
  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
    private readonly checkIns: CheckInRepository,
    private readonly keyResults: KeyResultRepository,
    private readonly loader: CheckInLoader,
  ) {}

  /**
   * A check-in with current values that is sent again, when nothing has happened to the goal since, is the first one.
   *
   * @throws NOT_FOUND for a goal or key result that is not there; NOT_PERMITTED for whoever neither owns the goal nor is
   * assigned to it; CONFLICT for a draft or cancelled goal, and for current values of a stale version
   */
  async checkIn(ctx: PersonRequest, input: CheckInBusinessGoalInput): Promise<CheckInPayload> {
    const id = await this.database
      .write(ctx, (em) => this.write(em, ctx, input))
      .catch((error: unknown) => {
        if (isRefusedByPolicy(error)) throw notYours();
        if (raisedCode(error) === RaisedCode.NOT_OPEN_FOR_CHECK_INS) throw notUnderWay();
        throw error;
      });
    const checkIn = await this.loader.byId(ctx).load(id);
    if (!checkIn) throw notFound();
    return { checkIn, businessGoalId: checkIn.businessGoalId };
  }

  private async write(
    em: EntityManager,
    ctx: PersonContext,
    input: CheckInBusinessGoalInput,
  ): Promise<string> {
    const goal = await this.goals.findById(em, input.businessGoalId);
    if (!goal) throw notFound();
    const repeated = await this.setCurrentValues(em, ctx, goal.id, input);
    if (repeated !== undefined) return repeated;
    return this.checkIns.insert(em, {
      organizationId: ctx.viewer.organizationId,
      businessGoalId: goal.id,
      authorId: ctx.viewer.personId,
      text: input.text ?? null,
      confidence: input.confidence,
      status: input.status,
    });
  }

  /** @returns the id of the viewer's check-in that this one repeats, if it does */
  private async setCurrentValues(
    em: EntityManager,
    ctx: PersonContext,
    goalId: string,
    input: CheckInBusinessGoalInput,
  ): Promise<string | undefined> {
    const { currentValues, version } = input;
    const values = (currentValues ?? []).map(({ keyResultId, current }) => ({
      keyResultId,
      current,
    }));
    if (values.length === 0) return undefined;
    if (version === undefined || version === null) {
      throw badInput('input.version', 'is needed with currentValues.');
    }
    if (new Set(values.map(({ keyResultId }) => keyResultId)).size < values.length) {
      throw badInput('input.currentValues', 'must name each key result once.');
    }
    const known = (await this.keyResults.findByGoals(em, [goalId])).get(goalId) ?? [];
    if (!values.every(({ keyResultId }) => known.some(({ id }) => id === keyResultId))) {
      throw notFound('There is no such key result of this goal.');
    }
    if (await this.keyResults.setCurrent(em, goalId, version, values)) return undefined;
    const present = await this.goals.findById(em, goalId);
    if (present?.status === 'DRAFT' || present?.status === 'CANCELLED') throw notUnderWay();
    const areStored = values.every(({ keyResultId, current }) =>
      known.some((keyResult) => keyResult.id === keyResultId && keyResult.current === current),
    );
    if (areStored && present?.version === version + 1) {
      const newest = await this.checkIns.findNewest(em, goalId);
      if (newest?.authorId === ctx.viewer.personId && saysTheSame(newest, input)) return newest.id;
    }
    throw present?.version === version ? notYours() : changedMeanwhile();
  }
}

function saysTheSame(checkIn: CheckInRow, { text, confidence, status }: CheckInBusinessGoalInput): boolean {
  return checkIn.text === (text ?? null) && checkIn.confidence === confidence && checkIn.status === status;
}

function notYours(): Error {
  return notPermitted('The owner of a business goal and those it is assigned to check in.');
}

function notUnderWay(): Error {
  return conflict('A goal that is a draft or cancelled takes no check-ins.');
}
