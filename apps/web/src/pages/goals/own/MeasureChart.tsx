import type { ReactNode } from 'react';
import { useDates } from '../../../parts/dates.ts';
import { useWords } from '../../../words/words.tsx';
import type { GoalFields } from './goal-edit.ts';
import classes from './Journal.module.css';

export interface MeasuredValue {
  readonly at: string;
  readonly value: number;
}

/** The measured values of the journal as a line, and the same in a table. Nothing in it says whether that is fast or slow. */
export function MeasureChart({
  measure: { start, target, unit },
  values,
}: {
  readonly measure: NonNullable<GoalFields['measure']>;
  /** Newest first, at least two. */
  readonly values: readonly MeasuredValue[];
}): ReactNode {
  const { say, language } = useWords();
  const dates = useDates();
  const number = new Intl.NumberFormat(language);
  const points = values.toReversed().map(({ at, value }) => ({ at: Date.parse(at), value }));
  const first = points[0]?.at ?? 0;
  const span = Math.max((points.at(-1)?.at ?? 0) - first, 1);
  const all = [start, target, ...points.map(({ value }) => value)];
  const low = Math.min(...all);
  const height = Math.max(...all) - low || 1;
  const x = (at: number): number => ((at - first) / span) * 100;
  const y = (value: number): number => 100 - ((value - low) / height) * 100;
  const corners = points.map(({ at, value }) => `${x(at).toFixed(2)},${y(value).toFixed(2)}`);

  return (
    <figure className={classes['figure']} aria-label={say('own.chart')}>
      <div aria-hidden="true">
        <div className={classes['chart']}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none">
            <line
              className={classes['target']}
              x1="0"
              x2="100"
              y1={y(target)}
              y2={y(target)}
              vectorEffect="non-scaling-stroke"
            />
            <polyline
              className={classes['line']}
              points={corners.join(' ')}
              vectorEffect="non-scaling-stroke"
            />
            <path
              className={classes['dot']}
              d={corners.map((corner) => `M${corner}h0`).join('')}
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          <span className={classes['targetName']} style={{ top: `${y(target)}%` }}>
            {number.format(target)} {unit}
          </span>
        </div>
        <p className={classes['ends']}>
          <span>{dates.date(values.at(-1)?.at ?? '')}</span>
          <span>{dates.date(values[0]?.at ?? '')}</span>
        </p>
      </div>
      {/* A scrolling area has to be reachable by keyboard. */}
      <div className={classes['table']} tabIndex={0} role="region" aria-label={say('own.chart')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('own.entryDay')}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ at, value }) => (
              <tr key={at}>
                <th scope="row">{dates.date(at)}</th>
                <td>{number.format(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
