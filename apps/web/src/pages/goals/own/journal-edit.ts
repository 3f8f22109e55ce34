import { graphql } from '../../../graphql/index.ts';

export const JOURNAL_ENTRY = graphql(`
  fragment JournalEntry on PersonalGoalUpdate {
    id
    at
    text
    measuredValue
  }
`);

export const GOAL_JOURNAL = graphql(`
  fragment GoalJournal on PersonalGoal {
    id
    measure {
      id
      current
      start
      target
      unit
    }
    updates(first: 50) {
      nodes {
        id
        ...JournalEntry
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ADD_ENTRY = graphql(`
  mutation AddEntry($input: AddPersonalGoalUpdateInput!) {
    addPersonalGoalUpdate(input: $input) {
      personalGoal {
        id
        ...GoalJournal
        latest: updates(first: 1) {
          nodes {
            id
            at
          }
        }
      }
    }
  }
`);

export const CHANGE_ENTRY = graphql(`
  mutation ChangeEntry($input: UpdatePersonalGoalUpdateInput!) {
    updatePersonalGoalUpdate(input: $input) {
      personalGoalUpdate {
        id
        ...JournalEntry
      }
      personalGoal {
        id
        ...GoalJournal
        latest: updates(first: 1) {
          nodes {
            id
            at
          }
        }
      }
    }
  }
`);

export const DELETE_ENTRY = graphql(`
  mutation DeleteEntry($input: DeleteInput!) {
    deletePersonalGoalUpdate(input: $input) {
      deletedId
    }
  }
`);

/** A page of a journal before the one that came with the goal. */
export const EARLIER_ENTRIES = graphql(`
  query EarlierEntries($id: ID!, $after: String!) {
    personalGoal(id: $id) {
      id
      updates(first: 50, after: $after) {
        nodes {
          id
          ...JournalEntry
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** What is typed about an entry beside its text. */
export interface EntryValues {
  /** A day, as 2026-03-04. */
  readonly day: string;
  /** The measured value as it is typed. Empty for none. */
  readonly value: string;
}

/** A moment on a day: noon, by the clock of the reader, so that it is the same day in nearly every zone. */
export const momentOf = (day: string): string => new Date(`${day}T12:00`).toISOString();
