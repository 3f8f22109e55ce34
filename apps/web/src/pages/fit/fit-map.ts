import type { FitQuery } from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import { FIT_PLACEMENTS } from '../../parts/alignments.ts';

export const FIT = graphql(`
  query Fit($after: String) {
    viewer {
      id
      person {
        id
        fitMap {
          id
          ...FitPlacements
          carried {
            id
            title
          }
        }
        personalGoals(first: 100, after: $after) {
          nodes {
            id
            title
            status
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

/** A business goal, in a personal goal or in none. */
export interface Disc {
  readonly businessGoalId: string;
  readonly title: string;
  /** Undefined in the tray. */
  readonly placement?: {
    readonly id: string;
    readonly goalId: string;
    readonly how: string | undefined;
  };
}

export interface LifeGoal {
  readonly id: string;
  readonly title: string;
  readonly discs: readonly Disc[];
}

/** The goals that the viewer pursues, with what is part of them, and what they carry that is part of nothing yet. */
export function readFitMap(data: FitQuery): {
  readonly goals: readonly LifeGoal[];
  readonly tray: readonly Disc[];
} {
  if (data.viewer == null) return { goals: [], tray: [] };
  const { fitMap, personalGoals } = data.viewer.person;
  const discs = readFragment(FIT_PLACEMENTS, fitMap).placements.flatMap(
    ({ id, how, personalGoal, businessGoal }) =>
      businessGoal == null
        ? []
        : [
            {
              businessGoalId: businessGoal.id,
              title: businessGoal.title,
              placement: { id, goalId: personalGoal.id, how: how ?? undefined },
            },
          ],
  );
  const goals = personalGoals.nodes
    .map(({ id, title, status }) => ({
      id,
      title,
      isPursued: status === 'ACTIVE' || status === 'RESTING',
      discs: discs.filter(({ placement }) => placement.goalId === id),
    }))
    .filter(({ isPursued, discs: inside }) => isPursued || inside.length > 0);
  const placed = new Set(discs.map(({ businessGoalId }) => businessGoalId));
  const tray = (fitMap.carried ?? [])
    .filter(({ id }) => !placed.has(id))
    .map(({ id, title }) => ({ businessGoalId: id, title }));
  return { goals, tray };
}
