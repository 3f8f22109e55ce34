import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import { Download } from './Download.tsx';
import { isQuarter, wordPeriod } from './figures.ts';
import classes from './Trends.module.css';

/** The figures as files: those of all periods, and those of each quarter. */
export function Files({ periods }: { readonly periods: readonly string[] }): ReactNode {
  const { say, language } = useWords();
  return (
    <div className={classes['files']}>
      <p className={classes['soft']}>{say('trends.files')}</p>
      <div>
        <Download periods={periods} />
        {periods.filter(isQuarter).map((key) => (
          <Download
            key={key}
            periods={[key]}
            label={say('trends.csvOf', { period: wordPeriod(key, language) })}
          />
        ))}
      </div>
    </div>
  );
}
