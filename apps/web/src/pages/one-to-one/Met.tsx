import { useEffect, useRef, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { hasPassed, useDates } from '../../parts/dates.ts';
import { later } from '../../parts/later.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import type { Pair } from './pair.ts';
import classes from './OneToOne.module.css';

const Feedback = later(() => import('./Feedback.tsx'), 'Feedback');

const MET_CONVERSATION = graphql(`
  fragment MetConversation on Conversation {
    id
    status
    scheduledAt
    heldAt
    oneToOne {
      id
      next {
        id
        scheduledAt
        talkingPoints {
          id
          timesCarried
        }
      }
    }
    ...ConversationFeedbacks
  }
`);

const REOPEN = graphql(`
  mutation ReopenConversation($input: ReopenConversationInput!) {
    reopenConversation(input: $input) {
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

/** How long that they met, skipped or cancelled can be taken back. */
const UNDO_MINUTES = 7 * 24 * 60;
/** For how long it is shown on a separate sheet, with the question for feedback; later it is one line. */
const RECENT_MINUTES = 120;

/** What became of the latest conversation, for as long as that can be taken back: with what was carried on, and the question for feedback. */
export function Met({
  conversation: reference,
  pair,
  isNew,
}: {
  readonly conversation: FragmentType<typeof MET_CONVERSATION>;
  readonly pair: Pair;
  /** Whether the viewer has just said so, further down on the page. */
  readonly isNew: boolean;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const conversation = readFragment(MET_CONVERSATION, reference);
  const { id, status, scheduledAt, heldAt, oneToOne } = conversation;
  const [reopen, { isSaving, problem }] = useSave(REOPEN, { refetch: ['OneToOnePage'] });
  const at = heldAt ?? scheduledAt;
  const isRecent = !hasPassed(at, RECENT_MINUTES);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isNew) return;
    section.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'center' });
  }, [isNew]);
  // Skipping a future date happens before it.
  if (hasPassed(at, UNDO_MINUTES)) return null;
  const { next } = oneToOne;
  const carried = next?.talkingPoints.filter(({ timesCarried }) => timesCarried > 0).length ?? 0;
  const key = status === 'HELD' ? 'met.held' : status === 'SKIPPED' ? 'met.skipped' : 'met.cancelled';
  const what = say(key, dates.dayValues(at));
  return (
    <section
      ref={section}
      className={classes['met']}
      aria-label={what}
      data-recent={isRecent || undefined}
      tabIndex={-1}
    >
      <p className={classes['soft']}>
        {what}
        {next != null &&
          carried > 0 &&
          ` ${say('met.carried', { count: carried, day: dates.date(next.scheduledAt) })}`}{' '}
        <QuietButton disabled={isSaving} onClick={() => void reopen({ input: { id } })}>
          {say('met.undo')}
        </QuietButton>
      </p>
      <ProblemNote problem={problem} />
      {status === 'HELD' && <Feedback conversation={conversation} pair={pair} isRecent={isRecent} />}
    </section>
  );
}
