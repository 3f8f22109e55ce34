import type { GoalFieldsFragment, UpdatePersonalGoalInput } from '../../../graphql/graphql.ts';
import { graphql, readFragment } from '../../../graphql/index.ts';
import type { Outcome } from '../../../saving/useEdit.ts';
import { useSave, type Saving } from '../../../saving/useSave.ts';

/** What the owner of a goal edits field by field. */
export const GOAL_FIELDS = graphql(`
  fragment GoalFields on PersonalGoal {
    id
    title
    why
    horizon
    status
    targetOn
    visibility
    openToProposals
    measure {
      id
      current
      start
      target
      unit
    }
    ownerView {
      id
      area
      version
    }
  }
`);

const UPDATE_GOAL = graphql(`
  mutation UpdateGoal($input: UpdatePersonalGoalInput!) {
    updatePersonalGoal(input: $input) {
      ... on PersonalGoalPayload {
        personalGoal {
          id
          ...GoalFields
        }
      }
      ... on EditConflict {
        current {
          ... on PersonalGoal {
            id
            ...GoalFields
          }
        }
      }
    }
  }
`);

export type GoalFields = GoalFieldsFragment;
export type GoalChanges = Omit<UpdatePersonalGoalInput, 'id' | 'version'>;

/** How often an edit is tried while other edits of the same goal come first. */
const ATTEMPTS = 3;

/**
 * Edits fields of a goal. An edit of another field in the meantime is no conflict: then it is sent again, based on the newer version.
 *
 * @returns a function that says what became of the edit
 */
export function useGoalEdit(goal: GoalFields): readonly [(changes: GoalChanges) => Promise<Outcome>, Saving] {
  const [save, saving] = useSave(UPDATE_GOAL);
  const edit = async (changes: GoalChanges): Promise<Outcome> => {
    let version = goal.ownerView?.version ?? 0;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const result = (await save({ input: { id: goal.id, version, ...changes } }))?.updatePersonalGoal;
      if (result == null) return 'failed';
      if (!('current' in result)) return 'saved';
      const current = 'id' in result.current ? readFragment(GOAL_FIELDS, result.current) : undefined;
      if (current?.ownerView == null) return 'failed';
      if (haveChanged(Object.keys(changes), goal, current)) return 'conflict';
      version = current.ownerView.version;
    }
    return 'failed';
  };
  return [edit, saving];
}

function haveChanged(names: readonly string[], before: GoalFields, after: GoalFields): boolean {
  const valueOf = (goal: GoalFields, name: string): string =>
    JSON.stringify(name === 'area' ? goal.ownerView?.area : goal[name as keyof GoalFields]);
  return names.some((name) => valueOf(before, name) !== valueOf(after, name));
}
