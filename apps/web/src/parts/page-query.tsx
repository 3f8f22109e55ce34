import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useSuspenseQuery } from '@apollo/client/react';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';

interface Attempts {
  readonly attempt: number;
  readonly tryAgain: () => void;
}

const AttemptsContext = createContext<Attempts>({ attempt: 0, tryAgain: () => undefined });

/** Counts how often a person has asked to try again: Apollo keeps a failed query by its key. */
export function AttemptsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [attempt, setAttempt] = useState(0);
  const value = useMemo(
    () => ({
      attempt,
      tryAgain: () => {
        setAttempt((before) => before + 1);
      },
    }),
    [attempt],
  );
  return <AttemptsContext value={value}>{children}</AttemptsContext>;
}

/** Asks for what has failed again. */
export function useTryAgain(): () => void {
  return use(AttemptsContext).tryAgain;
}

/**
 * The query of a page. What the cache knows is shown at once, and then agrees with the service; a failure is shown by `Trouble`.
 *
 * @param options.once asks the service only for what the cache does not know
 */
export function usePageQuery<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: { readonly once?: boolean } = {},
): Data {
  const { attempt } = use(AttemptsContext);
  const { data } = useSuspenseQuery(query as TypedDocumentNode<unknown>, {
    variables,
    fetchPolicy: options.once === true ? 'cache-first' : 'cache-and-network',
    queryKey: [attempt],
  });
  return data as Data;
}
