import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { lazy, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { useFormer } from '../../parts/former.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { useWords } from '../../words/words.tsx';
import { BackToToday } from './BackToToday.tsx';
import classes from './Goal.module.css';
import { MY_GOALS, MY_GOALS_REST } from './my-goals.ts';
import { OwnGoal } from './own/OwnGoal.tsx';

const GoalToRead = lazy(async () => ({ default: (await import('./GoalToRead.tsx')).GoalToRead }));
const FormerGoal = lazy(async () => ({ default: (await import('./FormerGoal.tsx')).FormerGoal }));

const ownRoute = getRouteApi('/shell/goals/$goalId');
const readRoute = getRouteApi('/shell/read/$goalId');

/** A goal of the viewer as a page. */
export function Goal(): ReactNode {
  const { goalId } = ownRoute.useParams();
  return <OneGoal key={goalId} goalId={goalId} isPlaceOfOwn />;
}

/** A goal of another person as a page, which is not among the viewer's own in the navigation. */
export function GoalOfOther(): ReactNode {
  const { goalId } = readRoute.useParams();
  return <OneGoal key={goalId} goalId={goalId} isPlaceOfOwn={false} />;
}

/** Links need not know whose a goal is: the list of the viewer's own goals says at which of the two addresses it is shown. */
function OneGoal({
  goalId,
  isPlaceOfOwn,
}: {
  readonly goalId: string;
  readonly isPlaceOfOwn: boolean;
}): ReactNode {
  const { say } = useWords();
  const data = usePageQuery(MY_GOALS, {}, { once: true });
  const isFormer = useFormer() !== undefined;
  const end = data.viewer?.person.personalGoals.pageInfo;
  useRest(end, MY_GOALS_REST);
  const isListed = data.viewer?.person.personalGoals.nodes.some(({ id }) => id === goalId) ?? false;
  // It stays the viewer's own when they delete it.
  const [isOwn, setOwn] = useState(isListed);
  if (isListed && !isOwn) setOwn(true);

  // It may be in the rest of the list.
  if (!isOwn && end?.hasNextPage === true) return <Skeleton />;
  if (isOwn !== isPlaceOfOwn) {
    return <Navigate to={isOwn ? '/goals/$goalId' : '/read/$goalId'} params={{ goalId }} replace />;
  }
  if (!isOwn) return <AskToRead goalId={goalId} />;
  return (
    <>
      <p className={classes['back']}>
        <Link to="/goals">{say('goal.back')}</Link>
      </p>
      {isFormer ? <FormerGoal goalId={goalId} /> : <OwnGoal goalId={goalId} />}
    </>
  );
}

/** Opening a goal of another person is recorded for them, so it is requested only after the reader has agreed. */
function AskToRead({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const [agreed, setAgreed] = useState(false);
  if (agreed) return <GoalToRead goalId={goalId} />;
  return (
    <>
      <BackToToday />
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
    </>
  );
}
