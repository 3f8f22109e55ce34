import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDates } from '../../parts/dates.ts';
import type { Former } from '../../parts/former.ts';
import { Moment } from '../../parts/Moment.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Goals.module.css';

/** What somebody whose employment has ended can still do here, and until when. */
export function FormerNote({
  former: { accessEndsAt },
  isEmpty = false,
}: {
  readonly former: Former;
  /** Whether they have no goals. */
  readonly isEmpty?: boolean;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  // Access ends as a day begins, so the last one is the day before.
  const last = accessEndsAt && new Date(Date.parse(accessEndsAt) - 1).toISOString();
  return (
    <section className={classes['former']} aria-labelledby="former">
      <h2 id="former">{say('goals.former')}</h2>
      <p>
        {last && <Moment at={last}>{say('goals.formerUntil', { day: dates.date(last) })}</Moment>}{' '}
        {!isEmpty && say('goals.formerText')}
      </p>
      <ul>
        <li>
          <Link to="/me/data">{say('goals.formerTake')}</Link>
        </li>
        <li>
          <Link to="/me/sign-in">{say('goals.formerAddress')}</Link>
        </li>
      </ul>
    </section>
  );
}
