import type { ReactNode } from 'react';
import { useDates } from './dates.ts';

/** A time as people say it; the exact one on hover. */
export function Moment({ at, children }: { readonly at: string; readonly children: ReactNode }): ReactNode {
  const { exact } = useDates();
  return (
    <time dateTime={at} title={exact(at)}>
      {children}
    </time>
  );
}
