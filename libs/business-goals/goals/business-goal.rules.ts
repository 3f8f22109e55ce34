import type { EntityManager } from 'typeorm';
import type { ViewerContext } from '#db';
import { notFound, notPermitted, type EditConflict, type RequestContext } from '#graphql';
import type { BusinessGoalRow } from './business-goal.entity.js';
import type { BusinessGoalLoader } from './business-goal.loader.js';
import type { BusinessGoalState } from './business-goal.model.js';
import type { BusinessGoalRepository } from './business-goal.repository.js';

/** Whether the viewer can edit this goal, which they can see: its owner alone. The policies decide; this tells clients beforehand. */
export function isOwner({ viewer }: RequestContext | ViewerContext, goal: BusinessGoalRow): boolean {
  return viewer !== null && goal.ownerId === viewer.personId;
}

/** Whether a goal in this state takes check-ins. */
export function takesCheckIns(state: BusinessGoalState): boolean {
  return state === 'OPEN';
}

/** Whether a goal in this state can be continued in a later cycle. */
export function isUnfinished(state: BusinessGoalState): boolean {
  return state === 'OPEN' || state === 'MISSED';
}

/**
 * Locks a goal for its owner.
 *
 * @throws NOT_FOUND for a goal that the viewer cannot see, NOT_PERMITTED for one that they can see and do not own
 */
export async function lockOwnGoal(
  goals: BusinessGoalRepository,
  em: EntityManager,
  id: string,
): Promise<BusinessGoalRow> {
  const locked = await goals.lock(em, id);
  if (locked) return locked;
  if (await goals.findById(em, id)) throw onlyOwnerCanEdit();
  throw notFound();
}

export function onlyOwnerCanEdit(): Error {
  return notPermitted('Only the owner of a business goal can change it.');
}

/** The answer to an edit that is based on an outdated version. @throws NOT_FOUND where the goal was deleted meanwhile */
export async function editConflict(
  ctx: RequestContext,
  loader: BusinessGoalLoader,
  id: string,
): Promise<EditConflict> {
  const current = await loader.byId(ctx).load(id);
  if (!current) throw notFound();
  return { __typename: 'EditConflict', current };
}
