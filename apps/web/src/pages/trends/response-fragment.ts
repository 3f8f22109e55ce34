import { graphql } from '../../graphql/index.ts';

export const RESPONSE = graphql(`
  fragment Response on TrendResponse {
    id
    version
    text
    dueOn
    state
    outcome
    metric
    tree
    by {
      id
      name
    }
    group {
      key
      label
    }
  }
`);
