import type {
  ApolloCache,
  MutationUpdaterFunction,
  OperationVariables,
  TypedDocumentNode,
} from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { use, useEffect, useRef, useState } from 'react';
import { QueueContext } from './QueueContext.ts';
import { problemOf, type Problem } from './problem.ts';

export interface Saving {
  readonly isSaving: boolean;
  /** Whether it is kept on this device and waits for the connection, or for a service that is busy. */
  readonly isWaiting: boolean;
  /** Why the last attempt was not saved. `ProblemNote` shows it (parts/ProblemNote.tsx). */
  readonly problem: Problem | undefined;
  readonly clear: () => void;
}

export interface SaveOptions<Data, Variables extends OperationVariables> {
  readonly update?: MutationUpdaterFunction<Data, Variables, ApolloCache>;
  /**
   * Sends it at once and once, without a key, and keeps nothing on the device: for mutations that accept no Idempotency-Key, such as those
   * of passwords and links and those that nothing may connect with the person.
   */
  readonly keyless?: boolean;
  /** The names of queries that are asked for again once it is saved. */
  readonly refetch?: readonly string[];
}

/**
 * A mutation that is kept on the device until it is answered, and sent with an `Idempotency-Key` when its turn comes (queue.ts): without a
 * connection it waits, also across a reload.
 *
 * @returns a function that resolves with what the service answered, or with undefined if it was not saved: `problem` says why. Its second
 * argument is what the answer will probably be, which the page shows until then.
 */
export function useSave<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { update, keyless = false, refetch }: SaveOptions<Data, Variables> = {},
): readonly [(variables: Variables, optimistic?: Data) => Promise<Data | undefined>, Saving] {
  const queue = use(QueueContext);
  const [mutate] = useMutation(document as TypedDocumentNode<unknown>);
  const [saving, setSaving] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const save = async (variables: Variables, optimistic?: Data): Promise<Data | undefined> => {
    setProblem(undefined);
    setSaving((count) => count + 1);
    try {
      if (keyless) {
        const { data } = await mutate({
          variables,
          ...(update && { update: update as never }),
          ...(refetch && { refetchQueries: [...refetch] }),
        });
        return data as Data;
      }
      return await queue.send({
        document,
        variables,
        update,
        refetch,
        optimistic,
        setWaiting,
        isShown: () => isMounted.current,
      });
    } catch (error) {
      setProblem(problemOf(error));
      return undefined;
    } finally {
      setSaving((count) => count - 1);
    }
  };
  const clear = (): void => {
    setProblem(undefined);
  };
  return [save, { isSaving: saving > 0, isWaiting, problem, clear }];
}
