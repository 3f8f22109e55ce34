import type { GoalSharingFragment, GoalVisibility, ShareGoalInput } from '../../../graphql/graphql.ts';
import { graphql } from '../../../graphql/index.ts';
import type { Problem } from '../../../saving/problem.ts';
import { useSave } from '../../../saving/useSave.ts';

export const GOAL_SHARING = graphql(`
  fragment GoalSharing on PersonalGoal {
    id
    visibility
    ownerView {
      id
      version
      allShares: shares(first: 100) {
        nodes {
          id
          state
          expiresOn
          includesPast
          activeSince
          with {
            id
            name
          }
        }
      }
    }
  }
`);

const SET_VISIBILITY = graphql(`
  mutation SetVisibility($input: UpdatePersonalGoalInput!) {
    updatePersonalGoal(input: $input) {
      ... on PersonalGoalPayload {
        personalGoal {
          id
          ...GoalReaders
          ...GoalSharing
        }
      }
      ... on EditConflict {
        current {
          ... on PersonalGoal {
            id
            visibility
            ownerView {
              id
              version
            }
          }
        }
      }
    }
  }
`);

const SHARE_GOAL = graphql(`
  mutation ShareGoal($input: ShareGoalInput!) {
    shareGoal(input: $input) {
      personalGoalShare {
        id
        goal {
          id
          ...GoalReaders
          ...GoalSharing
        }
      }
    }
  }
`);

const END_SHARE = graphql(`
  mutation EndShare($input: EndShareInput!) {
    endShare(input: $input) {
      personalGoalShare {
        id
        goal {
          id
          ...GoalReaders
          ...GoalSharing
        }
      }
    }
  }
`);

/** Everybody who could read a goal, before anything is saved. */
export const WHO_WOULD_READ = graphql(`
  query WhoWouldRead($goalId: ID!, $visibility: GoalVisibility!, $personIds: [ID!]!) {
    whoWouldSee(goalId: $goalId, visibility: $visibility, personIds: $personIds) {
      id
      basis
      lastDay
      waits
      person {
        id
        name
      }
    }
  }
`);

export type GoalSharing = GoalSharingFragment;
export type Share = NonNullable<GoalSharing['ownerView']>['allShares']['nodes'][number];
export type Terms = Omit<ShareGoalInput, 'goalId'>;

const ATTEMPTS = 3;

/** Changes who can read a goal. Each function says whether that was saved. */
export function useSharing(goal: GoalSharing): {
  readonly setVisibility: (visibility: GoalVisibility) => Promise<boolean>;
  readonly share: (terms: Terms) => Promise<boolean>;
  readonly end: (shareId: string) => Promise<boolean>;
  readonly isSaving: boolean;
  readonly problem: Problem | undefined;
} {
  const [update, updating] = useSave(SET_VISIBILITY);
  const [share, sharing] = useSave(SHARE_GOAL);
  const [end, ending] = useSave(END_SHARE);
  return {
    setVisibility: async (visibility) => {
      let version = goal.ownerView?.version ?? 0;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const result = (await update({ input: { id: goal.id, version, visibility } }))?.updatePersonalGoal;
        if (result == null) return false;
        if (!('current' in result)) return true;
        // The owner decides who can read it now, whatever else has changed.
        if (!('id' in result.current) || result.current.ownerView == null) return false;
        version = result.current.ownerView.version;
      }
      return false;
    },
    share: async (terms) => (await share({ input: { goalId: goal.id, ...terms } }))?.shareGoal != null,
    end: async (shareId) => (await end({ input: { id: shareId } }))?.endShare != null,
    isSaving: updating.isSaving || sharing.isSaving || ending.isSaving,
    problem: updating.problem ?? sharing.problem ?? ending.problem,
  };
}
