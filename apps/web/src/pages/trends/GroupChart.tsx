import type { ReactNode } from 'react';
import type { Granularity, TrendMetric } from '../../graphql/graphql.ts';
import { isQuarter, unitOf, type FigureWords, type Row } from './figures.ts';
import classes from './GroupChart.module.css';
import { NoFigure } from './NoFigure.tsx';
import { hasFigure, type Figure, type Point } from './movement.ts';

const WIDTH = 264;
const HEIGHT = 128;
const LEFT = 42;
const RIGHT = 8;
const TOP = 22;
const BOTTOM = 24;
/** How far below its dot a figure is written. */
const BELOW = 16;
/** About how wide a letter is. */
const LETTER = 6.5;

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Where there is a line across, from the lowest to the highest. */
  readonly ticks: readonly number[];
  /** Whether figures can lie outside of it. */
  readonly isPart: boolean;
}

/** The least that a scale spans, so that rounding does not look like a change. */
const LEAST_SPAN = { score: 1, share: 0.4, enps: 50 };
const LIMITS = { score: [1, 5], share: [0, 1], enps: [-100, 100] } as const;
const TICK = { score: 0.5, share: 0.2, enps: 25 };
/** How many spaces there are between lines across at most. */
const MOST_SPACES = 4;

/** One scale for all pictures of a page, so that they can be compared. */
export function scaleOf(rows: readonly Row[], metric: TrendMetric, step: number): Scale {
  const unit = unitOf(metric);
  const [least, most] = LIMITS[unit];
  const values = rows.flatMap(({ points }) => points.filter(hasFigure).map(({ value }) => value));
  const tick = TICK[unit];
  const isEmpty = values.length === 0;
  let low = isEmpty ? least : Math.max(least, Math.floor((Math.min(...values) - step) / tick) * tick);
  let high = isEmpty ? most : Math.min(most, Math.ceil((Math.max(...values) + step) / tick) * tick);
  while (high - low < LEAST_SPAN[unit] - step / 2) {
    if (high < most) high += tick;
    if (high - low < LEAST_SPAN[unit] - step / 2 && low > least) low -= tick;
  }
  const count = Math.round((high - low) / tick);
  const every = Math.ceil(count / MOST_SPACES);
  const ticks = Array.from({ length: Math.floor(count / every) + 1 }, (_, at) => low + at * every * tick);
  return { low, high, ticks, isPart: low > least || high < most };
}

/**
 * A group as a line over the periods: a strip as wide as rounding, a gap where there is no figure, and an arrow where a figure is a
 * bound. For those who see it; the sentence below it and the table say the same.
 */
export function GroupChart({
  periods,
  points,
  compared,
  scale,
  step,
  figures,
  by,
}: {
  readonly periods: readonly string[];
  readonly points: readonly Point[];
  /** The group above, as a pale line behind it. */
  readonly compared: readonly Point[] | undefined;
  readonly scale: Scale;
  readonly step: number;
  readonly figures: FigureWords;
  readonly by: Granularity;
}): ReactNode {
  const slot = (WIDTH - LEFT - RIGHT) / periods.length;
  const x = (period: string): number => LEFT + slot * (periods.indexOf(period) + 0.5);
  const y = (value: number): number =>
    TOP + ((scale.high - value) / (scale.high - scale.low)) * (HEIGHT - TOP - BOTTOM);
  const lines = runsOf(periods, points);
  const shownPoints = points.filter(hasFigure);
  const labelled = labelledOf(shownPoints, figures, x);
  const path = (run: readonly Figure[]): string =>
    run
      .map(({ period, value }, at) => `${at === 0 ? 'M' : 'L'}${String(x(period))} ${String(y(value))}`)
      .join('');
  const strip = (run: readonly Figure[]): string => {
    // A single figure has a strip too.
    const ends = run.length === 1 ? [-12, 12] : [0];
    const edge = (up: number, from: readonly Figure[]): string[] =>
      from.flatMap(({ period, value }) =>
        ends.map((end) => `${String(x(period) + end * up)},${String(y(value + up * (step / 2)))}`),
      );
    return [...edge(1, run), ...edge(-1, run.toReversed())].join(' ');
  };

  return (
    <div className={classes['around']}>
      <svg className={classes['chart']} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
        {scale.ticks.map((value) => (
          <g key={value}>
            <line className={classes['rule']} x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
            <text className={classes['axis']} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
              {figures.number(value)}
            </text>
          </g>
        ))}
        {periods.map((period, at) => (
          <text key={period} className={classes['axis']} x={x(period)} y={HEIGHT - 6} textAnchor="middle">
            {axisLabel(periods, at, figures)}
          </text>
        ))}
        {compared !== undefined &&
          runsOf(periods, compared).map((run) => (
            <path key={run[0]?.period} className={classes['compared']} d={path(run)} />
          ))}
        {lines.map((run) => (
          <g key={run[0]?.period}>
            <polygon className={classes['strip']} points={strip(run)} />
            <path className={classes['line']} d={path(run)} />
          </g>
        ))}
        {shownPoints.map((point) => (
          <Mark key={point.period} x={x(point.period)} y={y(point.value)} bound={point.bound} />
        ))}
        {labelled.map((point) => {
          const at = x(point.period);
          const anchor = at < WIDTH / 3 ? 'start' : at > (WIDTH * 2) / 3 ? 'end' : 'middle';
          // The line that the words are over, on their side of the dot.
          const next = points.find(
            ({ period }) =>
              period === periods[periods.indexOf(point.period) + (point === shownPoints[0] ? 1 : -1)],
          );
          const isBesideGap = next?.value == null && figures.figure(point).length * LETTER > slot / 2;
          const theirs = compared?.find(({ period }) => period === point.period)?.value ?? point.value;
          // Where neither its own line is nor, as far as that leaves a choice, that of the group above.
          const slope = (next?.value ?? point.value) - point.value || theirs - point.value;
          const isBelow =
            slope > 0 &&
            !isBesideGap &&
            point.bound !== 'AT_MOST' &&
            y(point.value) + BELOW < HEIGHT - BOTTOM - 4;
          const shift = anchor === 'start' ? -6 : anchor === 'end' ? 6 : 0;
          return (
            <text
              key={point.period}
              className={classes['value']}
              x={at + shift}
              y={y(point.value) + (isBelow ? BELOW : point.bound === 'AT_LEAST' ? -14 : -8)}
              textAnchor={anchor}
            >
              {figures.figure(point)}
            </text>
          );
        })}
      </svg>
      {gapsOf(periods, points).map(({ from, to }) =>
        slot * (to - from + 1) < 60 ? null : (
          <span
            key={from}
            className={classes['gap']}
            style={{
              insetInlineStart: `${String(((LEFT + (slot * (from + to + 1)) / 2) / WIDTH) * 100)}%`,
              insetBlockEnd: `${String((BOTTOM / HEIGHT) * 100)}%`,
            }}
          >
            <NoFigure by={by} />
          </span>
        ),
      )}
    </div>
  );
}

/** The first and the last figure; the last alone where their words would touch. */
function labelledOf(
  points: readonly Figure[],
  figures: FigureWords,
  x: (period: string) => number,
): readonly Figure[] {
  const last = points.at(-1);
  const [first] = points;
  if (first === undefined || last === undefined || first === last) return points.slice(-1);
  const width = (figures.figure(first).length + figures.figure(last).length + 2) * LETTER;
  return x(last.period) - x(first.period) > width - 20 ? [first, last] : [last];
}

/** A dot; hollow where it is approximate; with an arrow where it is a bound. */
function Mark({
  x,
  y,
  bound,
}: {
  readonly x: number;
  readonly y: number;
  readonly bound: Figure['bound'];
}): ReactNode {
  const up = bound === 'AT_LEAST' ? -1 : 1;
  return (
    <>
      {(bound === 'AT_LEAST' || bound === 'AT_MOST') && (
        <path
          className={classes['arrow']}
          d={`M${String(x)} ${String(y)}v${String(up * 11)}m-3 ${String(up * -3)}l3 ${String(up * 3)}l3 ${String(up * -3)}`}
        />
      )}
      <circle
        className={classes['dot']}
        data-hollow={bound === 'APPROXIMATE' || undefined}
        cx={x}
        cy={y}
        r={3.2}
      />
    </>
  );
}

/** Neighbouring periods with figures by the same definition. */
function runsOf(periods: readonly string[], points: readonly Point[]): readonly (readonly Figure[])[] {
  const runs: Figure[][] = [];
  let open: Figure[] | undefined;
  for (const period of periods) {
    const point = points.find((one) => one.period === period);
    if (point === undefined || !hasFigure(point)) {
      open = undefined;
      continue;
    }
    if (open?.at(-1)?.definitionVersion !== point.definitionVersion) {
      open = [];
      runs.push(open);
    }
    open.push(point);
  }
  return runs;
}

function gapsOf(
  periods: readonly string[],
  points: readonly Point[],
): readonly { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  periods.forEach((period, at) => {
    if (points.some((point) => point.period === period && hasFigure(point))) return;
    const last = gaps.at(-1);
    if (last?.to === at - 1) last.to = at;
    else gaps.push({ from: at, to: at });
  });
  return gaps;
}

/** Short, with the year at first and where another begins; of many months, those for which there is room. */
function axisLabel(periods: readonly string[], at: number, figures: FigureWords): string {
  const key = periods[at] ?? '';
  const isFew = periods.length < 5;
  if (isQuarter(key)) return figures.shortPeriod(key, isFew && (at === 0 || key.endsWith('Q1')));
  const every = Math.ceil(periods.length / 4);
  if (at % every !== 0) return '';
  return figures.shortPeriod(key, at === 0 || key.slice(0, 4) !== periods[at - every]?.slice(0, 4));
}
