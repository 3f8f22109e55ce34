import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import type { FigureWords, Row } from './figures.ts';
import { GroupName } from './GroupName.tsx';
import { NoFigure } from './NoFigure.tsx';
import { hasFigure } from './movement.ts';
import type { ShownTrend } from './search.ts';
import classes from './FiguresTable.module.css';

/** All figures, in words where one is missing or a bound. */
export function FiguresTable({
  rows,
  periods,
  figures,
  caption,
  shown,
}: {
  readonly rows: readonly Row[];
  readonly periods: readonly string[];
  readonly figures: FigureWords;
  readonly caption: string;
  readonly shown: ShownTrend;
}): ReactNode {
  const { say } = useWords();
  const all = rows.flatMap(({ points }) => points);
  const bounds = (['AT_LEAST', 'AT_MOST', 'APPROXIMATE'] as const).filter((bound) =>
    all.some((point) => point.bound === bound),
  );
  return (
    <>
      <div className={classes['scroll']} role="region" aria-label={caption} tabIndex={0}>
        <table className={classes['table']}>
          <caption className={classes['caption']}>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{say(`trends.tree.one.${shown.tree}`)}</th>
              {periods.map((period) => (
                <th key={period} scope="col" className={classes['figure']}>
                  {figures.period(period)}
                </th>
              ))}
              <th scope="col">{say('trends.behind')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const last = row.points.findLast(hasFigure);
              return (
                <tr key={`${row.group.key} ${row.group.validFrom}`} data-own={row.isOwn || undefined}>
                  <th scope="row">
                    <GroupName row={row} shown={shown} />
                  </th>
                  {periods.map((period) => {
                    const point = row.points.find((one) => one.period === period);
                    return (
                      <td
                        key={period}
                        className={classes['figure']}
                        data-period={figures.period(period)}
                        data-missing={point?.value == null || undefined}
                      >
                        {point?.value === null ? <NoFigure by={shown.by} /> : figures.cell(point)}
                      </td>
                    );
                  })}
                  <td className={classes['people']}>{last === undefined ? '' : figures.people(last)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <ul className={classes['notes']}>
        {all.some(({ value }) => value === null) && (
          <li>{say(shown.by === 'MONTH' ? 'trends.note.suppressedMonth' : 'trends.note.suppressed')}</li>
        )}
        {bounds.map((bound) => (
          <li key={bound}>{say(`trends.note.${bound}`)}</li>
        ))}
        <li>{say('trends.note.neverAdd')}</li>
      </ul>
    </>
  );
}
