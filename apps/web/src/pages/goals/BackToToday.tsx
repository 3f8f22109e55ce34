import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import classes from './Goal.module.css';

/** The way back from a goal of another person while it is unknown whose it is. */
export function BackToToday(): ReactNode {
  const { say } = useWords();
  return (
    <p className={classes['back']}>
      <Link to="/">{say('nav.today')}</Link>
    </p>
  );
}
