import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ShowMore, useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { BARRIER_CARD, BarrierCard, type BarrierCardRef } from './BarrierCard.tsx';
import classes from './Barriers.module.css';
import { StoryCard } from './StoryCard.tsx';

const RaiseForm = lazy(() => import('./RaiseForm.tsx').then((module) => ({ default: module.RaiseForm })));

const BARRIERS = graphql(`
  query Barriers($after: String, $storiesAfter: String) {
    barriers(first: 100, after: $after) {
      nodes {
        id
        status
        hindersCustomers
        awaitsAnswer
        viewerCanAnswer
        answerDueOn
        ...BarrierCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    stories(first: 20, after: $storiesAfter) {
      nodes {
        id
        ...StoryCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    organization {
      id
      procedureAreas {
        id
        ...AreaChoice
      }
    }
  }
`);

/** The columns beside that of what was removed, where the stories are. */
const LEFT = ['WAITING', 'TRIAL_WITHOUT', 'STAYS'] as const;
type ColumnKind = (typeof LEFT)[number] | 'REMOVED';

/** What gets in the way: customers first, by what became of it, and what worked where something was removed. */
export function Barriers(): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const data = usePageQuery(BARRIERS, {});
  useRest(data.barriers?.pageInfo, { query: BARRIERS, variables: {}, path: ['barriers'] });
  // Where the palette leads here to raise something.
  const hash = useLocation({ select: (location) => location.hash });
  const [seenHash, setSeenHash] = useState('');
  const [isRaising, setRaising] = useState(false);
  const [wasRaising, setWasRaising] = useState(false);
  if (hash !== seenHash) {
    setSeenHash(hash);
    if (hash === 'raise') setRaising(true);
  }
  const [appearsOn, setAppearsOn] = useState<string>();
  const all = (data.barriers?.nodes ?? []).toSorted(
    (a, b) =>
      Number(b.hindersCustomers) - Number(a.hindersCustomers) || a.answerDueOn.localeCompare(b.answerDueOn),
  );
  const mine = all.filter(({ awaitsAnswer, viewerCanAnswer }) => awaitsAnswer && viewerCanAnswer);
  const columnOf = ({ status, awaitsAnswer }: (typeof all)[number]): ColumnKind =>
    awaitsAnswer || status === 'OPEN' || status === 'INVESTIGATING' ? 'WAITING' : status;
  const byColumn = Map.groupBy(
    all.filter((barrier) => !mine.includes(barrier)),
    columnOf,
  );
  const columnFor = (kind: ColumnKind): ReactNode => {
    const barriers = byColumn.get(kind) ?? [];
    return barriers.length === 0 ? null : (
      <Column key={kind} id={kind} title={say(`barriers.column.${kind}`)} barriers={barriers} />
    );
  };
  const stories = data.stories?.nodes ?? [];

  return (
    <div className={classes['page']}>
      <title>{`${say('barriers.title')} – Mutual`}</title>
      <header className={classes['head']}>
        <div>
          <h1 className={classes['title']}>{say('barriers.title')}</h1>
          <p className={classes['soft']}>{say('barriers.intro')}</p>
        </div>
        {!isRaising && (
          <Button
            autoFocus={wasRaising}
            onClick={() => {
              setRaising(true);
              setAppearsOn(undefined);
            }}
          >
            {say('barriers.raise')}
          </Button>
        )}
      </header>
      <p role="status" className={classes['note']}>
        {appearsOn !== undefined && say('barriers.appears', { day: dates.dayWithin(appearsOn) })}
      </p>
      {isRaising && (
        <Suspense>
          <RaiseForm
            areas={data.organization?.procedureAreas ?? []}
            onDone={(day) => {
              setRaising(false);
              setWasRaising(true);
              setAppearsOn(day);
            }}
          />
        </Suspense>
      )}
      {mine.length > 0 && <Column id="mine" title={say('barriers.mine')} barriers={mine} isWide />}
      {all.length === 0 ? (
        <p>{say('barriers.empty')}</p>
      ) : (
        <div className={classes['sheet']}>
          <div className={classes['board']}>{LEFT.map((column) => columnFor(column))}</div>
          <div className={classes['side']}>
            {columnFor('REMOVED')}
            {stories.length > 0 && (
              <aside aria-labelledby="stories" className={classes['column']}>
                <h2 id="stories">{say('barriers.stories')}</h2>
                <p className={classes['soft']}>{say('barriers.storiesIntro')}</p>
                <ul className={classes['cards']}>
                  {stories.map((story) => (
                    <StoryCard key={story.id} story={story} showsBarrier />
                  ))}
                </ul>
                {data.stories != null && (
                  <ShowMore
                    end={data.stories.pageInfo}
                    query={BARRIERS}
                    variables={{}}
                    path={['stories']}
                    cursor="storiesAfter"
                  />
                )}
              </aside>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function Column({
  id,
  title,
  barriers,
  isWide = false,
}: {
  readonly id: string;
  readonly title: string;
  readonly barriers: readonly (BarrierCardRef & { readonly id: string })[];
  readonly isWide?: boolean;
}): ReactNode {
  return (
    <section aria-labelledby={`column-${id}`} className={classes['column']}>
      <h2 id={`column-${id}`}>{title}</h2>
      <ul className={classes['cards']} data-wide={isWide || undefined}>
        {barriers.map((barrier) => (
          <BarrierCard key={barrier.id} barrier={readFragment(BARRIER_CARD, barrier)} />
        ))}
      </ul>
    </section>
  );
}
