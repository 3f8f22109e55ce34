import type {
  BusinessFieldsFragment,
  KeyResultInput,
  UpdateBusinessGoalInput,
} from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import type { Problem } from '../../saving/problem.ts';
import type { Outcome } from '../../saving/useEdit.ts';
import { useSave } from '../../saving/useSave.ts';

/** What the owner of a business goal edits. */
export const BUSINESS_FIELDS = graphql(`
  fragment BusinessFields on BusinessGoal {
    id
    title
    description
    state
    health
    progress
    version
    viewerCanEdit
    viewerCanCheckIn
    owner {
      id
      name
    }
    parent {
      id
      title
    }
    cycle {
      id
      name
      startsOn
    }
    continues {
      id
      title
      cycle {
        id
        name
      }
    }
    continuedBy {
      id
      cycle {
        id
        name
      }
    }
    keyResults {
      id
      title
      unit
      start
      target
      current
      progress
    }
    assignees(first: 100) {
      nodes {
        id
        name
      }
    }
  }
`);

export type BusinessFields = BusinessFieldsFragment;

const UPDATE_BUSINESS_GOAL = graphql(`
  mutation UpdateBusinessGoal($input: UpdateBusinessGoalInput!) {
    updateBusinessGoal(input: $input) {
      ... on BusinessGoalPayload {
        businessGoal {
          id
          ...BusinessFields
        }
      }
      ... on EditConflict {
        current {
          ... on BusinessGoal {
            id
            ...BusinessFields
          }
        }
      }
    }
  }
`);

const SET_KEY_RESULTS = graphql(`
  mutation SetKeyResults($input: SetKeyResultsInput!) {
    setKeyResults(input: $input) {
      ... on BusinessGoalPayload {
        businessGoal {
          id
          ...BusinessFields
        }
      }
      ... on EditConflict {
        current {
          ... on BusinessGoal {
            id
            ...BusinessFields
          }
        }
      }
    }
  }
`);

type Changes = Omit<UpdateBusinessGoalInput, 'id' | 'version'>;
const ATTEMPTS = 3;

/** Edits a business goal. What others changed in other fields in the meantime is no conflict. */
export function useBusinessEdit(goal: BusinessFields): {
  readonly edit: (changes: Changes) => Promise<Outcome>;
  /** @param change makes the list to save from the list that is saved now */
  readonly setKeyResults: (
    change: (list: readonly KeyResultInput[]) => readonly KeyResultInput[],
  ) => Promise<Outcome>;
  readonly isSaving: boolean;
  readonly problem: Problem | undefined;
} {
  const [update, updating] = useSave(UPDATE_BUSINESS_GOAL);
  const [setList, setting] = useSave(SET_KEY_RESULTS);
  return {
    isSaving: updating.isSaving || setting.isSaving,
    problem: updating.problem ?? setting.problem,
    edit: async (changes) => {
      let { version } = goal;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const result = (await update({ input: { id: goal.id, version, ...changes } }))?.updateBusinessGoal;
        if (result == null) return 'failed';
        if (!('current' in result)) return 'saved';
        if (!('id' in result.current)) return 'failed';
        const current = readFragment(BUSINESS_FIELDS, result.current);
        const hasChanged = (['title', 'description', 'state'] as const).some(
          (name) => name in changes && current[name] !== goal[name],
        );
        if (hasChanged) return 'conflict';
        ({ version } = current);
      }
      return 'failed';
    },
    setKeyResults: async (change) => {
      let current = goal;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const list = current.keyResults.map(({ id, title, unit, start, target }) => ({
          id,
          title,
          unit,
          start,
          target,
        }));
        const input = { id: goal.id, version: current.version, keyResults: [...change(list)] };
        const result = (await setList({ input }))?.setKeyResults;
        if (result == null) return 'failed';
        if (!('current' in result)) return 'saved';
        if (!('id' in result.current)) return 'failed';
        current = readFragment(BUSINESS_FIELDS, result.current);
      }
      return 'failed';
    },
  };
}
