import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../../graphql/index.ts';
import { useDates } from '../../../parts/dates.ts';
import { Moment } from '../../../parts/Moment.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { ShowMore } from '../../../parts/rest.tsx';
import { useWords } from '../../../words/words.tsx';
import classes from './OwnGoal.module.css';

const GOAL_LOOKS = graphql(`
  fragment GoalLooks on PersonalGoal {
    id
    visibility
    ownerView {
      id
      accessLog(first: 50) {
        nodes {
          id
          on
          kind
          reader {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const EARLIER_LOOKS = graphql(`
  query EarlierLooks($id: ID!, $after: String) {
    personalGoal(id: $id) {
      id
      ownerView {
        id
        accessLog(first: 50, after: $after) {
          nodes {
            id
            on
            kind
            reader {
              id
              name
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

/** How many days are shown before "earlier". */
const FIRST_DAYS = 4;

/** Who has read a goal of the viewer, by day: there are no times of day. */
export function Looks({ goal: reference }: { readonly goal: FragmentType<typeof GOAL_LOOKS> }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { id, visibility, ownerView } = readFragment(GOAL_LOOKS, reference);
  const entries = ownerView?.accessLog.nodes ?? [];
  const [isOpen, setOpen] = useState(false);
  const days = [...Map.groupBy(entries, ({ on }) => on)];
  return (
    <section className={classes['panel']} aria-labelledby="looks">
      <h2 id="looks">{say('own.looks')}</h2>
      {entries.length === 0 ? (
        <p className={classes['soft']}>
          {say(visibility === 'ORGANIZATION' ? 'own.looksUnlogged' : 'own.looksNone')}
        </p>
      ) : (
        <dl className={classes['looks']}>
          {days.slice(0, isOpen ? days.length : FIRST_DAYS).map(([day, looks]) => (
            <div key={day}>
              <dt>
                <Moment at={day}>{dates.day(day)}</Moment>
              </dt>
              {[...Map.groupBy(looks, ({ reader }) => reader.id).values()].map((ofReader) => (
                <dd key={ofReader[0]?.id}>
                  {say(ofReader.some(({ kind }) => kind === 'OPENED') ? 'own.opened' : 'own.listed', {
                    name: ofReader[0]?.reader.name ?? '',
                  })}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {days.length > FIRST_DAYS && !isOpen && (
        <div>
          <QuietButton
            onClick={() => {
              setOpen(true);
            }}
          >
            {say('own.looksEarlier')}
          </QuietButton>
        </div>
      )}
      {isOpen && ownerView != null && (
        <ShowMore
          end={ownerView.accessLog.pageInfo}
          query={EARLIER_LOOKS}
          variables={{ id }}
          path={['ownerView', 'accessLog']}
          into={{
            fragment: GOAL_LOOKS,
            fragmentName: 'GoalLooks',
            id: `PersonalGoal:${id}`,
            from: ['personalGoal'],
          }}
        />
      )}
    </section>
  );
}
