import { graphql } from '../../graphql/index.ts';

/** A line of the agenda, without the goal that it is about: reading that can be recorded (usePreparation.ts). */
export const POINT = graphql(`
  fragment Point on TalkingPoint {
    id
    text
    version
    draft
    discussed
    isStanding: standing
    fromCustomer
    timesCarried
    author {
      id
    }
  }
`);
