import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState, type ReactNode } from 'react';
import { problemOf, type Problem } from '../saving/problem.ts';
import { useWords } from '../words/words.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { QuietButton } from './QuietButton.tsx';

/** Where a list of a query goes on. */
export interface ListEnd {
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null | undefined;
}

interface List<Variables extends OperationVariables> {
  readonly query: TypedDocumentNode<unknown, Variables>;
  /** Of the query as the page has asked it. */
  readonly variables: Variables;
  /** The names of the fields that lead to the connection, as the query names them. */
  readonly path: readonly string[];
  /** The variable for the cursor. */
  readonly cursor?: string;
  /** The fragment that the page shows, if it is not the query; `from` is where its object is in the query. */
  readonly into?: {
    readonly fragment: TypedDocumentNode<unknown, OperationVariables>;
    readonly fragmentName: string;
    readonly id: string;
    readonly from: readonly string[];
  };
}

/** Asks for the next part of a list, and adds it to what the page shows. */
function useNext<Variables extends OperationVariables>({
  query,
  variables,
  path,
  cursor = 'after',
  into,
}: List<Variables>): (after: string) => Promise<void> {
  const client = useApolloClient();
  return async (after) => {
    const next = await client.query({
      query: query,
      variables: { ...variables, [cursor]: after },
      fetchPolicy: 'no-cache',
    });
    if (into !== undefined) {
      const { from, ...object } = into;
      let part = next.data as Part | undefined;
      for (const field of from) part = part?.[field] as Part | undefined;
      client.cache.updateFragment(object, (present) =>
        present == null || part === undefined ? undefined : append(present as Part, part, path),
      );
      return;
    }
    client.cache.updateQuery({ query: query, variables }, (present) =>
      present == null ? undefined : append(present as Part, next.data as Part, path),
    );
  };
}

type Part = Readonly<Record<string, unknown>>;

function append(present: Part, next: Part, [field, ...rest]: readonly string[]): Part {
  if (field === undefined) {
    const nodes = [...(present['nodes'] as readonly unknown[]), ...(next['nodes'] as readonly unknown[])];
    return { ...present, nodes, pageInfo: next['pageInfo'] };
  }
  return { ...present, [field]: append(present[field] as Part, next[field] as Part, rest) };
}

/** Shows a list whole that is sorted, grouped or drawn: asks for its further parts, one after the other, while the first is shown. */
export function useRest<Variables extends OperationVariables>(
  end: ListEnd | undefined,
  list: List<Variables>,
): void {
  const ask = useNext(list);
  const after = end?.hasNextPage === true ? end.endCursor : undefined;
  useEffect(() => {
    if (after == null) return;
    // What is missing is asked for again with the page.
    ask(after).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each part
  }, [after]);
}

/** A button that shows the next part of a list. Renders nothing at its end. */
export function ShowMore<Variables extends OperationVariables>({
  end,
  ...list
}: List<Variables> & { readonly end: ListEnd }): ReactNode {
  const { say } = useWords();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const ask = useNext(list);
  if (!end.hasNextPage) return null;
  const show = async (): Promise<void> => {
    setAsking(true);
    setProblem(undefined);
    try {
      await ask(end.endCursor ?? '');
    } catch (error) {
      setProblem(problemOf(error));
    }
    setAsking(false);
  };
  return (
    <p>
      <QuietButton disabled={isAsking} onClick={() => void show()}>
        {say('pager.more')}
      </QuietButton>
      <ProblemNote problem={problem} />
    </p>
  );
}
