import type { ReactNode } from 'react';
import { useDates } from '../../parts/dates.ts';
import classes from './ReadsByDay.module.css';

/** Entries of an access log by day, which has no times: the days as headings, and a sentence for each read. */
export function ReadsByDay<Entry extends { readonly on: string }>({
  entries,
  sentences,
}: {
  readonly entries: readonly Entry[];
  readonly sentences: (
    ofDay: readonly Entry[],
  ) => readonly { readonly key: string; readonly text: ReactNode }[];
}): ReactNode {
  const dates = useDates();
  const days = [...new Set(entries.map(({ on }) => on))];
  return (
    <div className={classes['days']}>
      {days.map((day) => (
        <div key={day}>
          <h3 title={dates.exact(day)}>{dates.day(day)}</h3>
          <ul>
            {sentences(entries.filter(({ on }) => on === day)).map(({ key, text }) => (
              <li key={key}>{text}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
