import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { useFormer } from '../../parts/former.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Goal.module.css';
import { MY_GOALS, MY_GOALS_REST } from './my-goals.ts';
import { OwnGoal } from './own/OwnGoal.tsx';

const GoalToRead = lazy(async () => ({ default: (await import('./GoalToRead.tsx')).GoalToRead }));
const FormerGoal = lazy(async () => ({ default: (await import('./FormerGoal.tsx')).FormerGoal }));

const route = getRouteApi('/shell/goals/$goalId');

/**
 * One goal as a page. Opening a goal of another person is recorded for them, so it is requested only after the reader has agreed; that
 * it is one's own is known from the list of one's own goals.
 */
export function Goal(): ReactNode {
  const { goalId } = route.useParams();
  return <OneGoal key={goalId} goalId={goalId} />;
}

function OneGoal({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const data = usePageQuery(MY_GOALS, {}, { once: true });
  const isFormer = useFormer() !== undefined;
  const end = data.viewer?.person.personalGoals.pageInfo;
  useRest(end, MY_GOALS_REST);
  const [agreed, setAgreed] = useState(false);
  const isOwn = data.viewer?.person.personalGoals.nodes.some(({ id }) => id === goalId) ?? false;
  return (
    <>
      <p className={classes['back']}>
        <Link to="/goals">{say('goal.back')}</Link>
      </p>
      {isOwn ? (
        isFormer ? (
          <FormerGoal goalId={goalId} />
        ) : (
          <OwnGoal goalId={goalId} />
        )
      ) : end?.hasNextPage === true ? (
        // It may be in the rest of the list.
        <Skeleton />
      ) : agreed ? (
        <GoalToRead goalId={goalId} />
      ) : (
        <Notice
          title={say('goal.askTitle')}
          action={
            <Button
              onClick={() => {
                setAgreed(true);
              }}
            >
              {say('goal.askOpen')}
            </Button>
          }
        >
          {say('goal.askText')}
        </Notice>
      )}
    </>
  );
}
