import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { GoalCardFragment } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './GoalCard.module.css';
import { Readers } from './Readers.tsx';

export const GOAL_CARD = graphql(`
  fragment GoalCard on PersonalGoal {
    id
    title
    why
    horizon
    status
    visibility
    ...GoalReaders
    ownerView {
      id
      area
    }
    updates(first: 1) {
      nodes {
        id
        at
      }
    }
  }
`);

export function GoalCard({ goal }: { readonly goal: GoalCardFragment }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const last = goal.updates.nodes[0];
  return (
    <Link
      to="/goals/$goalId"
      params={{ goalId: goal.id }}
      // With whom it is about to be shared.
      search={(known) => ('shareWith' in known ? { shareWith: known.shareWith } : {})}
      className={classes['card']}
      data-resting={goal.status !== 'ACTIVE' || undefined}
    >
      <Written size="large">{goal.title}</Written>
      {goal.why != null && (
        <span className={classes['why']}>
          <Written>
            <Markdown text={goal.why} inline />
          </Written>
        </span>
      )}
      <span className={classes['facts']}>
        <Readers goal={goal} />
        <span>
          {goal.status !== 'ACTIVE' && `${say(`goals.status.${goal.status}`)} · `}
          {last === undefined ? (
            say('goals.noUpdate')
          ) : (
            <Moment at={last.at}>{say('goals.updated', { day: dates.near(last.at) })}</Moment>
          )}
        </span>
      </span>
    </Link>
  );
}
