import { graphql } from '../../graphql/index.ts';
import type { AddTalkingPointInput } from '../../graphql/graphql.ts';
import type { Problem } from '../../saving/problem.ts';
import { useSave } from '../../saving/useSave.ts';

const ADD_POINT = graphql(`
  mutation AddPoint($input: AddTalkingPointInput!) {
    addTalkingPoint(input: $input) {
      talkingPoint {
        id
        ...Point
      }
    }
  }
`);

/** Adds a point at the end of an agenda. */
export function useAddPoint(conversationId: string): {
  /** Resolves with the id of the point, or with undefined if it was not saved. */
  readonly add: (point: Omit<AddTalkingPointInput, 'target'>) => Promise<string | undefined>;
  readonly isSaving: boolean;
  /** Whether it is kept on this device until there is a connection. */
  readonly isWaiting: boolean;
  readonly problem: Problem | undefined;
} {
  const [save, { isSaving, isWaiting, problem }] = useSave(ADD_POINT, {
    update: (cache, { data }) => {
      const id = data?.addTalkingPoint?.talkingPoint.id;
      if (id === undefined) return;
      const reference = `TalkingPoint:${id}`;
      cache.modify<{ talkingPoints: readonly { __ref: string }[] }>({
        id: `Conversation:${conversationId}`,
        fields: {
          // The event of the subscription may have come first.
          talkingPoints: (present) =>
            (present as { __ref: string }[]).some(({ __ref }) => __ref === reference)
              ? present
              : ([...(present as { __ref: string }[]), { __ref: reference }] as never),
        },
      });
    },
  });
  return {
    add: async (point) => {
      const saved = await save({ input: { ...point, target: { conversationId } } });
      return saved?.addTalkingPoint?.talkingPoint.id;
    },
    isSaving,
    isWaiting,
    problem,
  };
}
