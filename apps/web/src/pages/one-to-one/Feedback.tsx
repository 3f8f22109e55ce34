import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { WritingField } from '../../parts/WritingField.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Feedback.module.css';
import type { Pair } from './pair.ts';

const CONVERSATION_FEEDBACKS = graphql(`
  fragment ConversationFeedbacks on Conversation {
    id
    feedback {
      id
      better
      worthIt
      offered
      author {
        id
      }
    }
  }
`);

const GIVE = graphql(`
  mutation GiveFeedback($input: GiveFeedbackInput!) {
    giveFeedback(input: $input) {
      conversation {
        id
        ...ConversationFeedbacks
      }
    }
  }
`);

const WITHDRAW = graphql(`
  mutation WithdrawFeedback($input: WithdrawFeedbackInput!) {
    withdrawFeedback(input: $input) {
      conversation {
        id
        ...ConversationFeedbacks
      }
    }
  }
`);

/** Conversations for which somebody skipped the question. It is asked once. */
const SKIPPED = 'mutual.feedbackSkipped';
const WORTH = [1, 2, 3, 4, 5] as const;

/** "What would make the next one better?" Asked once, and skippable; offered ones are revealed to both at the same moment. */
export function Feedback({
  conversation: reference,
  pair,
  isRecent,
}: {
  readonly conversation: FragmentType<typeof CONVERSATION_FEEDBACKS>;
  readonly pair: Pair;
  /** Whether all of it is shown, and not only that it can be given. */
  readonly isRecent: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, feedback } = readFragment(CONVERSATION_FEEDBACKS, reference);
  const [isSkipped, setSkipped] = useState(() => skipped().includes(id));
  const [withdraw, withdrawing] = useSave(WITHDRAW);
  const [give, giving] = useSave(GIVE);
  const { viewerId, counterpart } = pair;
  const mine = feedback.find(({ author }) => author.id === viewerId);
  const [isOpen, setOpen] = useState(isRecent);
  if (mine === undefined && !isOpen && !isSkipped) {
    return (
      <p>
        <QuietButton
          onClick={() => {
            setOpen(true);
          }}
        >
          {say('feedback.better')}
        </QuietButton>
      </p>
    );
  }
  if (mine === undefined) {
    return isSkipped ? null : (
      <FeedbackForm
        conversationId={id}
        name={counterpart.name}
        onSkip={() => {
          localStorage.setItem(SKIPPED, [...skipped().slice(-20), id].join(' '));
          setSkipped(true);
        }}
      />
    );
  }
  if (!isRecent && !isOpen) return null;
  const isRevealed = feedback.length > 1;
  return (
    <div className={classes['feedback']}>
      {feedback.map(({ id: key, author, better, worthIt }) => (
        <p key={key}>
          <span className={classes['soft']}>
            {author.id === viewerId
              ? say('feedback.yours')
              : say('feedback.theirs', { name: counterpart.name })}
            {worthIt != null && ` ${say('feedback.worth', { value: worthIt })}`}
          </span>{' '}
          {better != null && <Written>{better}</Written>}
        </p>
      ))}
      {!isRevealed && (
        <p className={classes['soft']}>
          {say(mine.offered ? 'feedback.offered' : 'feedback.kept', { name: counterpart.name })}{' '}
          <QuietButton
            disabled={withdrawing.isSaving || giving.isSaving}
            onClick={() =>
              void (mine.offered
                ? withdraw({ input: { conversationId: id } })
                : give({
                    input: {
                      conversationId: id,
                      offered: true,
                      better: mine.better ?? null,
                      worthIt: mine.worthIt ?? null,
                    },
                  }))
            }
          >
            {say(mine.offered ? 'feedback.withdraw' : 'feedback.offerAfterAll')}
          </QuietButton>
        </p>
      )}
      <ProblemNote problem={withdrawing.problem ?? giving.problem} />
    </div>
  );
}

const skipped = (): readonly string[] => localStorage.getItem(SKIPPED)?.split(' ') ?? [];

function FeedbackForm({
  conversationId,
  name,
  onSkip,
}: {
  readonly conversationId: string;
  readonly name: string;
  readonly onSkip: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [better, setBetter, draft] = useDraft(`feedback:${conversationId}`, '');
  const [worthIt, setWorthIt] = useState<number>();
  const [give, { isSaving, problem }] = useSave(GIVE);
  const isEmpty = better.trim() === '' && worthIt === undefined;
  const submit = async (offered: boolean): Promise<void> => {
    const saved = await give({
      input: {
        conversationId,
        offered,
        better: better.trim() === '' ? null : better.trim(),
        worthIt: worthIt ?? null,
      },
    });
    if (saved !== undefined) draft.clear();
  };
  return (
    <form
      className={classes['feedback']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(true);
      }}
    >
      <WritingField
        label={say('feedback.better')}
        maxLength={2000}
        value={better}
        error={wordField(problem, 'better', words)}
        onChange={setBetter}
      />
      <fieldset className={classes['worthIt']}>
        <legend>{say('feedback.worthIt')}</legend>
        {WORTH.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="worthIt"
              checked={worthIt === value}
              onChange={() => {
                setWorthIt(value);
              }}
            />
            {value}
          </label>
        ))}
        <span className={classes['soft']}>{say('feedback.scale')}</span>
      </fieldset>
      <p className={classes['soft']}>{say('feedback.explained', { name })}</p>
      <p className={classes['actions']}>
        <Button size="xs" type="submit" disabled={isSaving || isEmpty}>
          {say('feedback.offer', { name })}
        </Button>
        <Button size="xs" variant="default" disabled={isSaving || isEmpty} onClick={() => void submit(false)}>
          {say('feedback.keep')}
        </Button>
        <QuietButton
          onClick={() => {
            draft.clear();
            onSkip();
          }}
        >
          {say('feedback.skip')}
        </QuietButton>
      </p>
      <ProblemNote problem={problem} shownFields={['better']} />
    </form>
  );
}
