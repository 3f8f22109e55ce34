import type { ReactNode } from 'react';
import classes from './Skeleton.module.css';

/** The shape of a list that is on its way. Appears after 300 milliseconds: most answers are faster. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }): ReactNode {
  return (
    <div className={classes['skeleton']} aria-hidden="true" data-skeleton>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={classes['line']} />
      ))}
    </div>
  );
}
