import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext, RaisedCode, raisedCode } from '#db';
import {
  badInput,
  compareEdit,
  notFound,
  notPermitted,
  type EditConflict,
  type RequestContext,
  type Page,
  type PersonRequest,
} from '#graphql';
import { CycleRepository } from '../cycles/cycle.repository.js';
import type { KeyResultInput, SetKeyResultsInput } from '../key-results/key-result.inputs.js';
import type { KeyResultRow } from '../key-results/key-result.entity.js';
import { KeyResultRepository, type KeyResultValues } from '../key-results/key-result.repository.js';
import { AssigneeRepository } from './assignee.repository.js';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { changedMeanwhile } from './business-goal.errors.js';
import type {
  AssignBusinessGoalInput,
  BusinessGoalsArgs,
  CreateBusinessGoalInput,
  UpdateBusinessGoalInput,
} from './business-goal.inputs.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import type { BusinessGoalPayload } from './business-goal.model.js';
import { BusinessGoalRepository, type BusinessGoalChanges } from './business-goal.repository.js';

type WantedKeyResult = KeyResultValues & { readonly id: string | null };

/** Business goals: anybody makes one and owns it; its owner edits, assigns, hands on and cancels (domain.md). */
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

  /** @throws NOT_FOUND for a cycle, parent or person that is not there; BAD_USER_INPUT */
  async create(ctx: PersonRequest, input: CreateBusinessGoalInput): Promise<BusinessGoalPayload> {
    const { organizationId, personId: ownerId } = ctx.viewer;
    const keyResults = valuesOf(input.keyResults ?? []);
    const id = await this.database.write(ctx, async (em) => {
      await this.assertCycle(em, input.cycleId);
      if (input.parentId) await this.assertParent(em, input.parentId);
      await this.assertHere(em, input.assigneeIds ?? [], 'input.assigneeIds');
      const made = await this.goals.insert(em, {
        organizationId,
        ownerId,
        cycleId: input.cycleId,
        parentGoalId: input.parentId ?? null,
        title: input.title,
        description: input.description ?? null,
        status: input.status ?? 'DRAFT',
      });
      const goal = { id: made, organizationId };
      await this.keyResults.insert(em, goal, keyResults);
      await this.assignees.add(em, goal, input.assigneeIds ?? []);
      return made;
    });
    return this.payload(ctx, id);
  }

  /**
   * Saving what is stored already changes nothing.
   *
   * @returns EditConflict where `version` is not the present one
   * @throws NOT_FOUND for a goal, cycle, parent or person that is not there; NOT_PERMITTED for whoever may not edit it;
   * BAD_USER_INPUT
   */
  async update(
    ctx: PersonRequest,
    input: UpdateBusinessGoalInput,
  ): Promise<BusinessGoalPayload | EditConflict> {
    const outcome = await this.database
      .write(ctx, (em) => this.edit(em, input))
      .catch((error: unknown) => {
        if (raisedCode(error) === RaisedCode.BUSINESS_GOAL_CYCLE) {
          throw badInput('input.parentId', 'is below this goal, which cannot be a part of itself.');
        }
        throw error;
      });
    if (outcome === 'DONE') return this.payload(ctx, input.id);
    const current = await this.loader.byId(ctx).load(input.id);
    if (!current) throw notFound();
    return { __typename: 'EditConflict', current };
  }

  /**
   * Saving the list that is stored already changes nothing.
   *
   * @throws NOT_FOUND, NOT_PERMITTED; CONFLICT where `version` is not the present one; BAD_USER_INPUT
   */
  async setKeyResults(ctx: PersonRequest, input: SetKeyResultsInput): Promise<BusinessGoalPayload> {
    await this.database.write(ctx, async (em) => {
      const goal = await this.lockOwn(em, input.businessGoalId);
      const present = (await this.keyResults.findByGoals(em, [goal.id])).get(goal.id) ?? [];
      const stored = { version: goal.version, keyResults: present.map(storedValues) };
      const comparison = compareEdit(stored, input.version, {
        keyResults: input.keyResults.map((keyResult, position) =>
          wantedValues(keyResult, present[position], present),
        ),
      });
      if (comparison === 'UNCHANGED') return;
      if (comparison === 'OUTDATED') throw changedMeanwhile();
      const values = valuesOf(input.keyResults, present);
      const kept = values.filter((value) => value.id !== null) as (KeyResultValues & { id: string })[];
      await this.keyResults.keepOnly(
        em,
        goal.id,
        kept.map(({ id }) => id),
      );
      await this.keyResults.update(em, goal.id, kept);
      await this.keyResults.insert(
        em,
        goal,
        values.filter((value) => value.id === null),
      );
      await this.goals.update(em, goal.id, goal.version, {});
    });
    return this.payload(ctx, input.businessGoalId);
  }

  /** @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT for somebody who has left */
  async assign(ctx: PersonRequest, input: AssignBusinessGoalInput): Promise<BusinessGoalPayload> {
    await this.database.write(ctx, async (em) => {
      const goal = await this.lockOwn(em, input.id);
      const { addPersonIds, removePersonIds } = input;
      await this.assertHere(em, addPersonIds ?? [], 'input.addPersonIds');
      await this.assignees.remove(em, goal.id, removePersonIds ?? []);
      await this.assignees.add(em, goal, addPersonIds ?? []);
    });
    return this.payload(ctx, input.id);
  }

  private async edit(em: EntityManager, input: UpdateBusinessGoalInput): Promise<'DONE' | 'STALE'> {
    const locked = await this.goals.lock(em, input.id);
    const changes = changesOf(input);
    if (!locked) return this.handOnForLeaver(em, input, changes);
    const comparison = compareEdit(locked, input.version, {
      ...changes,
      ownerId: input.ownerId ?? undefined,
    });
    if (comparison === 'UNCHANGED') return 'DONE';
    if (comparison === 'OUTDATED') return 'STALE';
    if (changes.status === 'DRAFT' && locked.status !== 'DRAFT') {
      throw badInput('input.status', 'cannot be DRAFT again: this goal has been published.');
    }
    if (changes.cycleId) await this.assertCycle(em, changes.cycleId);
    if (changes.parentGoalId && changes.parentGoalId !== locked.parentGoalId) {
      await this.assertParent(em, changes.parentGoalId);
    }
    const onlyHandedOn = compareEdit(locked, input.version, changes) === 'UNCHANGED';
    if (!onlyHandedOn) await this.goals.update(em, locked.id, locked.version, changes);
    if (input.ownerId && input.ownerId !== locked.ownerId) {
      await this.assertHere(em, [input.ownerId], 'input.ownerId');
      const version = onlyHandedOn ? locked.version : locked.version + 1;
      if (!(await this.goals.handOn(em, locked.id, version, input.ownerId))) throw changedMeanwhile();
    }
    return 'DONE';
  }

  /** Nobody but its owner edits a goal; where the owner has left, ORGANIZATION_ADMIN names one. */
  private async handOnForLeaver(
    em: EntityManager,
    { id, version, ownerId }: UpdateBusinessGoalInput,
    changes: BusinessGoalChanges,
  ): Promise<'DONE' | 'STALE'> {
    const seen = await this.goals.findById(em, id);
    if (!seen) throw notFound();
    if (ownerId && Object.keys(changes).length === 0) {
      if (await this.goals.handOn(em, id, version, ownerId)) return 'DONE';
      // Asked for in vain: because of the version, the person, or whoever asks. The last is said first.
      if (await this.goals.mayHandOn(em, id)) {
        await this.assertHere(em, [ownerId], 'input.ownerId');
        return 'STALE';
      }
    }
    // Who handed it on, and may not edit it any more, sends the same edit again.
    if (ownerId && compareEdit(seen, version, { ...changes, ownerId }) === 'UNCHANGED') return 'DONE';
    throw notTheOwner();
  }

  private async lockOwn(em: EntityManager, id: string): Promise<BusinessGoalRow> {
    const locked = await this.goals.lock(em, id);
    if (locked) return locked;
    if (await this.goals.findById(em, id)) throw notTheOwner();
    throw notFound();
  }

  private async assertCycle(em: EntityManager, id: string): Promise<void> {
    const found = await this.cycles.findByIds(em, [id]);
    if (found.length === 0) throw notFound('There is no cycle with this id.');
  }

  private async assertParent(em: EntityManager, id: string): Promise<void> {
    if (!(await this.goals.findById(em, id)))
      throw notFound('There is no business goal with the id in parentId.');
  }

  /** @throws NOT_FOUND for nobody known, BAD_USER_INPUT at `path` for somebody who has left */
  private async assertHere(em: EntityManager, personIds: readonly string[], path: string): Promise<void> {
    if (personIds.length === 0) return;
    const here = await this.assignees.findWhetherHere(em, personIds);
    for (const id of personIds) {
      const works = here.get(id);
      if (works === undefined) throw notFound('There is nobody here with this id.');
      if (!works) throw badInput(path, 'names somebody who no longer works here.');
    }
  }

  private async payload(ctx: RequestContext, id: string): Promise<BusinessGoalPayload> {
    return {
      __typename: 'BusinessGoalPayload',
      businessGoal: await this.loader.byId(ctx).load(id),
    };
  }
}

function notTheOwner(): Error {
  return notPermitted('Only the owner of a business goal changes it.');
}

/** What an edit sets: what was given, and not null where null means that it stays. */
function changesOf(input: UpdateBusinessGoalInput): BusinessGoalChanges {
  return {
    ...(input.title && { title: input.title }),
    ...(input.status && { status: input.status }),
    ...(input.cycleId && { cycleId: input.cycleId }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.parentId !== undefined && { parentGoalId: input.parentId }),
    ...(input.progress !== undefined && { progressByHand: input.progress }),
  };
}

/**
 * Key results as they are to be written, in the order given.
 *
 * @param present those that the goal has
 * @throws NOT_FOUND for the id of a key result that is not among `present`; BAD_USER_INPUT
 */
function valuesOf(
  inputs: readonly KeyResultInput[],
  present: readonly { readonly id: string; readonly current: number }[] = [],
): WantedKeyResult[] {
  const used = new Set<string>();
  return inputs.map(({ id: given, title, unit, start, current, target }, position) => {
    const path = `input.keyResults.${String(position)}`;
    if (start === target) throw badInput(`${path}.target`, 'must be other than the start.');
    const id = given ?? null;
    const before = present.find((one) => one.id === id);
    if (id !== null && !before) throw notFound('There is no such key result of this goal.');
    if (id !== null && used.has(id)) throw badInput(`${path}.id`, 'must name each key result once.');
    if (id !== null) used.add(id);
    return { id, title, unit, start, current: current ?? before?.current ?? start, target, position };
  });
}

/** What the owner writes of a key result, but for its place, which is that in the list. */
type KeyResultWords = Omit<WantedKeyResult, 'position'>;

function storedValues({ id, title, unit, start, current, target }: KeyResultRow): KeyResultWords {
  return { id, title, unit, start, current, target };
}

/** The key result that an entry of a list asks for. One without an id is new, or the one that is stored in its place. */
function wantedValues(
  { id: given, title, unit, start, current, target }: KeyResultInput,
  inPlace: KeyResultRow | undefined,
  present: readonly KeyResultRow[],
): KeyResultWords {
  const id = given ?? inPlace?.id ?? null;
  const before = given == null ? undefined : present.find((one) => one.id === given);
  return { id, title, unit, start, current: current ?? before?.current ?? start, target };
}
