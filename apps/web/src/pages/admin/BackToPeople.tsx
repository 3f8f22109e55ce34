import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';

export function BackToPeople(): ReactNode {
  const { say } = useWords();
  return (
    <p className={classes['back']}>
      <Link to="/admin/people">{say('admin.people')}</Link>
    </p>
  );
}
