import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import headClasses from './Head.module.css';
import type { Pair } from './pair.ts';
import classes from './OneToOne.module.css';
import { clockOf, momentOf } from './rhythm.ts';

const SCHEDULE = graphql(`
  mutation ScheduleConversation($input: ScheduleConversationInput!) {
    scheduleConversation(input: $input) {
      conversation {
        id
      }
    }
  }
`);

const LOG = graphql(`
  mutation LogConversation($input: HoldConversationInput!) {
    holdConversation(input: $input) {
      conversation {
        id
        oneToOne {
          id
          ...EarlierList
        }
      }
    }
  }
`);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** For two people who have no conversation planned: plans one, or logs that they have just met. */
export function Plan({
  pair,
  lastMet,
  onHeld,
}: {
  readonly pair: Pair;
  /** That the two have just met, in words. Then logging another conversation takes a second step. */
  readonly lastMet: string | undefined;
  readonly onHeld: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const [schedule, scheduling] = useSave(SCHEDULE, { refetch: ['OneToOnePage'] });
  const [log, logging] = useSave(LOG, { refetch: ['OneToOnePage'] });
  const [clock, setClock] = useState(() => ({
    day: clockOf(new Date(Date.now() + 86_400_000).toISOString(), zone).day,
    time: '10:00',
  }));
  const [isAgain, setAgain] = useState(false);
  const submitLog = async (): Promise<void> => {
    const saved = await log({ input: { target: { oneToOneId: pair.oneToOneId } } });
    if (saved?.holdConversation == null) return;
    setAgain(false);
    onHeld(saved.holdConversation.conversation.id);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void schedule({
      input: { oneToOneId: pair.oneToOneId, scheduledAt: momentOf(clock.day, clock.time, zone) },
    });
  };
  return (
    <section aria-labelledby="plan">
      <h2 id="plan" className={classes['sectionTitle']}>
        {say('plan.title')}
      </h2>
      <p className={classes['soft']}>{say('plan.text')}</p>
      <form className={headClasses['fields']} onSubmit={submit}>
        <label>
          {say('next.day')}
          <input
            type="date"
            required
            value={clock.day}
            onChange={({ target }) => {
              setClock({ ...clock, day: target.value });
            }}
          />
        </label>
        <label>
          {say('next.time')}
          <input
            type="time"
            required
            value={clock.time}
            onChange={({ target }) => {
              setClock({ ...clock, time: target.value });
            }}
          />
        </label>
        <Button type="submit" disabled={scheduling.isSaving}>
          {say('plan.plan')}
        </Button>
        {lastMet === undefined || isAgain ? (
          <Button
            variant="default"
            autoFocus={isAgain}
            disabled={logging.isSaving}
            onClick={() => void submitLog()}
          >
            {say(isAgain ? 'hold.metAgain' : 'plan.justMet')}
          </Button>
        ) : (
          <p className={classes['soft']}>
            {lastMet}{' '}
            <QuietButton
              onClick={() => {
                setAgain(true);
              }}
            >
              {say('hold.again')}
            </QuietButton>
          </p>
        )}
      </form>
      <ProblemNote problem={scheduling.problem ?? logging.problem} />
    </section>
  );
}
