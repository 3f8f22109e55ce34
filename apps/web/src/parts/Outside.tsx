import { useEffect, useRef, type ReactNode } from 'react';
import classes from './Outside.module.css';

/** A page for people who are not signed in: one narrow column without navigation. */
export function Outside({
  title,
  focusTitle = false,
  children,
}: {
  readonly title: string;
  /** Whether the heading takes the focus when it changes: it says what pressing a button has led to. */
  readonly focusTitle?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusTitle) heading.current?.focus();
  }, [focusTitle, title]);
  return (
    <main className={classes['page']}>
      <title>{`${title} – Mutual`}</title>
      <p className={classes['name']}>Mutual</p>
      <h1 ref={heading} tabIndex={-1} className={classes['title']}>
        {title}
      </h1>
      {children}
    </main>
  );
}
