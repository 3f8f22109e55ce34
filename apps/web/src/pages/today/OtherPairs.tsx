import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './QuietLines.module.css';

const OTHER_PAIRS = graphql(`
  fragment OtherPairs on Viewer {
    id
    person {
      id
    }
    oneToOnes(first: 100, after: $pairsAfter) {
      nodes {
        id
        state
        startedBy {
          id
        }
        counterpart {
          id
          name
        }
        next {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** One-to-ones that no conversation leads to: those that somebody proposes to the viewer, and those without a date. */
export function OtherPairs({
  page,
  viewer: reference,
}: {
  /** The query of the page. */
  readonly page: TypedDocumentNode<unknown, OperationVariables>;
  readonly viewer: FragmentType<typeof OTHER_PAIRS>;
}): ReactNode {
  const { say } = useWords();
  const { person, oneToOnes } = readFragment(OTHER_PAIRS, reference);
  useRest(oneToOnes.pageInfo, {
    query: page,
    variables: {},
    path: ['viewer', 'oneToOnes'],
    cursor: 'pairsAfter',
  });
  const proposed = oneToOnes.nodes.filter(
    ({ state, startedBy }) => state === 'INVITED' && startedBy.id !== person.id,
  );
  const unplanned = oneToOnes.nodes.filter(({ state, next }) => state === 'OPEN' && next == null);
  return (
    <>
      {proposed.length > 0 && (
        <ul className={classes['lines']}>
          {proposed.map(({ id, counterpart }) => (
            <li key={id}>
              <Link to="/with/$personId" params={{ personId: counterpart.id }}>
                {say('today.asksYou', { name: counterpart.name })}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {unplanned.length > 0 && (
        <section className={classes['lines']} aria-labelledby="unplanned">
          <h2 id="unplanned" className={classes['title']}>
            {say('today.unplanned')}
          </h2>
          <ul className={classes['row']}>
            {unplanned.map(({ id, counterpart }) => (
              <li key={id}>
                <Link to="/with/$personId" params={{ personId: counterpart.id }}>
                  {counterpart.name}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
