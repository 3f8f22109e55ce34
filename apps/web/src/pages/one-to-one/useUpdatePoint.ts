import { graphql, readFragment } from '../../graphql/index.ts';
import type { PointFragment, UpdatePointMutation, UpdateTalkingPointInput } from '../../graphql/graphql.ts';
import type { Problem } from '../../saving/problem.ts';
import { useSave } from '../../saving/useSave.ts';
import { POINT } from './point-fragment.ts';

const UPDATE_POINT = graphql(`
  mutation UpdatePoint($input: UpdateTalkingPointInput!) {
    updateTalkingPoint(input: $input) {
      __typename
      ... on TalkingPointPayload {
        talkingPoint {
          id
          ...Point
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on TalkingPoint {
            id
            ...Point
          }
        }
      }
    }
  }
`);

type Change = Pick<UpdateTalkingPointInput, 'text' | 'discussed' | 'standing' | 'fromCustomer'>;

/**
 * Changes a point; the change is shown at once. Where the other participant has changed a different field at the same time, it is saved on
 * top of that. A text that was changed in two places is a conflict.
 *
 * @returns `set` resolves with the current point if its text was changed elsewhere, and with undefined otherwise
 */
export function useUpdatePoint(point: PointFragment): {
  readonly set: (change: Change) => Promise<PointFragment | undefined>;
  readonly isSaving: boolean;
  readonly problem: Problem | undefined;
} {
  const [save, { isSaving, problem }] = useSave(UPDATE_POINT);
  const set = async (change: Change, base: PointFragment = point): Promise<PointFragment | undefined> => {
    const { standing = base.isStanding, ...others } = change;
    const talkingPoint = { ...base, ...others, isStanding: standing };
    const optimistic = { updateTalkingPoint: { __typename: 'TalkingPointPayload', talkingPoint } };
    const saved = await save(
      { input: { id: base.id, version: base.version, ...change } },
      optimistic as unknown as UpdatePointMutation,
    );
    const result = saved?.updateTalkingPoint;
    if (result?.__typename !== 'EditConflict' || result.current.__typename !== 'TalkingPoint')
      return undefined;
    const current = readFragment(POINT, result.current);
    const isOfText = change.text !== undefined && current.text !== base.text;
    return isOfText ? current : set(change, current);
  };
  return { set: (change) => set(change), isSaving, problem };
}
