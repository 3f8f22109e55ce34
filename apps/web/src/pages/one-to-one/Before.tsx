import { skipToken, useQuery } from '@apollo/client/react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { TextField } from '../../parts/TextField.tsx';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useWords, type Key } from '../../words/words.tsx';
import classes from './Before.module.css';
import { EarlierConversation } from './EarlierConversation.tsx';
import type { Pair } from './pair.ts';

const EARLIER = graphql(`
  query EarlierConversations($id: ID!, $after: String) {
    oneToOne(id: $id) {
      id
      conversations(first: 10, after: $after, status: [HELD, SKIPPED, CANCELLED]) {
        nodes {
          id
          status
          scheduledAt
          heldAt
          offTheRecord
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const SEARCH = graphql(`
  query SearchConversations($id: ID!, $text: String!) {
    oneToOne(id: $id) {
      id
      search(first: 20, text: $text) {
        nodes {
          id
          status
          scheduledAt
          heldAt
          offTheRecord
        }
      }
    }
  }
`);

interface Earlier {
  readonly id: string;
  readonly status: 'HELD' | 'SKIPPED' | 'CANCELLED' | 'PLANNED';
  readonly scheduledAt: string;
  readonly heldAt?: string | null | undefined;
  readonly offTheRecord: boolean;
}

/** The conversations before. One that is opened opens in its place in the list. */
export function Before({ pair }: { readonly pair: Pair }): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const { data, loading, fetchMore } = useQuery(EARLIER, { variables: { id: pair.oneToOneId } });
  const search = useQuery(
    SEARCH,
    wanted === '' ? skipToken : { variables: { id: pair.oneToOneId, text: wanted } },
  );
  const list = data?.oneToOne?.conversations;
  const found = (search.data ?? search.previousData)?.oneToOne?.search.nodes;
  const shown: readonly Earlier[] = (wanted === '' ? list?.nodes : found) ?? [];
  const isEmpty = !loading && list?.nodes.length === 0;
  if (isEmpty) return null;
  return (
    <section aria-labelledby="before" className={classes['before']}>
      <div className={classes['head']}>
        <h2 id="before" className={classes['title']}>
          {say('before.title')}
        </h2>
        <TextField
          className={classes['search'] ?? ''}
          type="search"
          isHidden
          label={say('before.search')}
          placeholder={say('before.search')}
          maxLength={200}
          value={text}
          change={setText}
        />
      </div>
      <p role="status" className={classes['soft']}>
        {wanted !== '' && !search.loading && say('before.found', { count: shown.length })}
      </p>
      <ul>
        {shown.map((one) => (
          <Entry key={one.id} conversation={one} pair={pair} wanted={wanted} />
        ))}
      </ul>
      {wanted === '' && list?.pageInfo.hasNextPage === true && (
        <p>
          <QuietButton
            onClick={() =>
              void fetchMore({
                variables: { after: list.pageInfo.endCursor },
                updateQuery: (before, { fetchMoreResult: more }) =>
                  before.oneToOne == null || more.oneToOne == null
                    ? before
                    : {
                        ...more,
                        oneToOne: {
                          ...more.oneToOne,
                          conversations: {
                            ...more.oneToOne.conversations,
                            nodes: [
                              ...before.oneToOne.conversations.nodes,
                              ...more.oneToOne.conversations.nodes,
                            ],
                          },
                        },
                      },
              })
            }
          >
            {say('before.more')}
          </QuietButton>
        </p>
      )}
    </section>
  );
}

const STATUS = {
  HELD: 'before.held',
  SKIPPED: 'before.skipped',
  CANCELLED: 'before.cancelled',
  PLANNED: 'before.planned',
} as const satisfies Record<Earlier['status'], Key>;

function Entry({
  conversation: { id, status, scheduledAt, heldAt, offTheRecord },
  pair,
  wanted,
}: {
  readonly conversation: Earlier;
  readonly pair: Pair;
  readonly wanted: string;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const at = heldAt ?? scheduledAt;
  return (
    <li className={classes['entry']}>
      <button
        type="button"
        className={classes['open']}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Moment at={at}>{dates.day(at)}</Moment>
        {(status !== 'HELD' || offTheRecord) && (
          <span className={classes['soft']}>
            {say(offTheRecord ? 'before.offTheRecord' : STATUS[status])}
          </span>
        )}
      </button>
      {isOpen && <EarlierConversation id={id} pair={pair} wanted={wanted} />}
    </li>
  );
}
