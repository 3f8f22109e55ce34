import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import type { Row } from './figures.ts';
import { ofGroup, type ShownTrend } from './search.ts';
import classes from './Trends.module.css';

/** The name of a group, which leads to the groups below it, and when it had this name, if that is not always. */
export function GroupName({
  row: { group, isOwn },
  shown,
}: {
  readonly row: Row;
  readonly shown: ShownTrend;
}): ReactNode {
  const { say, language } = useWords();
  const day = (date: string): string =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      timeZone: 'UTC',
      month: 'long',
      year: 'numeric',
    }).format(new Date(`${date}T00:00:00Z`));
  return (
    <>
      {isOwn || shown.tree === 'LOCATION' ? (
        <bdi>{group.label}</bdi>
      ) : (
        <Link to="/trends" search={ofGroup(shown, group.key)}>
          <bdi>{group.label}</bdi>
        </Link>
      )}
      {group.validUntil != null && (
        <span className={classes['span']}> {say('trends.until', { day: day(group.validUntil) })}</span>
      )}
    </>
  );
}
