import type { GoalHealth, BusinessGoalState } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';

/** A business goal in the tree of its cycle. */
export const BUSINESS_NODE = graphql(`
  fragment BusinessNode on BusinessGoal {
    id
    title
    state
    health
    progress
    owner {
      id
      name
    }
    parent {
      id
    }
    viewerCanEdit
  }
`);

/** The cycles, latest first. */
export const CYCLES = graphql(`
  query Cycles {
    organization {
      id
      cycles {
        id
        name
        startsOn
        endsOn
      }
    }
  }
`);

export const BUSINESS_GOALS = graphql(`
  query BusinessGoals($cycleId: ID!, $after: String) {
    businessGoals(first: 100, after: $after, cycleId: $cycleId) {
      nodes {
        id
        ...BusinessNode
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export interface Cycle {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The cycle of a day, or the latest that has begun, or the next. */
export function currentCycle(cycles: readonly Cycle[], day: string): Cycle | undefined {
  return (
    cycles.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ??
    cycles.find(({ startsOn }) => startsOn <= day) ??
    cycles.at(-1)
  );
}

/** The words for how a goal stands: its state, or while it is open its health. */
export function wordKeyOf({
  state,
  health,
}: {
  readonly state: BusinessGoalState;
  readonly health?: GoalHealth | null | undefined;
}): `business.state.${BusinessGoalState}` | `business.health.${GoalHealth}` {
  return state === 'OPEN' && health != null ? `business.health.${health}` : `business.state.${state}`;
}
