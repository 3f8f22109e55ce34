import { graphql } from '../../graphql/index.ts';

/** Horizons in the order of the columns, and statuses in the order in which they are offered. */
export const HORIZONS = ['THIS_YEAR', 'FEW_YEARS', 'DECADE', 'LIFE', 'NONE'] as const;
export const STATUSES = ['ACTIVE', 'RESTING', 'ACHIEVED', 'SET_ASIDE'] as const;

/** The viewer's own goals: reading them is nobody's look. */
export const MY_GOALS = graphql(`
  query MyGoals($after: String) {
    viewer {
      id
      person {
        id
        personalGoals(first: 100, after: $after) {
          nodes {
            id
            ...GoalCard
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

/** How the list goes on after its first hundred (parts/rest.tsx). */
export const MY_GOALS_REST = { query: MY_GOALS, variables: {}, path: ['viewer', 'person', 'personalGoals'] };
