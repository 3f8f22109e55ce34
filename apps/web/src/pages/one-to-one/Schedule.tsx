import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import type { PairHeadFragment } from '../../graphql/graphql.ts';
import { dayOf } from '../../parts/dates.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { EDITED } from '../../saving/queue.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Head.module.css';
import { clockOf, parseRule } from './rhythm.ts';
import { inputOf, RhythmFields, type Choice } from './RhythmFields.tsx';

const RESCHEDULE = graphql(`
  mutation RescheduleOneToOne($input: RescheduleOneToOneInput!) {
    rescheduleOneToOne(input: $input) {
      __typename
      ... on OneToOnePayload {
        oneToOne {
          id
          ...PairHead
          next {
            id
            ...OpenConversation
          }
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on OneToOne {
            id
            ...PairHead
          }
        }
      }
    }
  }
`);

const PAUSE = graphql(`
  mutation PauseOneToOne($input: PauseOneToOneInput!) {
    pauseOneToOne(input: $input) {
      oneToOne {
        id
        ...PairHead
        next {
          id
          ...OpenConversation
        }
      }
    }
  }
`);

const END = graphql(`
  mutation EndOneToOne($input: EndOneToOneInput!) {
    endOneToOne(input: $input) {
      oneToOne {
        id
        ...PairHead
      }
    }
  }
`);

/** Changes how often two people meet, pauses that, or ends it. */
export function Schedule({
  oneToOne,
  name,
  onDone,
}: {
  readonly oneToOne: PairHeadFragment;
  readonly name: string;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useWords();
  const { id, version, recurrence, startsAt, timeZone, durationMinutes, pausedUntil, next } = oneToOne;
  const [choice, setChoice] = useState<Choice>(() => ({
    rhythm: recurrence == null ? 'none' : (parseRule(recurrence)?.rhythm ?? 'weekly'),
    ...firstDay(startsAt, timeZone),
    minutes: durationMinutes,
    timeZone,
  }));
  const [until, setUntil] = useState(pausedUntil ?? '');
  const [reschedule, rescheduling] = useSave(RESCHEDULE);
  const [pause, pausing] = useSave(PAUSE);
  const [end, ending] = useSave(END);
  const [isEnded, setEnded] = useState(false);
  const [wasEdited, setEdited] = useState(false);

  const saveRhythm = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const saved = await reschedule({ input: { id, version, ...inputOf(choice) } });
    setEdited(saved?.rescheduleOneToOne?.__typename === 'EditConflict');
    if (saved?.rescheduleOneToOne?.__typename === 'OneToOnePayload') onDone();
  };
  const savePause = async (day: string | null): Promise<void> => {
    if ((await pause({ input: { id, until: day } })) !== undefined) onDone();
  };
  return (
    <section className={classes['schedule']} aria-label={say('head.change')} data-next={next?.id}>
      <form className={classes['rhythmForm']} onSubmit={saveRhythm}>
        <h2>{say('schedule.rhythm')}</h2>
        <RhythmFields choice={choice} onChange={setChoice} />
        <Button type="submit" disabled={rescheduling.isSaving}>
          {say('schedule.save')}
        </Button>
        <ProblemNote problem={wasEdited ? EDITED : rescheduling.problem} />
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void savePause(until);
        }}
      >
        <h2>{say('schedule.pause')}</h2>
        <p className={classes['soft']}>{say('schedule.pauseText')}</p>
        <div className={classes['fields']}>
          <label>
            {say('schedule.until')}
            <input
              type="date"
              required
              min={dayOf(new Date().toISOString())}
              value={until}
              onChange={({ target }) => {
                setUntil(target.value);
              }}
            />
          </label>
          <Button type="submit" variant="default" disabled={pausing.isSaving}>
            {say('schedule.pauseNow')}
          </Button>
          {pausedUntil != null && (
            <QuietButton onClick={() => void savePause(null)}>{say('schedule.resume')}</QuietButton>
          )}
        </div>
        <ProblemNote problem={pausing.problem} />
      </form>
      <div>
        <h2>{say('schedule.end')}</h2>
        {isEnded ? (
          <UndoLine
            text={say('schedule.ending')}
            undo={() => {
              setEnded(false);
            }}
            finish={() =>
              void end({ input: { id } }).then((saved) => {
                if (saved === undefined) setEnded(false);
              })
            }
          />
        ) : (
          <p className={classes['soft']}>
            {say('schedule.endText', { name })}{' '}
            <QuietButton
              onClick={() => {
                setEnded(true);
              }}
            >
              {say('schedule.endNow')}
            </QuietButton>
          </p>
        )}
        <ProblemNote problem={ending.problem} />
      </div>
    </section>
  );
}

/** The first day that the form proposes: the next one with the weekday of the series, at its time. */
function firstDay(startsAt: string | null | undefined, timeZone: string): { day: string; time: string } {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  if (startsAt == null) return { day: clockOf(tomorrow, timeZone).day, time: '10:00' };
  const { day, time } = clockOf(startsAt, timeZone);
  const wanted = new Date(`${day}T00:00:00Z`).getUTCDay();
  const from = new Date(`${clockOf(tomorrow, timeZone).day}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() + ((wanted - from.getUTCDay() + 7) % 7));
  return { day: from.toISOString().slice(0, 10), time };
}
