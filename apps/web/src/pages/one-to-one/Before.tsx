import { skipToken, useQuery } from '@apollo/client/react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { TextField } from '../../parts/TextField.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import type { ConversationStatus } from '../../graphql/graphql.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useWords, type Key } from '../../words/words.tsx';
import classes from './Before.module.css';
import { EARLIER_LINE } from './earlier-fragment.ts';
import { EarlierConversation } from './EarlierConversation.tsx';
import type { Pair } from './pair.ts';

const EARLIER = graphql(`
  query EarlierConversations($id: ID!, $after: String) {
    oneToOne(id: $id) {
      id
      conversations(first: 10, after: $after, status: [HELD, SKIPPED, CANCELLED]) {
        nodes {
          id
          ...EarlierLine
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
          ...EarlierLine
        }
      }
    }
  }
`);

type Earlier = FragmentType<typeof EARLIER_LINE> & { readonly id: string };

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
} as const satisfies Record<ConversationStatus, Key>;

function Entry({
  conversation: reference,
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
  const { id, status, scheduledAt, heldAt, offTheRecord, ...written } = readFragment(EARLIER_LINE, reference);
  const at = heldAt ?? scheduledAt;
  const hasNotes = written.sharedNotes.text !== '' || (written.privateNotes?.text ?? '') !== '';
  const details = [
    (status !== 'HELD' || offTheRecord) && say(offTheRecord ? 'before.offTheRecord' : STATUS[status]),
    written.talkingPoints.length > 0 && say('before.points', { count: written.talkingPoints.length }),
    written.actionItems.length > 0 && say('before.promises', { count: written.actionItems.length }),
    hasNotes && say('before.notes'),
  ].filter((detail) => detail !== false);
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
        {details.length > 0 && <span className={classes['soft']}>{details.join(', ')}</span>}
      </button>
      {isOpen && <EarlierConversation id={id} pair={pair} wanted={wanted} />}
    </li>
  );
}
