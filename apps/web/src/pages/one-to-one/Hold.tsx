import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
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
      }
    }
  }
`);

/** "We met": one button, and what then becomes of the points. It can be taken back for 7 days (Met.tsx). */
export function Hold({
  conversation: reference,
  hasBegun,
}: {
  readonly conversation: FragmentType<typeof HOLD_CONVERSATION>;
  readonly hasBegun: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, talkingPoints } = readFragment(HOLD_CONVERSATION, reference);
  const [hold, { isSaving, problem }] = useSave(HOLD, { refetch: ['OneToOnePage'] });
  const carried = talkingPoints.filter(({ discussed, isStanding }) => !discussed || isStanding).length;
  return (
    <div className={classes['hold']}>
      <Button
        variant={hasBegun ? 'filled' : 'default'}
        disabled={isSaving}
        onClick={() => void hold({ input: { target: { conversationId: id } } })}
      >
        {say('hold.met')}
      </Button>
      <span className={classes['soft']}>{say('hold.carries', { count: carried })}</span>
      <ProblemNote problem={problem} />
    </div>
  );
}
