import { graphql } from '../../graphql/index.ts';

/** Horizons in the order of the columns, and statuses in the order in which they are offered. */
export const HORIZONS = ['THIS_YEAR', 'FEW_YEARS', 'DECADE', 'LIFE', 'NONE'] as const;
export const STATUSES = ['ACTIVE', 'RESTING', 'ACHIEVED', 'SET_ASIDE'] as const;

/** The viewer's own goals: reading them is nobody's look. */
export const MY_GOALS = graphql(`
  query MyGoals {
    viewer {
      id
      person {
        id
        personalGoals(first: 100) {
          nodes {
            id
            ...GoalCard
          }
        }
      }
    }
  }
`);
