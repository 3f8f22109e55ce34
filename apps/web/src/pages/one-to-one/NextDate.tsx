import { useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { clocksDiffer, hasPassed, useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { EDITED } from '../../saving/queue.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Head.module.css';
import { clockOf, momentOf } from './rhythm.ts';

const NEXT_DATE = graphql(`
  fragment NextDate on Conversation {
    id
    version
    scheduledAt
    oneToOne {
      id
      durationMinutes
    }
  }
`);

const MOVE = graphql(`
  mutation MoveConversation($input: MoveConversationInput!) {
    moveConversation(input: $input) {
      __typename
      ... on ConversationPayload {
        conversation {
          id
          ...NextDate
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on Conversation {
            id
            ...NextDate
          }
        }
      }
    }
  }
`);

const SKIP = graphql(`
  mutation SkipConversation($input: SkipConversationInput!) {
    skipConversation(input: $input) {
      conversation {
        id
        status
        oneToOne {
          id
          ...EarlierList
        }
      }
    }
  }
`);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When the two meet next, and how to move or skip that. Skipping is taken back where the page then says that it was skipped. */
export function NextDate({
  conversation: reference,
  timeZone,
}: {
  readonly conversation: FragmentType<typeof NEXT_DATE>;
  /** Of the other participant. */
  readonly timeZone: string;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { id, version, scheduledAt, oneToOne } = readFragment(NEXT_DATE, reference);
  const [isMoving, setMoving] = useState(false);
  const [wasEdited, setEdited] = useState(false);
  const moveButton = useRef<HTMLButtonElement>(null);
  const [move, moving] = useSave(MOVE);
  const [skip, skipping] = useSave(SKIP, { refetch: ['OneToOnePage'] });
  const leave = (): void => {
    setMoving(false);
    // The button comes back with the line.
    requestAnimationFrame(() => moveButton.current?.focus());
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [day, time] = [form.get('day'), form.get('time')];
    if (typeof day !== 'string' || typeof time !== 'string' || day === '' || time === '') return;
    const saved = await move({ input: { id, version, scheduledAt: momentOf(day, time, zone) } });
    setEdited(saved?.moveConversation?.__typename === 'EditConflict');
    if (saved?.moveConversation?.__typename !== 'ConversationPayload') return;
    leave();
  };
  const clock = clockOf(scheduledAt, zone);
  const isOver = hasPassed(scheduledAt, oneToOne.durationMinutes);
  return (
    <div>
      <p className={classes['next']}>
        <strong>
          <Moment at={scheduledAt}>
            {say(isOver ? 'next.was' : 'next.is', {
              day: isOver ? dates.day(scheduledAt) : dates.dayWithin(scheduledAt),
              time: dates.time(scheduledAt),
            })}
          </Moment>
        </strong>
        {clocksDiffer(scheduledAt, timeZone) && (
          <span className={classes['soft']}>
            {say('next.theirs', { time: dates.time(scheduledAt, timeZone) })}
          </span>
        )}
        {!isMoving && (
          <span className={classes['nextActions']}>
            <QuietButton
              ref={moveButton}
              onClick={() => {
                setMoving(true);
              }}
            >
              {say('next.move')}
            </QuietButton>
            <QuietButton disabled={skipping.isSaving} onClick={() => void skip({ input: { id } })}>
              {say('next.skip')}
            </QuietButton>
          </span>
        )}
      </p>
      {isMoving && (
        <form className={classes['fields']} onSubmit={submit}>
          <label>
            {say('next.day')}
            <input type="date" name="day" defaultValue={clock.day} required autoFocus />
          </label>
          <label>
            {say('next.time')}
            <input type="time" name="time" defaultValue={clock.time} required />
          </label>
          <Button type="submit" disabled={moving.isSaving}>
            {say('next.save')}
          </Button>
          <QuietButton onClick={leave}>{say('pair.cancel')}</QuietButton>
          <p className={classes['soft']}>{say('next.onlyThis')}</p>
        </form>
      )}
      <ProblemNote problem={wasEdited ? EDITED : (moving.problem ?? skipping.problem)} />
    </div>
  );
}
