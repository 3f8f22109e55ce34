import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useWords } from '../../words/words.tsx';
import { wordFigures, type Row } from './figures.ts';
import { FiguresTable } from './FiguresTable.tsx';
import { GroupChart, scaleOf } from './GroupChart.tsx';
import { GroupName } from './GroupName.tsx';
import { hasFigure, movementOf, type Movement } from './movement.ts';
import { ofGroup, ROOT, type ShownTrend } from './search.ts';
import classes from './Trends.module.css';
import { wordMovement } from './word-movement.ts';

const FIGURES = graphql(`
  fragment Figures on EngagementTrend {
    roundedTo
    minimumGroupSize
    series {
      group {
        key
        label
        parentKey
        validFrom
        validUntil
      }
      points {
        period {
          key
        }
        status
        value
        bound
        people
        definitionVersion
      }
    }
  }
`);

/** The figures of a group and of the groups directly below it: a sentence, a picture for each, and a table with all of them. */
export function Figures({
  trend: reference,
  shown,
}: {
  readonly trend: FragmentType<typeof FIGURES>;
  readonly shown: ShownTrend;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { roundedTo, minimumGroupSize, series } = readFragment(FIGURES, reference);
  const figures = wordFigures(words, shown.metric);
  const released = (all: boolean): readonly string[] =>
    [
      ...new Set(
        series.flatMap(({ points }) =>
          points.filter(({ status }) => all || status === 'RELEASED').map(({ period }) => period.key),
        ),
      ),
    ].sort();
  // A driver is asked in one month of a quarter. Months in which no group has a figure would be most of the table.
  const asked = released(shown.by === 'QUARTER');
  const periods = asked.length > 0 ? asked : released(true);
  const rows: readonly Row[] = series.map(({ group, points }) => ({
    group,
    isOwn: group.key === shown.group,
    points: points
      .filter(({ period }) => periods.includes(period.key))
      .map(({ period, value, bound, people, definitionVersion }) => ({
        period: period.key,
        value: value ?? null,
        bound: bound ?? null,
        people: people ?? null,
        definitionVersion,
      })),
  }));
  const own = rows.filter(({ isOwn }) => isOwn);
  const below = rows.filter(({ isOwn }) => !isOwn).sort((a, b) => a.group.label.localeCompare(b.group.label));
  const newest = periods.at(-1);
  const whole = own.at(-1);
  if (whole === undefined || newest === undefined) {
    return (
      <p>
        {say('trends.noGroup')}{' '}
        <Link to="/trends" search={ofGroup(shown, ROOT)}>
          {say('trends.toRoot')}
        </Link>
      </p>
    );
  }

  const name = say(shown.driver ? `trends.driver.${shown.driver}` : `trends.metric.${shown.metric}`);
  const scale = scaleOf(rows, shown.metric, roundedTo);
  const movement = movementOf(whole.points, roundedTo);
  const sentence = (of: Movement): string => wordMovement(of, { newest, words, figures, by: shown.by });
  const others = below.map((row) => ({ row, movement: movementOf(row.points, roundedTo) }));
  const silent = others.filter((one) => one.movement.kind === 'none');
  const count = (test: (of: Movement) => boolean): number =>
    others.filter((one) => test(one.movement)).length;
  const isCurrent = (of: Movement): boolean => 'last' in of && of.last.period === newest;
  const isBounded = rows.some(({ points }) =>
    points.some(({ bound }) => bound !== null && bound !== 'ROUNDED'),
  );
  const { parentKey } = whole.group;
  const keyOf = ({ group }: Row): string => `${group.key} ${group.validFrom}`;
  const chartOf = (row: Row): ReactNode => {
    const last = row.points.findLast(hasFigure);
    return (
      <>
        {last !== undefined && <p className={classes['soft']}>{figures.people(last)}</p>}
        <GroupChart
          periods={periods}
          points={row.points}
          compared={row.isOwn ? undefined : whole.points}
          scale={scale}
          step={roundedTo}
          figures={figures}
          by={shown.by}
        />
      </>
    );
  };

  return (
    <section aria-labelledby="figures" className={classes['section']}>
      {parentKey != null && (
        <p className={classes['back']}>
          <Link to="/trends" search={ofGroup(shown, parentKey)}>
            {say('trends.up')}
          </Link>
        </p>
      )}
      <h2 id="figures" className={classes['subject']}>
        {say('trends.of', { name, group: whole.group.label })}
      </h2>
      <div className={classes['whole']}>
        <div className={classes['chart']}>{chartOf(whole)}</div>
        <div className={classes['said']}>
          <p>{sentence(movement)}</p>
          {below.length > 1 && (
            <p>
              {say('trends.summary', {
                tree: shown.tree,
                all: below.length,
                rose: count((of) => of.kind === 'rose' && isCurrent(of)),
                fell: count((of) => of.kind === 'fell' && isCurrent(of)),
                none: count((of) => !isCurrent(of)),
                period: figures.period(newest),
              })}
            </p>
          )}
          <p className={classes['soft']}>
            {say(shown.driver ? `trends.driverText.${shown.driver}` : `trends.define.${shown.metric}`)}{' '}
            {say('trends.rounding', { step: figures.difference(roundedTo), fewest: minimumGroupSize ?? 0 })}
          </p>
        </div>
      </div>
      <ul className={classes['charts']}>
        {others
          .filter(({ movement: { kind } }) => kind !== 'none')
          .map(({ row, movement: of }) => (
            <li key={keyOf(row)} className={classes['chart']}>
              <h3 className={classes['group']}>
                <GroupName row={row} shown={shown} />
              </h3>
              {chartOf(row)}
              <p className={classes['moved']}>{sentence(of)}</p>
            </li>
          ))}
      </ul>
      {silent.length > 0 && (
        <p className={classes['soft']}>
          {say('trends.silent')}{' '}
          <span className={classes['names']}>
            {silent.map(({ row }, at) => (
              <Fragment key={keyOf(row)}>
                {at > 0 && ', '}
                <GroupName row={row} shown={shown} />
              </Fragment>
            ))}
          </span>
          .
        </p>
      )}
      <p className={classes['soft']}>
        {below.length > silent.length && `${say('trends.compared', { group: whole.group.label })} `}
        {say('trends.band', { bounds: isBounded ? 'yes' : 'no' })}{' '}
        {scale.isPart &&
          say('trends.part', { low: figures.number(scale.low), high: figures.number(scale.high) })}
      </p>
      <FiguresTable
        rows={[...own, ...below]}
        periods={periods}
        figures={figures}
        caption={name}
        shown={shown}
      />
    </section>
  );
}
