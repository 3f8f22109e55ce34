import { graphql } from '../../graphql/index.ts';

export const PROMISE_LINE = graphql(`
  fragment PromiseLine on ActionItem {
    id
    text
    version
    dueOn
    standing
    state
    closedAt
    renegotiated
    viewerCanMoveDueDate
    viewerCanRefuse
    owner {
      id
    }
    author {
      id
    }
  }
`);
