import { useState, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { dayOf, useDates } from '../../parts/dates.ts';
import { later } from '../../parts/later.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ShowMore } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { ComingConversation } from './ComingConversation.tsx';
import { AnsweredBarriers } from './AnsweredBarriers.tsx';
import { BarriersToAnswer } from './BarriersToAnswer.tsx';
import { AnotherConversation } from './AnotherConversation.tsx';
import { Keys } from './Keys.tsx';
import { OtherPairs } from './OtherPairs.tsx';
import { Promises } from './Promises.tsx';
import { QuietLines } from './QuietLines.tsx';
import classes from './Today.module.css';
import { useConversationKeys } from './useConversationKeys.ts';

const FirstConversation = later(() => import('./FirstConversation.tsx'), 'FirstConversation');

const TODAY = graphql(`
  query Today($after: String, $promisesAfter: String, $pairsAfter: String) {
    viewer {
      id
      ...QuietLines
      ...FirstConversation
      ...OtherPairs
      person {
        id
      }
      oneToOnes(first: 100, after: $pairsAfter) {
        nodes {
          id
          state
          counterpart {
            id
          }
        }
      }
      nextConversations(first: 20, after: $after) {
        nodes {
          id
          scheduledAt
          ...ComingConversation
          ...AnsweredBarriers
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      openActionItems(first: 10, after: $promisesAfter) {
        nodes {
          id
          ...OpenPromise
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    barriers(first: 10, awaitsViewer: true) {
      nodes {
        id
        ...BarrierToAnswer
      }
    }
  }
`);

/** From how many conversations on each is shown in one or two lines, so that nine fit on the screen of a laptop. */
const MANY = 5;

/** The next conversations, by day, each with what preparation found; then what the viewer has promised. */
export function Today(): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const data = usePageQuery(TODAY, {});
  const [showsKeys, setShowsKeys] = useState(false);
  const list = useConversationKeys(() => {
    setShowsKeys(true);
  });
  if (data.viewer == null) return null;
  const { person, oneToOnes, nextConversations, openActionItems } = data.viewer;
  const isDense = nextConversations.nodes.length >= MANY;
  const byDay = Map.groupBy(nextConversations.nodes, ({ scheduledAt }) => dayOf(scheduledAt));

  return (
    <div className={classes['page']}>
      <title>{`${say('today.title')} – Mutual`}</title>
      <div className={classes['conversations']} ref={list} data-dense={isDense || undefined}>
        <h1 className={classes['title']}>{say(byDay.size === 0 ? 'today.title' : 'today.conversations')}</h1>
        <QuietLines viewer={data.viewer} />
        {byDay.size === 0 ? (
          <Notice title={say('today.empty')} level={2} action={<FirstConversation viewer={data.viewer} />}>
            {say('today.emptyText')}
          </Notice>
        ) : (
          <>
            {[...byDay].map(([day, conversations]) => (
              <section key={day} className={classes['day']} aria-labelledby={`day-${day}`}>
                <h2 id={`day-${day}`} className={classes['dayName']}>
                  <Moment at={day}>{dates.day(day)}</Moment>
                </h2>
                {conversations.map((conversation) => (
                  <ComingConversation
                    key={conversation.id}
                    conversation={conversation}
                    viewerId={person.id}
                    isFirst={conversation.id === nextConversations.nodes[0]?.id}
                    isDense={isDense}
                  />
                ))}
              </section>
            ))}
          </>
        )}
        <ShowMore
          end={nextConversations.pageInfo}
          query={TODAY}
          variables={{}}
          path={['viewer', 'nextConversations']}
        />
        <OtherPairs page={TODAY} viewer={data.viewer} />
        {byDay.size > 0 && (
          <AnotherConversation
            viewer={data.viewer}
            without={oneToOnes.nodes
              .filter(({ state }) => state !== 'ENDED')
              .map(({ counterpart }) => counterpart.id)}
          />
        )}
      </div>
      {showsKeys && (
        <Keys
          close={() => {
            setShowsKeys(false);
          }}
        />
      )}
      <div className={classes['aside']}>
        {openActionItems.nodes.length > 0 && <Promises items={openActionItems.nodes} />}
        <ShowMore
          end={openActionItems.pageInfo}
          query={TODAY}
          variables={{}}
          path={['viewer', 'openActionItems']}
          cursor="promisesAfter"
        />
        <BarriersToAnswer barriers={data.barriers?.nodes ?? []} />
        <AnsweredBarriers conversations={nextConversations.nodes} />
      </div>
    </div>
  );
}
