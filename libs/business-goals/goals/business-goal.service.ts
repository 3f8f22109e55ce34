import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext, RaisedCode, raisedCode } from '#db';
import {
  badInput,
  compareEdit,
  conflict,
  notFound,
  type DeleteInput,
  type DeletePayload,
  type EditConflict,
  type RequestContext,
  type Page,
  type PersonRequest,
} from '#graphql';
import { CycleRepository } from '../cycles/cycle.repository.js';
import { keyResultValues } from '../key-results/key-result.rules.js';
import { KeyResultRepository } from '../key-results/key-result.repository.js';
import { AssigneeRepository } from './assignee.repository.js';
import type { BusinessGoalRow } from './business-goal.entity.js';
import type {
  AssignBusinessGoalInput,
  BusinessGoalsArgs,
  ContinueBusinessGoalInput,
  CreateBusinessGoalInput,
  UpdateBusinessGoalInput,
} from './business-goal.inputs.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import type { BusinessGoalPayload } from './business-goal.model.js';
import { BusinessGoalRepository, type BusinessGoalChanges } from './business-goal.repository.js';
import { editConflict, isUnfinished, lockOwnGoal, onlyOwnerCanEdit } from './business-goal.rules.js';

/** Business goals: anybody creates one and owns it; its owner edits, assigns, transfers, closes, continues and deletes it. */
@Injectable()
export class BusinessGoalService {
  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
    private readonly cycles: CycleRepository,
    private readonly keyResults: KeyResultRepository,
    private readonly assignees: AssigneeRepository,
    private readonly loader: BusinessGoalLoader,
  ) {}

  /** The organization's goals, newest first. */
  page(ctx: PersonContext, args: BusinessGoalsArgs): Promise<Page<BusinessGoalRow>> {
    return this.database.read(ctx, (em) => this.goals.findPage(em, ctx.viewer.organizationId, args, args));
  }

  /** @throws NOT_FOUND for an unknown cycle, parent or person; BAD_USER_INPUT */
  async create(ctx: PersonRequest, input: CreateBusinessGoalInput): Promise<BusinessGoalPayload> {
    const { organizationId, personId: ownerId } = ctx.viewer;
    const { parentId, keyResults, assigneeIds, ...values } = input;
    const results = keyResultValues(keyResults ?? []);
    const id = await this.database.write(ctx, async (em) => {
      await this.assertCycle(em, values.cycleId);
      if (parentId) await this.assertParent(em, parentId);
      await this.assertEmployed(em, assigneeIds ?? [], 'input.assigneeIds');
      const id = await this.goals.insert(em, { ...values, organizationId, ownerId, parentGoalId: parentId });
      if (id === undefined) throw new Error('a new business goal conflicted with another one');
      await this.keyResults.insert(em, { id, organizationId }, results);
      await this.assignees.add(em, { id, organizationId }, assigneeIds ?? []);
      return id;
    });
    return this.payload(ctx, id);
  }

  /**
   * Saving what is already stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND for an unknown goal, cycle, parent or person; NOT_PERMITTED for a viewer who cannot edit the goal, also
   * where nothing would change; BAD_USER_INPUT
   */
  async update(
    ctx: PersonRequest,
    input: UpdateBusinessGoalInput,
  ): Promise<BusinessGoalPayload | EditConflict> {
    const outcome = await this.database
      .write(ctx, (em) => this.edit(em, input))
      .catch((error: unknown) => {
        if (raisedCode(error) === RaisedCode.BUSINESS_GOAL_CYCLE) {
          throw badInput('input.parentId', 'must not be this goal or one below it.');
        }
        throw error;
      });
    return outcome === 'SAVED' ? this.payload(ctx, input.id) : editConflict(ctx, this.loader, input.id);
  }

  /** @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT for a person who has left */
  async assign(ctx: PersonRequest, input: AssignBusinessGoalInput): Promise<BusinessGoalPayload> {
    await this.database.write(ctx, async (em) => {
      const goal = await lockOwnGoal(this.goals, em, input.id);
      const { addPersonIds, removePersonIds } = input;
      await this.assertEmployed(em, addPersonIds ?? [], 'input.addPersonIds');
      await this.assignees.remove(em, goal.id, removePersonIds ?? []);
      await this.assignees.add(em, goal, addPersonIds ?? []);
    });
    return this.payload(ctx, input.id);
  }

  /**
   * Creates a goal in a later cycle that continues this one, with its key results, their current values and its assignees.
   *
   * @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT for a cycle that does not start later; CONFLICT for a goal that is a draft,
   * ACHIEVED or CANCELLED, or that is already continued
   */
  async continue(
    ctx: PersonRequest,
    { id, cycleId }: ContinueBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    const continuationId = await this.database.write(ctx, async (em) => {
      const goal = await lockOwnGoal(this.goals, em, id);
      if (!isUnfinished(goal.state)) throw conflict('Only an OPEN or MISSED goal can be continued.');
      await this.assertLaterCycle(em, goal.cycleId, cycleId);
      const parent = goal.parentGoalId === null ? null : await this.goals.findById(em, goal.parentGoalId);
      const { organizationId, ownerId, title, description } = goal;
      const values = {
        organizationId,
        ownerId,
        title,
        description,
        cycleId,
        parentGoalId: parent?.id ?? null,
      };
      const made = await this.goals.insert(em, { ...values, continuesId: goal.id, state: 'OPEN' });
      if (made === undefined) throw conflict('This goal has already been continued.');
      await this.keyResults.copy(em, goal.id, { id: made, organizationId });
      await this.assignees.copy(em, goal.id, made);
      return made;
    });
    return this.payload(ctx, continuationId);
  }

  /** @throws NOT_FOUND, NOT_PERMITTED; CONFLICT for a published goal with check-ins or with placements that the viewer can see */
  async delete(ctx: PersonContext, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database
      .write(ctx, async (em) => {
        await lockOwnGoal(this.goals, em, id);
        await this.goals.delete(em, id);
      })
      .catch((error: unknown) => {
        if (raisedCode(error) === RaisedCode.BUSINESS_GOAL_IN_USE) {
          throw conflict(
            'A published goal that has check-ins or is placed cannot be deleted. Cancel it instead.',
          );
        }
        throw error;
      });
    return { deletedId: id };
  }

  private async edit(em: EntityManager, input: UpdateBusinessGoalInput): Promise<'SAVED' | 'OUTDATED'> {
    const changes = changesOf(input);
    const locked = await this.goals.lock(em, input.id);
    if (!locked) return this.transferForLeaver(em, input, changes);
    const comparison = compareEdit(locked, input.version, { ...changes, ownerId: input.ownerId });
    if (comparison === 'UNCHANGED') return 'SAVED';
    if (comparison === 'OUTDATED') return 'OUTDATED';
    if (changes.state === 'DRAFT' && locked.state !== 'DRAFT') {
      throw badInput('input.state', 'cannot be DRAFT, because this goal has been published.');
    }
    if (changes.cycleId) await this.assertCycle(em, changes.cycleId);
    if (changes.parentGoalId && changes.parentGoalId !== locked.parentGoalId) {
      await this.assertParent(em, changes.parentGoalId);
    }
    const isTransferOnly = compareEdit(locked, input.version, changes) === 'UNCHANGED';
    if (!isTransferOnly) await this.goals.update(em, locked.id, locked.version, changes);
    if (input.ownerId !== undefined && input.ownerId !== locked.ownerId) {
      await this.assertEmployed(em, [input.ownerId], 'input.ownerId');
      const version = isTransferOnly ? locked.version : locked.version + 1;
      // The person may leave after the check above.
      if (!(await this.goals.transfer(em, locked.id, version, input.ownerId))) throw hasLeft('input.ownerId');
    }
    return 'SAVED';
  }

  /** Only its owner edits a goal; once the owner has left, ORGANIZATION_ADMIN names another one. */
  private async transferForLeaver(
    em: EntityManager,
    { id, version, ownerId }: UpdateBusinessGoalInput,
    changes: BusinessGoalChanges,
  ): Promise<'SAVED' | 'OUTDATED'> {
    if (!(await this.goals.findById(em, id))) throw notFound();
    const isTransferOnly = Object.values(changes).every((value) => value === undefined);
    if (ownerId === undefined || !isTransferOnly) throw onlyOwnerCanEdit();
    if (await this.goals.transfer(em, id, version, ownerId)) return 'SAVED';
    if (!(await this.goals.canTransfer(em, id))) throw onlyOwnerCanEdit();
    await this.assertEmployed(em, [ownerId], 'input.ownerId');
    return 'OUTDATED';
  }

  private async assertCycle(em: EntityManager, id: string): Promise<void> {
    const found = await this.cycles.findByIds(em, [id]);
    if (found.length === 0) throw noSuchCycle();
  }

  private async assertLaterCycle(em: EntityManager, presentId: string, laterId: string): Promise<void> {
    const found = await this.cycles.findByIds(em, [presentId, laterId]);
    const later = found.find(({ id }) => id === laterId);
    const present = found.find(({ id }) => id === presentId);
    if (!later) throw noSuchCycle();
    // Days of this form sort as text.
    if (present && later.startsOn <= present.startsOn) {
      throw badInput('input.cycleId', 'must start later than the cycle of the goal that is continued.');
    }
  }

  private async assertParent(em: EntityManager, id: string): Promise<void> {
    if (!(await this.goals.findById(em, id)))
      throw notFound('No business goal with the ID in parentId exists in your organization.');
  }

  /** @throws NOT_FOUND for an unknown person, BAD_USER_INPUT at `path` for one who has left */
  private async assertEmployed(em: EntityManager, personIds: readonly string[], path: string): Promise<void> {
    if (personIds.length === 0) return;
    const employed = await this.assignees.findWhetherEmployed(em, personIds);
    for (const id of personIds) {
      const isEmployed = employed.get(id);
      if (isEmployed === undefined) throw notFound('No person with this ID exists in your organization.');
      if (!isEmployed) throw hasLeft(path);
    }
  }

  private async payload(ctx: RequestContext, id: string): Promise<BusinessGoalPayload> {
    return {
      __typename: 'BusinessGoalPayload',
      businessGoal: await this.loader.byId(ctx).load(id),
    };
  }
}

function noSuchCycle(): Error {
  return notFound('No cycle with this ID exists in your organization.');
}

function hasLeft(path: string): Error {
  return badInput(path, 'Choose somebody who has not left the organization.', 'NOT_ALLOWED');
}

/** What an update sets, by column; undefined stays as it is. */
function changesOf(input: UpdateBusinessGoalInput): BusinessGoalChanges {
  const { id: _, version: __, ownerId: ___, parentId, progress, ...changes } = input;
  return { ...changes, parentGoalId: parentId, progressByHand: progress };
}
