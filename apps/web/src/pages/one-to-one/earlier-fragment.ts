import { graphql } from '../../graphql/index.ts';

/** A line of the list of earlier conversations: when it was, and how much was written in it. */
export const EARLIER_LINE = graphql(`
  fragment EarlierLine on Conversation {
    id
    status
    scheduledAt
    heldAt
    offTheRecord
    talkingPoints {
      id
    }
    actionItems {
      id
    }
    sharedNotes {
      id
      text
    }
    privateNotes {
      id
      text
    }
  }
`);

/** The first page of the list. Every change of what is in it asks for this, so that the list follows. */
export const EARLIER_LIST = graphql(`
  fragment EarlierList on OneToOne {
    id
    conversations(first: 10, status: [HELD, SKIPPED, CANCELLED]) {
      nodes {
        id
        ...EarlierLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
