import { graphql } from '../graphql/index.ts';

/** A business goal as part of a personal goal, or proposed to be one. */
export const GOAL_PARTS = graphql(`
  fragment GoalParts on PersonalGoal {
    id
    alignments {
      id
      how
      state
      proposedBy {
        id
        name
      }
      businessGoal {
        id
        title
      }
    }
  }
`);

/** What is part of the goals of a person. What they carry besides is part of nothing yet. */
export const FIT_PLACEMENTS = graphql(`
  fragment FitPlacements on FitMap {
    id
    placements {
      id
      how
      personalGoal {
        id
      }
      businessGoal {
        id
        title
      }
    }
  }
`);

export const PLACE_BUSINESS_GOAL = graphql(`
  mutation PlaceBusinessGoal($input: PlaceBusinessGoalInput!) {
    placeBusinessGoal(input: $input) {
      ... on AlignmentPayload {
        alignment {
          id
          ...PlacedAlignment
        }
      }
      ... on AlreadyPlaced {
        alignment {
          id
          ...PlacedAlignment
        }
      }
    }
  }
`);

/** What a placement changes: the goal, and the map of its owner. */
export const PLACED_ALIGNMENT = graphql(`
  fragment PlacedAlignment on Alignment {
    id
    how
    personalGoal {
      id
      ...GoalParts
      owner {
        id
        fitMap {
          id
          ...FitPlacements
        }
      }
    }
  }
`);

export const UPDATE_ALIGNMENT = graphql(`
  mutation UpdateAlignment($input: UpdateAlignmentInput!) {
    updateAlignment(input: $input) {
      alignment {
        id
        how
      }
    }
  }
`);

export const DELETE_ALIGNMENT = graphql(`
  mutation DeleteAlignment($input: DeleteInput!) {
    deleteAlignment(input: $input) {
      deletedId
    }
  }
`);
