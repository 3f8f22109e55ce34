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
  query Placeable {
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
    businessGoals(first: 100, state: [OPEN]) {
      nodes {
        id
        title
      }
    }
  }
`);
