import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useWords } from '../../words/words.tsx';
import { GoalToRead } from './GoalToRead.tsx';
import { Looks } from './own/Looks.tsx';
import classes from './own/OwnGoal.module.css';
import { useDeletion } from './own/useDeletion.tsx';

const FORMER_GOAL = graphql(`
  query FormerGoal($id: ID!) {
    personalGoal(id: $id) {
      id
      title
      ...GoalLooks
    }
  }
`);

/** A goal of somebody whose employment has ended: they read and delete it, see who has read it, and change nothing. */
export function FormerGoal({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const goal = usePageQuery(FORMER_GOAL, { id: goalId }).personalGoal;
  const { notice, button } = useDeletion(goalId);
  if (notice !== undefined) return notice;
  return (
    <div className={classes['page']}>
      <GoalToRead goalId={goalId} isOwn />
      {goal != null && (
        <aside className={classes['side']} aria-label={say('own.side')}>
          <Looks goal={goal} />
          {button(goal.title)}
        </aside>
      )}
    </div>
  );
}
