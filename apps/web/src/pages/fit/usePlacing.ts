import { useState } from 'react';
import { readFragment } from '../../graphql/index.ts';
import { DELETE_ALIGNMENT, PLACE_BUSINESS_GOAL, PLACED_ALIGNMENT } from '../../parts/alignments.ts';
import { evict } from '../../saving/evict.ts';
import type { Problem } from '../../saving/problem.ts';
import { useSave } from '../../saving/useSave.ts';
import type { Disc, LifeGoal } from './fit-map.ts';

/** What was done last, to say it and to take it back. */
export interface Done {
  readonly disc: Disc;
  /** The goal that the disc is in now. Undefined for none. */
  readonly into?: LifeGoal | undefined;
  /** The placement that this made. */
  readonly placementId?: string | undefined;
}

export interface Placing {
  readonly done: Done | undefined;
  readonly isSaving: boolean;
  readonly problem: Problem | undefined;
  /** Makes a disc part of a goal; from another goal it moves, with the words about how it serves. */
  readonly move: (disc: Disc, into: LifeGoal) => Promise<void>;
  /** Makes a disc part of one more goal. */
  readonly add: (disc: Disc, into: LifeGoal) => Promise<void>;
  readonly takeOut: (disc: Disc) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly forget: () => void;
}

export function usePlacing(): Placing {
  const [done, setDone] = useState<Done>();
  const [place, placing] = useSave(PLACE_BUSINESS_GOAL);
  const [remove, removing] = useSave(DELETE_ALIGNMENT, {
    update: (cache, { data }) => {
      evict(cache, 'Alignment', data?.deleteAlignment);
    },
  });
  /** @returns the id of the placement, or undefined if it was not saved */
  const put = async ({ businessGoalId, placement }: Disc, goalId: string): Promise<string | undefined> => {
    const input = { businessGoalId, personalGoalId: goalId, how: placement?.how ?? null };
    const placed = (await place({ input }))?.placeBusinessGoal;
    return placed == null ? undefined : readFragment(PLACED_ALIGNMENT, placed.alignment).id;
  };
  const take = async (placementId: string): Promise<boolean> =>
    (await remove({ input: { id: placementId } }))?.deleteAlignment != null;
  const withoutHow = ({ businessGoalId, title }: Disc): Disc => ({ businessGoalId, title });

  return {
    done,
    isSaving: placing.isSaving || removing.isSaving,
    problem: placing.problem ?? removing.problem,
    move: async (disc, into) => {
      if (disc.placement?.goalId === into.id) return;
      const placementId = await put(disc, into.id);
      if (placementId === undefined) return;
      setDone({ disc, into, placementId });
      if (disc.placement !== undefined) await take(disc.placement.id);
    },
    add: async (disc, into) => {
      const placementId = await put(withoutHow(disc), into.id);
      if (placementId !== undefined) setDone({ disc: withoutHow(disc), into, placementId });
    },
    takeOut: async (disc) => {
      if (disc.placement !== undefined && (await take(disc.placement.id))) setDone({ disc });
    },
    undo: async () => {
      if (done === undefined) return;
      const { disc, placementId } = done;
      if (disc.placement !== undefined && (await put(disc, disc.placement.goalId)) === undefined) return;
      if (placementId !== undefined && !(await take(placementId))) return;
      setDone(undefined);
    },
    forget: () => {
      setDone(undefined);
    },
  };
}
