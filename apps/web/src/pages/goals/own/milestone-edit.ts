import type { GoalMilestonesFragment, MilestoneInput } from '../../../graphql/graphql.ts';
import { graphql, readFragment } from '../../../graphql/index.ts';
import type { Outcome } from '../../../saving/useEdit.ts';
import { useSave, type Saving } from '../../../saving/useSave.ts';

export const GOAL_MILESTONES = graphql(`
  fragment GoalMilestones on PersonalGoal {
    id
    milestones {
      id
      title
      reachedOn
    }
    ownerView {
      id
      version
    }
  }
`);

const SET_MILESTONES = graphql(`
  mutation SetMilestones($input: SetMilestonesInput!) {
    setMilestones(input: $input) {
      ... on PersonalGoalPayload {
        personalGoal {
          id
          ...GoalMilestones
        }
      }
      ... on EditConflict {
        current {
          ... on PersonalGoal {
            id
            ...GoalMilestones
          }
        }
      }
    }
  }
`);

const REACH_MILESTONE = graphql(`
  mutation ReachMilestone($input: ReachMilestoneInput!) {
    reachMilestone(input: $input) {
      personalGoal {
        id
        ...GoalMilestones
      }
    }
  }
`);

export type GoalMilestones = GoalMilestonesFragment;
export type Milestone = GoalMilestones['milestones'][number];
/** A change of the list of milestones, which can be made to a newer list too. */
export type ListChange = (list: readonly MilestoneInput[]) => readonly MilestoneInput[];

export const addMilestone =
  (title: string): ListChange =>
  (list) => [...list, { title }];

export const renameMilestone =
  (id: string, title: string): ListChange =>
  (list) =>
    list.map((one) => (one.id === id ? { id, title } : one));

export const removeMilestone =
  (id: string): ListChange =>
  (list) =>
    list.filter((one) => one.id !== id);

export const moveMilestone =
  (id: string, by: -1 | 1): ListChange =>
  (list) => {
    const from = list.findIndex((one) => one.id === id);
    const moved = list[from];
    if (moved === undefined) return list;
    const others = list.filter((one) => one !== moved);
    return [...others.slice(0, from + by), moved, ...others.slice(from + by)];
  };

const ATTEMPTS = 3;

/** Changes the milestones of a goal. A list that has changed in the meantime gets the same change. */
export function useMilestones(goal: GoalMilestones): {
  /** @param isFit whether the change still makes sense for milestones that have changed in the meantime */
  readonly change: (
    change: ListChange,
    isFit?: (milestones: readonly Milestone[]) => boolean,
  ) => Promise<Outcome>;
  /** Null for the day marks it as not reached; without a day it is reached today. */
  readonly reach: (id: string, reachedOn?: string | null) => Promise<boolean>;
  readonly saving: Saving;
  readonly reaching: Saving;
} {
  const [save, saving] = useSave(SET_MILESTONES);
  const [reachOne, reaching] = useSave(REACH_MILESTONE);
  return {
    change: async (change, isFit) => {
      let current = goal;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const milestones = change(current.milestones.map(({ id, title }) => ({ id, title })));
        const input = { id: goal.id, version: current.ownerView?.version ?? 0, milestones: [...milestones] };
        const result = (await save({ input }))?.setMilestones;
        if (result == null) return 'failed';
        if (!('current' in result)) return 'saved';
        if (!('id' in result.current)) return 'failed';
        current = readFragment(GOAL_MILESTONES, result.current);
        if (isFit?.(current.milestones) === false) return 'conflict';
      }
      return 'failed';
    },
    reach: async (id, reachedOn) =>
      (await reachOne({ input: { id, ...(reachedOn !== undefined && { reachedOn }) } }))?.reachMilestone !=
      null,
    saving,
    reaching,
  };
}
