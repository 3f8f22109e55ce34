import { graphql } from '../../../graphql/index.ts';

export const ANSWER_ALIGNMENT = graphql(`
  mutation AnswerAlignment($input: AnswerAlignmentInput!) {
    answerAlignment(input: $input) {
      alignment {
        id
        how
        state
      }
    }
  }
`);

/** What the viewer could place: what they carry, and everything else that is going on. */
export const PLACEABLE = graphql(`
  query Placeable($after: String) {
    viewer {
      id
      person {
        id
        fitMap {
          id
          carried {
            id
            title
          }
        }
      }
    }
    businessGoals(first: 100, after: $after, state: [OPEN]) {
      nodes {
        id
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** As a part of a goal of somebody else, who decides. */
export const PROPOSE = graphql(`
  mutation ProposePart($input: PlaceBusinessGoalInput!) {
    placeBusinessGoal(input: $input) {
      ... on AlignmentPayload {
        alignment {
          id
          state
        }
      }
      ... on AlreadyPlaced {
        alignment {
          id
          state
        }
      }
    }
  }
`);
