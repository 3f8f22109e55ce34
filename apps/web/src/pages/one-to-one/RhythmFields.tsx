import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { clocksDiffer, useDates } from '../../parts/dates.ts';
import { placeOf } from '../../parts/time-zones.ts';
import { useWords, type Key } from '../../words/words.tsx';
import classes from './Head.module.css';
import { makeRule, momentOf, RHYTHMS, type Rhythm } from './rhythm.ts';

const PREVIEW_RECURRENCE = graphql(`
  query PreviewRecurrence($recurrence: RecurrenceRule!, $startsAt: DateTime!, $timeZone: TimeZone!) {
    previewRecurrence(recurrence: $recurrence, startsAt: $startsAt, timeZone: $timeZone)
  }
`);

/** What somebody chose in the fields. */
export interface Choice {
  readonly rhythm: Rhythm;
  /** The first day, as 2026-03-04, and the time, in `timeZone`. */
  readonly day: string;
  readonly time: string;
  readonly minutes: number;
  readonly timeZone: string;
}

const KEYS = {
  weekly: 'rhythm.choose.weekly',
  'two-weeks': 'rhythm.choose.twoWeeks',
  'three-weeks': 'rhythm.choose.threeWeeks',
  monthly: 'rhythm.choose.monthly',
  none: 'rhythm.choose.none',
} as const satisfies Record<Rhythm, Key>;

const MINUTES = [15, 20, 25, 30, 45, 50, 60, 90];

/** How often two people meet, from when, and how long; with the next dates that follow from it. */
export function RhythmFields({
  choice,
  onChange,
}: {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  const { say } = useWords();
  const { rhythm, day, time, minutes, timeZone } = choice;
  const isElsewhere = clocksDiffer(new Date().toISOString(), timeZone);
  const lengths = MINUTES.includes(minutes) ? MINUTES : [minutes, ...MINUTES];
  return (
    <div className={classes['fields']}>
      <label>
        {say('rhythm.howOften')}
        <select
          value={rhythm}
          onChange={({ target }) => {
            onChange({ ...choice, rhythm: target.value as Rhythm });
          }}
        >
          {RHYTHMS.map((one) => (
            <option key={one} value={one}>
              {say(KEYS[one])}
            </option>
          ))}
        </select>
      </label>
      {rhythm !== 'none' && (
        <>
          <label>
            {say('rhythm.from')}
            <input
              type="date"
              value={day}
              required
              onChange={({ target }) => {
                onChange({ ...choice, day: target.value });
              }}
            />
          </label>
          <label>
            {isElsewhere ? say('rhythm.timeIn', { place: placeOf(timeZone) }) : say('next.time')}
            <input
              type="time"
              value={time}
              required
              onChange={({ target }) => {
                onChange({ ...choice, time: target.value });
              }}
            />
          </label>
        </>
      )}
      <label>
        {say('rhythm.length')}
        <select
          value={minutes}
          onChange={({ target }) => {
            onChange({ ...choice, minutes: Number(target.value) });
          }}
        >
          {lengths.map((one) => (
            <option key={one} value={one}>
              {say('rhythm.minutes', { minutes: one })}
            </option>
          ))}
        </select>
      </label>
      {rhythm !== 'none' && day !== '' && time !== '' && (
        <NextDates
          rule={makeRule(rhythm, day) ?? ''}
          startsAt={momentOf(day, time, timeZone)}
          timeZone={timeZone}
        />
      )}
    </div>
  );
}

function NextDates({
  rule,
  startsAt,
  timeZone,
}: {
  readonly rule: string;
  readonly startsAt: string;
  readonly timeZone: string;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { data } = useQuery(PREVIEW_RECURRENCE, { variables: { recurrence: rule, startsAt, timeZone } });
  const next = data?.previewRecurrence ?? [];
  return (
    <p className={classes['soft']} role="status">
      {next.length > 0 &&
        say('rhythm.preview', {
          days: next.map((one) => dates.dayWithin(one)).join('; '),
          time: clocksDiffer(startsAt, timeZone)
            ? say('rhythm.clocks', {
                time: dates.time(startsAt, timeZone),
                place: placeOf(timeZone),
                yours: dates.time(startsAt),
              })
            : dates.time(startsAt),
        })}
    </p>
  );
}

/** The input of the service for what was chosen. */
export function inputOf({ rhythm, day, time, minutes, timeZone }: Choice): {
  readonly durationMinutes: number;
  readonly recurrence: string | null;
  readonly startsAt?: string;
  readonly timeZone: string;
} {
  const recurrence = makeRule(rhythm, day) ?? null;
  return {
    durationMinutes: minutes,
    recurrence,
    ...(recurrence !== null && { startsAt: momentOf(day, time, timeZone) }),
    timeZone,
  };
}
