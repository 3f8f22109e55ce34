import { useRef, useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { clocksDiffer, useDates } from '../../parts/dates.ts';
import { later } from '../../parts/later.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Head.module.css';
import { NextDate } from './NextDate.tsx';
import { momentToday, wordRule } from './rhythm.ts';

const Schedule = later(() => import('./Schedule.tsx'), 'Schedule');

const PAIR_HEAD = graphql(`
  fragment PairHead on OneToOne {
    id
    state
    version
    recurrence
    startsAt
    timeZone
    durationMinutes
    pausedUntil
    endedAt
    next {
      id
      ...NextDate
    }
  }
`);

/** Who, how often in words, both clocks, what the two share with each other, and when they meet next. */
export function Head({
  oneToOne: reference,
  person,
}: {
  readonly oneToOne: FragmentType<typeof PAIR_HEAD>;
  readonly person: {
    readonly name: string;
    readonly title?: string | null | undefined;
    readonly timeZone: string;
    readonly mirror: { readonly iShareWithThem: boolean; readonly theyShareWithMe: boolean };
  };
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const rhythm = useRhythm();
  const [isOpen, setOpen] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const oneToOne = readFragment(PAIR_HEAD, reference);
  const { name, title, mirror } = person;
  const mirrorKey = mirror.iShareWithThem
    ? mirror.theyShareWithMe
      ? 'head.mirror.both'
      : 'head.mirror.onlyMe'
    : mirror.theyShareWithMe
      ? 'head.mirror.onlyThey'
      : 'head.mirror.neither';
  const isShared = mirror.iShareWithThem && mirror.theyShareWithMe;
  return (
    <header className={classes['head']}>
      <div className={classes['who']}>
        <h1 className={classes['name']}>{name}</h1>
        {title != null && <p className={classes['soft']}>{title}</p>}
      </div>
      {oneToOne.next != null && <NextDate conversation={oneToOne.next} timeZone={person.timeZone} />}
      {oneToOne.state === 'OPEN' ? (
        <p className={classes['rhythm']}>
          {rhythm(oneToOne, person.timeZone)}{' '}
          <QuietButton
            ref={change}
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {say('head.change')}
          </QuietButton>
        </p>
      ) : (
        oneToOne.endedAt != null && (
          <p className={classes['rhythm']}>
            <Moment at={oneToOne.endedAt}>{say('head.ended', { day: dates.date(oneToOne.endedAt) })}</Moment>
          </p>
        )
      )}
      {isOpen && (
        <Schedule
          oneToOne={oneToOne}
          name={name}
          onDone={() => {
            setOpen(false);
            change.current?.focus();
          }}
        />
      )}
      <p className={classes['mirror']} data-shared={isShared || undefined}>
        {say(mirrorKey, { name })}
      </p>
      {oneToOne.pausedUntil != null && (
        <p className={classes['rhythm']}>{say('head.paused', { day: dates.date(oneToOne.pausedUntil) })}</p>
      )}
    </header>
  );
}

/** "Every second Tuesday, 10:00 (9:00 there). 30 minutes." */
function useRhythm(): (
  oneToOne: {
    readonly recurrence?: string | null | undefined;
    readonly startsAt?: string | null | undefined;
    readonly timeZone: string;
    readonly durationMinutes: number;
    readonly next?: object | null | undefined;
  },
  theirZone: string,
) => string {
  const words = useWords();
  const dates = useDates();
  return ({ recurrence, startsAt, timeZone, durationMinutes }, theirZone) => {
    const { say } = words;
    const minutes = say('head.minutes', { minutes: durationMinutes });
    if (recurrence == null || startsAt == null) return `${say('rhythm.none')} ${minutes}`;
    const at = momentToday(startsAt, timeZone);
    const often = wordRule(recurrence, words) ?? say('rhythm.other');
    const time = clocksDiffer(at, theirZone)
      ? say('head.clocks', { time: dates.time(at), theirs: dates.time(at, theirZone) })
      : dates.time(at);
    return `${often}, ${time}. ${minutes}`;
  };
}
