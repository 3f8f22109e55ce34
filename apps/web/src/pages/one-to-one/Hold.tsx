import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './OneToOne.module.css';

const HOLD_CONVERSATION = graphql(`
  fragment HoldConversation on Conversation {
    id
    offTheRecord
    talkingPoints {
      id
      ...Point
      discussed
      isStanding: standing
    }
  }
`);

const HOLD = graphql(`
  mutation HoldConversation($input: HoldConversationInput!) {
    holdConversation(input: $input) {
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

/** "We met": one button, and what then becomes of the points. It can be taken back for 7 days (Met.tsx). */
export function Hold({
  conversation: reference,
  hasBegun,
  lastMet,
  onHeld,
}: {
  readonly conversation: FragmentType<typeof HOLD_CONVERSATION>;
  readonly hasBegun: boolean;
  /** That the two have just met, in words. Then the button takes a second step: it would end the conversation after that one. */
  readonly lastMet: string | undefined;
  readonly onHeld: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const { id, talkingPoints } = readFragment(HOLD_CONVERSATION, reference);
  const [hold, { isSaving, problem }] = useSave(HOLD, { refetch: ['OneToOnePage'] });
  const [isAgain, setAgain] = useState(false);
  const submit = async (): Promise<void> => {
    const saved = await hold({ input: { target: { conversationId: id } } });
    if (saved?.holdConversation != null) onHeld(saved.holdConversation.conversation.id);
  };
  if (lastMet !== undefined && !isAgain) {
    return (
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
    );
  }
  const carried = talkingPoints.filter(({ discussed, isStanding }) => !discussed || isStanding).length;
  return (
    <div className={classes['hold']}>
      <Button
        variant={hasBegun ? 'filled' : 'default'}
        autoFocus={isAgain}
        disabled={isSaving}
        onClick={() => void submit()}
      >
        {say(isAgain ? 'hold.metAgain' : 'hold.met')}
      </Button>
      <span className={classes['soft']}>{say('hold.carries', { count: carried })}</span>
      <ProblemNote problem={problem} />
    </div>
  );
}
