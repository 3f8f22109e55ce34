import { lazy, Suspense, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { ShowMore } from '../../parts/rest.tsx';
import { unbroken } from '../../parts/unbroken.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';
import type { BusinessFields } from './goal-edit.ts';

const CheckInForm = lazy(async () => ({ default: (await import('./CheckInForm.tsx')).CheckInForm }));

export const GOAL_CHECK_INS = graphql(`
  fragment GoalCheckIns on BusinessGoal {
    id
    checkIns(first: 50) {
      nodes {
        id
        at
        health
        confidence
        text
        author {
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
`);

const EARLIER_CHECK_INS = graphql(`
  query EarlierCheckIns($id: ID!, $after: String) {
    businessGoal(id: $id) {
      id
      checkIns(first: 50, after: $after) {
        nodes {
          id
          at
          health
          confidence
          text
          author {
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

/** What those who work on a goal reported, newest first. */
export function CheckIns({
  goal,
  reference,
}: {
  readonly goal: BusinessFields;
  readonly reference: FragmentType<typeof GOAL_CHECK_INS>;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { checkIns } = readFragment(GOAL_CHECK_INS, reference);
  return (
    <section aria-labelledby="check-ins">
      <h2 id="check-ins">{say('business.checkIns')}</h2>
      {goal.viewerCanCheckIn && (
        <Suspense>
          <CheckInForm goal={goal} />
        </Suspense>
      )}
      {checkIns.nodes.length === 0 && <p className={classes['soft']}>{say('business.noCheckIns')}</p>}
      <ol className={classes['checkIns']}>
        {checkIns.nodes.map(({ id, at, health, confidence, text, author }) => (
          <li key={id}>
            <p className={classes['soft']}>
              <Moment at={at}>{unbroken(dates.date(at))}</Moment>
              {'\u00a0· '}
              <bdi>{author.name}</bdi>
              {[say(`business.health.${health}`), say('business.confidence', { confidence })]
                .map((fact) => `\u00a0· ${unbroken(fact)}`)
                .join('')}
            </p>
            {text != null && (
              <Written as="div">
                <Markdown text={text} />
              </Written>
            )}
          </li>
        ))}
      </ol>
      <ShowMore
        end={checkIns.pageInfo}
        query={EARLIER_CHECK_INS}
        variables={{ id: goal.id }}
        path={['checkIns']}
        into={{
          fragment: GOAL_CHECK_INS,
          fragmentName: 'GoalCheckIns',
          id: `BusinessGoal:${goal.id}`,
          from: ['businessGoal'],
        }}
      />
    </section>
  );
}
