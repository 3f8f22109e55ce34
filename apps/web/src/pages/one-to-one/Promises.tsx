import type { TypedDocumentNode } from '@apollo/client';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { hasPassed } from '../../parts/dates.ts';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { AddPromise } from './AddPromise.tsx';
import type { Pair } from './pair.ts';
import classes from './Promises.module.css';
import { PROMISE_LINE } from './promise-fragment.ts';
import { PromiseLine } from './PromiseLine.tsx';

const PAIR_PROMISES = graphql(`
  fragment PairPromises on OneToOne {
    id
    actionItems(first: 100, after: $promisesAfter, standing: [OPEN, LATE]) {
      nodes {
        id
        ...PromiseLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** How long a closed promise stays in the list, to take that back. */
const REOPEN_MINUTES = 10;

/** What each of the two has promised the other and is still open, side by side. The earliest due first. */
export function Promises({
  page,
  oneToOne,
  pair,
  conversationId,
  isOpen,
}: {
  /** The query of the page. */
  readonly page: TypedDocumentNode<unknown, { personId: string }>;
  readonly oneToOne: FragmentType<typeof PAIR_PROMISES>;
  readonly pair: Pair;
  /** The planned conversation, in which new ones are made. */
  readonly conversationId: string | undefined;
  readonly isOpen: boolean;
}): ReactNode {
  const { say } = useWords();
  const { nodes, pageInfo } = readFragment(PAIR_PROMISES, oneToOne).actionItems;
  const { viewerId, counterpart } = pair;
  useRest(pageInfo, {
    query: page,
    variables: { personId: counterpart.id },
    path: ['person', 'oneToOne', 'actionItems'],
    cursor: 'promisesAfter',
  });
  const columns = [
    { owner: viewerId, title: say('promises.mine'), empty: say('promises.noneMine') },
    {
      owner: counterpart.id,
      title: say('promises.theirs', { name: counterpart.name }),
      empty: say('promises.noneTheirs', { name: counterpart.name }),
    },
  ];
  const items = readFragment(PROMISE_LINE, nodes)
    .map((item, at) => ({ item, reference: nodes[at] }))
    .filter(({ item }) => item.closedAt == null || !hasPassed(item.closedAt, REOPEN_MINUTES))
    .sort((one, other) => (one.item.dueOn ?? '9999').localeCompare(other.item.dueOn ?? '9999'));
  if (!isOpen && items.length === 0) return null;
  return (
    <section aria-labelledby="promises" className={classes['promises']}>
      <h2 id="promises" className={classes['title']}>
        {say('promises.title')}
      </h2>
      <div className={classes['columns']}>
        {columns.map(({ owner, title, empty }) => {
          const own = items.filter(({ item }) => item.owner.id === owner);
          return (
            <div key={owner} className={classes['column']}>
              <h3 className={classes['soft']}>{title}</h3>
              {own.length === 0 && <p className={classes['soft']}>{empty}</p>}
              <ul>
                {own.map(
                  ({ item, reference }) =>
                    reference !== undefined && (
                      <PromiseLine key={item.id} item={reference} viewerId={viewerId} isOpen={isOpen} />
                    ),
                )}
              </ul>
              {isOpen && (
                <AddPromise
                  ownerId={owner}
                  isMine={owner === viewerId}
                  pair={pair}
                  conversationId={conversationId}
                />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
