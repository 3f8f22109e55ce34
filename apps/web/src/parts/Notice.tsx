import type { ReactNode } from 'react';
import classes from './Notice.module.css';

/** A page, or a part of one, that has nothing else to show: empty, absent or failed. */
export function Notice({
  title,
  children,
  action,
  alert = false,
  level = 1,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly alert?: boolean;
  readonly level?: 1 | 2;
}): ReactNode {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className={classes['notice']} role={alert ? 'alert' : undefined}>
      <Heading className={classes['title']}>{title}</Heading>
      <p>{children}</p>
      {action}
    </section>
  );
}
