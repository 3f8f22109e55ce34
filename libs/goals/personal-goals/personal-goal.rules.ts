import { isDeepStrictEqual } from 'node:util';
import type { EditConflict } from '#graphql';
import type { OwnGoalRow, PersonalGoalRow } from './personal-goal.entity.js';
import type { PersonalGoalMeasureInput, PersonalGoalPayload } from './personal-goal.inputs.js';
import type { MeasureValues } from './personal-goal.model.js';
import type { PersonalGoalOwnerView } from './personal-goal-owner-view.model.js';

/** How many goals a person can have: as many as the file has with which they take them along. */
export const MOST_GOALS = 500;

export const ONLY_OWNER_CHANGES = 'Only the owner of a personal goal can change it.';

/** Null for everybody but the owner, for whom alone the policies return the fields in it. */
export function ownerViewOf(goal: PersonalGoalRow): PersonalGoalOwnerView | null {
  return isOwn(goal) ? { ...goal, goalId: goal.id } : null;
}

function isOwn(goal: PersonalGoalRow): goal is OwnGoalRow {
  return goal.basis === 'OWNER' && goal.version !== null;
}

/** Whether somebody who sees the goal may propose business goals for it. Its owner places them instead. */
export function canPropose({ openToProposals, basis }: PersonalGoalRow): boolean {
  return openToProposals && basis !== 'OWNER';
}

/** Without a current value the measure keeps the one that it has, or begins at `start`. */
export function measureFrom(input: PersonalGoalMeasureInput, stored: MeasureValues | null): MeasureValues {
  const { unit, start, target } = input;
  return { unit, start, current: input.current ?? stored?.current ?? start, target };
}

/** The fields of an edit that differ from what is stored. */
export function changedFields<Stored extends object, Name extends keyof Stored>(
  stored: Stored,
  wanted: { readonly [Field in Name]?: Stored[Field] | undefined },
): Partial<Pick<Stored, Name>> {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && !isDeepStrictEqual(value, stored[name as Name]),
    ),
  ) as Partial<Pick<Stored, Name>>;
}

/** The union member of `UpdatePersonalGoalResult` for the outcome of a versioned edit. */
export function updateResult(
  result: { readonly updated: OwnGoalRow } | { readonly current: OwnGoalRow },
): PersonalGoalPayload | EditConflict {
  return 'current' in result
    ? { __typename: 'EditConflict', current: result.current }
    : { __typename: 'PersonalGoalPayload', personalGoal: result.updated };
}
