import { lazy, Suspense, type ReactNode } from 'react';
import { graphql, readFragment } from '../../../graphql/index.ts';
import { useDates } from '../../../parts/dates.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { usePageQuery } from '../../../parts/page-query.tsx';
import { useWords } from '../../../words/words.tsx';
import { Readers } from '../Readers.tsx';
import { GOAL_FIELDS, type GoalFields } from './goal-edit.ts';
import { Title, Why } from './Heading.tsx';
import { Journal } from './Journal.tsx';
import { Milestones } from './Milestones.tsx';
import classes from './OwnGoal.module.css';
import { Parts } from './Parts.tsx';
import { useDeletion } from './useDeletion.tsx';

/** Loads after the words of the goal: it is beside them, or on a phone below. */
const Side = lazy(async () => ({ default: (await import('./Side.tsx')).Side }));

const OWN_GOAL = graphql(`
  query OwnGoal($id: ID!) {
    personalGoal(id: $id) {
      id
      ...GoalFields
      ...GoalReaders
      ...GoalMilestones
      ...GoalJournal
      ...GoalParts
      ...GoalSide
    }
  }
`);

/** A goal of the viewer: what they wrote is edited in its place; beside it, who can read it and who has. */
export function OwnGoal({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const goal = usePageQuery(OWN_GOAL, { id: goalId }).personalGoal;
  const { notice, button } = useDeletion(goalId);
  if (notice !== undefined) return notice;
  if (goal == null) return <Notice title={say('goal.absent')}>{say('goal.absentText')}</Notice>;
  const fields = readFragment(GOAL_FIELDS, goal);
  return (
    <article className={classes['page']}>
      <title>{`${fields.title} – Mutual`}</title>
      <div className={classes['main']}>
        <header>
          <Title goal={fields} />
          <Facts goal={fields} />
          <p className={classes['facts']}>
            <a href="#readers">
              <Readers goal={goal} />
            </a>
          </p>
        </header>
        <Why goal={fields} />
        <Milestones goal={goal} />
        <Journal goal={goal} fields={fields} />
        <Parts goal={goal} />
      </div>
      <aside className={classes['side']} aria-label={say('own.side')}>
        <Suspense>
          <Side goal={goal} fields={fields} />
        </Suspense>
        {button(fields.title)}
      </aside>
    </article>
  );
}

function Facts({ goal }: { readonly goal: GoalFields }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const facts = [
    goal.ownerView?.area,
    say(`goals.horizon.${goal.horizon ?? 'NONE'}`),
    say(`goals.status.${goal.status}`),
    goal.targetOn != null && say('goal.target', { day: dates.date(goal.targetOn) }),
  ].filter((fact) => typeof fact === 'string');
  return <p className={classes['facts']}>{facts.join('\u00a0· ')}</p>;
}
